/** What keeps an application from being signed: each contradiction by name, open questions by number. */
import { Link } from '@remix-run/react'
import type { Readiness } from '#app/readiness/status.ts'
import type { QuestionPlace } from '../questionnaire/question-places.ts'

type Obstacle = Readiness['blocking'][number]

export interface BlockingRow extends QuestionPlace {
  questionId: string
  why: Obstacle['why']
}

const WORD: Record<Obstacle['why'], string> = {
  contradicted: 'contradicted',
  unexplained: 'needs an explanation',
  unanswered: 'not answered yet',
}

export function BlockingList({ rows }: { rows: BlockingRow[] }) {
  const named = rows.filter(({ why }) => why !== 'unanswered')
  const open = rows.filter(({ why }) => why === 'unanswered')
  return (
    <ul className="mt-1 space-y-1.5">
      {named.map((row) => (
        <li key={`${row.questionId}-${row.why}`} className="grid grid-cols-[2.5rem_1fr] gap-x-2">
          <span className="text-ink-soft tabular-nums">{row.item}</span>
          <span>
            <Link to={row.href} className="font-medium underline-offset-4 hover:underline">
              {row.prompt}
            </Link>{' '}
            <span className="text-ink-soft">({WORD[row.why]})</span>
          </span>
        </li>
      ))}
      {open[0] ? (
        <li className="grid grid-cols-[2.5rem_1fr] gap-x-2">
          <span className="text-ink-soft tabular-nums">{open[0].item}</span>
          <span>
            <Link to={open[0].href} className="text-link font-medium">
              {open.length === 1
                ? 'One question is not answered yet'
                : `${open.length} questions are not answered yet`}
            </Link>
            <span className="text-ink-soft">; “I don’t know” is an answer too.</span>
          </span>
        </li>
      ) : null}
    </ul>
  )
}

/** For loaders: the obstacles with what a reader knows them by. */
export function blockingRows(
  blocking: readonly Obstacle[],
  places: ReadonlyMap<string, QuestionPlace>,
): BlockingRow[] {
  return blocking.flatMap(({ questionId, why }) => {
    const place = places.get(questionId)
    return place ? [{ questionId, why, ...place }] : []
  })
}
