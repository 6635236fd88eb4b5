/** What each job does: the same services as the routes, off the request thread. */
import { Worker } from 'node:worker_threads'
import { MailError } from '#app/mail/smtp.server.ts'
import { KeyError } from '#app/report/authority-keys/key-error.ts'
import { failCatalogueLoad, loadCatalogueJob } from '#app/services/catalogues.server.ts'
import { lookForCheckpoints, makeDueCheckpoint } from '#app/services/checkpoint-schedule.server.ts'
import { failClaimPack, makeClaimPackJob } from '#app/services/claim-pack-making.server.ts'
import { LaterError, RefusedError } from '#app/services/errors.ts'
import { failLiveCheck } from '#app/services/live-check-keeping.server.ts'
import { runLiveCheck } from '#app/services/live-check-run.server.ts'
import { lookForLost } from '#app/services/lost-jobs.server.ts'
import { failMail, sendMailJob } from '#app/services/mail-delivery.server.ts'
import { updateRegister } from '#app/services/register-intake.server.ts'
import { lookForReminders, sendReminders } from '#app/services/reminder-planner.server.ts'
import { dropStaleReminder } from '#app/services/reminder-sending.server.ts'
import {
  attestReportJob,
  countersignReportJob,
  failCountersignature,
  failReport,
  renderReportJob,
} from '#app/services/report-signing.server.ts'
import { getRuntime, type Job } from '#app/services/runtime.server.ts'
import { failImport, markImportRunning, saveImportProgress } from '#app/services/scans.server.ts'
import { failWaiverFile, signWaiverJob } from '#app/services/waiver-file.server.ts'
import { deliverWebhookJob, failDelivery } from '#app/services/webhook-delivery.server.ts'
import { lookForDue } from '#app/services/webhook-due.server.ts'
import { threadSource } from '#app/threads/thread-source.server.ts'
import { deriveHeadKey } from '#evidence/ledger-head.server.ts'
import type { ImportTask, ImportWorkerMessage } from './import-worker.ts'

const APOLOGY = 'Attested could not finish this because of a fault of its own, after several tries.'

export async function handleJob(job: Job, isLastTry: boolean): Promise<void> {
  try {
    await perform(job)
  } catch (error) {
    if (!isLastTry || error instanceof LaterError) throw error
    await giveUp(job, error)
    // A further try of this job would meet what somebody sends again by hand, which has a job of its own.
    if (job.name !== 'send-mail' && job.name !== 'deliver-webhook') throw error
  }
}

/** Whoever waits is told, and nothing stays half done. */
async function giveUp(job: Job, error: unknown): Promise<void> {
  if (job.name === 'import-scan') {
    await failImport(
      job.organisationId,
      job.importId,
      `${APOLOGY} Withdraw this evidence and upload the file again.`,
    )
  } else if (job.name === 'load-catalogue') {
    await failCatalogueLoad(job.organisationId, job.loadId, `${APOLOGY} Load the list again.`)
  } else if (job.name === 'send-mail') {
    // What the mail server said tells more than we could.
    const fault = error instanceof MailError ? error.fault : undefined
    await failMail(job.organisationId, job.mailId, error instanceof Error ? error.message : APOLOGY, fault)
  } else if (job.name === 'deliver-webhook') {
    await failDelivery(job.organisationId, job.deliveryId)
  } else if (job.name === 'look-for-due' || job.name === 'look-for-lost') {
    // The next look finds the same.
  } else if (job.name === 'update-register') {
    // The next look at the register asks for it again.
  } else if (job.name === 'make-claim-pack') {
    await failClaimPack(
      job.organisationId,
      job.packId,
      saidBy(error) ?? `${APOLOGY} Make the pack again; the server's log tells more.`,
    )
  } else if (job.name === 'sign-waiver') {
    await failWaiverFile(
      job.organisationId,
      job.waiverId,
      saidBy(error) ?? `${APOLOGY} Make the file again; the server's log tells more.`,
    )
  } else if (job.name === 'look-for-reminders' || job.name === 'send-reminders') {
    // The next look sends what this one did not.
  } else if (job.name === 'make-checkpoint' || job.name === 'look-for-checkpoints') {
    // The next look asks for it again; meanwhile the ledger's page shows that the newest checkpoint is old.
  } else if ('checkId' in job) {
    await failLiveCheck(
      job.organisationId,
      job.checkId,
      `${APOLOGY} Check again; the server's log tells more.`,
    )
  } else {
    const failure = saidBy(error) ?? `${APOLOGY} Try again; the server's log tells more.`
    if ('slot' in job) await failCountersignature(job.organisationId, job, failure)
    else await failReport(job.organisationId, job.reportId, failure)
  }
}

/** What a person can mend themselves is told as it is. */
const saidBy = (error: unknown) =>
  error instanceof RefusedError || error instanceof KeyError ? error.message : null

async function perform(job: Job): Promise<void> {
  switch (job.name) {
    case 'import-scan':
      return importScan(job.organisationId, job.importId)
    case 'update-register':
      return updateRegister(job.organisationId, job.clientId)
    case 'load-catalogue':
      return loadCatalogueJob(job.organisationId, job.loadId)
    case 'render-report':
      return renderReportJob(job.organisationId, job.reportId)
    case 'countersign-report':
      return countersignReportJob(job.organisationId, job.reportId, job.slot)
    case 'attest-report':
      return attestReportJob(job.organisationId, job.reportId)
    case 'sign-waiver':
      return signWaiverJob(job.organisationId, job.waiverId)
    case 'send-mail':
      await dropStaleReminder(job.organisationId, job.mailId)
      return sendMailJob(job.organisationId, job.mailId)
    case 'deliver-webhook':
      return deliverWebhookJob(job.organisationId, job.deliveryId)
    case 'look-for-due':
      return lookForDue()
    case 'look-for-lost':
      return lookForLost()
    case 'make-claim-pack':
      return makeClaimPackJob(job.organisationId, job.packId)
    case 'make-checkpoint':
      return makeDueCheckpoint(job.organisationId)
    case 'look-for-checkpoints':
      return lookForCheckpoints()
    case 'look-for-reminders':
      return lookForReminders()
    case 'send-reminders':
      return sendReminders(job.organisationId)
    case 'run-mail-check':
    case 'run-exposure-check':
      return runLiveCheck(job.organisationId, job.checkId)
  }
}

const PROGRESS_EVERY_MS = 500

async function importScan(organisationId: string, importId: string): Promise<void> {
  if (!(await markImportRunning(organisationId, importId))) return
  let lastSaved = 0
  let saving: Promise<void> = Promise.resolve()
  const refusal = await runImportWorker({ organisationId, importId }, (bytesRead) => {
    const now = Date.now()
    if (now - lastSaved < PROGRESS_EVERY_MS) return
    lastSaved = now
    // A missed note is harmless; the next one tells more.
    saving = saveImportProgress(organisationId, importId, bytesRead).catch(() => undefined)
  })
  await saving
  if (refusal !== null) await failImport(organisationId, importId, refusal)
}

/** @returns why the file was refused, or null when it was imported. Faults reject, and the queue tries again. */
function runImportWorker(
  subject: { organisationId: string; importId: string },
  onProgress: (bytesRead: number) => void,
): Promise<string | null> {
  const { database, settings } = getRuntime()
  const { dataDir, s3 = null } = settings
  const ledgerHeadKey = Buffer.from(deriveHeadKey(settings.secret, subject.organisationId)).toString('hex')
  const task: ImportTask = { ...subject, databaseUrl: database.ownerUrl, dataDir, s3, ledgerHeadKey }
  const { file, options } = threadSource('app/jobs/import-worker.ts')
  const worker = new Worker(file, {
    ...options,
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  return new Promise((resolve, reject) => {
    let result: { refusal: string | null } | undefined
    worker.on('message', (message: ImportWorkerMessage) => {
      if (message.type === 'progress') onProgress(message.bytesRead)
      else result = { refusal: message.type === 'refused' ? message.reason : null }
    })
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
        resolve(
          'The file needs more memory than an import may use. Export it in smaller parts, for instance one scan target group at a time.',
        )
      } else reject(error)
    })
    worker.on('exit', () => {
      if (result) resolve(result.refusal)
      else reject(new Error('The import worker stopped without a result'))
    })
  })
}
