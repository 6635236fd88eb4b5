/** What happened to a waiver: offered, signed or not, withdrawn. */
import { DefinitionList } from '../definition-list.tsx'
import { Time } from '../time.tsx'

type Moment = Date | string | null

interface WaiverRecordProps {
  record: {
    offeredAt: Moment
    offeredByName: string | null
    decisionMaker: string
    signedAt: Moment
    typedName: string | null
    method: string | null
    refusedAt: Moment
    refusedReason: string | null
    withdrawnAt: Moment
    withdrawnByName: string | null
    withdrawnReason: string | null
  }
}

export function WaiverRecord({ record }: WaiverRecordProps) {
  const { offeredAt, signedAt, refusedAt, withdrawnAt } = record
  const happened = (term: string, at: Moment, words: string) =>
    at
      ? [
          {
            term,
            value: (
              <span className="wrap-anywhere">
                <Time at={at} />
                {words}
              </span>
            ),
          },
        ]
      : []
  return (
    <div className="mt-6 max-w-measure">
      <DefinitionList
        items={[
          ...happened('Offered', offeredAt, ` by ${record.offeredByName} to ${record.decisionMaker}`),
          ...happened('Signed', signedAt, ` as “${record.typedName}”: ${record.method}`),
          ...happened('Not signed', refusedAt, `: ${record.refusedReason}`),
          ...happened('Withdrawn', withdrawnAt, ` by ${record.withdrawnByName}: ${record.withdrawnReason}`),
        ]}
      />
    </div>
  )
}
