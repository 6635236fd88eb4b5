/** Words that people type into forms, cleaned of what no text needs: control characters, and marks that turn its direction. */
import { z } from 'zod'

/** One line: it stands beside other words, where a line break would have no meaning. */
export const Line = (max: number) =>
  z
    .string()
    .transform((text) =>
      text
        .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
        .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
        .trim(),
    )
    .pipe(z.string().max(max, `Use at most ${max} characters`))

/** Several lines, or none. */
export const proseOrNothing = (max: number) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .replace(/\r\n?/g, '\n')
        .replace(/[^\P{Cc}\n\t]/gu, ' ')
        .trim(),
    )
    .pipe(z.string().max(max, `Use at most ${max.toLocaleString('en')} characters`))

/** @param what to type, said where nothing was */
export const prose = (what: string, max = 4000) => proseOrNothing(max).pipe(z.string().min(1, what))
