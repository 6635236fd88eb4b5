/** What the pages of somebody who signs from a link are given. */
import type { Language } from '#app/language/languages.ts'
import type { AnswerStatus, Reason } from '#app/readiness/status.ts'
import type { SignerVoice } from '#app/report/language/signing/words.ts'
import type { TwinKind } from '#app/report/twins/twin-files.ts'

export interface StatedAnswer {
  questionId: string
  section: string
  item: string
  prompt: string
  shown: string
  status: AnswerStatus
  weakened: boolean
  reasons: Pick<Reason, 'outcome' | 'sentence'>[]
  exception: {
    scope: string | null
    reason: string
    compensatingControl: string
    approvedBy: string
    expiresOn: string
  } | null
  isConfirmed: boolean
}

export interface PromisedAnswer {
  questionId: string
  item: string
  prompt: string
  plan: { what: string; owner: string; due: string } | null
  isBrokerToBeTold: boolean
}

export interface SignerPage {
  /** That of the report. */
  language: Language
  clientName: string
  formTitle: string
  edition: string
  organisationName: string
  signer: { role: SignerVoice; name: string; title: string; declaration: string }
  contributor: { name: string; organisation: string }
  consent: string
  /** To be confirmed one by one, in form order. */
  steps: StatedAnswer[]
  /** All others that applied. */
  rest: StatedAnswer[]
  gaps: { prompt: string; owner: string; dueOn: string }[]
  /** `making`: of a re-attestation, whose report is made when the officer has answered. */
  state: 'waiting' | 'making' | 'signing' | 'signed' | 'over'
  isReattestation: boolean
  /** What the officer said in a re-attestation is to be done, or told to the broker. */
  promised: PromisedAnswer[]
  failure: string | null
  pdfSha256: string | null
  signedAt: Date | string | null
  /** Who has to sign before this one and has not yet. */
  missing: string[]
  fileHref: string
  /** Below `fileHref`, each by its kind. */
  twins: TwinKind[]
}
