/** Waivers of declined services, and the templates that they start from. */
import { and, asc, desc, eq, getTableColumns, gte, isNotNull, isNull, lte } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { client, waiver, waiverTemplate } from '../schema/index.ts'

export type WaiverRow = typeof waiver.$inferSelect
export type WaiverTemplateRow = typeof waiverTemplate.$inferSelect
export type { SignerRecord } from '../schema/waivers.ts'

const one = (organisationId: string, id: string) =>
  and(eq(waiver.organisationId, organisationId), eq(waiver.id, id))

export async function insertWaiver(tx: Tx, row: typeof waiver.$inferInsert) {
  await tx.insert(waiver).values(row)
}

export async function updateWaiver(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<Omit<typeof waiver.$inferInsert, 'organisationId' | 'id' | 'clientId'>>,
) {
  await tx.update(waiver).set(values).where(one(organisationId, id))
}

export async function findWaiver(tx: Tx, organisationId: string, id: string): Promise<WaiverRow | null> {
  const [row] = await tx.select().from(waiver).where(one(organisationId, id)).limit(1)
  return row ?? null
}

/** To the end of the transaction. */
export async function lockWaiver(tx: Tx, organisationId: string, id: string): Promise<WaiverRow | null> {
  const [row] = await tx.select().from(waiver).where(one(organisationId, id)).for('update')
  return row ?? null
}

/** Newest first. */
export async function listWaivers(tx: Tx, organisationId: string, clientId: string): Promise<WaiverRow[]> {
  return tx
    .select()
    .from(waiver)
    .where(and(eq(waiver.organisationId, organisationId), eq(waiver.clientId, clientId)))
    .orderBy(desc(waiver.recordedAt), desc(waiver.id))
}

/** Of all clients that are not archived, what is to be reviewed first. */
export async function listWaiversOfAll(tx: Tx, organisationId: string) {
  return tx
    .select({ waiver: getTableColumns(waiver), clientName: client.legalName })
    .from(waiver)
    .innerJoin(client, and(eq(client.organisationId, waiver.organisationId), eq(client.id, waiver.clientId)))
    .where(and(eq(waiver.organisationId, organisationId), isNull(client.archivedAt)))
    .orderBy(asc(waiver.reviewOn), asc(waiver.recordedAt), asc(waiver.id))
}

/** Signed ones to be looked at again on these days, both included, of clients that are not archived. @param clientId only this one's */
export async function listWaiversToReview(
  tx: Tx,
  organisationId: string,
  { from, until, clientId }: { from: string; until: string; clientId?: string },
) {
  return tx
    .select({ waiver: getTableColumns(waiver), client: { id: client.id, legalName: client.legalName } })
    .from(waiver)
    .innerJoin(client, and(eq(client.organisationId, waiver.organisationId), eq(client.id, waiver.clientId)))
    .where(
      and(
        eq(waiver.organisationId, organisationId),
        eq(waiver.state, 'signed'),
        gte(waiver.reviewOn, from),
        lte(waiver.reviewOn, until),
        clientId === undefined ? undefined : eq(waiver.clientId, clientId),
        isNull(client.archivedAt),
      ),
    )
    .orderBy(asc(waiver.reviewOn), asc(waiver.id))
}

/** Whatever was once put to one person of one client, newest first; the address as it is kept, in small letters. */
export async function listWaiversOfPerson(
  tx: Tx,
  organisationId: string,
  { clientId, email }: { clientId: string; email: string },
): Promise<WaiverRow[]> {
  return tx
    .select()
    .from(waiver)
    .where(
      and(
        eq(waiver.organisationId, organisationId),
        eq(waiver.clientId, clientId),
        eq(waiver.decisionMakerEmail, email),
        isNotNull(waiver.offeredAt),
      ),
    )
    .orderBy(desc(waiver.offeredAt), desc(waiver.id))
}

/**
 * Signed, whatever became of them; oldest first.
 * @param clientId all clients of the organisation where absent
 * @param until nothing that was signed later
 */
export async function listSignedWaivers(
  tx: Tx,
  organisationId: string,
  { clientId, until }: { clientId?: string; until?: Date } = {},
) {
  const {
    id,
    clientId: of,
    service,
    controlIds,
    signedAt,
    withdrawnAt,
    withdrawnBecause,
  } = getTableColumns(waiver)
  const rows = await tx
    .select({ id, clientId: of, service, controlIds, signedAt, withdrawnAt, withdrawnBecause })
    .from(waiver)
    .where(
      and(
        eq(waiver.organisationId, organisationId),
        clientId ? eq(waiver.clientId, clientId) : undefined,
        isNotNull(waiver.signedAt),
        until ? lte(waiver.signedAt, until) : undefined,
      ),
    )
    .orderBy(asc(waiver.signedAt), asc(waiver.id))
  return rows.flatMap((row) => (row.signedAt ? [{ ...row, signedAt: row.signedAt }] : []))
}

/** Every version, the newest of each template first. */
export async function listTemplates(tx: Tx, organisationId: string): Promise<WaiverTemplateRow[]> {
  return tx
    .select()
    .from(waiverTemplate)
    .where(eq(waiverTemplate.organisationId, organisationId))
    .orderBy(asc(waiverTemplate.templateKey), desc(waiverTemplate.version))
}

export async function insertTemplate(tx: Tx, row: typeof waiverTemplate.$inferInsert) {
  await tx.insert(waiverTemplate).values(row)
}
