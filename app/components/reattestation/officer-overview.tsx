/** After the code: what the officer is asked, how far they are, and where it goes on. */
import { Link } from '@remix-run/react'
import { CircleAlert, CircleCheck, Circle as CircleIcon, OctagonX } from 'lucide-react'
import { reattestWords } from '#app/report/language/reattestation/words.ts'
import type { OfficerSheet } from '#app/services/reattestation-visit.server.ts'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { ButtonLink } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { Said } from '../report/report-language.tsx'
import { MarkBadges } from './mark-badge.tsx'

/** Where the officer goes on: the first answer without a word, then the list, then the end. */
export function nextStep(sheet: OfficerSheet): string {
  const open = sheet.steps.findIndex(({ given }) => given === null)
  if (open !== -1) return `?step=${open + 1}`
  const isListOpen = sheet.unchanged.some(({ given }) => given === null) && !sheet.isListConfirmed
  return isListOpen ? '?step=list' : '?step=end'
}

export function OfficerKicker({ sheet }: { sheet: OfficerSheet }) {
  const { say, date } = reattestWords(sheet.language)
  return (
    <>
      {say('sheet.kicker', {
        client: sheet.clientName,
        form: sheet.formTitle,
        first: date(sheet.period.first),
        last: date(sheet.period.last),
      })}
    </>
  )
}

export function OfficerOverview({ sheet }: { sheet: OfficerSheet }) {
  const { language, steps, unchanged, isListConfirmed } = sheet
  const { say, date } = reattestWords(language)
  const next = nextStep(sheet)
  const isBegun = steps.some(({ given }) => given) || isListConfirmed
  return (
    <SignerLayout
      language={language}
      kicker={<OfficerKicker sheet={sheet} />}
      title={say('sheet.title', { officer: sheet.officerName })}
      lead={say('sheet.lead', {
        day: date(sheet.signedOn),
        client: sheet.clientName,
        contributor: sheet.contributorName,
        organisation: sheet.organisationName,
      })}
    >
      {sheet.failure ? (
        <div className="mb-6">
          <Notice kind="danger" title={say('sheet.failed')}>
            {sheet.failure}
          </Notice>
        </div>
      ) : null}
      <ul className="list-disc ps-5">
        <li>{say('sheet.walk', { count: steps.length })}</li>
        <li>{say('sheet.list', { count: unchanged.length })}</li>
      </ul>
      <p className="mt-5">
        <ButtonLink variant="primary" to={next}>
          {say(next === '?step=end' ? 'sheet.finish' : isBegun ? 'sheet.go-on' : 'sheet.begin')}
        </ButtonLink>
      </p>
      {steps.length > 0 ? (
        <>
          <h2 className="mt-8 mb-2 font-semibold text-section">{say('sheet.to-do')}</h2>
          <ol className="border-rule border-t">
            {steps.map((step, index) => (
              <li
                key={step.questionId}
                className="grid grid-cols-[1.25rem_1fr] gap-x-3 border-hairline border-b py-3"
              >
                <Chosen result={step.given?.result ?? null} open={say('sheet.open')} />
                <div className="min-w-0">
                  <Link to={`?step=${index + 1}`} className="text-link break-words">
                    {step.item}: <Said>{step.prompt}</Said>
                  </Link>
                  <div className="mt-1 text-caption">
                    {step.given ? (
                      say(`result.${step.given.result}`)
                    ) : (
                      <MarkBadges marks={step.marks} wordOf={(mark) => say(`mark.${mark}`)} />
                    )}
                  </div>
                </div>
              </li>
            ))}
          </ol>
        </>
      ) : null}
      {unchanged.length > 0 ? (
        <p className="mt-6 grid grid-cols-[1.25rem_1fr] gap-x-3">
          <Done
            isDone={isListConfirmed}
            words={{ done: say('sheet.confirmed'), open: say('sheet.not-confirmed') }}
          />
          <Link to="?step=list" className="text-link">
            {say('sheet.unchanged', { count: unchanged.length })}
          </Link>
        </p>
      ) : null}
      <p className="mt-8 text-caption text-ink-soft">
        {say('sheet.stop')}{' '}
        <Link to="?step=decline" className="text-link">
          {say('sheet.decline')}
        </Link>
      </p>
    </SignerLayout>
  )
}

/** What was chosen stands beside it as a word; the picture only makes it quick to find. */
const CHOSEN = {
  'still-true': { icon: CircleCheck, tone: 'text-ok' },
  'with-exceptions': { icon: CircleAlert, tone: 'text-warn' },
  'no-longer-true': { icon: OctagonX, tone: 'text-bad' },
} as const

function Chosen({ result, open }: { result: keyof typeof CHOSEN | null; open: string }) {
  if (result === null) return <CircleIcon aria-label={open} size={18} className="mt-0.5 text-ink-faint" />
  const { icon: Icon, tone } = CHOSEN[result]
  return <Icon aria-hidden size={18} className={`mt-0.5 ${tone}`} />
}

function Done({ isDone, words }: { isDone: boolean; words: { done: string; open: string } }) {
  return isDone ? (
    <CircleCheck aria-label={words.done} size={18} className="mt-0.5 text-ok" />
  ) : (
    <CircleIcon aria-label={words.open} size={18} className="mt-0.5 text-ink-faint" />
  )
}
