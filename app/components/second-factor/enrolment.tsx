/** Finishing a factor that was begun: the code that the app shows, or the browser’s passkey. */
import { Form } from '@remix-run/react'
import { startRegistration } from '@simplewebauthn/browser'
import { useEffect, useRef } from 'react'
import { Button } from '../button.tsx'
import { TextField } from '../text-field.tsx'
import { errorsAt, FactorForm, type FactorProblem } from './factor-form.tsx'
import { PasskeyButton } from './passkey-button.tsx'

export type EnrolmentProps =
  | { kind: 'app'; name: string; qr: { path: string; side: number }; uri: string; text: string }
  /** `options`: what the browser is asked, as JSON. */
  | { kind: 'passkey'; name: string; options: string }

export function Enrolment({
  enrolment,
  problem,
}: {
  enrolment: EnrolmentProps
  problem: FactorProblem | null
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  // The form that began it is gone, and the focus with it.
  useEffect(() => heading.current?.focus(), [])
  return (
    <section>
      <h2 ref={heading} tabIndex={-1} className="font-semibold text-section">
        {enrolment.kind === 'app' ? 'Authenticator app' : 'Passkey'}: {enrolment.name}
      </h2>
      {enrolment.kind === 'app' ? (
        <AppSteps {...enrolment} problem={problem} />
      ) : (
        <div className="mt-4">
          <PasskeyButton
            label="Create the passkey"
            ask={() => startRegistration({ optionsJSON: JSON.parse(enrolment.options) })}
            problem={errorsAt(problem, 'confirm').form}
          />
        </div>
      )}
      <Form method="post" className="mt-4">
        <input type="hidden" name="intent" value="cancel" />
        <Button type="submit" variant="quiet">
          Cancel
        </Button>
      </Form>
    </section>
  )
}

// The standard asks for four empty modules around the code.
const QUIET = 4

function AppSteps({
  qr,
  uri,
  text,
  problem,
}: Extract<EnrolmentProps, { kind: 'app' }> & { problem: FactorProblem | null }) {
  const side = qr.side + 2 * QUIET
  const errors = errorsAt(problem, 'confirm')
  return (
    <div className="mt-3 flex flex-col gap-5">
      <p>Scan this with the app, or type the key below into it.</p>
      <svg
        role="img"
        aria-label="QR code of the key below"
        viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
        className="size-52 rounded-small border border-hairline"
      >
        {/* Black on white in the dark theme too: not every camera reads it the other way round. */}
        <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#ffffff" />
        <path d={qr.path} fill="#000000" />
      </svg>
      <div>
        <p className="font-medium">Key</p>
        <p className="break-words font-mono">{text}</p>
        <p className="mt-1">
          <a href={uri} className="text-link">
            Open the app on this device
          </a>
        </p>
      </div>
      <FactorForm
        at="confirm"
        hidden={{ intent: 'confirm-app' }}
        problem={problem}
        submit={{ label: 'Confirm', loading: 'Checking', variant: 'primary' }}
      >
        <TextField
          id="confirm-code"
          name="code"
          label="Code"
          hint="The six digits that the app shows now."
          inputMode="numeric"
          autoComplete="one-time-code"
          error={errors.code}
        />
      </FactorForm>
    </div>
  )
}
