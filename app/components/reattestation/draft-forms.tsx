/** What is done with a draft: certified and handed to the officer, or discarded. */
import { Form, useNavigation } from '@remix-run/react'
import { DiscardInput, HandOverInput } from '#app/services/reattestation-input.ts'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'

const FIELDS = ['contributorTitle', 'officerName', 'officerTitle', 'officerEmail', 'certify'] as const

export function HandOverForm(props: {
  officer: Record<'officerName' | 'officerTitle' | 'officerEmail' | 'contributorTitle', string>
  clientName: string
  fieldErrors: Record<string, string> | undefined
}) {
  const { officer, clientName, fieldErrors } = props
  const { field, summary, isSending, onSubmit } = useCheckedForm(HandOverInput, FIELDS, fieldErrors)
  return (
    <Form method="post" noValidate onSubmit={onSubmit} className="flex max-w-measure flex-col gap-5">
      <FormErrorSummary key={summary.key} problems={summary.problems} />
      <input type="hidden" name="intent" value="hand-over" />
      <TextField
        {...field('officerName')}
        label={`Officer of ${clientName}`}
        defaultValue={officer.officerName}
        autoComplete="off"
      />
      <TextField
        {...field('officerTitle')}
        label="The officer’s title"
        defaultValue={officer.officerTitle}
        autoComplete="off"
      />
      <TextField
        {...field('officerEmail')}
        type="email"
        label="The officer’s e-mail address"
        hint="The link goes there, and later the one-time code."
        defaultValue={officer.officerEmail}
        autoComplete="off"
      />
      <TextField {...field('contributorTitle')} label="Your title" defaultValue={officer.contributorTitle} />
      <CheckboxField
        {...field('certify')}
        value="on"
        label="I certify that the signed application was compared with the facts and evidence on file, and that I have left out nothing I know that bears on them. What the officer says of each answer is not mine."
      />
      <Button
        type="submit"
        variant="primary"
        className="self-start"
        loading={isSending}
        loadingLabel="Handing over"
      >
        Certify and send it to the officer
      </Button>
    </Form>
  )
}

/** @param isDue whether discarding is what to do with it */
export function DiscardForm({
  fieldErrors,
  isDue,
}: {
  fieldErrors: Record<string, string> | undefined
  isDue: boolean
}) {
  const { state } = useNavigation()
  const { field, onSubmit } = useCheckedForm(DiscardInput, ['reason'], fieldErrors)
  return (
    <details
      className="mt-10 max-w-measure border-rule border-y py-2"
      open={isDue || Boolean(fieldErrors?.reason)}
    >
      <summary className="min-h-(--control-height) cursor-pointer py-2 font-medium">
        {isDue ? 'Discard this draft' : 'It was begun by mistake'}
      </summary>
      <Form method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-4 pt-2 pb-4">
        <input type="hidden" name="intent" value="discard" />
        <TextAreaField
          {...field('reason')}
          label="Why is it discarded?"
          hint="It stays listed with this reason. The period can be begun again."
          rows={2}
        />
        <Button
          type="submit"
          variant="danger"
          className="self-start"
          loading={state !== 'idle'}
          loadingLabel="Discarding"
        >
          Discard the draft
        </Button>
      </Form>
    </details>
  )
}
