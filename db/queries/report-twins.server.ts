/** The machine-readable twins of reports, each by its place in the evidence store. */
import { and, eq } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { reportTwin } from '../schema/index.ts'

export type ReportTwinRow = typeof reportTwin.$inferSelect

const ofReport = (organisationId: string, reportId: string) =>
  and(eq(reportTwin.organisationId, organisationId), eq(reportTwin.reportId, reportId))

export async function insertTwins(
  tx: Tx,
  organisationId: string,
  rows: readonly Omit<ReportTwinRow, 'organisationId'>[],
) {
  if (rows.length === 0) return
  await tx.insert(reportTwin).values(rows.map((row) => ({ ...row, organisationId })))
}

export async function listTwins(tx: Tx, organisationId: string, reportId: string): Promise<ReportTwinRow[]> {
  return tx.select().from(reportTwin).where(ofReport(organisationId, reportId))
}

export async function findTwin(
  tx: Tx,
  organisationId: string,
  reportId: string,
  kind: ReportTwinRow['kind'],
): Promise<ReportTwinRow | null> {
  const [row] = await tx
    .select()
    .from(reportTwin)
    .where(and(ofReport(organisationId, reportId), eq(reportTwin.kind, kind)))
    .limit(1)
  return row ?? null
}
