/** What people decided about findings: written once, taken back by a second entry. */
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { uuids } from '../register-parts.server.ts'
import { type EarlierDecision, findingDecision } from '../schema/index.ts'

export type { EarlierDecision }

/** Locked until the transaction ends; only those that are the client's. */
export async function lockFindings(tx: Tx, organisationId: string, clientId: string, ids: readonly string[]) {
  const rows = await tx.execute<EarlierDecision & Record<string, unknown>>(sql`
    select f.id as "findingId", f.decision, f.decision_id as "decisionId", f.decision_until::text as "decisionUntil"
    from client_finding f
    where f.organisation_id = ${organisationId}::uuid and f.client_id = ${clientId}::uuid and f.standing <> 'gone'
      and f.id = any(${uuids(ids)})
    order by f.id for update`)
  return rows.map(({ findingId, decision, decisionId, decisionUntil }) => ({
    findingId,
    decision,
    decisionId,
    decisionUntil,
  }))
}

/** Writes decisions and what findings are after them. */
export async function setDecisions(tx: Tx, organisationId: string, decisions: readonly EarlierDecision[]) {
  await tx.execute(sql`
    update client_finding f
    set decision = d.decision, decision_id = d."decisionId", decision_until = d."decisionUntil",
      standing = case
        when f.standing = 'gone' then 'gone'
        when d.decision = 'false-positive' then 'false-positive'
        when f.fixed_at is not null then 'fixed'
        when d.decision = 'accepted' then 'accepted'
        when f.is_suppressed then 'suppressed'
        else 'open'
      end
    from jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb)
      as d("findingId" uuid, decision text, "decisionId" uuid, "decisionUntil" date)
    where f.organisation_id = ${organisationId}::uuid and f.id = d."findingId"`)
}

export async function insertFindingDecision(tx: Tx, row: typeof findingDecision.$inferInsert) {
  await tx.insert(findingDecision).values(row)
}

export async function lockFindingDecision(tx: Tx, organisationId: string, clientId: string, id: string) {
  const [row] = await tx
    .select()
    .from(findingDecision)
    .where(
      and(
        eq(findingDecision.organisationId, organisationId),
        eq(findingDecision.clientId, clientId),
        eq(findingDecision.id, id),
      ),
    )
    .for('update')
  return row ?? null
}

export async function undoFindingDecision(
  tx: Tx,
  organisationId: string,
  id: string,
  values: { undoneByName: string; undoneAt: Date },
) {
  await tx
    .update(findingDecision)
    .set(values)
    .where(and(eq(findingDecision.organisationId, organisationId), eq(findingDecision.id, id)))
}

const listed = {
  id: findingDecision.id,
  decision: findingDecision.decision,
  untilDay: findingDecision.untilDay,
  reason: findingDecision.reason,
  decidedByName: findingDecision.decidedByName,
  decidedAt: findingDecision.decidedAt,
  undoneByName: findingDecision.undoneByName,
  undoneAt: findingDecision.undoneAt,
  count: sql<number>`jsonb_array_length(${findingDecision.earlier})`,
}
const ofClient = (organisationId: string, clientId: string) =>
  and(eq(findingDecision.organisationId, organisationId), eq(findingDecision.clientId, clientId))

/** The newest first; how many findings each is about, not which. */
export async function listFindingDecisions(tx: Tx, organisationId: string, clientId: string, limit: number) {
  return tx
    .select(listed)
    .from(findingDecision)
    .where(ofClient(organisationId, clientId))
    .orderBy(desc(findingDecision.decidedAt), desc(findingDecision.id))
    .limit(limit)
}

/** All that were about one finding, the newest first. */
export async function listDecisionsOfFinding(
  tx: Tx,
  organisationId: string,
  clientId: string,
  findingId: string,
) {
  const about = JSON.stringify([{ findingId }])
  return tx
    .select(listed)
    .from(findingDecision)
    .where(and(ofClient(organisationId, clientId), sql`${findingDecision.earlier} @> ${about}::jsonb`))
    .orderBy(desc(findingDecision.decidedAt), desc(findingDecision.id))
}
