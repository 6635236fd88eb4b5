/** The job queue: the only file that knows pg-boss. A job is done at least once; its service makes that harmless. */
import { setTimeout as sleep } from 'node:timers/promises'
import PgBoss from 'pg-boss'
import { LaterError, NotFoundError } from '#app/services/errors.ts'
import type { Job, JobQueue } from '#app/services/runtime.server.ts'

/** `isLastTry`: after this the job will not come again, so a fault must be told to whoever waits. */
type Handler = (job: Job, isLastTry: boolean) => Promise<void>

const QUEUES = [
  'import-scan',
  'update-register',
  'load-catalogue',
  'render-report',
  'attest-report',
  'countersign-report',
  'sign-waiver',
  'send-mail',
  'deliver-webhook',
  'make-claim-pack',
  'make-checkpoint',
  'look-for-checkpoints',
  'look-for-due',
  'look-for-lost',
  'look-for-reminders',
  'send-reminders',
  'run-mail-check',
  'run-exposure-check',
] as const satisfies readonly Job['name'][]

// A crash of the server counts as a try, hence more of them than a fault deserves.
const RETRIES = { retryLimit: 20, retryDelay: 2, expireInSeconds: 60 * 60 }
const FAULTS_BEFORE_GIVING_UP = 5

// The largest report takes some twenty seconds (bench/README.md). While one that an instance held when it was killed
// is still its own, it can be neither withdrawn nor sent again.
const OF_REPORTS = { retries: { ...RETRIES, expireInSeconds: 10 * 60 }, faults: FAULTS_BEFORE_GIVING_UP }

/** How some kinds are tried that need more, or less, than the others. */
type Patience = Partial<
  Record<Job['name'], { retries: PgBoss.RetryOptions & PgBoss.ExpirationOptions; faults: number }>
>
/** A mail server that is away, or wants to see us again later (greylisting), needs minutes: up to four hours in all. */
const PATIENT: Patience = {
  'render-report': OF_REPORTS,
  'attest-report': OF_REPORTS,
  'countersign-report': OF_REPORTS,
  // Nothing about a mail takes ten minutes: one that an instance held when it was killed is another's by then.
  'send-mail': {
    retries: { retryLimit: 12, retryDelay: 10, retryBackoff: true, expireInSeconds: 10 * 60 },
    faults: 10,
  },
  // A ticket tool that is being repaired: about six hours in all.
  'deliver-webhook': {
    retries: { retryLimit: 13, retryDelay: 5, retryBackoff: true, expireInSeconds: 10 * 60 },
    faults: 12,
  },
}

/** Others' programs are waited for, and one that hangs must not hold up the rest (see webhook-turns.server.ts). */
const WORKERS: Partial<Record<Job['name'], number>> = { 'deliver-webhook': 6 }

export interface StartedQueue extends JobQueue {
  stop(): Promise<void>
}

/**
 * @param options.soleOwner nobody else works on this database (the embedded one), so whatever is marked
 *   active was cut off by a crash and is given back at once instead of after an hour.
 */
export async function startQueue(options: {
  url: string
  soleOwner: boolean
  handle: Handler
  log: (line: string) => void
  /** Also begin what comes by the clock: now, and then every so many minutes. Left out where a test or a command ends soon. */
  byTheClock?: boolean
  /** For tests, which cannot wait for hours. */
  patience?: Patience
}): Promise<StartedQueue> {
  const patience = { ...PATIENT, ...options.patience }
  const retriesOf = (name: Job['name']) => ({ ...RETRIES, ...patience[name]?.retries })
  const boss = new PgBoss({ connectionString: options.url, schema: 'pgboss', max: 3 })
  let isStopping = false
  boss.on('error', (error) => {
    // Its own upkeep may be cut off half way when everything closes; it is done again at the next start.
    if (!isStopping) options.log(`job queue: ${error.message}`)
  })
  await boss.start()
  let running = 0
  for (const name of QUEUES) {
    await createQueue(boss, name, retriesOf(name))
    if (options.soleOwner) await giveBackInterrupted(boss, name)
    const faults = patience[name]?.faults ?? FAULTS_BEFORE_GIVING_UP
    const workers: string[] = []
    for (let index = 0; index < (WORKERS[name] ?? 1); index += 1) {
      const seconds = index === 0 ? 0.5 : 1
      const polling = { pollingIntervalSeconds: seconds, batchSize: 1, includeMetadata: true } as const
      workers[index] = await boss.work<Job>(name, polling, async ([job]) => {
        running += 1
        // Where there is one job there may be more.
        const next = workers[index + 1]
        if (next) boss.notifyWorker(next)
        try {
          if (job) await options.handle(job.data, job.retryCount >= faults)
        } catch (error) {
          const afterMs = job && laterMs(job, error)
          if (!afterMs) throw error
          await putOff(boss, job, afterMs)
        } finally {
          running -= 1
          // The next one is fetched at once: waiting for the next poll would make two jobs a second of them.
          boss.notifyWorker(workers[index] ?? '')
        }
      })
    }
  }
  if (options.byTheClock) await startClock(boss)
  const enqueue = async (job: Job) => {
    await boss.send(job.name, job, retriesOf(job.name))
  }
  return {
    enqueue,
    async enqueueLost(jobs) {
      for (const job of await withoutOpenJob(boss, jobs)) await enqueue(job)
    },
    async stop() {
      isStopping = true
      for (const name of QUEUES) await boss.offWork(name)
      // A job fetched just now gets the time to begin. pg-boss itself looks for running jobs only every second,
      // which an idle server need not wait for.
      await sleep(100)
      await boss.stop({ graceful: running > 0, wait: true, timeout: 8000, close: true })
    },
  }
}

const DEADLOCK = '40P01'
const MOST_DEADLOCKS = 10

/** Instances that start together make the same tables, and the database may end one of them for the others. */
async function createQueue(boss: PgBoss, name: Job['name'], retries: PgBoss.RetryOptions): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await boss.createQueue(name, { name, policy: 'standard', ...retries })
    } catch (error) {
      if (turn === MOST_DEADLOCKS || (error as { code?: string }).code !== DEADLOCK) throw error
      await sleep(50 * turn * Math.random())
    }
  }
}

/**
 * Minutes of each hour, apart so that they don't meet. Reminders go at full hours of the time zones there are, some of
 * which are a quarter of an hour apart.
 */
const CLOCKED = [
  { name: 'look-for-checkpoints', minutes: '7,37' },
  { name: 'look-for-due', minutes: '22' },
  { name: 'look-for-lost', minutes: '3,13,23,33,43,53' },
  { name: 'look-for-reminders', minutes: '1-59/5' },
] as const satisfies readonly { name: Job['name']; minutes: string }[]

/** One look for all instances that share the database: the schedule is kept in it, and the singleton key is one. */
async function startClock(boss: PgBoss): Promise<void> {
  for (const { name, minutes } of CLOCKED) {
    const job: Job = { name }
    await boss.schedule(name, `${minutes} * * * *`, job, { ...RETRIES, retryLimit: 2 })
    await boss.send(name, job, { ...RETRIES, singletonKey: name, singletonSeconds: 60 })
  }
}

const EARLY_MS = 1000
const OPEN_FOR_MS = 30_000

/** @returns null for a failure. A young job that finds nothing is early: its transaction is still open. */
function laterMs({ createdOn }: PgBoss.JobWithMetadata, error: unknown): number | null {
  if (error instanceof LaterError) return error.afterMs
  return error instanceof NotFoundError && Date.now() - createdOn.getTime() < OPEN_FOR_MS ? EARLY_MS : null
}

/** As if it had not been fetched: a job without a start counts no try when it is fetched again. */
async function putOff(boss: PgBoss, { name, id }: PgBoss.Job, ms: number): Promise<void> {
  // pg-boss completes what is active once this returns; a second keeps it from being fetched until then.
  const seconds = Math.max(1, ms / 1000)
  await boss.getDb().executeSql(
    `update pgboss.job set state = 'retry', started_on = null, start_after = now() + $3 * interval '1 second'
     where name = $1 and id = $2 and state = 'active'`,
    [name, id, seconds],
  )
}

/** Those that are neither waiting nor under way; one look at the queue, however many they are. */
async function withoutOpenJob(boss: PgBoss, jobs: readonly Job[]): Promise<Job[]> {
  if (jobs.length === 0) return []
  const { rows } = await boss.getDb().executeSql(
    `select wanted from jsonb_array_elements($1::jsonb) wanted
     where not exists (
       select from pgboss.job where name = wanted->>'name' and state < 'completed' and data = wanted
     )`,
    [JSON.stringify(jobs)],
  )
  return rows.map((row: { wanted: Job }) => row.wanted)
}

async function giveBackInterrupted(boss: PgBoss, name: string): Promise<void> {
  const { rows } = await boss
    .getDb()
    .executeSql(`select id from pgboss.job where name = $1 and state = 'active'`, [name])
  const ids = rows.map((row: { id: string }) => row.id)
  if (ids.length > 0) await boss.fail(name, ids)
}
