/** Before the passcode: what to enter, where it comes from, and nothing of the report. */
import { Form, useNavigation } from '@remix-run/react'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { Button } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { TextField } from '../text-field.tsx'

export type PasscodeReply = { fieldErrors: Record<string, string> }

export function PasscodeDoor({ reply }: { reply: PasscodeReply | undefined }) {
  const { state } = useNavigation()
  const error = reply?.fieldErrors.passcode
  return (
    <SignerLayout
      kicker="Shared through Attested"
      title="Enter the passcode"
      lead="Somebody has shared a document with you. It opens with the passcode that they told you another way than this link, for instance by telephone."
    >
      <Form method="post" noValidate className="flex flex-col gap-5">
        <FormErrorSummary problems={error ? [{ fieldId: 'passcode', message: error }] : []} />
        <TextField
          id="passcode"
          name="passcode"
          label="Passcode"
          hint="Twelve letters. Capital or small, with or without hyphens, makes no difference."
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          maxLength={60}
          className="max-w-80"
          error={error}
        />
        <Button
          type="submit"
          variant="primary"
          className="self-start"
          loading={state !== 'idle'}
          loadingLabel="Checking"
        >
          Open
        </Button>
      </Form>
      <div className="mt-8 flex max-w-measure flex-col gap-2 text-caption text-ink-soft">
        <p>
          You do not have it? Ask whoever sent you the link. After eight wrong passcodes in a row the link is
          locked, and only they can unlock it.
        </p>
        <p>The time, network address and browser of each access are recorded and shown to them.</p>
      </div>
    </SignerLayout>
  )
}
