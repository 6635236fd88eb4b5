/** The plan towards one policy's renewal: made from the template, then this client's own. */
import type { Tx } from '#db/client.server.ts'
import type { ClientRow } from '#db/queries/clients.server.ts'
import type { PolicyTerms } from '#db/queries/policies.server.ts'
import * as rows from '#db/queries/renewals.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { withPolicy } from './policy-lock.server.ts'
import { daysUntil } from './portfolio.ts'
import type { AddStepInput, ChangeStepInput, SettleInput } from './renewal-input.ts'
import { EARLY_NOTE, isEarly, LAST_DAY, SORTING_STEP, type StepOwner, stepDay } from './renewal-steps.ts'
import { readRenewalTemplate } from './renewal-template.server.ts'
import { getRuntime } from './runtime.server.ts'

interface PlannedPolicy {
  policyId: string
  client: ClientRow
  insurer: string
  expiresOn: string
  terms: Pick<PolicyTerms, 'insurerContact' | 'broker' | 'brokerContact'>
}

/** Nothing is planned for a renewal that is over. @returns the steps that were made */
export async function makePlan(tx: Tx, member: Member, policy: PlannedPolicy, at: Date) {
  if (daysUntil(policy.expiresOn, at) < -LAST_DAY) return []
  const { newId } = getRuntime()
  const { organisationId } = member
  const { steps } = await readRenewalTemplate(tx, organisationId)
  const ownerOf = proposeOwners(member, policy)
  const made = steps.map(({ key, title, detail, fromDays, dueDays, ownerSide }) => ({
    ...{ organisationId, id: newId(), policyId: policy.policyId, stepKey: key },
    ...{ title, detail, fromDays, dueDays, ownerSide },
    dueOn: stepDay(policy.expiresOn, dueDays),
    ownerName: ownerOf(ownerSide),
    ...{ state: 'open' as const, version: 1, addedAt: at },
  }))
  await rows.insertRenewalSteps(tx, made)
  return made
}

/** Whoever recorded the policy for the provider; contacts for the rest, by their side where none is known. */
function proposeOwners(member: Member, { client, insurer, terms }: PlannedPolicy) {
  const names: Record<StepOwner, string> = {
    provider: member.name,
    client: client.contactName ?? client.legalName,
    broker: terms.brokerContact.name ?? terms.broker ?? 'The broker',
    insurer: terms.insurerContact.name ?? insurer,
  }
  return (side: StepOwner) => names[side]
}

/** Open steps follow the expiry; what is done or skipped stays as it was. @returns how many days changed */
export async function redatePlan(
  tx: Tx,
  organisationId: string,
  policyId: string,
  expiresOn: string,
): Promise<number> {
  let redated = 0
  for (const step of await rows.listRenewalSteps(tx, organisationId, [policyId])) {
    const dueOn = stepDay(expiresOn, step.dueDays)
    if (step.state !== 'open' || step.dueOn === dueOn) continue
    if (!(await rows.updateRenewalStep(tx, organisationId, step.id, step.version, { dueOn })))
      throw new Error('A step changed under the lock of its policy')
    redated += 1
  }
  return redated
}

/** For a policy that has none yet. @throws NotFoundError; RefusedError `planned`, `over` */
export async function startPlan(member: Member, policyId: string): Promise<void> {
  await withPolicy(member, policyId, async (tx, { policy: { clientId }, current }, at) => {
    const { organisationId } = member
    if ((await rows.listRenewalSteps(tx, organisationId, [policyId])).length > 0)
      throw new RefusedError('planned', 'This policy has a plan already. Reload the page.')
    const client = await getClientRow(tx, organisationId, clientId)
    const steps = await makePlan(tx, member, { ...current, client }, at)
    if (steps.length === 0)
      throw new RefusedError(
        'over',
        'This renewal is over. Record the policy that followed, and plan from it.',
      )
    const payload = { clientId, policyId, steps: steps.length }
    await recordInLedger(tx, organisationId, {
      ...{ kind: 'renewal-plan.started', actor: actorOf(member), at, payload },
    })
  })
}

type Saved = 'saved' | 'conflict'

/** @returns `conflict` when somebody changed the step since it was seen; @throws NotFoundError; RefusedError `sorting` */
export async function settleStep(member: Member, policyId: string, input: SettleInput): Promise<Saved> {
  return changeStep(member, policyId, input, 'renewal-step.settled', (step, expiresOn, at) => {
    const isSorting = step.stepKey === SORTING_STEP
    const sortedAs = input.state === 'done' && isSorting ? input.sortedAs : null
    if (input.state === 'done' && isSorting && !sortedAs)
      throw new RefusedError('sorting', 'Say what the account was sorted as.')
    const settled =
      input.state === 'open'
        ? // Opened again it follows the expiry, as it would have done meanwhile.
          { settledAt: null, settledByName: null, dueOn: stepDay(expiresOn, step.dueDays) }
        : { settledAt: at, settledByName: member.name }
    const said = { state: input.state, note: input.state === 'open' ? null : input.note, sortedAs }
    return { values: { ...said, ...settled }, payload: { title: step.title, ...said } }
  })
}

/** Changes the words, the days or the owner of one client's step. @returns as `settleStep`; @throws also `settled` */
export async function editStep(
  member: Member,
  policyId: string,
  { stepId, seenVersion, ...input }: ChangeStepInput,
): Promise<Saved> {
  const which = { stepId, seenVersion }
  return changeStep(member, policyId, which, 'renewal-step.changed', ({ state }, expiresOn) => {
    if (state !== 'open')
      throw new RefusedError('settled', 'What is done or skipped stays as it is. Open the step again first.')
    return { values: { ...input, dueOn: stepDay(expiresOn, input.dueDays) }, payload: input }
  })
}

/** @throws NotFoundError */
export async function addStep(member: Member, policyId: string, input: AddStepInput): Promise<void> {
  await withPolicy(member, policyId, async (tx, { policy: { clientId }, current }, at) => {
    const { organisationId } = member
    const id = getRuntime().newId()
    const dueOn = stepDay(current.expiresOn, input.dueDays)
    await rows.insertRenewalSteps(tx, [
      { ...input, organisationId, id, policyId, stepKey: id, dueOn, state: 'open', version: 1, addedAt: at },
    ])
    const payload = { clientId, policyId, stepId: id, ...input }
    await recordInLedger(tx, organisationId, {
      ...{ kind: 'renewal-step.added', actor: actorOf(member), at, payload },
    })
  })
}

/** Open steps whose day was before they were planned are skipped in one act; each can be opened again. @throws NotFoundError */
export async function skipEarlySteps(member: Member, policyId: string): Promise<void> {
  await withPolicy(member, policyId, async (tx, { policy: { clientId } }, at) => {
    const { organisationId } = member
    const said = { state: 'skipped' as const, note: EARLY_NOTE, sortedAs: null }
    for (const step of await rows.listRenewalSteps(tx, organisationId, [policyId])) {
      if (step.state !== 'open' || !isEarly(step)) continue
      const values = { ...said, settledAt: at, settledByName: member.name }
      if (!(await rows.updateRenewalStep(tx, organisationId, step.id, step.version, values)))
        throw new Error('A step changed under the lock of its policy')
      const payload = { clientId, policyId, stepId: step.id, title: step.title, ...said }
      await recordInLedger(tx, organisationId, {
        ...{ kind: 'renewal-step.settled', actor: actorOf(member), at, payload },
      })
    }
  })
}

interface StepChange {
  values: Parameters<typeof rows.updateRenewalStep>[4]
  payload: Record<string, unknown>
}

async function changeStep(
  member: Member,
  policyId: string,
  { stepId, seenVersion }: { stepId: string; seenVersion: number },
  kind: 'renewal-step.settled' | 'renewal-step.changed',
  change: (step: rows.RenewalStepRow, expiresOn: string, at: Date) => StepChange,
): Promise<Saved> {
  return withPolicy(member, policyId, async (tx, { policy: { clientId }, current }, at) => {
    const { organisationId } = member
    const step = await rows.findRenewalStep(tx, organisationId, policyId, stepId)
    if (!step) throw new NotFoundError('No such step')
    if (step.version !== seenVersion) return 'conflict'
    const { values, payload } = change(step, current.expiresOn, at)
    if (!(await rows.updateRenewalStep(tx, organisationId, stepId, seenVersion, values)))
      throw new Error('A step changed under the lock of its policy')
    const said = { clientId, policyId, stepId, ...payload }
    await recordInLedger(tx, organisationId, { kind, actor: actorOf(member), at, payload: said })
    return 'saved'
  })
}
