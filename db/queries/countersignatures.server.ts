/** Signatures between the first and the last of a report. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { report, reportCountersignature } from '../schema/index.ts'

export type CountersignatureRow = typeof reportCountersignature.$inferSelect

const ofReport = (organisationId: string, reportId: string) =>
  and(
    eq(reportCountersignature.organisationId, organisationId),
    eq(reportCountersignature.reportId, reportId),
  )

/** Given again after a failure, the later consent stands. */
export async function giveCountersignature(
  tx: Tx,
  organisationId: string,
  row: Pick<CountersignatureRow, 'reportId' | 'slot' | 'givenAt' | 'record'>,
): Promise<void> {
  const { givenAt, record } = row
  await tx
    .insert(reportCountersignature)
    .values({ organisationId, ...row })
    .onConflictDoUpdate({
      target: [
        reportCountersignature.organisationId,
        reportCountersignature.reportId,
        reportCountersignature.slot,
      ],
      set: { givenAt, record, failure: null },
    })
}

/** In the order of consent. */
export async function listCountersignatures(
  tx: Tx,
  organisationId: string,
  reportId: string,
): Promise<CountersignatureRow[]> {
  return tx
    .select()
    .from(reportCountersignature)
    .where(ofReport(organisationId, reportId))
    .orderBy(asc(reportCountersignature.givenAt))
}

/** Consent was given, the signature is not made yet, and the report still waits for it. */
export async function listUnsigned(tx: Tx, organisationId: string) {
  return tx
    .select({ reportId: reportCountersignature.reportId, slot: reportCountersignature.slot })
    .from(reportCountersignature)
    .innerJoin(
      report,
      and(
        eq(report.organisationId, reportCountersignature.organisationId),
        eq(report.id, reportCountersignature.reportId),
      ),
    )
    .where(
      and(
        eq(reportCountersignature.organisationId, organisationId),
        isNull(reportCountersignature.signedAt),
        isNull(reportCountersignature.failure),
        eq(report.state, 'awaiting-attestation'),
      ),
    )
}

export async function updateCountersignature(
  tx: Tx,
  organisationId: string,
  { reportId, slot }: { reportId: string; slot: string },
  values: Partial<Pick<CountersignatureRow, 'signedAt' | 'timestamp' | 'failure'>>,
): Promise<void> {
  await tx
    .update(reportCountersignature)
    .set(values)
    .where(and(ofReport(organisationId, reportId), eq(reportCountersignature.slot, slot)))
}
