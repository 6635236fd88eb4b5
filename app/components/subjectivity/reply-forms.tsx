/** What can be recorded about a condition that stands: an answer, a decision, more time, its withdrawal. */
import { Form } from '@remix-run/react'
import { type ReactNode, useMemo } from 'react'
import {
  decisionInput,
  extensionInput,
  OUTCOME_WORDS,
  OUTCOMES,
  ResponseInput,
  WithdrawInput,
} from '#app/services/subjectivity-input.ts'
import { Button } from '../button.tsx'
import { CheckboxField, ChoiceCards } from '../choice-field.tsx'
import { type CitableEvidence, EvidenceChoice } from '../evidence/evidence-choice.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import {
  ANSWER_FIELDS,
  DECISION_FIELDS,
  EXTENSION_FIELDS,
  type Texts,
  WITHDRAW_FIELDS,
} from './subjectivity-words.ts'

interface FormProps<Fields extends readonly string[]> {
  texts: Texts<Fields>
  fieldErrors?: Record<string, string>
  version: number
}

type Checked = Pick<ReturnType<typeof useCheckedForm>, 'summary' | 'onSubmit'>

function ReplyForm(props: { form: Checked; intent: string; version: number; children: ReactNode }) {
  const { form, intent, version, children } = props
  return (
    <Form method="post" noValidate onSubmit={form.onSubmit} className="flex max-w-measure flex-col gap-5">
      <FormErrorSummary key={form.summary.key} problems={form.summary.problems} />
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="seenVersion" value={version} />
      {children}
    </Form>
  )
}

interface AnswerFormProps extends FormProps<typeof ANSWER_FIELDS> {
  evidence: readonly CitableEvidence[]
  chosen: readonly string[]
  controlId: string | null
  addTo: string
  /** Other conditions that the same words answer, once that was found. */
  alike?: readonly string[]
}

export function AnswerForm(props: AnswerFormProps) {
  const { texts, fieldErrors, version, evidence, chosen, controlId, addTo, alike } = props
  const form = useCheckedForm(ResponseInput, ANSWER_FIELDS, fieldErrors)
  return (
    <ReplyForm form={form} intent="answer" version={version}>
      {alike ? (
        <Notice kind="warning" announce title="The same text answers another condition">
          <p>
            Underwriters want each condition answered line by line; one text for all of them is what they send
            back first. It stands already at: {alike.join('; ')}.
          </p>
        </Notice>
      ) : null}
      <TextAreaField
        {...form.field('answer')}
        defaultValue={texts.answer ?? ''}
        label="Answer"
        hint="What was done, on which systems, since when, and what is left. Earlier answers stay."
        rows={5}
      />
      <EvidenceChoice {...{ evidence, chosen, controlId, addTo }} error={fieldErrors?.evidenceIds} />
      {alike ? (
        <CheckboxField
          name="sameText"
          id="sameText"
          value="on"
          label="This text is right for this condition all the same"
        />
      ) : null}
      <Button type="submit" variant="primary" className="self-start" loading={form.isSending}>
        Record answer
      </Button>
    </ReplyForm>
  )
}

export function DecisionForm({ texts, fieldErrors, version }: FormProps<typeof DECISION_FIELDS>) {
  const schema = useMemo(() => decisionInput(() => new Date().toISOString().slice(0, 10)), [])
  const form = useCheckedForm(schema, DECISION_FIELDS, fieldErrors)
  const field = (name: (typeof DECISION_FIELDS)[number]) => ({
    ...form.field(name),
    defaultValue: texts[name] ?? '',
  })
  return (
    <ReplyForm form={form} intent="decide" version={version}>
      <ChoiceCards
        {...field('outcome')}
        label="Decision"
        layout="row"
        options={OUTCOMES.map((value) => ({ value, label: OUTCOME_WORDS[value] }))}
      />
      <TextAreaField
        {...field('why')}
        label="Why"
        optional
        hint="Needed where it was not enough: what the insurer still wants."
        rows={3}
      />
      <div className="flex flex-wrap gap-5">
        <TextField
          {...field('decidedBy')}
          label="Decided by"
          hint="The person at the insurer."
          autoComplete="off"
          className="grow"
        />
        <DateField {...field('decidedOn')} label="Day" hint="As they gave it." />
      </div>
      <Button type="submit" variant="primary" className="self-start" loading={form.isSending}>
        Record decision
      </Button>
    </ReplyForm>
  )
}

export function ExtensionForm({ texts, fieldErrors, version }: FormProps<typeof EXTENSION_FIELDS>) {
  const schema = useMemo(() => extensionInput(() => new Date().toISOString().slice(0, 10)), [])
  const form = useCheckedForm(schema, EXTENSION_FIELDS, fieldErrors)
  const field = (name: (typeof EXTENSION_FIELDS)[number]) => ({
    ...form.field(name),
    defaultValue: texts[name] ?? '',
  })
  return (
    <ReplyForm form={form} intent="extend" version={version}>
      <DateField {...field('newDueOn')} label="New last day" />
      <div className="flex flex-wrap gap-5">
        <TextField
          {...field('grantedBy')}
          label="Granted by"
          hint="The person at the insurer."
          autoComplete="off"
          className="grow"
        />
        <DateField {...field('grantedOn')} label="Granted on" hint="As they gave it." />
      </div>
      <TextAreaField {...field('extensionReason')} label="Reason" rows={2} />
      <Button type="submit" variant="primary" className="self-start" loading={form.isSending}>
        Record extension
      </Button>
    </ReplyForm>
  )
}

export function WithdrawForm({ texts, fieldErrors, version }: FormProps<typeof WITHDRAW_FIELDS>) {
  const form = useCheckedForm(WithdrawInput, WITHDRAW_FIELDS, fieldErrors)
  return (
    <ReplyForm form={form} intent="withdraw" version={version}>
      <TextAreaField
        {...form.field('reason')}
        defaultValue={texts.reason ?? ''}
        label="Why it does not hold"
        hint="It stays readable with this reason, here and in the ledger, and no longer counts."
        rows={2}
      />
      <Button type="submit" variant="danger" className="self-start" loading={form.isSending}>
        Withdraw condition
      </Button>
    </ReplyForm>
  )
}
