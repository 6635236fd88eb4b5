/** One row of a Prowler report, whichever form it came in, and what it is as a finding. */
import type { FactKey } from '../../facts.ts'
import type { Finding, Severity } from '../importer.ts'
import type { Moment } from '../scan/dates.ts'
import { cut, withoutTags } from '../scan/text.ts'

export interface ProwlerCheck {
  id: string
  title: string
  /** The tool's own word: PASS, FAIL, MANUAL, INFO. */
  status: string
  /** Of the check, whether it passed or not. */
  severity: string
  detail: string
  remedy: string
  isMuted: boolean
  provider: string
  account: string
  resource: string
  region: string
  version: string
  time: Moment | null
}

const SEVERITY: Record<string, Severity> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  informational: 'info',
  info: 'info',
}

export const severityOf = (word: string): Severity => SEVERITY[word.trim().toLowerCase()] ?? 'unknown'

export function toFinding(check: ProwlerCheck): Omit<Finding, 'assetKey'> {
  const { id, title, detail, resource, region, account } = check
  // A check fails once per resource; where the account itself is the resource, its id says nothing more.
  const where = resource !== '' && resource !== account ? resource : ''
  return {
    checkId: [id || 'unknown', where].filter(Boolean).join(' ').slice(0, 300),
    title: cut(withoutTags(title.slice(0, 2000)), 500) ?? (id.slice(0, 500) || 'Check without a name'),
    severity: severityOf(check.severity),
    port: null,
    protocol: null,
    service: null,
    cves: [],
    solution: cut(check.remedy, 4000),
    fixAvailableOn: null,
    firstSeenOn: null,
    isSuppressed: check.isMuted,
    output: cut([detail, [resource, region].filter(Boolean).join(', ')].filter(Boolean).join('\n'), 8000),
  }
}

/** Checks of Microsoft 365 whose passing is a fact; their failing says only that one way of reaching it was not found. */
export const PROVES: Record<string, { key: FactKey; note: string }> = {
  entra_legacy_authentication_blocked: {
    key: 'mfa.legacy_auth_blocked',
    note: 'A Conditional Access policy blocks legacy authentication.',
  },
  exchange_external_email_tagging_enabled: {
    key: 'email.external_tagging_enabled',
    note: 'Mail from outside is marked.',
  },
}
