/** Mails: written once, and then sent, kept or given up. */
import { and, count, desc, eq, gt, gte, isNotNull, lte, max } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { mailMessage } from '../schema/index.ts'

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

/** The newest first. */
export async function listMails(tx: Tx, organisationId: string, limit: number) {
  return tx
    .select()
    .from(mailMessage)
    .where(eq(mailMessage.organisationId, organisationId))
    .orderBy(desc(mailMessage.createdAt), desc(mailMessage.id))
    .limit(limit)
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

const failedAndWhole = (organisationId: string, now: Date) =>
  and(
    eq(mailMessage.organisationId, organisationId),
    eq(mailMessage.state, 'failed'),
    isNotNull(mailMessage.content),
    gt(mailMessage.expiresAt, now),
  )

/** What failed and could be sent again, counted by what it failed for; the most first. */
export async function listFailures(tx: Tx, organisationId: string, now: Date) {
  return tx
    .select({
      cause: mailMessage.cause,
      mails: count(),
      said: max(mailMessage.failure),
    })
    .from(mailMessage)
    .where(failedAndWhole(organisationId, now))
    .groupBy(mailMessage.cause)
    .orderBy(desc(count()), desc(max(mailMessage.createdAt)))
}

/** Locked, the oldest first. */
export async function lockFailed(tx: Tx, organisationId: string, cause: string, now: Date, limit: number) {
  return tx
    .select()
    .from(mailMessage)
    .where(and(failedAndWhole(organisationId, now), eq(mailMessage.cause, cause)))
    .orderBy(mailMessage.createdAt, mailMessage.id)
    .limit(limit)
    .for('update')
}
