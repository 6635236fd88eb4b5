/** Conditions of insurers that are still to be met. */
import type { Due } from '#app/schedule/reminder-plan.ts'
import { listMembers } from '#db/queries/members.server.ts'
import * as subjectivities from '#db/queries/subjectivities.server.ts'
import { currentDue, isPending, nameOf } from '../subjectivity-standing.ts'
import type { ReminderSource } from './source.ts'

export const subjectivityDues: ReminderSource = async (tx, organisationId, _now, horizon) => {
  const rows = (await subjectivities.listStandingSubjectivities(tx, organisationId)).filter(
    ({ subjectivity }) => isPending(subjectivity),
  )
  const extensions = await subjectivities.listExtensions(
    tx,
    organisationId,
    rows.map(({ subjectivity }) => subjectivity.id),
  )
  // Owners are kept by name. One who is a member is written to, otherwise whoever leads.
  const members = new Map((await listMembers(tx, organisationId)).map(({ name, userId }) => [name, userId]))
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
        owner: { kind: 'member', userId: members.get(subjectivity.ownerName) ?? '' },
        href: `/subjectivities/${subjectivity.id}`,
      },
    ]
  })
}
