/** What the officer's pages are given. */
import type { AnswerStatus, Reason } from '#app/readiness/status.ts'
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

export interface OfficerPage {
  clientName: string
  formTitle: string
  edition: string
  organisationName: string
  officer: { name: string; title: string; declaration: string }
  contributor: { name: string; organisation: string }
  consent: string
  /** To be confirmed one by one, in form order. */
  steps: StatedAnswer[]
  /** All others that applied. */
  rest: StatedAnswer[]
  gaps: { prompt: string; owner: string; dueOn: string }[]
  state: 'waiting' | 'signing' | 'signed' | 'over'
  failure: string | null
  pdfSha256: string | null
  attestedAt: Date | string | null
  fileHref: string
  /** Below `fileHref`, each by its kind. */
  twins: TwinKind[]
}
