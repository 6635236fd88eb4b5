/** Which questions of an edition apply, given the answers: the form, the server and the report decide with this file alone. */
import type { Answer, Answers, AnswerValue } from './answers.ts'
import { type Condition, type Edition, listQuestions, type Question } from './definition.ts'

/** `undefined`: no answer decides it yet. */
type Verdict = boolean | undefined

/** An own property only: `constructor` is a well-formed id that every object inherits. */
export function findAnswer(answers: Answers, questionId: string): Answer | undefined {
  return Object.hasOwn(answers, questionId) ? answers[questionId] : undefined
}

/**
 * Ids of the questions that apply, in form order. An answer left behind on a hidden question has no effect.
 * Terminates on every input: a question in a circle of conditions, which published editions cannot contain, is hidden.
 */
export function applicableQuestions(edition: Edition, answers: Answers): ReadonlySet<string> {
  const questions = listQuestions(edition)
  const isApplicable = applicabilityIn(new Map(questions.map((question) => [question.id, question])), answers)
  return new Set(questions.filter((question) => isApplicable(question.id)).map((question) => question.id))
}

/** Decides single questions, remembering what it decided. */
export function applicabilityIn(
  questions: ReadonlyMap<string, Question>,
  answers: Answers,
): (questionId: string) => boolean {
  const decided = new Map<string, boolean>()

  function isApplicable(questionId: string): boolean {
    const known = decided.get(questionId)
    if (known !== undefined) return known
    const question = questions.get(questionId)
    if (!question) return false
    // Marked hidden while under way, so that a circle ends here instead of recursing.
    decided.set(questionId, false)
    const applies = !question.when || decide(question.when, visibleAnswer) === true
    decided.set(questionId, applies)
    return applies
  }

  function visibleAnswer(questionId: string): Answer | undefined {
    return isApplicable(questionId) ? findAnswer(answers, questionId) : undefined
  }

  return isApplicable
}

/**
 * Ids of the questions that do not apply only because a question they depend on has no answer yet: whether they will
 * is open, which is not the same as not applicable.
 */
export function undecidedQuestions(edition: Edition, answers: Answers): ReadonlySet<string> {
  const applicable = applicableQuestions(edition, answers)
  const undecided = new Set<string>()
  const isOpen = (id: string) => undecided.has(id) || (applicable.has(id) && !findAnswer(answers, id))
  // A gate may stand below the question it opens, so the pass is repeated until nothing is added.
  for (let before = -1; before < undecided.size; ) {
    before = undecided.size
    for (const question of listQuestions(edition)) {
      if (!question.when || applicable.has(question.id)) continue
      if (questionsIn(question.when).some(isOpen)) undecided.add(question.id)
    }
  }
  return undecided
}

/** Ids of the questions that a condition looks at. */
export function questionsIn(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(questionsIn)
  if ('any' in condition) return condition.any.flatMap(questionsIn)
  if ('not' in condition) return questionsIn(condition.not)
  return [condition.question]
}

function decide(condition: Condition, answerTo: (id: string) => Answer | undefined): Verdict {
  if ('all' in condition) {
    const verdicts = condition.all.map((part) => decide(part, answerTo))
    return verdicts.includes(false) ? false : verdicts.includes(undefined) ? undefined : true
  }
  if ('any' in condition) {
    const verdicts = condition.any.map((part) => decide(part, answerTo))
    return verdicts.includes(true) ? true : verdicts.includes(undefined) ? undefined : false
  }
  if ('not' in condition) {
    const verdict = decide(condition.not, answerTo)
    return verdict === undefined ? undefined : !verdict
  }
  const answer = answerTo(condition.question)
  return answer && holds(condition, answer)
}

function holds(
  condition: Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>,
  answer: Answer,
) {
  if ('is' in condition) {
    const wanted = Array.isArray(condition.is) ? condition.is : [condition.is]
    if (answer.state === 'dont-know') return wanted.includes('dont-know')
    return (
      'choice' in answer.value && answer.value.choice !== 'dont-know' && wanted.includes(answer.value.choice)
    )
  }
  if (answer.state === 'dont-know') return false
  if ('includes' in condition) {
    return answer.value.kind === 'multiple-choice' && answer.value.choices.includes(condition.includes)
  }
  const amount = amountOf(answer.value)
  return amount !== null && amount >= condition.atLeast
}

function amountOf(value: AnswerValue): number | null {
  switch (value.kind) {
    case 'number':
      return value.number
    case 'percent':
      return (value.covered / value.total) * 100
    case 'currency':
      return value.amountMinor
    default:
      return null
  }
}
