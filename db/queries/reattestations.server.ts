/** Quarterly re-attestations, and what the officer said of each answer. */
import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, ne, notExists } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { reattestation, reattestationResult, report, scheduleOccurrence } from '../schema/index.ts'

export type ReattestationRow = typeof reattestation.$inferSelect
export type ResultRow = typeof reattestationResult.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(reattestation.organisationId, organisationId), eq(reattestation.id, id))

/** @returns false when the period has one already */
export async function insertReattestation(tx: Tx, row: typeof reattestation.$inferInsert): Promise<boolean> {
  const made = await tx
    .insert(reattestation)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: reattestation.id })
  return made.length > 0
}

export async function findReattestation(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<ReattestationRow | null> {
  const [row] = await tx.select().from(reattestation).where(one(organisationId, id)).limit(1)
  return row ?? null
}

/** To the end of the transaction. */
export async function lockReattestation(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<ReattestationRow | null> {
  const [row] = await tx.select().from(reattestation).where(one(organisationId, id)).for('update')
  return row ?? null
}

export async function lockReattestationOfReport(
  tx: Tx,
  organisationId: string,
  reportId: string,
): Promise<ReattestationRow | null> {
  const [row] = await tx
    .select()
    .from(reattestation)
    .where(and(eq(reattestation.organisationId, organisationId), eq(reattestation.reportId, reportId)))
    .for('update')
  return row ?? null
}

export async function updateReattestation(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<ReattestationRow>,
) {
  await tx.update(reattestation).set(values).where(one(organisationId, id))
}

/** Of one application, by period; discarded ones among them. */
export async function listReattestationsOfApplication(
  tx: Tx,
  organisationId: string,
  applicationId: string,
): Promise<ReattestationRow[]> {
  return tx
    .select()
    .from(reattestation)
    .where(
      and(eq(reattestation.organisationId, organisationId), eq(reattestation.applicationId, applicationId)),
    )
    .orderBy(asc(reattestation.periodFirst), asc(reattestation.createdAt))
}

/** Of one client with their reports, the newest period first. */
export async function listReattestationsOfClient(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select({
      reattestation,
      report: {
        id: report.id,
        state: report.state,
        attestedAt: report.attestedAt,
        pdfSha256: report.pdfSha256,
        statementSha256: report.statementSha256,
      },
    })
    .from(reattestation)
    .leftJoin(
      report,
      and(eq(report.organisationId, reattestation.organisationId), eq(report.id, reattestation.reportId)),
    )
    .where(and(eq(reattestation.organisationId, organisationId), eq(reattestation.clientId, clientId)))
    .orderBy(desc(reattestation.periodFirst), desc(reattestation.createdAt))
}

const DAY_MS = 86_400_000

/** Scheduled dates whose moment has come while nobody began the period that it lies in. */
export async function listDatesToBegin(tx: Tx, organisationId: string, now: Date) {
  const today = now.toISOString().slice(0, 10)
  const begun = tx
    .select({ id: reattestation.id })
    .from(reattestation)
    .where(
      and(
        eq(reattestation.organisationId, scheduleOccurrence.organisationId),
        eq(reattestation.clientId, scheduleOccurrence.clientId),
        eq(reattestation.applicationId, scheduleOccurrence.applicationId),
        ne(reattestation.state, 'discarded'),
        lte(reattestation.periodFirst, today),
        gte(reattestation.periodLast, today),
      ),
    )
  return tx
    .select()
    .from(scheduleOccurrence)
    .where(
      and(
        eq(scheduleOccurrence.organisationId, organisationId),
        isNull(scheduleOccurrence.settledAt),
        // Known to the index; nowhere on earth is it later than tomorrow.
        lte(scheduleOccurrence.dueOn, new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10)),
        lte(scheduleOccurrence.dueAt, now),
        eq(scheduleOccurrence.purpose, 're-attestation'),
        notExists(begun),
      ),
    )
    .orderBy(asc(scheduleOccurrence.dueOn), asc(scheduleOccurrence.id))
}

/** Still open although their period ended before this day. */
export async function lockOverdue(tx: Tx, organisationId: string, day: string): Promise<ReattestationRow[]> {
  return tx
    .select()
    .from(reattestation)
    .where(
      and(
        eq(reattestation.organisationId, organisationId),
        inArray(reattestation.state, ['draft', 'with-officer']),
        lt(reattestation.periodLast, day),
      ),
    )
    .orderBy(asc(reattestation.id))
    .for('update')
}

/** Signed re-attestation reports of one application up to a moment, oldest first; also those that were ended since. */
export async function listReattestationReports(
  tx: Tx,
  organisationId: string,
  applicationId: string,
  until: Date,
) {
  return tx
    .select()
    .from(report)
    .where(
      and(
        eq(report.organisationId, organisationId),
        eq(report.applicationId, applicationId),
        eq(report.kind, 'reattestation'),
        lte(report.attestedAt, until),
      ),
    )
    .orderBy(asc(report.attestedAt))
}

export async function saveResult(tx: Tx, organisationId: string, row: Omit<ResultRow, 'organisationId'>) {
  const { reportId: _, questionId: __, ...values } = row
  await tx
    .insert(reattestationResult)
    .values({ ...row, organisationId })
    .onConflictDoUpdate({
      target: [
        reattestationResult.organisationId,
        reattestationResult.reportId,
        reattestationResult.questionId,
      ],
      set: values,
    })
}

export async function listResults(tx: Tx, organisationId: string, reportId: string): Promise<ResultRow[]> {
  return tx
    .select()
    .from(reattestationResult)
    .where(
      and(eq(reattestationResult.organisationId, organisationId), eq(reattestationResult.reportId, reportId)),
    )
}
