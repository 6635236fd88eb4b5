/** Declined services, of one client or of all. */
import type { ReactNode } from 'react'
import type { ListedWaiver } from '#app/services/waiver-register.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { Time } from '../time.tsx'
import { WaiverStandingBadge } from './waiver-standing.tsx'

export type ShownWaiver = Omit<ListedWaiver, 'signedAt'> & { signedAt: Date | string | null }

interface WaiverTableProps {
  caption: string
  waivers: readonly ShownWaiver[]
  withClient?: boolean
  empty: ReactNode
}

export function WaiverTable({ caption, waivers, withClient = false, empty }: WaiverTableProps) {
  const client: Column<ShownWaiver> = {
    id: 'client',
    header: 'Client',
    cell: ({ clientId, clientName }) => (
      <TextLink to={`/clients/${clientId}/waivers`} quiet>
        {clientName}
      </TextLink>
    ),
  }
  return (
    <DataTable
      caption={caption}
      rows={waivers}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          id: 'service',
          header: 'Declined service',
          isRowHeader: true,
          cell: ({ id, service, controls }) => (
            <>
              <TextLink to={`/waivers/${id}`} className="wrap-anywhere">
                {service}
              </TextLink>
              <span className="block font-normal text-caption text-ink-soft">{controls.join(' · ')}</span>
            </>
          ),
        },
        ...(withClient ? [client] : []),
        {
          id: 'standing',
          header: 'State',
          cell: ({ standing }) => <WaiverStandingBadge standing={standing} />,
        },
        {
          id: 'decision',
          header: 'Decided by',
          cell: ({ decisionMakerName, signedAt }) => (
            <>
              {decisionMakerName}
              {signedAt ? (
                <span className="block text-caption text-ink-soft">
                  signed on <Time at={signedAt} />
                </span>
              ) : null}
            </>
          ),
        },
        {
          id: 'review',
          header: 'Review',
          cell: ({ reviewOn, standing, daysToReview, isReviewSoon }) => (
            <>
              <Time at={reviewOn} />
              {standing === 'overdue' || isReviewSoon ? (
                <span className={`block text-caption ${standing === 'overdue' ? 'text-bad' : 'text-warn'}`}>
                  {standing === 'overdue' ? `${-daysToReview} days ago` : `in ${daysToReview} days`}
                </span>
              ) : null}
            </>
          ),
        },
      ]}
    />
  )
}
