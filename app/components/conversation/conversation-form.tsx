/** Records a conversation. Insurer, broker and requirements start as they were last known. */
import { Form } from '@remix-run/react'
import { useMemo } from 'react'
import { CHANNEL_WORDS, CONVERSATION_CHANNELS, conversationInput } from '#app/services/conversation-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { PageSection } from '../page-header.tsx'
import { DateField, SelectField, TextAreaField, TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import {
  CONVERSATION_FIELDS,
  type ConversationFieldName,
  type ConversationTexts,
  fieldLabels,
} from './conversation-words.ts'

interface ConversationFormProps {
  texts: ConversationTexts
  fieldErrors?: Record<string, string>
  cancelTo: string
}

export function ConversationForm({ texts, fieldErrors, cancelTo }: ConversationFormProps) {
  const schema = useMemo(() => conversationInput(() => new Date().toISOString().slice(0, 10)), [])
  const form = useCheckedForm(schema, CONVERSATION_FIELDS, fieldErrors)
  const field = (name: ConversationFieldName) => ({
    ...form.field(name),
    label: fieldLabels[name],
    defaultValue: texts[name] ?? '',
  })
  return (
    <Form method="post" noValidate onSubmit={form.onSubmit} className="max-w-measure">
      <FormErrorSummary key={form.summary.key} problems={form.summary.problems} />
      <PageSection title="The conversation">
        <div className="flex flex-col gap-5">
          <div className="flex flex-wrap gap-5">
            <DateField {...field('heldOn')} />
            <SelectField
              {...field('channel')}
              options={CONVERSATION_CHANNELS.map((value) => ({ value, label: CHANNEL_WORDS[value] }))}
              placeholder="Choose"
            />
          </div>
          <TextField {...field('talkedWith')} hint="The people at the client." autoComplete="off" />
          <TextAreaField
            {...field('summary')}
            hint="What you recommended and what they decided, as facts. It can be withdrawn later, not changed."
            rows={5}
          />
        </div>
      </PageSection>
      <PageSection
        title="Their insurance"
        lead="As they told it. What was known before is filled in; change what is new."
      >
        <div className="flex flex-col gap-5">
          <TextField {...field('insurer')} optional autoComplete="off" />
          <TextField {...field('broker')} optional autoComplete="off" />
          <TextAreaField
            {...field('requirements')}
            optional
            hint="Controls they have to show, by when, and what happens otherwise."
            rows={3}
          />
        </div>
      </PageSection>
      <PageSection title="What comes next">
        <div className="flex flex-col gap-5">
          <TextField
            {...field('nextStep')}
            optional
            hint="One step that somebody has to take, and who."
            autoComplete="off"
          />
          <DateField {...field('nextStepOn')} optional />
        </div>
      </PageSection>
      <div className="mt-8 flex flex-wrap gap-2.5 max-sm:*:grow">
        <Button type="submit" variant="primary" loading={form.isSending} loadingLabel="Saving">
          Record conversation
        </Button>
        <ButtonLink to={cancelTo}>Cancel</ButtonLink>
      </div>
    </Form>
  )
}
