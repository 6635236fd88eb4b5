/** The policies of a client over the years. */

import type { PolicyStanding } from '#app/services/policy-standing.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { Time } from '../time.tsx'
import { PolicyStandingBadge } from './policy-standing-badge.tsx'

interface ListedPolicy {
  id: string
  insurer: string
  policyNumber: string | null
  inceptionOn: string
  expiresOn: string
  standing: PolicyStanding
}

export function PolicyList({ policies }: { policies: readonly ListedPolicy[] }) {
  return (
    <DataTable
      caption="Policies"
      rows={policies}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        {
          id: 'insurer',
          header: 'Policy',
          isRowHeader: true,
          cell: ({ id, insurer, policyNumber }) => (
            <TextLink to={`/policies/${id}`} quiet className="wrap-anywhere">
              {policyNumber ? `${insurer}, ${policyNumber}` : insurer}
            </TextLink>
          ),
        },
        { id: 'inception', header: 'Begins', cell: ({ inceptionOn }) => <Time at={inceptionOn} /> },
        { id: 'expiry', header: 'Expires', cell: ({ expiresOn }) => <Time at={expiresOn} /> },
        {
          id: 'standing',
          header: 'State',
          cell: ({ standing }) => <PolicyStandingBadge standing={standing} />,
        },
      ]}
    />
  )
}
