/** The forms with which an owner replaces a signing authority, or gives one up. */
import { Form, useNavigation } from '@remix-run/react'
import { Button } from '../button.tsx'
import { DateField, SelectField, TextAreaField } from '../text-field.tsx'
import { commonName, type ShownAuthority } from './authority.ts'

type Errors = Record<string, string>

export function RotateForm({ errors }: { errors: Errors }) {
  return (
    <details open={Boolean(errors.reason)}>
      <summary className="cursor-pointer py-1 text-ink-soft">Replace this authority with a new one</summary>
      <Form method="post" className="mt-3 flex flex-col gap-4">
        <input type="hidden" name="intent" value="rotate" />
        <TextAreaField
          name="reason"
          id="rotate-reason"
          label="Reason"
          hint="For instance “Yearly replacement”. It stands in the ledger. Everybody who pinned the certificate needs the new one afterwards; it cannot be undone."
          rows={2}
          required
          minLength={10}
          maxLength={1000}
          error={errors.reason}
        />
        <Submit>Replace the authority</Submit>
      </Form>
    </details>
  )
}

export function GiveUpForm({
  authorities,
  errors,
}: {
  authorities: readonly ShownAuthority[]
  errors: Errors
}) {
  const isWrong = Object.keys(errors).length > 0
  if (authorities.length === 0) return null
  return (
    <details open={isWrong}>
      <summary className="cursor-pointer py-1 text-ink-soft">
        Give an authority up, because its key may be in other hands
      </summary>
      <Form method="post" className="mt-3 flex flex-col gap-4">
        <input type="hidden" name="intent" value="give-up" />
        <SelectField
          name="keyId"
          label="Authority"
          options={authorities.map(({ id, subject, retiredAt }) => ({
            value: id,
            label: `${commonName(subject)}${retiredAt ? ' (replaced)' : ' (in use)'}`,
          }))}
          error={errors.keyId}
        />
        <DateField
          name="since"
          label="First day on which somebody else may have had the key"
          required
          error={errors.since}
        />
        <TextAreaField
          name="reason"
          id="give-up-reason"
          label="Reason"
          hint="What happened, for the ledger. Reports without a timestamp from before that day are rejected from now on, and have to be prepared and signed anew; it cannot be undone."
          rows={2}
          required
          minLength={10}
          maxLength={1000}
          error={errors.reason}
        />
        <Submit>Give it up</Submit>
      </Form>
    </details>
  )
}

function Submit({ children }: { children: string }) {
  const isBusy = useNavigation().state !== 'idle'
  return (
    <Button type="submit" variant="danger" className="self-start" loading={isBusy}>
      {children}
    </Button>
  )
}
