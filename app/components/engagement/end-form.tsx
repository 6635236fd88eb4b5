/** Ends an engagement, or takes an offer back, with a reason that both sides keep. */
import { Form, useNavigation } from '@remix-run/react'
import { Button } from '../button.tsx'
import { Disclosure } from '../disclosure.tsx'
import { Notice } from '../notice.tsx'
import { TextAreaField } from '../text-field.tsx'

interface EndFormProps {
  /** The verb: "End the engagement". */
  label: string
  /** What will happen. */
  what: string
  errors: Record<string, string>
  refusal: string | undefined
}

export function EndForm({ label, what, errors, refusal }: EndFormProps) {
  const { state, formData } = useNavigation()
  return (
    <Disclosure title={label} isOpen={errors.reason !== undefined || refusal !== undefined}>
      <Form method="post" noValidate className="flex max-w-measure flex-col gap-4">
        {refusal ? (
          <Notice kind="danger" announce>
            {refusal}
          </Notice>
        ) : null}
        <p className="text-ink-soft">{what}</p>
        <input type="hidden" name="intent" value="end" />
        <TextAreaField
          id="reason"
          name="reason"
          label="Reason"
          rows={3}
          maxLength={4000}
          error={errors.reason}
        />
        <Button
          type="submit"
          variant="danger"
          className="self-start max-sm:self-stretch"
          loading={state !== 'idle' && formData?.get('intent') === 'end'}
          loadingLabel="Ending"
        >
          {label}
        </Button>
      </Form>
    </Disclosure>
  )
}
