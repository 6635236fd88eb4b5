/** Somebody at the client in their room: what waits for them, and signing or refusing a waiver. */
import type { Tx } from '#db/client.server.ts'
import { listAssignments } from '#db/queries/assignments.server.ts'
import { listRequests } from '#db/queries/evidence-requests.server.ts'
import { findMemberById, getOrganisationName } from '#db/queries/members.server.ts'
import type { Key } from './attestation-door.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError } from './errors.ts'
import { isOverdue } from './evidence-requests.server.ts'
import { atGuestDoor, requireOpenGuest } from './guest-door.server.ts'
import type { Member } from './member.ts'
import { listRoomApprovals } from './room-approvals.server.ts'
import { listRoomAttestations } from './room-attestations.server.ts'
import { loadRoomForm, type RoomForm } from './room-forms.server.ts'
import { methodOf, refuseBothSides } from './room-identity.ts'
import { listTasks } from './room-tasks.ts'
import type { Caller } from './sessions.server.ts'
import { openWaiverFile } from './waiver-file.server.ts'
import type { RefuseWaiverInput, SignWaiverInput } from './waiver-input.ts'
import { getOfferedWaiver, listWaiversFor, refuseWaiver, signWaiver } from './waiver-signing.server.ts'

/** Everything that was put to this person of this client, and nothing of anybody else. */
export async function visitRoom(key: Key) {
  return atGuestDoor('room', key, async (tx, door, now) => {
    requireOpenGuest(door)
    const { organisationId, link } = door
    const person = { clientId: link.subjectId, email: link.recipientEmail }
    const sender = await findMemberById(tx, organisationId, link.sentBy)
    return {
      clientName: (await getClientRow(tx, organisationId, person.clientId)).legalName,
      organisationName: await getOrganisationName(tx, organisationId),
      recipientName: link.recipientName,
      /** Whom to ask: who sent the link, as long as they work there. */
      contact: sender && { name: sender.name, email: sender.email },
      tasks: listTasks({
        forms: await listForms(tx, organisationId, person, now),
        requests: await listOwnRequests(tx, organisationId, person, now),
        waivers: (await listWaiversFor(tx, organisationId, person)).map((waiver) => ({
          ...waiver,
          service: waiver.text.service,
        })),
        approvals: (await listRoomApprovals(tx, organisationId, person, now)).map((approval) => ({
          ...approval,
          isOverdue: approval.state === 'asked' && isOverdue(approval.dueOn, now),
        })),
        attestations: await listRoomAttestations(tx, organisationId, person, now),
      }),
    }
  })
}

interface Person {
  clientId: string
  email: string
}

async function listForms(tx: Tx, organisationId: string, person: Person, now: Date): Promise<RoomForm[]> {
  const { clientId, email } = person
  const assigned = await listAssignments(tx, organisationId, { clientId, recipientEmail: email })
  const forms: RoomForm[] = []
  for (const applicationId of new Set(assigned.map((row) => row.applicationId))) {
    const form = await loadRoomForm(tx, organisationId, { applicationId, ...person }, now)
    if (form) forms.push(form)
  }
  return forms
}

async function listOwnRequests(tx: Tx, organisationId: string, { clientId, email }: Person, now: Date) {
  const requests = await listRequests(tx, organisationId, { clientId })
  return requests
    .filter(({ request }) => request.recipientEmail.toLowerCase() === email)
    .map(({ request: { id, title, dueOn, state, requestedByName } }) => ({
      ...{ id, title, dueOn, state, requestedByName },
      isOverdue: state === 'open' && isOverdue(dueOn, now),
    }))
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
