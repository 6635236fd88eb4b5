/** The steps that a renewal's plan starts from: built in, or as the organisation changed them; each change is a version. */
import type { Tx } from '#db/client.server.ts'
import { findRenewalTemplate, insertRenewalTemplate } from '#db/queries/renewals.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import type { RenewalTemplateInput } from './renewal-input.ts'
import { BUILT_IN_STEPS } from './renewal-steps.ts'
import { getRuntime } from './runtime.server.ts'

/** `version` is 0, and nobody has changed it, as long as the built-in steps count. */
export async function readRenewalTemplate(tx: Tx, organisationId: string) {
  const row = await findRenewalTemplate(tx, organisationId)
  return {
    version: row?.version ?? 0,
    steps: row?.steps ?? BUILT_IN_STEPS,
    changedByName: row?.recordedByName ?? null,
    changedAt: row?.recordedAt ?? null,
  }
}

export async function getRenewalTemplate(member: Member) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, (tx) => readRenewalTemplate(tx, organisationId))
}

/**
 * Plans that were made stay as they are.
 * @param input null: as built in again
 * @returns `conflict` when another version was saved since `seenVersion`
 */
export async function changeRenewalTemplate(
  member: Member,
  seenVersion: number,
  input: RenewalTemplateInput['steps'] | null,
): Promise<'saved' | 'conflict'> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const { version: current } = await readRenewalTemplate(tx, organisationId)
    if (current !== seenVersion) return 'conflict'
    const known = new Set<string>()
    const steps = (input ?? BUILT_IN_STEPS).map((step) => {
      // Of two rows with one name the second is another step.
      const key = step.key === '' || known.has(step.key) ? `own-${newId()}` : step.key
      known.add(key)
      return { ...step, key }
    })
    const version = current + 1
    const recorded = { recordedBy: member.userId, recordedByName: member.name, recordedAt: at }
    if (!(await insertRenewalTemplate(tx, { ...recorded, organisationId, id: newId(), version, steps })))
      return 'conflict'
    await recordInLedger(tx, organisationId, {
      kind: 'renewal-template.changed',
      actor: actorOf(member),
      at,
      payload: { version, steps },
    })
    return 'saved'
  })
}
