/** After an address was allowed again: what did not arrive there leaves with one press. */
import { Form } from '@remix-run/react'
import { RotateCw } from 'lucide-react'
import { Button } from '../button.tsx'

export function HeldOffer({ address, mails }: { address: string; mails: number }) {
  return (
    <Form method="post" className="mt-2">
      <input type="hidden" name="intent" value="resend-held" />
      <input type="hidden" name="address" value={address} />
      <Button type="submit" size="small" icon={RotateCw}>
        {mails === 1 ? 'Send the mail that did not arrive' : `Send the ${mails} mails that did not arrive`}
      </Button>
    </Form>
  )
}
