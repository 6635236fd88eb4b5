/** Findings as lines of a CSV file that a spreadsheet opens without executing anything in it. */

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
]

/** With a byte order mark, without which spreadsheets take UTF-8 for something else. */
export async function* writeFindingTable(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  yield `\ufeff${COLUMNS.map(([header]) => cell(header)).join(',')}\r\n`
  for await (const rows of batches) {
    if (rows.length > 0)
      yield rows.map((row) => `${COLUMNS.map(([, value]) => cell(value(row))).join(',')}\r\n`).join('')
  }
}

/** What a spreadsheet would take for a formula is marked as text; the words come from other people's files. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}
