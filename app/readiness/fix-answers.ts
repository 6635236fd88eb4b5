/** Which answers a fix moves, and how long until a patch is older than each form allows. */
import type { Catalogue } from '#questionnaires/controls.ts'
import { type Edition, listQuestions, type Question } from '#questionnaires/definition.ts'
import { unique } from './order.ts'

export interface MovedQuestion {
  questionId: string
  sectionId: string
  item: string
  prompt: string
  /** The facts through which it is moved. */
  factKeys: string[]
}

/** Questions whose control has a rule that speaks against an answer by one of these facts. */
export function questionsMovedBy(
  factKeys: readonly string[],
  edition: Edition,
  catalogue: Catalogue,
): MovedQuestion[] {
  const keysOf = new Map(
    catalogue.controls.map((control) => [
      control.id,
      unique(
        control.rules
          .filter((rule) => factKeys.includes(rule.fact) && (rule.contradicts || rule.weakens))
          .map((rule) => rule.fact),
      ),
    ]),
  )
  return edition.sections.flatMap((section) =>
    section.questions.flatMap((question) => {
      const moved = question.control ? (keysOf.get(question.control) ?? []) : []
      if (moved.length === 0) return []
      const { id, prompt, reference } = question
      return [{ questionId: id, sectionId: section.id, item: reference.item, prompt, factKeys: moved }]
    }),
  )
}

/** Controls that are about the time between a fix and its installation. */
const PATCHING = new Set(['patch-critical-sla', 'patch-kev'])

/** Days after a fix's release that the forms ask about, fewest first: stated limits, and options such as `within-14-days`. */
export function patchThresholds(editions: readonly Edition[]): number[] {
  const days = editions.flatMap((edition) =>
    listQuestions(edition)
      .filter(({ control }) => control !== undefined && PATCHING.has(control))
      .flatMap(thresholdsOf),
  )
  return unique(days).sort((a, b) => a - b)
}

function thresholdsOf(question: Question): number[] {
  const stated =
    question.threshold?.unit === 'days' && question.threshold.is === 'at-most'
      ? [question.threshold.value]
      : []
  const claims = [
    ...('options' in question ? question.options.map(({ id, claim }) => claim ?? id) : []),
    ...(question.kind === 'yes-no' && question.claims?.yes ? [question.claims.yes] : []),
  ]
  return [
    ...stated,
    ...claims.flatMap((claim) => Number(/^within-(\d{1,3})-days$/.exec(claim)?.[1] ?? Number.NaN)),
  ].filter((value) => Number.isFinite(value))
}

export interface PatchClock {
  threshold: number
  /** Whole days until the oldest fix is older than that; negative: since when it is. */
  daysLeft: number
}

const DAY = 86_400_000

/** @param days YYYY-MM-DD both */
export function patchClocks(oldestFixOn: string, thresholds: readonly number[], today: string): PatchClock[] {
  const age = Math.round((Date.parse(today) - Date.parse(oldestFixOn)) / DAY)
  return thresholds.map((threshold) => ({ threshold, daysLeft: threshold - age }))
}
