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

/** As `optionalText`, for a day. */
export const optionalDay = z
  .string()
  .trim()
  .transform((text) => text || null)
  .pipe(Day.nullable())
