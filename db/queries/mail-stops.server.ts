/** Addresses that get no mails, or no summaries. */
import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { mailStop } from '../schema/index.ts'

export type MailStopRow = typeof mailStop.$inferSelect
export type MailPurpose = MailStopRow['purpose']

/** @param address in lower case */
export async function findStop(
  tx: Tx,
  organisationId: string,
  address: string,
  purposes: readonly MailPurpose[],
): Promise<MailStopRow | null> {
  const [row] = await tx
    .select()
    .from(mailStop)
    .where(
      and(
        eq(mailStop.organisationId, organisationId),
        eq(mailStop.address, address),
        inArray(mailStop.purpose, [...purposes]),
        isNull(mailStop.liftedAt),
      ),
    )
    // `all` before `digest`.
    .orderBy(mailStop.purpose)
    .limit(1)
  return row ?? null
}

/** @returns false where it was in force already, and stays as it is */
export async function putStop(tx: Tx, row: typeof mailStop.$inferInsert): Promise<boolean> {
  const { organisationId: _, address: __, purpose: ___, ...values } = row
  const written = await tx
    .insert(mailStop)
    .values(row)
    .onConflictDoUpdate({
      target: [mailStop.organisationId, mailStop.address, mailStop.purpose],
      set: { ...values, liftedAt: null, liftedByName: null },
      setWhere: isNotNull(mailStop.liftedAt),
    })
    .returning({ address: mailStop.address })
  return written.length > 0
}

/** @returns null where nothing was in force */
export async function liftStop(
  tx: Tx,
  organisationId: string,
  { address, purpose }: Pick<MailStopRow, 'address' | 'purpose'>,
  lifted: { at: Date; byName: string },
): Promise<MailStopRow | null> {
  const [row] = await tx
    .update(mailStop)
    .set({ liftedAt: lifted.at, liftedByName: lifted.byName })
    .where(
      and(
        eq(mailStop.organisationId, organisationId),
        eq(mailStop.address, address),
        eq(mailStop.purpose, purpose),
        isNull(mailStop.liftedAt),
      ),
    )
    .returning()
  return row ?? null
}

/** Those in force, the newest first. */
export async function listStops(tx: Tx, organisationId: string): Promise<MailStopRow[]> {
  return tx
    .select()
    .from(mailStop)
    .where(and(eq(mailStop.organisationId, organisationId), isNull(mailStop.liftedAt)))
    .orderBy(desc(mailStop.since), mailStop.address)
}
