/** The applications that are open to an insurer or an assessment firm: what the evidence says, and what is to be done. */
import type { AnswerStatus } from '#app/readiness/status.ts'
import type { DecisionKind, ReviewOpinion } from '#app/services/review-input.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { decisionLook, OPINION_WORDS, OUTDATED } from '../review/review-words.ts'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'

export interface PortfolioLine {
  engagementId: string
  applicationId: string
  hostName: string
  clientName: string
  formTitle: string
  edition: string
  questions: number
  statuses: Record<AnswerStatus, number>
  weakened: number
  toReview: number
  last: { kind: DecisionKind; authorName: string; at: Date | string; isOutdated: boolean } | null
  opinion: ReviewOpinion | null
  daysLeft: number
}

export const deskHref = ({
  engagementId,
  applicationId,
}: Pick<PortfolioLine, 'engagementId' | 'applicationId'>) =>
  `/portfolio/${engagementId}/applications/${applicationId}`

export function PortfolioTable({ lines }: { lines: readonly PortfolioLine[] }) {
  return (
    <DataTable
      caption="Applications open to you"
      rows={lines}
      rowKey={(line) => `${line.engagementId} ${line.applicationId}`}
      empty={<p className="text-ink-soft">No application fits this list.</p>}
      columns={[
        {
          id: 'client',
          header: 'Client',
          isRowHeader: true,
          cell: (line) => (
            <span className="wrap-anywhere">
              <TextLink to={deskHref(line)}>{line.clientName}</TextLink>
              <span className="block font-normal text-caption text-ink-soft">
                {line.formTitle}, edition {line.edition}
              </span>
            </span>
          ),
        },
        {
          id: 'host',
          header: 'Prepared by',
          cell: (line) => (
            <TextLink quiet to={`/portfolio/${line.engagementId}`} className="wrap-anywhere">
              {line.hostName}
            </TextLink>
          ),
        },
        {
          id: 'outcome',
          header: 'Evidence says',
          cell: (line) => (
            <span>
              {line.statuses.supported} of {line.questions} supported
              {line.weakened > 0 ? `, ${line.weakened} weakened` : ''}
            </span>
          ),
        },
        {
          id: 'contradicted',
          header: 'Contradictions',
          align: 'end',
          cell: (line) =>
            line.statuses.contradicted > 0 ? (
              <span className="font-medium text-bad">{line.statuses.contradicted}</span>
            ) : (
              0
            ),
        },
        { id: 'open', header: 'To review', align: 'end', cell: (line) => line.toReview },
        {
          id: 'last',
          header: 'Last decision',
          cell: (line) =>
            line.opinion ? (
              <StatusBadge
                word="Signed off"
                tone="ok"
                detail={`(${OPINION_WORDS[line.opinion].toLowerCase()})`}
              />
            ) : line.last ? (
              <span>
                <StatusBadge {...(line.last.isOutdated ? OUTDATED : decisionLook[line.last.kind])} />
                <span className="wrap-anywhere block text-caption text-ink-soft">
                  {line.last.authorName}, <Time at={line.last.at} />
                </span>
              </span>
            ) : (
              'None yet'
            ),
        },
        {
          id: 'left',
          header: 'Days left',
          align: 'end',
          cell: (line) => (
            <span className={line.daysLeft <= 7 ? 'font-medium text-warn' : undefined}>{line.daysLeft}</span>
          ),
        },
      ]}
    />
  )
}
