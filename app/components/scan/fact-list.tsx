/** The facts that were read out of a scan, in words, each with where it holds. */
import { Contrast } from 'lucide-react'
import { describeFact, type Fact } from '#evidence/facts.ts'
import { StatusBadge } from '../status-badge.tsx'
import { viewpointWords } from './viewpoint.ts'

export function FactList({ facts }: { facts: (Fact & { id: string })[] }) {
  if (facts.length === 0) {
    return <p className="text-ink-soft">Nothing that a question asks about could be read out of this scan.</p>
  }
  return (
    <ul className="border-hairline border-t">
      {facts.map((fact) => (
        <li key={fact.id} className="border-hairline border-b py-2.5">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="wrap-anywhere min-w-0 font-medium">{describeFact(fact)}</span>
            {fact.completeness === 'partial' ? (
              <StatusBadge word="Partial" icon={Contrast} tone="warn" />
            ) : null}
          </p>
          <p className="wrap-anywhere text-caption text-ink-soft">
            {viewpointWords[fact.scope.viewpoint]}: {fact.scope.subject}
            {fact.note ? `. ${fact.note}` : ''}
          </p>
        </li>
      ))}
    </ul>
  )
}
