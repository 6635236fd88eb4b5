/** The ways through the second step: a passkey, or a code of an app or from the list of recovery codes. */
import { Form, useNavigation } from '@remix-run/react'
import { startAuthentication } from '@simplewebauthn/browser'
import { Button } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { TextField } from '../text-field.tsx'
import { PasskeyButton } from './passkey-button.tsx'

interface StepFormsProps {
  step: {
    hasApp: boolean
    recoveryCodesLeft: number
    /** What the browser is asked, as JSON. */
    passkeyOptions: string | null
    hasPasskeyElsewhere: boolean
  }
  problem: { by: 'code' | 'passkey'; problem: string } | null
}

export function StepForms({ step, problem }: StepFormsProps) {
  const { state, formData } = useNavigation()
  const { passkeyOptions } = step
  const codeProblem = problem?.by === 'code' ? problem.problem : undefined
  return (
    <div className="flex flex-col gap-7">
      {passkeyOptions ? (
        <PasskeyButton
          label="Use a passkey"
          ask={() => startAuthentication({ optionsJSON: JSON.parse(passkeyOptions) })}
          problem={problem?.by === 'passkey' ? problem.problem : undefined}
        />
      ) : null}
      {step.hasPasskeyElsewhere ? (
        <p className="text-ink-soft">
          Your passkey was made under another address of Attested. Browsers offer it only there.
        </p>
      ) : null}
      <Form method="post" noValidate className="flex flex-col gap-5">
        <FormErrorSummary
          key={state}
          title="You are not signed in"
          problems={codeProblem ? [{ fieldId: 'code', message: codeProblem }] : []}
        />
        <input type="hidden" name="intent" value="code" />
        <TextField
          id="code"
          name="code"
          label={step.hasApp ? 'Code' : 'Recovery code'}
          hint={
            step.hasApp
              ? 'The six digits that your app shows now, or one of your recovery codes.'
              : 'One of the codes that you kept when you set up your passkey.'
          }
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          error={codeProblem}
        />
        <Button
          type="submit"
          variant={passkeyOptions ? 'secondary' : 'primary'}
          wide
          loading={state !== 'idle' && formData?.get('intent') === 'code'}
          loadingLabel="Checking"
        >
          Sign in
        </Button>
        {step.recoveryCodesLeft < 3 ? (
          <p className="text-caption text-ink-soft">
            {step.recoveryCodesLeft === 0
              ? 'No recovery code is left.'
              : `Recovery codes left: ${step.recoveryCodesLeft}. Make new ones under Account.`}
          </p>
        ) : null}
      </Form>
    </div>
  )
}
