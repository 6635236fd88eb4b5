/** The preparer's side of signing by link: sending somebody a link, seeing how far they are, taking it back. */
import { DEFAULT_LANGUAGE } from '#app/language/languages.ts'
import { voiceOf } from '#app/report/language/signing/words.ts'
import { type SignatureSlot, slotsOf } from '#app/report/signing-order.ts'
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
import { listStandings, missingBeforeOfficer, type SlotStanding } from './report-standing.server.ts'
import { getRuntime } from './runtime.server.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** The signature field of the insured's officer. */
export const OFFICER = 'insured-officer'

/**
 * Mails a signer a link for this one report; a link sent to them before is dead from now on.
 * @param origin where browsers reach us, without a slash at the end
 * @param slot the signature field of whoever gets it
 * @returns where the mail went: to the mail server, or into the outbox
 * @throws NotFoundError also for a slot that the report does not have; RefusedError `state` when it does not wait for
 *   this person, `others-first` for the officer while somebody else is still to sign
 */
export async function sendAttestationLink(
  member: Member,
  reportId: string,
  origin: string,
  slot: string = OFFICER,
): Promise<Delivery> {
  const { database } = getRuntime()
  const { organisationId, userId, name } = member
  const sender = { userId, name, actor: actorOf(member), leaves: mailsLeave(member) }
  return database.inOrganisation(organisationId, (tx) =>
    sendAttestationLinkIn(tx, organisationId, { reportId, slot, sender }, origin),
  )
}

type Delivery = 'mail-server' | 'preparer'

/**
 * As `sendAttestationLink`, within a transaction that holds more. It always goes to the address in the statement.
 * @param sender whom the mail names, and who is the actor in the ledger: the signer themself when they ask for it again
 */
export async function sendAttestationLinkIn(
  tx: Tx,
  organisationId: string,
  {
    reportId,
    slot,
    sender,
  }: {
    reportId: string
    slot: string
    sender: { userId: string; name: string; actor: string; leaves: boolean }
  },
  origin: string,
): Promise<Delivery> {
  const { clock, newId } = getRuntime()
  const at = clock()
  const delivery = sender.leaves ? 'mail-server' : 'preparer'
  const row = await reports.lockReport(tx, organisationId, reportId)
  if (!row) throw new NotFoundError('No such report')
  const statement = Statement.parse(JSON.parse(row.statement))
  const { signer } = invitedIn(statement, slot)
  await refuseUnlessWaiting(tx, row, statement, slot)
  await links.revokeLinks(tx, organisationId, reportId, at, slot)
  await blankMails(tx, organisationId, signer.email, LINK_MAILS)
  const token = newLinkToken(organisationId)
  const linkId = newId()
  const expiresAt = new Date(at.getTime() + LINK_DAYS * DAY_MS)
  await links.insertLink(tx, {
    organisationId,
    id: linkId,
    reportId,
    slot,
    recipient: signer.email,
    tokenSha256: hashSecret(token),
    delivery,
    sentBy: sender.userId,
    sentByName: sender.name,
    sentAt: at,
    expiresAt,
  })
  const about = { ...aboutOf(statement, slot), senderName: sender.name }
  const mail = writeLinkMail(about, { href: `${origin}/attest/${token}`, expiresAt })
  await writeMail(
    tx,
    organisationId,
    { kind: 'attestation-link', recipient: signer.email, expiresAt, ...mail },
    sender.leaves,
  )
  await recordInLedger(tx, organisationId, {
    kind: 'attestation.link-sent',
    actor: sender.actor,
    at,
    payload: {
      reportId,
      linkId,
      ...(slot === OFFICER ? {} : { slot }),
      recipient: signer.email,
      delivery,
      expiresAt: expiresAt.toISOString(),
    },
  })
  return delivery
}

async function refuseUnlessWaiting(
  tx: Tx,
  row: reports.ReportRow,
  statement: Statement,
  slot: string,
): Promise<void> {
  const standings = await listStandings(tx, row, statement)
  const own = standings.find(({ id }) => id === slot)
  // The officer of a re-attestation answers before there is anything to sign.
  if (row.state === 'answering' && slot === OFFICER) return
  if (row.state !== 'awaiting-attestation' || own?.state !== 'waiting')
    throw new RefusedError('state', 'This report is not waiting for that person’s signature.')
  const missing = slot === OFFICER ? missingBeforeOfficer(standings) : []
  if (missing.length > 0)
    throw new RefusedError(
      'others-first',
      `The officer attests last. Still to sign: ${missing.map(({ signer }) => signer.name).join(', ')}.`,
    )
}

/** @throws RefusedError `no-link` */
export async function revokeAttestationLink(
  member: Member,
  reportId: string,
  slot: string = OFFICER,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.lockReport(tx, organisationId, reportId)
    if (!row) throw new NotFoundError('No such report')
    const { signer } = invitedIn(Statement.parse(JSON.parse(row.statement)), slot)
    const [revoked] = await links.revokeLinks(tx, organisationId, reportId, at, slot)
    if (!revoked) throw new RefusedError('no-link', 'There is no link to take back.')
    await blankMails(tx, organisationId, signer.email, LINK_MAILS)
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

/** How far a signer is with the link sent to them last; null when none was sent. */
export async function getLinkProgress(
  member: Member,
  reportId: string,
  slot: string = OFFICER,
): Promise<LinkProgress | null> {
  const signing = await listSigning(member, reportId)
  return signing.find(({ id }) => id === slot)?.link ?? null
}

export type Signing = SlotStanding & { link: LinkProgress | null }

/** Everybody who signs the report, how they stand, and how far they are with their link. */
export async function listSigning(member: Member, reportId: string): Promise<Signing[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.findReport(tx, organisationId, reportId)
    if (!row) throw new NotFoundError('No such report')
    const statement = Statement.parse(JSON.parse(row.statement))
    const sent = await links.listLinks(tx, organisationId, reportId)
    const signing: Signing[] = []
    for (const standing of await listStandings(tx, row, statement)) {
      const newest = sent.find(({ slot }) => slot === standing.id)
      const steps = newest ? await links.listSteps(tx, organisationId, newest.id) : []
      const toConfirm =
        statement.reattestation?.answers.length ?? answersToAcknowledge(statement, standing.signer).length
      const link = newest ? progressOf(newest, { confirmed: steps.length, toConfirm }, clock()) : null
      signing.push({ ...standing, link })
    }
    return signing
  })
}

function progressOf(
  link: links.AttestationLinkRow,
  steps: Pick<LinkProgress, 'confirmed' | 'toConfirm'>,
  now: Date,
): LinkProgress {
  const { recipient, delivery, sentAt, sentByName, expiresAt, openedAt, codeEnteredAt } = link
  const state = stateOfLink(link, now)
  return { recipient, delivery, sentAt, sentByName, expiresAt, openedAt, codeEnteredAt, state, ...steps }
}

export function stateOfLink(
  link: Pick<links.AttestationLinkRow, 'revokedAt' | 'finishedAt' | 'expiresAt'>,
  now: Date,
): LinkProgress['state'] {
  if (link.finishedAt) return 'finished'
  if (link.revokedAt) return 'revoked'
  return link.expiresAt <= now ? 'expired' : 'open'
}

/** Somebody who signs from a link: everybody but the technical contributor, who signs first. */
export type InvitedSlot = SignatureSlot & { signer: SignatureSlot['signer'] & { email: string } }

/** @throws NotFoundError for a slot that the report does not have, or whose signer cannot be written to */
export function invitedIn(statement: Statement, slot: string): InvitedSlot {
  const found = slotsOf(statement.signers).find(({ id }) => id === slot)
  const email = found?.signer.email
  if (!found || !email || found.signer.role === 'technical-contributor')
    throw new NotFoundError('Nobody signs this report by link under that name')
  return { id: found.id, signer: { ...found.signer, email } }
}

const LINK_MAILS = ['attestation-link', 'attestation-code'] as const

/** What was mailed to those who were to sign opens nothing any more, so it need not be kept. */
export async function blankLinkMails(tx: Tx, organisationId: string, statement: Statement): Promise<void> {
  for (const { role, email } of statement.signers)
    if (email && role !== 'technical-contributor') await blankMails(tx, organisationId, email, LINK_MAILS)
}

export function aboutOf(statement: Statement, slot: string) {
  const { signer } = invitedIn(statement, slot)
  return {
    language: statement.language ?? DEFAULT_LANGUAGE,
    signerName: signer.name,
    role: voiceOf(statement, signer),
    organisationName: statement.preparedBy.name,
    clientName: statement.client.legalName,
    formTitle: statement.edition.formTitle,
  }
}

const TOLD_DAYS = 90

/** Once the signature is in: the signer gets the fingerprint of what they signed, the way the link came. */
export async function tellSigner(
  tx: Tx,
  report: reports.ReportRow,
  slot: string,
  signed: { at: Date; pdfSha256: string },
): Promise<void> {
  const { organisationId } = report
  const statement = Statement.parse(JSON.parse(report.statement))
  const sent = await links.listLinks(tx, organisationId, report.id)
  const link = sent.find((candidate) => candidate.slot === slot)
  if (!link) return
  const mail = writeDoneMail({ ...aboutOf(statement, slot), senderName: link.sentByName }, signed)
  const expiresAt = new Date(signed.at.getTime() + TOLD_DAYS * DAY_MS)
  await writeMail(
    tx,
    organisationId,
    { kind: 'attestation-done', recipient: link.recipient, expiresAt, ...mail },
    link.delivery === 'mail-server',
  )
}
