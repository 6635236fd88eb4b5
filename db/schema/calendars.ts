/** Calendars that are read from outside by a secret address, and the meetings in them. */
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

/** Whoever has the address reads the calendar: it is kept as a hash, and shown once. */
export const calendarFeed = pgTable(
  'calendar_feed',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    /** A member's own feed ends with their membership; null for that of a client. */
    memberId: uuid('member_id'),
    /** The client whose sponsor reads it; null for a member's. */
    clientId: uuid('client_id'),
    /** Which clients a member's feed is about; null for all. */
    clientIds: uuid('client_ids').array(),
    /** Kinds of entries; of the registry in app/services/calendar-entries.ts. */
    kinds: text('kinds').array().notNull(),
    tokenSha256: text('token_sha256').notNull(),
    createdByName: text('created_by_name').notNull(),
    createdAt: at('created_at').notNull(),
    /** When it last got another address. */
    renewedAt: at('renewed_at'),
    lastFetchedAt: at('last_fetched_at'),
    revokedAt: at('revoked_at'),
    revokedByName: text('revoked_by_name'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique().on(table.organisationId, table.tokenSha256),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
  ],
)

/** What a calendar last said of an entry, so that a change is told as one. */
export const calendarEntryState = pgTable(
  'calendar_entry_state',
  {
    organisationId: organisationId(),
    entryKey: text('entry_key').notNull(),
    /** SHA-256 of what calendars say of it. */
    fingerprint: text('fingerprint').notNull(),
    sequence: integer('sequence').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.entryKey] })],
)

export interface Attendee {
  name: string
  email: string
}

/** A review with a client, such as the quarterly one; invitations are files made of it. */
export const reviewMeeting = pgTable(
  'review_meeting',
  {
    organisationId: organisationId(),
    id: uuid('id').notNull(),
    clientId: uuid('client_id').notNull(),
    title: text('title').notNull(),
    heldOn: date('held_on', { mode: 'string' }).notNull(),
    /** HH:MM in `timeZone`. */
    startsAt: text('starts_at').notNull(),
    timeZone: text('time_zone').notNull(),
    minutes: integer('minutes').notNull(),
    place: text('place'),
    agenda: text('agenda'),
    organiser: jsonb('organiser').$type<Attendee>().notNull(),
    attendees: jsonb('attendees').$type<Attendee[]>().notNull(),
    /** Grows with each change; an invitation names it, so that calendars know the newest. */
    sequence: integer('sequence').notNull(),
    recordedByName: text('recorded_by_name').notNull(),
    changedAt: at('changed_at').notNull(),
    cancelledAt: at('cancelled_at'),
    cancelledReason: text('cancelled_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    index('review_meeting_day').on(table.organisationId, table.heldOn),
  ],
)
