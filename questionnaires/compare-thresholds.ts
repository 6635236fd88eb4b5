/** Limits that moved between two wordings of a question, and whether they became stricter. */
import { formatCount, formatMajor, labelOf, nameOfQuestion } from './compare-conditions.ts'
import { type Direction, type Finding, strictest } from './compare-findings.ts'
import type { Sides } from './compare-questions.ts'
import { optionsOf, type Question, type Threshold } from './definition.ts'

/** An old "yes" is offered again only where the limit became looser; where nobody can tell, the question is asked anew. */
export function findThresholdChanges({ older, newer }: Sides): Finding[] {
  const [was, is] = [older.question, newer.question]
  const name = nameOfQuestion(is)
  return [
    ...limits(was, is, name),
    ...shareMark(was, is, name),
    ...range(was, is, name),
    ...bands(was, is, name),
  ]
}

/** A limit is often written twice, in the prompt and in the claim; it is told once unless the claim asks for more. */
function limits(was: Question, is: Question, name: string): Finding[] {
  const stated = statedLimit(was, is, name)
  const claimed = claimedLimit(was, is, name)
  const isCovered =
    stated.length > 0 && strictest([...stated, ...claimed].map(({ rule }) => rule)) === stated[0]?.rule
  return isCovered ? stated : [...stated, ...claimed]
}

interface Change {
  before: string | null
  after: string | null
  direction: Direction
}

/** Told as a limit that moved, unless it has a sentence of its own. */
function finding(change: Change & ({ what: string } | { sentence: string })): Finding {
  const { before, after, direction } = change
  const sentence = 'sentence' in change ? change.sentence : told(change.what, before, after)
  return {
    kind: 'threshold-changed',
    before,
    after,
    sentence: `${sentence} ${STRICTNESS_WORDS[direction]}`,
    rule: direction === 'looser' ? 'propose' : 'ask-again',
  }
}

const STRICTNESS_WORDS: Record<Direction, string> = {
  stricter: 'This is stricter: an older answer may no longer be true.',
  looser: 'This is looser.',
  unknown: 'Whether this is stricter cannot be told.',
}

function told(what: string, before: string | null, after: string | null): string {
  if (before === null) return `${what} is now ${after}; before, there was none.`
  return after === null
    ? `${what} was ${before}; now there is none.`
    : `${what} went from ${before} to ${after}.`
}

function statedLimit(was: Question, is: Question, name: string): Finding[] {
  const before = was.threshold && limitInWords(was.threshold)
  const after = is.threshold && limitInWords(is.threshold)
  if (before === after) return []
  const direction = directionOfLimit(was.threshold, is.threshold)
  return [finding({ before: before ?? null, after: after ?? null, direction, what: `The limit in ${name}` })]
}

function limitInWords({ is, value, unit }: Threshold): string {
  const amount = /^[A-Z]{3}$/.test(unit) ? formatMajor(value, unit) : `${formatCount(value)} ${unit}`
  return `${is.replaceAll('-', ' ')} ${amount}`
}

function directionOfLimit(was: Threshold | undefined, is: Threshold | undefined): Direction {
  if (!was || !is) return is ? 'stricter' : 'looser'
  const before = inBaseUnit(was)
  const after = inBaseUnit(is)
  if (before.unit !== after.unit || was.is !== is.is) return 'unknown'
  const grew = after.value > before.value
  const isMoney = /^[A-Z]{3}$/.test(before.unit)
  switch (is.is) {
    case 'at-most':
      return isMoney ? 'unknown' : grew ? 'looser' : 'stricter'
    case 'at-least':
      // "Cover of at least 1,000,000" and "payments of at least 1,000" point in opposite directions.
      return isMoney ? 'unknown' : grew ? 'stricter' : 'looser'
    case 'more-than':
      // It says what falls under the question: payments of more than 10,000 are more payments than those of 25,000.
      return isMoney ? (grew ? 'looser' : 'stricter') : 'unknown'
  }
}

const HOURS: Record<string, number> = { hour: 1, hours: 1, day: 24, days: 24, week: 168, weeks: 168 }

function inBaseUnit({ value, unit }: Pick<Threshold, 'value' | 'unit'>): { value: number; unit: string } {
  const hours = HOURS[unit]
  return hours ? { value: value * hours, unit: 'hours' } : { value, unit }
}

/** What "yes" claims in the catalogue's words: within-30-days became within-14-days. */
function claimedLimit(was: Question, is: Question, name: string): Finding[] {
  if (was.kind !== 'yes-no' || is.kind !== 'yes-no' || was.claims?.yes === is.claims?.yes) return []
  const before = was.claims?.yes?.replaceAll('-', ' ') ?? null
  const after = is.claims?.yes?.replaceAll('-', ' ') ?? null
  const direction = directionOfClaims(was.claims?.yes, is.claims?.yes)
  const sentence =
    after === null
      ? `A “yes” to ${name} no longer has to mean “${before}”.`
      : `A “yes” to ${name} now means “${after}”${before === null ? '' : `; before, it meant “${before}”`}.`
  return [finding({ before, after, direction, sentence })]
}

/** Claims of the catalogue that name how often or how fully, best first. */
const SCALES = [
  ['daily', 'weekly', 'monthly', 'quarterly', 'twice-a-year', 'yearly', 'never'],
  ['around-the-clock', 'business-hours'],
  ['all', 'partly', 'none'],
]

function directionOfClaims(was: string | undefined, is: string | undefined): Direction {
  // A bare "yes" says no more than that it is in place.
  if (!was || !is) return is ? 'stricter' : 'looser'
  const limits = [limitInClaim(was), limitInClaim(is)]
  if (limits[0] && limits[1]) return directionOfLimit(limits[0], limits[1])
  const scale = SCALES.find((words) => words.includes(was) && words.includes(is))
  if (!scale) return 'unknown'
  return scale.indexOf(is) < scale.indexOf(was) ? 'stricter' : 'looser'
}

function limitInClaim(claim: string): Threshold | null {
  const [, word, value, unit] =
    /^(within|at-least)-(\d+)-(hours|days|weeks|months|percent)$/.exec(claim) ?? []
  if (!word || !value || !unit) return null
  return { is: word === 'within' ? 'at-most' : 'at-least', value: Number(value), unit }
}

function shareMark(was: Question, is: Question, name: string): Finding[] {
  const before = was.canonical?.yesFromPercent ?? 100
  const after = is.canonical?.yesFromPercent ?? 100
  if (was.kind !== 'yes-no' || is.kind !== 'yes-no' || before === after) return []
  const direction = after > before ? 'stricter' : 'looser'
  const what = `The share from which “yes” is true in ${name}`
  return [finding({ before: `${before} %`, after: `${after} %`, direction, what })]
}

function range(was: Question, is: Question, name: string): Finding[] {
  if (was.kind !== 'number' || is.kind !== 'number') return []
  const [before, after] = [rangeInWords(was), rangeInWords(is)]
  if (before === after) return []
  const isNarrower =
    (is.min ?? -Infinity) > (was.min ?? -Infinity) || (is.max ?? Infinity) < (was.max ?? Infinity)
  const isWider =
    (is.min ?? -Infinity) < (was.min ?? -Infinity) || (is.max ?? Infinity) > (was.max ?? Infinity)
  const direction = isNarrower === isWider ? 'unknown' : isNarrower ? 'stricter' : 'looser'
  return [finding({ before, after, direction, what: `The range of answers to ${name}` })]
}

function rangeInWords({ min, max }: { min?: number; max?: number }): string {
  if (min === undefined && max === undefined) return 'any number'
  return [
    min !== undefined && `${formatCount(min)} or more`,
    max !== undefined && `${formatCount(max)} or less`,
  ]
    .filter(Boolean)
    .join(' and ')
}

function bands(was: Question, is: Question, name: string): Finding[] {
  if (was.kind !== 'band' || is.kind !== 'band') return []
  if (was.measure && is.measure && was.measure !== is.measure) {
    return [
      finding({
        before: was.measure,
        after: is.measure,
        direction: 'unknown',
        what: `What ${name} counts`,
      }),
    ]
  }
  return optionsOf(is).flatMap((option) => {
    const other = optionsOf(was).find(({ id }) => id === option.id)
    if (!other || (other.atLeast === option.atLeast && other.below === option.below)) return []
    const [before, after] = [boundsInWords(other), boundsInWords(option)]
    const what = `The range “${labelOf(is, option.id)}” of ${name}`
    return [finding({ before, after, direction: 'unknown', what })]
  })
}

function boundsInWords({ atLeast, below }: { atLeast?: number; below?: number }): string | null {
  const words = [
    atLeast !== undefined && `${formatCount(atLeast)} or more`,
    below !== undefined && `below ${formatCount(below)}`,
  ].filter(Boolean)
  return words.length > 0 ? words.join(' and ') : null
}
