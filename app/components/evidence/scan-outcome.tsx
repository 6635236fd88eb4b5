/** What the file just imported brought: how many facts, and which answers it contradicts. */
import { useEffect, useState } from 'react'
import type { ScanOutcome } from '#app/services/scan-outcome.server.ts'
import { countOf } from '../counts.ts'
import { TextLink } from '../link.tsx'

const SHOWN = 3

export function ScanOutcomeLine({ importId, isOver }: { importId: string; isOver: boolean }) {
  const [outcome, setOutcome] = useState<ScanOutcome | null>(null)
  useEffect(() => {
    if (!isOver) return
    const leaving = new AbortController()
    fetch(`/scans/${importId}/outcome`, { signal: leaving.signal, headers: { Accept: 'application/json' } })
      .then((response) => (response.ok ? response.json() : null))
      .then(setOutcome)
      // The scan's own page says the same.
      .catch(() => undefined)
    return () => leaving.abort()
  }, [importId, isOver])
  if (!outcome) return null
  const { factCount, contradictions, supportedCount } = outcome
  const more = contradictions.length - SHOWN
  return (
    <div role="status" className="max-w-measure text-caption">
      <p>
        {countOf(factCount, 'fact')} read.{' '}
        {contradictions.length === 0
          ? supportedCount > 0
            ? `${countOf(supportedCount, 'answer')} supported, none contradicted.`
            : 'No answer is contradicted.'
          : `${countOf(contradictions.length, 'answer')} contradicted:`}
      </p>
      {contradictions.length > 0 ? (
        <ul className="mt-1 list-disc space-y-1 ps-5">
          {contradictions.slice(0, SHOWN).map((row) => (
            <li key={row.href}>
              <TextLink to={row.href}>
                {row.formTitle}, item {row.item}
              </TextLink>
              : {row.sentence}
            </li>
          ))}
          {more > 0 ? <li>and {more} more on the page of the scan</li> : null}
        </ul>
      ) : null}
    </div>
  )
}
