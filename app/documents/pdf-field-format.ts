/** How a field wants its value written, from the names of Adobe's ready-made formats and from the words beside it. */

// AFDate_FormatEx("mm/dd/yyyy"), AFNumber_Format(2, …), AFSpecial_Format(…)
const DATE_SCRIPT = /AFDate_(?:Format|Keystroke)Ex\(\s*["']([^"']{1,20})["']\s*\)/
const NUMBER_SCRIPT = /AFNumber_(?:Format|Keystroke)\(/

export function fieldFormat(scripts: string, words: string): { dateFormat?: string; wantsNumber?: boolean } {
  const scripted = DATE_SCRIPT.exec(scripts)?.[1]
  const dateFormat = scripted !== undefined && isDateFormat(scripted) ? scripted : formatInWords(words)
  if (dateFormat) return { dateFormat }
  return NUMBER_SCRIPT.test(scripts) ? { wantsNumber: true } : {}
}

/** Day, month and year each once; times and names of days are not ours to make up. */
function isDateFormat(format: string): boolean {
  return (
    /^[dmy./\-, ]+$/i.test(format) &&
    [/d+/gi, /m+/gi, /y+/gi].every((part) => format.match(part)?.length === 1)
  )
}

const PART: Readonly<Record<string, string>> = { day: 'dd', month: 'mm', year: 'yyyy' }

function formatInWords(words: string): string | undefined {
  const letters = /(?<![a-z])(mm|dd|yyyy|yy)([/.\- ]?)(mm|dd|yyyy|yy)\2(mm|dd|yyyy|yy)(?![a-z])/i.exec(
    words,
  )?.[0]
  if (letters && isDateFormat(letters)) return letters.toLowerCase()
  const named = /\b(day|month|year)([/.-])(day|month|year)\2(day|month|year)\b/i.exec(words)
  const spelled = named
    ? [named[1], named[3], named[4]].map((part) => PART[part?.toLowerCase() ?? '']).join(named[2])
    : undefined
  if (spelled && isDateFormat(spelled)) return spelled
  // As tooltips for screen readers put a date in boxes.
  const boxes = /year,? 4 digits\.? *month,? 2 digits\.? *day,? 2 digits/i.test(words)
  return boxes ? 'yyyymmdd' : undefined
}
