/** Asks somebody at the client for evidence that is not there yet. */
import { Form } from '@remix-run/react'
import { Mail } from 'lucide-react'
import { NEW_REQUEST_FIELDS, NewRequestInput } from '#app/services/request-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'

type FieldName = (typeof NEW_REQUEST_FIELDS)[number]

const LABELS: Record<FieldName, string> = {
  title: 'What you want',
  questionRef: 'For which question',
  message: 'What is needed, and why',
  dueOn: 'Needed by',
  recipientName: 'Who is asked',
  recipientEmail: 'Their e-mail',
}

export interface RequestFormProps {
  texts: Partial<Record<FieldName, string>>
  questions: { value: string; label: string }[]
  fieldErrors?: Record<string, string>
  cancelTo: string
}

export function RequestForm({ texts, questions, fieldErrors, cancelTo }: RequestFormProps) {
  const form = useCheckedForm(NewRequestInput, NEW_REQUEST_FIELDS, fieldErrors)
  const field = (name: FieldName) => ({
    ...form.field(name),
    label: LABELS[name],
    defaultValue: texts[name] ?? '',
  })
  return (
    <Form method="post" noValidate onSubmit={form.onSubmit} className="flex max-w-measure flex-col gap-5">
      <FormErrorSummary key={form.summary.key} problems={form.summary.problems} />
      <TextField
        {...field('title')}
        hint="A few words that they will recognise, such as “Report of the last restore test”."
        autoComplete="off"
      />
      {questions.length > 0 ? (
        <SelectField
          {...field('questionRef')}
          optional
          hint="What comes is attached to it."
          options={questions}
          placeholder="No question"
        />
      ) : null}
      <TextAreaField
        {...field('message')}
        hint="In plain words: what it must show, for which day, and what it is for."
        rows={5}
      />
      <DateField {...field('dueOn')} />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField {...field('recipientName')} autoComplete="off" />
        <TextField {...field('recipientEmail')} type="email" autoComplete="off" />
      </div>
      <div className="mt-3 flex flex-wrap gap-2.5 max-sm:*:grow">
        <Button type="submit" variant="primary" icon={Mail} loading={form.isSending} loadingLabel="Sending">
          Send request
        </Button>
        <ButtonLink to={cancelTo}>Cancel</ButtonLink>
      </div>
    </Form>
  )
}
