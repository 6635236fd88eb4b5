/** Writes reminders down together with their mails, in one transaction that somebody else opened. */

import { ZodError } from 'zod'
import { cutText } from '#app/language/cut-text.ts'
import type { Planned, Recipient } from '#app/schedule/reminder-plan.ts'
import { daysBetween, localTime } from '#app/schedule/zone.ts'
import type { Tx } from '#db/client.server.ts'
import * as requests from '#db/queries/evidence-requests.server.ts'
import { findMemberById } from '#db/queries/members.server.ts'
import { insertReminders, listRemindersOfMail, type ReminderRow } from '#db/queries/reminders.server.ts'
import { mailRequestLink } from './evidence-requests.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { dropMail, writeMail } from './mail-outbox.server.ts'
import { mayReceiveDigest } from './mail-stops.server.ts'
import type { Member } from './member.ts'
import { listWaiting } from './reminder-context.server.ts'
import { type RemindedThing, writeDigest, writeReminder } from './reminder-mails.ts'
import { getRuntime, ownOrigin } from './runtime.server.ts'
import { emitEvent } from './webhook-emitting.server.ts'

/** What goes to one person in one mail. */
export interface Batch {
  recipient: Recipient
  planned: Planned[]
}

export interface Sender {
  id: string
  name: string
  isDemo: boolean
}

/** A mail still says something for so long; afterwards nobody sends it again. */
const MAIL_DAYS = 14
/** A mail that leaves at once needs no second look at what it is about. */
const SECOND_LOOK_MS = 10 * 60 * 1000

/** One mail each, or one for all where somebody chose that. */
export function batchesOf(planned: readonly Planned[]): Batch[] {
  const digests = new Map<string, Batch>()
  const batches: Batch[] = []
  for (const one of planned) {
    const { recipient } = one
    const isDigest = recipient.habits.channel === 'daily' || recipient.habits.channel === 'weekly'
    const held = isDigest ? digests.get(recipient.email) : undefined
    if (held) held.planned.push(one)
    else {
      const batch = { recipient, planned: [one] }
      batches.push(batch)
      if (isDigest) digests.set(recipient.email, batch)
    }
  }
  return batches
}

/**
 * @param sentByName who asked for it now; null by the clock
 * @throws where something cannot be written and somebody asked for it now
 */
export async function sendBatches(
  tx: Tx,
  organisation: Sender,
  batches: readonly Batch[],
  now: Date,
  sentByName: string | null = null,
): Promise<void> {
  const toRecord: AskedAgain[] = []
  for (const batch of batches) {
    const send = (own: Tx) => sendBatch(own, organisation, batch, now, sentByName)
    const asked = sentByName === null ? await sendOrShow(tx, organisation, batch, now, send) : await send(tx)
    if (asked) toRecord.push(asked)
  }
  // Last: it holds the organisation's ledger until the transaction ends.
  for (const payload of toRecord)
    await recordInLedger(tx, organisation.id, {
      kind: 'request.reminded',
      actor: 'Attested',
      at: now,
      payload,
    })
}

/** For the ledger. */
type AskedAgain = {
  requestId: string
  recipient: string
  delivery: string
}

async function sendBatch(
  tx: Tx,
  organisation: Sender,
  { recipient, planned }: Batch,
  now: Date,
  sentByName: string | null,
): Promise<AskedAgain | null> {
  const [first] = planned
  if (!first) return null
  const asked = await remindWhoWasAsked(tx, organisation, first, now)
  const mailId = asked?.mailId ?? (await writeToMember(tx, organisation, recipient, planned, now))
  const outcome = mailId === null ? 'notice' : 'mail'
  await writeDown(tx, organisation.id, planned, { now, outcome, mailId, sentByName })
  for (const one of planned) await tellEscalated(tx, organisation.id, one, now)
  return asked?.payload ?? null
}

/**
 * A mail that cannot be written, for whatever stands in it, holds up nobody else's: it is undone by itself, and the
 * bell of its member tells of the thing instead.
 */
async function sendOrShow(
  tx: Tx,
  organisation: Sender,
  { planned }: Batch,
  now: Date,
  send: (tx: Tx) => Promise<AskedAgain | null>,
): Promise<AskedAgain | null> {
  try {
    return await tx.transaction(send)
  } catch (error) {
    const why = whyUnwritable(error)
    if (why === null) throw error
    // Not the error itself: it holds the mail, which may hold a link that opens something.
    console.error(`A mail about ${planned[0]?.due.subjectKey} could not be written: ${why}`)
    await writeDown(tx, organisation.id, planned, { now, outcome: 'notice' })
    return null
  }
}

/**
 * @returns why it was refused for what it says, so that another try would end the same: by class 22 of SQLSTATE, or by
 * our own rules for mails; null for every other fault
 */
function whyUnwritable(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if (error instanceof ZodError) return 'it breaks the rules for mails'
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && /^22...$/.test(code) ? `SQLSTATE ${code}` : whyUnwritable(error.cause)
}

/** A ticket is worth it once whoever sees to a thing has let its day pass. */
async function tellEscalated(tx: Tx, organisationId: string, planned: Planned, now: Date) {
  const { due, rung, recipient } = planned
  if (rung === 'owner' || daysLeftOf(planned, now) >= 0) return
  const { subjectKey, clientId, clientName, title, dueOn, href } = due
  await emitEvent(tx, organisationId, 'reminder.escalated', {
    client: { id: clientId, name: clientName },
    subject: { id: subjectKey, title: cutText(title, 200) },
    text: `Due on ${dueOn} and still open, so ${recipient.name} was reminded: ${title}.`,
    path: href,
    dueOn,
    urgency: 'high',
  })
}

export async function writeDown(
  tx: Tx,
  organisationId: string,
  planned: readonly Planned[],
  about: {
    now: Date
    outcome: ReminderRow['outcome']
    mailId?: string | null
    sentByName?: string | null
  },
): Promise<void> {
  const { newId } = getRuntime()
  const { now, outcome, mailId = null, sentByName = null } = about
  await insertReminders(
    tx,
    planned.map(({ due, rung, offsetDays, recipient, moment }) => ({
      ...{ organisationId, id: newId(), rung, offsetDays, outcome, mailId, sentByName },
      ...{ subjectKey: due.subjectKey, occurrence: due.dueOn, clientId: due.clientId },
      ...{ title: due.title, href: due.href, plannedAt: moment, at: now },
      ...{ recipientName: recipient.name, recipientEmail: recipient.email, userId: recipient.userId },
    })),
  )
}

/** Whoever was asked for evidence gets the request again, with a link to it. */
async function remindWhoWasAsked(tx: Tx, organisation: Sender, { due, rung, recipient }: Planned, now: Date) {
  if (rung !== 'owner' || recipient.userId !== null || due.kind !== 'request') return null
  const requestId = due.subjectKey.slice('request:'.length)
  const request = await requests.lockRequest(tx, organisation.id, requestId)
  const origin = ownOrigin()
  if (!request || origin === null) return null
  const person = await findMemberById(tx, organisation.id, request.requestedBy)
  const asker: Member = {
    userId: request.requestedBy,
    name: person?.name ?? request.requestedByName,
    email: person?.email ?? '',
    organisationId: organisation.id,
    organisationName: organisation.name,
    organisationIsDemo: organisation.isDemo,
    organisationKind: 'msp',
    role: 'technician',
    hasSecondFactor: false,
  }
  const about = { ...request, clientName: due.clientName }
  const { delivery, mailId } = await mailRequestLink(tx, asker, about, 'reminded', origin)
  await requests.insertRequestEntry(tx, {
    ...{ organisationId: organisation.id, id: getRuntime().newId(), requestId, at: now },
    ...{ kind: 'reminded', side: 'provider', authorName: 'Attested', authorEmail: '', text: '' },
  })
  return { mailId, payload: { requestId, recipient: recipient.email, delivery } }
}

/** @returns null where nothing is mailed: then the bell tells it alone */
async function writeToMember(
  tx: Tx,
  organisation: Sender,
  recipient: Recipient,
  planned: readonly Planned[],
  now: Date,
): Promise<string | null> {
  const leaves = Boolean(getRuntime().mailer) && !organisation.isDemo
  const isMember = recipient.userId !== null
  // Members see the same inside; what waits in the outbox would be handed to themselves.
  if (isMember && (recipient.habits.channel === 'none' || !leaves)) return null
  const person = { name: recipient.name, organisationName: organisation.name }
  const things = planned.map((one): RemindedThing => thingOf(one, now))
  const [first] = planned
  const [thing] = things
  if (!first || !thing) return null
  const isDigest = recipient.habits.channel !== 'single' && isMember
  // Whoever stopped the summaries still has the bell.
  if (isDigest && !(await mayReceiveDigest(tx, organisation.id, recipient.email))) return null
  const origin = ownOrigin()
  const mail = isDigest
    ? writeDigest(person, things, origin === null ? null : `${origin}/notifications`)
    : writeReminder(person, thing, first.rung, isMember)
  const expiresAt = new Date(now.getTime() + MAIL_DAYS * 86_400_000)
  const kind = isDigest ? 'reminder-digest' : 'reminder'
  const digest =
    isDigest && origin !== null ? { origin, listName: `Reminders of ${organisation.name}` } : undefined
  const written = { kind, recipient: recipient.email, expiresAt, ...mail, digest } as const
  return writeMail(tx, organisation.id, written, leaves)
}

function thingOf(planned: Planned, now: Date): RemindedThing {
  const { subjectKey, clientName, title, dueOn, href } = planned.due
  const origin = ownOrigin()
  return {
    ...{ subjectKey, clientName, title, dueOn, daysLeft: daysLeftOf(planned, now) },
    href: origin === null ? null : origin + href,
  }
}

/** By the reader's calendar: in Sydney a day begins while it is still yesterday in UTC. */
const daysLeftOf = ({ due, recipient }: Planned, now: Date): number =>
  daysBetween(localTime(now, recipient.habits.timeZone).day, due.dueOn)

/**
 * Before a reminder leaves that had to wait, for instance for a mail server: what was seen to meanwhile is not said.
 * A digest goes as long as one of its things waits.
 */
export async function dropStaleReminder(organisationId: string, mailId: string): Promise<void> {
  const { database, clock } = getRuntime()
  await database.inOrganisation(organisationId, async (tx) => {
    const said = await listRemindersOfMail(tx, organisationId, mailId)
    const [first] = said
    const now = clock()
    if (!first || now.getTime() - first.at.getTime() < SECOND_LOOK_MS) return
    if ((await listWaiting(tx, organisationId, now, said)).length > 0) return
    const why = 'What it is about was done, put off or handed to somebody else before it could leave.'
    await dropMail(tx, organisationId, mailId, why)
  })
}
