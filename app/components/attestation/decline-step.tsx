/** The officer does not stand by it: why, in words that help whoever has to mend it. */
import { Form, Link } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { DeclineInput } from '#app/services/report-input.ts'
import { Button } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { TextAreaField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import type { DoorReply } from './door.tsx'
import { OfficerLayout } from './officer-layout.tsx'
import type { OfficerPage } from './officer-page.ts'

interface DeclineStepProps {
  page: OfficerPage
  /** The item of the answer that is wrong, where the officer came from one. */
  about: string | null
  reply: DoorReply | undefined
}

const FIELDS = ['reason'] as const

export function DeclineStep({ page, about, reply }: DeclineStepProps) {
  const { field, summary, isSending, onSubmit } = useCheckedForm(DeclineInput, FIELDS, reply?.fieldErrors)
  return (
    <OfficerLayout
      kicker={`${page.clientName}, ${page.formTitle}`}
      title="Decline to attest"
      lead={`Nothing is signed. The report is withdrawn, ${page.organisationName} reads your reason, corrects the answers and prepares a new report for you.`}
    >
      <Form method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-5">
        <FormErrorSummary key={summary.key} title="Not sent yet" problems={summary.problems} />
        {reply?.refusal ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        <input type="hidden" name="intent" value="decline" />
        <TextAreaField
          {...field('reason')}
          label="What is not right?"
          hint="For instance: “Two sites still have no second factor on the VPN.” It is kept in the ledger."
          defaultValue={about ? `${about}: ` : undefined}
          rows={4}
        />
        <Button
          type="submit"
          variant="danger"
          className="self-start"
          loading={isSending}
          loadingLabel="Sending"
        >
          Decline and send it back
        </Button>
      </Form>
      <p className="mt-6">
        <Link to="?" className="inline-flex items-center gap-1 text-caption text-ink-soft hover:text-accent">
          <ChevronLeft aria-hidden size={15} /> Back to the list
        </Link>
      </p>
    </OfficerLayout>
  )
}
