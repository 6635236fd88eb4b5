/** Planning and sending reminders beside pg-boss alone: what the product's own work costs on top of its queue. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import PgBoss from 'pg-boss'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { type StartedQueue, startQueue } from '#app/jobs/queue.server.ts'
import { signUp } from '#app/services/accounts.server.ts'
import type { Member } from '#app/services/member.ts'
import { sendReminders } from '#app/services/reminder-planner.server.ts'
import { saveReminderPreference, saveReminderSettings } from '#app/services/reminder-settings.server.ts'
import { getRuntime, setRuntime } from '#app/services/runtime.server.ts'
import { ScheduleInput } from '#app/services/schedule-input.ts'
import { saveSchedule } from '#app/services/schedules.server.ts'
import { type Database, openDatabase } from '#db/client.server.ts'
import { insertClient } from '#db/queries/clients.server.ts'
import { openLocalFolderStore } from '#evidence/store/local-folder.server.ts'
import type { Options, Outcome } from './measurement.ts'
import { alternate, compare, median } from './rounds.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Schedules a client: its scans and its review meetings. */
const EACH = 2
/** Jobs whose way to their handler is timed, one after the other. */
const TIMED = 20
/** Of both queues, in milliseconds. */
const POLLING = 500

export async function measure({ quick, rounds, folder, say }: Options): Promise<Outcome> {
  const clients = quick ? 20 : 5000
  const dataDir = join(folder, 'reminders')
  await mkdir(dataDir)
  const database = await openDatabase({ dataDir })
  // After the moments of the dates of January: the first round has one reminder a schedule, like the others.
  let now = new Date('2027-01-06T12:00:00Z')
  let sent = 0
  const runtime = await enter(
    database,
    dataDir,
    () => now,
    () => {
      sent += 1
    },
  )
  let queue: StartedQueue | undefined
  const bare = new PgBoss({ connectionString: database.ownerUrl, schema: 'pgboss_bare', max: 3 })
  bare.on('error', () => undefined)
  try {
    const large = await organisationWith('large', clients)
    const small = await organisationWith('small', Math.max(2, clients / 10))
    await bare.start()
    const pending = await startBareLoop(bare)
    const log = () => undefined
    queue = await startQueue({ url: database.ownerUrl, soleOwner: true, handle: handleJob, log })
    const schedules = clients * EACH
    say(`  ${rounds} rounds of ${schedules} schedules`)
    // The first look writes the dates down; what is measured is what comes every few minutes.
    for (const member of [large, small]) await sendReminders(member.organisationId)
    const look = (member: Member, count: number) => async () => {
      const before = performance.now()
      await sendReminders(member.organisationId)
      return { schedule: ((performance.now() - before) * 1000) / count }
    }
    const few = Math.max(2, clients / 10) * EACH
    const looks = await alternate(rounds, { large: look(large, schedules), small: look(small, few) })
    const started = queue
    let month = 0
    const sendAll = async () => {
      // Two weeks before the day of the next month.
      month += 1
      now = new Date(Date.UTC(2027, month, 6, 9, 1))
      runtime.jobs = started
      sent = 0
      const before = performance.now()
      await sendReminders(large.organisationId)
      const planned = performance.now()
      while (sent < schedules) await sleep(20)
      const ended = performance.now()
      const perSecond = (ms: number) => schedules / (ms / 1000)
      return { written: perSecond(planned - before), sent: perSecond(ended - before) }
    }
    const bareLoop = async () => {
      const before = performance.now()
      const done = pending(schedules)
      for (let index = 0; index < schedules; index += 1) await bare.send('bare', { index })
      const written = performance.now()
      await done
      const perSecond = (ms: number) => schedules / (ms / 1000)
      return { written: perSecond(written - before), sent: perSecond(performance.now() - before) }
    }
    const through = await alternate(rounds, { ours: sendAll, theirs: bareLoop })
    const waits = await alternate(rounds, {
      ours: async () => ({ wait: await timeOurs(runtime, started) }),
      theirs: async () => ({
        wait: await timeEach(async () => {
          const done = pending(1)
          await bare.send('bare', {})
          await done
        }),
      }),
    })
    const baseline = 'pg-boss alone, empty jobs, same database and polling'
    const rate = { unit: 'requests/s' as const, baseline }
    return {
      rows: [
        {
          ...{ what: `A look with nothing to say, for each of ${schedules} schedules`, unit: 'µs' as const },
          ...{ baseline: `the same, of ${few}`, ...compare(looks, 'schedule', 'large', 'small') },
        },
        {
          what: 'Reminders planned and written, a second',
          ...rate,
          ...compare(through, 'written', 'ours', 'theirs'),
        },
        {
          what: 'Reminders planned, written and sent, a second',
          ...rate,
          ...compare(through, 'sent', 'ours', 'theirs'),
        },
        {
          what: 'A job until its handler is done',
          unit: 'ms',
          baseline,
          ...compare(waits, 'wait', 'ours', 'theirs'),
        },
      ],
      notes: [
        `${schedules} schedules of ${clients} clients; ${schedules} mails a round, to a mailer that does nothing. Medians of ${rounds} rounds. One worker on either side.`,
      ],
    }
  } finally {
    await queue?.stop()
    await bare.stop({ graceful: false, wait: true, close: true })
    setRuntime(undefined)
    await database.close()
  }
}

/** @returns how to wait for so many jobs to be done */
async function startBareLoop(bare: PgBoss): Promise<(count: number) => Promise<void>> {
  await bare.createQueue('bare')
  let open = 0
  let tell: () => void = () => undefined
  let worker = ''
  const polling = { pollingIntervalSeconds: 0.5, batchSize: 1, includeMetadata: true } as const
  worker = await bare.work('bare', polling, async () => {
    open -= 1
    if (open === 0) tell()
    bare.notifyWorker(worker)
  })
  return (count) => {
    open = count
    return new Promise((resolve) => {
      tell = resolve
    })
  }
}

async function timeEach(work: () => Promise<void>): Promise<number> {
  const took: number[] = []
  for (let index = 0; index < TIMED; index += 1) {
    // Whoever enqueues right behind a job meets the look that follows it, or just misses it, by chance: each job comes
    // to a worker that has nothing to do, and all of them at moments spread over its pause.
    await sleep(POLLING / 5 + (index * POLLING) / TIMED)
    const before = performance.now()
    await work()
    took.push(performance.now() - before)
  }
  return median(took)
}

/** A look at an organisation that does not exist: the queue's way with next to no work at its end. */
async function timeOurs(runtime: ReturnType<typeof getRuntime>, queue: StartedQueue): Promise<number> {
  const { forSignIn, inOrganisation } = runtime.database
  try {
    return await timeEach(async () => {
      const organisationId = crypto.randomUUID()
      const done = new Promise<void>((resolve) => {
        runtime.database.inOrganisation = async (id, work) => {
          const result = await inOrganisation(id, work)
          if (id === organisationId) resolve()
          return result
        }
      })
      await queue.enqueue({ name: 'send-reminders', organisationId })
      await done
    })
  } finally {
    Object.assign(runtime.database, { forSignIn, inOrganisation })
  }
}

async function enter(database: Database, dataDir: string, clock: () => Date, onSend: () => void) {
  setRuntime({
    database,
    store: await openLocalFolderStore(dataDir),
    mailer: { send: async () => onSend(), close: () => undefined },
    settings: {
      ...{ root: ROOT, dataDir, secret: 'the secret of a measurement, 32 bytes', maxUploadBytes: 1 },
      ...{ publicUrl: 'http://attested.test', demoAlways: false },
    },
    clock,
    newId: () => crypto.randomUUID(),
    jobs: { enqueue: async () => undefined },
  })
  return getRuntime()
}

async function organisationWith(name: string, clients: number): Promise<Member> {
  const person = { name: 'Ben Bench', email: `${name}@bench.example` }
  const organisationName = `Bench ${name}`
  const made = await signUp({ ...person, organisationName, password: 'correct horse battery' })
  if (made.outcome !== 'created') throw new Error('The member of the measurement could not sign up')
  const { userId, organisationId } = made
  const who = { ...person, userId, organisationId, organisationName }
  const place = { organisationKind: 'msp', organisationIsDemo: false } as const
  const member: Member = { ...who, ...place, role: 'owner', hasSecondFactor: false }
  const { database, clock } = getRuntime()
  await database.inOrganisation(organisationId, async (tx) => {
    for (let index = 0; index < clients; index += 1)
      await insertClient(tx, {
        ...{ organisationId, id: crypto.randomUUID(), legalName: `Client ${index}`, createdAt: clock() },
      })
  })
  // One reminder for each date, at once and on every day of the week.
  await saveReminderSettings(member, null, {
    ...{ seenVersion: 0, ownerDays: [-14], leadDays: [], sponsorDays: [], leadUserId: null },
    ...{ sponsorName: null, sponsorEmail: null, timeZone: null, localHour: null },
  })
  await saveReminderPreference(member, {
    ...{ channel: 'single', digestWeekday: 1, timeZone: 'UTC', localHour: 9 },
    ...{ quietFrom: 0, quietUntil: 0, onWeekends: true },
  })
  for (const purpose of ['scan', 'review-meeting'] as const) {
    const monthly = { isOn: 'on', how: 'month-day', months: '1', day: '20', startsOn: '2027-01-01' }
    const input = ScheduleInput.parse({ ...monthly, seenVersion: '0', timeZone: '', localHour: '' })
    await saveSchedule(member, { clientId: null, applicationId: null }, purpose, input)
  }
  return member
}
