/** Findings as a CSV file. */
import { BYTE_ORDER_MARK, csvLine } from './csv-lines.ts'
import { GROUND_WORDS } from './dispute-input.ts'
import type { ShownDispute } from './dispute-standing.ts'

interface Row {
  severity: string
  standing: string
  title: string
  tool: string
  checkId: string
  assetName: string
  port: number
  protocol: string
  cves: string[]
  kevDueOn: string | null
  epss: number | null
  fixAvailableOn: string | null
  firstSeenAt: string
  lastSeenAt: string
  fixedAt: string | null
  decisionUntil: string | null
  decisionReason: string | null
  solution: string | null
  /** The newest one. */
  dispute: ShownDispute | null
}

const COLUMNS: [header: string, value: (row: Row) => string | number | null][] = [
  ['Severity', ({ severity }) => (severity === 'unknown' ? 'not rated' : severity)],
  ['State', ({ standing }) => standing],
  ['Finding', ({ title }) => title],
  ['Tool', ({ tool }) => tool],
  ['Check', ({ checkId }) => checkId],
  ['Asset', ({ assetName }) => assetName],
  ['Port', ({ port }) => (port === 0 ? null : port)],
  ['Protocol', ({ protocol }) => protocol],
  ['CVEs', ({ cves }) => cves.join(' ')],
  ['Exploited, due', ({ kevDueOn }) => kevDueOn],
  ['EPSS', ({ epss }) => epss],
  ['Fix since', ({ fixAvailableOn }) => fixAvailableOn],
  ['First seen', ({ firstSeenAt }) => firstSeenAt.slice(0, 10)],
  ['Last seen', ({ lastSeenAt }) => lastSeenAt.slice(0, 10)],
  ['Fixed on', ({ fixedAt }) => fixedAt?.slice(0, 10) ?? null],
  ['Accepted until', ({ decisionUntil }) => decisionUntil],
  ['Reason', ({ decisionReason }) => decisionReason],
  ['Solution', ({ solution }) => solution],
  ['Dispute', ({ dispute }) => dispute && (dispute.isLate ? 'open, answer late' : dispute.state)],
  ['Disputed with', ({ dispute }) => dispute?.insurer ?? null],
  ['Ground', ({ dispute }) => dispute && GROUND_WORDS[dispute.ground]],
  ['Explanation', ({ dispute }) => dispute?.explanation ?? null],
  ['Raised on', ({ dispute }) => dispute?.raisedOn ?? null],
  ['Answer expected by', ({ dispute }) => dispute?.answerBy ?? null],
  ['Answered on', ({ dispute }) => dispute?.answeredOn ?? null],
  ['Answered by', ({ dispute }) => dispute?.answeredBy ?? null],
  ['Outcome', ({ dispute }) => dispute?.outcome ?? null],
]

export async function* writeFindingTable(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS.map(([header]) => header))
  for await (const rows of batches) {
    if (rows.length > 0) yield rows.map((row) => csvLine(COLUMNS.map(([, value]) => value(row)))).join('')
  }
}
