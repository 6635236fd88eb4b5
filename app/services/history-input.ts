/** From which point of both times a client is looked at; pages, the API and the command line share it. */
import { z } from 'zod'

const Day = z.iso.date('There is no such day. Write one as 2026-03-31.')
const OptionalDay = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .pipe(Day.optional())
  .optional()

/**
 * `trueOn` alone asks what was true on a day, as known today; `knownOn` alone, what could have been known on a day;
 * both, what was believed on the second about the first.
 */
export const HistoryQuery = z
  .object({ trueOn: OptionalDay, knownOn: OptionalDay, application: z.uuid().optional().catch(undefined) })
  .refine(({ trueOn, knownOn }) => !trueOn || !knownOn || trueOn <= knownOn, {
    path: ['trueOn'],
    message: 'Nobody can know on a day what is true later. Choose a day of knowledge that is not before it.',
  })
export type HistoryQuery = z.infer<typeof HistoryQuery>

/** Since when an answer of a draft holds. */
export const AnswerDateInput = z.object({
  applicationId: z.uuid('Reload the page and choose again.'),
  questionId: z.string().min(1, 'Choose an answer.').max(200),
  trueFrom: z.iso.date('Enter the day since when it holds.'),
})

/** The end of a day in UTC, or now where the day has not ended. A day still to come is now. */
export function momentOf(day: string | undefined, now: Date): Date {
  if (day === undefined) return now
  return new Date(Math.min(Date.parse(`${day}T23:59:59.999Z`), now.getTime()))
}

/** The first complaint about each field. */
export function fieldErrorsOf(error: z.ZodError): Record<string, string> {
  return Object.fromEntries([...error.issues].reverse().map(({ path, message }) => [path.join('.'), message]))
}
