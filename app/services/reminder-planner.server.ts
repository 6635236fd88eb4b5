/**
 * Sends the reminders that are due: a job looks at every organisation by the clock, as the cross-tenant scheduler of
 * rule 6, and sees ids; another works on one organisation. What is to go is decided and written down, with its mail, in
 * one transaction under the organisation's lock, so that no crash loses or doubles anything: either all of it happened
 * or none. The mails leave afterwards, under ids by which a mail server knows them again.
 */
import { planReminders, type ReminderPlan, type Subject } from '#app/schedule/reminder-plan.ts'
import type { Tx } from '#db/client.server.ts'
import { getOrganisation } from '#db/queries/members.server.ts'
import * as reminders from '#db/queries/reminders.server.ts'
import { findLedgerName, listLedgers } from './ledger-check.server.ts'
import { failMail } from './mail-delivery.server.ts'
import { beginDueReattestations } from './reattestation-schedule.server.ts'
import { closeMissedReattestations } from './reattestations.server.ts'
import { loadSubjects, oldestOccurrence } from './reminder-context.server.ts'
import { type Batch, batchesOf, sendBatches, writeDown } from './reminder-sending.server.ts'
import { getRuntime } from './runtime.server.ts'
import { noteOccurrences } from './schedule-occurrences.server.ts'

/** So many mails are written in one transaction: what a crash can cost. */
const MAILS_AT_ONCE = 500
const NOTED_EVERY_MS = 6 * 60 * 60 * 1000
/** A mail is tried for about four hours; one that still stands as on its way after this was lost with its job. */
const LOST_AFTER_MS = 12 * 60 * 60 * 1000

/** For all organisations. */
export async function lookForReminders(): Promise<void> {
  const { database, jobs } = getRuntime()
  for (const organisationId of await listLedgers(database))
    await jobs.enqueue({ name: 'send-reminders', organisationId })
}

/** For one organisation; harmless however often it is called, and by however many at once. */
export async function sendReminders(organisationId: string): Promise<void> {
  const { database } = getRuntime()
  if ((await findLedgerName(database, organisationId)) === null) return
  const isNoted = await database.inOrganisation(organisationId, (tx) => noteDates(tx, organisationId))
  if (isNoted) await closeMissedReattestations(organisationId)
  // At every look: the mail that tells of a date leaves in this one, and leads to its draft.
  await beginDueReattestations(organisationId)
  for (;;) {
    const isDone = await database.inOrganisation(organisationId, (tx) => sendSome(tx, organisationId))
    if (isDone) break
  }
  await showLostMails(organisationId)
}

/** @returns whether the dates of schedules were looked at: every few hours is enough for what has a day */
async function noteDates(tx: Tx, organisationId: string): Promise<boolean> {
  if (!(await reminders.tryReminderLock(tx, organisationId))) return false
  const now = getRuntime().clock()
  const look = await reminders.noteLook(tx, organisationId, now)
  if (look.notedAt && now.getTime() - look.notedAt.getTime() < NOTED_EVERY_MS) return false
  await noteOccurrences(tx, organisationId, { now, firstLook: look.firstAt })
  await reminders.noteSchedulesNoted(tx, organisationId, now)
  return true
}

/** @returns whether nothing is left, or somebody else is at it */
async function sendSome(tx: Tx, organisationId: string): Promise<boolean> {
  if (!(await reminders.tryReminderLock(tx, organisationId))) return true
  const now = getRuntime().clock()
  const organisation = await getOrganisation(tx, organisationId)
  const look = await reminders.noteLook(tx, organisationId, now)
  // A demo's people are made up: its page shows what would go, and nothing does.
  if (organisation.isDemo) return true
  const plan = await planFor(tx, organisationId, now, look.firstAt)
  const batches = batchesOf(plan.send)
  const some: Batch[] = batches.slice(0, MAILS_AT_ONCE)
  await writeDown(tx, organisationId, plan.collapse, { now, outcome: 'collapsed' })
  await sendBatches(tx, organisation, some, now)
  return some.length === batches.length
}

/**
 * What would happen now; pages show the same.
 * @param firstLook now itself where nobody looked yet
 * @param clientId only what concerns this client
 */
export async function planFor(
  tx: Tx,
  organisationId: string,
  now: Date,
  firstLook: Date,
  clientId?: string,
): Promise<ReminderPlan & { subjects: Subject[] }> {
  const subjects = await loadSubjects(tx, organisationId, now, { clientId })
  const said = await reminders.listSaid(tx, organisationId, oldestOccurrence(now), clientId)
  return { ...planReminders(subjects, said, { now, firstLook }), subjects }
}

/** A server that dies in the last try of a mail takes its job along: the mail is then shown as not sent, to be sent again. */
async function showLostMails(organisationId: string): Promise<void> {
  const { database, clock } = getRuntime()
  const before = new Date(clock().getTime() - LOST_AFTER_MS)
  const lost = await database.inOrganisation(organisationId, (tx) =>
    reminders.listStuckMails(tx, organisationId, before),
  )
  for (const mailId of lost)
    await failMail(organisationId, mailId, 'The server stopped while it was sending this. Try again.')
}
