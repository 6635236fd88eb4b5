/** Gives somebody without an account a link to one thing, and takes links back. */
import type { MailContent } from '#app/mail/content.ts'
import type { Tx } from '#db/client.server.ts'
import * as guests from '#db/queries/guests.server.ts'
import type * as mails from '#db/queries/mails.server.ts'
import { hashSecret, newLinkToken } from './attestation-secrets.server.ts'
import { forgetMail, mailsLeave, writeMail } from './mail-outbox.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** The first part of the path below which the links of each kind lead. */
export const GUEST_PATHS = { request: '/request', review: '/review', room: '/room' } as const

export type Delivery = 'mail-server' | 'preparer'

export interface GuestInvitation extends guests.GuestSubject {
  recipientName: string
  recipientEmail: string
  expiresAt: Date
  mailKind: mails.MailRow['kind']
  /** @param href where the link leads */
  write: (href: string) => { subject: string; content: MailContent }
}

/**
 * Mails a link. Links sent before stay as they are: whoever opens an older mail arrives as well.
 * @param origin where browsers reach us, without a slash at the end
 */
export async function sendGuestLink(
  tx: Tx,
  member: Member,
  { kind, subjectId, recipientName, recipientEmail, expiresAt, mailKind, write }: GuestInvitation,
  origin: string,
): Promise<{ linkId: string; mailId: string; delivery: Delivery; href: string }> {
  const { clock, newId } = getRuntime()
  const { organisationId } = member
  const leaves = mailsLeave(member)
  const delivery: Delivery = leaves ? 'mail-server' : 'preparer'
  const token = newLinkToken(organisationId)
  const href = `${origin}${GUEST_PATHS[kind]}/${token}`
  const linkId = newId()
  const thread = `${kind}-${subjectId}`
  const mail = { kind: mailKind, recipient: recipientEmail, expiresAt, thread, ...write(href) }
  const mailId = await writeMail(tx, organisationId, mail, leaves)
  await guests.insertGuestLink(tx, {
    organisationId,
    id: linkId,
    kind,
    subjectId,
    recipientName,
    recipientEmail,
    tokenSha256: hashSecret(token),
    delivery,
    mailId,
    sentBy: member.userId,
    sentByName: member.name,
    sentAt: clock(),
    expiresAt,
  })
  return { linkId, mailId, delivery, href }
}

/**
 * The links to one thing open nothing any more, whoever reads just now included.
 * @param only one of them, or those of one person
 * @returns how many did until now
 */
export async function revokeGuestLinks(
  tx: Tx,
  organisationId: string,
  subject: guests.GuestSubject,
  at: Date,
  only?: { id?: string; recipientEmail?: string },
): Promise<number> {
  const revoked = await guests.revokeGuestLinks(tx, organisationId, subject, at, only)
  for (const { mailId } of revoked) await forgetMail(tx, organisationId, mailId)
  return revoked.length
}

export type GuestState = 'open' | 'expired' | 'revoked'

export function stateOfGuest(
  { revokedAt, expiresAt }: Pick<guests.GuestLinkRow, 'revokedAt' | 'expiresAt'>,
  now: Date,
): GuestState {
  if (revokedAt) return 'revoked'
  return expiresAt <= now ? 'expired' : 'open'
}
