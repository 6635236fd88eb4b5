/** Who sees to a thing whose owner is kept by name: as far as the name tells. */
import type { Due } from '#app/schedule/reminder-plan.ts'
import type { Tx } from '#db/client.server.ts'
import { listMembers } from '#db/queries/members.server.ts'

/** The one member of that name is written to; where there is none or several, whoever leads. */
export async function readOwners(tx: Tx, organisationId: string): Promise<(name: string) => Due['owner']> {
  const members = await listMembers(tx, organisationId)
  return (wanted) => {
    const [member, namesake] = members.filter(({ name }) => name === wanted)
    return { kind: 'member', userId: member && !namesake ? member.userId : '' }
  }
}
