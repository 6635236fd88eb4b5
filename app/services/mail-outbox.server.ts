/** The outbox: a mail is written in the transaction of its cause and leaves afterwards, or waits here to be handed over. */
import { cutText } from '#app/language/cut-text.ts'
import { type Calendar, MailContent, printHtml, printText, withoutSecrets } from '#app/mail/content.ts'
import type { Tx } from '#db/client.server.ts'
import type { MailStopRow } from '#db/queries/mail-stops.server.ts'
import * as mails from '#db/queries/mails.server.ts'
import { NotFoundError } from './errors.ts'
import type { OutboxQuery } from './mail-input.ts'
import { findStopFor } from './mail-stops.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { writeUnsubscribeToken } from './unsubscribe-token.server.ts'

export interface NewMail {
  kind: mails.MailRow['kind']
  recipient: string
  subject: string
  content: MailContent
  /** Until then its links and codes open something; afterwards nobody can read them here. */
  expiresAt: Date
  /** Mails about one thing share it, so that a reader's program shows them together: `request-<id>`. */
  thread?: string
  /** An invitation to a meeting, or its end. */
  calendar?: Calendar
  /**
   * Makes it a summary that its reader may stop at one press; `mayReceiveDigest` is asked before.
   * `origin`: where browsers reach us, without a slash at the end.
   */
  digest?: { origin: string; listName: string }
}

/** Whether mails of this organisation leave: a demo writes to made-up people, and nobody's server takes that. */
export function mailsLeave({ organisationIsDemo }: Pick<Member, 'organisationIsDemo'>): boolean {
  return Boolean(getRuntime().mailer) && !organisationIsDemo
}

/** What becomes of a mail that must not go to its address. */
export function heldBack({ reason, since, detail }: Pick<MailStopRow, 'reason' | 'since' | 'detail'>) {
  const day = since.toISOString().slice(0, 10)
  const why = {
    refused: `the address refused a mail on ${day}`,
    bounced: `a mail to this address came back on ${day}`,
    complained: `its reader complained about a summary on ${day}`,
    unsubscribed: `its reader stopped the summaries on ${day}`,
  }[reason]
  const failure = `Not sent: ${why}.${detail ? ` ${detail}` : ''}`
  return { state: 'suppressed', failure: cutText(failure, 600), cause: reason } as const
}

/** Whether a mail is a summary, which its reader may stop. */
export const isDigest = ({ content }: Pick<mails.MailRow, 'content'>) =>
  content !== null && typeof content === 'object' && 'unsubscribe' in content

const RESENDABLE: readonly mails.MailRow['state'][] = ['failed', 'bounced', 'suppressed']

/** Whether it did not arrive, and is still whole. */
export function isResendable(
  { state, content, expiresAt }: Pick<mails.MailRow, 'state' | 'content' | 'expiresAt'>,
  now: Date,
): boolean {
  return RESENDABLE.includes(state) && content !== null && expiresAt > now
}

/**
 * A mail to an address that refused one before is written and held back, so that it can be seen and sent later.
 * @param leaves false keeps it in the outbox, for somebody to hand over
 * @returns its id
 */
export async function writeMail(
  tx: Tx,
  organisationId: string,
  { kind, recipient, subject, content, expiresAt, thread, calendar, digest }: NewMail,
  leaves: boolean,
): Promise<string> {
  const { clock, newId, jobs, settings } = getRuntime()
  const id = newId()
  const token = digest && writeUnsubscribeToken(settings.secret, { organisationId, mailId: id })
  const whole = MailContent.parse({
    ...content,
    ...(thread ? { thread } : {}),
    ...(calendar ? { calendar } : {}),
    ...(digest
      ? { unsubscribe: { href: `${digest.origin}/unsubscribe/${token}`, listName: digest.listName } }
      : {}),
  })
  const stop = leaves ? await findStopFor(tx, organisationId, recipient, digest !== undefined) : null
  await mails.insertMail(tx, {
    organisationId,
    id,
    kind,
    recipient,
    subject,
    content: whole,
    expiresAt,
    ...(stop ? heldBack(stop) : { state: leaves ? 'queued' : 'kept' }),
    createdAt: clock(),
    queuedAt: clock(),
  })
  if (leaves && !stop) await jobs.enqueue({ name: 'send-mail', organisationId, mailId: id })
  return id
}

/** What waits is shown whole, so that it can be handed over; what left is not kept. */
export interface ShownMail {
  id: string
  kind: mails.MailRow['kind']
  recipient: string
  subject: string
  state: mails.MailRow['state']
  failure: string | null
  createdAt: Date
  sentAt: Date | null
  returnedAt: Date | null
  softBounces: number
  resends: number
  isExpired: boolean
  /** Whether it may be tried again: it did not arrive, and is still whole. */
  canResend: boolean
  content: MailContent | null
}

export const OUTBOX_PAGE = 200

/** The newest first, a page of 200. */
export async function listOutbox(
  member: Member,
  { state, page }: OutboxQuery = { state: 'all', page: 1 },
): Promise<ShownMail[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const rows = await database.inOrganisation(organisationId, (tx) =>
    mails.listMails(tx, organisationId, {
      state: state === 'all' ? null : state,
      offset: (page - 1) * OUTBOX_PAGE,
      limit: OUTBOX_PAGE,
    }),
  )
  return rows.map((row) => show(row, clock()))
}

export async function countOutbox(member: Member, state: OutboxQuery['state']): Promise<number> {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, (tx) =>
    mails.countMails(tx, organisationId, state === 'all' ? null : state),
  )
}

function show(
  { organisationId: _, expiresAt, cause: __, content, ...row }: mails.MailRow,
  now: Date,
): ShownMail {
  const isExpired = expiresAt <= now
  const isReadable = row.state === 'kept' && !isExpired && content !== null
  return {
    ...row,
    isExpired,
    canResend: isResendable({ state: row.state, content, expiresAt }, now),
    content: isReadable ? MailContent.parse(content) : null,
  }
}

export interface MailPreview {
  html: string
  text: string
  /** Whether links and codes were left out: only what has to be handed over shows them. */
  isMasked: boolean
  calendar: Calendar | null
}

/** One mail as its reader sees it, as long as it is kept. @throws NotFoundError */
export async function previewMail(
  member: Member,
  mailId: string,
): Promise<{ mail: ShownMail; preview: MailPreview | null }> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const row = await database.inOrganisation(organisationId, (tx) =>
    mails.findMail(tx, organisationId, mailId),
  )
  if (!row) throw new NotFoundError('No such mail')
  const mail = show(row, clock())
  if (row.content === null || mail.isExpired) return { mail, preview: null }
  const content = mail.content ?? withoutSecrets(MailContent.parse(row.content))
  const preview = {
    html: printHtml(row.subject, content),
    text: printText(content),
    isMasked: mail.content === null,
    calendar: content.calendar ?? null,
  }
  return { mail, preview }
}

/** What it says can serve nobody any more, as a link that was used or taken back. */
export async function forgetMail(tx: Tx, organisationId: string, mailId: string): Promise<void> {
  const mail = await mails.findMail(tx, organisationId, mailId)
  if (mail && mail.state !== 'sent') await mails.updateMail(tx, organisationId, mailId, { content: null })
}

/** One that serves nobody any more and has not left: kept with the reason, without what it said. */
export async function dropMail(tx: Tx, organisationId: string, mailId: string, failure: string) {
  const row = await mails.findMail(tx, organisationId, mailId)
  if (row?.state === 'queued')
    await mails.updateMail(tx, organisationId, mailId, { state: 'failed', failure, content: null })
}

/** Dead links and used codes are not left lying about. */
export async function blankMails(
  tx: Tx,
  organisationId: string,
  recipient: string,
  kinds: readonly mails.MailRow['kind'][],
): Promise<void> {
  for (const { id, kind, state } of await mails.listLiveMails(
    tx,
    organisationId,
    recipient,
    getRuntime().clock(),
  )) {
    if (kinds.includes(kind) && state !== 'sent')
      await mails.updateMail(tx, organisationId, id, { content: null })
  }
}
