/** What the responsibility matrix on paper tells; plain data, so that it can be drawn in a worker. */
import { z } from 'zod'
import { LANGUAGES } from '#app/language/languages.ts'

const Row = z.strictObject({
  control: z.string(),
  domain: z.string(),
  responsible: z.string(),
  isGap: z.boolean(),
  /** YYYY-MM-DD; null where no day is recorded. */
  agreedOn: z.string().nullable(),
  note: z.string(),
})

export const MatrixAccount = z.strictObject({
  language: z.enum(LANGUAGES),
  madeAt: z.string(),
  organisation: z.string(),
  client: z.string(),
  groups: z.array(z.strictObject({ title: z.string(), rows: z.array(Row) })),
})
export type MatrixAccount = z.infer<typeof MatrixAccount>
