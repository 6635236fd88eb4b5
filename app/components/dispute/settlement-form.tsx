/** Records how a dispute ended. */
import { Form } from '@remix-run/react'
import { useMemo } from 'react'
import { settlementInput } from '#app/services/dispute-input.ts'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import { SETTLEMENT_FIELDS, type SettlementTexts } from './dispute-words.ts'

interface SettlementFormProps {
  dispute: { id: string; version: number; insurer: string }
  texts: SettlementTexts
  fieldErrors?: Record<string, string>
}

export function SettlementForm({ dispute, texts, fieldErrors }: SettlementFormProps) {
  const schema = useMemo(() => settlementInput(() => new Date().toISOString().slice(0, 10)), [])
  const form = useCheckedForm(schema, SETTLEMENT_FIELDS, fieldErrors)
  // A finding can be disputed with several insurers at once: each form needs ids of its own.
  const idOf = (name: string) => `${name}-${dispute.id}`
  const problems = form.summary.problems.map(({ fieldId, message }) => ({
    fieldId: fieldId && idOf(fieldId),
    message,
  }))
  const field = (name: (typeof SETTLEMENT_FIELDS)[number]) => ({
    ...form.field(name),
    id: idOf(name),
    defaultValue: texts[name] ?? '',
  })
  return (
    <Form method="post" noValidate onSubmit={form.onSubmit} className="flex max-w-measure flex-col gap-5">
      <FormErrorSummary key={form.summary.key} problems={problems} />
      <input type="hidden" name="intent" value="settle" />
      <input type="hidden" name="disputeId" value={dispute.id} />
      <input type="hidden" name="seenVersion" value={dispute.version} />
      <ChoiceCards
        {...field('state')}
        label={`How the dispute with ${dispute.insurer} ended`}
        options={[
          { value: 'corrected', label: 'Corrected', hint: 'The insurer removed its finding.' },
          { value: 'upheld', label: 'Upheld', hint: 'The insurer keeps its finding.' },
          { value: 'withdrawn', label: 'Withdrawn', hint: 'The client no longer contests it.' },
        ]}
      />
      <TextAreaField {...field('outcome')} label="What was said" rows={3} />
      <div className="flex flex-wrap gap-5">
        <TextField
          {...field('answeredBy')}
          label="Answered by"
          hint="The person at the insurer; empty where it is withdrawn."
          autoComplete="off"
          className="grow"
        />
        <DateField {...field('answeredOn')} label="Day of the answer" hint="Empty where it is withdrawn." />
      </div>
      <Button type="submit" variant="primary" className="self-start" loading={form.isSending}>
        Record the end
      </Button>
    </Form>
  )
}
