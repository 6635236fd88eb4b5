/** Which questions of an edition apply: the form, the server and the report decide with this file alone. */
import type { Answer, Answers } from './answers.ts'
import { blankAnswer } from './blank-rule.ts'
import type { Circumstances } from './circumstances.ts'
import { decide, isLeafOpen, leavesOf, type Verdict } from './conditions.ts'
import { type Condition, type Edition, listQuestions, type Question } from './definition.ts'

/** An own property only: `constructor` is a well-formed id that every object inherits. */
export function findAnswer(answers: Answers, questionId: string): Answer | undefined {
  return Object.hasOwn(answers, questionId) ? answers[questionId] : undefined
}

/**
 * Ids of the questions that apply, in form order. An answer left behind on a hidden question has no effect.
 * Terminates on every input: a question in a circle of conditions, which published editions cannot contain, is hidden.
 */
export function applicableQuestions(
  edition: Edition,
  answers: Answers,
  circumstances: Circumstances = {},
): ReadonlySet<string> {
  const { isApplicable } = branchesOf({ ...edition, questions: byId(edition), answers, circumstances })
  return new Set(
    listQuestions(edition)
      .map(({ id }) => id)
      .filter(isApplicable),
  )
}

export interface Situation {
  questions: ReadonlyMap<string, Question>
  blankMeans: Edition['blankMeans']
  answers: Answers
  circumstances: Circumstances
}

export interface Branches {
  isApplicable(questionId: string): boolean
  /** The answer of a question that applies, a blank read by the edition's rule. */
  visibleAnswer(questionId: string): Answer | undefined
  verdictOf(condition: Condition): Verdict
}

export function byId(edition: Edition): ReadonlyMap<string, Question> {
  return new Map(listQuestions(edition).map((question) => [question.id, question]))
}

/** Decides single questions, remembering what it decided. */
export function branchesOf(situation: Situation): Branches {
  const { questions, answers, circumstances } = situation
  const decided = new Map<string, boolean>()

  function isApplicable(questionId: string): boolean {
    if (!decided.has(questionId)) settle(questionId)
    return decided.get(questionId) ?? false
  }

  /** Without recursion: a hostile edition may chain more questions than the stack is deep. */
  function settle(start: string): void {
    const trail = [start]
    const entered = new Set<string>()
    for (let id = trail.at(-1); id !== undefined; id = trail.at(-1)) {
      const when = questions.get(id)?.when
      if (decided.has(id)) trail.pop()
      else if (when && !entered.has(id)) {
        entered.add(id)
        // What is under way already closes a circle; it counts as hidden.
        trail.push(...questionsIn(when).filter((other) => !decided.has(other) && !entered.has(other)))
      } else {
        trail.pop()
        decided.set(id, questions.has(id) && (!when || verdictOf(when) === true))
      }
    }
  }

  function answerTo(questionId: string): Answer | undefined {
    const question = questions.get(questionId)
    if (!question || decided.get(questionId) !== true) return undefined
    return findAnswer(answers, questionId) ?? blankAnswer(situation, question)
  }

  function verdictOf(condition: Condition): Verdict {
    return decide(condition, { answerTo, circumstances })
  }

  return {
    isApplicable,
    visibleAnswer: (questionId) => (isApplicable(questionId) ? answerTo(questionId) : undefined),
    verdictOf,
  }
}

/**
 * Ids of the questions that do not apply only because something they depend on is not known yet (an answer, a
 * circumstance, a scan): whether they will is open, which is not the same as not applicable.
 */
export function undecidedQuestions(
  edition: Edition,
  answers: Answers,
  circumstances: Circumstances = {},
): ReadonlySet<string> {
  const branches = branchesOf({ ...edition, questions: byId(edition), answers, circumstances })
  const waiting = listQuestions(edition).filter(({ id }) => !branches.isApplicable(id))
  const undecided = new Set<string>()
  const isUnknown = (id: string) =>
    undecided.has(id) || (branches.isApplicable(id) && branches.visibleAnswer(id) === undefined)

  /** Whether the condition can still come out like this; what is hidden for good decides nothing, ever. */
  function canBe(condition: Condition, verdict: boolean): boolean {
    if ('not' in condition) return canBe(condition.not, !verdict)
    if ('all' in condition || 'any' in condition) {
      const parts = 'all' in condition ? condition.all : condition.any
      return verdict === 'all' in condition
        ? parts.every((part) => canBe(part, verdict))
        : parts.some((part) => canBe(part, verdict))
    }
    const isOpen =
      'question' in condition ? isUnknown(condition.question) : isLeafOpen(condition, circumstances)
    return isOpen || branches.verdictOf(condition) === verdict
  }

  // A gate may stand below the question it opens, so whatever waits for a question is looked at again with it.
  const waitingFor = new Map<string, Question[]>()
  for (const question of waiting) {
    for (const id of question.when ? questionsIn(question.when) : []) {
      const others = waitingFor.get(id)
      if (others) others.push(question)
      else waitingFor.set(id, [question])
    }
  }
  for (let pending = waiting; pending.length > 0; ) {
    const added = pending.filter(({ id, when }) => !undecided.has(id) && when && canBe(when, true))
    for (const { id } of added) undecided.add(id)
    pending = added.flatMap(({ id }) => waitingFor.get(id) ?? [])
  }
  return new Set(waiting.map(({ id }) => id).filter((id) => undecided.has(id)))
}

/** Ids of the questions that a condition looks at. */
export function questionsIn(condition: Condition): string[] {
  return leavesOf(condition).flatMap(({ leaf }) => ('question' in leaf ? [leaf.question] : []))
}

/** Whether the form is meant for somebody in these circumstances; `undefined` while too little is known. */
export function isEligible({ eligibility }: Edition, circumstances: Circumstances): boolean | undefined {
  if (!eligibility) return true
  return decide(eligibility.when, { answerTo: () => undefined, circumstances })
}

export type CircumstanceName = 'revenue' | 'headcount' | 'class' | 'renewal' | 'coverage'

/** What the edition's gates and its eligibility look at beside the answers, each once, in form order. */
export function circumstancesAskedBy(edition: Edition): { names: CircumstanceName[]; facts: string[] } {
  const conditions = [edition.eligibility?.when, ...listQuestions(edition).map(({ when }) => when)]
  const leaves = conditions.flatMap((condition) => (condition ? leavesOf(condition) : []))
  const names = leaves.flatMap(({ leaf }) => ('circumstance' in leaf ? [leaf.circumstance] : []))
  const facts = leaves.flatMap(({ leaf }) => ('fact' in leaf ? [leaf.fact] : []))
  return { names: [...new Set(names)], facts: [...new Set(facts)] }
}

/**
 * Whether the question has to be answered on this day: a new topic may be left open before the edition's own day.
 * @param today ISO date; not known means that every such day has come
 */
export function isRequired(question: Question, today?: string): boolean {
  if (!question.required) return false
  return !question.requiredFrom || !today || today >= question.requiredFrom
}
