/** The desk of an assessor: the questions in their order, one answer, and its evidence beside it. */
import { Link } from '@remix-run/react'
import { ArrowLeft, ArrowRight, FileSignature } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReviewFilter } from '#app/services/review-order.ts'
import { SkipLink } from '../app-shell.tsx'
import { ButtonLink } from '../button.tsx'
import { classNames } from '../class-names.ts'
import { Notice } from '../notice.tsx'
import { Watermark } from '../share/watermark.tsx'
import { SiteHeader } from '../site-header.tsx'
import { DecisionForm, type DecisionReply } from './decision-form.tsx'
import { DeskKeys } from './desk-keys.tsx'
import { EvidencePanel, type PanelEvidence } from './evidence-panel.tsx'
import { hrefOf, type ListedQuestion, QuestionList } from './question-list.tsx'
import { QuestionView, type ViewedQuestion } from './question-view.tsx'
import { SamplePanel, type ShownSample } from './sample-panel.tsx'
import { type ShownSignOff, SignedOff, SignOffForm } from './sign-off.tsx'

export interface DeskPage {
  assessorName: string
  assessorEmail: string
  day: string
  organisationName: string
  clientName: string
  formTitle: string
  instructions: string
  mayDownload: boolean
  isFrozen: boolean
  filter: ReviewFilter
  counts: Record<ReviewFilter, number>
  rows: readonly ListedQuestion[]
  current:
    | (ViewedQuestion & {
        evidence: readonly PanelEvidence[]
        evidenceWithheld: number
        basisSha256: string
        seen: number
      })
    | null
  fileId: string | null
  previousId: string | null
  nextId: string | null
  nextUnreviewedId: string | null
  samples: readonly ShownSample[]
  signOff: ShownSignOff | null
  byKind: Parameters<typeof SignOffForm>[0]['byKind']
  decided: number
  isSigningOff: boolean
  base: string
}

const FILTER_WORDS: Record<ReviewFilter, string> = {
  all: 'All',
  unreviewed: 'Not reviewed',
  doubtful: 'Doubtful',
  open: 'Asked or rejected',
  sample: 'Sample',
}

interface DeskProps {
  page: DeskPage
  reply: DecisionReply | undefined
  /** Where whoever is signed in came from. */
  back?: string
}

export function Desk({ page, reply, back }: DeskProps) {
  const { current, filter, counts } = page
  const to = (id: string | null) => (id ? hrefOf(id, filter) : null)
  useFocusOnQuestion(current?.questionId)
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <SiteHeader>
        {back ? (
          <ButtonLink to={back} size="small">
            Back<span className="max-sm:sr-only"> to the engagement</span>
          </ButtonLink>
        ) : null}
      </SiteHeader>
      <Watermark name={page.assessorName} email={page.assessorEmail} day={page.day} />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[110rem] grow px-4 pt-4 pb-20 sm:px-8">
        <p className="text-caption text-ink-soft">
          {page.organisationName} asks you to review the application of {page.clientName}
        </p>
        <div className="flex flex-wrap items-start justify-between gap-4">
          <h1 className="mt-1 break-words font-semibold text-title tracking-[-0.018em]">{page.formTitle}</h1>
          {page.signOff || page.isSigningOff ? null : (
            <ButtonLink icon={FileSignature} to="?step=sign-off">
              Sign off
            </ButtonLink>
          )}
        </div>
        <p className="mt-1 text-ink-soft">
          {page.decided} of {counts.all} answers reviewed. Shown to {page.assessorName}; each file that is
          opened is recorded.
        </p>
        {page.instructions ? (
          <p className="wrap-anywhere mt-3 max-w-measure whitespace-pre-line">{page.instructions}</p>
        ) : null}
        <div className="mt-4 flex flex-col gap-3">
          {page.signOff ? <SignedOff signOff={page.signOff} /> : null}
          {page.isFrozen ? null : (
            <Notice kind="info">
              This application is a draft: answers and evidence may still change. Where they do, the list says
              so.
            </Notice>
          )}
        </div>
        {page.isSigningOff && !page.signOff ? (
          <div className="mt-8">
            <SignOffForm
              assessorName={page.assessorName}
              questions={counts.all}
              decided={page.decided}
              byKind={page.byKind}
              reply={reply}
            />
          </div>
        ) : (
          <div className="mt-6 grid gap-x-10 gap-y-8 lg:grid-cols-[17rem_minmax(0,1fr)] min-[88rem]:grid-cols-[19rem_minmax(0,1fr)_minmax(0,1fr)]">
            <aside className="flex flex-col gap-5 max-lg:order-last lg:sticky lg:top-4 lg:max-h-[calc(100dvh-2rem)] lg:self-start lg:overflow-y-auto">
              <Filters filter={filter} counts={counts} />
              <SamplePanel
                samples={page.samples}
                questions={counts.all}
                isSignedOff={page.signOff !== null}
                errors={reply?.fieldErrors ?? {}}
              />
              <DeskKeys
                previous={to(page.previousId)}
                next={to(page.nextId)}
                nextUnreviewed={to(page.nextUnreviewedId)}
              />
              <QuestionList rows={page.rows} currentId={current?.questionId ?? null} filter={filter} />
            </aside>
            {current ? (
              <>
                <div className="min-w-0">
                  <Steps page={page} />
                  <QuestionView question={current} />
                  {page.signOff ? null : (
                    <div className="mt-8 border-rule border-t pt-5">
                      <DecisionForm
                        key={current.questionId}
                        questionId={current.questionId}
                        item={current.item}
                        seen={current.seen}
                        basis={current.basisSha256}
                        filter={filter}
                        reply={reply}
                      />
                    </div>
                  )}
                </div>
                <div className="min-w-0 lg:col-start-2 min-[88rem]:col-start-auto">
                  <EvidencePanel
                    evidence={current.evidence}
                    withheld={current.evidenceWithheld}
                    openId={page.fileId}
                    here={hrefOf(current.questionId, filter)}
                    base={page.base}
                    mayDownload={page.mayDownload}
                  />
                </div>
              </>
            ) : (
              <p className="text-ink-soft">
                Nothing is left in this list.{' '}
                <Link to="?" className="text-link">
                  Show all answers
                </Link>
                .
              </p>
            )}
          </div>
        )}
      </main>
    </div>
  )
}

/** Another answer is read from its beginning, by the eye and by a screen reader. */
function useFocusOnQuestion(questionId: string | undefined) {
  const shown = useRef(questionId)
  useEffect(() => {
    if (shown.current === questionId) return
    shown.current = questionId
    document.getElementById('question')?.focus()
  }, [questionId])
}

function Filters({ filter, counts }: Pick<DeskPage, 'filter' | 'counts'>) {
  return (
    <nav aria-label="Show" className="flex flex-wrap gap-1.5">
      {(Object.keys(FILTER_WORDS) as ReviewFilter[])
        .filter((name) => name !== 'sample' || counts.sample > 0)
        .map((name) => (
          <Link
            key={name}
            to={name === 'all' ? '?' : `?filter=${name}`}
            preventScrollReset
            aria-current={name === filter ? 'true' : undefined}
            className={classNames(
              'inline-flex min-h-8 items-center rounded-small border px-2.5 text-caption pointer-coarse:min-h-11',
              name === filter
                ? 'border-accent bg-accent-wash font-medium text-accent-strong'
                : 'border-hairline hover:border-ink',
            )}
          >
            {FILTER_WORDS[name]} ({counts[name]})
          </Link>
        ))}
    </nav>
  )
}

function Steps({ page: { previousId, nextId, filter } }: { page: DeskPage }) {
  return (
    <nav aria-label="Step through" className="mb-4 flex flex-wrap gap-2.5">
      {previousId ? (
        <ButtonLink size="small" icon={ArrowLeft} to={hrefOf(previousId, filter)}>
          Previous
        </ButtonLink>
      ) : null}
      {nextId ? (
        <ButtonLink size="small" icon={ArrowRight} to={hrefOf(nextId, filter)}>
          Next
        </ButtonLink>
      ) : null}
    </nav>
  )
}
