/** Prowler's JSON: OCSF detection findings since version 3, and version 3's own list before it. */
import { asFlag, asList, asNumber, asObject, asText, createJsonReader, type Json } from '../json-reader.ts'
import { type Moment, parseHostTime, parseTimestamp } from '../scan/dates.ts'
import type { ProwlerCheck } from './check.ts'

type Fields = { [name: string]: Json }

/** Of OCSF. Compliance maps and the resources' raw data are most of a file and are passed over. */
const ENTERED = new Set(['unmapped', 'resources'])
const TAKEN = new Set([
  'metadata',
  'severity',
  'status',
  'status_code',
  'status_detail',
  'message',
  'finding_info',
  'finding',
  'compliance',
  'time',
  'time_dt',
  'event_time',
  'cloud',
  'remediation',
  // Version 3's own list.
  'AssessmentStartTime',
  'Provider',
  'AccountId',
  'SubscriptionId',
  'ProjectId',
  'Subscription',
  'CheckID',
  'CheckTitle',
  'Status',
  'StatusExtended',
  'Severity',
  'ResourceId',
  'ResourceArn',
  'ResourceName',
  'Region',
  'Location',
  'Remediation',
  'Muted',
])
const UNMAPPED = new Set(['provider', 'provider_uid'])
const RESOURCE = new Set(['uid', 'name', 'region', 'namespace'])

export function createProwlerReader(add: (check: ProwlerCheck) => void) {
  let row: Fields = {}
  let resource: Fields = {}
  let unmapped: Fields = {}
  return createJsonReader({
    choose(path, kind) {
      const name = String(path[1])
      switch (path.length) {
        case 0:
          return kind === 'array' ? 'enter' : 'skip'
        case 1:
          return kind === 'object' ? 'enter' : 'skip'
        case 2:
          if (ENTERED.has(name)) return kind === 'scalar' ? 'skip' : 'enter'
          return TAKEN.has(name) ? 'take' : 'skip'
        case 3:
          if (name === 'unmapped') return kind === 'scalar' && UNMAPPED.has(String(path[2])) ? 'take' : 'skip'
          return path[2] === 0 && kind === 'object' ? 'enter' : 'skip'
        case 4:
          return kind === 'scalar' && RESOURCE.has(String(path[3])) ? 'take' : 'skip'
        default:
          return 'skip'
      }
    },
    value(path, value) {
      const name = String(path.at(-1))
      if (path.length === 2) row[name] = value
      else if (path.length === 3) unmapped[name] = value
      else resource[name] = value
    },
    leave(path) {
      if (path.length !== 1) return
      add('CheckID' in row || 'FindingUniqueId' in row ? readOwn(row) : readOcsf(row, resource, unmapped))
      row = {}
      resource = {}
      unmapped = {}
    },
  })
}

const text = (...values: (Json | undefined)[]): string => {
  for (const value of values) {
    const found = asText(value)?.trim()
    if (found) return found
  }
  return ''
}

function readOcsf(row: Fields, resource: Fields, unmapped: Fields): ProwlerCheck {
  const metadata = asObject(row.metadata)
  const product = asObject(metadata?.product)
  const info = asObject(row.finding_info) ?? asObject(row.finding)
  const cloud = asObject(row.cloud)
  const account = asObject(cloud?.account)
  const isCluster = asList(metadata?.profiles).includes('container')
  // The first OCSF form had no status_code; its `status` was the outcome, which later became New or Suppressed.
  const outcome = text(row.status_code, asObject(row.compliance)?.status, row.status)
  return {
    id: text(metadata?.event_code, asObject(product?.feature)?.uid),
    title: text(info?.title, row.message),
    status: OUTCOMES[outcome.toLowerCase()] ?? outcome.toUpperCase(),
    severity: text(row.severity),
    detail: text(row.status_detail, row.message),
    remedy: text(asObject(row.remediation)?.desc, asObject(info?.remediation)?.desc),
    isMuted: ['suppressed', 'muted'].includes(text(row.status).toLowerCase()),
    provider: text(cloud?.provider, unmapped.provider, isCluster ? 'kubernetes' : null),
    account: text(account?.uid, unmapped.provider_uid, account?.name),
    resource: text(resource.uid, resource.name),
    region: text(resource.region, cloud?.region, resource.namespace),
    version: text(product?.version),
    time: timeOf(row),
  }
}

const OUTCOMES: Record<string, string> = { success: 'PASS', failure: 'FAIL' }

/** Unix seconds are exact; the text beside them is in the machine's own zone, which it does not name. */
function timeOf(row: Fields): Moment | null {
  const seconds = asNumber(row.time)
  return (
    (seconds === null ? null : parseTimestamp(String(Math.trunc(seconds)))) ??
    parseHostTime(text(row.time_dt, row.event_time, row.time))
  )
}

function readOwn(row: Fields): ProwlerCheck {
  return {
    id: text(row.CheckID),
    title: text(row.CheckTitle),
    status: text(row.Status).toUpperCase(),
    severity: text(row.Severity),
    detail: text(row.StatusExtended),
    remedy: text(asObject(asObject(row.Remediation)?.Recommendation)?.Text),
    isMuted: asFlag(row.Muted) === true,
    provider: text(row.Provider),
    account: text(row.AccountId, row.SubscriptionId, row.Subscription, row.ProjectId),
    resource: text(row.ResourceArn, row.ResourceId, row.ResourceName),
    region: text(row.Region, row.Location),
    version: '',
    time: parseHostTime(text(row.AssessmentStartTime)),
  }
}
