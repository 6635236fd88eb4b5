/** The preparer's side of an attestation: sending the officer a link, seeing how far they are, taking it back. */
import { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import * as links from '#db/queries/attestation.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { writeDoneMail, writeLinkMail } from './attestation-mails.ts'
import { answersToAcknowledge, LINK_DAYS } from './attestation-rules.ts'
import { hashSecret, newLinkToken } from './attestation-secrets.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { blankMails, mailsLeave, writeMail } from './mail-outbox.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Mails the officer a link for this one report; a link sent before is dead from now on.
 * @param origin where browsers reach us, without a slash at the end
 * @returns where the mail went: to the mail server, or into the outbox
 * @throws NotFoundError; RefusedError `state` when the report does not wait for the officer
 */
export async function sendAttestationLink(
  member: Member,
  reportId: string,
  origin: string,
): Promise<'mail-server' | 'preparer'> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const leaves = mailsLeave(member)
  const delivery = leaves ? 'mail-server' : 'preparer'
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.lockReport(tx, organisationId, reportId)
    if (!row) throw new NotFoundError('No such report')
    if (row.state !== 'awaiting-attestation') throw notWaiting()
    const statement = Statement.parse(JSON.parse(row.statement))
    const officer = officerOf(statement)
    await links.revokeLinks(tx, organisationId, reportId, at)
    await blankMails(tx, organisationId, officer.email, ['attestation-link', 'attestation-code'])
    const token = newLinkToken(organisationId)
    const linkId = newId()
    const expiresAt = new Date(at.getTime() + LINK_DAYS * DAY_MS)
    await links.insertLink(tx, {
      organisationId,
      id: linkId,
      reportId,
      recipient: officer.email,
      tokenSha256: hashSecret(token),
      delivery,
      sentBy: member.userId,
      sentByName: member.name,
      sentAt: at,
      expiresAt,
    })
    const about = { ...aboutOf(statement), senderName: member.name }
    const mail = writeLinkMail(about, { href: `${origin}/attest/${token}`, expiresAt })
    await writeMail(
      tx,
      organisationId,
      { kind: 'attestation-link', recipient: officer.email, expiresAt, ...mail },
      leaves,
    )
    await recordInLedger(tx, organisationId, {
      kind: 'attestation.link-sent',
      actor: actorOf(member),
      at,
      payload: { reportId, linkId, recipient: officer.email, delivery, expiresAt: expiresAt.toISOString() },
    })
  })
  return delivery
}

const notWaiting = () =>
  new RefusedError('state', 'This report is not waiting for the insured’s attestation.')

/** @throws RefusedError `no-link` */
export async function revokeAttestationLink(member: Member, reportId: string): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.lockReport(tx, organisationId, reportId)
    if (!row) throw new NotFoundError('No such report')
    const [revoked] = await links.revokeLinks(tx, organisationId, reportId, at)
    if (!revoked) throw new RefusedError('no-link', 'There is no link to take back.')
    const { email } = officerOf(Statement.parse(JSON.parse(row.statement)))
    await blankMails(tx, organisationId, email, ['attestation-link', 'attestation-code'])
    await recordInLedger(tx, organisationId, {
      kind: 'attestation.link-revoked',
      actor: actorOf(member),
      at,
      payload: { reportId, linkId: revoked.id },
    })
  })
}

export interface LinkProgress {
  recipient: string
  delivery: 'mail-server' | 'preparer'
  sentAt: Date
  sentByName: string
  expiresAt: Date
  state: 'open' | 'expired' | 'revoked' | 'finished'
  openedAt: Date | null
  codeEnteredAt: Date | null
  /** Answers confirmed one by one, of those that have to be. */
  confirmed: number
  toConfirm: number
}

/** How far the officer is with the link sent last; null when none was sent. */
export async function getLinkProgress(member: Member, reportId: string): Promise<LinkProgress | null> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.findReport(tx, organisationId, reportId)
    if (!row) throw new NotFoundError('No such report')
    const [link] = await links.listLinks(tx, organisationId, reportId)
    if (!link) return null
    const steps = await links.listSteps(tx, organisationId, link.id)
    const { recipient, delivery, sentAt, sentByName, expiresAt, openedAt, codeEnteredAt } = link
    return {
      recipient,
      delivery,
      sentAt,
      sentByName,
      expiresAt,
      openedAt,
      codeEnteredAt,
      state: stateOfLink(link, clock()),
      confirmed: steps.length,
      toConfirm: answersToAcknowledge(Statement.parse(JSON.parse(row.statement))).length,
    }
  })
}

export function stateOfLink(
  link: Pick<links.AttestationLinkRow, 'revokedAt' | 'finishedAt' | 'expiresAt'>,
  now: Date,
): LinkProgress['state'] {
  if (link.finishedAt) return 'finished'
  if (link.revokedAt) return 'revoked'
  return link.expiresAt <= now ? 'expired' : 'open'
}

/** @throws Error for a statement without an officer who can be written to: none is prepared like that */
export function officerOf(statement: Statement) {
  const officer = statement.signers.find(({ role }) => role === 'insured-officer')
  if (!officer?.email) throw new Error('The statement names no officer with an address')
  return { ...officer, email: officer.email }
}

export function aboutOf(statement: Statement) {
  return {
    officerName: officerOf(statement).name,
    organisationName: statement.preparedBy.name,
    clientName: statement.client.legalName,
    formTitle: statement.edition.formTitle,
  }
}

const TOLD_DAYS = 90

/** Once the signature is in: the officer gets the fingerprint of what they signed, the way the link came. */
export async function tellOfficer(
  tx: Tx,
  report: reports.ReportRow,
  signed: { at: Date; pdfSha256: string },
): Promise<void> {
  const { organisationId } = report
  const statement = Statement.parse(JSON.parse(report.statement))
  const [link] = await links.listLinks(tx, organisationId, report.id)
  if (!link) return
  const mail = writeDoneMail({ ...aboutOf(statement), senderName: link.sentByName }, signed)
  const expiresAt = new Date(signed.at.getTime() + TOLD_DAYS * DAY_MS)
  await writeMail(
    tx,
    organisationId,
    { kind: 'attestation-done', recipient: link.recipient, expiresAt, ...mail },
    link.delivery === 'mail-server',
  )
}
