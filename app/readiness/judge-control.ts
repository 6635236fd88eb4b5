/** From the answers that speak about a control to the control's status, the worst of them first. */
import type { Control } from '#questionnaires/controls.ts'
import type { Question } from '#questionnaires/definition.ts'
import { type Finding, finding, toReason } from './findings.ts'
import { type JudgedAnswer, meaningOf } from './judge-answer.ts'
import type { ReasonWords } from './language/reason-words.ts'
import type { ControlReadiness, ControlStatus, Reason } from './status.ts'

export interface ControlAnswer extends JudgedAnswer {
  question: Question
  /** Why the question is open; null where it is answered. */
  openBecause: string | null
  /** An exception in force for the question, whether or not it had to cover anything. */
  isExcepted: boolean
}

const WORST_FIRST: readonly ControlStatus[] = ['unmet', 'unknown', 'partly', 'met', 'not-applicable']

/**
 * @param answers the applicable questions about this control; none means that the control does not apply
 * @param isUndecided whether a question about it may still come to apply
 */
export function judgeControl(
  control: Control,
  answers: readonly ControlAnswer[],
  isUndecided: boolean,
  words: ReasonWords,
): ControlReadiness {
  const parts = answers.flatMap((answer) => contributionOf(control, answer, words))
  const questionIds = answers.map(({ question }) => question.id)
  if (parts.length === 0) {
    const sentence = words.say(isUndecided ? 'control.undecided' : 'control.none')
    const reason = finding({ outcome: 'not-comparable', sentence })
    const status = isUndecided ? 'unknown' : 'not-applicable'
    return { controlId: control.id, status, reasons: [toReason(reason)], questionIds }
  }
  const status = WORST_FIRST.find((candidate) => parts.some((part) => part.status === candidate)) ?? 'unknown'
  const ordered = [
    ...parts.filter((part) => part.status === status),
    ...parts.filter((part) => part.status !== status),
  ]
  return { controlId: control.id, status, reasons: ordered.flatMap((part) => part.reasons), questionIds }
}

interface Contribution {
  status: ControlStatus
  reasons: Reason[]
}

/** Details such as a product or a date decide nothing, unless another answer contradicts them. */
function contributionOf(control: Control, answer: ControlAnswer, { say }: ReasonWords): Contribution[] {
  const { readiness, findings, question, openBecause, isExcepted } = answer
  const prefix = `${say('control.question', { item: question.reference.item })} `
  const told = (status: ControlStatus, lead: string, shown: readonly Finding[] = []): Contribution[] => {
    const leading = lead ? [toReason(finding({ outcome: 'not-comparable', sentence: prefix + lead }))] : []
    return [
      {
        status,
        reasons: [
          ...leading,
          ...shown.map((item) => ({ ...toReason(item), sentence: prefix + item.sentence })),
        ],
      },
    ]
  }
  const of = (outcome: Finding['outcome']) => findings.filter((item) => item.outcome === outcome)
  if (readiness.status === 'contradicted') {
    const against = of('contradicts')
    const isExcused = readiness.exceptionId !== null && against.every((item) => item.excusable)
    if (isExcused) return told('partly', say('control.excused'), against)
    return told('unmet', readiness.exceptionId ? say('control.excepted') : '', against)
  }
  if (openBecause) return bearsClaims(control, question) ? told('unknown', openBecause) : []
  if (readiness.claims.length === 0) return []
  const meaning = bestMeaning(control, readiness.claims)
  if (meaning === 'not-applicable') return told('not-applicable', say('answer.not-applicable'))
  if (meaning === 'unmet') return told('unmet', say('control.unmet'), of('weakens'))
  if (meaning === 'partly') return told('partly', say('control.partly'), findings)
  if (meaning === null || readiness.status !== 'supported') {
    return told('unknown', say('control.unknown'), findings)
  }
  const broken = of('weakens').filter((item) => item.counterExample)
  if (broken.length > 0 && !isExcepted) return told('partly', say('control.broken'), broken)
  return told('met', '', [...of('supports'), ...of('weakens')])
}

/** A multiple choice amounts to the best of what it ticks; the evidence still has to show every tick. */
export function bestMeaning(control: Control, claims: readonly string[]) {
  const meanings = claims.map((claim) => meaningOf(control, claim))
  if (meanings.includes(null)) return null
  return (
    (['met', 'partly', 'unmet', 'not-applicable'] as const).find((meaning) => meanings.includes(meaning)) ??
    null
  )
}

function bearsClaims(control: Control, { kind, required }: Question): boolean {
  if (kind === 'number' || kind === 'currency') return required && Object.hasOwn(control.claims, 'stated')
  return required && ['yes-no', 'single-choice', 'multiple-choice', 'band', 'percent'].includes(kind)
}
