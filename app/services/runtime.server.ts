/** The running parts that services need: set once by the server, the CLI, a worker or a test. */
import type { Mailer } from '#app/mail/smtp.server.ts'
import type { Database } from '#db/client.server.ts'
import { type CheckNetwork, STRICT_NETWORK } from '#evidence/checks/network.server.ts'
import type { MalwareScanner } from '#evidence/malware.ts'
import type { S3Settings } from '#evidence/store/s3-settings.ts'
import type { EvidenceStore } from '#evidence/store/store.ts'

export interface Runtime {
  database: Database
  store: EvidenceStore
  /** Null, or left out, when uploads are not scanned. */
  malware?: MalwareScanner | null
  /** Null, or left out, without a mail server: then mails wait in the outbox to be handed over. */
  mailer?: Mailer | null
  settings: {
    /** The project's folder: worker threads are started from files below it. */
    root: string
    dataDir: string
    /** Passphrase of private keys at rest, and what the ledger's heads are sealed with; empty in worker threads. */
    secret: string
    /** Hex; for worker threads, which seal the ledger of their one organisation without knowing the secret. */
    ledgerHeadKey?: string
    /** Where reports’ signatures and ledgers’ checkpoints are timestamped (RFC 3161); null, or left out, for nowhere. */
    timestampUrl?: string | null
    /** Where reports of mails come back to, before each gets its key: `bounces@mail.example.com`; null or left out for none. */
    bounceAddress?: string | null
    /** What a mail provider or a pipe shows to hand such reports in; null, or left out: nobody may but members. */
    inboundToken?: string | null
    maxUploadBytes: number
    publicUrl: string | null
    /** Where this server listens, for links in mails that no request asked for; null, or left out, where none does. */
    ownUrl?: string | null
    /** Whether the demo workspace is offered although a real organisation exists. */
    demoAlways: boolean
    /** For worker threads, which open the evidence store again; null, or left out, for the data folder. */
    s3?: S3Settings | null
  }
  clock: () => Date
  newId: () => string
  jobs: JobQueue
  /** How live checks reach the outside. Left out everywhere but in tests: then only public addresses are contacted. */
  network?: CheckNetwork
}

export function networkOf(runtime: Runtime): CheckNetwork {
  return runtime.network ?? STRICT_NETWORK
}

/** Where browsers reach us; nobody asks just now, so only what was configured or listened on tells. */
export function ownOrigin(): string | null {
  const { publicUrl, ownUrl } = getRuntime().settings
  return publicUrl ?? ownUrl ?? null
}

/** What services ask of the job queue; `app/jobs/queue.server.ts` fulfils it. */
export interface JobQueue {
  enqueue(job: Job): Promise<void>
  /** Those of these alone that are neither waiting nor under way. Left out where nobody looks for lost jobs. */
  enqueueLost?(jobs: readonly Job[]): Promise<void>
}

export type Job =
  | { name: 'import-scan'; organisationId: string; importId: string }
  | { name: 'update-register'; organisationId: string; clientId: string }
  | { name: 'load-catalogue'; organisationId: string; loadId: string }
  | { name: 'render-report'; organisationId: string; reportId: string }
  | { name: 'attest-report'; organisationId: string; reportId: string }
  | { name: 'countersign-report'; organisationId: string; reportId: string; slot: string }
  | { name: 'sign-waiver'; organisationId: string; waiverId: string }
  | { name: 'send-mail'; organisationId: string; mailId: string }
  | { name: 'deliver-webhook'; organisationId: string; deliveryId: string }
  /** For all organisations: tells webhooks what is due by now. */
  | { name: 'look-for-due' }
  /** For all organisations: asks again for what waits without a job. */
  | { name: 'look-for-lost' }
  | { name: 'make-claim-pack'; organisationId: string; packId: string }
  | { name: 'make-checkpoint'; organisationId: string }
  /** For all organisations: asks for the checkpoints that are due. */
  | { name: 'look-for-checkpoints' }
  /** For all organisations: asks for a look at the reminders of each. */
  | { name: 'look-for-reminders' }
  | { name: 'send-reminders'; organisationId: string }
  | { name: 'run-mail-check' | 'run-exposure-check'; organisationId: string; checkId: string }

// The server is started unbundled and the routes are bundled: both must find the same runtime.
const KEY = Symbol.for('attested.runtime')
const slot = globalThis as typeof globalThis & { [KEY]?: Runtime }

export function setRuntime(runtime: Runtime | undefined): void {
  slot[KEY] = runtime
}

export function getRuntime(): Runtime {
  const runtime = slot[KEY]
  if (!runtime) throw new Error('The runtime is not set: start through app/server/main.server.ts or the CLI')
  return runtime
}
