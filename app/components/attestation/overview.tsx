/** After the code: what is asked, how far it is, and where it goes on. */
import { Link } from '@remix-run/react'
import { CircleCheck, Circle as CircleIcon } from 'lucide-react'
import { signerWords } from '#app/report/language/signing/words.ts'
import { ButtonLink } from '../button.tsx'
import { DownloadLink } from '../download-link.tsx'
import { Notice } from '../notice.tsx'
import { Said } from '../report/report-language.tsx'
import { AnswerStatusBadge } from '../status-badge.tsx'
import { SignerLayout } from './signer-layout.tsx'
import type { SignerPage } from './signer-page.ts'

export function Overview({ page }: { page: SignerPage }) {
  const { language, steps, signer, contributor, clientName: client } = page
  const { say } = signerWords(language, signer.role)
  const next = steps.findIndex(({ isConfirmed }) => !isConfirmed)
  const done = steps.filter(({ isConfirmed }) => isConfirmed).length
  return (
    <SignerLayout
      language={language}
      kicker={say('kicker.edition', { client, form: page.formTitle, edition: page.edition })}
      title={say('overview.title', { officer: signer.name })}
      lead={say('overview.lead', {
        contributor: contributor.name,
        organisation: contributor.organisation,
        client,
        title: signer.title,
      })}
    >
      {page.failure ? (
        <div className="mb-6">
          <Notice kind="danger" title={say('overview.failed')}>
            {page.failure}
          </Notice>
        </div>
      ) : null}
      {page.missing.length > 0 ? (
        <div className="mb-6">
          <Notice kind="info" title={say('overview.others.title')}>
            {say('overview.others', { names: page.missing.join(', ') })}
          </Notice>
        </div>
      ) : null}
      <p className="max-w-measure">
        {steps.length === 0
          ? say('overview.all-carried')
          : say('overview.not-carried', { count: steps.length, done })}
      </p>
      <div className="mt-5 flex flex-wrap gap-3">
        {page.missing.length > 0 ? null : next === -1 ? (
          <ButtonLink variant="primary" to="?step=sign">
            {say(steps.length === 0 ? 'overview.read-declaration' : 'overview.to-declaration')}
          </ButtonLink>
        ) : (
          <ButtonLink variant="primary" to={`?step=${next + 1}`}>
            {say(done === 0 ? 'overview.begin' : 'overview.go-on')}
          </ButtonLink>
        )}
        <DownloadLink href={page.fileHref}>{say('read-report')}</DownloadLink>
      </div>
      {steps.length > 0 ? (
        <ol className="mt-8 border-rule border-t">
          {steps.map((step, index) => (
            <li
              key={step.questionId}
              className="grid grid-cols-[1.25rem_1fr] gap-x-3 border-hairline border-b py-3"
            >
              {step.isConfirmed ? (
                <CircleCheck aria-label={say('overview.confirmed')} size={18} className="mt-0.5 text-ok" />
              ) : (
                <CircleIcon
                  aria-label={say('overview.not-confirmed')}
                  size={18}
                  className="mt-0.5 text-ink-faint"
                />
              )}
              <div className="min-w-0">
                <Link to={`?step=${index + 1}`} className="text-link break-words">
                  {step.item}: <Said>{step.prompt}</Said>
                </Link>
                <p className="mt-0.5 flex flex-wrap gap-x-3 text-caption">
                  <span className="break-words">
                    {say('overview.you-state')} <Said>{step.shown}</Said>
                  </span>
                  <AnswerStatusBadge
                    status={step.status}
                    word={say(`status.${step.status}`)}
                    detail={step.weakened ? say('answer.weakened') : undefined}
                  />
                </p>
              </div>
            </li>
          ))}
        </ol>
      ) : null}
      <p className="mt-6 text-caption text-ink-soft">
        {say('overview.stop')}{' '}
        <Link to="?step=decline" className="text-link">
          {say('overview.decline')}
        </Link>
        {say('overview.goes-back', { organisation: page.organisationName })}
      </p>
    </SignerLayout>
  )
}
