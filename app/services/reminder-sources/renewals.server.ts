/** Steps of renewals that nobody has done or skipped yet. */
import { shiftDay } from '#app/schedule/zone.ts'
import { listRenewalStepsDue } from '#db/queries/renewals.server.ts'
import { readOwners } from './owners.server.ts'
import type { ReminderSource } from './source.ts'

/** As far as the planner looks back at what fell due. */
const BACK_DAYS = 100

export const renewalDues: ReminderSource = async (tx, organisationId, { now, horizon, clientId }) => {
  const from = shiftDay(now.toISOString().slice(0, 10), -BACK_DAYS)
  const rows = await listRenewalStepsDue(tx, organisationId, from, horizon, clientId)
  const ownerOf = await readOwners(tx, organisationId)
  return rows
    .filter(({ step }) => step.state === 'open')
    .map(({ step, client, insurer }) => ({
      subjectKey: `renewal-step:${step.id}`,
      kind: 'renewal-step',
      clientId: client.id,
      clientName: client.legalName,
      title: `${step.title} (renewal with ${insurer})`,
      dueOn: step.dueOn,
      since: step.addedAt,
      // Somebody of the client, the broker or the insurer may bear the name of a member; whoever leads asks them.
      owner: ownerOf(step.ownerSide === 'provider' ? step.ownerName : ''),
      href: `/policies/${step.policyId}#step-${step.id}`,
    }))
}
