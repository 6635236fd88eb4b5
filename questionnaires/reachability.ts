/** Finds questions that no combination of answers would ever show. */
import type { Answer, Answers, AnswerValue } from './answers.ts'
import { applicabilityIn, questionsIn } from './branching.ts'
import { type Condition, type Edition, listQuestions, optionsOf, type Question } from './definition.ts'

/** Above this many combinations a question is taken to be reachable; hand-written forms stay far below. */
const MAXIMUM_COMBINATIONS = 20_000

/**
 * Tries, for each conditional question, every combination of answers that its conditions can tell apart.
 * Leaving a question unanswered is never tried: it decides nothing, so it cannot make anything apply.
 * The edition's conditions must already be sound and free of circles.
 */
export function findUnreachable(edition: Edition): ReadonlySet<string> {
  const questions = new Map(listQuestions(edition).map((question) => [question.id, question]))
  const unreachable = new Set<string>()
  for (const question of questions.values()) {
    if (question.when && !canApply(question, questions)) unreachable.add(question.id)
  }
  return unreachable
}

function canApply(question: Question, questions: ReadonlyMap<string, Question>): boolean {
  const conditions = conditionsBehind(question, questions)
  const asked = [...new Set(conditions.flatMap(questionsIn))].flatMap((id) => questions.get(id) ?? [])
  const candidates = asked.map((target) => ({ id: target.id, answers: distinctAnswers(target, conditions) }))
  const combinations = candidates.reduce((product, { answers }) => product * answers.length, 1)
  if (combinations > MAXIMUM_COMBINATIONS) return true
  for (let number = 0; number < combinations; number++) {
    if (applicabilityIn(questions, combine(candidates, number))(question.id)) return true
  }
  return false
}

/** The question's own condition and those of every question that it depends on. */
function conditionsBehind(question: Question, questions: ReadonlyMap<string, Question>): Condition[] {
  const seen = new Set<string>()
  const conditions: Condition[] = []
  const pending = [question]
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (seen.has(next.id) || !next.when) continue
    seen.add(next.id)
    conditions.push(next.when)
    pending.push(...questionsIn(next.when).flatMap((id) => questions.get(id) ?? []))
  }
  return conditions
}

/** The `number`-th combination, counting with one digit a question. */
function combine(candidates: { id: string; answers: Answer[] }[], number: number): Answers {
  const answers: Record<string, Answer> = {}
  let rest = number
  for (const candidate of candidates) {
    const answer = candidate.answers[rest % candidate.answers.length]
    if (answer) answers[candidate.id] = answer
    rest = Math.floor(rest / candidate.answers.length)
  }
  return answers
}

/** One answer for each outcome that the conditions distinguish. */
function distinctAnswers(target: Question, conditions: readonly Condition[]): Answer[] {
  const tests = conditions.flatMap((condition) => testsOf(condition, target.id))
  const dontKnow: Answer = { state: 'dont-know', gap: { owner: 'anyone', dueOn: '2000-01-01' } }
  const values = distinctValues(
    target,
    tests.flatMap((test) => test.tokens),
    tests.flatMap((test) => test.amounts),
  )
  return [dontKnow, ...values.map((value): Answer => ({ state: 'answered', value }))]
}

function testsOf(condition: Condition, questionId: string): { tokens: string[]; amounts: number[] }[] {
  if ('all' in condition) return condition.all.flatMap((part) => testsOf(part, questionId))
  if ('any' in condition) return condition.any.flatMap((part) => testsOf(part, questionId))
  if ('not' in condition) return testsOf(condition.not, questionId)
  if (condition.question !== questionId) return []
  if ('is' in condition) return [{ tokens: [condition.is].flat(), amounts: [] }]
  if ('includes' in condition) return [{ tokens: [condition.includes], amounts: [] }]
  return [{ tokens: [], amounts: [condition.atLeast] }]
}

function distinctValues(target: Question, tokens: string[], amounts: number[]): AnswerValue[] {
  switch (target.kind) {
    case 'yes-no': {
      const choices = target.notApplicable
        ? (['yes', 'no', 'not-applicable'] as const)
        : (['yes', 'no'] as const)
      return choices.map((choice) => ({ kind: 'yes-no', choice }))
    }
    case 'single-choice':
    case 'band':
      return target.options.map((option) => ({ kind: target.kind, choice: option.id }))
    case 'multiple-choice':
      return distinctTicks(target, tokens).map((choices) => ({ kind: 'multiple-choice', choices }))
    case 'number': {
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = target
      const low = Number.isFinite(min) ? min : Math.min(0, max, ...amounts) - 1
      const steps = amounts.map((amount) => Math.max(min, target.whole ? Math.ceil(amount) : amount))
      return [low, ...steps].filter((number) => number <= max).map((number) => ({ kind: 'number', number }))
    }
    case 'percent':
      return [0, ...amounts.filter((amount) => amount >= 0 && amount <= 100)].map((percent) => ({
        kind: 'percent',
        covered: Math.ceil(percent * 10_000),
        total: 1_000_000,
      }))
    case 'currency':
      return [0, ...amounts.map((amount) => Math.max(0, Math.ceil(amount)))].map((amountMinor) => ({
        kind: 'currency',
        amountMinor,
        currency: target.currency,
      }))
    case 'date':
      return [{ kind: 'date', date: '2000-01-01' }]
    case 'product':
      return [{ kind: 'product', product: 'any' }]
    case 'text':
      return [{ kind: 'text', text: 'any' }]
  }
}

/** Every way to tick the options that conditions name, plus one that they don't; exclusive ones stand alone. */
function distinctTicks(target: Question, tokens: string[]): string[][] {
  const options = optionsOf(target)
  const named = options.filter((option) => tokens.includes(option.id))
  const other = options.find((option) => !tokens.includes(option.id))
  const combinable = named.filter((option) => !option.exclusive).slice(0, 14)
  const ticks: string[][] = named.filter((option) => option.exclusive).map((option) => [option.id])
  if (other) ticks.push([other.id])
  for (let mask = 1; mask < 2 ** combinable.length; mask++) {
    ticks.push(combinable.filter((_, bit) => mask & (1 << bit)).map((option) => option.id))
  }
  return ticks
}
