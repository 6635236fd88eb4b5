/** What whoever asked can do with a request: write, ask again, remind, move the day, end it. */
import { Form, useNavigation } from '@remix-run/react'
import { BellRing, Check, Link2Off, Undo2 } from 'lucide-react'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { Disclosure } from '../disclosure.tsx'
import { DateField, TextAreaField } from '../text-field.tsx'

interface StepsProps {
  recipientName: string
  dueOn: string
  isAnswered: boolean
  hasOpenLink: boolean
  colleagues: readonly { name: string }[]
  /** Of the last try, with the intent that it had. */
  wrong: { intent: string; fieldErrors: Record<string, string> } | undefined
}

function useSending(intent: string): boolean {
  const { state, formData } = useNavigation()
  return state !== 'idle' && formData?.get('intent') === intent
}

export function SaySomething({
  recipientName,
  colleagues,
  wrong,
  isSettled,
}: Pick<StepsProps, 'recipientName' | 'colleagues' | 'wrong'> & { isSettled: boolean }) {
  const errors = wrong?.intent === 'say' ? wrong.fieldErrors : {}
  return (
    <Form method="post" noValidate className="flex max-w-measure flex-col gap-5">
      <input type="hidden" name="intent" value="say" />
      <ChoiceCards
        id="audience"
        name="audience"
        label="Who reads it"
        defaultValue={isSettled ? 'colleagues' : 'recipient'}
        error={errors.audience}
        options={[
          ...(isSettled
            ? []
            : [{ value: 'recipient', label: recipientName, hint: 'They get a mail with the link.' }]),
          { value: 'colleagues', label: 'Colleagues only', hint: 'Nobody outside sees it.' },
        ]}
      />
      <TextAreaField
        id="say-text"
        name="text"
        label="Message"
        hint={
          colleagues.length > 0
            ? `Point it out to a colleague by name: ${colleagues.map(({ name }) => `@${name}`).join(', ')}.`
            : undefined
        }
        rows={3}
        error={errors.text}
      />
      <Button type="submit" className="self-start" loading={useSending('say')}>
        Send message
      </Button>
    </Form>
  )
}

export function AnsweredSteps({ recipientName, wrong }: Pick<StepsProps, 'recipientName' | 'wrong'>) {
  const error = wrong?.intent === 'return' ? wrong.fieldErrors.text : undefined
  return (
    <div className="flex max-w-measure flex-col gap-5">
      <Form method="post" noValidate className="flex flex-col gap-4">
        <input type="hidden" name="intent" value="return" />
        <TextAreaField
          id="return-text"
          name="text"
          label="What is missing"
          hint={`${recipientName} gets a mail with these words and the link, and the request is open again.`}
          rows={3}
          error={error}
        />
        <Button type="submit" icon={Undo2} className="self-start" loading={useSending('return')}>
          Ask again
        </Button>
      </Form>
      <OneButton intent="close" label="Close: the answer is enough" icon={Check} />
    </div>
  )
}

export function WaitingSteps({
  dueOn,
  hasOpenLink,
  wrong,
}: Pick<StepsProps, 'dueOn' | 'hasOpenLink' | 'wrong'>) {
  const error = wrong?.intent === 'change-due' ? wrong.fieldErrors.dueOn : undefined
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap gap-2.5">
        <OneButton intent="remind" label="Send a reminder" icon={BellRing} />
        {hasOpenLink ? <OneButton intent="revoke-link" label="Take the links back" icon={Link2Off} /> : null}
        <OneButton intent="cancel" label="Cancel request" variant="quiet" />
      </div>
      <Disclosure title="Move the day" isOpen={error !== undefined}>
        <Form method="post" noValidate className="flex flex-wrap items-end gap-3">
          <input type="hidden" name="intent" value="change-due" />
          <DateField id="dueOn" name="dueOn" label="Needed by" defaultValue={dueOn} error={error} />
          <Button type="submit" loading={useSending('change-due')}>
            Move
          </Button>
        </Form>
      </Disclosure>
    </div>
  )
}

function OneButton({
  intent,
  label,
  icon,
  variant,
}: {
  intent: string
  label: string
  icon?: typeof Check
  variant?: 'quiet'
}) {
  return (
    <Form method="post">
      <input type="hidden" name="intent" value={intent} />
      <Button type="submit" icon={icon} variant={variant} loading={useSending(intent)}>
        {label}
      </Button>
    </Form>
  )
}
