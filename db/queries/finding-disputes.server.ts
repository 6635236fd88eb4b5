/** Disputes of an insurer's findings: raised, settled once, never changed. */
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import {
  application,
  binding,
  clientAsset,
  clientCheck,
  clientFinding,
  findingDispute,
} from '../schema/index.ts'

export type DisputeRow = typeof findingDispute.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(findingDispute.organisationId, organisationId), eq(findingDispute.id, id))

export async function insertDispute(tx: Tx, row: typeof findingDispute.$inferInsert) {
  await tx.insert(findingDispute).values(row)
}

/** Of these findings, the newest first. */
export async function listDisputesOf(
  tx: Tx,
  organisationId: string,
  findingIds: string[],
): Promise<DisputeRow[]> {
  if (findingIds.length === 0) return []
  return tx
    .select()
    .from(findingDispute)
    .where(
      and(eq(findingDispute.organisationId, organisationId), inArray(findingDispute.findingId, findingIds)),
    )
    .orderBy(desc(findingDispute.recordedAt), desc(findingDispute.id))
}

/** Of one client with what each is about: open ones by the day of their answer, then the settled, newest first. */
export async function listDisputesOfClient(tx: Tx, organisationId: string, clientId: string, limit: number) {
  return tx
    .select({ dispute: findingDispute, title: clientCheck.title, assetName: clientAsset.name })
    .from(findingDispute)
    .innerJoin(
      clientFinding,
      and(
        eq(clientFinding.organisationId, findingDispute.organisationId),
        eq(clientFinding.id, findingDispute.findingId),
      ),
    )
    .innerJoin(
      clientCheck,
      and(
        eq(clientCheck.organisationId, clientFinding.organisationId),
        eq(clientCheck.id, clientFinding.checkRef),
      ),
    )
    .innerJoin(
      clientAsset,
      and(
        eq(clientAsset.organisationId, clientFinding.organisationId),
        eq(clientAsset.id, clientFinding.assetId),
      ),
    )
    .where(and(eq(findingDispute.organisationId, organisationId), eq(findingDispute.clientId, clientId)))
    .orderBy(
      sql`${findingDispute.state} <> 'open'`,
      sql`case when ${findingDispute.state} = 'open' then ${findingDispute.answerBy} end`,
      desc(findingDispute.settledAt),
      asc(findingDispute.id),
    )
    .limit(limit)
}

/** To the end of the transaction. */
export async function lockDispute(tx: Tx, organisationId: string, id: string): Promise<DisputeRow | null> {
  const [row] = await tx.select().from(findingDispute).where(one(organisationId, id)).for('update')
  return row ?? null
}

export async function settleDispute(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Pick<
    DisputeRow,
    'state' | 'outcome' | 'answeredBy' | 'answeredOn' | 'settledByName' | 'settledAt' | 'version'
  >,
) {
  await tx.update(findingDispute).set(values).where(one(organisationId, id))
}

/** The insurer of the quote that was recorded last for this client. */
export async function findLastInsurer(
  tx: Tx,
  organisationId: string,
  clientId: string,
): Promise<string | null> {
  const [row] = await tx
    .select({ insurer: binding.insurer })
    .from(binding)
    .innerJoin(
      application,
      and(eq(application.organisationId, binding.organisationId), eq(application.id, binding.applicationId)),
    )
    .where(and(eq(binding.organisationId, organisationId), eq(application.clientId, clientId)))
    .orderBy(desc(binding.changedAt))
    .limit(1)
  return row?.insurer ?? null
}
