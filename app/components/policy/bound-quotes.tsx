/** Bound quotes that no policy was recorded of yet. */
import { ButtonLink } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { Time } from '../time.tsx'

interface BoundQuote {
  applicationId: string
  insurer: string
  quoteReference: string
  boundOn: string | null
}

export function BoundQuotes({ clientId, bound }: { clientId: string; bound: readonly BoundQuote[] }) {
  return (
    <div className="mb-6 flex flex-col gap-3 empty:hidden">
      {bound.map(({ applicationId, insurer, quoteReference, boundOn }) => (
        <Notice
          key={applicationId}
          kind="info"
          title={`Bound with ${insurer}, and no policy recorded`}
          action={
            <ButtonLink size="small" to={`/clients/${clientId}/policy/new?bound=${applicationId}`}>
              Record it from the quote
            </ButtonLink>
          }
        >
          Quote {quoteReference}
          {boundOn ? (
            <>
              , bound on <Time at={boundOn} />
            </>
          ) : null}
          . Insurer, quote and application are taken over.
        </Notice>
      ))}
    </div>
  )
}
