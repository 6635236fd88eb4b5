/** What the forms about signing keys share: why it is done, for the ledger, and the button. */
import { useNavigation } from '@remix-run/react'
import { Button } from '../button.tsx'
import { TextAreaField } from '../text-field.tsx'

export function ReasonField({ id, hint, error }: { id: string; hint: string; error: string | undefined }) {
  return (
    <TextAreaField
      name="reason"
      id={id}
      label="Reason"
      hint={hint}
      rows={2}
      required
      minLength={10}
      maxLength={1000}
      error={error}
    />
  )
}

export function Submit({
  children,
  variant = 'danger',
}: {
  children: string
  variant?: 'primary' | 'danger' | 'secondary'
}) {
  const isBusy = useNavigation().state !== 'idle'
  return (
    <Button type="submit" variant={variant} className="self-start" loading={isBusy}>
      {children}
    </Button>
  )
}
