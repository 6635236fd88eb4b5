/** The end: everything that is attested, the declaration, and the signature. */
import { Form, Link } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { DEFAULT_LANGUAGE } from '#app/language/languages.ts'
import { signerWords } from '#app/report/language/signing/words.ts'
import { signerInputs } from '#app/services/report-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { DownloadLink } from '../download-link.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { Said } from '../report/report-language.tsx'
import { TextField } from '../text-field.tsx'
import { useCheckedForm } from '../use-checked-form.ts'
import type { DoorReply } from './door.tsx'
import { SignerLayout } from './signer-layout.tsx'
import type { SignerPage, StatedAnswer } from './signer-page.ts'

const FIELDS = ['attest', 'typedName'] as const

export function SignStep({ page, reply }: { page: SignerPage; reply: DoorReply | undefined }) {
  const { field, summary, isSending, onSubmit } = useCheckedForm(
    signerInputs(page.language).attest,
    FIELDS,
    reply?.fieldErrors,
  )
  const { language, signer, steps, rest, gaps, clientName: client } = page
  const { say, date } = signerWords(language, page.signer.role)
  return (
    <SignerLayout
      language={language}
      kicker={say('kicker.edition', { client, form: page.formTitle, edition: page.edition })}
      title={say('sign.title')}
      lead={say('sign.lead', { all: steps.length + rest.length, client, steps: steps.length })}
    >
      <details className="border-rule border-y py-3">
        <summary className="cursor-pointer text-link">{say('sign.read-answers')}</summary>
        <AnswerList answers={[...steps, ...rest]} />
      </details>
      {gaps.length > 0 ? (
        <section className="mt-5">
          <h2 className="font-semibold">{say('sign.gaps')}</h2>
          <ul className="mt-1.5 list-disc ps-5">
            {gaps.map((gap) => (
              <li key={gap.prompt} className="break-words">
                <Said>{gap.prompt}</Said>{' '}
                <span className="text-ink-soft">
                  {say('sign.gap', { owner: gap.owner, day: date(gap.dueOn) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <div className="mt-5">
        <DownloadLink href={page.fileHref}>{say('read-report')}</DownloadLink>
      </div>
      <Form method="post" noValidate onSubmit={onSubmit} className="mt-8 flex flex-col gap-5">
        <FormErrorSummary key={summary.key} title={say('sign.not-yet')} problems={summary.problems} />
        {reply?.refusal ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        <input type="hidden" name="intent" value="attest" />
        {language === DEFAULT_LANGUAGE ? null : (
          <p className="text-caption text-ink-soft">{say('sign.wording')}</p>
        )}
        <blockquote className="border-accent border-s-2 ps-4">
          <p>
            <Said>{signer.declaration}</Said>
          </p>
          <p className="mt-3">{page.consent}</p>
        </blockquote>
        <CheckboxField {...field('attest')} value="on" label={say('sign.declare', { client })} />
        <TextField
          {...field('typedName')}
          label={say('sign.name')}
          hint={say('sign.name-hint', { officer: signer.name })}
          autoComplete="name"
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="primary" loading={isSending} loadingLabel={say('sign.signing')}>
            {say('sign.sign')}
          </Button>
          <ButtonLink to="?step=decline">{say('sign.not')}</ButtonLink>
        </div>
      </Form>
      <p className="mt-6">
        <Link to="?" className="inline-flex items-center gap-1 text-caption text-ink-soft hover:text-accent">
          <ChevronLeft aria-hidden size={15} /> {say('back-to-list')}
        </Link>
      </p>
    </SignerLayout>
  )
}

function AnswerList({ answers }: { answers: StatedAnswer[] }) {
  return (
    <ul className="mt-3">
      {answers.map((answer) => (
        <li key={answer.questionId} className="border-hairline border-t py-2.5">
          <p className="break-words text-ink-soft">
            {answer.item}: <Said>{answer.prompt}</Said>
          </p>
          <p className="break-words font-medium">
            <Said>{answer.shown}</Said>
          </p>
        </li>
      ))}
    </ul>
  )
}
