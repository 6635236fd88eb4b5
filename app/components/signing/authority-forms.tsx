/** The forms with which an owner makes a signing authority, replaces it, or gives one up. */
import { Form } from '@remix-run/react'
import { DateField, SelectField } from '../text-field.tsx'
import { commonName, type ShownAuthority } from './authority.ts'
import { ReasonField, Submit } from './form-parts.tsx'
import { KeyChoiceFields } from './key-choice-fields.tsx'

type Errors = Record<string, string>

/** Before there is one: the first signature would make it too, with the usual key. */
export function MakeForm({ organisationId, errors }: { organisationId: string; errors: Errors }) {
  return (
    <Form method="post" className="mt-6 flex max-w-measure flex-col gap-4">
      <input type="hidden" name="intent" value="make" />
      <KeyChoiceFields id="make" {...{ organisationId, errors }} />
      <Submit variant="secondary">Make the authority now</Submit>
    </Form>
  )
}

export function RotateForm({ organisationId, errors }: { organisationId: string; errors: Errors }) {
  return (
    <details open={Object.keys(errors).length > 0}>
      <summary className="cursor-pointer py-1 text-ink-soft">Replace this authority with a new one</summary>
      <Form method="post" className="mt-3 flex flex-col gap-4">
        <input type="hidden" name="intent" value="rotate" />
        <ReasonField
          id="rotate-reason"
          hint="For instance “Yearly replacement”. It stands in the ledger. Everybody who pinned the certificate needs the new one afterwards; it cannot be undone."
          error={errors.reason}
        />
        <KeyChoiceFields id="rotate" {...{ organisationId, errors }} />
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
        <ReasonField
          id="give-up-reason"
          hint="What happened, for the ledger. Reports without a timestamp from before that day are rejected from now on, and have to be prepared and signed anew; it cannot be undone."
          error={errors.reason}
        />
        <Submit>Give it up</Submit>
      </Form>
    </details>
  )
}
