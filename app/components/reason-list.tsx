import { CircleArrowDown, CircleCheck, Clock, EqualNot, type LucideIcon, OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Outcome, Reason } from '#app/readiness/status.ts'
import { type Tone, toneText } from './tone.ts'

const outcomeLook: Record<Outcome, { word: string; icon: LucideIcon; tone: Tone }> = {
  supports: { word: 'Supports', icon: CircleCheck, tone: 'ok' },
  weakens: { word: 'Weakens', icon: CircleArrowDown, tone: 'warn' },
  contradicts: { word: 'Contradicts', icon: OctagonX, tone: 'bad' },
  'not-comparable': { word: 'Not comparable', icon: EqualNot, tone: 'neutral' },
  stale: { word: 'Stale', icon: Clock, tone: 'warn' },
}

interface ReasonListProps {
  reasons: readonly Reason[]
  /** Links to the evidence a reason rests on. */
  sourcesOf?: (reason: Reason) => ReactNode
  /** The word for an outcome where the reasons are in another language than the page. */
  wordOf?: (outcome: Reason['outcome']) => string
  /** Said when there are no reasons. */
  empty?: ReactNode
}

export function ReasonList({
  reasons,
  sourcesOf,
  wordOf,
  empty = 'No evidence speaks about this yet.',
}: ReasonListProps) {
  if (reasons.length === 0) return <p className="text-ink-soft">{empty}</p>
  return (
    <ul className="border-hairline border-t">
      {reasons.map((reason) => {
        const { word, icon: Icon, tone } = outcomeLook[reason.outcome]
        const sources = sourcesOf?.(reason)
        return (
          <li
            key={`${reason.ruleId}-${reason.factIds.join()}-${reason.sentence}`}
            className="grid grid-cols-[1.125rem_1fr] gap-x-2.5 border-hairline border-b py-3"
          >
            <Icon aria-hidden size={17} className={`mt-0.5 ${toneText[tone]}`} />
            <div className="min-w-0 max-w-measure">
              <p>
                <span className={`font-medium ${toneText[tone]}`}>{wordOf?.(reason.outcome) ?? word}: </span>
                {reason.sentence}
              </p>
              {reason.remedy ? (
                <p className="mt-1 text-caption text-ink-soft">
                  <span className="font-medium">To change this: </span>
                  {reason.remedy}
                </p>
              ) : null}
              {sources ? <div className="mt-1.5 text-caption">{sources}</div> : null}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
