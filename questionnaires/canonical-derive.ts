/** From a statement of the answer bank to the answer that follows from it, with everything that got lost on the way. */
import { type Answer, type AnswerValue, validateAnswer } from './answers.ts'
import { bandOf, deriveOptions } from './canonical-options.ts'
import {
  type CanonicalStatement,
  columnsOf,
  type DetailStatement,
  type StandingStatement,
  statementOf,
} from './canonical-statement.ts'
import { deriveYesNo } from './canonical-yes-no.ts'
import { optionsOf, type Question } from './definition.ts'

export interface Derived {
  /** Fits the question but for an explanation or description that a person still has to add. */
  answer: Answer
  /** Sentences; empty where nothing was lost. */
  lost: string[]
}

export interface DerivedValue {
  value: AnswerValue
  lost: string[]
}

/**
 * Null where the statement does not hold what the question asks: "not all" never becomes "sometimes", and "all"
 * never becomes counts. The result is a proposal; nothing here confirms it.
 * @param now clock for dates that may not lie in the future
 */
export function deriveAnswer(question: Question, statement: CanonicalStatement, now: Date): Derived | null {
  const derived =
    statement.aspect === 'standing' ? fromStanding(question, statement) : fromDetail(question, statement)
  if (!derived) return null
  const { explanation } = statement
  // Words that explained one answer are only taken along to the very same answer.
  if (!explanation || derived.lost.length === 0) return settle(question, { ...derived, explanation }, now)
  const lost = [...derived.lost, 'The explanation given with it is not carried over.']
  return settle(question, { value: derived.value, lost }, now)
}

/** Refuses what the question would refuse; a missing explanation or description is the person's to add. */
export function settle(
  question: Question,
  { value, lost, explanation }: DerivedValue & { explanation?: string },
  now: Date,
): Derived | null {
  const answer: Answer = { state: 'answered', value, ...(explanation && { explanation }) }
  return fits(question, answer, now) ? { answer, lost } : null
}

/** Whether the question takes the answer, apart from words that can still be added. */
export function fits(question: Question, answer: Answer, now: Date): boolean {
  const checked = validateAnswer(question, answer, now)
  const addable = ['explanation', 'value.description']
  return checked.ok || checked.fieldErrors.every(({ path }) => addable.includes(path))
}

function fromStanding(question: Question, statement: StandingStatement): DerivedValue | null {
  const derived = standingValue(question, statement)
  if (!derived || derived.lost.length > 0) return derived
  const said = statementOf(question, { state: 'answered', value: derived.value })
  if (said?.aspect === 'standing' && saysAsMuch(said, statement)) return derived
  return { ...derived, lost: [`${sayStanding(statement)} became ${sayValue(question, derived.value)}.`] }
}

function standingValue(question: Question, statement: StandingStatement): DerivedValue | null {
  const { covered, total } = statement
  switch (question.kind) {
    case 'yes-no': {
      const choice = deriveYesNo(question, statement)
      return choice && { value: { kind: 'yes-no', choice }, lost: lostByChoice(choice, statement) }
    }
    case 'percent': {
      if (covered === undefined || total === undefined) return null
      return { value: { kind: 'percent', covered, total }, lost: [] }
    }
    case 'band': {
      if (question.measure !== 'percent' || covered === undefined || total === undefined) {
        return deriveOptions(question, statement)
      }
      return inBand(question, { portion: covered, of: total }, sayStanding(statement))
    }
    case 'single-choice':
    case 'multiple-choice':
      return deriveOptions(question, statement)
    default:
      return null
  }
}

/** Both at once "no more than": a share below the mark, and "sometimes" where only yes and no are offered. */
function lostByChoice(choice: string, statement: StandingStatement): string[] {
  const isPart = statement.share === 'some' || statement.total !== undefined
  if (choice === 'no' && isPart) return [`${sayStanding(statement)} is no more than a "no" here.`]
  if (choice === 'yes' && statement.total !== undefined) {
    return [`${sayStanding(statement)} became no more than a "yes".`]
  }
  return []
}

function saysAsMuch(said: StandingStatement, statement: StandingStatement): boolean {
  return (
    said.share === statement.share &&
    said.total === statement.total &&
    said.covered === statement.covered &&
    [...said.claims].sort().join() === [...statement.claims].sort().join()
  )
}

function fromDetail(question: Question, statement: DetailStatement): DerivedValue | null {
  const { value } = statement
  if (question.kind === 'band' && value.kind === 'number' && question.measure === 'count') {
    return inBand(question, { portion: value.number, of: 100 }, `“${value.number}”`)
  }
  if (question.kind !== value.kind) return null
  if (question.kind === 'number') {
    return sameUnit(question.unit, statement.unit) ? { value, lost: [] } : null
  }
  if (question.kind === 'table' && value.kind === 'table') return fromTable(question, value, statement)
  // Amounts in another currency are refused by the question itself (`settle`).
  return { value, lost: [] }
}

export function inBand(
  question: Extract<Question, { kind: 'band' }>,
  share: { portion: number; of: number },
  shown: string,
): DerivedValue | null {
  const option = bandOf(question, share)
  if (!option) return null
  return {
    value: { kind: 'band', choice: option.id },
    lost: [`${shown} became the band “${option.label}”.`],
  }
}

function sameUnit(wanted = '', stated = ''): boolean {
  return wanted.trim().toLowerCase() === stated.trim().toLowerCase()
}

function fromTable(
  question: Extract<Question, { kind: 'table' }>,
  { rows }: Extract<AnswerValue, { kind: 'table' }>,
  { columns = {} }: DetailStatement,
): DerivedValue | null {
  const wanted = columnsOf(question.columns)
  const shared = Object.keys(columns).filter((id) => Object.hasOwn(wanted, id) && wanted[id] === columns[id])
  if (shared.length === 0) return null
  const kept = rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([id]) => shared.includes(id))),
  )
  const left = Object.keys(columns).filter((id) => !shared.includes(id))
  const lost = left.map((id) => `The column ${say(id)} has no place here.`)
  return { value: { kind: 'table', rows: kept }, lost }
}

/** Claims and ids in words: `within-30-days` is “within 30 days”. */
function say(...claims: string[]): string {
  return claims.map((claim) => `“${claim.replaceAll('-', ' ')}”`).join(' and ')
}

function sayStanding({ covered, total, claims, share = 'all' }: StandingStatement): string {
  if (covered !== undefined && total !== undefined) return `${covered} of ${total}`
  return claims.length > 0 ? say(...claims) : say(share === 'not-all' ? 'no' : share)
}

function sayValue(question: Question, value: AnswerValue): string {
  if (value.kind === 'yes-no') return `no more than a "${value.choice.replaceAll('-', ' ')}"`
  const chosen = 'choices' in value ? value.choices : 'choice' in value ? [value.choice] : []
  const labels = optionsOf(question).filter(({ id }) => chosen.includes(id))
  return labels.map(({ label }) => `“${label}”`).join(' and ')
}
