/** What officers promised in re-attestations and nobody has done yet. */
import type { Due } from '#app/schedule/reminder-plan.ts'
import { listPromised } from '#db/queries/promises.server.ts'
import { promisesOf } from '../promise-standing.ts'
import { readOwners } from './owners.server.ts'
import type { ReminderSource } from './source.ts'

export const promiseDues: ReminderSource = async (tx, organisationId, { horizon, clientId }) => {
  const rows = await listPromised(tx, organisationId, { dueUntil: horizon, clientId })
  const ownerOf = await readOwners(tx, organisationId)
  return rows.flatMap((row): Due[] => {
    const { client, report, reattestation } = row
    return promisesOf(row)
      .filter(({ isOpen, dueOn }) => isOpen && dueOn <= horizon)
      .map(({ key, title, dueOn, owner }) => ({
        subjectKey: key,
        kind: 'promise',
        clientId: client.id,
        clientName: client.legalName,
        title,
        dueOn,
        since: report.attestedAt ?? new Date(0),
        // Nobody is named for the broker: whoever handed the re-attestation over sees to it.
        owner: owner === null ? { kind: 'member', userId: report.createdBy } : ownerOf(owner),
        href: `/reattestations/${reattestation.id}/promises`,
      }))
  })
}
