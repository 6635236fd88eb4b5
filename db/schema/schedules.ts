/** When things recur for a client or an application, and the dates that come of it. */
import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { application, client } from './clients.ts'
import { at, organisationId } from './columns.ts'

/** The database checks only their shape, so that a feature with a schedule of its own needs no migration for its word. */
export type SchedulePurpose = 're-attestation' | 'scan' | 'review-meeting'

/** What one level says; what it leaves out comes from the level above. */
export const scheduleSetting = pgTable(
  'schedule_setting',
  {
    organisationId: organisationId(),
    /** The organisation itself, a client or an application. */
    scopeId: uuid('scope_id').notNull(),
    purpose: text('purpose').$type<SchedulePurpose>().notNull(),
    level: text('level', { enum: ['organisation', 'client', 'application'] }).notNull(),
    clientId: uuid('client_id'),
    applicationId: uuid('application_id'),
    isOn: boolean('is_on'),
    /** Of RFC 5545, of days. */
    rule: text('rule'),
    startsOn: date('starts_on', { mode: 'string' }),
    timeZone: text('time_zone'),
    localHour: integer('local_hour'),
    version: integer('version').notNull().default(1),
    changedByName: text('changed_by_name').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.scopeId, table.purpose] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
  ],
)

/** Pauses, and single dates that are left out or moved. Never changed; taken back. */
export const scheduleChange = pgTable(
  'schedule_change',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    scopeId: uuid('scope_id').notNull(),
    purpose: text('purpose').$type<SchedulePurpose>().notNull(),
    clientId: uuid('client_id'),
    kind: text('kind', { enum: ['pause', 'skip', 'move'] }).notNull(),
    /** The first day of a pause, or the date by the rule. */
    fromOn: date('from_on', { mode: 'string' }).notNull(),
    untilOn: date('until_on', { mode: 'string' }),
    movedTo: date('moved_to', { mode: 'string' }),
    reason: text('reason').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
    removedAt: at('removed_at'),
    removedByName: text('removed_by_name'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    index('schedule_change_scope').on(table.organisationId, table.scopeId, table.purpose),
  ],
)

/** One date, written down once it is near: then it is done, or dropped. */
export const scheduleOccurrence = pgTable(
  'schedule_occurrence',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    purpose: text('purpose').$type<SchedulePurpose>().notNull(),
    /** The client or the application that it is for. */
    subjectId: uuid('subject_id').notNull(),
    clientId: uuid('client_id').notNull(),
    applicationId: uuid('application_id'),
    /** By the rule, whatever it was moved to. */
    plannedOn: date('planned_on', { mode: 'string' }).notNull(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    dueAt: at('due_at').notNull(),
    notedAt: at('noted_at').notNull(),
    settledAt: at('settled_at'),
    /** `rescheduled`: the schedule no longer gives it. `overtaken`: a later one came before anybody saw to it. */
    settledHow: text('settled_how', { enum: ['done', 'not-needed', 'rescheduled', 'overtaken'] }),
    settledByName: text('settled_by_name'),
    /** The meeting, the import of a scan or the re-attestation that did it; null where somebody said so. */
    settledById: uuid('settled_by_id'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.purpose, table.subjectId, table.plannedOn),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.applicationId],
      foreignColumns: [application.organisationId, application.id],
    }),
    index('schedule_occurrence_open').on(table.organisationId, table.dueOn).where(sql`settled_at IS NULL`),
    index('schedule_occurrence_client').on(table.organisationId, table.clientId, table.dueOn),
  ],
)
