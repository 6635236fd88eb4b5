/** Who at the client was asked a question, beside the question itself. */
import { assignmentLook } from '../assignment/assignment-words.ts'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'

export interface QuestionHolder {
  name: string
  /** YYYY-MM-DD. */
  dueOn: string
  state: 'open' | 'answered' | 'not-mine' | 'accepted' | 'taken-back'
}

interface HolderLineProps {
  holder: QuestionHolder
  questionId: string
  peopleHref: string
}

/** A plain link: somebody who types here should be asked before they leave. */
export function HolderLine({ holder, questionId, peopleHref }: HolderLineProps) {
  const isWaiting = holder.state !== 'open'
  return (
    <p className="mt-2 flex flex-wrap items-baseline gap-x-4 text-caption">
      <StatusBadge {...assignmentLook(holder)} />
      <span className="text-ink-soft">
        {holder.name}, by <Time at={holder.dueOn} />
      </span>
      <a
        href={isWaiting ? `${peopleHref}#check-${questionId}` : `${peopleHref}?view=assigned`}
        className="text-link"
      >
        {isWaiting ? 'Check what they gave' : 'Who answers what'}
      </a>
    </p>
  )
}
