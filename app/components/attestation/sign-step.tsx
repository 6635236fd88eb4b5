/** The end: everything that is attested, the declaration, and the signature. */
import { Form, Link } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { OfficerAttestInput } from '#app/services/report-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { countOf } from '../counts.ts'
import { DownloadLink } from '../download-link.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import type { DoorReply } from './door.tsx'
import { OfficerLayout } from './officer-layout.tsx'
import type { OfficerPage, StatedAnswer } from './officer-page.ts'

const FIELDS = ['attest', 'typedName'] as const

export function SignStep({ page, reply }: { page: OfficerPage; reply: DoorReply | undefined }) {
  const { field, summary, isSending, onSubmit } = useCheckedForm(
    OfficerAttestInput,
    FIELDS,
    reply?.fieldErrors,
  )
  const { officer, steps, rest, gaps } = page
  return (
    <OfficerLayout
      kicker={`${page.clientName}, ${page.formTitle}, edition ${page.edition}`}
      title="Declare and sign"
      lead={
        <>
          You attest {countOf(steps.length + rest.length, 'answer')} for {page.clientName}. You confirmed{' '}
          {countOf(steps.length, 'answer')} one by one.
        </>
      }
    >
      <details className="border-rule border-y py-3">
        <summary className="cursor-pointer text-link">Read every answer that you attest</summary>
        <AnswerList answers={[...steps, ...rest]} />
      </details>
      {gaps.length > 0 ? (
        <section className="mt-5">
          <h2 className="font-semibold">Answered “I don’t know”</h2>
          <ul className="mt-1.5 list-disc ps-5">
            {gaps.map((gap) => (
              <li key={gap.prompt} className="break-words">
                {gap.prompt} <span className="text-ink-soft">{gap.owner}, due </span>
                <Time at={gap.dueOn} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <div className="mt-5">
        <DownloadLink href={page.fileHref}>Read the whole report (PDF)</DownloadLink>
      </div>
      <Form method="post" noValidate onSubmit={onSubmit} className="mt-8 flex flex-col gap-5">
        <FormErrorSummary key={summary.key} title="Not signed yet" problems={summary.problems} />
        {reply?.refusal ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        <input type="hidden" name="intent" value="attest" />
        <blockquote className="border-accent border-s-2 ps-4">
          <p>{officer.declaration}</p>
          <p className="mt-3">{page.consent}</p>
        </blockquote>
        <CheckboxField
          {...field('attest')}
          value="on"
          label={`I make this declaration for ${page.clientName}.`}
        />
        <TextField
          {...field('typedName')}
          label="Your full name"
          hint={`As it stands in the report: ${officer.name}`}
          autoComplete="name"
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="primary" loading={isSending} loadingLabel="Signing">
            Attest and sign
          </Button>
          <ButtonLink to="?step=decline">I do not attest this</ButtonLink>
        </div>
      </Form>
      <p className="mt-6">
        <Link to="?" className="inline-flex items-center gap-1 text-caption text-ink-soft hover:text-accent">
          <ChevronLeft aria-hidden size={15} /> Back to the list
        </Link>
      </p>
    </OfficerLayout>
  )
}

function AnswerList({ answers }: { answers: StatedAnswer[] }) {
  return (
    <ul className="mt-3">
      {answers.map((answer) => (
        <li key={answer.questionId} className="border-hairline border-t py-2.5">
          <p className="break-words text-ink-soft">
            {answer.item}: {answer.prompt}
          </p>
          <p className="break-words font-medium">{answer.shown}</p>
        </li>
      ))}
    </ul>
  )
}
