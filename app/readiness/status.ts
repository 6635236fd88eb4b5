/** The words in which readiness is told: statuses of answers and controls, each with reasons and sources. */
import type { Language } from '#app/language/languages.ts'
import type { Fact } from '#evidence/facts.ts'
import type { Answers } from '#questionnaires/answers.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import type { Catalogue } from '#questionnaires/controls.ts'
import type { Edition } from '#questionnaires/definition.ts'
import type { OtherForm } from './across-forms.ts'

export type ControlStatus = 'met' | 'partly' | 'unmet' | 'unknown' | 'not-applicable'

/**
 * What the evidence says of an answer. `not-claimed`: nothing is asserted that could need proof
 * (a "no", "I don't know", not applicable, unanswered, or a question without a control).
 */
export type AnswerStatus = 'supported' | 'unsupported' | 'stale' | 'contradicted' | 'not-claimed'

export type Outcome = 'supports' | 'weakens' | 'contradicts' | 'not-comparable' | 'stale'

export interface FactSource extends Fact {
  id: string
  revisionId: string
  /** The kind decides how long the fact stays fresh. */
  evidenceKind: string
}

export interface EvidenceSource {
  revisionId: string
  evidenceId: string
  kind: string
  title: string
  observedAt: Date
  validUntil: Date | null
  controlIds: string[]
  questionIds: string[]
}

export interface ExceptionSource {
  id: string
  questionId: string
  reason: string
  compensatingControl: string
  owner: string
  approvedBy: string
  expiresOn: string
}

/** A service that the client declined in writing: signed, and not withdrawn. */
export interface WaiverSource {
  id: string
  service: string
  controlIds: readonly string[]
  signedAt: Date
}

/** One reason, in a sentence a technician understands, with what it rests on. */
export interface Reason {
  outcome: Outcome
  sentence: string
  remedy: string | null
  ruleId: string | null
  factIds: string[]
  revisionIds: string[]
}

export interface AnswerReadiness {
  questionId: string
  controlId: string | null
  /** The claim that decided the status; null where nothing is claimed. */
  claim: string | null
  /** Everything that the answer claims; a multiple choice claims several things at once. */
  claims: string[]
  status: AnswerStatus
  /** Supported, yet something detracts: stated in the report beside the answer. */
  weakened: boolean
  /** An exception in force that covers a contradiction. */
  exceptionId: string | null
  reasons: Reason[]
  /** Answers of other forms that say something else about the same thing. */
  elsewhere: { applicationId: string; questionId: string }[]
}

export interface ControlReadiness {
  controlId: string
  status: ControlStatus
  reasons: Reason[]
  questionIds: string[]
}

export interface Readiness {
  asOf: string
  answers: AnswerReadiness[]
  controls: ControlReadiness[]
  /** What keeps the application from being signed. */
  blocking: { questionId: string; why: 'contradicted' | 'unanswered' | 'unexplained'; sentence: string }[]
}

export interface ReadinessInput {
  edition: Edition
  catalogue: Catalogue
  answers: Answers
  /** What gates look at beside the answers. */
  circumstances?: Circumstances
  facts: readonly FactSource[]
  evidence: readonly EvidenceSource[]
  exceptions: readonly ExceptionSource[]
  /** What the client declined in writing; nothing where absent. */
  waivers?: readonly WaiverSource[]
  /** What other applications of the client say; none where absent. */
  otherForms?: readonly OtherForm[]
  /** What reasons are told in; the sentences of rules are those of the catalogue that is handed over. */
  language?: Language
  now: Date
}
