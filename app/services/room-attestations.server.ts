/**
 * Reports that somebody is to sign, as tasks of their room. The room never opens a report: signing keeps its own link
 * and code (decision 0020), and whoever lost the mail has it sent again to the address in the statement.
 */
import { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import * as links from '#db/queries/attestation.server.ts'
import { getOrganisation } from '#db/queries/members.server.ts'
import type { Key } from './attestation-door.server.ts'
import { sendAttestationLinkIn, stateOfLink } from './attestation-links.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { atGuestDoor, requireOpenGuest } from './guest-door.server.ts'
import type { Delivery } from './guest-links.server.ts'
import { mailsLeave } from './mail-outbox.server.ts'

const MINUTE_MS = 60_000
/** A mail takes a while to arrive; each new one ends the one before. */
const PAUSE_MINUTES = 3
/** More would be somebody filling a mailbox. */
const LINKS_A_DAY = 5

export interface RoomAttestation {
  linkId: string
  formTitle: string
  state: 'open' | 'finished'
  sentAt: Date
  expiresAt: Date
  sentByName: string
}

interface Person {
  clientId: string
  email: string
}

/** What waits for their signature, and what they signed by link; of each report and signature field the newest link. */
export async function listRoomAttestations(
  tx: Tx,
  organisationId: string,
  person: Person,
  now: Date,
): Promise<RoomAttestation[]> {
  const sent = await links.listLinksOfPerson(tx, organisationId, person)
  const seen = new Set<string>()
  return sent.flatMap(({ link, report }): RoomAttestation[] => {
    const field = `${link.reportId} ${link.slot}`
    if (seen.has(field)) return []
    seen.add(field)
    const state = stateOfLink(link, now)
    const waits = state === 'open' && report.state === 'awaiting-attestation'
    if (!waits && state !== 'finished') return []
    const { edition } = Statement.parse(JSON.parse(report.statement))
    const { id: linkId, sentAt, expiresAt, sentByName } = link
    return [
      {
        linkId,
        formTitle: edition.formTitle,
        state: waits ? 'open' : 'finished',
        sentAt,
        expiresAt,
        sentByName,
      },
    ]
  })
}

/**
 * Mails the link again, to the address that stands in the statement; the one mailed before opens nothing any more.
 * Nothing of it is shown to whoever asks.
 * @param origin where browsers reach us, without a slash at the end
 * @throws NotFoundError for a link that is not theirs or does not wait; RefusedError `link-pause`, `links-spent`,
 *   `state`, `others-first`, `code-needed`, `link`
 */
export async function mailAttestationAgain(key: Key, linkId: string, origin: string): Promise<Delivery> {
  return atGuestDoor('room', key, async (tx, door, now) => {
    requireOpenGuest(door)
    const { organisationId, link: room } = door
    const person = { clientId: room.subjectId, email: room.recipientEmail }
    const waiting = await listRoomAttestations(tx, organisationId, person, now)
    if (!waiting.some((one) => one.linkId === linkId && one.state === 'open'))
      throw new NotFoundError('No report of this kind waits for your signature')
    const sent = await links.listLinksOfPerson(tx, organisationId, person)
    const found = sent.find(({ link }) => link.id === linkId)
    if (!found) throw new NotFoundError('No report of this kind waits for your signature')
    const { reportId, slot, sentBy, sentByName, sentAt } = found.link
    const pauseUntil = sentAt.getTime() + PAUSE_MINUTES * MINUTE_MS
    if (now.getTime() < pauseUntil)
      throw new RefusedError(
        'link-pause',
        `The link was mailed just now. Wait ${Math.ceil((pauseUntil - now.getTime()) / 1000)} seconds before you have it sent again.`,
      )
    const dayAgo = now.getTime() - 24 * 60 * MINUTE_MS
    const today = sent.filter(
      ({ link }) => link.reportId === reportId && link.slot === slot && link.sentAt.getTime() > dayAgo,
    )
    if (today.length >= LINKS_A_DAY)
      throw new RefusedError('links-spent', `It was sent often enough for today. Ask ${sentByName}.`)
    return sendAttestationLinkIn(
      tx,
      organisationId,
      {
        reportId,
        slot,
        sender: {
          userId: sentBy,
          name: sentByName,
          actor: `${room.recipientName} <${room.recipientEmail}>`,
          leaves: mailsLeave({ organisationIsDemo: (await getOrganisation(tx, organisationId)).isDemo }),
        },
      },
      origin,
    )
  })
}
