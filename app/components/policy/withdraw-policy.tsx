/** For a policy that was entered by mistake. */
import { Form } from '@remix-run/react'
import { Disclosure } from '../disclosure.tsx'
import { Hidden } from '../renewal/step-forms.tsx'
import { ReasonField, Submit } from '../signing/form-parts.tsx'

export function WithdrawPolicy({ policyId, error }: { policyId: string; error: string | undefined }) {
  return (
    <div className="mt-10">
      <Disclosure title="Entered by mistake?" isOpen={error !== undefined}>
        <Form method="post" className="flex max-w-measure flex-col gap-4">
          <Hidden intent="withdraw-policy" policyId={policyId} />
          <ReasonField
            id="withdraw-reason"
            hint="It leaves lists and calendars and keeps its versions. This cannot be undone."
            error={error}
          />
          <Submit>Withdraw the policy</Submit>
        </Form>
      </Disclosure>
    </div>
  )
}
