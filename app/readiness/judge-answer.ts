/** From what was found about one answer to its status, each with the reasons that led to it. */
import { type Answer, claimsOf } from '#questionnaires/answers.ts'
import type { Catalogue, ClaimMeaning, Control } from '#questionnaires/controls.ts'
import { findEvidenceKind } from '#questionnaires/controls.ts'
import type { Question } from '#questionnaires/definition.ts'
import { isUnanswered } from './blocking.ts'
import { type Finding, finding, tidyFindings, toReason, withoutNeedlessWeakness } from './findings.ts'
import type { ReasonWords } from './language/reason-words.ts'
import { sortedBy } from './order.ts'
import type { AnswerReadiness, AnswerStatus, ExceptionSource } from './status.ts'

/** `stated` is claimed by a number or an amount, where the control's rules know what to do with it. */
export function claimsIn(question: Question, answer: Answer | undefined, control: Control | null): string[] {
  const states =
    answer?.state === 'answered' && (answer.value.kind === 'number' || answer.value.kind === 'currency')
  if (states && control && Object.hasOwn(control.claims, 'stated')) return ['stated']
  return claimsOf(question, answer)
}

/** null: the catalogue does not know the claim. */
export function meaningOf(control: Control | null, claim: string): ClaimMeaning | null {
  return control && Object.hasOwn(control.claims, claim) ? (control.claims[claim] ?? null) : null
}

/** Claims that assert something; one that the catalogue does not know asserts something that nothing can prove. */
export function assertedClaims(control: Control | null, claims: readonly string[]): string[] {
  return claims.filter(
    (claim) => !['unmet', 'not-applicable'].includes(meaningOf(control, claim) ?? 'unknown'),
  )
}

export function answerNumberOf(answer: Answer | undefined): number | null {
  if (answer?.state !== 'answered') return null
  const { value } = answer
  if (value.kind === 'number') return value.number
  if (value.kind === 'currency') return value.amountMinor
  return value.kind === 'percent' ? (value.covered / value.total) * 100 : null
}

export interface JudgedAnswer {
  readiness: AnswerReadiness
  findings: Finding[]
}

export function judgeAnswer(parts: {
  question: Question
  answer: Answer | undefined
  control: Control | null
  catalogue: Catalogue
  words: ReasonWords
  claims: string[]
  findings: readonly Finding[]
  exception: ExceptionSource | null
  elsewhere: AnswerReadiness['elsewhere']
}): JudgedAnswer {
  const { question, control, claims, exception } = parts
  const asserted = assertedClaims(control, claims)
  const verdicts = asserted.map((claim) => ({ claim, status: statusOf(claim, parts.findings) }))
  const [worst] = sortedBy(verdicts, ({ status }) => STATUS_ORDER.indexOf(status))
  // Answer against answer strikes admissions as well.
  const contradicted = parts.findings.some((item) => item.outcome === 'contradicts')
  const status = contradicted ? 'contradicted' : (worst?.status ?? 'not-claimed')
  const findings = tidyFindings([
    ...withoutNeedlessWeakness(parts.findings),
    ...remarks(parts, asserted, status),
  ])
  const exceptionId = status === 'contradicted' ? (exception?.id ?? null) : null
  const readiness: AnswerReadiness = {
    questionId: question.id,
    controlId: question.control ?? null,
    claim: worst?.claim ?? null,
    claims: [...claims],
    status,
    weakened: status === 'supported' && findings.some((item) => item.outcome === 'weakens'),
    exceptionId,
    reasons: findings.map(toReason),
    elsewhere: sortedBy(
      parts.elsewhere,
      ({ applicationId }) => applicationId,
      ({ questionId }) => questionId,
    ),
  }
  return { readiness, findings }
}

const STATUS_ORDER: readonly AnswerStatus[] = [
  'contradicted',
  'unsupported',
  'stale',
  'supported',
  'not-claimed',
]

function statusOf(claim: string, findings: readonly Finding[]): AnswerStatus {
  const outcomes = new Set(findings.filter((item) => item.claims.includes(claim)).map((item) => item.outcome))
  if (outcomes.has('contradicts')) return 'contradicted'
  if (outcomes.has('supports')) return 'supported'
  return outcomes.has('stale') ? 'stale' : 'unsupported'
}

/** Sentences that no fact gives: what is missing, open or admitted. */
function remarks(
  { question, answer, control, catalogue, claims, words }: Parameters<typeof judgeAnswer>[0],
  asserted: readonly string[],
  status: AnswerStatus,
): Finding[] {
  const { say, day, list } = words
  const remark = (sentence: string, remedy: string | null = null) => [
    finding({ outcome: 'not-comparable', sentence, remedy }),
  ]
  if (isUnanswered(answer))
    return question.required ? remark(say('answer.open'), say('answer.open.remedy')) : []
  if (answer?.state === 'dont-know') {
    const { owner, dueOn } = answer.gap
    return remark(say('answer.unknown', { owner, day: day(new Date(dueOn)) }), say('answer.unknown.remedy'))
  }
  if (claims.length === 0) return []
  if (asserted.length === 0) {
    if (claims.every((claim) => meaningOf(control, claim) === 'not-applicable'))
      return remark(say('answer.not-applicable'))
    return remark(say('answer.denied'), control && say('answer.denied.remedy', { control: control.label }))
  }
  const foreign = asserted.filter((claim) => meaningOf(control, claim) === null)
  if (foreign.length > 0) return remark(say('answer.foreign', { claims: foreign.join(', ') }))
  if (status !== 'unsupported') return []
  const labels = (control?.evidence ?? []).map((id) => findEvidenceKind(catalogue, id)?.label ?? id)
  return remark(say('answer.nothing'), say('answer.nothing.remedy', { kinds: list(labels) }))
}
