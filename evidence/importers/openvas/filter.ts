/** Whether a Greenbone report's own filter left results out, from the filter's words. */

// Words that sort, page, or show notes; they leave no result out.
const HARMLESS = new Set([
  'apply_overrides',
  'rows',
  'first',
  'sort',
  'sort-reverse',
  'notes',
  'overrides',
  'result_hosts_only',
  'autofp',
  'delta_states',
  'show_closed_cves',
  'timezone',
  'details',
  'ignore_pagination',
  'levels',
  'min_qod',
  'min_cvss_base',
])
/** Greenbone shows from this quality of detection on, if nobody asks for more. */
const USUAL_QOD = 70

export interface FilterReading {
  gaps: string[]
  /** How many results the page holds at most; null: all. */
  rows: number | null
}

export function readFilter(term: string): FilterReading {
  const words = term.slice(0, 2000).trim().split(/\s+/).filter(Boolean)
  const settings = new Map<string, string>()
  const others: string[] = []
  for (const word of words) {
    const pair = /^([a-z_-]+)=(.*)$/i.exec(word)
    if (pair && HARMLESS.has((pair[1] ?? '').toLowerCase()))
      settings.set((pair[1] ?? '').toLowerCase(), pair[2] ?? '')
    else if (!/^(and|or|not)$/i.test(word)) others.push(word)
  }
  const gaps: string[] = []
  const levels = settings.get('levels')?.toLowerCase()
  if (levels && !['h', 'm', 'l'].every((level) => levels.includes(level)))
    gaps.push(`The report was filtered to the levels "${levels.slice(0, 20)}": others are not in it.`)
  if (Number(settings.get('min_qod') ?? 0) > USUAL_QOD)
    gaps.push(
      `The report leaves out what was detected with less than ${settings.get('min_qod')?.slice(0, 5)} % certainty.`,
    )
  if (Number(settings.get('min_cvss_base') || 0) > 0)
    gaps.push(`The report leaves out what is rated below ${settings.get('min_cvss_base')?.slice(0, 5)}.`)
  if (others.length > 0) gaps.push(`The report was filtered (${others.join(' ').slice(0, 100)}).`)
  const rows = Number(settings.get('rows') ?? -1)
  if (Number(settings.get('first') ?? 1) > 1) gaps.push('The report does not begin with its first result.')
  return { gaps, rows: Number.isInteger(rows) && rows > 0 ? rows : null }
}
