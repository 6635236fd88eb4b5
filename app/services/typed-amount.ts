/** Amounts of money as people type them, in major units, to minor units and back; without floating point. */
import { currencyExponent } from '#questionnaires/currency.ts'

/** @returns null for what is no amount of this currency; spaces, apostrophes and commas may part the thousands */
export function minorUnitsOf(typed: string, currency: string): number | null {
  const plain = typed.replace(/[\s'’]/g, '').replace(/,(?=\d{3}(?!\d))/g, '')
  const [, whole, fraction = ''] = /^(\d{1,13})(?:\.(\d{1,4}))?$/.exec(plain) ?? []
  const digits = currencyExponent(currency)
  if (whole === undefined || fraction.length > digits) return null
  const minor = Number(whole + fraction.padEnd(digits, '0'))
  return Number.isSafeInteger(minor) ? minor : null
}

/** As it stands in a field again: `1000000`, `2500.50`. */
export function majorUnitsOf(minor: number, currency: string): string {
  const digits = currencyExponent(currency)
  const text = String(minor).padStart(digits + 1, '0')
  const whole = digits === 0 ? text : text.slice(0, -digits)
  const fraction = digits === 0 ? '' : text.slice(-digits)
  return /^0*$/.test(fraction) ? whole : `${whole}.${fraction}`
}
