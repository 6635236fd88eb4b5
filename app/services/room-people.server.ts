/** The people of a client whom anything was put to so far, so that nobody types an address twice. */
import type { Tx } from '#db/client.server.ts'
import { listAssignments } from '#db/queries/assignments.server.ts'
import type { ClientRow } from '#db/queries/clients.server.ts'
import { listRequests } from '#db/queries/evidence-requests.server.ts'
import { listGuestLinks } from '#db/queries/guests.server.ts'

export interface KnownPerson {
  name: string
  /** In small letters. */
  email: string
}

/** Each address once, by name; the newest name of each. */
export async function listKnownPeople(tx: Tx, client: ClientRow): Promise<KnownPerson[]> {
  const { organisationId, id: clientId, contactName, contactEmail } = client
  const links = await listGuestLinks(tx, organisationId, { kind: 'room', subjectId: clientId })
  const assigned = await listAssignments(tx, organisationId, { clientId })
  const requested = await listRequests(tx, organisationId, { clientId })
  const people = new Map<string, string>()
  const rows = [...assigned, ...links, ...requested.map(({ request }) => request)]
  for (const { recipientName, recipientEmail } of rows) {
    const email = recipientEmail.toLowerCase()
    if (!people.has(email)) people.set(email, recipientName)
  }
  if (contactEmail && contactName && !people.has(contactEmail.toLowerCase()))
    people.set(contactEmail.toLowerCase(), contactName)
  return [...people]
    .map(([email, name]) => ({ name, email }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
}
