/** Renewals that are under way, of all clients: sorted by what readiness says of the account, the next expiry first. */
import { groupsOf } from '#app/readiness/order.ts'
import { listClients } from '#db/queries/clients.server.ts'
import { listPolicies } from '#db/queries/policies.server.ts'
import { listRenewalSteps } from '#db/queries/renewals.server.ts'
import type { Member } from './member.ts'
import { readRows } from './policy-page.server.ts'
import { loadClientRows } from './portfolio.server.ts'
import { daysUntil } from './portfolio.ts'
import { sortAccount } from './renewal-sorting.ts'
import { FIRST_DAY, LAST_DAY } from './renewal-steps.ts'
import type { ListedRenewal } from './renewal-table.ts'
import { getRuntime } from './runtime.server.ts'
import { addDays } from './subjectivity-input.ts'

/** From the first day of work on a renewal to its last; policies that expired long ago are left out. */
export async function listRenewals(member: Member): Promise<ListedRenewal[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const today = now.toISOString().slice(0, 10)
  return database.inOrganisation(organisationId, async (tx) => {
    const held = await listPolicies(tx, organisationId, {
      expiresFrom: addDays(today, -LAST_DAY),
      expiresUntil: addDays(today, -FIRST_DAY),
    })
    const concerned = new Set(held.map(({ client }) => client.id))
    const clients = (await listClients(tx, organisationId, 'active')).filter(({ id }) => concerned.has(id))
    const of = await loadClientRows(tx, organisationId, clients)
    const sortOf = new Map(clients.map(({ id }) => [id, sortAccount(readRows(of(id), now))]))
    const steps = groupsOf(
      await listRenewalSteps(
        tx,
        organisationId,
        held.map(({ policy }) => policy.id),
      ),
      ({ policyId }) => policyId,
    )
    return held
      .map(({ policy, current, client: { id, legalName } }): ListedRenewal => {
        const own = steps(policy.id)
        const next = own.find(({ state }) => state === 'open')
        const { sort, because } = sortOf.get(id) ?? sortAccount(null)
        return {
          policyId: policy.id,
          client: { id, legalName },
          ...{ insurer: current.insurer, policyNumber: current.policyNumber, expiresOn: current.expiresOn },
          daysLeft: daysUntil(current.expiresOn, now),
          ...{ sort, because },
          sortedAs: own.find(({ sortedAs }) => sortedAs !== null)?.sortedAs ?? null,
          done: own.filter(({ state }) => state !== 'open').length,
          steps: own.length,
          next: next
            ? {
                ...{ title: next.title, dueOn: next.dueOn, ownerName: next.ownerName },
                daysLeft: daysUntil(next.dueOn, now),
              }
            : null,
        }
      })
      .sort(
        (a, b) =>
          a.expiresOn.localeCompare(b.expiresOn) ||
          a.client.legalName.localeCompare(b.client.legalName, 'en'),
      )
  })
}
