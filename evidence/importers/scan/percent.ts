/** Shares as tables write them: `98 %`, `98,5`, `0.985`. Which scale a column uses is decided over the whole column. */

export type PercentScale = 'fraction' | 'percent'

const numberIn = (text: string): number | null => {
  const cleaned = text.trim().replace(/\s*%$/, '').replace(',', '.')
  if (!/^\d{1,9}(\.\d+)?$/.test(cleaned)) return null
  return Number(cleaned)
}

/**
 * A column is of fractions when none of its numbers exceeds one, some is no whole number and none carries a percent
 * sign. A column of zeros and ones alone could be either; as fractions, a one is everybody, as percents almost nobody:
 * it is taken for fractions, for no platform reports one percent for each of its people.
 */
export function scaleOf(column: readonly string[]): PercentScale {
  let seen = 0
  for (const text of column) {
    const number = numberIn(text)
    if (number === null) continue
    if (text.includes('%') || number > 1) return 'percent'
    seen += 1
  }
  return seen > 0 ? 'fraction' : 'percent'
}

/** 0–100; null for what is no share. */
export function percentOf(text: string, scale: PercentScale): number | null {
  const number = numberIn(text)
  if (number === null) return null
  const percent = scale === 'fraction' ? number * 100 : number
  return percent > 100 ? null : percent
}
