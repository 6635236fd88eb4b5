/** Who sees to a thing whose owner is kept by name. */
import type { Due } from '#app/schedule/reminder-plan.ts'
import type { Tx } from '#db/client.server.ts'
import { listMembers } from '#db/queries/members.server.ts'

/** A member of that name is written to, otherwise whoever leads. */
export async function readOwners(tx: Tx, organisationId: string): Promise<(name: string) => Due['owner']> {
  const members = new Map((await listMembers(tx, organisationId)).map(({ name, userId }) => [name, userId]))
  return (name) => ({ kind: 'member', userId: members.get(name) ?? '' })
}
