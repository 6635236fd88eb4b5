/** After the code: what is asked, how far it is, and where it goes on. */
import { Link } from '@remix-run/react'
import { CircleCheck, Circle as CircleIcon } from 'lucide-react'
import { ButtonLink } from '../button.tsx'
import { countOf } from '../counts.ts'
import { DownloadLink } from '../download-link.tsx'
import { Notice } from '../notice.tsx'
import { AnswerStatusBadge } from '../status-badge.tsx'
import { OfficerLayout } from './officer-layout.tsx'
import type { OfficerPage } from './officer-page.ts'

export function Overview({ page }: { page: OfficerPage }) {
  const { steps, officer, organisationName, contributor } = page
  const next = steps.findIndex(({ isConfirmed }) => !isConfirmed)
  const done = steps.filter(({ isConfirmed }) => isConfirmed).length
  return (
    <OfficerLayout
      kicker={`${page.clientName}, ${page.formTitle}, edition ${page.edition}`}
      title={`What you are asked to attest, ${officer.name}`}
      lead={
        <>
          {contributor.name} of {contributor.organisation} certified the facts and the evidence. You attest
          the answers for {page.clientName}, as {officer.title}. An answer that turns out untrue can cost the
          cover when it is needed.
        </>
      }
    >
      {page.failure ? (
        <div className="mb-6">
          <Notice kind="danger" title="The last attempt to sign failed">
            {page.failure}
          </Notice>
        </div>
      ) : null}
      <p className="max-w-measure">
        {steps.length === 0
          ? 'Current evidence carries every answer that claims something. Read the declaration and sign.'
          : `${countOf(steps.length, 'answer')} ${steps.length === 1 ? 'is' : 'are'} not fully carried by evidence. You will see each one, with what speaks against it. ${done} of ${steps.length} confirmed.`}
      </p>
      <div className="mt-5 flex flex-wrap gap-3">
        {next === -1 ? (
          <ButtonLink variant="primary" to="?step=sign">
            {steps.length === 0 ? 'Read the declaration' : 'Go on to the declaration'}
          </ButtonLink>
        ) : (
          <ButtonLink variant="primary" to={`?step=${next + 1}`}>
            {done === 0 ? 'Begin with the first answer' : 'Go on where you stopped'}
          </ButtonLink>
        )}
        <DownloadLink href={page.fileHref}>Read the whole report (PDF)</DownloadLink>
      </div>
      {steps.length > 0 ? (
        <ol className="mt-8 border-rule border-t">
          {steps.map((step, index) => (
            <li
              key={step.questionId}
              className="grid grid-cols-[1.25rem_1fr] gap-x-3 border-hairline border-b py-3"
            >
              {step.isConfirmed ? (
                <CircleCheck aria-label="Confirmed" size={18} className="mt-0.5 text-ok" />
              ) : (
                <CircleIcon aria-label="Not confirmed yet" size={18} className="mt-0.5 text-ink-faint" />
              )}
              <div className="min-w-0">
                <Link to={`?step=${index + 1}`} className="text-link break-words">
                  {step.item}: {step.prompt}
                </Link>
                <p className="mt-0.5 flex flex-wrap gap-x-3 text-caption">
                  <span className="break-words">You state: {step.shown}</span>
                  <AnswerStatusBadge status={step.status} detail={step.weakened ? '(weakened)' : undefined} />
                </p>
              </div>
            </li>
          ))}
        </ol>
      ) : null}
      <p className="mt-6 text-caption text-ink-soft">
        You can stop at any time; what you confirmed stays. Something is wrong?{' '}
        <Link to="?step=decline" className="text-link">
          Decline and say why
        </Link>
        : the report then goes back to {organisationName}.
      </p>
    </OfficerLayout>
  )
}
