/** How the report of one file stands, whosever it is: asked by whoever holds the file, of its digest alone. */
import { and, eq } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { report, reportFile } from '../schema/index.ts'

/**
 * To be called inside `forFileStatus`, whose role sees this one file only. Nothing that is selected tells whose it is.
 * @returns null for a file that this installation never made
 */
export async function findFileStanding(tx: Tx, sha256: string) {
  const [row] = await tx
    .select({
      stage: reportFile.stage,
      state: report.state,
      attestedAt: report.attestedAt,
      endedAt: report.endedAt,
      withdrawnReason: report.withdrawnReason,
      supersededReason: report.supersededReason,
    })
    .from(reportFile)
    .innerJoin(
      report,
      and(eq(report.organisationId, reportFile.organisationId), eq(report.id, reportFile.reportId)),
    )
    .where(eq(reportFile.sha256, sha256))
    .limit(1)
  return row ?? null
}
