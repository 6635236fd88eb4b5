/** Whether an organisation lets anybody in without a second factor. */
import { updateDemand } from '#db/queries/second-factors.server.ts'
import { RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member, requireOwner } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/**
 * From the next request on, members without one are led to set one up.
 * @throws RefusedError `owner`, `demo`, `own-factor` for an owner who would lock themselves out first
 */
export async function demandSecondFactor(member: Member): Promise<void> {
  requireOwner(member, 'decides this')
  if (member.organisationIsDemo)
    throw new RefusedError('demo', 'Everybody shares the account of the demo, so it has no second factor.')
  if (!member.hasSecondFactor) {
    throw new RefusedError(
      'own-factor',
      'Set up a second factor of your own first, and sign in with it. Then you can demand one of everybody.',
    )
  }
  await setDemand(member, 'organisation.second-factor-demanded')
}

/** Leaves it to each member again. @throws RefusedError `owner` */
export async function releaseSecondFactor(member: Member): Promise<void> {
  requireOwner(member, 'decides this')
  await setDemand(member, 'organisation.second-factor-released')
}

async function setDemand(
  member: Member,
  kind: 'organisation.second-factor-demanded' | 'organisation.second-factor-released',
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const demandedAt = kind === 'organisation.second-factor-demanded' ? at : null
  await database.inOrganisation(organisationId, async (tx) => {
    if (!(await updateDemand(tx, organisationId, demandedAt))) return
    await recordInLedger(tx, organisationId, {
      kind,
      actor: actorOf(member),
      at,
      payload: { organisationId },
    })
  })
}
