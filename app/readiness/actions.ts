/** What to do next: remedies grouped over all answers, the ones that change most first. */
import { compareText, groupBy, unique } from './order.ts'
import type { AnswerReadiness, Readiness } from './status.ts'

/** What doing it changes: clears an obstacle to signing, or makes an answer supported or stronger, or closes a gap. */
export type ActionEffect = 'unblocks' | 'supports' | 'closes-gap' | 'strengthens'

export interface Action {
  remedy: string
  effect: ActionEffect
  /** Answers that it moves, in form order. */
  questionIds: string[]
  controlIds: string[]
}

/** How much one answer moved by an action counts; an obstacle outweighs any number of improvements in practice. */
const WEIGHT: Record<ActionEffect, number> = { unblocks: 100, supports: 10, 'closes-gap': 8, strengthens: 2 }
const EFFECTS = Object.keys(WEIGHT) as ActionEffect[]

/** All actions, most effective first; take the first five for a short list. */
export function actionsFor(readiness: Readiness): Action[] {
  return rankedSteps([readiness]).map(({ remedy, group }) => ({
    remedy,
    effect: EFFECTS.find((effect) => group.some((step) => step.effect === effect)) ?? 'strengthens',
    questionIds: unique(group.map((step) => step.answer.questionId)),
    controlIds: unique(group.flatMap(({ answer }) => answer.controlId ?? [])),
  }))
}

/**
 * The same over several forms at once: a remedy that they share moves the answers of each, and equal question ids of
 * two forms are two answers.
 */
export const remediesOver = (forms: readonly Readiness[]): { remedy: string; answers: number }[] =>
  rankedSteps(forms).map(({ remedy, group }) => ({
    remedy,
    answers: new Set(group.map(({ answer }) => answer)).size,
  }))

function rankedSteps(forms: readonly Readiness[]): { remedy: string; group: readonly Step[] }[] {
  const steps = forms.flatMap((readiness) =>
    readiness.answers.flatMap((answer) => stepsFor(answer, readiness)),
  )
  const weigh = (group: readonly Step[]) => group.reduce((sum, step) => sum + WEIGHT[step.effect], 0)
  return [...groupBy(steps, (step) => step.remedy)]
    .map(([remedy, group]) => ({ remedy, group, weight: weigh(group) }))
    .sort((a, b) => b.weight - a.weight || compareText(a.remedy, b.remedy))
}

interface Step {
  remedy: string
  effect: ActionEffect
  answer: AnswerReadiness
}

function stepsFor(answer: AnswerReadiness, { blocking }: Readiness): Step[] {
  const obstacles = blocking
    .filter((obstacle) => obstacle.questionId === answer.questionId)
    .map(({ why }) => why)
  const remedies = (effect: ActionEffect, ...outcomes: string[]): Step[] =>
    unique(
      answer.reasons.flatMap(({ outcome, remedy }) => (remedy && outcomes.includes(outcome) ? [remedy] : [])),
    ).map((remedy) => ({ remedy, effect, answer }))
  const explain: Step[] = obstacles.includes('unexplained')
    ? [{ remedy: 'Write the missing explanations.', effect: 'unblocks', answer }]
    : []
  switch (answer.status) {
    case 'contradicted':
      return [...explain, ...remedies(answer.exceptionId ? 'supports' : 'unblocks', 'contradicts')]
    case 'unsupported':
    case 'stale':
      return [...explain, ...remedies('supports', 'stale', 'not-comparable')]
    case 'supported':
      return [...explain, ...remedies('strengthens', 'weakens')]
    case 'not-claimed':
      return [
        ...explain,
        ...remedies(obstacles.includes('unanswered') ? 'unblocks' : 'closes-gap', 'not-comparable'),
      ]
  }
}
