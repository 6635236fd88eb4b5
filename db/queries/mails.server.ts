/** Mails: written once, and then sent, kept or given up. */
import { and, desc, eq, gt } from 'drizzle-orm'
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

export async function updateMail(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<Pick<MailRow, 'content' | 'state' | 'failure' | 'sentAt'>>,
) {
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
