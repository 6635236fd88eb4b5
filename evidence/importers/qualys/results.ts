/** What the result texts of some Qualys checks tell of the scan itself. */
import { MONTHS, type Moment, parseHostTime, utc } from '../scan/dates.ts'
import { parsePort } from '../scan/ports.ts'
import type { PortUse } from '../scan/signals.ts'

/** "Open TCP Services List": a table that begins with the port. */
export const OPEN_TCP_SERVICES = '82023'
/** "SSL Server Information Retrieval": all versions that a service accepts. */
const TLS_VERSIONS_CHECK = '38116'
const WINDOWS_METHOD = '70028'
const UNIX_METHOD = '38307'
// "Windows / Unix Authentication Failed".
const FAILED = new Set(['105015', '105053'])

/** Whether the scanner could log in; null: the check does not say. */
export function loginOf(qid: string, result: string): boolean | null {
  if (FAILED.has(qid)) return false
  if (qid !== WINDOWS_METHOD && qid !== UNIX_METHOD) return null
  if (/NULL session|no valid login|\bguest\b/i.test(result)) return false
  const user = /^\s*User Name[\t :]+(\S.{0,100})$/im.exec(result)?.[1]?.trim()
  return user !== undefined && user !== '(none)' ? true : null
}

export function openPortsOf(qid: string, result: string): PortUse[] {
  if (qid !== OPEN_TCP_SERVICES) return []
  const uses: PortUse[] = []
  for (const line of result.split('\n', 5000)) {
    const [first, , , detected] = line.split('\t', 4)
    const port = parsePort(first)
    if (port !== null) uses.push({ port, protocol: 'tcp', service: serviceOf(detected ?? '') })
  }
  return uses
}

/** Qualys's own names, where others have one for the same. */
export function serviceOf(name: string): string | null {
  const trimmed = name.trim()
  if (/^(win )?remote desktop$/i.test(trimmed)) return 'ms-wbt-server'
  if (/^http over ssl$/i.test(trimmed)) return 'https'
  return trimmed.slice(0, 100) || null
}

/** Lines such as `SSLv3 PROTOCOL IS ENABLED`; the versions that are off stand beside them. */
export function enabledTlsOf(qid: string, result: string): string {
  if (qid !== TLS_VERSIONS_CHECK) return ''
  return (result.match(/^.{0,20}PROTOCOL IS ENABLED/gm) ?? []).join(' ')
}

/** `2019-08-01T20:03:10Z`, of old reports `08/01/2019 at 20:03:10 (GMT)`, in results `Wed, Jul 31 2019, 21:57:48 GMT`. */
export function parseQualysTime(text: string): Moment | null {
  const exact = parseHostTime(text)
  if (exact) return exact
  const numeric =
    /^\s*(\d{2})\/(\d{2})\/(\d{4})(?: at)? (\d{2}):(\d{2}):(\d{2})(?:\s*\((?:GMT|UTC)\))?\s*$/.exec(text)
  if (numeric) {
    const [, month, day, year, hour, minute, second] = numeric.map(Number) as number[]
    return momentOf(year, (month ?? 0) - 1, day, [hour, minute, second], /GMT|UTC/.test(text))
  }
  const worded =
    /^\s*(?:[A-Za-z]{3}, )?([A-Za-z]{3}) (\d{1,2}),? (\d{4}),? (\d{2}):(\d{2}):(\d{2})( GMT| UTC)?\s*$/.exec(
      text,
    )
  if (!worded) return null
  const month = MONTHS.indexOf((worded[1] ?? '').toLowerCase())
  return momentOf(
    Number(worded[3]),
    month,
    Number(worded[2]),
    worded.slice(4, 7).map(Number),
    worded[7] !== undefined,
  )
}

function momentOf(
  year = 0,
  month = -1,
  day = 0,
  [hour = 0, minute = 0, second = 0]: (number | undefined)[],
  hasZone: boolean,
): Moment | null {
  const time = utc(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000
  return Number.isNaN(time) || hour > 23 || minute > 59 ? null : { time, hasZone }
}
