/** Claim packs: asked for, made once, and found again. */
import { and, asc, desc, eq, getTableColumns, inArray, lte, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { claimPack, incident, ledgerEntry } from '../schema/index.ts'

export type ClaimPackRow = typeof claimPack.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(claimPack.organisationId, organisationId), eq(claimPack.id, id))

export async function insertClaimPack(tx: Tx, row: typeof claimPack.$inferInsert) {
  await tx.insert(claimPack).values(row)
}

/** With the client that its incident is of. */
export async function findClaimPack(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<(ClaimPackRow & { clientId: string }) | null> {
  const [row] = await tx
    .select({ ...getTableColumns(claimPack), clientId: incident.clientId })
    .from(claimPack)
    .innerJoin(
      incident,
      and(eq(incident.organisationId, claimPack.organisationId), eq(incident.id, claimPack.incidentId)),
    )
    .where(one(organisationId, id))
  return row ?? null
}

export async function lockClaimPack(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<ClaimPackRow | null> {
  const [row] = await tx.select().from(claimPack).where(one(organisationId, id)).for('update')
  return row ?? null
}

export async function updateClaimPack(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<ClaimPackRow>,
) {
  await tx.update(claimPack).set(values).where(one(organisationId, id))
}

/** Newest first. */
export async function listClaimPacks(tx: Tx, organisationId: string, incidentId: string) {
  return tx
    .select()
    .from(claimPack)
    .where(and(eq(claimPack.organisationId, organisationId), eq(claimPack.incidentId, incidentId)))
    .orderBy(desc(claimPack.requestedAt))
}

/** Whether one is being made of this incident. */
export async function isPackUnderWay(tx: Tx, organisationId: string, incidentId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: claimPack.id })
    .from(claimPack)
    .where(
      and(
        eq(claimPack.organisationId, organisationId),
        eq(claimPack.incidentId, incidentId),
        eq(claimPack.state, 'preparing'),
      ),
    )
    .limit(1)
  return rows.length > 0
}

/**
 * Numbers and payloads of the entries of these kinds that are about one of the ids, oldest first.
 * @param about.until nothing that was recorded later
 */
export async function listEntriesAbout(
  tx: Tx,
  organisationId: string,
  about: { kinds: readonly string[]; ids: readonly string[]; until: Date },
) {
  if (about.ids.length === 0) return []
  const isOfKind = inArray(ledgerEntry.kind, [...about.kinds])
  // Only payloads of these kinds are read as JSON: the planner may otherwise look into any other first.
  const said = sql`(case when ${isOfKind} then ${ledgerEntry.payload}::jsonb end)`
  // The narrowest first: what names a revision and its evidence is about the revision.
  const subject = sql`coalesce(${said}->>'revisionId', ${said}->>'reportId', ${said}->>'exceptionId',
    ${said}->>'waiverId', ${said}->>'incidentId', ${said}->>'evidenceId', ${said}->>'applicationId', ${said}->>'keyId')`
  const ids = sql`string_to_array(${about.ids.join(',')}, ',')`
  return tx
    .select({ sequence: ledgerEntry.sequence, kind: ledgerEntry.kind, payload: ledgerEntry.payload })
    .from(ledgerEntry)
    .where(
      and(
        eq(ledgerEntry.organisationId, organisationId),
        isOfKind,
        lte(ledgerEntry.at, about.until),
        sql`case when ${said} ? 'revisionIds' then ${said}->'revisionIds' ?| ${ids} else ${subject} = any(${ids}) end`,
      ),
    )
    .orderBy(asc(ledgerEntry.sequence))
}
