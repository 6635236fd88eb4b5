/** Attestation links and what their signers confirmed. */
import { and, asc, desc, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { attestationLink, attestationStep, report } from '../schema/index.ts'

export type AttestationLinkRow = typeof attestationLink.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(attestationLink.organisationId, organisationId), eq(attestationLink.id, id))

export async function insertLink(tx: Tx, row: typeof attestationLink.$inferInsert) {
  await tx.insert(attestationLink).values(row)
}

/** Locked to the end of the transaction, so that two tries of a code are counted one after the other. */
export async function lockLinkByToken(
  tx: Tx,
  organisationId: string,
  tokenSha256: string,
): Promise<AttestationLinkRow | null> {
  const [row] = await tx
    .select()
    .from(attestationLink)
    .where(
      and(eq(attestationLink.organisationId, organisationId), eq(attestationLink.tokenSha256, tokenSha256)),
    )
    .for('update')
  return row ?? null
}

export async function updateLink(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<AttestationLinkRow>,
) {
  await tx.update(attestationLink).set(values).where(one(organisationId, id))
}

/**
 * Those of a report that were neither revoked nor finished.
 * @param slot whose; everybody's unless given
 */
export async function revokeLinks(
  tx: Tx,
  organisationId: string,
  reportId: string,
  revokedAt: Date,
  slot?: string,
) {
  return tx
    .update(attestationLink)
    .set({ revokedAt, sessionSha256: null, sessionUntil: null, codeMac: null })
    .where(
      and(
        eq(attestationLink.organisationId, organisationId),
        eq(attestationLink.reportId, reportId),
        slot === undefined ? undefined : eq(attestationLink.slot, slot),
        isNull(attestationLink.revokedAt),
        isNull(attestationLink.finishedAt),
      ),
    )
    .returning({ id: attestationLink.id })
}

/** The newest first. */
export async function listLinks(tx: Tx, organisationId: string, reportId: string) {
  return tx
    .select()
    .from(attestationLink)
    .where(and(eq(attestationLink.organisationId, organisationId), eq(attestationLink.reportId, reportId)))
    .orderBy(desc(attestationLink.sentAt))
}

/** All that were sent to one address about reports of one client, the newest first. @param email in small letters */
export async function listLinksOfPerson(
  tx: Tx,
  organisationId: string,
  { clientId, email }: { clientId: string; email: string },
) {
  return tx
    .select({ link: getTableColumns(attestationLink), report: getTableColumns(report) })
    .from(attestationLink)
    .innerJoin(
      report,
      and(eq(report.organisationId, attestationLink.organisationId), eq(report.id, attestationLink.reportId)),
    )
    .where(
      and(
        eq(attestationLink.organisationId, organisationId),
        eq(report.clientId, clientId),
        eq(sql`lower(${attestationLink.recipient})`, email),
      ),
    )
    .orderBy(desc(attestationLink.sentAt))
}

/** Again is the same as once; the first time stands. */
export async function insertStep(tx: Tx, row: typeof attestationStep.$inferInsert) {
  await tx.insert(attestationStep).values(row).onConflictDoNothing()
}

export async function listSteps(tx: Tx, organisationId: string, linkId: string) {
  return tx
    .select()
    .from(attestationStep)
    .where(and(eq(attestationStep.organisationId, organisationId), eq(attestationStep.linkId, linkId)))
    .orderBy(asc(attestationStep.confirmedAt), asc(attestationStep.questionId))
}
