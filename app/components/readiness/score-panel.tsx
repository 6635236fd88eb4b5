/** Readiness of a form in numbers: as a whole, by domain, and how each number came about. */
import { describeScore, type Score, type Scores } from '#app/readiness/score.ts'
import { DataTable } from '../data-table.tsx'
import { PageSection } from '../page-header.tsx'
import { ScoreBar } from './score-bar.tsx'

export function ScorePanel({ scores }: { scores: Scores }) {
  const { edition, domains } = scores
  return (
    <PageSection
      title="Readiness"
      lead="How much of what the form claims is carried by current evidence. A contradiction stands beside the number until it is resolved or excepted."
    >
      <div className="max-w-measure">
        <ScoreBar label="The whole form" score={edition} />
      </div>
      <dl className="mt-4 flex flex-wrap gap-x-8 gap-y-2">
        <Count word="blocking" count={edition.answers.blocking} />
        <Count word="weak" count={edition.answers.weak} />
        <Count word="ready to sign" count={edition.answers.ready} />
      </dl>
      <div className="mt-6 grid gap-x-12 gap-y-5 sm:grid-cols-2">
        {domains.map((domain) => (
          <ScoreBar key={domain.domainId} label={domain.label} score={domain} />
        ))}
      </div>
      <details className="mt-6">
        <summary className="cursor-pointer py-2 text-accent">How this is computed</summary>
        <div className="mt-2 max-w-measure space-y-2">
          <p>
            Claims are the applicable answers that say something is in place. Each counts 1 when current
            evidence supports it, ½ when it is supported and something detracts from it, and 0 when nothing
            current supports it or something contradicts it. The score is what is carried divided by the
            number of claims, in whole percent, rounded down.
          </p>
          <p>
            “No”, “I don’t know” and blanks claim nothing and are left out of the fraction. While a
            contradiction is not covered by an exception in force, nothing it belongs to is called ready. An
            exception clears the way to signing and adds nothing to the score.
          </p>
          <p>
            An answer is blocking when something keeps it from being signed, weak when it claims more than
            current evidence fully carries, and ready otherwise.
          </p>
        </div>
        <div className="mt-4">
          <DataTable
            caption="Numerators and denominators"
            rows={[{ ...edition, domainId: 'edition', label: 'The whole form' }, ...domains]}
            rowKey={(row) => row.domainId}
            empty={null}
            columns={[
              { id: 'domain', header: 'Domain', isRowHeader: true, cell: (row) => row.label },
              { id: 'carried', header: 'Carried', align: 'end', cell: sumOf },
              { id: 'claims', header: 'Claims', align: 'end', cell: (row) => row.claims },
              { id: 'contradicted', header: 'Contradicted', align: 'end', cell: contradictedOf },
              { id: 'open', header: 'Unsupported or stale', align: 'end', cell: openOf },
              { id: 'unclaimed', header: 'Claims nothing', align: 'end', cell: (row) => row.unclaimed },
              { id: 'score', header: 'Score', align: 'end', cell: (row) => describeScore(row) },
            ]}
          />
        </div>
      </details>
    </PageSection>
  )
}

const openOf = ({ unsupported, stale }: Score) => unsupported + stale

/** `7 + ½ × 3 = 8.5` */
function sumOf({ supported, weakened, carried }: Score): string {
  return weakened === 0 ? String(carried) : `${supported} + ½ × ${weakened} = ${carried}`
}

function contradictedOf({ contradicted, excepted }: Score): string {
  return excepted === 0 ? String(contradicted) : `${contradicted}, ${excepted} more excepted`
}

function Count({ word, count }: { word: string; count: number }) {
  return (
    <div className="flex items-baseline gap-2">
      <dt className="order-2 text-ink-soft">{word}</dt>
      <dd className="font-semibold text-section tabular-nums">{count}</dd>
    </div>
  )
}
