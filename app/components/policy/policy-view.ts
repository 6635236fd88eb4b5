/** A policy's page as its parts take it. */
import type { ApplicationConcern, HeldControl } from '#app/services/policy-concerns.ts'
import type { PolicyDifference } from '#app/services/policy-facts.ts'
import type { PolicyStanding } from '#app/services/policy-standing.ts'
import type { AccountSort, StepOwner } from '#app/services/renewal-steps.ts'

export interface ShownContact {
  name: string | null
  email: string | null
  phone: string | null
}

export interface ShownEndorsement {
  title: string
  wording: string | null
  controls: HeldControl[]
}

export interface ShownStep {
  id: string
  policyId: string
  stepKey: string
  title: string
  detail: string | null
  fromDays: number
  dueDays: number
  /** YYYY-MM-DD. */
  dueOn: string
  /** Negative once it has passed; of open steps. */
  daysLeft: number
  /** Whether its day was before it came into the plan. */
  isEarly: boolean
  ownerSide: StepOwner
  ownerName: string
  state: 'open' | 'done' | 'skipped'
  settledAt: Date | string | null
  settledByName: string | null
  note: string | null
  sortedAs: AccountSort | null
  version: number
}

export interface ShownPolicy {
  id: string
  version: number
  insurer: string
  policyNumber: string | null
  inceptionOn: string
  expiresOn: string
  timeZone: string
  standing: PolicyStanding
  /** Whether a policy was recorded that begins where this one ends, or later. */
  isFollowed: boolean
  isWithdrawn: boolean
  terms: {
    insurerContact: ShownContact
    broker: string | null
    brokerContact: ShownContact
    currency: string
    limits: { name: string; amountMinor: number }[]
    retentionMinor: number | null
    sublimits: { name: string; amountMinor: number; note: string | null }[]
    waitingPeriodHours: number | null
    retroactiveOn: string | null
    notices: { what: string; toWhom: string; within: number; unit: 'hours' | 'days'; source: string | null }[]
    scanCadence: string | null
    quoteReference: string | null
  }
  endorsements: ShownEndorsement[]
  threatened: ShownEndorsement[]
  /** Where what is said of the controls comes from; null for the client's newest application. */
  readinessOf: string | null
  application: {
    id: string
    title: string
    report: { id: string; state: string; attestedAt: Date | string | null } | null
    /** The newest that still counts. */
    reattestation: { id: string; attestedAt: Date | string | null } | null
  } | null
  applicationConcerns: ApplicationConcern[]
  documents: { evidenceId: string; role: string; title: string }[]
  steps: ShownStep[]
  sorted: { sort: AccountSort; because: string[] }
  people: string[]
  versions: {
    version: number
    reason: string | null
    recordedByName: string
    recordedAt: Date | string
    changes: PolicyDifference[]
  }[]
}
