/** The preparer's side of sharing a signed report: giving a recipient a link, changing and revoking it. */
import { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import * as mails from '#db/queries/mails.server.ts'
import * as shares from '#db/queries/report-shares.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { hashSecret, newLinkToken } from './attestation-secrets.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { type LedgerKind, recordInLedger } from './ledger.server.ts'
import { mailsLeave, writeMail } from './mail-outbox.server.ts'
import { actorOf, type Member } from './member.ts'
import type { ShareInput } from './report-share-input.ts'
import { writeShareMail } from './report-share-mail.ts'
import { endOfDay, lastDayAtMost, plainPasscode } from './report-share-rules.ts'
import { newPasscode } from './report-share-secrets.server.ts'
import { getRuntime } from './runtime.server.ts'
import { hashSlowly } from './slow-hash.server.ts'

/** Shown once: of both only hashes are kept. */
export interface NewShare {
  shareId: string
  recipientName: string
  href: string
  passcode: string
  delivery: 'mail-server' | 'preparer'
}

/**
 * Mails the recipient a link to one signed report; the passcode is for the member to tell another way.
 * @param origin where browsers reach us, without a slash at the end
 * @throws NotFoundError; RefusedError `share-state` for a report that is not in force, `share-day`
 */
export async function shareReport(
  member: Member,
  reportId: string,
  input: ShareInput,
  origin: string,
): Promise<NewShare> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  requirePossibleDay(input.lastDay, at)
  const expiresAt = endOfDay(input.lastDay)
  const leaves = mailsLeave(member)
  const delivery = leaves ? 'mail-server' : 'preparer'
  const passcode = newPasscode()
  const passcodeHash = await hashSlowly(plainPasscode(passcode))
  const { recipientName, recipientOrganisation, recipientEmail, mayDownload } = input
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.lockReport(tx, organisationId, reportId)
    if (!row) throw new NotFoundError('No such report')
    if (row.state !== 'signed') {
      throw new RefusedError(
        'share-state',
        'Only a report that both have signed and that is in force can be shared.',
      )
    }
    const statement = Statement.parse(JSON.parse(row.statement))
    const token = newLinkToken(organisationId)
    const href = `${origin}/shared/${token}`
    const about = {
      recipientName,
      senderName: member.name,
      organisationName: statement.preparedBy.name,
      clientName: statement.client.legalName,
      formTitle: statement.edition.formTitle,
    }
    const mail = writeShareMail(about, { href, lastDay: input.lastDay })
    const mailId = await writeMail(
      tx,
      organisationId,
      { kind: 'report-share', recipient: recipientEmail, expiresAt, ...mail },
      leaves,
    )
    const shareId = newId()
    await shares.insertShare(tx, {
      organisationId,
      id: shareId,
      reportId,
      recipientName,
      recipientOrganisation,
      recipientEmail,
      mayDownload,
      tokenSha256: hashSecret(token),
      passcodeHash,
      delivery,
      mailId,
      sharedBy: member.userId,
      sharedByName: member.name,
      sharedAt: at,
      expiresAt,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'report.shared',
      actor: actorOf(member),
      at,
      payload: {
        reportId,
        shareId,
        pdfSha256: row.pdfSha256,
        recipient: { name: recipientName, organisation: recipientOrganisation, email: recipientEmail },
        mayDownload,
        delivery,
        expiresAt: expiresAt.toISOString(),
      },
    })
    return { shareId, recipientName, href, passcode, delivery }
  })
}

function requirePossibleDay(lastDay: string, now: Date): void {
  if (endOfDay(lastDay) <= now) throw new RefusedError('share-day', 'Choose a last day that is not over yet.')
  if (lastDay > lastDayAtMost(now)) {
    throw new RefusedError(
      'share-day',
      `A report is shared for a year at most: choose ${lastDayAtMost(now)} or an earlier day.`,
    )
  }
}

interface Which {
  reportId: string
  shareId: string
}

/** One step of a share's life, with the ledger entry that goes with it. */
async function changeShare(
  member: Member,
  { reportId, shareId }: Which,
  kind: LedgerKind,
  change: (tx: Tx, share: shares.ReportShareRow, now: Date) => Promise<Record<string, unknown>>,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const share = await shares.lockShare(tx, organisationId, { reportId, shareId })
    if (!share) throw new NotFoundError('No such share of this report')
    if (share.revokedAt) {
      throw new RefusedError(
        'share-revoked',
        'This link was revoked already. Share the report again instead.',
      )
    }
    const payload = await change(tx, share, at)
    await recordInLedger(tx, organisationId, {
      kind,
      actor: actorOf(member),
      at,
      payload: { reportId, shareId, recipient: share.recipientEmail, ...payload },
    })
  })
}

/** The link opens nothing any more, whoever is reading just now included. @throws RefusedError `share-revoked` */
export async function revokeShare(member: Member, which: Which): Promise<void> {
  const { organisationId } = member
  await changeShare(member, which, 'report.share-revoked', async (tx, share, now) => {
    await shares.updateShare(tx, organisationId, share.id, { revokedAt: now })
    const mail = await mails.findMail(tx, organisationId, share.mailId)
    // A dead link is not left lying about.
    if (mail && mail.state !== 'sent')
      await mails.updateMail(tx, organisationId, share.mailId, { content: null })
    return {}
  })
}

/** @throws RefusedError `share-revoked`, `share-day` */
export async function changeLastDay(member: Member, which: Which, lastDay: string): Promise<void> {
  await changeShare(member, which, 'report.share-expiry-changed', async (tx, share, now) => {
    requirePossibleDay(lastDay, now)
    const expiresAt = endOfDay(lastDay)
    await shares.updateShare(tx, member.organisationId, share.id, { expiresAt })
    return { expiresAt: expiresAt.toISOString(), before: share.expiresAt.toISOString() }
  })
}

/** With the passcode that it had. @throws RefusedError `share-revoked`, `share-open` when it is not locked */
export async function unlockShare(member: Member, which: Which): Promise<void> {
  await changeShare(member, which, 'report.share-unlocked', async (tx, share) => {
    if (!share.lockedAt) throw new RefusedError('share-open', 'This link is not locked.')
    await shares.updateShare(tx, member.organisationId, share.id, { lockedAt: null, wrongTries: 0 })
    return {}
  })
}

/**
 * A new passcode for the same link; the one before opens nothing any more, and a lock is lifted.
 * @returns it, to be shown once
 * @throws RefusedError `share-revoked`
 */
export async function renewPasscode(
  member: Member,
  which: Which,
): Promise<{ recipientName: string; passcode: string }> {
  const passcode = newPasscode()
  const passcodeHash = await hashSlowly(plainPasscode(passcode))
  let recipientName = ''
  await changeShare(member, which, 'report.share-passcode-renewed', async (tx, share) => {
    recipientName = share.recipientName
    await shares.updateShare(tx, member.organisationId, share.id, {
      passcodeHash,
      lockedAt: null,
      wrongTries: 0,
    })
    return { wasLocked: share.lockedAt !== null }
  })
  return { recipientName, passcode }
}

export type ShareState = 'open' | 'locked' | 'expired' | 'revoked'

export function stateOfShare(
  share: Pick<shares.ReportShareRow, 'revokedAt' | 'lockedAt' | 'expiresAt'>,
  now: Date,
): ShareState {
  if (share.revokedAt) return 'revoked'
  if (share.expiresAt <= now) return 'expired'
  return share.lockedAt ? 'locked' : 'open'
}
