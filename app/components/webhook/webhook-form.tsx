/** Where a webhook leads, what it is told, and how that is written. */
import { Form, useNavigation } from '@remix-run/react'
import { useState } from 'react'
import { WEBHOOK_EVENTS } from '#app/services/webhook-events.ts'
import { WEBHOOK_FORMAT_LIST, type WebhookFormat } from '#app/services/webhook-formats.ts'
import type { ShownWebhook } from '#app/services/webhooks.server.ts'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { TextAreaField, TextField } from '../text-field.tsx'

type Kept = Pick<ShownWebhook, 'name' | 'url' | 'format' | 'target' | 'events' | 'version' | 'hasHeaders'>

export function WebhookForm({ webhook, errors }: { webhook?: Kept; errors: Record<string, string> }) {
  const [format, setFormat] = useState<WebhookFormat>(webhook?.format ?? 'json')
  const isSaving = useNavigation().formData?.get('intent') === 'save'
  return (
    <Form method="post" noValidate className="flex max-w-measure flex-col gap-6">
      <FormErrorSummary
        problems={Object.entries(errors).map(([field, message]) => ({ fieldId: field, message }))}
      />
      <input type="hidden" name="intent" value="save" />
      {webhook ? <input type="hidden" name="seenVersion" value={webhook.version} /> : null}
      <TextField
        id="name"
        name="name"
        label="Name"
        hint="For your own lists, for instance Tickets"
        autoComplete="off"
        defaultValue={webhook?.name}
        error={errors.name}
      />
      <TextField
        id="url"
        name="url"
        type="url"
        label="Address"
        hint="Begins with https:// and can be reached from the open internet"
        autoComplete="off"
        defaultValue={webhook?.url}
        error={errors.url}
      />
      <ChoiceCards
        id="format"
        name="format"
        label="What the other side understands"
        options={Object.entries(WEBHOOK_FORMAT_LIST).map(([value, { label }]) => ({ value, label }))}
        value={format}
        onChange={(event) => setFormat(event.currentTarget.value as WebhookFormat)}
        error={errors.format}
      />
      {WEBHOOK_FORMAT_LIST[format].fields.map(({ name, label, hint }) => (
        <TextField
          key={name}
          id={name}
          name={name}
          label={label}
          hint={hint}
          autoComplete="off"
          defaultValue={webhook?.format === format ? webhook.target[name] : ''}
          error={errors[name]}
        />
      ))}
      <ChoiceCards
        id="events"
        name="events[]"
        type="checkbox"
        label="What it is told"
        options={Object.entries(WEBHOOK_EVENTS).map(([value, label]) => ({ value, label }))}
        defaultValue={webhook?.events}
        error={errors.events}
      />
      <TextAreaField
        id="headers"
        name="headers"
        label="Headers"
        optional
        hint={
          webhook?.hasHeaders
            ? 'Some are kept and not shown. Leave this empty to keep them; they are dropped when the address leads to another host.'
            : 'What the other side asks for to know you, one a line: Authorization: Basic … They are kept encrypted and not shown again.'
        }
        rows={3}
        spellCheck={false}
        autoComplete="off"
        error={errors.headers}
      />
      <Button
        type="submit"
        variant="primary"
        className="self-start max-sm:self-stretch"
        loading={isSaving}
        loadingLabel="Saving"
      >
        {webhook ? 'Save' : 'Set up the webhook'}
      </Button>
    </Form>
  )
}
