/** Names the evidence that a reason rests on, each as a link. */
import { Link } from '@remix-run/react'
import type { Reason } from '#app/readiness/status.ts'

export interface SourceIndex {
  /** By revision id. */
  [revisionId: string]: { evidenceId: string; title: string }
}

export function sourcesOf(reason: Reason, index: SourceIndex) {
  const sources = [...new Set(reason.revisionIds)].flatMap((id) => (index[id] ? [index[id]] : []))
  if (sources.length === 0) return null
  return (
    <span className="text-ink-soft">
      Source:{' '}
      {sources.map((source, position) => (
        <span key={source.evidenceId}>
          {position > 0 ? ', ' : ''}
          <Link to={`/evidence/${source.evidenceId}`} className="text-link break-words">
            {source.title}
          </Link>
        </span>
      ))}
    </span>
  )
}
