/** What assessors decided on one answer, in order, with what was replied. */
import type { ReactNode } from 'react'
import type { DecisionKind, RejectionGround } from '#app/services/review-input.ts'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { decisionLook, GROUND_WORDS } from './review-words.ts'

export interface ShownDecision {
  id: string
  sequence: number
  kind: DecisionKind
  ground: RejectionGround | null
  note: string
  authorName: string
  authorFirm: string
  at: Date | string
  isOutdated: boolean
  replies: readonly { id: string; text: string; authorName: string; at: Date | string }[]
}

interface DecisionsProps {
  decisions: readonly ShownDecision[]
  /** What can be done with the last one. */
  belowLast?: (decision: ShownDecision) => ReactNode
}

export function Decisions({ decisions, belowLast }: DecisionsProps) {
  return (
    <ol className="border-hairline border-t">
      {decisions.map((decision, index) => (
        <li key={decision.id} className="border-hairline border-b py-3">
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <StatusBadge
              {...decisionLook[decision.kind]}
              detail={decision.ground ? `(${GROUND_WORDS[decision.ground].toLowerCase()})` : undefined}
            />
            <span className="wrap-anywhere text-caption text-ink-soft">
              {decision.authorName}, {decision.authorFirm}, <Time at={decision.at} show="moment" />
            </span>
          </p>
          {decision.note ? (
            <p className="wrap-anywhere mt-1 max-w-measure whitespace-pre-line">{decision.note}</p>
          ) : null}
          {decision.isOutdated ? (
            <p className="mt-1 text-caption text-ink-soft">
              The answer or its evidence has changed since, so this no longer stands for what is there now.
            </p>
          ) : null}
          {decision.replies.map((reply) => (
            <div key={reply.id} className="mt-2 border-hairline border-s-2 ps-3">
              <p className="text-caption text-ink-soft">
                {reply.authorName} replied, <Time at={reply.at} show="moment" />
              </p>
              <p className="wrap-anywhere max-w-measure whitespace-pre-line">{reply.text}</p>
            </div>
          ))}
          {index === decisions.length - 1 ? belowLast?.(decision) : null}
        </li>
      ))}
    </ol>
  )
}
