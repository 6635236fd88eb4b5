/** Takes reports about mails that did not arrive, and complaints, and does what follows from them. */
import { findBounceKey } from '#app/mail/bounce-address.server.ts'
import { type DeliveryReport, readDeliveryReport } from '#app/mail/delivery-report.server.ts'
import type { Tx } from '#db/client.server.ts'
import * as mails from '#db/queries/mails.server.ts'
import { RefusedError } from './errors.ts'
import { stopAddress } from './mail-stops.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** Bytes; a report returns at most one of our own mails. */
export const MOST_REPORT_BYTES = 1024 * 1024

/** `nothing-to-do`: it says that a mail arrived, or what is known already. */
export type ReportOutcome =
  | 'no-report'
  | 'unknown-mail'
  | 'bounced'
  | 'counted'
  | 'complained'
  | 'nothing-to-do'

/**
 * Takes a report that a mail provider or a pipe handed in. Only the seal in the address that it came back to tells
 * which mail it is about: what nobody can forge suppresses nobody.
 */
export async function takeDeliveryReport(raw: Uint8Array): Promise<ReportOutcome> {
  const { database, settings } = getRuntime()
  const report = await readDeliveryReport(raw)
  if (!report) return 'no-report'
  const key = findBounceKey(settings.secret, report.addresses)
  if (!key) return 'unknown-mail'
  return database.inOrganisation(key.organisationId, async (tx) => {
    const found = await mails.findMailStarting(tx, key.organisationId, key.mailIdStart)
    return found ? apply(tx, found, report) : 'unknown-mail'
  })
}

const MESSAGE_ID = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@/

/**
 * As `takeDeliveryReport`, from a member of the organisation that wrote the mail: the mail's own id, which only its
 * reader knows, is enough here.
 * @returns the mail it was about
 * @throws RefusedError `no-report`, `unknown-mail`
 */
export async function takeUploadedReport(
  member: Member,
  raw: Uint8Array,
): Promise<{ outcome: ReportOutcome; mailId: string; recipient: string }> {
  const { database, settings } = getRuntime()
  const { organisationId } = member
  const report = await readDeliveryReport(raw)
  if (!report)
    throw new RefusedError(
      'no-report',
      'This is no delivery report. Save the whole message that came back, with all its parts, as an .eml file.',
    )
  const key = findBounceKey(settings.secret, report.addresses)
  const ids = report.messageIds.flatMap((id) => MESSAGE_ID.exec(id)?.[1] ?? [])
  return database.inOrganisation(organisationId, async (tx) => {
    const bySeal =
      key?.organisationId === organisationId
        ? await mails.findMailStarting(tx, organisationId, key.mailIdStart)
        : null
    const found = bySeal ?? (ids[0] ? await mails.findMail(tx, organisationId, ids[0]) : null)
    if (!found)
      throw new RefusedError(
        'unknown-mail',
        'This report is about none of your mails. Check that it returns the whole mail, its head included.',
      )
    return { outcome: await apply(tx, found, report), mailId: found.id, recipient: found.recipient }
  })
}

async function apply(
  tx: Tx,
  { organisationId, id }: mails.MailRow,
  report: DeliveryReport,
): Promise<ReportOutcome> {
  const row = await mails.lockMail(tx, organisationId, id)
  if (!row || report.kind === 'delivered') return 'nothing-to-do'
  if (report.kind === 'complaint') {
    const isNew = await stopAddress(tx, organisationId, {
      address: row.recipient,
      purpose: 'digest',
      reason: 'complained',
      detail: report.words,
      mailId: id,
    })
    return isNew ? 'complained' : 'nothing-to-do'
  }
  const isLate = report.kind === 'delayed' || report.verdict === 'later'
  if (isLate) await mails.updateMail(tx, organisationId, id, { softBounces: row.softBounces + 1 })
  // Only what left can come back, though our note of that may be missing: the process was killed after the server took
  // it. A report that comes twice changes nothing the second time.
  const mayHaveLeft = row.state === 'sent' || row.state === 'queued'
  if (report.kind === 'delayed' || !mayHaveLeft) return isLate ? 'counted' : 'nothing-to-do'
  await mails.updateMail(tx, organisationId, id, {
    state: 'bounced',
    failure: `It came back: ${report.words || 'the report does not say why'}`,
    cause: `returned-${report.verdict}`,
    returnedAt: getRuntime().clock(),
  })
  if (report.verdict === 'address')
    await stopAddress(tx, organisationId, {
      address: row.recipient,
      purpose: 'all',
      reason: 'bounced',
      detail: report.words,
      mailId: id,
    })
  return 'bounced'
}
