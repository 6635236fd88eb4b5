/** Conditions of insurers that are still to be met. */
import type { Due } from '#app/schedule/reminder-plan.ts'
import * as subjectivities from '#db/queries/subjectivities.server.ts'
import { currentDue, isPending, nameOf } from '../subjectivity-standing.ts'
import { readOwners } from './owners.server.ts'
import type { ReminderSource } from './source.ts'

export const subjectivityDues: ReminderSource = async (tx, organisationId, { horizon, clientId }) => {
  const rows = (await subjectivities.listStandingSubjectivities(tx, organisationId, clientId)).filter(
    ({ subjectivity }) => isPending(subjectivity),
  )
  const extensions = await subjectivities.listExtensions(
    tx,
    organisationId,
    rows.map(({ subjectivity }) => subjectivity.id),
  )
  const ownerOf = await readOwners(tx, organisationId)
  return rows.flatMap(({ subjectivity, binding, client }): Due[] => {
    const own = extensions.filter(({ subjectivityId }) => subjectivityId === subjectivity.id)
    const dueOn = currentDue(subjectivity, own, binding)
    if (dueOn === null || dueOn > horizon) return []
    return [
      {
        subjectKey: `subjectivity:${subjectivity.id}`,
        kind: 'subjectivity',
        clientId: client.id,
        clientName: client.legalName,
        title: nameOf(subjectivity),
        dueOn,
        since: subjectivity.recordedAt,
        // As with renewals: only our own side is named by its members' names.
        owner: ownerOf(subjectivity.ownerSide === 'provider' ? subjectivity.ownerName : ''),
        href: `/subjectivities/${subjectivity.id}`,
      },
    ]
  })
}
