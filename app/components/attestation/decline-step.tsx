/** The signer does not stand by it: why, in words that help whoever has to mend it. */
import { Form, Link } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { signerWords } from '#app/report/language/signing/words.ts'
import { signerInputs } from '#app/services/report-input.ts'
import { Button } from '../button.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { TextAreaField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import type { DoorReply } from './door.tsx'
import { SignerLayout } from './signer-layout.tsx'
import type { SignerPage } from './signer-page.ts'

interface DeclineStepProps {
  page: SignerPage
  /** The item of the answer that is wrong, where the signer came from one. */
  about: string | null
  reply: DoorReply | undefined
}

const FIELDS = ['reason'] as const

export function DeclineStep({ page, about, reply }: DeclineStepProps) {
  const { say } = signerWords(page.language, page.signer.role)
  const { field, summary, isSending, onSubmit } = useCheckedForm(
    signerInputs(page.language).decline,
    FIELDS,
    reply?.fieldErrors,
  )
  return (
    <SignerLayout
      language={page.language}
      kicker={say('kicker', { client: page.clientName, form: page.formTitle })}
      title={say('decline.title')}
      lead={say('decline.lead', { organisation: page.organisationName })}
    >
      <Form method="post" noValidate onSubmit={onSubmit} className="flex flex-col gap-5">
        <FormErrorSummary key={summary.key} title={say('decline.not-yet')} problems={summary.problems} />
        {reply?.refusal ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        <input type="hidden" name="intent" value="decline" />
        <TextAreaField
          {...field('reason')}
          label={say('decline.reason')}
          hint={say('decline.hint')}
          defaultValue={about ? `${about}: ` : undefined}
          rows={4}
        />
        <Button
          type="submit"
          variant="danger"
          className="self-start"
          loading={isSending}
          loadingLabel={say('decline.sending')}
        >
          {say('decline.send')}
        </Button>
      </Form>
      <p className="mt-6">
        <Link to="?" className="inline-flex items-center gap-1 text-caption text-ink-soft hover:text-accent">
          <ChevronLeft aria-hidden size={15} /> {say('back-to-list')}
        </Link>
      </p>
    </SignerLayout>
  )
}
