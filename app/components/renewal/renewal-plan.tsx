/** The steps towards a renewal, each with its day, its owner and what became of it. */
import { Form } from '@remix-run/react'
import { CircleCheck, CircleDot, CircleMinus, History, OctagonX } from 'lucide-react'
import { ACCOUNT_SORT_WORDS, SORTING_STEP, STEP_OWNER_WORDS, sayDays } from '#app/services/renewal-steps.ts'
import { Button } from '../button.tsx'
import { countOf } from '../counts.ts'
import { Disclosure } from '../disclosure.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import type { ShownPolicy, ShownStep } from '../policy/policy-view.ts'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { AddStepForm, EditStepForm, FinishForm, Hidden, SkipForm, SortedField } from './step-forms.tsx'
import type { StepReply } from './step-reply.ts'

interface RenewalPlanProps {
  policy: Pick<ShownPolicy, 'id' | 'expiresOn' | 'steps' | 'sorted' | 'people'>
  canAct: boolean
  reply: StepReply | undefined
}

export function RenewalPlan({ policy, canAct, reply }: RenewalPlanProps) {
  const { steps, people, sorted } = policy
  const early = steps.filter(({ state, isEarly }) => state === 'open' && isEarly).length
  const settled = steps.filter(({ state }) => state !== 'open').length
  if (steps.length === 0) return <NoPlan policyId={policy.id} canAct={canAct} />
  return (
    <PageSection
      title="Renewal plan"
      lead={`${settled} of ${countOf(steps.length, 'step')} done or skipped. Days follow the expiry; what is done stays as it is.`}
    >
      <datalist id="step-owners">
        {people.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {reply?.conflict ? (
        <div className="mb-4">
          <Notice kind="warning" announce title="Somebody else changed this step in the meantime">
            Nothing was saved. The plan below shows what they did.
          </Notice>
        </div>
      ) : null}
      {canAct && early > 0 ? <SkipEarly policyId={policy.id} count={early} /> : null}
      <ol className="border-rule border-t">
        {steps.map((step) => (
          <li key={step.id} id={`step-${step.id}`} className="border-hairline border-b py-3">
            <Step
              step={step}
              sorted={sorted}
              canAct={canAct}
              reply={reply?.stepId === step.id ? reply : undefined}
            />
          </li>
        ))}
      </ol>
      {canAct ? (
        <div className="mt-4">
          <Disclosure title="Add a step for this client" isOpen={reply?.intent === 'add-step'}>
            <AddStepForm
              key={steps.length}
              policyId={policy.id}
              errors={reply?.intent === 'add-step' ? reply.fieldErrors : undefined}
              typed={reply?.intent === 'add-step' ? reply.typed : undefined}
            />
          </Disclosure>
        </div>
      ) : null}
    </PageSection>
  )
}

/** Of a policy that was recorded late: nobody is to skip them one by one. */
function SkipEarly({ policyId, count }: { policyId: string; count: number }) {
  const steps = countOf(count, 'step')
  return (
    <div className="mb-4 max-w-measure">
      <Disclosure title={`Skip the ${steps} whose day was before the policy was recorded`}>
        <p className="mb-3">
          {count === 1 ? 'It is' : 'They are'} marked as skipped for that reason, by you. Is one of them still
          worth doing? Open it again in the plan.
        </p>
        <Form method="post" preventScrollReset>
          <Hidden intent="skip-early" policyId={policyId} />
          <Button type="submit" size="small">
            {`Skip ${count === 1 ? 'this step' : `these ${steps}`}`}
          </Button>
        </Form>
      </Disclosure>
    </div>
  )
}

function NoPlan({ policyId, canAct }: { policyId: string; canAct: boolean }) {
  return (
    <PageSection title="Renewal plan">
      <p className="mb-4 max-w-measure text-ink-soft">
        There is no plan for the renewal of this policy. One is made from your template, from 120 days before
        the expiry to 30 days after it.
      </p>
      {canAct ? (
        <Form method="post">
          <Hidden intent="start-plan" policyId={policyId} />
          <Button type="submit">Make the plan</Button>
        </Form>
      ) : null}
    </PageSection>
  )
}

const lookOf = ({ state, daysLeft, isEarly }: ShownStep): StatusLook => {
  if (state === 'done') return { word: 'Done', icon: CircleCheck, tone: 'ok' }
  if (state === 'skipped') return { word: 'Skipped', icon: CircleMinus, tone: 'neutral' }
  if (isEarly && daysLeft < 0) return { word: 'Before it was recorded', icon: History, tone: 'neutral' }
  return daysLeft < 0
    ? { word: 'Overdue', icon: OctagonX, tone: 'bad' }
    : { word: 'Open', icon: CircleDot, tone: daysLeft <= 7 ? 'warn' : 'info' }
}

function Step({
  step,
  sorted,
  canAct,
  reply,
}: {
  step: ShownStep
  sorted: ShownPolicy['sorted']
  canAct: boolean
  reply: StepReply | undefined
}) {
  const { title, detail, dueOn, dueDays, ownerName, ownerSide, state } = step
  const isSorting = step.stepKey === SORTING_STEP
  return (
    <article className="grid gap-x-6 gap-y-1 sm:grid-cols-[11rem_1fr]">
      <div>
        <StatusBadge {...lookOf(step)} />
        <p className="text-caption text-ink-soft">
          <Time at={dueOn} />
        </p>
      </div>
      <div className="min-w-0">
        <h3 className="wrap-anywhere font-medium">{title}</h3>
        <p className="wrap-anywhere text-caption text-ink-soft">
          {ownerName} ({STEP_OWNER_WORDS[ownerSide].toLowerCase()}), {sayDays(dueDays)}
        </p>
        {detail ? <p className="wrap-anywhere mt-1 max-w-measure">{detail}</p> : null}
        {isSorting && state === 'open' ? (
          <p className="mt-1 max-w-measure">
            Today: <strong>{ACCOUNT_SORT_WORDS[sorted.sort].toLowerCase()}</strong>
            {sorted.because.length > 0 ? ` (${sorted.because.join(', ')})` : ''}
          </p>
        ) : null}
        {state === 'open' ? null : <Settled step={step} />}
        {canAct && isSorting && state === 'open' ? (
          <SortedField step={step} sorted={sorted.sort} reply={reply} />
        ) : null}
        {canAct ? (
          <div className="mt-2 flex flex-wrap items-start gap-x-6 gap-y-2 [&>details]:pt-1">
            {state === 'open' ? (
              <>
                <FinishForm step={step} />
                <Disclosure title="Skip" isOpen={reply?.intent === 'skip'}>
                  <SkipForm step={step} reply={reply} />
                </Disclosure>
                <Disclosure title="Change" isOpen={reply?.intent === 'edit-step'}>
                  <EditStepForm key={step.version} step={step} reply={reply} />
                </Disclosure>
              </>
            ) : (
              <Form method="post" preventScrollReset>
                <Hidden intent="reopen" policyId={step.policyId} step={step} />
                <Button type="submit" size="small" variant="quiet" aria-label={`Open again: ${title}`}>
                  Open again
                </Button>
              </Form>
            )}
          </div>
        ) : null}
      </div>
    </article>
  )
}

function Settled({ step: { state, settledAt, settledByName, note, sortedAs } }: { step: ShownStep }) {
  return (
    <p className="wrap-anywhere mt-1 max-w-measure text-caption text-ink-soft">
      {state === 'done' ? 'Done' : 'Skipped'} by {settledByName}
      {settledAt ? (
        <>
          {' '}
          on <Time at={settledAt} />
        </>
      ) : null}
      {sortedAs ? `, sorted as ${ACCOUNT_SORT_WORDS[sortedAs].toLowerCase()}` : ''}
      {note ? `: ${note}` : ''}
    </p>
  )
}
