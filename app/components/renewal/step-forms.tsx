/** What can be done about one step of a plan. */
import { Form } from '@remix-run/react'
import {
  ACCOUNT_SORT_WORDS,
  ACCOUNT_SORTS,
  type AccountSort,
  STEP_OWNER_WORDS,
  STEP_OWNERS,
} from '#app/services/renewal-steps.ts'
import { Button } from '../button.tsx'
import type { ShownStep } from '../policy/policy-view.ts'
import { SelectField, TextAreaField, TextField } from '../text-field.tsx'
import type { StepReply, StepTexts } from './step-reply.ts'

interface OfStep {
  step: ShownStep
  reply: StepReply | undefined
}

/** A client's page has the plan as well, so the policy goes along. */
export function Hidden({ intent, policyId, step }: { intent: string; policyId: string; step?: ShownStep }) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="policyId" value={policyId} />
      {step ? (
        <>
          <input type="hidden" name="stepId" value={step.id} />
          <input type="hidden" name="seenVersion" value={step.version} />
        </>
      ) : null}
    </>
  )
}

const finishId = (step: ShownStep) => `${step.id}-finish`

/**
 * Belongs to the form of `FinishForm` and stands above it, so that what can be done about a step is one line.
 * @param sorted what readiness proposes
 */
export function SortedField({ step, sorted, reply }: OfStep & { sorted: AccountSort }) {
  return (
    <SelectField
      name="sortedAs"
      form={finishId(step)}
      id={`${step.id}-sortedAs`}
      label="Sorted as"
      className="mt-2 max-w-64"
      defaultValue={sorted}
      error={reply?.intent === 'done' ? reply.fieldErrors?.sortedAs : undefined}
      options={ACCOUNT_SORTS.map((sort) => ({ value: sort, label: ACCOUNT_SORT_WORDS[sort] }))}
    />
  )
}

export function FinishForm({ step }: Pick<OfStep, 'step'>) {
  return (
    <Form method="post" preventScrollReset id={finishId(step)}>
      <Hidden intent="done" policyId={step.policyId} step={step} />
      <Button type="submit" size="small" aria-label={`Done: ${step.title}`}>
        Done
      </Button>
    </Form>
  )
}

export function SkipForm({ step, reply }: OfStep) {
  const isOwn = reply?.intent === 'skip'
  return (
    <Form method="post" preventScrollReset className="flex flex-col items-start gap-3">
      <Hidden intent="skip" policyId={step.policyId} step={step} />
      <TextField
        name="note"
        id={`${step.id}-note`}
        label="Why it is skipped"
        className="w-full min-w-64"
        autoComplete="off"
        defaultValue={isOwn ? (reply.typed?.note ?? '') : ''}
        error={isOwn ? reply.fieldErrors?.note : undefined}
      />
      <Button type="submit" size="small" aria-label={`Skip: ${step.title}`}>
        Skip it
      </Button>
    </Form>
  )
}

export function EditStepForm({ step, reply }: OfStep) {
  const isOwn = reply?.intent === 'edit-step'
  return (
    <Form method="post" preventScrollReset className="flex max-w-measure flex-col gap-4">
      <Hidden intent="edit-step" policyId={step.policyId} step={step} />
      <StepFields
        prefix={step.id}
        errors={isOwn ? reply.fieldErrors : undefined}
        texts={
          isOwn && reply.typed
            ? reply.typed
            : {
                ...{ title: step.title, detail: step.detail ?? '', ownerSide: step.ownerSide },
                ...{ fromDays: String(step.fromDays), dueDays: String(step.dueDays) },
                ownerName: step.ownerName,
              }
        }
      />
      <Button type="submit" size="small" className="self-start" aria-label={`Save: ${step.title}`}>
        Save
      </Button>
    </Form>
  )
}

export function AddStepForm({
  policyId,
  errors,
  typed,
}: {
  policyId: string
  errors?: Record<string, string>
  typed?: StepTexts
}) {
  return (
    <Form method="post" preventScrollReset className="flex max-w-measure flex-col gap-4">
      <Hidden intent="add-step" policyId={policyId} />
      <StepFields prefix="new" errors={errors} texts={typed ?? { ownerSide: 'provider' }} />
      <Button type="submit" size="small" className="self-start">
        Add the step
      </Button>
    </Form>
  )
}

function StepFields({
  prefix,
  texts,
  errors = {},
}: {
  prefix: string
  texts: StepTexts
  errors?: Record<string, string>
}) {
  const field = (name: keyof StepTexts) => ({
    ...{ name, id: `${prefix}-${name}`, defaultValue: texts[name] ?? '', error: errors[name] },
  })
  return (
    <>
      <TextField {...field('title')} label="Step" autoComplete="off" />
      <TextAreaField {...field('detail')} label="More about it" optional rows={2} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          {...field('fromDays')}
          autoComplete="off"
          label="Begins, days from the expiry"
          hint="-90 is 90 days before it."
        />
        <TextField
          {...field('dueDays')}
          autoComplete="off"
          label="Due, days from the expiry"
          hint="0 is the day of expiry."
        />
        <SelectField
          {...field('ownerSide')}
          label="Whose step"
          options={STEP_OWNERS.map((side) => ({ value: side, label: STEP_OWNER_WORDS[side] }))}
        />
        <TextField {...field('ownerName')} label="Owner" list="step-owners" autoComplete="off" />
      </div>
    </>
  )
}
