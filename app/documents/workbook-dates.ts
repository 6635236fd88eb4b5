/** Dates that somebody typed as text. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** @returns an ISO date; null for what is no date; `two-ways` where 3/4/2026 may be March or April */
export function parseDateText(text: string): string | 'two-ways' | null {
  const line = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ')
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ][\d:.z+-]*)?$/.exec(line)
  if (iso) return makeDate(iso[1], iso[2], iso[3])
  const pointed = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(line)
  if (pointed) return makeDate(pointed[3], pointed[2], pointed[1])
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(line)
  if (slashed) {
    const dayFirst = makeDate(slashed[3], slashed[2], slashed[1])
    const monthFirst = makeDate(slashed[3], slashed[1], slashed[2])
    if (dayFirst && monthFirst && dayFirst !== monthFirst) return 'two-ways'
    return dayFirst ?? monthFirst
  }
  const dayWord = /^(\d{1,2})(?:st|nd|rd|th)?[ .-]+([a-z]{3,9})\.?,?[ -]+(\d{4})$/.exec(line)
  if (dayWord) return makeDate(dayWord[3], monthOf(dayWord[2]), dayWord[1])
  const wordDay = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(line)
  if (wordDay) return makeDate(wordDay[3], monthOf(wordDay[1]), wordDay[2])
  return null
}

const FULL =
  'january february march april may june july august september october november december sept'.split(' ')

function monthOf(word = ''): string | undefined {
  if (!FULL.includes(word) && !MONTHS.includes(word)) return undefined
  return String(MONTHS.indexOf(word.slice(0, 3)) + 1)
}

function makeDate(year = '', month = '', day = ''): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const instant = new Date(`${date}T00:00:00Z`)
  // A 31 April rolls over instead of failing.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === date ? date : null
}
