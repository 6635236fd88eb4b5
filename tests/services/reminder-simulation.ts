/**
 * A portfolio whose people forget things, over a simulated time: servers that are killed at random points and started
 * again, days without any server, a mail server that is told everything at least once.
 */
import { handleJob } from '#app/jobs/handlers.server.ts'
import type { OutgoingMail } from '#app/mail/smtp.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { sendReminders } from '#app/services/reminder-planner.server.ts'
import { saveReminderPreference, saveReminderSettings } from '#app/services/reminder-settings.server.ts'
import { takeReminderStep } from '#app/services/reminders.server.ts'
import { getRuntime, type Job } from '#app/services/runtime.server.ts'
import { settleOccurrence } from '#app/services/schedule-settling.server.ts'
import { saveSchedule } from '#app/services/schedules.server.ts'
import * as accounts from '#db/queries/accounts.server.ts'
import { insertApplication } from '#db/queries/applications.server.ts'
import { insertPolicy, insertPolicyVersion } from '#db/queries/policies.server.ts'
import { listReminders } from '#db/queries/reminders.server.ts'
import { listNotedOccurrences } from '#db/queries/schedules.server.ts'
import { randomNumbers } from '../support/random-numbers.ts'
import type { World } from '../support/world.ts'
import {
  clockIn,
  type Expected,
  expectReminders,
  type Person,
  type Thing,
  walkTo,
} from './reminder-oracle.ts'
import { INSURER, makeThing, THING_KINDS } from './reminder-things.ts'

const DAY = 86_400_000
const RUNGS = { owner: [-14, -3, 0], lead: [3], sponsor: [10] }

export interface Simulation {
  clients: number
  days: number
  seed: number
  begun: Date
  /** Servers die after one step to so many, small and large numbers alike; 0: they never die. */
  longestLife: number
}

export interface Outcome {
  expected: Expected[]
  /** Reminders as the product wrote them down, in the same words. */
  made: Expected[]
  collapsed: number
  /** Of mails about one thing: the subject, and the day that their reader's calendar showed. */
  said: { subject: string; dueOn: string; today: string }[]
  /** Mails by their id, with how often the mail server was told. */
  received: Map<string, { mail: OutgoingMail; times: number }>
  mailIds: Set<string>
  deaths: number
  looks: number
}

class Killed extends Error {}

interface Event {
  at: Date
  happen: () => Promise<void>
}

export async function simulate(world: World, owner: Member, options: Simulation): Promise<Outcome> {
  const below = randomNumbers(options.seed)
  const { begun } = options
  const end = new Date(begun.getTime() + options.days * DAY)
  const setClock = (at: Date) => world.setClock(at)
  setClock(begun)
  const runtime = getRuntime()
  runtime.settings.ownUrl = 'http://attested.test'
  const { organisationId } = owner
  const inOrganisation = runtime.database.inOrganisation
  const people = await hireMembers(owner)
  await saveReminderSettings(owner, null, {
    ...{ seenVersion: 0, ownerDays: RUNGS.owner, leadDays: RUNGS.lead, sponsorDays: RUNGS.sponsor },
    ...{ leadUserId: people[0]?.member.userId ?? '', sponsorName: null, sponsorEmail: null },
    ...{ timeZone: 'Europe/Lisbon', localHour: 9 },
  })
  await saveSchedule(owner, { clientId: null, applicationId: null }, 'review-meeting', {
    ...{ seenVersion: 0, isOn: true, rule: 'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1' },
    ...{ startsOn: '2024-01-01', timeZone: 'Europe/Berlin', localHour: 10 },
  })

  const things: Thing[] = []
  const events: Event[] = []
  const lead = people[0]?.person as Person
  const guest = (email: string): Person => ({
    ...{
      email,
      zone: 'Europe/Lisbon',
      hour: 9,
      weekly: null,
      quietFrom: 20,
      quietUntil: 7,
      onWeekends: false,
    },
  })
  const momentIn = (from: number, until: number) =>
    new Date(from + below(Math.max(1, Math.floor((until - from) / 60_000))) * 60_000)
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

  for (let index = 0; index < options.clients; index += 1) {
    const name = `Client ${index + 1}`
    const sponsor = guest(`sponsor${index}@client.example`)
    const contact = { contactName: `Sponsor ${index}`, contactEmail: sponsor.email }
    const clientId = await createClient(owner, {
      ...demoClients(begun).dental,
      legalName: name,
      ...contact,
    })
    const applicationId = crypto.randomUUID()
    await inOrganisation(organisationId, (tx) =>
      insertApplication(tx, {
        ...{ organisationId, id: applicationId, clientId, formCode: 'core-cyber', edition: '1' },
        ...{ editionSha256: '0'.repeat(64), createdBy: owner.userId, createdAt: begun },
      }),
    )
    const policyId = await insure(owner, clientId, begun)
    const ladder = (first: Person) => [
      ...RUNGS.owner.map((offset) => ({ rung: 'owner', offset, person: first })),
      ...RUNGS.lead.map((offset) => ({ rung: 'lead', offset, person: lead })),
      ...RUNGS.sponsor.map((offset) => ({ rung: 'sponsor', offset, person: sponsor })),
    ]
    const count = Math.max(3, Math.round((options.days / 365) * 7))
    for (let turn = 0; turn < count; turn += 1) {
      const at = momentIn(begun.getTime(), end.getTime() - 20 * DAY)
      const dueOn = dayOf(at.getTime() + (1 + below(60)) * DAY)
      const done = below(3) === 0 ? null : momentIn(at.getTime(), Date.parse(dueOn) + 25 * DAY)
      const doneAt = done !== null && done < end ? done : null
      const who = people[below(people.length)]
      if (!who) throw new Error('Nobody works here')
      const kind = THING_KINDS[below(THING_KINDS.length)] ?? 'evidence'
      const guestEmail = `${index}.${turn}@client.example`
      const made = makeThing(kind, {
        ...{ owner, who: who.member, clientId, applicationId, policyId, at, dueOn },
        ...{ title: `${name}, thing ${turn + 1}`, guest: guestEmail },
      })
      const thing: Thing = {
        ...{ title: made.title, dues: [{ at, dueOn }], doneAt, rest: null },
        rungs: ladder(kind === 'asked' ? guest(guestEmail) : who.person),
      }
      things.push(thing)
      events.push({ at, happen: made.begin })
      if (doneAt) events.push({ at: doneAt, happen: () => made.end(doneAt) })
      if (made.move) {
        const { move } = made
        const movedAt = momentIn(at.getTime(), Date.parse(dueOn) + 5 * DAY)
        if (below(3) === 0 && movedAt < end && (!doneAt || movedAt < doneAt)) {
          const later = dayOf(Date.parse(dueOn) + (5 + below(20)) * DAY)
          thing.dues.push({ at: movedAt, dueOn: later })
          events.push({ at: movedAt, happen: () => move(later) })
        }
      }
      const restAt = momentIn(at.getTime(), Date.parse(dueOn))
      if (kind !== 'asked' && below(6) === 0 && restAt < end && (!doneAt || restAt < doneAt)) {
        const isStop = below(3) === 0
        const untilOn = isStop ? null : dayOf(restAt.getTime() + (2 + below(15)) * DAY)
        thing.rest = { at: restAt, untilOn }
        events.push({
          at: restAt,
          happen() {
            const step = { subjectKey: made.key(), reason: 'They asked us to wait' }
            return takeReminderStep(
              owner,
              clientId,
              untilOn === null ? { intent: 'stop', ...step } : { intent: 'snooze', untilOn, ...step },
            )
          },
        })
      }
    }
    for (const dueOn of lastDaysOfEveryOtherMonth(begun, end)) {
      const done =
        below(2) === 0 ? momentIn(Date.parse(dueOn) - 10 * DAY, Date.parse(dueOn) + 12 * DAY) : null
      const doneAt = done !== null && done > new Date(begun.getTime() + DAY) && done < end ? done : null
      const title = `Review meeting of ${name}`
      things.push({ title, dues: [{ at: begun, dueOn }], doneAt, rest: null, rungs: ladder(lead) })
      if (!doneAt) continue
      events.push({
        at: doneAt,
        happen: async () => {
          const rows = await inOrganisation(organisationId, (tx) =>
            listNotedOccurrences(tx, organisationId, { from: dueOn, clientId }),
          )
          const row = rows.find((one) => one.plannedOn === dueOn)
          if (row) await settleOccurrence(owner, clientId, row.id, 'done')
        },
      })
    }
  }

  const looks = chooseLooks(things, begun, end, below)
  const { received, deaths } = await run(options, { setClock, owner, looks, events, below })
  const rows = await inOrganisation(organisationId, (tx) =>
    listReminders(tx, organisationId, { limit: 1_000_000 }),
  )
  const zones = new Map(people.map(({ person }) => [person.email, person.zone]))
  const made = rows
    .filter(({ reminder }) => reminder.outcome !== 'collapsed')
    .map(({ reminder, clientName }) => ({
      title: reminder.title === 'Review meeting' ? `Review meeting of ${clientName}` : reminder.title,
      ...{ dueOn: reminder.occurrence, rung: reminder.rung, offset: reminder.offsetDays },
      ...{ email: reminder.recipientEmail, at: reminder.at.toISOString() },
    }))
  return {
    expected: expectReminders(things, looks),
    made,
    collapsed: rows.length - made.length,
    said: rows.flatMap(({ reminder: { mailId, recipientEmail, occurrence: dueOn, at } }) => {
      const subject = received.get(mailId ?? '')?.mail.subject
      if (!subject || !/^(Due|Overdue)/.test(subject)) return []
      const zone = zones.get(recipientEmail) ?? 'Europe/Lisbon'
      return [{ subject, dueOn, today: clockIn(zone, at.getTime()).day }]
    }),
    received,
    mailIds: new Set(rows.flatMap(({ reminder }) => reminder.mailId ?? [])),
    deaths,
    looks: looks.length,
  }
}

/** A policy whose renewal has the steps. */
async function insure(owner: Member, clientId: string, at: Date): Promise<string> {
  const { organisationId, userId: recordedBy, name: recordedByName } = owner
  const contact = { name: null, email: null, phone: null }
  const policyId = crypto.randomUUID()
  const recorded = { recordedByName, recordedAt: at }
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await insertPolicy(tx, { organisationId, id: policyId, clientId, version: 1, ...recorded })
    await insertPolicyVersion(tx, {
      ...{ organisationId, id: crypto.randomUUID(), policyId, version: 1, insurer: INSURER },
      ...{ inceptionOn: '2027-01-01', expiresOn: '2037-01-01', timeZone: 'UTC', recordedBy, ...recorded },
      terms: {
        ...{ insurerContact: contact, broker: null, brokerContact: contact, currency: 'USD', limits: [] },
        ...{ retentionMinor: null, sublimits: [], waitingPeriodHours: null, retroactiveOn: null },
        ...{ endorsements: [], notices: [], scanCadence: null, quoteReference: null, documents: [] },
        applicationId: null,
      },
    })
  })
  return policyId
}

/** A minute after every moment at which something may go, and now and then in between; not while no server runs. */
function chooseLooks(things: Thing[], begun: Date, end: Date, below: (most: number) => number): Date[] {
  const moments = new Set<number>()
  const shift = (day: string, days: number) =>
    new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
  for (const { dues, rest, rungs } of things) {
    for (const { offset, person } of rungs) {
      for (const { dueOn } of dues) moments.add(walkTo(shift(dueOn, offset), person))
      if (rest?.untilOn) moments.add(walkTo(rest.untilOn, person))
    }
  }
  for (let at = begun.getTime(); at < end.getTime(); at += DAY) moments.add(at + below(24) * 3_600_000)
  const downtimes: [number, number][] = []
  for (let at = begun.getTime() + 20 * DAY; at < end.getTime(); at += (30 + below(60)) * DAY)
    downtimes.push([at, at + below(9 * 24) * 3_600_000])
  const isUp = (at: number) => downtimes.every(([from, until]) => at < from || at > until)
  return [begun.getTime(), ...moments]
    .filter((at) => at >= begun.getTime() && at < end.getTime() && isUp(at))
    .sort((a, b) => a - b)
    .map((at) => new Date(at + 60_000))
}

function lastDaysOfEveryOtherMonth(begun: Date, end: Date): string[] {
  const days: string[] = []
  for (let year = begun.getUTCFullYear(); year <= end.getUTCFullYear(); year += 1)
    // January, March and so on: day 0 of the month after.
    for (let month = 1; month < 12; month += 2)
      days.push(new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10))
  return days.filter(
    (day) => Date.parse(day) >= begun.getTime() && Date.parse(day) < end.getTime() + 60 * DAY,
  )
}

/** Everything that happens, in order; whoever dies is started again at once. */
async function run(
  { longestLife }: Simulation,
  about: {
    setClock: (at: Date) => void
    owner: Member
    looks: Date[]
    events: Event[]
    below: (most: number) => number
  },
) {
  const { setClock, owner, looks, events, below } = about
  const runtime = getRuntime()
  const received: Outcome['received'] = new Map()
  const queue: { job: Job; tries: number }[] = []
  let deaths = 0
  let isDangerous = false
  // Evenly by magnitude: most die early, and some live long enough to finish a transaction of hundreds of mails.
  const chooseLife = () => Math.ceil(longestLife ** (below(10_000) / 10_000))
  let stepsLeft = chooseLife()
  const mayDie = () => {
    if (!isDangerous || longestLife === 0) return
    stepsLeft -= 1
    if (stepsLeft > 0) return
    stepsLeft = chooseLife()
    deaths += 1
    throw new Killed('killed')
  }
  const { newId, database } = runtime
  const { inOrganisation } = database
  // Between any two steps of the product the server may die: in a transaction, after it, before and after a job or mail.
  runtime.newId = () => {
    mayDie()
    return newId()
  }
  database.inOrganisation = async (organisationId, work) => {
    mayDie()
    const result = await inOrganisation(organisationId, async (tx) => {
      const done = await work(tx)
      mayDie()
      return done
    })
    mayDie()
    return result
  }
  runtime.jobs = {
    enqueue: async (job) => {
      mayDie()
      queue.push({ job, tries: 0 })
      mayDie()
    },
  }
  runtime.mailer = {
    send: async (mail) => {
      mayDie()
      const held = received.get(mail.messageId)
      received.set(mail.messageId, { mail, times: (held?.times ?? 0) + 1 })
      mayDie()
    },
    close: () => undefined,
  }
  const again = async (work: () => Promise<void>) => {
    isDangerous = true
    try {
      for (;;) {
        try {
          return await work()
        } catch (error) {
          if (!(error instanceof Killed) && !isCauseKilled(error)) throw error
        }
      }
    } finally {
      isDangerous = false
    }
  }
  const workOff = async () => {
    for (let entry = queue.shift(); entry; entry = queue.shift()) {
      const { job, tries } = entry
      await again(() => handleJob(job, false)).catch(() => {
        // A mail whose transaction was rolled back is not there: its job is tried a few times and given up.
        if (tries < 3) queue.push({ job, tries: tries + 1 })
      })
    }
  }
  try {
    const waiting = events.sort((a, b) => a.at.getTime() - b.at.getTime())
    let next = 0
    for (const look of looks) {
      for (let event = waiting[next]; event && event.at <= look; event = waiting[next]) {
        setClock(event.at)
        await event.happen()
        next += 1
      }
      setClock(look)
      await again(() => sendReminders(owner.organisationId))
      await workOff()
    }
  } finally {
    runtime.newId = newId
    database.inOrganisation = inOrganisation
  }
  return { received, deaths }
}

const isCauseKilled = (error: unknown): boolean => error instanceof Error && error.cause instanceof Killed

/** In time zones with and without daylight saving, north and south, and half an hour apart. */
async function hireMembers(owner: Member): Promise<{ member: Member; person: Person }[]> {
  const { database, clock } = getRuntime()
  const WAYS = [
    { zone: 'Europe/Berlin', hour: 9, channel: 'single', weekday: 1, quiet: [20, 7], weekends: false },
    { zone: 'America/New_York', hour: 8, channel: 'daily', weekday: 1, quiet: [18, 8], weekends: false },
    { zone: 'Asia/Kolkata', hour: 9, channel: 'weekly', weekday: 4, quiet: [20, 7], weekends: false },
    { zone: 'Australia/Sydney', hour: 3, channel: 'single', weekday: 1, quiet: [0, 0], weekends: true },
    { zone: 'Europe/Berlin', hour: 2, channel: 'none', weekday: 1, quiet: [12, 13], weekends: true },
  ] as const
  const hired: { member: Member; person: Person }[] = []
  for (const [index, way] of WAYS.entries()) {
    const userId = crypto.randomUUID()
    const email = `member${index}.${userId.slice(0, 8)}@msp.example`
    await database.forSignIn(async (tx) => {
      const row = { id: userId, email, name: `Member ${index}`, passwordHash: 'x', createdAt: clock() }
      await accounts.insertAccount(tx, row)
      const { organisationId } = owner
      await accounts.insertMembership(tx, {
        ...{ organisationId, userId, role: 'technician', createdAt: clock() },
      })
    })
    const member: Member = { ...owner, userId, email, name: `Member ${index}`, role: 'technician' }
    await saveReminderPreference(member, {
      ...{ channel: way.channel, digestWeekday: way.weekday, timeZone: way.zone, localHour: way.hour },
      ...{ quietFrom: way.quiet[0], quietUntil: way.quiet[1], onWeekends: way.weekends },
    })
    hired.push({
      member,
      person: {
        ...{ email, zone: way.zone, hour: way.hour, weekly: way.channel === 'weekly' ? way.weekday : null },
        ...{ quietFrom: way.quiet[0], quietUntil: way.quiet[1], onWeekends: way.weekends },
      },
    })
  }
  return hired
}
