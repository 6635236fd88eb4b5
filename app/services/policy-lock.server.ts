/** Changes of one client's policies wait for each other. */
import type { Tx } from '#db/client.server.ts'
import { lockClient } from '#db/queries/clients.server.ts'
import { type HeldPolicy, listPolicies, lockPolicy } from '#db/queries/policies.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/**
 * The client is locked first, then the policy, in every change of either.
 * @throws NotFoundError; RefusedError `archived`, `withdrawn`
 */
export async function withPolicy<T>(
  member: Member,
  policyId: string,
  work: (tx: Tx, held: HeldPolicy, at: Date) => Promise<T>,
): Promise<T> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const [seen] = await listPolicies(tx, organisationId, { id: policyId })
    if (!seen) throw new NotFoundError('No such policy')
    await lockActiveClient(tx, organisationId, seen.policy.clientId)
    await lockPolicy(tx, organisationId, policyId)
    // Read again: somebody may have changed it before the lock was ours.
    const [held] = await listPolicies(tx, organisationId, { id: policyId })
    if (!held) throw new NotFoundError('No such policy')
    if (held.policy.withdrawnAt)
      throw new RefusedError('withdrawn', 'This policy was withdrawn and changes no more. Record a new one.')
    return work(tx, held, clock())
  })
}

/** @throws NotFoundError; RefusedError `archived` */
export async function lockActiveClient(tx: Tx, organisationId: string, clientId: string) {
  const client = await lockClient(tx, organisationId, clientId)
  if (!client) throw new NotFoundError('No such client')
  if (client.archivedAt)
    throw new RefusedError('archived', 'This client is archived. Restore it to change its policies.')
  return client
}
