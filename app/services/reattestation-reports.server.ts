/** What becomes of an application or a re-attestation when its report is given back or signed. */
import type { Tx } from '#db/client.server.ts'
import { setApplicationState } from '#db/queries/applications.server.ts'
import { lockReattestationOfReport, updateReattestation } from '#db/queries/reattestations.server.ts'
import type { ReportRow } from '#db/queries/reports.server.ts'
import { tellReattested } from './reattestation-news.server.ts'
import { settleScheduledDates } from './reattestation-schedule.server.ts'
import { reopenDates } from './schedule-settling.server.ts'

/**
 * The report will not be signed, or counts no more: the re-attestation is a draft again. An application becomes one
 * only where nobody of the insured had signed.
 */
export async function giveBack(
  tx: Tx,
  { organisationId, id, kind, applicationId, attestedAt }: ReportRow,
  at: Date,
): Promise<void> {
  if (kind === 'application') {
    if (!attestedAt) await setApplicationState(tx, organisationId, applicationId, 'draft', at)
    return
  }
  const row = await lockReattestationOfReport(tx, organisationId, id)
  if (!row) return
  await updateReattestation(tx, organisationId, row.id, {
    state: 'draft',
    reportId: null,
    unchangedConfirmedAt: null,
  })
  // Of one that was signed; the others settled nothing yet.
  const by = { actor: 'Attested', name: 'Attested', at }
  await reopenDates(tx, { organisationId, clientId: row.clientId, id: row.id }, by)
}

/** Both have signed. */
export async function keepReattested(tx: Tx, report: ReportRow, at: Date): Promise<void> {
  const { organisationId, id, kind } = report
  if (kind !== 'reattestation') return
  const row = await lockReattestationOfReport(tx, organisationId, id)
  if (!row) return
  await updateReattestation(tx, organisationId, row.id, { state: 'signed' })
  await settleScheduledDates(tx, row, at)
  await tellReattested(tx, row, report, at)
}
