/**
 * Finds what waits for a job that is not there: lost with a server that died in its last try, or with a queue that was
 * put back from a backup. A job that comes twice is harmless, and one that is still there is left alone.
 */
import type { Tx } from '#db/client.server.ts'
import { listUnsigned } from '#db/queries/countersignatures.server.ts'
import { listQueuedMails } from '#db/queries/mails.server.ts'
import { listReportsUnderWay } from '#db/queries/reports.server.ts'
import { listQueuedDeliveries } from '#db/queries/webhooks.server.ts'
import { listLedgers } from './ledger-check.server.ts'
import { getRuntime, type Job } from './runtime.server.ts'

/** For all organisations. */
export async function lookForLost(): Promise<void> {
  const { database, jobs } = getRuntime()
  for (const organisationId of await listLedgers(database)) {
    const waiting = await database.inOrganisation(organisationId, (tx) => listWaiting(tx, organisationId))
    if (waiting.length > 0) await jobs.enqueueLost?.(waiting)
  }
}

/** As they were enqueued, so that the queue knows them again. */
async function listWaiting(tx: Tx, organisationId: string): Promise<Job[]> {
  const mails = await listQueuedMails(tx, organisationId)
  const deliveries = await listQueuedDeliveries(tx, organisationId)
  const reports = await listReportsUnderWay(tx, organisationId)
  const unsigned = await listUnsigned(tx, organisationId)
  return [
    ...mails.map((mailId) => ({ name: 'send-mail' as const, organisationId, mailId })),
    ...deliveries.map((deliveryId) => ({ name: 'deliver-webhook' as const, organisationId, deliveryId })),
    ...reports.map(({ id: reportId, state }) => ({
      name: state === 'attesting' ? ('attest-report' as const) : ('render-report' as const),
      organisationId,
      reportId,
    })),
    ...unsigned.map(({ reportId, slot }) => ({
      name: 'countersign-report' as const,
      organisationId,
      reportId,
      slot,
    })),
  ]
}
