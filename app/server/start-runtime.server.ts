/** Opens what services need (database, evidence store, secret, job queue): for the server, the CLI and tests. */
import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { startQueue } from '#app/jobs/queue.server.ts'
import { openMailer } from '#app/mail/smtp.server.ts'
import { type Runtime, setRuntime } from '#app/services/runtime.server.ts'
import { type Database, openDatabase } from '#db/client.server.ts'
import { type ClamdAddress, openClamd } from '#evidence/malware-clamd.server.ts'
import { openEvidenceStore } from '#evidence/store/open.server.ts'
import type { S3Settings } from '#evidence/store/s3-settings.ts'
import { loadLibrary } from '#questionnaires/library.server.ts'
import type { MailSettings } from './mail-settings.server.ts'
import { loadSecret } from './secret.server.ts'
import { describeScanner, describeStore } from './storage-report.server.ts'

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

export interface RuntimeOptions {
  dataDir: string
  log: (line: string) => void
  /** Null, or left out, for the embedded PostgreSQL. */
  databaseUrl?: string | null
  /** Null, or left out, for the one that the data folder keeps. */
  secret?: string | null
  maxUploadBytes?: number
  publicUrl?: string | null
  /** Where this server listens. */
  ownUrl?: string | null
  demoAlways?: boolean
  s3?: S3Settings | null
  clamd?: ClamdAddress | null
  timestampUrl?: string | null
  /** Null, or left out: mails wait in the outbox to be handed over. */
  mail?: MailSettings | null
  /** Also do what comes by the clock, such as checkpoints of ledgers. */
  byTheClock?: boolean
  /** The database ended although nobody asked it to. */
  onCrash?: (error: Error) => void
}

export interface StartedRuntime {
  runtime: Runtime
  /** Lets running jobs end for a while, then closes everything. */
  stop(): Promise<void>
}

/**
 * Opens everything and makes it the runtime of this process; what was opened is closed again when a step fails.
 * @throws errors with codes that `explainStartFailure` knows
 */
export async function startRuntime(options: RuntimeOptions): Promise<StartedRuntime> {
  // A published edition that changed stops the start: what was signed with it must stay checkable.
  loadLibrary()
  await mkdir(options.dataDir, { recursive: true })
  const { dataDir, log, onCrash } = options
  const database = await openDatabase({ url: options.databaseUrl ?? undefined, dataDir, log, onCrash })
  try {
    return await startServices(options, database)
  } catch (error) {
    setRuntime(undefined)
    await database.close()
    throw error
  }
}

async function startServices(options: RuntimeOptions, database: Database): Promise<StartedRuntime> {
  const { dataDir, log } = options
  const runtime: Runtime = {
    database,
    store: await openEvidenceStore(options, { cleanLeftovers: true }),
    malware: options.clamd ? openClamd(options.clamd) : null,
    mailer: options.mail ? openMailer(options.mail) : null,
    settings: {
      root: ROOT,
      dataDir,
      secret: options.secret ?? (await loadSecret(dataDir)),
      maxUploadBytes: options.maxUploadBytes ?? 1024 ** 3,
      publicUrl: options.publicUrl ?? null,
      ownUrl: options.ownUrl ?? null,
      demoAlways: options.demoAlways ?? false,
      s3: options.s3 ?? null,
      timestampUrl: options.timestampUrl ?? null,
      bounceAddress: options.mail?.bounceAddress ?? null,
      inboundToken: options.mail?.inboundToken ?? null,
    },
    clock: () => new Date(),
    newId: () => randomUUID(),
    jobs: { enqueue: () => Promise.reject(new Error('The job queue has not started yet')) },
  }
  for (const line of [describeStore(runtime.store.status()), await describeScanner(runtime.malware)]) {
    if (line !== null) log(line)
  }
  // Before the queue: a job left over from an earlier run may begin at once.
  setRuntime(runtime)
  const queue = await startQueue({
    url: database.ownerUrl,
    soleOwner: !options.databaseUrl,
    handle: handleJob,
    log,
    byTheClock: options.byTheClock,
  })
  runtime.jobs = queue
  const stop = async () => {
    try {
      await queue.stop()
    } finally {
      runtime.mailer?.close()
      await database.close()
    }
  }
  return { runtime, stop }
}
