/** Under an answer that nothing carries: what would, and where it comes from. */
import type { WouldSupport } from '#app/readiness/what-would-support.ts'

export function WouldSupportList({ missing }: { missing: WouldSupport }) {
  const { facts, evidence } = missing
  if (facts.length + evidence.length === 0) return null
  return (
    <details className="mt-3 max-w-measure">
      <summary className="cursor-pointer py-1 text-accent">What would support this</summary>
      {facts.length > 0 ? (
        <>
          <p className="mt-2 text-ink-soft">Facts that a scan or an export shows, complete and current:</p>
          <ul className="mt-1 list-disc ps-5">
            {facts.map((fact) => (
              <li key={fact.key}>
                {fact.label}: {fact.needs}{' '}
                <span className="text-caption text-ink-soft">(seen {fact.seen})</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {evidence.length > 0 ? (
        <>
          <p className="mt-2 text-ink-soft">Documents, attached to this question or its control:</p>
          <ul className="mt-1 list-disc ps-5">
            {evidence.map((item) => (
              <li key={item.kind}>
                {item.label} <span className="text-caption text-ink-soft">({item.keeps})</span>
                {item.note ? <span className="block text-caption text-ink-soft">{item.note}</span> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </details>
  )
}
