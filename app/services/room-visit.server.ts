/** Somebody at the client in their room: what waits for them, and signing or refusing a waiver. */
import { listRequests } from '#db/queries/evidence-requests.server.ts'
import { getOrganisationName } from '#db/queries/members.server.ts'
import type { Key } from './attestation-door.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError } from './errors.ts'
import { isOverdue } from './evidence-requests.server.ts'
import { atGuestDoor, requireOpenGuest } from './guest-door.server.ts'
import type { Member } from './member.ts'
import { methodOf, refuseBothSides } from './room-identity.ts'
import type { Caller } from './sessions.server.ts'
import { openWaiverFile } from './waiver-file.server.ts'
import type { RefuseWaiverInput, SignWaiverInput } from './waiver-input.ts'
import { getOfferedWaiver, listWaiversFor, refuseWaiver, signWaiver } from './waiver-signing.server.ts'

/** Everything that was put to this person of this client, and nothing of anybody else. */
export async function visitRoom(key: Key) {
  return atGuestDoor('room', key, async (tx, door, now) => {
    requireOpenGuest(door)
    const { organisationId, link } = door
    const { subjectId: clientId, recipientEmail: email } = link
    const requests = await listRequests(tx, organisationId, { clientId })
    return {
      clientName: (await getClientRow(tx, organisationId, clientId)).legalName,
      organisationName: await getOrganisationName(tx, organisationId),
      recipientName: link.recipientName,
      requests: requests
        .filter(({ request }) => request.recipientEmail.toLowerCase() === email)
        .map(({ request: { id, title, dueOn, state } }) => ({
          id,
          title,
          dueOn,
          state,
          isOverdue: state === 'open' && isOverdue(dueOn, now),
        })),
      waivers: (await listWaiversFor(tx, organisationId, { clientId, email })).map(({ id, state, text }) => ({
        id,
        state,
        service: text.service,
      })),
    }
  })
}

/** @throws NotFoundError for a waiver that was not put to them */
export async function visitRoomWaiver(key: Key, waiverId: string) {
  return atGuestDoor('room', key, async (tx, door) => {
    requireOpenGuest(door)
    const { organisationId, link } = door
    const person = { clientId: link.subjectId, email: link.recipientEmail }
    const waiver = await getOfferedWaiver(tx, organisationId, { waiverId, ...person })
    return { organisationId, link, waiver, organisationName: await getOrganisationName(tx, organisationId) }
  })
}

/**
 * @param alsoSignedIn the member whose session the same browser holds: nobody signs for both sides
 * @throws RefusedError `both-sides`, and as `signWaiver`
 */
export async function signInRoom(
  key: Key,
  { waiverId, typedName }: SignWaiverInput,
  caller: Caller,
  alsoSignedIn: Member | null,
): Promise<void> {
  const { organisationId, link, waiver } = await visitRoomWaiver(key, waiverId)
  const preparer = refuseBothSides(organisationId, alsoSignedIn)
  await signWaiver(organisationId, waiverId, {
    name: link.recipientName,
    email: link.recipientEmail,
    record: {
      method: methodOf(link),
      linkId: link.id,
      linkSentAt: link.sentAt.toISOString(),
      codeEnteredAt: link.codeEnteredAt?.toISOString() ?? null,
      address: caller.address,
      userAgent: caller.userAgent,
      typedName,
      consent: waiver.declaration,
      alsoSignedIn: preparer,
    },
  })
}

export async function refuseInRoom(key: Key, { waiverId, reason }: RefuseWaiverInput): Promise<void> {
  const { organisationId, link } = await visitRoomWaiver(key, waiverId)
  const person = { name: link.recipientName, email: link.recipientEmail }
  await refuseWaiver(organisationId, waiverId, person, reason)
}

/** The signed file, for whoever signed it. @throws NotFoundError while there is none */
export async function openRoomWaiver(key: Key, waiverId: string) {
  const { organisationId, waiver } = await visitRoomWaiver(key, waiverId)
  if (!waiver.hasFile) throw new NotFoundError('This waiver has no file yet')
  return openWaiverFile({ organisationId }, waiverId)
}
