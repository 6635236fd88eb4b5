/** Before the code: whom the link is for, and the way in. */
import { Form, useNavigation } from '@remix-run/react'
import { MailCheck } from 'lucide-react'
import type { Greeting } from '#app/services/attestation-door.server.ts'
import { Button } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { TextField } from '../text-field.tsx'
import { OfficerLayout } from './officer-layout.tsx'

export interface DoorReply {
  fieldErrors?: Record<string, string>
  refusal?: { message: string }
}

export function Door({ greeting, reply }: { greeting: Greeting; reply: DoorReply | undefined }) {
  const { officerName, organisationName, clientName, formTitle, recipient, state, delivery } = greeting
  const kicker = `${clientName}, ${formTitle}`
  if (state !== 'open') {
    return (
      <OfficerLayout kicker={kicker} title={DEAD[state].title}>
        <Notice kind="info" title={DEAD[state].what}>
          {DEAD[state].next.replace('{sender}', organisationName)}
        </Notice>
      </OfficerLayout>
    )
  }
  return (
    <OfficerLayout
      kicker={kicker}
      title={`Attestation by ${officerName}`}
      lead={
        <>
          {organisationName} has prepared the readiness report of {clientName} for its cyber insurance and
          certified the technical facts in it. The answers are attested by you, or by nobody. You will see
          each answer that evidence does not fully carry, one by one, before you sign or decline.
        </>
      }
    >
      {reply?.refusal ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        </div>
      ) : null}
      {greeting.isCodeSent ? <EnterCode recipient={recipient} reply={reply} /> : null}
      <SendCode recipient={recipient} isAgain={greeting.isCodeSent} />
      {delivery === 'preparer' ? (
        <div className="mt-8">
          <Notice kind="warning" title="No mail server is set up here">
            {organisationName} hands link and code over to you, from the outbox of its workspace. The record
            of your attestation will say so.
          </Notice>
        </div>
      ) : null}
      <p className="mt-8 text-caption text-ink-soft">
        You are not {officerName}? Close this page and tell {organisationName}.
      </p>
    </OfficerLayout>
  )
}

const DEAD = {
  expired: {
    title: 'This link has expired',
    what: 'Links to a report work for two weeks',
    next: 'Ask {sender} for a new one. What you had confirmed has to be read again.',
  },
  revoked: {
    title: 'This link was taken back',
    what: 'There may be a newer one',
    next: 'Look for a later mail, or ask {sender}.',
  },
  finished: {
    title: 'This link has been used',
    what: 'It serves one attestation only',
    next: '{sender} holds the report and gives you a copy.',
  },
} as const

function EnterCode({ recipient, reply }: { recipient: string; reply: DoorReply | undefined }) {
  const { state, formData } = useNavigation()
  const error = reply?.fieldErrors?.code
  return (
    <Form method="post" noValidate className="flex flex-col gap-5">
      <FormErrorSummary problems={error ? [{ fieldId: 'code', message: error }] : []} />
      <input type="hidden" name="intent" value="enter-code" />
      <TextField
        id="code"
        name="code"
        label="One-time code"
        hint={`Six digits, mailed to ${recipient}. It works for 15 minutes.`}
        inputMode="numeric"
        autoComplete="one-time-code"
        error={error}
      />
      <Button
        type="submit"
        variant="primary"
        className="self-start"
        loading={state !== 'idle' && formData?.get('intent') === 'enter-code'}
        loadingLabel="Checking"
      >
        Go on
      </Button>
    </Form>
  )
}

function SendCode({ recipient, isAgain }: { recipient: string; isAgain: boolean }) {
  const { state, formData } = useNavigation()
  return (
    <Form method="post" className={isAgain ? 'mt-6' : undefined}>
      <input type="hidden" name="intent" value="send-code" />
      <Button
        type="submit"
        icon={MailCheck}
        variant={isAgain ? 'quiet' : 'primary'}
        loading={state !== 'idle' && formData?.get('intent') === 'send-code'}
        loadingLabel="Sending"
      >
        {isAgain ? 'Send another code' : `Send a one-time code to ${recipient}`}
      </Button>
    </Form>
  )
}
