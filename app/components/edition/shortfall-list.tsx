/** Questions that a client could not simply sign on another edition, each with the reason. */
import type { Shortfall, ShortfallReason } from '#app/services/what-if.server.ts'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import type { Tone } from '../tone.ts'

const WHY: Record<ShortfallReason, { word: string; tone: Tone }> = {
  contradicted: { word: 'Contradicted', tone: 'bad' },
  'not-in-place': { word: 'Not in place', tone: 'bad' },
  partly: { word: 'Only partly in place', tone: 'warn' },
  stale: { word: 'Evidence too old', tone: 'info' },
  unsupported: { word: 'No evidence', tone: 'info' },
  'dont-know': { word: 'Not known', tone: 'neutral' },
  unanswered: { word: 'Unanswered', tone: 'neutral' },
}

interface ShortfallListProps {
  /** What the questions have in common: "would fall short". */
  title: string
  clientName: string
  shortfalls: Shortfall[]
  /** How many more there are. */
  hidden: number
  /** The same page with all of them. */
  allHref: string
  isOpen: boolean
}

export function ShortfallList({
  title,
  clientName,
  shortfalls,
  hidden,
  allHref,
  isOpen,
}: ShortfallListProps) {
  if (shortfalls.length === 0) return null
  return (
    <details className="mt-2" open={isOpen}>
      <summary className="cursor-pointer py-1 text-accent">
        {title} ({shortfalls.length + hidden})<span className="sr-only">, {clientName}</span>
      </summary>
      <ul className="mt-1 space-y-2.5">
        {shortfalls.map((shortfall) => (
          <li key={shortfall.questionId} className="max-w-measure">
            <StatusBadge {...WHY[shortfall.why]} />{' '}
            <span className="text-caption text-ink-faint">Item {shortfall.item}</span>
            <p>{shortfall.prompt}</p>
            <p className="text-caption text-ink-soft">{shortfall.sentence}</p>
          </li>
        ))}
      </ul>
      {hidden > 0 ? (
        <p className="mt-2">
          <TextLink to={allHref} preventScrollReset>
            And {hidden} more<span className="sr-only"> of {clientName}</span>
          </TextLink>
        </p>
      ) : null}
    </details>
  )
}
