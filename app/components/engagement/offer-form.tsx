/** Offers applications to another organisation: what for, to whom, which of them, and what it may do with them. */
import { Form, useNavigation } from '@remix-run/react'
import { Handshake } from 'lucide-react'
import { useState } from 'react'
import { ENGAGEMENT_KINDS, type EngagementKind } from '#app/services/engagement-input.ts'
import { Button } from '../button.tsx'
import { CheckboxField, ChoiceCards } from '../choice-field.tsx'
import { Disclosure } from '../disclosure.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'
import { KIND_WORDS } from './engagement-words.ts'

export interface Choosable {
  id: string
  clientName: string
  formTitle: string
  edition: string
  editionKey: string
  state: 'draft' | 'frozen'
  sections: readonly { id: string; title: string }[]
}

interface OfferFormProps {
  applications: readonly Choosable[]
  /** Chosen to begin with. */
  chosen: readonly string[]
  lastDay: string
  fieldErrors: Record<string, string>
  refusal: string | undefined
}

const HINTS: Record<EngagementKind, string> = {
  'insurer-review': 'An insurer’s organisation decides on each answer, for its own use.',
  'independent-assessment':
    'An assessment firm that had no part in it assesses, and may sign the report as reviewer.',
}

export function OfferForm({ applications, chosen, lastDay, fieldErrors, refusal }: OfferFormProps) {
  const { state } = useNavigation()
  const [kind, setKind] = useState<EngagementKind>('insurer-review')
  const forms = [...new Map(applications.map((one) => [one.editionKey, one])).values()]
  return (
    <Form method="post" noValidate className="flex max-w-measure flex-col gap-6">
      <FormErrorSummary
        problems={[
          ...Object.entries(fieldErrors).map(([name, message]) => ({
            fieldId: name.split('.')[0] ?? null,
            message,
          })),
          ...(refusal ? [{ fieldId: null, message: refusal }] : []),
        ]}
      />
      <ChoiceCards
        id="kind"
        name="kind"
        label="What for"
        value={kind}
        onChange={({ target }) => setKind(target.value as EngagementKind)}
        options={ENGAGEMENT_KINDS.map((value) => ({ value, label: KIND_WORDS[value], hint: HINTS[value] }))}
        error={fieldErrors.kind}
      />
      <TextField
        id="recipientEmail"
        name="recipientEmail"
        type="email"
        label="E-mail of somebody who can accept"
        hint="An owner of the other organisation. The link works once; you see who accepted."
        autoComplete="off"
        error={fieldErrors.recipientEmail}
      />
      <ChoiceCards
        id="applicationIds"
        name="applicationIds[]"
        type="checkbox"
        label="Applications"
        hint="They see these and nothing else of yours."
        defaultValue={chosen}
        options={applications.map((one) => ({
          value: one.id,
          label: one.clientName,
          hint: `${one.formTitle}, edition ${one.edition}${one.state === 'draft' ? ', a draft' : ', signed'}`,
        }))}
        error={fieldErrors.applicationIds}
      />
      <DateField
        id="lastDay"
        name="lastDay"
        label="Open until"
        defaultValue={lastDay}
        error={fieldErrors.lastDay}
      />
      <div className="flex flex-col gap-4">
        <CheckboxField
          id="mayDownload"
          name="mayDownload"
          label="May download evidence"
          hint="Otherwise it is shown only, marked with the reader’s name. Each file that is opened is recorded either way."
        />
        {kind === 'independent-assessment' ? (
          <CheckboxField
            id="maySign"
            name="maySign"
            label="May sign the report as reviewer"
            hint="With a key of their own organisation."
          />
        ) : null}
      </div>
      <TextAreaField
        id="instructions"
        name="instructions"
        label="What they should know"
        optional
        rows={3}
        error={fieldErrors.instructions}
      />
      <Disclosure
        title="Only a part of it"
        isOpen={['sections', 'evidenceFrom', 'evidenceUntil'].some((name) => name in fieldErrors)}
      >
        <div className="flex flex-col gap-5">
          {forms.map((form, index) => (
            <ChoiceCards
              key={form.editionKey}
              id={index === 0 ? 'sections' : `sections-${index}`}
              name="sections[]"
              type="checkbox"
              label={`Sections of ${form.formTitle}, edition ${form.edition}`}
              hint="None chosen: all of them."
              options={form.sections.map(({ id, title }) => ({
                value: `${form.editionKey}/${id}`,
                label: title,
              }))}
            />
          ))}
          <div className="flex flex-wrap gap-5">
            <DateField
              id="evidenceFrom"
              name="evidenceFrom"
              label="Evidence from"
              optional
              error={fieldErrors.evidenceFrom}
            />
            <DateField
              id="evidenceUntil"
              name="evidenceUntil"
              label="to"
              optional
              error={fieldErrors.evidenceUntil}
            />
          </div>
        </div>
      </Disclosure>
      <Button
        type="submit"
        variant="primary"
        icon={Handshake}
        className="self-start max-sm:self-stretch"
        loading={state !== 'idle'}
        loadingLabel="Offering"
      >
        Send offer
      </Button>
    </Form>
  )
}
