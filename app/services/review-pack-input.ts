/** Which period a review pack looks at: the last quarter, or any that is over; days are YYYY-MM-DD, UTC. */
import { z } from 'zod'
import { addMonths, type Period, QUARTER_MONTHS } from '#app/readiness/reattestation-periods.ts'
import { addDays } from './subjectivity-input.ts'

/** Nothing of an older day can be on record. */
const FIRST_DAY = '1990-01-01'

/** The whole quarters of the calendar before the one that a day lies in, the newest first. */
export function quartersBefore(day: string, count: number): Period[] {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const first = `${year}-${String(month - ((month - 1) % QUARTER_MONTHS)).padStart(2, '0')}-01`
  return Array.from({ length: count }, (_, index) => ({
    first: addMonths(first, -QUARTER_MONTHS * (index + 1)),
    last: addDays(addMonths(first, -QUARTER_MONTHS * index), -1),
  }))
}

/** The three months after a period: what is due in them is told at its review. */
export function quarterAfter({ last }: Period): Period {
  const first = addDays(last, 1)
  return { first, last: addDays(addMonths(first, QUARTER_MONTHS), -1) }
}

const day = (what: string) => z.iso.date(`Enter the ${what} as 2026-03-31.`)

/** @param today a period has to be over, or the same pack could not be made again */
export const reviewPeriod = (today: string) =>
  z
    .object({ from: z.string().trim().default(''), until: z.string().trim().default('') })
    .transform(({ from, until }): { from: string; until: string } => {
      const [last] = quartersBefore(today, 1)
      return from || until ? { from, until } : { from: last?.first ?? '', until: last?.last ?? '' }
    })
    .pipe(
      z
        .object({ from: day('first day'), until: day('last day') })
        .refine(({ from }) => from >= FIRST_DAY, {
          path: ['from'],
          message: 'Choose a first day from 1990 on.',
        })
        .refine(({ from, until }) => from <= until, {
          path: ['from'],
          message: 'Choose a first day that is not after the last one.',
        })
        .refine(({ until }) => until < today, {
          path: ['until'],
          message: 'The period has to be over. Choose a last day before today.',
        }),
    )
    .transform(({ from, until }): Period => ({ first: from, last: until }))
