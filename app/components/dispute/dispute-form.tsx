/** Records that an insurer's finding is contested. */
import { Form } from '@remix-run/react'
import { useMemo } from 'react'
import { disputeInput, GROUND_WORDS, GROUNDS } from '#app/services/dispute-input.ts'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { type CitableEvidence, EvidenceChoice } from '../evidence/evidence-choice.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import { DISPUTE_FIELDS, type DisputeTexts } from './dispute-words.ts'

interface DisputeFormProps {
  texts: DisputeTexts
  fieldErrors?: Record<string, string>
  evidence: readonly CitableEvidence[]
  chosen: readonly string[]
  addTo: string
}

export function DisputeForm({ texts, fieldErrors, evidence, chosen, addTo }: DisputeFormProps) {
  const schema = useMemo(() => disputeInput(() => new Date().toISOString().slice(0, 10)), [])
  const form = useCheckedForm(schema, DISPUTE_FIELDS, fieldErrors)
  const field = (name: (typeof DISPUTE_FIELDS)[number]) => ({
    ...form.field(name),
    defaultValue: texts[name] ?? '',
  })
  return (
    <Form method="post" noValidate onSubmit={form.onSubmit} className="flex max-w-measure flex-col gap-5">
      <FormErrorSummary key={form.summary.key} problems={form.summary.problems} />
      <input type="hidden" name="intent" value="raise" />
      <div className="flex flex-wrap gap-5">
        <TextField {...field('insurer')} label="Insurer" autoComplete="off" className="grow" />
        <TextField
          {...field('reference')}
          label="Insurer’s number of it"
          optional
          autoComplete="off"
          className="max-w-56"
        />
      </div>
      <ChoiceCards
        {...field('ground')}
        label="Why it does not hold"
        options={GROUNDS.map((value) => ({ value, label: GROUND_WORDS[value] }))}
      />
      <TextAreaField
        {...field('explanation')}
        label="Explanation"
        hint="As it goes to the insurer. It is not changed afterwards."
        rows={4}
      />
      <EvidenceChoice {...{ evidence, chosen, addTo }} controlId={null} error={fieldErrors?.evidenceIds} />
      <div className="flex flex-wrap gap-5">
        <DateField {...field('raisedOn')} label="Raised on" />
        <DateField {...field('answerBy')} label="Answer expected by" optional hint="Empty: two days later." />
      </div>
      <Button type="submit" variant="primary" className="self-start" loading={form.isSending}>
        Record dispute
      </Button>
    </Form>
  )
}
