/** Who is reminded of what and when, and what went. */
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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { mailMessage } from './attestation.ts'
import { client } from './clients.ts'
import { at, organisationId } from './columns.ts'

/** What one level says; what it leaves out comes from the level above. */
export const reminderSetting = pgTable(
  'reminder_setting',
  {
    organisationId: organisationId(),
    /** The organisation itself, or a client. */
    scopeId: uuid('scope_id').notNull(),
    clientId: uuid('client_id'),
    /** Days from the due day, negative before it; empty: this rung is not used. */
    ownerDays: integer('owner_days').array(),
    leadDays: integer('lead_days').array(),
    sponsorDays: integer('sponsor_days').array(),
    leadUserId: uuid('lead_user_id'),
    sponsorName: text('sponsor_name'),
    sponsorEmail: text('sponsor_email'),
    /** Of people without an account, and of members who chose nothing. */
    timeZone: text('time_zone'),
    localHour: integer('local_hour'),
    version: integer('version').notNull().default(1),
    changedByName: text('changed_by_name').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.scopeId] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
  ],
)

/** How a member wants to be reminded. */
export const reminderPreference = pgTable(
  'reminder_preference',
  {
    organisationId: organisationId(),
    userId: uuid('user_id').notNull(),
    channel: text('channel', { enum: ['single', 'daily', 'weekly', 'none'] }).notNull(),
    /** 1 Monday to 7 Sunday, of a weekly digest. */
    digestWeekday: integer('digest_weekday').notNull(),
    timeZone: text('time_zone').notNull(),
    localHour: integer('local_hour').notNull(),
    /** Equal: no quiet hours. */
    quietFrom: integer('quiet_from').notNull(),
    quietUntil: integer('quiet_until').notNull(),
    onWeekends: boolean('on_weekends').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.userId] })],
)

/** When the planner looked at an organisation first: nothing that was due to be said before is said. */
export const reminderLook = pgTable(
  'reminder_look',
  {
    organisationId: organisationId(),
    firstAt: at('first_at').notNull(),
    lastAt: at('last_at').notNull(),
    /** When dates of schedules were written down last; null: at the next look. */
    notedAt: at('noted_at'),
  },
  (table) => [primaryKey({ columns: [table.organisationId] })],
)

/** Each reminder once, in the transaction that writes its mail. Never deleted. */
export const reminder = pgTable(
  'reminder',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    subjectKey: text('subject_key').notNull(),
    /** Which due day of the subject it is about. */
    occurrence: date('occurrence', { mode: 'string' }).notNull(),
    rung: text('rung', { enum: ['owner', 'lead', 'sponsor'] }).notNull(),
    offsetDays: integer('offset_days').notNull(),
    clientId: uuid('client_id').notNull(),
    title: text('title').notNull(),
    href: text('href').notNull(),
    recipientName: text('recipient_name').notNull(),
    recipientEmail: text('recipient_email').notNull(),
    /** The member it is for; null for people without an account. */
    userId: uuid('user_id'),
    plannedAt: at('planned_at').notNull(),
    at: at('at').notNull(),
    /** `collapsed`: overtaken by a later one before it could go. */
    outcome: text('outcome', { enum: ['notice', 'mail', 'collapsed'] }).notNull(),
    mailId: uuid('mail_id'),
    /** Who pressed “Send now”; null by the clock. */
    sentByName: text('sent_by_name'),
    readAt: at('read_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.subjectKey, table.occurrence, table.rung, table.offsetDays),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.mailId],
      foreignColumns: [mailMessage.organisationId, mailMessage.id],
    }),
    index('reminder_occurrence').on(table.organisationId, table.occurrence),
    index('reminder_newest').on(table.organisationId, table.at),
    index('reminder_client').on(table.organisationId, table.clientId, table.at),
    index('reminder_mail').on(table.organisationId, table.mailId),
    index('reminder_unread')
      .on(table.organisationId, table.userId)
      .where(sql`user_id IS NOT NULL AND read_at IS NULL AND outcome <> 'collapsed'`),
  ],
)

/** A subject that is let rest, until a day or for as long as it is due on the same one. Never changed; lifted. */
export const reminderHold = pgTable(
  'reminder_hold',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    subjectKey: text('subject_key').notNull(),
    clientId: uuid('client_id').notNull(),
    title: text('title').notNull(),
    /** The due day for which it was said; null: recorded before this was kept, and for every day. */
    occurrence: date('occurrence', { mode: 'string' }),
    /** The first day on which reminders go again; null: stopped. */
    untilOn: date('until_on', { mode: 'string' }),
    reason: text('reason').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    recordedAt: at('recorded_at').notNull(),
    liftedAt: at('lifted_at'),
    liftedByName: text('lifted_by_name'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    uniqueIndex('reminder_hold_standing')
      .on(table.organisationId, table.subjectKey)
      .where(sql`lifted_at IS NULL`),
  ],
)
