/** What a provider does with a waiver: offers the draft, withdraws it, has its file made again. */
import { Form, useNavigation } from '@remix-run/react'
import { WITHDRAW_WORDS } from '#app/services/waiver-input.ts'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { Notice } from '../notice.tsx'
import { Submit } from '../signing/form-parts.tsx'
import { TextAreaField } from '../text-field.tsx'

export function OfferForm({ version, to }: { version: number; to: string }) {
  const isBusy = useNavigation().state !== 'idle'
  return (
    <Form method="post" className="flex max-w-measure flex-col gap-4">
      <input type="hidden" name="intent" value="offer" />
      <input type="hidden" name="seenVersion" value={version} />
      <p>
        From then on the text stays as it is, and {to} can sign it or say why not. A mistake found later means
        withdrawing it and writing another one.
      </p>
      <Button type="submit" variant="primary" className="self-start" loading={isBusy} loadingLabel="Offering">
        Offer it for signature
      </Button>
    </Form>
  )
}

export function WithdrawForm({ errors, typed }: { errors: Record<string, string>; typed: string }) {
  return (
    <details open={Object.keys(errors).length > 0}>
      <summary className="cursor-pointer text-ink-soft hover:text-ink">Withdraw this waiver</summary>
      <Form method="post" noValidate className="mt-3 flex max-w-measure flex-col gap-4">
        <input type="hidden" name="intent" value="withdraw-waiver" />
        <ChoiceCards
          id="because"
          name="because"
          label="Why it is withdrawn"
          error={errors.because}
          options={Object.entries(WITHDRAW_WORDS).map(([value, label]) => ({ value, label }))}
        />
        <TextAreaField
          id="reason"
          name="reason"
          label="What happened"
          hint="The waiver stays readable here and in the ledger, with this reason. It contradicts no answer any more."
          rows={2}
          defaultValue={typed}
          error={errors.reason}
        />
        <Submit>Withdraw waiver</Submit>
      </Form>
    </details>
  )
}

export function MissingFile({ failure }: { failure: string | null }) {
  if (failure === null)
    return (
      <Notice kind="info" title="The signed file is being made">
        It takes a few seconds. The waiver is in force already.
      </Notice>
    )
  return (
    <Notice
      kind="warning"
      title="The signed file could not be made"
      action={
        <Form method="post">
          <input type="hidden" name="intent" value="make-file" />
          <Button type="submit" size="small">
            Make the file again
          </Button>
        </Form>
      }
    >
      {failure} The waiver is in force all the same.
    </Notice>
  )
}
