/** Policies over the years, each with the versions it went through, and the steps towards its renewal. */
import {
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'

export const STEP_OWNERS = ['provider', 'client', 'broker', 'insurer'] as const
export const STEP_STATES = ['open', 'done', 'skipped'] as const
export const ACCOUNT_SORTS = ['clean', 'evidence-needed', 'remediation-needed'] as const

export interface PolicyContact {
  name: string | null
  email: string | null
  phone: string | null
}

/** Beside the insurer and the period, everything that a policy says; in the words of the policy. */
export interface PolicyTerms {
  insurerContact: PolicyContact
  broker: string | null
  brokerContact: PolicyContact
  /** ISO 4217, of every amount; amounts are in its minor units. */
  currency: string
  limits: { name: string; amountMinor: number }[]
  retentionMinor: number | null
  sublimits: { name: string; amountMinor: number; note: string | null }[]
  waitingPeriodHours: number | null
  /** YYYY-MM-DD; null where the policy names none. */
  retroactiveOn: string | null
  endorsements: { title: string; wording: string | null; controlIds: string[] }[]
  notices: {
    what: string
    toWhom: string
    within: number
    unit: 'hours' | 'days'
    source: string | null
  }[]
  scanCadence: string | null
  /** The quote that was bound. */
  quoteReference: string | null
  /** The application on which the policy was written. */
  applicationId: string | null
  documents: { evidenceId: string; role: 'declarations' | 'policy' | 'endorsement' | 'binder' | 'other' }[]
}

export const policy = pgTable(
  'policy',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    /** Of the newest version. */
    version: integer('version').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
    withdrawnAt: at('withdrawn_at'),
    withdrawnByName: text('withdrawn_by_name'),
    withdrawnReason: text('withdrawn_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    index('policy_client').on(table.organisationId, table.clientId),
  ],
)

/** Never changed: each change is a version of its own. */
export const policyVersion = pgTable(
  'policy_version',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    policyId: uuid('policy_id').notNull(),
    version: integer('version').notNull(),
    insurer: text('insurer').notNull(),
    policyNumber: text('policy_number'),
    /** Cover begins and ends at 00:01 in `timeZone`, where the named insured is. */
    inceptionOn: date('inception_on', { mode: 'string' }).notNull(),
    expiresOn: date('expires_on', { mode: 'string' }).notNull(),
    /** IANA. */
    timeZone: text('time_zone').notNull(),
    terms: jsonb('terms').$type<PolicyTerms>().notNull(),
    /** Why it was changed; null for the first version. */
    reason: text('reason'),
    recordedBy: uuid('recorded_by').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.policyId, table.version),
    foreignKey({
      columns: [table.organisationId, table.policyId],
      foreignColumns: [policy.organisationId, policy.id],
    }),
    index('policy_version_expiry').on(table.organisationId, table.expiresOn),
  ],
)

/** A step as a template proposes it; days count from the expiry, negative before it. */
export interface RenewalTemplateStep {
  /** Names the step through all changes of its words. */
  key: string
  title: string
  detail: string | null
  /** From when on it is worked on. */
  fromDays: number
  dueDays: number
  ownerSide: (typeof STEP_OWNERS)[number]
}

/** Never changed: each change is a version of its own, and the newest counts. */
export const renewalTemplate = pgTable(
  'renewal_template',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    version: integer('version').notNull(),
    steps: jsonb('steps').$type<RenewalTemplateStep[]>().notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.version),
  ],
)

export const renewalStep = pgTable(
  'renewal_step',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    policyId: uuid('policy_id').notNull(),
    /** Of the template that it came from; its own id where it was added for this client. */
    stepKey: text('step_key').notNull(),
    title: text('title').notNull(),
    detail: text('detail'),
    fromDays: integer('from_days').notNull(),
    dueDays: integer('due_days').notNull(),
    /** Of an open step it follows the policy's expiry; of one that is done or skipped it stays. */
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    ownerSide: text('owner_side', { enum: STEP_OWNERS }).notNull(),
    ownerName: text('owner_name').notNull(),
    state: text('state', { enum: STEP_STATES }).notNull(),
    settledAt: at('settled_at'),
    settledByName: text('settled_by_name'),
    /** Why it was skipped, or what is to be said of what was done. */
    note: text('note'),
    /** As what the account was sorted, where this step is the sorting. */
    sortedAs: text('sorted_as', { enum: ACCOUNT_SORTS }),
    version: integer('version').notNull(),
    addedAt: at('added_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.policyId, table.stepKey),
    foreignKey({
      columns: [table.organisationId, table.policyId],
      foreignColumns: [policy.organisationId, policy.id],
    }),
    index('renewal_step_due').on(table.organisationId, table.dueOn),
  ],
)
