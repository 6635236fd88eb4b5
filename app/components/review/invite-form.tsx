/** Invites an assessor to one application: who, which part of it, which evidence, and until when. */
import { Form, useNavigation } from '@remix-run/react'
import { UserRoundPlus } from 'lucide-react'
import { Button } from '../button.tsx'
import { CheckboxField, ChoiceCards } from '../choice-field.tsx'
import { Disclosure } from '../disclosure.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'

interface InviteFormProps {
  sections: readonly { id: string; title: string }[]
  lastDay: string
  fieldErrors: Record<string, string>
}

export function InviteForm({ sections, lastDay, fieldErrors }: InviteFormProps) {
  const { state, formData } = useNavigation()
  return (
    <Form method="post" noValidate className="flex max-w-measure flex-col gap-5">
      <FormErrorSummary
        problems={Object.entries(fieldErrors).map(([name, message]) => ({ fieldId: name, message }))}
      />
      <input type="hidden" name="intent" value="invite" />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          id="assessorName"
          name="assessorName"
          label="Name"
          autoComplete="off"
          error={fieldErrors.assessorName}
        />
        <TextField
          id="assessorFirm"
          name="assessorFirm"
          label="Works for"
          autoComplete="off"
          error={fieldErrors.assessorFirm}
        />
      </div>
      <TextField
        id="assessorEmail"
        name="assessorEmail"
        type="email"
        label="E-mail"
        hint="Link and code go there. Whoever prepared the application or gave evidence for it cannot review it."
        autoComplete="off"
        error={fieldErrors.assessorEmail}
      />
      <DateField
        id="lastDay"
        name="lastDay"
        label="Open until"
        defaultValue={lastDay}
        error={fieldErrors.lastDay}
      />
      <TextAreaField
        id="instructions"
        name="instructions"
        label="What they should know"
        optional
        rows={3}
        error={fieldErrors.instructions}
      />
      <CheckboxField
        id="mayDownload"
        name="mayDownload"
        label="May download evidence"
        hint="Otherwise it is shown on their page only, marked with their name. Each file that is opened is recorded either way."
      />
      <Disclosure
        title="Only a part of it"
        isOpen={['sectionIds', 'evidenceFrom', 'evidenceUntil'].some((name) => name in fieldErrors)}
      >
        <div className="flex flex-col gap-5">
          <ChoiceCards
            id="sectionIds"
            name="sectionIds[]"
            type="checkbox"
            label="Sections"
            hint="None chosen: all of them."
            options={sections.map(({ id, title }) => ({ value: id, label: title }))}
            error={fieldErrors.sectionIds}
          />
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
        icon={UserRoundPlus}
        className="self-start max-sm:self-stretch"
        loading={state !== 'idle' && formData?.get('intent') === 'invite'}
        loadingLabel="Inviting"
      >
        Send invitation
      </Button>
    </Form>
  )
}
