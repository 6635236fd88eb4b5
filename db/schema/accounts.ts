/** People and the organisations they work in. Accounts and sessions belong to no tenant; only sign-in reads them. */
import { boolean, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const organisation = pgTable('organisation', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  kind: text('kind', { enum: ['msp', 'assessor', 'insurer'] }).notNull(),
  /** Set on the demo workspace, so that the interface can say so. */
  isDemo: boolean('is_demo').notNull().default(false),
  createdAt: at('created_at').notNull(),
  /** Since when every member needs a second factor; null while it is left to each. */
  secondFactorDemandedAt: at('second_factor_demanded_at'),
})

export const account = pgTable('account', {
  id: uuid('id').primaryKey(),
  /** Lower-cased on the way in. */
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  passwordHash: text('password_hash').notNull(),
  createdAt: at('created_at').notNull(),
  /** Wrong codes and passwords where a second factor is asked for, since the first of them. */
  wrongProofs: integer('wrong_proofs').notNull().default(0),
  wrongProofsSince: at('wrong_proofs_since'),
})

export const session = pgTable(
  'session',
  {
    /** SHA-256 of the cookie's token, hex: a copy of this table opens no session. */
    id: text('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    expiresAt: at('expires_at').notNull(),
    createdAt: at('created_at').notNull(),
    lastSeenAt: at('last_seen_at').notNull(),
    userAgent: text('user_agent').notNull().default(''),
    address: text('address').notNull().default(''),
    /** When a second factor was given in it; null where the password was all. */
    secondFactorAt: at('second_factor_at'),
  },
  (table) => [index('session_user').on(table.userId)],
)

export const membership = pgTable(
  'membership',
  {
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => account.id),
    role: text('role', { enum: ['owner', 'technician'] }).notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.userId] }),
    index('membership_user').on(table.userId),
  ],
)
