/** What fields of several forms have in common. */
import { z } from 'zod'

export const Day = z.iso.date({ error: 'Enter a day, for instance 2026-03-31', abort: true })

/** Null where nothing was typed. */
export const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Use at most ${max} characters`)
    .transform((text) => text || null)

const currencies = new Set(Intl.supportedValuesOf('currency'))
export const isCurrency = (code: string): boolean => currencies.has(code)

/** A code of ISO 4217, typed in any case. */
export const CurrencyCode = z
  .string()
  .trim()
  .toUpperCase()
  .refine(isCurrency, 'Enter the currency’s three-letter code of ISO 4217, for instance USD, EUR or GBP')

/** As `optionalText`, for a day. */
export const optionalDay = z
  .string()
  .trim()
  .transform((text) => text || null)
  .pipe(Day.nullable())
