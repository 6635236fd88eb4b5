/** Finds questions that no combination of answers, circumstances and findings would ever show. */
import type { Answer } from './answers.ts'
import { branchesOf, byId, questionsIn } from './branching.ts'
import type { Circumstances } from './circumstances.ts'
import { leavesOf } from './conditions.ts'
import type { Condition, Edition, Question } from './definition.ts'
import { distinctAnswers, distinctCircumstances } from './distinct-answers.ts'

/** Above this many combinations a question is taken to be reachable; hand-written forms stay far below. */
const MAXIMUM_COMBINATIONS = 20_000
/** Together, over all questions: a hostile edition must not keep the checker busy for minutes. */
const MAXIMUM_WORK = 2_000_000

/**
 * Tries, for each conditional question, every combination that its conditions can tell apart. Leaving a question
 * unanswered is never tried: it decides nothing, so it cannot make anything apply.
 * The edition's conditions must already be sound and free of circles.
 */
export function findUnreachable(edition: Edition): ReadonlySet<string> {
  const questions = byId(edition)
  const unreachable = new Set<string>()
  const budget = { left: MAXIMUM_WORK }
  for (const question of questions.values()) {
    if (question.when && !canApply(question, { questions, blankMeans: edition.blankMeans, budget })) {
      unreachable.add(question.id)
    }
  }
  return unreachable
}

interface Form {
  questions: ReadonlyMap<string, Question>
  blankMeans: Edition['blankMeans']
  budget: { left: number }
}

/** One thing that can be this or that: an answer or a circumstance. */
type Choice = { answers: Record<string, Answer> } | { circumstances: Circumstances }

function canApply(question: Question, { budget, ...form }: Form): boolean {
  if (budget.left < 0) return true
  const conditions = conditionsBehind(question, form.questions)
  const leaves = conditions.flatMap((condition) => leavesOf(condition)).map(({ leaf }) => leaf)
  const asked = [...new Set(conditions.flatMap(questionsIn))].flatMap((id) => form.questions.get(id) ?? [])
  // Each question has two answers at least, so that a long chain is given up before all of them are listed.
  if (2 ** asked.length > MAXIMUM_COMBINATIONS) {
    budget.left -= conditions.length
    return true
  }
  const dimensions: Choice[][] = [
    ...asked.map((target) =>
      distinctAnswers(target, leaves, form.blankMeans).map((answer) => ({
        answers: { [target.id]: answer },
      })),
    ),
    ...distinctCircumstances(leaves).map((values) => values.map((circumstances) => ({ circumstances }))),
  ]
  const combinations = dimensions.reduce((product, choices) => product * choices.length, 1)
  budget.left -= Math.min(combinations, MAXIMUM_COMBINATIONS) * conditions.length
  if (combinations > MAXIMUM_COMBINATIONS || budget.left < 0) return true
  for (let number = 0; number < combinations; number++) {
    if (branchesOf({ ...form, ...combine(dimensions, number) }).isApplicable(question.id)) return true
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

/** The `number`-th combination, counting with one digit a dimension. */
function combine(dimensions: readonly Choice[][], number: number) {
  const answers: Record<string, Answer> = {}
  const circumstances: Circumstances = {}
  let rest = number
  for (const choices of dimensions) {
    const choice = choices[rest % choices.length]
    rest = Math.floor(rest / choices.length)
    if (!choice) continue
    if ('answers' in choice) Object.assign(answers, choice.answers)
    else {
      const { facts, ...others } = choice.circumstances
      Object.assign(circumstances, others)
      if (facts) circumstances.facts = { ...circumstances.facts, ...facts }
    }
  }
  return { answers, circumstances }
}
