/** The shape of the rule tables: a claim, the facts beside it, and what must come of them. */
import type { FactSource, Outcome } from '#app/readiness/status.ts'

export interface RuleCase {
  control: string
  claim: string
  facts: FactSource[]
  /** null: the fact bears on nothing here. */
  outcome: Outcome | null
  question?: Record<string, unknown>
}

export const inside = { viewpoint: 'internal' } as const
export const outside = { viewpoint: 'external', evidenceKind: 'external-scan-report' } as const
export const stated = { viewpoint: 'statement', evidenceKind: 'plan-document' } as const

export const on =
  (control: string, question?: Record<string, unknown>) =>
  (claims: string, outcome: Outcome | null, ...facts: FactSource[]): RuleCase[] =>
    claims.split(' ').map((claim) => ({ control, claim, outcome, facts, question }))
