/** Hands mails to the mail server, as a job of the queue. */
import { bounceAddressOf } from '#app/mail/bounce-address.server.ts'
import { MailContent, printHtml, printText } from '#app/mail/content.ts'
import { MailError, type OutgoingMail } from '#app/mail/smtp.server.ts'
import * as mails from '#db/queries/mails.server.ts'
import { NotFoundError } from './errors.ts'
import { heldBack, isDigest } from './mail-outbox.server.ts'
import { findStopFor, stopAddress } from './mail-stops.server.ts'
import { getRuntime } from './runtime.server.ts'

/**
 * Hands one mail to the mail server; harmless when called twice, though a server that took a mail and died before
 * we wrote it down gets it again under the same message id.
 * @throws MailError when it is worth another try
 */
export async function sendMailJob(organisationId: string, mailId: string): Promise<void> {
  const { database, mailer, clock } = getRuntime()
  const { row, stop } = await database.inOrganisation(organisationId, async (tx) => {
    // Locked: a job comes before its cause commits, and a mail sent again would still be read as failed.
    const row = await mails.lockMail(tx, organisationId, mailId)
    if (!row) throw new NotFoundError('No such mail yet')
    // It may have been stopped since it was written: one of two mails came back before the other left.
    return { row, stop: await findStopFor(tx, organisationId, row.recipient, isDigest(row)) }
  })
  if (row.state !== 'queued') return
  const finish = (values: mails.MailChange) =>
    database.inOrganisation(organisationId, async (tx) => {
      const now = await mails.lockMail(tx, organisationId, mailId)
      if (now?.state === 'queued') await mails.updateMail(tx, organisationId, mailId, values)
    })
  if (!mailer || row.content === null) return finish({ state: 'kept' })
  if (row.expiresAt <= clock()) {
    const failure = 'It could not leave before its link expired.'
    return finish({ state: 'failed', failure, cause: 'expired', content: null })
  }
  if (stop) return finish(heldBack(stop))
  try {
    await mailer.send(outgoing(row, MailContent.parse(row.content)))
  } catch (error) {
    if (!(error instanceof MailError) || !error.isFinal) throw error
    const { message: failure, fault: cause } = error
    if (error.refusesAddress) return bounceAtOnce(row, failure, cause)
    return finish({ state: 'failed', failure, cause })
  }
  await finish({ state: 'sent', sentAt: clock(), content: null })
}

function outgoing(row: mails.MailRow, content: MailContent): OutgoingMail {
  const { settings } = getRuntime()
  const { id, organisationId, recipient, subject, createdAt } = row
  const { unsubscribe, thread = null, calendar = null } = content
  return {
    messageId: id,
    date: createdAt,
    to: recipient,
    subject,
    text: printText(content),
    html: printHtml(subject, content),
    returnTo: settings.bounceAddress
      ? bounceAddressOf(settings.secret, settings.bounceAddress, { organisationId, mailId: id })
      : null,
    thread,
    calendar,
    list: unsubscribe && {
      id: `summaries.${organisationId}`,
      name: unsubscribe.listName,
      unsubscribeHref: unsubscribe.href,
    },
  }
}

/** The server knows nobody there: the address gets nothing more until somebody says otherwise. */
async function bounceAtOnce(row: mails.MailRow, failure: string, cause: string): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId, id, recipient } = row
  await database.inOrganisation(organisationId, async (tx) => {
    const now = await mails.lockMail(tx, organisationId, id)
    if (now?.state !== 'queued') return
    // What it says is kept: once the address is put right, it may still leave.
    await mails.updateMail(tx, organisationId, id, { state: 'bounced', failure, cause, returnedAt: clock() })
    await stopAddress(tx, organisationId, {
      address: recipient,
      purpose: 'all',
      reason: 'refused',
      detail: failure,
      mailId: id,
    })
  })
}

/** After the last try. @param fault a short word for what it failed for */
export async function failMail(
  organisationId: string,
  mailId: string,
  failure: string,
  fault = 'unknown',
): Promise<void> {
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const row = await mails.lockMail(tx, organisationId, mailId)
    if (row?.state === 'queued')
      await mails.updateMail(tx, organisationId, mailId, { state: 'failed', failure, cause: fault })
  })
}
