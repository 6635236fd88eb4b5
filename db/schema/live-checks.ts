/** Checks that an assessor can repeat: what a client allowed in writing, what was asked, and what came of it. */
import { date, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { CheckOutcome } from '#evidence/checks/outcome.ts'
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'
import { evidenceRevision } from './evidence.ts'

/** What somebody at the client allowed in writing. Never deleted; revoked. */
export const checkPermission = pgTable(
  'check_permission',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    /** Addresses, networks and host names, in the form of `readTarget`. */
    targets: text('targets').array().notNull(),
    /** `ports`, `certificates`. */
    kinds: text('kinds').array().notNull(),
    grantedByName: text('granted_by_name').notNull(),
    grantedByTitle: text('granted_by_title').notNull(),
    /** Where the writing is: which letter or message, of which day. */
    reference: text('reference').notNull(),
    /** The writing itself, where it is on file as evidence. */
    revisionId: uuid('revision_id'),
    grantedOn: date('granted_on', { mode: 'string' }).notNull(),
    /** The last day on which it holds. */
    expiresOn: date('expires_on', { mode: 'string' }).notNull(),
    recordedBy: uuid('recorded_by').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
    revokedAt: at('revoked_at'),
    revokedByName: text('revoked_by_name'),
    revokedReason: text('revoked_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.revisionId],
      foreignColumns: [evidenceRevision.organisationId, evidenceRevision.id],
    }),
    index('check_permission_client').on(table.organisationId, table.clientId),
  ],
)

/** The DKIM selectors that a client's mail services use: nobody can look them up, so somebody has to name them. */
export const dkimSelectorList = pgTable(
  'dkim_selector_list',
  {
    organisationId: organisationId(),
    clientId: uuid('client_id').notNull(),
    domain: text('domain').notNull(),
    selectors: text('selectors').array().notNull(),
    changedByName: text('changed_by_name').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.clientId, table.domain] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
  ],
)

/** One run, from the click to its evidence. */
export const liveCheck = pgTable(
  'live_check',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    kind: text('kind', { enum: ['mail', 'exposure'] }).notNull(),
    /** Domains, or the targets of a permission. */
    subjects: text('subjects').array().notNull(),
    permissionId: uuid('permission_id'),
    state: text('state', { enum: ['queued', 'running', 'done', 'failed'] }).notNull(),
    stepsDone: integer('steps_done').notNull().default(0),
    stepsTotal: integer('steps_total').notNull().default(0),
    step: text('step'),
    failure: text('failure'),
    /** What it came to, in words; the observations themselves are in the evidence file. */
    outcome: jsonb('outcome').$type<CheckOutcome>(),
    revisionId: uuid('revision_id'),
    startedBy: uuid('started_by').notNull(),
    startedByName: text('started_by_name').notNull(),
    createdAt: at('created_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.permissionId],
      foreignColumns: [checkPermission.organisationId, checkPermission.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.revisionId],
      foreignColumns: [evidenceRevision.organisationId, evidenceRevision.id],
    }),
    index('live_check_client').on(table.organisationId, table.clientId, table.createdAt),
    index('live_check_state').on(table.organisationId, table.state),
  ],
)
