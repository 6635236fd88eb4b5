/** The outbox: a mail is written in the transaction of its cause and leaves afterwards, or waits here to be handed over. */
import { MailContent, printHtml, printText } from '#app/mail/content.ts'
import { MailError } from '#app/mail/smtp.server.ts'
import type { Tx } from '#db/client.server.ts'
import * as mails from '#db/queries/mails.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

export interface NewMail {
  kind: mails.MailRow['kind']
  recipient: string
  subject: string
  content: MailContent
  /** Until then its links and codes open something; afterwards nobody can read them here. */
  expiresAt: Date
}

/** Whether mails of this organisation leave: a demo writes to made-up people, and nobody's server takes that. */
export function mailsLeave({ organisationIsDemo }: Pick<Member, 'organisationIsDemo'>): boolean {
  return Boolean(getRuntime().mailer) && !organisationIsDemo
}

/**
 * @param leaves false keeps it in the outbox, for somebody to hand over
 * @returns its id
 */
export async function writeMail(
  tx: Tx,
  organisationId: string,
  mail: NewMail,
  leaves: boolean,
): Promise<string> {
  const { clock, newId, jobs } = getRuntime()
  const id = newId()
  await mails.insertMail(tx, {
    organisationId,
    id,
    ...mail,
    state: leaves ? 'queued' : 'kept',
    createdAt: clock(),
  })
  if (leaves) await jobs.enqueue({ name: 'send-mail', organisationId, mailId: id })
  return id
}

/**
 * Hands one mail to the mail server; harmless when called twice, though a server that took a mail and died before
 * we wrote it down gets it again under the same message id.
 * @throws MailError when it is worth another try
 */
export async function sendMailJob(organisationId: string, mailId: string): Promise<void> {
  const { database, mailer, clock } = getRuntime()
  const row = await database.inOrganisation(organisationId, (tx) =>
    mails.findMail(tx, organisationId, mailId),
  )
  if (!row) throw new NotFoundError('No such mail yet')
  if (row.state !== 'queued') return
  const finish = (values: Parameters<typeof mails.updateMail>[3]) =>
    database.inOrganisation(organisationId, (tx) => mails.updateMail(tx, organisationId, mailId, values))
  if (!mailer || row.content === null) {
    await finish({ state: 'kept' })
    return
  }
  if (row.expiresAt <= clock()) {
    await finish({ state: 'failed', failure: 'It could not leave before its link expired.', content: null })
    return
  }
  const content = MailContent.parse(row.content)
  try {
    await mailer.send({
      messageId: row.id,
      to: row.recipient,
      subject: row.subject,
      text: printText(content),
      html: printHtml(row.subject, content),
    })
  } catch (error) {
    if (!(error instanceof MailError) || !error.isFinal) throw error
    await finish({ state: 'failed', failure: error.message })
    return
  }
  await finish({ state: 'sent', sentAt: clock(), content: null })
}

/** After the last try. */
export async function failMail(organisationId: string, mailId: string, failure: string): Promise<void> {
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const row = await mails.findMail(tx, organisationId, mailId)
    if (row?.state === 'queued')
      await mails.updateMail(tx, organisationId, mailId, { state: 'failed', failure })
  })
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
  isExpired: boolean
  content: MailContent | null
}

const SHOWN = 200

/** The newest 200. */
export async function listOutbox(member: Member): Promise<ShownMail[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const rows = await database.inOrganisation(organisationId, (tx) =>
    mails.listMails(tx, organisationId, SHOWN),
  )
  return rows.map(({ organisationId: _, expiresAt, content, ...row }) => {
    const isExpired = expiresAt <= now
    const isReadable = row.state === 'kept' && !isExpired && content !== null
    return { ...row, isExpired, content: isReadable ? MailContent.parse(content) : null }
  })
}

/**
 * Tries a mail again that the mail server refused.
 * @throws NotFoundError; RefusedError `mail-state` for one that did not fail or can serve nobody any more
 */
export async function resendMail(member: Member, mailId: string): Promise<void> {
  const { database, clock, jobs } = getRuntime()
  const { organisationId } = member
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await mails.findMail(tx, organisationId, mailId)
    if (!row) throw new NotFoundError('No such mail')
    if (row.state !== 'failed' || row.content === null || row.expiresAt <= clock()) {
      throw new RefusedError(
        'mail-state',
        'This mail cannot be sent again. Send a new link from the report instead.',
      )
    }
    await mails.updateMail(tx, organisationId, mailId, { state: 'queued', failure: null })
    await jobs.enqueue({ name: 'send-mail', organisationId, mailId })
  })
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
