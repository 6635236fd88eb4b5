/** Policies, each with the version that counts, and the versions before it. */
import { and, asc, desc, eq, getTableColumns, gte, isNull, lte, type SQL } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { client, policy, policyVersion } from '../schema/index.ts'

export type PolicyRow = typeof policy.$inferSelect
export type PolicyVersionRow = typeof policyVersion.$inferSelect
export type { PolicyContact, PolicyTerms } from '../schema/policies.ts'

const one = (organisationId: string, id: string) =>
  and(eq(policy.organisationId, organisationId), eq(policy.id, id))

const newestVersion = and(
  eq(policyVersion.organisationId, policy.organisationId),
  eq(policyVersion.policyId, policy.id),
  eq(policyVersion.version, policy.version),
)

export async function insertPolicy(tx: Tx, row: typeof policy.$inferInsert) {
  await tx.insert(policy).values(row)
}

export async function insertPolicyVersion(tx: Tx, row: typeof policyVersion.$inferInsert) {
  await tx.insert(policyVersion).values(row)
}

export async function updatePolicy(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<Pick<PolicyRow, 'version' | 'withdrawnAt' | 'withdrawnByName' | 'withdrawnReason'>>,
) {
  await tx.update(policy).set(values).where(one(organisationId, id))
}

/** To the end of the transaction. */
export async function lockPolicy(tx: Tx, organisationId: string, id: string): Promise<PolicyRow | null> {
  const [row] = await tx.select().from(policy).where(one(organisationId, id)).for('update')
  return row ?? null
}

/** Newest first. */
export async function listPolicyVersions(
  tx: Tx,
  organisationId: string,
  policyId: string,
): Promise<PolicyVersionRow[]> {
  return tx
    .select()
    .from(policyVersion)
    .where(and(eq(policyVersion.organisationId, organisationId), eq(policyVersion.policyId, policyId)))
    .orderBy(desc(policyVersion.version))
}

export interface HeldPolicy {
  policy: PolicyRow
  current: PolicyVersionRow
  client: { id: string; legalName: string; archivedAt: Date | null }
}

/**
 * Each policy as it counts now, the latest to begin first; withdrawn ones only where one is asked for by its id.
 * Without a client or an id those of clients that are not archived.
 * @param which `expiresFrom` and `expiresUntil` are days, both included
 */
export async function listPolicies(
  tx: Tx,
  organisationId: string,
  which: { id?: string; clientId?: string; expiresFrom?: string; expiresUntil?: string } = {},
): Promise<HeldPolicy[]> {
  const filters: SQL[] = [eq(policy.organisationId, organisationId)]
  if (which.id === undefined) filters.push(isNull(policy.withdrawnAt))
  else filters.push(eq(policy.id, which.id))
  if (which.clientId !== undefined) filters.push(eq(policy.clientId, which.clientId))
  else if (which.id === undefined) filters.push(isNull(client.archivedAt))
  if (which.expiresFrom !== undefined) filters.push(gte(policyVersion.expiresOn, which.expiresFrom))
  if (which.expiresUntil !== undefined) filters.push(lte(policyVersion.expiresOn, which.expiresUntil))
  return tx
    .select({
      policy: getTableColumns(policy),
      current: getTableColumns(policyVersion),
      client: { id: client.id, legalName: client.legalName, archivedAt: client.archivedAt },
    })
    .from(policy)
    .innerJoin(policyVersion, newestVersion)
    .innerJoin(client, and(eq(client.organisationId, policy.organisationId), eq(client.id, policy.clientId)))
    .where(and(...filters))
    .orderBy(desc(policyVersion.inceptionOn), desc(policy.recordedAt), asc(policy.id))
}
