/** The colour of a report: which ones can be read on white paper. */
import { z } from 'zod'

/** WCAG 2.2, 1.4.3: text as small as the report's. */
export const LEAST_CONTRAST = 4.5

/** Relative luminance of #rrggbb by WCAG 2.2. */
function luminanceOf(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** From 1 to 21. */
export const contrastWithWhite = (colour: string): number => 1.05 / (luminanceOf(colour) + 0.05)

export const ReportColourInput = z.object({
  accent: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, 'Write the colour as # and six digits, for instance #0b5b53.')
    .refine((colour) => contrastWithWhite(colour) >= LEAST_CONTRAST, {
      error: ({ input }) =>
        `On white this colour has a contrast of ${contrastWithWhite(String(input)).toFixed(1)}; small text needs ${LEAST_CONTRAST}. Choose a darker one.`,
      when: ({ value }) => /^#[0-9a-f]{6}$/.test(String(value)),
    }),
})
export type ReportColourInput = z.infer<typeof ReportColourInput>
