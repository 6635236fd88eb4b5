/** The authorities that were in use before, and why they no longer are. */
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { commonName, type ShownAuthority } from './authority.ts'

export function EarlierAuthorities({ authorities }: { authorities: readonly ShownAuthority[] }) {
  return (
    <DataTable
      caption="Earlier signing authorities"
      rows={authorities}
      rowKey={({ id }) => id}
      empty={null}
      columns={[
        {
          id: 'name',
          header: 'Authority',
          isRowHeader: true,
          cell: ({ subject, fingerprint }) => (
            <>
              {commonName(subject)}
              <span className="block break-all font-mono font-normal text-ink-soft text-micro">
                {fingerprint}
              </span>
            </>
          ),
        },
        {
          id: 'time',
          header: 'In use',
          cell: ({ createdAt, retiredAt }) => (
            <>
              <Time at={createdAt} /> to {retiredAt ? <Time at={retiredAt} /> : 'today'}
            </>
          ),
        },
        {
          id: 'end',
          header: 'How it ended',
          cell: ({ compromisedSince, retirementReason }) => (
            <>
              {compromisedSince ? (
                <StatusBadge
                  word="Given up"
                  tone="bad"
                  detail={`as of ${compromisedSince.toISOString().slice(0, 10)}`}
                />
              ) : (
                <StatusBadge word="Replaced" />
              )}
              <span className="block whitespace-pre-line text-caption text-ink-soft">{retirementReason}</span>
            </>
          ),
        },
        {
          id: 'files',
          header: 'Files',
          cell: ({ id, listPath }) => (
            <span className="flex flex-wrap gap-x-4">
              <TextLink to={`/signing-keys/${id}/certificate`} reloadDocument download>
                Certificate
              </TextLink>
              <TextLink to={listPath} reloadDocument download>
                Revocation list
              </TextLink>
            </span>
          ),
        },
      ]}
    />
  )
}
