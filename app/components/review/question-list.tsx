/** Every question of a review in the assessor's order, with how it stands. */
import { Link } from '@remix-run/react'
import type { AnswerStatus } from '#app/readiness/status.ts'
import type { DecisionKind } from '#app/services/review-input.ts'
import type { ReviewFilter } from '#app/services/review-order.ts'
import { classNames } from '../class-names.ts'
import { answerStatusLook } from '../status-badge.tsx'
import { toneText } from '../tone.ts'
import { standingLook } from './review-words.ts'

export interface ListedQuestion {
  questionId: string
  item: string
  prompt: string
  groupId: string
  groupLabel: string
  status: AnswerStatus
  weakened: boolean
  last: { kind: DecisionKind; isOutdated: boolean } | null
}

interface QuestionListProps {
  rows: readonly ListedQuestion[]
  currentId: string | null
  filter: ReviewFilter
}

export const hrefOf = (questionId: string, filter: ReviewFilter) =>
  `?${new URLSearchParams(filter === 'all' ? { q: questionId } : { q: questionId, filter })}`

export function QuestionList({ rows, currentId, filter }: QuestionListProps) {
  const groups = [...new Set(rows.map(({ groupId }) => groupId))]
  return (
    <nav aria-label="Questions">
      {groups.map((groupId) => {
        const inGroup = rows.filter((row) => row.groupId === groupId)
        return (
          <section key={groupId} className="mb-4">
            <h2 className="mb-1 font-medium text-caption text-ink-soft">{inGroup[0]?.groupLabel}</h2>
            <ul>
              {inGroup.map((row) => (
                <li key={row.questionId}>
                  <QuestionLink row={row} isCurrent={row.questionId === currentId} filter={filter} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}

function QuestionLink({
  row,
  isCurrent,
  filter,
}: {
  row: ListedQuestion
  isCurrent: boolean
  filter: ReviewFilter
}) {
  const look = standingLook(row.last)
  const Icon = look.icon
  const said = answerStatusLook[row.status]
  const isDoubtful = row.weakened || !['supported', 'not-claimed'].includes(row.status)
  return (
    <Link
      to={hrefOf(row.questionId, filter)}
      aria-current={isCurrent ? 'page' : undefined}
      preventScrollReset
      className={classNames(
        'flex gap-2 rounded-small px-2 py-1.5 pointer-coarse:min-h-11',
        isCurrent ? 'bg-accent-wash text-accent-strong' : 'hover:bg-paper',
      )}
    >
      <Icon aria-hidden size={15} className={classNames('mt-1 shrink-0', toneText[look.tone])} />
      <span className="min-w-0">
        <span className="line-clamp-2">
          <span className="text-ink-soft">{row.item}</span> {row.prompt}
        </span>
        <span className="block text-caption">
          <span className="sr-only">{look.word}. </span>
          {isDoubtful ? (
            <span className={toneText[said.tone]}>
              {row.weakened && row.status === 'supported' ? 'Weakened' : said.word}
            </span>
          ) : null}
        </span>
      </span>
    </Link>
  )
}
