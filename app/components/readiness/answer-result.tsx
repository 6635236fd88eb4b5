/** One answer beside what the evidence says of it. */
import { Link } from '@remix-run/react'
import type { AnswerReadiness } from '#app/readiness/status.ts'
import type { WouldSupport } from '#app/readiness/what-would-support.ts'
import type { QuestionPlace } from '../questionnaire/question-places.ts'
import { ReasonList } from '../reason-list.tsx'
import { AnswerStatusBadge, StatusBadge } from '../status-badge.tsx'
import { type SourceIndex, sourcesOf } from './sources.tsx'
import { WouldSupportList } from './would-support.tsx'

interface AnswerResultProps {
  result: AnswerReadiness
  item: string
  prompt: string
  shown: string
  href: string
  sources: SourceIndex
  /** What would support it; null where that is not the question. */
  missing?: WouldSupport | null
  /** Answers of other forms that say something else. */
  elsewhere?: QuestionPlace[]
  children?: React.ReactNode
}

export function AnswerResult(props: AnswerResultProps) {
  const { result, item, prompt, shown, href, sources, elsewhere = [], missing, children } = props
  return (
    <article className="border-hairline border-b py-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="text-caption text-ink-faint">Item {item}</p>
        <span className="flex flex-wrap gap-x-4">
          {result.exceptionId ? <StatusBadge word="Covered by an exception" tone="warn" /> : null}
          <AnswerStatusBadge status={result.status} detail={result.weakened ? '(weakened)' : undefined} />
        </span>
      </div>
      <h3 className="mt-1 max-w-measure font-semibold">
        <Link to={href} className="hover:underline underline-offset-4">
          {prompt}
        </Link>
      </h3>
      <p className="mt-1 mb-3 max-w-measure break-words">
        <span className="text-ink-soft">Answer: </span>
        {shown}
      </p>
      <ReasonList reasons={result.reasons} sourcesOf={(reason) => sourcesOf(reason, sources)} />
      {missing ? <WouldSupportList missing={missing} /> : null}
      {elsewhere.length > 0 ? (
        <p className="mt-3 text-caption">
          Compare:{' '}
          {elsewhere.map((other, index) => (
            <span key={other.href}>
              {index > 0 ? ', ' : ''}
              <Link to={other.href} className="text-link">
                item {other.item}, {other.prompt}
              </Link>
            </span>
          ))}
        </p>
      ) : null}
      {children ? <div className="mt-3 flex flex-wrap gap-2.5">{children}</div> : null}
    </article>
  )
}
