import type { DriftedAnswer } from '#app/readiness/drift.ts'
import { EmptyState } from '../empty-state.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { coverLook } from './cover-look.ts'

export interface ShownDrift extends Omit<DriftedAnswer, 'factIds' | 'revisionIds'> {
  item: string
  prompt: string
  sources: {
    evidenceId: string
    title: string
    by: string
    observedAt: Date | string
    receivedAt: Date | string
  }[]
}

/** What differs from the day of the attestation, the worst first. */
export function DriftList({ answers }: { answers: ShownDrift[] }) {
  if (answers.length === 0) {
    return (
      <EmptyState title="Nothing has drifted">
        Every answer stands as it did when the insured attested. New scans and ageing evidence show here.
      </EmptyState>
    )
  }
  return (
    <ol className="border-hairline border-t">
      {answers.map((answer) => (
        <li key={answer.questionId} className="border-hairline border-b py-4">
          <h3 className="font-medium">
            <span className="text-ink-soft">{answer.item}</span> {answer.prompt}
          </h3>
          <p className="mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-caption">
            <StatusBadge {...coverLook[answer.before]} />
            <span aria-hidden>→</span>
            <span className="sr-only">became</span>
            <StatusBadge {...coverLook[answer.now]} />
            <span>
              since <Time at={answer.since} />
            </span>
          </p>
          <ul className="mt-1.5 max-w-measure list-disc ps-5">
            {answer.reasons.map(({ sentence }) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          {answer.sources.length > 0 ? (
            <ul className="mt-1.5 text-caption text-ink-soft">
              {answer.sources.map((source) => (
                <li key={source.evidenceId}>
                  <TextLink to={`/evidence/${source.evidenceId}`}>{source.title}</TextLink>, by {source.by},
                  seen <Time at={source.observedAt} />, received <Time at={source.receivedAt} />
                </li>
              ))}
            </ul>
          ) : null}
          {answer.tellBroker ? (
            <p className="mt-2 font-medium text-bad">
              Tell the broker: what was attested is contradicted. Whether the insurer must hear of it is for
              the policy and the law to say.
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
