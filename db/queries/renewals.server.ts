/** The steps towards the renewal of each policy, and the template that plans start from. */
import { and, asc, desc, eq, getTableColumns, gte, inArray, isNull, lte } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { client, policy, policyVersion, renewalStep, renewalTemplate } from '../schema/index.ts'

export type RenewalStepRow = typeof renewalStep.$inferSelect
export type RenewalTemplateRow = typeof renewalTemplate.$inferSelect
export type { RenewalTemplateStep } from '../schema/policies.ts'

export async function findRenewalTemplate(
  tx: Tx,
  organisationId: string,
): Promise<RenewalTemplateRow | null> {
  const [row] = await tx
    .select()
    .from(renewalTemplate)
    .where(eq(renewalTemplate.organisationId, organisationId))
    .orderBy(desc(renewalTemplate.version))
    .limit(1)
  return row ?? null
}

/** @returns false when another version was saved in the meantime */
export async function insertRenewalTemplate(tx: Tx, row: typeof renewalTemplate.$inferInsert) {
  const rows = await tx
    .insert(renewalTemplate)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: renewalTemplate.id })
  return rows.length === 1
}

export async function insertRenewalSteps(tx: Tx, rows: (typeof renewalStep.$inferInsert)[]) {
  if (rows.length > 0) await tx.insert(renewalStep).values(rows)
}

/** In the order in which they are due. */
export async function listRenewalSteps(
  tx: Tx,
  organisationId: string,
  policyIds: readonly string[],
): Promise<RenewalStepRow[]> {
  if (policyIds.length === 0) return []
  return tx
    .select()
    .from(renewalStep)
    .where(and(eq(renewalStep.organisationId, organisationId), inArray(renewalStep.policyId, [...policyIds])))
    .orderBy(
      asc(renewalStep.dueDays),
      asc(renewalStep.fromDays),
      asc(renewalStep.addedAt),
      asc(renewalStep.id),
    )
}

export async function findRenewalStep(
  tx: Tx,
  organisationId: string,
  policyId: string,
  id: string,
): Promise<RenewalStepRow | null> {
  const [row] = await tx
    .select()
    .from(renewalStep)
    .where(
      and(
        eq(renewalStep.organisationId, organisationId),
        eq(renewalStep.policyId, policyId),
        eq(renewalStep.id, id),
      ),
    )
    .limit(1)
  return row ?? null
}

/** @returns false when another version was saved since `seenVersion` */
export async function updateRenewalStep(
  tx: Tx,
  organisationId: string,
  id: string,
  seenVersion: number,
  values: Partial<Omit<RenewalStepRow, 'organisationId' | 'id' | 'policyId' | 'stepKey' | 'version'>>,
): Promise<boolean> {
  const rows = await tx
    .update(renewalStep)
    .set({ ...values, version: seenVersion + 1 })
    .where(
      and(
        eq(renewalStep.organisationId, organisationId),
        eq(renewalStep.id, id),
        eq(renewalStep.version, seenVersion),
      ),
    )
    .returning({ id: renewalStep.id })
  return rows.length === 1
}

/**
 * Steps due on these days, both included, of policies that count and clients that are not archived.
 * @param clientId only this one's
 */
export async function listRenewalStepsDue(
  tx: Tx,
  organisationId: string,
  from: string,
  until: string,
  clientId?: string,
) {
  return tx
    .select({
      step: getTableColumns(renewalStep),
      client: { id: client.id, legalName: client.legalName },
      insurer: policyVersion.insurer,
    })
    .from(renewalStep)
    .innerJoin(
      policy,
      and(eq(policy.organisationId, renewalStep.organisationId), eq(policy.id, renewalStep.policyId)),
    )
    .innerJoin(
      policyVersion,
      and(
        eq(policyVersion.organisationId, policy.organisationId),
        eq(policyVersion.policyId, policy.id),
        eq(policyVersion.version, policy.version),
      ),
    )
    .innerJoin(client, and(eq(client.organisationId, policy.organisationId), eq(client.id, policy.clientId)))
    .where(
      and(
        eq(renewalStep.organisationId, organisationId),
        gte(renewalStep.dueOn, from),
        lte(renewalStep.dueOn, until),
        clientId === undefined ? undefined : eq(policy.clientId, clientId),
        isNull(policy.withdrawnAt),
        isNull(client.archivedAt),
      ),
    )
    .orderBy(asc(renewalStep.dueOn), asc(renewalStep.id))
}
