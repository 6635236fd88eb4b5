/** Prowler's tables: `;` and STATUS since version 3, `,` and CHECK_RESULT in version 2. */
import type { Columns } from '../csv-reader.ts'
import { asFlag } from '../json-reader.ts'
import type { Cell } from '../scan/csv-scan.ts'
import { parseHostTime } from '../scan/dates.ts'
import type { ProwlerCheck } from './check.ts'

export function isProwlerHeader(columns: Columns): boolean {
  const has = (...names: string[]) => names.every((name) => columns.has(name))
  return (
    (has('CHECK_ID', 'STATUS', 'SEVERITY', 'PROVIDER') && has('CHECK_TITLE')) ||
    (has('CHECK_RESULT', 'CHECK_SEVERITY') && (has('TITLE_ID') || has('TITLE_TEXT')))
  )
}

export function readProwlerRow(cell: Cell, columns: Columns): ProwlerCheck {
  const isOld = !columns.has('STATUS')
  return {
    id: isOld ? idOf(cell('TITLE_ID'), cell('TITLE_TEXT')) : cell('CHECK_ID'),
    title: isOld ? cell('TITLE_TEXT') : cell('CHECK_TITLE'),
    status: cell(isOld ? 'CHECK_RESULT' : 'STATUS').toUpperCase(),
    severity: cell(isOld ? 'CHECK_SEVERITY' : 'SEVERITY'),
    detail: cell(isOld ? 'CHECK_RESULT_EXTENDED' : 'STATUS_EXTENDED'),
    remedy: cell(isOld ? 'CHECK_REMEDIATION' : 'REMEDIATION_RECOMMENDATION_TEXT'),
    isMuted: asFlag(cell('MUTED')) === true,
    provider: isOld ? 'aws' : cell('PROVIDER'),
    account: cell('ACCOUNT_UID', 'ACCOUNT_ID', 'ACCOUNT_NUM', 'SUBSCRIPTION', 'PROJECT_ID'),
    resource: cell('RESOURCE_UID', 'RESOURCE_ARN', 'RESOURCE_ID', 'CHECK_RESOURCE_ID'),
    region: cell('REGION', 'LOCATION'),
    version: cell('PROWLER_VERSION'),
    time: parseHostTime(cell('TIMESTAMP', 'ASSESSMENT_START_TIME', 'PROWLER_START_TIME')),
  }
}

/** Version 2 writes `[check12] Ensure that …` as the title of 1.2. */
function idOf(number: string, title: string): string {
  return /^\[(\w{1,40})\]/.exec(title)?.[1] ?? number
}
