/** Where an item came from and where else its file is used, when that is another client. */
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'

interface ProvenanceProps {
  source: { id: string; title: string; clientName: string; isWithdrawn: boolean; hasNewer: boolean } | null
  copies: readonly { id: string; clientName: string }[]
}

export function Provenance({ source, copies }: ProvenanceProps) {
  return (
    <>
      {source ? (
        <div className="mt-4">
          <Notice kind={source.hasNewer || source.isWithdrawn ? 'warning' : 'info'} title="Linked copy">
            <p>
              The file came from <TextLink to={`/evidence/${source.id}`}>{source.title}</TextLink> of{' '}
              {source.clientName}.
            </p>
            {source.isWithdrawn ? <p>It was withdrawn there. Decide whether this copy can stay.</p> : null}
            {source.hasNewer && !source.isWithdrawn ? (
              <p>There is a newer file there. Open it and choose “Use for another client” to take it over.</p>
            ) : null}
          </Notice>
        </div>
      ) : null}
      {copies.length > 0 ? (
        <p className="mt-4 text-caption text-ink-soft">
          Also used for{' '}
          {copies.map(({ id, clientName }, index) => (
            <span key={id}>
              {index > 0 ? ', ' : ''}
              <TextLink to={`/evidence/${id}`}>{clientName}</TextLink>
            </span>
          ))}
          .
        </p>
      ) : null}
    </>
  )
}
