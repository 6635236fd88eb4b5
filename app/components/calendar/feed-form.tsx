/** Makes an address from which a calendar program reads. */
import { Form, useNavigation } from '@remix-run/react'
import { useState } from 'react'
import { CALENDAR_KIND_IDS, CALENDAR_KINDS } from '#app/services/calendar-entries.ts'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { Disclosure } from '../disclosure.tsx'
import { Fieldset } from '../field.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { SelectField, TextField } from '../text-field.tsx'

interface FeedFormProps {
  clients: { id: string; legalName: string }[]
  /** Chosen from the start: a client whose page led here. */
  clientId: string | null
  errors?: Readonly<Record<string, string>>
  typed?: { name?: string; reader?: string; clientIds?: string[]; kinds?: string[] }
}

export function FeedForm({ clients, clientId, errors = {}, typed }: FeedFormProps) {
  const isSending = useNavigation().formData?.get('intent') === 'create'
  const [reader, setReader] = useState(typed?.reader ?? clientId ?? 'me')
  const chosen = typed?.kinds ?? CALENDAR_KIND_IDS
  return (
    <Form method="post" className="flex max-w-measure flex-col gap-5">
      <input type="hidden" name="intent" value="create" />
      <FormErrorSummary
        problems={Object.entries(errors).map(([name, message]) => ({ fieldId: name, message }))}
      />
      <TextField
        name="name"
        id="name"
        label="Name"
        hint="As the calendar is called in the program that reads it."
        defaultValue={typed?.name ?? 'Cyber insurance'}
        error={errors.name}
        autoComplete="off"
      />
      <SelectField
        name="reader"
        id="reader"
        label="For"
        value={reader}
        onChange={(event) => setReader(event.target.value)}
        error={errors.reader}
        options={[
          { value: 'me', label: 'Me' },
          ...clients.map(({ id, legalName }) => ({ value: id, label: `The sponsor at ${legalName}` })),
        ]}
      />
      {reader === 'me' && clients.length > 0 ? (
        <Fieldset
          label="Clients"
          id="clientIds"
          hint="All of them, those to come among them, where none is ticked."
          error={errors.clientIds}
        >
          <Disclosure title="Choose some" isOpen={(typed?.clientIds ?? []).length > 0}>
            <ul className="max-h-72 overflow-y-auto border-rule border-y py-1">
              {clients.map(({ id, legalName }) => (
                <li key={id}>
                  <label className="flex items-center gap-2.5 py-1.5">
                    <input
                      type="checkbox"
                      name="clientIds[]"
                      value={id}
                      defaultChecked={typed?.clientIds?.includes(id) ?? false}
                      className="size-4 shrink-0"
                    />
                    <span className="wrap-anywhere min-w-0">{legalName}</span>
                  </label>
                </li>
              ))}
            </ul>
          </Disclosure>
        </Fieldset>
      ) : null}
      <ChoiceCards
        type="checkbox"
        layout="row"
        name="kinds[]"
        id="kinds"
        label="Entries"
        hint={
          reader === 'me'
            ? undefined
            : 'The address works without signing in. Leave out what should not lie in a mailbox, such as exceptions.'
        }
        error={errors.kinds}
        defaultValue={chosen}
        options={CALENDAR_KIND_IDS.map((kind) => ({ value: kind, label: CALENDAR_KINDS[kind].plural }))}
      />
      <Button
        type="submit"
        variant="primary"
        className="self-start"
        loading={isSending}
        loadingLabel="Making"
      >
        Make the address
      </Button>
    </Form>
  )
}
