/** Policies of a client: recorded, changed by a version more, and withdrawn where one was entered by mistake. */
import type { Tx } from '#db/client.server.ts'
import { listApplications } from '#db/queries/applications.server.ts'
import { lockClient, updateClient } from '#db/queries/clients.server.ts'
import { listEvidence } from '#db/queries/evidence.server.ts'
import * as rows from '#db/queries/policies.server.ts'
import { RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import type { PolicyInput } from './policy-input.ts'
import { lockActiveClient, withPolicy } from './policy-lock.server.ts'
import { pickPolicy } from './policy-standing.ts'
import { makePlan, redatePlan } from './renewal-plan.server.ts'
import { getRuntime } from './runtime.server.ts'
import { refuseUnknownControls } from './waiver-controls.server.ts'

/** @throws NotFoundError; RefusedError `archived`, `application`, `document`, `controls`; @returns the new policy's id */
export async function recordPolicy(member: Member, clientId: string, input: PolicyInput): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const policyId = newId()
  await database.inOrganisation(organisationId, async (tx) => {
    const client = await lockActiveClient(tx, organisationId, clientId)
    await refuseForeign(tx, organisationId, clientId, input)
    const recorded = { recordedByName: member.name, recordedAt: at }
    await rows.insertPolicy(tx, { ...recorded, organisationId, id: policyId, clientId, version: 1 })
    await rows.insertPolicyVersion(tx, {
      ...{ ...recorded, organisationId, id: newId(), policyId, version: 1, recordedBy: member.userId },
      ...input,
    })
    const steps = await makePlan(tx, member, { policyId, client, ...input }, at)
    await followPolicies(tx, member, clientId, at)
    await recordInLedger(tx, organisationId, {
      kind: 'policy.recorded',
      actor: actorOf(member),
      at,
      payload: { clientId, policyId, version: 1, ...input, steps: steps.length },
    })
  })
  return policyId
}

/**
 * @returns `conflict` when another version was saved since `seenVersion`
 * @throws NotFoundError; RefusedError as `recordPolicy`, and `withdrawn`
 */
export async function changePolicy(
  member: Member,
  policyId: string,
  { seenVersion, reason }: { seenVersion: number; reason: string },
  input: PolicyInput,
): Promise<'saved' | 'conflict'> {
  const { newId } = getRuntime()
  return withPolicy(member, policyId, async (tx, { policy }, at) => {
    const { organisationId } = member
    if (policy.version !== seenVersion) return 'conflict'
    await refuseForeign(tx, organisationId, policy.clientId, input)
    const version = policy.version + 1
    await rows.insertPolicyVersion(tx, {
      ...{ organisationId, id: newId(), policyId, version, reason },
      ...{ recordedBy: member.userId, recordedByName: member.name, recordedAt: at },
      ...input,
    })
    await rows.updatePolicy(tx, organisationId, policyId, { version })
    const redated = await redatePlan(tx, organisationId, policyId, input.expiresOn)
    await followPolicies(tx, member, policy.clientId, at)
    await recordInLedger(tx, organisationId, {
      kind: 'policy.changed',
      actor: actorOf(member),
      at,
      payload: { clientId: policy.clientId, policyId, version, reason, ...input, redated },
    })
    return 'saved'
  })
}

/** It leaves lists and calendars, and keeps its versions. @throws NotFoundError; RefusedError `archived`, `withdrawn` */
export async function withdrawPolicy(member: Member, policyId: string, reason: string): Promise<void> {
  await withPolicy(member, policyId, async (tx, { policy }, at) => {
    await rows.updatePolicy(tx, member.organisationId, policyId, {
      ...{ withdrawnAt: at, withdrawnByName: member.name, withdrawnReason: reason },
    })
    await followPolicies(tx, member, policy.clientId, at)
    await recordInLedger(tx, member.organisationId, {
      kind: 'policy.withdrawn',
      actor: actorOf(member),
      at,
      payload: { clientId: policy.clientId, policyId, reason },
    })
  })
}

/** The dates in the client's own form, which lists and applications go by, become those of the policy that counts. */
export async function takeDatesOfPolicy(member: Member, clientId: string): Promise<void> {
  const { database, clock } = getRuntime()
  await database.inOrganisation(member.organisationId, async (tx) => {
    await lockActiveClient(tx, member.organisationId, clientId)
    await followPolicies(tx, member, clientId, clock())
  })
}

async function followPolicies(tx: Tx, member: Member, clientId: string, at: Date): Promise<void> {
  const { organisationId } = member
  const held = await rows.listPolicies(tx, organisationId, { clientId })
  const counting = pickPolicy(held, ({ current }) => current, at)
  const client = await lockClient(tx, organisationId, clientId)
  if (!counting || !client) return
  const dates = {
    policyInceptionOn: counting.current.inceptionOn,
    policyRenewalOn: counting.current.expiresOn,
  }
  if (
    client.policyInceptionOn === dates.policyInceptionOn &&
    client.policyRenewalOn === dates.policyRenewalOn
  )
    return
  await updateClient(tx, organisationId, clientId, client.version, dates)
  await recordInLedger(tx, organisationId, {
    kind: 'client.changed',
    actor: actorOf(member),
    at,
    payload: { clientId, ...dates },
  })
}

async function refuseForeign(tx: Tx, organisationId: string, clientId: string, { terms }: PolicyInput) {
  refuseUnknownControls(terms.endorsements.flatMap(({ controlIds }) => controlIds))
  const { applicationId, documents } = terms
  if (applicationId !== null) {
    const applications = await listApplications(tx, organisationId, clientId)
    if (!applications.some(({ id }) => id === applicationId))
      throw new RefusedError('application', 'That application is not one of this client’s. Choose again.')
  }
  if (documents.length > 0) {
    const held = new Set(
      (await listEvidence(tx, organisationId, clientId, true)).map(({ evidence }) => evidence.id),
    )
    if (documents.some(({ evidenceId }) => !held.has(evidenceId)))
      throw new RefusedError('document', 'One of the files is not evidence of this client. Choose again.')
  }
}
