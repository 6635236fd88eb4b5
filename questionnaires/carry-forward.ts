/** Brings the answers of one edition into another: kept, offered for confirmation, asked again, or left behind. */
import { type Answer, type Answers, describeAnswer, validateAnswer } from './answers.ts'
import { applicableQuestions, findAnswer } from './branching.ts'
import { deriveAnswer, statementOf } from './canonical.ts'
import { type Derived, fits } from './canonical-derive.ts'
import type { Circumstances } from './circumstances.ts'
import { compareEditions } from './compare-editions.ts'
import { isSameForm } from './compare-matching.ts'
import { findThresholdChanges } from './compare-thresholds.ts'
import { type Edition, listQuestions, type Question } from './definition.ts'
import type { ChangeKind, EditionDifference } from './edition-change.ts'

export interface CarriedAnswers {
  /** By newer id: the person's own answer, which stays theirs. */
  kept: Record<string, { answer: Answer; questionId: string }>
  /** By newer id: to be confirmed by a person. `answer` is null where the old one is only shown. */
  proposed: Record<
    string,
    { answer: Answer | null; questionIds: string[]; because: ChangeKind[]; lost: string[] }
  >
  /** Newer ids for which there is nothing old, or only an "I don't know" that cannot stay. */
  open: string[]
  /** Old answers without a place in the newer edition, in the older form's order. */
  dropped: { questionId: string; prompt: string; item: string; shown: string }[]
}

export interface CarryInput {
  older: Edition
  newer: Edition
  /** Editions of the form between the two, in order (editions.ts `chainBetween`). */
  between?: readonly Edition[]
  answers: Answers
  circumstances?: Circumstances
  /** A draft keeps what means the same; a renewal has everything confirmed again. */
  purpose: 'draft' | 'renewal'
}

type Rule = EditionDifference['rules'][string]

/**
 * Every answer that counted in the older edition ends as `kept`, behind at least one `proposed`, or as `dropped`, and
 * in only one of the three. Answers left behind on hidden questions never counted and go nowhere. Inputs are not
 * changed. `circumstances.today` is the day against which dates are checked.
 */
export function carryForward(input: CarryInput): CarriedAnswers {
  const { older, newer, between, answers, circumstances = {}, purpose } = input
  const { rules } = compareEditions(older, newer, between)
  const applicable = applicableQuestions(older, answers, circumstances)
  const counted = listQuestions(older).flatMap((question) => {
    const answer = applicable.has(question.id) ? findAnswer(answers, question.id) : undefined
    return answer ? [{ question, answer }] : []
  })
  const now = dayOf(circumstances)
  const carried: CarriedAnswers = { kept: {}, proposed: {}, open: [], dropped: [] }

  for (const question of listQuestions(newer)) {
    const rule = rules[question.id]
    const sources = counted.filter((source) => rule?.from.includes(source.question.id))
    const outcome = rule && carryOne({ editions: { older, newer }, question, rule, sources, purpose, now })
    if (!outcome) carried.open.push(question.id)
    else if ('questionId' in outcome) carried.kept[question.id] = outcome
    else carried.proposed[question.id] = outcome
  }

  const placed = new Set([
    ...Object.values(carried.kept).map(({ questionId }) => questionId),
    ...Object.values(carried.proposed).flatMap(({ questionIds }) => questionIds),
  ])
  carried.dropped = counted.flatMap(({ question, answer }) => {
    if (placed.has(question.id)) return []
    const { id, prompt, reference } = question
    return [{ questionId: id, prompt, item: reference.item, shown: describeAnswer(question, answer) }]
  })
  return carried
}

interface Source {
  question: Question
  answer: Answer
}

interface Step {
  editions: Pick<CarryInput, 'older' | 'newer'>
  question: Question
  rule: Rule
  /** Answers that counted, of the questions that this one comes from. */
  sources: readonly Source[]
  purpose: CarryInput['purpose']
  now: Date
}

function carryOne(step: Step): CarriedAnswers['kept'][string] | CarriedAnswers['proposed'][string] | null {
  const { question, rule, sources, purpose, now } = step
  const [first] = sources
  if (!first) return null
  const questionIds = sources.map((source) => source.question.id)
  const offer = (derived: Derived | null) => {
    const because = rule.rule === 'keep' && purpose === 'renewal' ? [] : [...rule.because]
    return { answer: derived?.answer ?? null, questionIds, because, lost: derived?.lost ?? [] }
  }
  // "I don't know" is nobody's answer to another question; under an unchanged one it keeps its owner and its day.
  if (sources.every(({ answer }) => answer.state === 'dont-know')) {
    if (rule.rule !== 'keep' || purpose === 'renewal') return null
    return { answer: first.answer, questionId: first.question.id }
  }
  if (rule.because.includes('split')) return offer(null)
  if (rule.because.includes('merged')) return offer(mergeAnswers(step))
  if (rule.rule === 'ask-again') return offer(null)
  if (rule.rule === 'keep' && purpose === 'draft' && isComplete(question, first.answer, now)) {
    return { answer: first.answer, questionId: first.question.id }
  }
  return offer(transfer(step, first))
}

function isComplete(question: Question, answer: Answer, now: Date): boolean {
  return validateAnswer(question, answer, now).ok
}

/** Changes under which a choice, a number or a cell need not say what it said; the answer goes through its statement. */
const RESHAPING: readonly ChangeKind[] = ['type-changed', 'options-changed', 'merged']

/** The answer itself where the question takes the same answers, else what follows from it. */
function transfer(
  { editions, question, rule, now }: Step,
  { question: source, answer }: Source,
): Derived | null {
  if (answer.state === 'dont-know') return null
  const isSameShape =
    isSameForm(editions.older, editions.newer) && !rule.because.some((kind) => RESHAPING.includes(kind))
  if (isSameShape && fits(question, answer, now)) return { answer, lost: [] }
  const statement = statementOf(source, answer)
  if (!statement)
    return source.kind === question.kind && fits(question, answer, now) ? { answer, lost: [] } : null
  return deriveAnswer(question, statement, now)
}

/** Only where all of the old questions were answered, and every answer leads to the same one. */
function mergeAnswers(step: Step): Derived | null {
  const { question, rule, sources, now } = step
  if (sources.length < rule.from.length || sources.some((source) => isStricter(step, source))) return null
  const derived = sources.map((source) => transfer(step, source))
  const [first] = derived
  if (!first || derived.some((other) => !other || valueText(other) !== valueText(first))) return null
  const words = derived.flatMap((one) => (one?.answer.explanation ? [one.answer.explanation] : []))
  const explanation = [...new Set(words)].join('\n')
  const lost = [
    ...new Set([...derived.flatMap((one) => one?.lost ?? []), `${derived.length} answers became one.`]),
  ]
  const merged = explanation ? { ...first.answer, explanation } : first.answer
  if (fits(question, merged, now) && explanation.length <= 4000) return { answer: merged, lost }
  return { answer: first.answer, lost: [...lost, 'The explanations given with them are not carried over.'] }
}

/** The question as a whole may ask for more than one of its parts did. */
function isStricter({ editions, question }: Step, source: Source): boolean {
  const older = { edition: editions.older, question: source.question }
  const newer = { edition: editions.newer, question }
  return findThresholdChanges({ older, newer }).some(({ rule }) => rule === 'ask-again')
}

function valueText({ answer }: Derived): string {
  return answer.state === 'answered' ? JSON.stringify(answer.value) : ''
}

/** Without a day nothing lies in the future: a date that was accepted once has passed since. */
function dayOf({ today }: Circumstances): Date {
  return new Date(`${today ?? '9999-12-30'}T00:00:00Z`)
}
