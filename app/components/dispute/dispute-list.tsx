/** What of a client's findings is contested, and what became of it. */
import { GROUND_WORDS } from '#app/services/dispute-input.ts'
import type { ShownDispute } from '#app/services/dispute-standing.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { PageSection } from '../page-header.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { answerClock, disputeLook } from './dispute-words.ts'

export type ListedDispute = Omit<ShownDispute, 'cited' | 'explanation'> & { title: string; assetName: string }

interface DisputeListProps {
  disputes: readonly ListedDispute[]
  findingsHref: string
}

export function DisputeList({ disputes, findingsHref }: DisputeListProps) {
  if (disputes.length === 0) return null
  return (
    <PageSection
      title="Disputed with insurers"
      lead="What an insurer’s own scan found and the client contests; those that wait for an answer first."
    >
      <DataTable
        caption="Disputes of findings"
        rows={disputes}
        rowKey={({ id }) => id}
        empty={null}
        columns={[
          {
            id: 'finding',
            header: 'Finding',
            isRowHeader: true,
            cell: ({ findingId, title, assetName, ground }) => (
              <>
                <TextLink quiet to={`${findingsHref}/${findingId}`} className="wrap-anywhere">
                  {title}
                </TextLink>
                <span className="wrap-anywhere block font-normal text-caption text-ink-soft">
                  {assetName}; {GROUND_WORDS[ground].toLowerCase()}
                </span>
              </>
            ),
          },
          {
            id: 'insurer',
            header: 'Insurer',
            cell: ({ insurer }) => <span className="wrap-anywhere">{insurer}</span>,
          },
          { id: 'state', header: 'State', cell: (dispute) => <StatusBadge {...disputeLook(dispute)} /> },
          {
            id: 'answer',
            header: 'Answer',
            cell: (dispute) => (
              <>
                <Time at={dispute.answeredOn ?? dispute.settledAt ?? dispute.answerBy} />
                {answerClock(dispute) ? (
                  <span
                    className={`block text-caption ${dispute.isLate ? 'font-medium text-bad' : 'text-ink-soft'}`}
                  >
                    {answerClock(dispute)}
                  </span>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </PageSection>
  )
}
