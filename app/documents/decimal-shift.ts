/** Amounts between major and minor units digit by digit, so that no binary fraction gets in between. */

/** Moves the decimal point: ('350', -2) is `3.5`, ('12.34', 2) is `1234`. The text must be a JavaScript number. */
export function shiftPoint(text: string, places: number): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text)
  if (!match) return text
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const digits = whole + fraction
  const point = whole.length + Number(power) + places
  // Beyond what is written out, a power of ten says it in fewer digits.
  if (Math.abs(point) > 40) return `${sign}${digits === '' ? '0' : digits}e${point - digits.length}`
  const padded = digits.padEnd(Math.max(point, 0), '0').padStart(digits.length + Math.max(1 - point, 0), '0')
  const at = point > 0 ? point : padded.length - digits.length + point
  const left = padded.slice(0, Math.max(at, 0)).replace(/^0+(?=\d)/, '') || '0'
  const right = padded.slice(Math.max(at, 0)).replace(/0+$/, '')
  return `${sign}${left}${right === '' ? '' : `.${right}`}`
}
