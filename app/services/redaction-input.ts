/** What shall be blacked out, as the redaction page sends it. */
import { z } from 'zod'

const MOST_STRINGS = 100

/** One entry a line. Short ones would tear the file apart and hide nothing. */
const strings = z
  .string()
  .default('')
  .transform((text) => [...new Set(text.split(/\r\n|\r|\n/).map((line) => line.trim()))].filter(Boolean))
  .pipe(
    z
      .array(
        z
          .string()
          .max(500, 'Shorten each line to 500 characters')
          .refine((entry) => entry.replace(/\s/g, '').length >= 2, 'A line needs at least two characters'),
      )
      .max(MOST_STRINGS, `Enter at most ${MOST_STRINGS} lines`),
  )

export const TextRedactionInput = z
  .object({
    strings,
    columns: z.array(z.coerce.number().int().min(0).max(9999)).max(1000).default([]),
    // A box that is not ticked is not sent; then nothing is spared.
    hasHeading: z.literal('yes').optional().transform(Boolean),
  })
  .refine((input) => input.strings.length + input.columns.length > 0, {
    path: ['strings'],
    message: 'Enter what shall be blacked out',
  })
export type TextRedactionInput = z.infer<typeof TextRedactionInput>

const pixel = z.number().int().min(0).max(100_000)

export const Rectangles = z
  .array(z.object({ x: pixel, y: pixel, width: pixel.min(1), height: pixel.min(1) }))
  .min(1, 'Draw at least one rectangle')
  .max(200, 'Draw at most 200 rectangles')
