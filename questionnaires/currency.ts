/** Amounts of money in minor units, written the way people read them. */

/**
 * ISO 4217 currencies whose minor unit is not a hundredth. `Intl` follows common usage instead and differs
 * between engines (the Iraqi dinar has none there), which would print one stored amount in two ways.
 */
const EXPONENTS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
}

/** Digits behind the decimal point: 2 for USD, 0 for JPY, 3 for KWD. */
export function currencyExponent(currency: string): number {
  return Object.hasOwn(EXPONENTS, currency) ? (EXPONENTS[currency] ?? 2) : 2
}

/** For instance `$25,000.00`; a code that no currency could have is printed as it is. */
export function formatAmount(amountMinor: number, currency: string): string {
  const digits = currencyExponent(currency)
  const amount = amountMinor / 10 ** digits
  if (!/^[A-Z]{3}$/.test(currency)) return `${amount.toFixed(digits)} ${currency}`
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
    .format(amount)
    .replaceAll('\u00a0', ' ')
}
