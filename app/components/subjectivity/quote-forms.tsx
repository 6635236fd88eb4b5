/** The quote, the bind, and the bind taken back: each saved by itself. */
import { Form } from '@remix-run/react'
import { useMemo } from 'react'
import { BINDER_DAYS, binderInput, quoteInput, WithdrawInput } from '#app/services/subjectivity-input.ts'
import { Button } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import { BINDER_FIELDS, QUOTE_FIELDS, type Texts, WITHDRAW_FIELDS } from './subjectivity-words.ts'

interface FormProps<Fields extends readonly string[]> {
  texts: Texts<Fields>
  fieldErrors?: Record<string, string>
  version: number
}

const today = () => new Date().toISOString().slice(0, 10)

function Hidden({ intent, version }: { intent: string; version: number }) {
  return (
    <>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="seenVersion" value={version} />
    </>
  )
}

export function QuoteForm({ texts, fieldErrors, version }: FormProps<typeof QUOTE_FIELDS>) {
  const schema = useMemo(() => quoteInput(today), [])
  const form = useCheckedForm(schema, QUOTE_FIELDS, fieldErrors)
  const field = (name: (typeof QUOTE_FIELDS)[number]) => ({
    ...form.field(name),
    defaultValue: texts[name] ?? '',
  })
  return (
    <Form method="post" noValidate onSubmit={form.onSubmit} className="flex max-w-measure flex-col gap-5">
      <FormErrorSummary key={form.summary.key} problems={form.summary.problems} />
      <Hidden intent="quote" version={version} />
      <TextField {...field('insurer')} label="Insurer" autoComplete="off" />
      <TextField {...field('quoteReference')} label="Quote" hint="Its number or name." autoComplete="off" />
      <DateField {...field('quotedOn')} label="Quoted on" optional />
      <Button type="submit" variant="primary" className="self-start" loading={form.isSending}>
        Save the quote
      </Button>
    </Form>
  )
}

export function BinderForm({ texts, fieldErrors, version }: FormProps<typeof BINDER_FIELDS>) {
  const schema = useMemo(() => binderInput(today), [])
  const form = useCheckedForm(schema, BINDER_FIELDS, fieldErrors)
  const field = (name: (typeof BINDER_FIELDS)[number]) => ({
    ...form.field(name),
    defaultValue: texts[name] ?? '',
  })
  return (
    <Form method="post" noValidate onSubmit={form.onSubmit} className="flex max-w-measure flex-col gap-5">
      <FormErrorSummary key={form.summary.key} problems={form.summary.problems} />
      <Hidden intent="bind" version={version} />
      <DateField
        {...field('boundOn')}
        label="Binder issued on"
        hint="The clock of every condition after the bind begins with this day."
      />
      <DateField
        {...field('binderExpiresOn')}
        label="Last day while conditional"
        optional
        hint={`Leave empty for the usual ${BINDER_DAYS} days after issue.`}
      />
      <TextField
        {...field('expirySource')}
        label="Who or what names that day"
        optional
        hint="Needed where it is another day than the usual one, such as “binder, page 2”."
        autoComplete="off"
      />
      <Button type="submit" variant="primary" className="self-start" loading={form.isSending}>
        Save the bind
      </Button>
    </Form>
  )
}

export function TakeBackForm({ texts, fieldErrors, version }: FormProps<typeof WITHDRAW_FIELDS>) {
  const form = useCheckedForm(WithdrawInput, WITHDRAW_FIELDS, fieldErrors)
  return (
    <details open={fieldErrors !== undefined}>
      <summary className="cursor-pointer py-1 text-ink-soft hover:text-ink">
        No binder was issued after all
      </summary>
      <Form
        method="post"
        noValidate
        onSubmit={form.onSubmit}
        className="mt-3 flex max-w-measure flex-col gap-4"
      >
        <Hidden intent="unbind" version={version} />
        <TextAreaField
          {...form.field('reason')}
          defaultValue={texts.reason ?? ''}
          label="Reason"
          hint="It goes into the ledger. The clocks of conditions after the bind stop."
          rows={2}
        />
        <Button type="submit" variant="danger" className="self-start" loading={form.isSending}>
          Take the bind back
        </Button>
      </Form>
    </details>
  )
}
