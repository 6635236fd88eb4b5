/** One answer as an assessor judges it: what is said, what speaks for and against it, and what was decided so far. */
import type { AnswerStatus, Reason } from '#app/readiness/status.ts'
import { DefinitionList } from '../definition-list.tsx'
import { ReasonList } from '../reason-list.tsx'
import { AnswerStatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { Decisions, type ShownDecision } from './decisions.tsx'

export interface ViewedQuestion {
  questionId: string
  item: string
  section: string
  prompt: string
  scope: string | null
  groupLabel: string
  shown: string
  answeredBy: string | null
  answeredAt: Date | string | null
  status: AnswerStatus
  weakened: boolean
  exceptions: readonly { scope: string; reason: string; compensatingControl: string; expiresOn: string }[]
  reasons: readonly Reason[]
  facts: readonly { id: string; words: string; subject: string; observedAt: string; isPartial: boolean }[]
  decisions: readonly ShownDecision[]
}

export function QuestionView({ question }: { question: ViewedQuestion }) {
  return (
    <article aria-labelledby="question">
      <p className="text-caption text-ink-soft">
        {question.groupLabel} · item {question.item}, {question.section}
      </p>
      <h2 id="question" tabIndex={-1} className="mt-1 break-words font-semibold text-section">
        {question.prompt}
      </h2>
      {question.scope ? <p className="mt-1 text-caption text-ink-soft">Covers: {question.scope}</p> : null}
      <p className="wrap-anywhere mt-4 border-accent border-s-4 ps-3 font-semibold text-lead">
        {question.shown}
      </p>
      <p className="mt-2 flex flex-wrap items-baseline gap-x-4 text-caption text-ink-soft">
        <AnswerStatusBadge status={question.status} detail={question.weakened ? '(weakened)' : undefined} />
        {question.answeredBy && question.answeredAt ? (
          <span>
            {question.answeredBy}, <Time at={question.answeredAt} />
          </span>
        ) : null}
      </p>
      <Part title="What the evidence says">
        <ReasonList reasons={question.reasons} />
      </Part>
      {question.facts.length > 0 ? (
        <Part title="Facts">
          <ul className="border-hairline border-t">
            {question.facts.map((fact) => (
              <li key={fact.id} className="border-hairline border-b py-2">
                <p className="wrap-anywhere">{fact.words}</p>
                <p className="wrap-anywhere text-caption text-ink-soft">
                  {fact.subject}, <Time at={fact.observedAt} />
                  {fact.isPartial ? ', seen in part' : ''}
                </p>
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      {question.exceptions.map((exception) => (
        <Part key={exception.scope} title="Exception">
          <DefinitionList
            items={[
              { term: 'Scope', value: exception.scope },
              { term: 'Reason', value: exception.reason },
              { term: 'Instead', value: exception.compensatingControl },
              { term: 'Until', value: <Time at={exception.expiresOn} /> },
            ]}
          />
        </Part>
      ))}
      {question.decisions.length > 0 ? (
        <Part title="Decided so far">
          <Decisions decisions={question.decisions} />
        </Part>
      ) : null}
    </article>
  )
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="mt-6">
      <h3 className="mb-1.5 font-medium">{title}</h3>
      {children}
    </section>
  )
}
