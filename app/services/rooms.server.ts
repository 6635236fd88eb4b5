/** The client's room: one link for each person at the client, behind which lies what waits for them. */
import type { Tx } from '#db/client.server.ts'
import * as guests from '#db/queries/guests.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import {
  type Delivery,
  type GuestInvitation,
  revokeGuestLinks,
  sendGuestLink,
  stateOfGuest,
} from './guest-links.server.ts'
import { dayInWords, type Mail } from './guest-mails.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import type { RoomLinkInput } from './room-input.ts'
import { getRuntime } from './runtime.server.ts'
import { refuseOwnMember } from './waiver-signing.server.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** A quarter: the rhythm in which a client is asked again. */
const ROOM_DAYS = 90

/**
 * Mails somebody at the client their link; the one they had before opens nothing any more.
 * @param origin where browsers reach us, without a slash at the end
 * @throws NotFoundError; RefusedError `client-archived`, `both-sides` for a member of the preparing organisation
 */
export async function sendRoomLink(
  member: Member,
  clientId: string,
  person: RoomLinkInput,
  origin: string,
): Promise<{ linkId: string; delivery: Delivery; href: string }> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    if (client.archivedAt)
      throw new RefusedError('client-archived', 'This client is archived. Restore it first.')
    await refuseOwnMember(tx, organisationId, person.recipientEmail)
    const { recipientEmail } = person
    await revokeGuestLinks(tx, organisationId, { kind: 'room', subjectId: clientId }, at, { recipientEmail })
    const expiresAt = roomLinkEnd(at)
    const about = { ...person, clientName: client.legalName, expiresAt, member }
    const invitation = {
      mailKind: 'guest-link',
      write: (href: string) => writeRoomMail(about, href),
    } as const
    const sent = await mailRoomLink(tx, member, { clientId, person, at, ...invitation }, origin)
    const { linkId, delivery } = sent
    await recordInLedger(tx, organisationId, {
      kind: 'room.link-sent',
      actor: actorOf(member),
      at,
      payload: { clientId, linkId, ...person, delivery, expiresAt: expiresAt.toISOString() },
    })
    return sent
  })
}

const roomLinkEnd = (at: Date) => new Date(at.getTime() + ROOM_DAYS * DAY_MS)

/**
 * A link to the room in a mail that says why it comes now. Links of the same person stay as they are: whoever sits in
 * the room just then is not thrown out by a new task, and older mails arrive as well.
 */
export async function mailRoomLink(
  tx: Tx,
  member: Member,
  {
    clientId,
    person: { recipientName, recipientEmail },
    at,
    ...mail
  }: { clientId: string; person: RoomLinkInput; at: Date } & Pick<GuestInvitation, 'mailKind' | 'write'>,
  origin: string,
) {
  return sendGuestLink(
    tx,
    member,
    { recipientName, recipientEmail, kind: 'room', subjectId: clientId, expiresAt: roomLinkEnd(at), ...mail },
    origin,
  )
}

function writeRoomMail(
  about: RoomLinkInput & { clientName: string; expiresAt: Date; member: Member },
  href: string,
): Mail {
  const { recipientName, clientName, expiresAt, member } = about
  return {
    subject: `What ${member.organisationName} needs from you for ${clientName}`,
    content: {
      greeting: `Hello ${recipientName},`,
      paragraphs: [
        `${member.organisationName} prepares the cyber-insurance application of ${clientName}. What waits for you lies behind this link: questions to answer, files to send, and papers to read and sign.`,
        `You need no account. The page sends a one-time code to this address; the link works until ${dayInWords(expiresAt)}.`,
      ],
      code: null,
      action: { label: 'See what waits for you', href },
      closing: [
        `Sent by ${member.name} of ${member.organisationName} through Attested.`,
        'The link is for you alone.',
        'You did not expect this? Do nothing, and ask the sender by telephone.',
      ],
    },
  }
}

/**
 * Everybody who has or had a link to the room of a client, each once: with the link sent to them last, and when they
 * opened any of theirs last. @throws NotFoundError
 */
export async function listRoomLinks(member: Member, clientId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const links = await guests.listMailedLinks(tx, organisationId, { kind: 'room', subjectId: clientId })
    const newest = links.filter(
      (link, index) =>
        links.findIndex(({ recipientEmail }) => recipientEmail === link.recipientEmail) === index,
    )
    const openedBy = (email: string) =>
      links.find(({ recipientEmail, openedAt }) => recipientEmail === email && openedAt)?.openedAt ?? null
    return {
      client,
      links: newest.map((link) => ({
        ...link,
        openedAt: openedBy(link.recipientEmail),
        state: stateOfGuest(link, now),
      })),
    }
  })
}

/**
 * Every link of the person whose link is named: behind each lies the same room.
 * @throws NotFoundError; RefusedError `no-link`
 */
export async function revokeRoomLink(member: Member, clientId: string, linkId: string): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    const subject = { kind: 'room', subjectId: clientId } as const
    const links = await guests.listGuestLinks(tx, organisationId, subject)
    const link = links.find(({ id }) => id === linkId)
    if (!link) throw new NotFoundError('No such link')
    if (link.revokedAt) throw new RefusedError('no-link', 'This link was taken back already.')
    const { recipientEmail } = link
    await revokeGuestLinks(tx, organisationId, subject, at, { recipientEmail })
    await recordInLedger(tx, organisationId, {
      kind: 'room.link-revoked',
      actor: actorOf(member),
      at,
      payload: { clientId, linkId, recipientEmail },
    })
  })
}
