/** Amounts of money as people type them, in major units, to minor units and back; without floating point. */
import { currencyExponent } from '#questionnaires/currency.ts'

const MOST_MAJOR = 9_999_999_999_999

/** The currency's code or sign in front, then whole units and their parts. */
function readAmount(typed: string) {
  const plain = typed.replace(/[\s'’]/g, '').replace(/,(?=\d{3}(?!\d))/g, '')
  const [, sign = '', whole, fraction = ''] = /^([^\d.,+-]{0,4})(\d+)(?:\.(\d+))?$/.exec(plain) ?? []
  return whole === undefined ? null : { sign, whole: whole.replace(/^0+(?=\d)/, ''), fraction }
}

/** How people write this currency in front of an amount: `USD`, `$`, `US$`. */
function isSignOf(sign: string, currency: string): boolean {
  const written = (locale: string, currencyDisplay: 'symbol' | 'narrowSymbol') =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
      .formatToParts(1)
      .find(({ type }) => type === 'currency')?.value
  // Canada's English puts the country before every dollar but its own.
  const known = [
    currency,
    written('en-US', 'symbol'),
    written('en-US', 'narrowSymbol'),
    written('en-CA', 'symbol'),
  ]
  return sign === '' || known.some((one) => one?.toLowerCase() === sign.toLowerCase())
}

/**
 * @param currency a code of ISO 4217
 * @returns what is wrong with an amount of this currency and how to put it right; null where nothing is. Spaces,
 *   apostrophes and commas may part the thousands
 */
export function amountProblem(typed: string, currency: string): string | null {
  const read = readAmount(typed)
  if (!read) return 'Enter an amount in digits, for instance 1000000 or 2,500.50'
  const { sign, whole, fraction } = read
  if (!isSignOf(sign, currency))
    return `“${sign}” is not the sign of ${currency}, the currency chosen. Enter the amount alone, or change the currency`
  const digits = currencyExponent(currency)
  if (fraction.length > digits)
    return digits === 0
      ? `Enter a whole amount: ${currency} has nothing behind the point`
      : `Enter at most ${digits} digits behind the point for ${currency}`
  const most = Math.min(MOST_MAJOR, Math.floor(Number.MAX_SAFE_INTEGER / 10 ** digits) - 1)
  if (Number(whole) > most)
    return `The largest amount that can be kept is ${most.toLocaleString('en-US')}. Check the number of digits`
  return null
}

/** In minor units of this currency; null where `amountProblem` finds something. */
export function minorUnitsOf(typed: string, currency: string): number | null {
  const read = readAmount(typed)
  if (!read || amountProblem(typed, currency) !== null) return null
  return Number(read.whole + read.fraction.padEnd(currencyExponent(currency), '0'))
}

/** As it stands in a field again: `1000000`, `2500.50`. */
export function majorUnitsOf(minor: number, currency: string): string {
  const digits = currencyExponent(currency)
  const text = String(minor).padStart(digits + 1, '0')
  const whole = digits === 0 ? text : text.slice(0, -digits)
  const fraction = digits === 0 ? '' : text.slice(-digits)
  return /^0*$/.test(fraction) ? whole : `${whole}.${fraction}`
}
