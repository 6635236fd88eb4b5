/** The two steps at a door with a one-time code: having it sent, and typing it; the words are those of the door. */
import { Form, useNavigation } from '@remix-run/react'
import { MailCheck } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { TextField } from '../text-field.tsx'

interface EnterCodeProps {
  words: { problems?: string; label: string; hint: string; checking: string; enter: string }
  error: string | undefined
}

export function EnterCode({ words, error }: EnterCodeProps) {
  const { state, formData } = useNavigation()
  const input = useFocusOnceSent(error === undefined)
  return (
    <Form method="post" noValidate className="flex flex-col gap-5">
      <FormErrorSummary
        title={words.problems}
        problems={error ? [{ fieldId: 'code', message: error }] : []}
      />
      <input type="hidden" name="intent" value="enter-code" />
      <TextField
        id="code"
        ref={input}
        name="code"
        label={words.label}
        hint={words.hint}
        inputMode="numeric"
        autoComplete="one-time-code"
        error={error}
      />
      <Button
        type="submit"
        variant="primary"
        className="self-start"
        loading={state !== 'idle' && formData?.get('intent') === 'enter-code'}
        loadingLabel={words.checking}
      >
        {words.enter}
      </Button>
    </Form>
  )
}

/**
 * The code is typed next, so its field takes the focus: the button that sent it would keep it, and a phone would show
 * no keyboard. @param isFree nothing else takes the focus, as the summary of an error does
 */
function useFocusOnceSent(isFree: boolean) {
  const input = useRef<HTMLInputElement>(null)
  const { state, formData } = useNavigation()
  const isSending = state !== 'idle' && formData?.get('intent') === 'send-code'
  // biome-ignore lint/correctness/useExhaustiveDependencies: an error that comes or goes moves no focus here
  useEffect(() => {
    if (!isSending && isFree) input.current?.focus()
  }, [isSending])
  return input
}

interface SendCodeProps {
  words: { sending: string; send: string; again: string }
  /** One was sent already. */
  isAgain: boolean
}

export function SendCode({ words, isAgain }: SendCodeProps) {
  const { state, formData } = useNavigation()
  return (
    <Form method="post" className={isAgain ? 'mt-6' : undefined}>
      <input type="hidden" name="intent" value="send-code" />
      <Button
        type="submit"
        icon={MailCheck}
        variant={isAgain ? 'quiet' : 'primary'}
        loading={state !== 'idle' && formData?.get('intent') === 'send-code'}
        loadingLabel={words.sending}
      >
        {isAgain ? words.again : words.send}
      </Button>
    </Form>
  )
}
