/** A policy's pages: what is shown of it, and what is done to it from the client's page and from its own. */
import { data } from '@remix-run/node'
import type { Member } from '#app/services/member.ts'
import { withdrawPolicy } from '#app/services/policies.server.ts'
import { WithdrawPolicyInput } from '#app/services/policy-input.ts'
import type { PolicyPage } from '#app/services/policy-page.server.ts'
import {
  AddStepInput,
  ChangeStepInput,
  FinishStepInput,
  ReopenStepInput,
  SkipStepInput,
} from '#app/services/renewal-input.ts'
import {
  addStep,
  editStep,
  settleStep,
  skipEarlySteps,
  startPlan,
} from '#app/services/renewal-plan.server.ts'
import { unknownAct } from './error-reply.ts'
import { acting } from './faults.server.ts'
import { type Parsed, parseWith } from './input.server.ts'

export function showPolicy(page: PolicyPage) {
  const { policy, current } = page
  const { insurer, policyNumber, inceptionOn, expiresOn, timeZone } = current
  const { applicationId: _a, endorsements: _e, documents: _d, ...terms } = current.terms
  const { standing, isFollowed, endorsements, threatened, readinessOf, application, applicationConcerns } =
    page
  return {
    ...{ id: policy.id, version: policy.version, isWithdrawn: policy.withdrawnAt !== null },
    ...{ insurer, policyNumber, inceptionOn, expiresOn, timeZone, terms, standing, isFollowed },
    ...{ endorsements, threatened, readinessOf, application, applicationConcerns },
    ...{ documents: page.documents, sorted: page.sorted, people: page.people, versions: page.versions },
    steps: page.steps.map(({ organisationId: _o, addedAt: _at, ...step }) => step),
  }
}

/** What the forms of a policy's pages ask for; a conflict comes with status 200, so that the page loads anew. */
export async function actOnPolicy(member: Member, policyId: string, values: Record<string, unknown>) {
  const intent = String(values.intent ?? '')
  const stepId = typeof values.stepId === 'string' ? values.stepId : undefined
  const typed = Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string'))
  const refuse = (fieldErrors: Record<string, string>) =>
    data({ intent, stepId, typed, fieldErrors }, { status: 400 })
  const run = async <T>(parsed: Parsed<T>, work: (input: T) => Promise<unknown>) => {
    if (!parsed.ok) return refuse(parsed.fieldErrors)
    return acting(async () =>
      (await work(parsed.input)) === 'conflict'
        ? { intent, stepId, conflict: true as const }
        : { outcome: intent },
    )
  }
  switch (intent) {
    case 'done':
      return run(parseWith(FinishStepInput, values), (input) =>
        settleStep(member, policyId, { ...input, state: 'done' }),
      )
    case 'skip':
      return run(parseWith(SkipStepInput, values), (input) =>
        settleStep(member, policyId, { ...input, state: 'skipped' }),
      )
    case 'reopen':
      return run(parseWith(ReopenStepInput, values), (input) =>
        settleStep(member, policyId, { ...input, state: 'open' }),
      )
    case 'edit-step':
      return run(parseWith(ChangeStepInput, values), (input) => editStep(member, policyId, input))
    case 'add-step':
      return run(parseWith(AddStepInput, values), (input) => addStep(member, policyId, input))
    case 'start-plan':
      return acting(async () => {
        await startPlan(member, policyId)
        return { outcome: intent }
      })
    case 'skip-early':
      return acting(async () => {
        await skipEarlySteps(member, policyId)
        return { outcome: intent }
      })
    case 'withdraw-policy':
      return run(parseWith(WithdrawPolicyInput, values), ({ reason }) =>
        withdrawPolicy(member, policyId, reason),
      )
    default:
      throw unknownAct()
  }
}
