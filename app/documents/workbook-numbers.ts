/** Numbers that somebody typed as text, with the separators of their own country. */

/**
 * @param affixes what may stand before or behind it: a unit, a currency's code or symbol
 * @returns null for what is no number; `two-ways` where 1.234 may be a thousand or one and a bit
 */
export function parseNumberText(text: string, affixes: readonly string[] = []): number | 'two-ways' | null {
  let rest = text.normalize('NFKC').replaceAll('\u2212', '-').trim().toLowerCase()
  for (const affix of affixes) {
    const word = affix.normalize('NFKC').trim().toLowerCase()
    if (word === '' || /\d/.test(word)) continue
    if (rest.endsWith(word)) rest = rest.slice(0, -word.length).trim()
    else if (rest.startsWith(word)) rest = rest.slice(word.length).trim()
  }
  // Spaces and apostrophes only ever stand between groups of three.
  rest = rest.replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, '')
  const match = /^([+-]?)(\d[\d.,]*|[.,]\d+)(e[+-]?\d{1,3})?$/.exec(rest)
  if (!match) return null
  const [, sign = '', digits = '', power = ''] = match
  const plain = withPoint(digits)
  if (plain === null || plain === 'two-ways') return plain
  const number = Number(`${sign}${plain}${power}`)
  return Number.isFinite(number) ? (number === 0 ? 0 : number) : null
}

/** Digits with `.` as the only separator. */
function withPoint(digits: string): string | 'two-ways' | null {
  const commas = digits.split(',').length - 1
  const points = digits.split('.').length - 1
  if (commas === 0 && points === 0) return digits
  if (commas > 0 && points > 0) {
    // The one that comes last separates the decimals and stands there once.
    const decimal = digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.'
    const group = decimal === ',' ? '.' : ','
    const [whole = '', fraction = '', ...more] = digits.split(decimal)
    if (more.length > 0 || !isGrouped(whole, group)) return null
    return `${whole.replaceAll(group, '')}.${fraction}`
  }
  const separator = commas > 0 ? ',' : '.'
  const [whole = '', fraction = ''] = digits.split(separator)
  if (commas + points > 1) return isGrouped(digits, separator) ? digits.replaceAll(separator, '') : null
  if (fraction.length !== 3 || /^0*$/.test(whole) || whole.length > 3) return `${whole || '0'}.${fraction}`
  // The workbook is in English, where a comma groups; a point before three digits may have been meant either way.
  return separator === ',' ? whole + fraction : 'two-ways'
}

function isGrouped(text: string, separator: string): boolean {
  const [first = '', ...groups] = text.split(separator)
  return /^\d{1,3}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group))
}
