/** Coverage over time in words. */
import type { Words } from '../language/words.ts'
import type { Coverage } from '../statement-parts.ts'

type Segment = Coverage['controls'][number]['segments'][number]
type State = Segment['state']

const DAY = 86_400_000

/** In the order of the key. */
export const STATES = [
  'proved',
  'excepted',
  'unproved',
  'contradicted',
  'not-claimed',
  'unrecorded',
] as const satisfies readonly State[]

export const daysOf = ({ first, last }: Coverage) => (Date.parse(last) - Date.parse(first)) / DAY + 1

export function leadOfCoverage({ say, date }: Words, coverage: Coverage): string {
  const { first, last, since, isCut } = coverage
  return say('coverage.lead', {
    first: date(first),
    last: date(last),
    days: daysOf(coverage),
    start: say(isCut ? 'coverage.cut' : `coverage.since-${since}`),
  })
}

/** How many days of a control were not proved, or that none was. */
export function gapsOf({ say }: Words, segments: readonly Segment[]): string {
  const daysIn = (state: State) =>
    segments.reduce((sum, segment) => (segment.state === state ? sum + segment.days : sum), 0)
  const gaps = (['unproved', 'contradicted', 'excepted'] as const).flatMap((state) => {
    const days = daysIn(state)
    return days > 0 ? [say(`gap.${state}`, { days })] : []
  })
  if (gaps.length > 0) return gaps.join(', ')
  if (daysIn('proved') > 0) return say('gap.none')
  return say(daysIn('not-claimed') > 0 ? 'gap.not-claimed' : 'gap.unanswered')
}
