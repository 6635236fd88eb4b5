/** Mails: written once, and then sent, kept or given up. */
import { and, count, desc, eq, gt, gte, inArray, isNotNull, lte, max, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { mailMessage, mailStop } from '../schema/index.ts'

export type MailRow = typeof mailMessage.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(mailMessage.organisationId, organisationId), eq(mailMessage.id, id))

export async function insertMail(tx: Tx, row: typeof mailMessage.$inferInsert) {
  await tx.insert(mailMessage).values(row)
}

export async function findMail(tx: Tx, organisationId: string, id: string): Promise<MailRow | null> {
  const [row] = await tx.select().from(mailMessage).where(one(organisationId, id)).limit(1)
  return row ?? null
}

/** Locked to the end of the transaction: a report and a try to send may come at the same time. */
export async function lockMail(tx: Tx, organisationId: string, id: string): Promise<MailRow | null> {
  const [row] = await tx.select().from(mailMessage).where(one(organisationId, id)).limit(1).for('update')
  return row ?? null
}

/** @param start the first half of the id, with its hyphens: `0f8fad5b-d9cb-469f` */
export async function findMailStarting(
  tx: Tx,
  organisationId: string,
  start: string,
): Promise<MailRow | null> {
  const [row] = await tx
    .select()
    .from(mailMessage)
    .where(
      and(
        eq(mailMessage.organisationId, organisationId),
        gte(mailMessage.id, `${start}-0000-000000000000`),
        lte(mailMessage.id, `${start}-ffff-ffffffffffff`),
      ),
    )
    .limit(1)
  return row ?? null
}

/** What may change of a mail once it is written. */
export type MailChange = Partial<
  Pick<
    MailRow,
    | 'content'
    | 'state'
    | 'failure'
    | 'cause'
    | 'sentAt'
    | 'returnedAt'
    | 'softBounces'
    | 'resends'
    | 'queuedAt'
  >
>

export async function updateMail(tx: Tx, organisationId: string, id: string, values: MailChange) {
  await tx.update(mailMessage).set(values).where(one(organisationId, id))
}

/** Those that stand as on their way. */
export async function listQueuedMails(tx: Tx, organisationId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: mailMessage.id })
    .from(mailMessage)
    .where(and(eq(mailMessage.organisationId, organisationId), eq(mailMessage.state, 'queued')))
    .orderBy(mailMessage.createdAt)
  return rows.map(({ id }) => id)
}

const inState = (organisationId: string, state: MailRow['state'] | null) =>
  and(eq(mailMessage.organisationId, organisationId), state ? eq(mailMessage.state, state) : undefined)

/** The newest first. @param of.state null for all */
export async function listMails(
  tx: Tx,
  organisationId: string,
  { state, offset, limit }: { state: MailRow['state'] | null; offset: number; limit: number },
) {
  return tx
    .select()
    .from(mailMessage)
    .where(inState(organisationId, state))
    .orderBy(desc(mailMessage.createdAt), desc(mailMessage.id))
    .offset(offset)
    .limit(limit)
}

/** @param state null for all */
export async function countMails(
  tx: Tx,
  organisationId: string,
  state: MailRow['state'] | null,
): Promise<number> {
  const [row] = await tx.select({ mails: count() }).from(mailMessage).where(inState(organisationId, state))
  return row?.mails ?? 0
}

/** Those to one address whose links or codes still open something. */
export async function listLiveMails(tx: Tx, organisationId: string, recipient: string, now: Date) {
  return tx
    .select()
    .from(mailMessage)
    .where(
      and(
        eq(mailMessage.organisationId, organisationId),
        eq(mailMessage.recipient, recipient),
        gt(mailMessage.expiresAt, now),
      ),
    )
}

/** How an address is written in `mail_stop`. */
const foldedRecipient = sql`lower(trim(${mailMessage.recipient}))`

/** What did not arrive, is whole, and goes to nobody who gets no such mails. */
const sendable = (organisationId: string, now: Date) =>
  and(
    eq(mailMessage.organisationId, organisationId),
    inArray(mailMessage.state, ['failed', 'bounced', 'suppressed']),
    isNotNull(mailMessage.content),
    gt(mailMessage.expiresAt, now),
    sql`not exists (
      select 1 from ${mailStop}
      where ${mailStop.organisationId} = ${mailMessage.organisationId}
        and ${mailStop.address} = ${foldedRecipient}
        and ${mailStop.liftedAt} is null
        and (${mailStop.purpose} = 'all' or jsonb_exists(${mailMessage.content}, 'unsubscribe')))`,
  )

/** What could be sent again, counted by what it failed for; the most first. */
export async function listFailures(tx: Tx, organisationId: string, now: Date) {
  return tx
    .select({
      cause: mailMessage.cause,
      mails: count(),
      said: max(mailMessage.failure),
    })
    .from(mailMessage)
    .where(sendable(organisationId, now))
    .groupBy(mailMessage.cause)
    .orderBy(desc(count()), desc(max(mailMessage.createdAt)))
}

/** What failed for the same, or goes to one address, in lower case. */
export type SendableOf = { cause: string } | { address: string }

const sendableOf = (organisationId: string, of: SendableOf, now: Date) =>
  and(
    sendable(organisationId, now),
    'cause' in of ? eq(mailMessage.cause, of.cause) : sql`${foldedRecipient} = ${of.address}`,
  )

/** Locked, the oldest first. */
export async function lockSendable(tx: Tx, organisationId: string, of: SendableOf, now: Date, limit: number) {
  return tx
    .select()
    .from(mailMessage)
    .where(sendableOf(organisationId, of, now))
    .orderBy(mailMessage.createdAt, mailMessage.id)
    .limit(limit)
    .for('update')
}

export async function countSendable(
  tx: Tx,
  organisationId: string,
  of: SendableOf,
  now: Date,
): Promise<number> {
  const [row] = await tx
    .select({ mails: count() })
    .from(mailMessage)
    .where(sendableOf(organisationId, of, now))
  return row?.mails ?? 0
}
