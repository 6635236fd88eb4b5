/** Writes reminders down together with their mails, in one transaction that somebody else opened. */
import { cutText } from '#app/language/cut-text.ts'
import type { Planned, Recipient } from '#app/schedule/reminder-plan.ts'
import type { Tx } from '#db/client.server.ts'
import * as requests from '#db/queries/evidence-requests.server.ts'
import { findMemberById } from '#db/queries/members.server.ts'
import { insertReminders, listRemindersOfMail, type ReminderRow } from '#db/queries/reminders.server.ts'
import { mailRequestLink } from './evidence-requests.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { dropMail, writeMail } from './mail-outbox.server.ts'
import { mayReceiveDigest } from './mail-stops.server.ts'
import type { Member } from './member.ts'
import { daysUntil } from './portfolio.ts'
import { stillWaiting } from './reminder-context.server.ts'
import { type RemindedThing, writeDigest, writeReminder } from './reminder-mails.ts'
import { getRuntime } from './runtime.server.ts'
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

/** @param sentByName who asked for it now; null by the clock */
export async function sendBatches(
  tx: Tx,
  organisation: Sender,
  batches: readonly Batch[],
  now: Date,
  sentByName: string | null = null,
): Promise<void> {
  const toRecord: { requestId: string; recipient: string; delivery: string }[] = []
  for (const { recipient, planned } of batches) {
    const [first] = planned
    if (!first) continue
    const asked = await remindWhoWasAsked(tx, organisation, first, now)
    if (asked) toRecord.push(asked.payload)
    const mailId = asked?.mailId ?? (await writeToMember(tx, organisation, recipient, planned, now))
    const outcome = mailId === null ? 'notice' : 'mail'
    await writeDown(tx, organisation.id, planned, { now, outcome, mailId, sentByName })
    for (const one of planned) await tellEscalated(tx, organisation.id, one)
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

/** A ticket is worth it once whoever sees to a thing has not answered. */
async function tellEscalated(tx: Tx, organisationId: string, { due, rung, recipient }: Planned) {
  if (rung === 'owner') return
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
  const things = planned.map(({ due }): RemindedThing => thingOf(due, now))
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

function thingOf({ subjectKey, clientName, title, dueOn, href }: Planned['due'], now: Date): RemindedThing {
  const origin = ownOrigin()
  return {
    ...{ subjectKey, clientName, title, dueOn, daysLeft: daysUntil(dueOn, now) },
    href: origin === null ? null : origin + href,
  }
}

/** Where browsers reach us; nobody asks just now, so only what was configured or listened on tells. */
function ownOrigin(): string | null {
  const { publicUrl, ownUrl } = getRuntime().settings
  return publicUrl ?? ownUrl ?? null
}

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
    const waiting = await stillWaiting(tx, organisationId, now)
    if (said.some(({ subjectKey, occurrence }) => waiting.has(`${subjectKey} ${occurrence}`))) return
    await dropMail(tx, organisationId, mailId, 'What it is about was done before it could leave.')
  })
}
