/** What people prove themselves with beside their password. Belongs to no organisation; only sign-in reads it. */
import { bigint, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { account, session } from './accounts.ts'
import { at } from './columns.ts'

const userId = () =>
  uuid('user_id')
    .notNull()
    .references(() => account.id, { onDelete: 'cascade' })

const kind = () => text('kind', { enum: ['passkey', 'app'] }).notNull()

export const accountFactor = pgTable(
  'account_factor',
  {
    id: uuid('id').primaryKey(),
    userId: userId(),
    kind: kind(),
    /** As its owner calls it. */
    name: text('name').notNull(),
    createdAt: at('created_at').notNull(),
    lastUsedAt: at('last_used_at'),
    /** Of an app: the secret it shares with us, encrypted with the installation's. */
    sealedSecret: text('sealed_secret'),
    /** Of an app: the half minute, counted from 1970, of the newest code taken; none up to it is taken again. */
    lastStep: bigint('last_step', { mode: 'number' }),
    /** Of a passkey: the host name that browsers bind it to. */
    host: text('host'),
    credentialId: text('credential_id'),
    /** COSE, base64url. */
    publicKey: text('public_key'),
    counter: bigint('counter', { mode: 'number' }),
    transports: text('transports').array().notNull().default([]),
  },
  (table) => [unique().on(table.credentialId), index('account_factor_user').on(table.userId)],
)

export const recoveryCode = pgTable(
  'recovery_code',
  {
    userId: userId(),
    codeMac: text('code_mac').notNull(),
    createdAt: at('created_at').notNull(),
    usedAt: at('used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeMac] })],
)

/** Somebody who has given the password and not yet the second factor. */
export const secondStep = pgTable(
  'second_step',
  {
    /** SHA-256 of the cookie's token, hex. */
    id: text('id').primaryKey(),
    userId: userId(),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    tries: integer('tries').notNull().default(0),
    /** What a passkey has to sign now; each is good for one try. */
    challenge: text('challenge'),
  },
  (table) => [index('second_step_user').on(table.userId)],
)

/** A factor that is being set up in a session, one at a time. */
export const factorEnrolment = pgTable('factor_enrolment', {
  sessionId: text('session_id')
    .primaryKey()
    .references(() => session.id, { onDelete: 'cascade' }),
  kind: kind(),
  name: text('name').notNull(),
  expiresAt: at('expires_at').notNull(),
  tries: integer('tries').notNull().default(0),
  sealedSecret: text('sealed_secret'),
  challenge: text('challenge'),
})
