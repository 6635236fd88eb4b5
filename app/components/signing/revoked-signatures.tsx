/** Signatures that were taken back, newest first. */
import { ROLE_NAMES } from '#app/report/signing-order.ts'
import type { Signer } from '#app/report/statement.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { Time } from '../time.tsx'

interface Revoked {
  serialNumber: string
  name: string
  role: Signer['role'] | 'ledger-checkpoint' | 'claim-pack' | 'decision-maker'
  reportId: string | null
  issuedAt: Date
  revokedAt: Date | null
  revocationReason: 'key-compromise' | 'superseded' | 'not-entitled' | null
}

const ROLES: Record<Revoked['role'], string> = {
  ...ROLE_NAMES,
  'ledger-checkpoint': 'Ledger checkpoint',
  'claim-pack': 'Claim pack',
  'decision-maker': 'Decision-maker of a client',
}
const REASONS: Record<NonNullable<Revoked['revocationReason']>, string> = {
  'not-entitled': 'Was not entitled to sign',
  'key-compromise': 'Somebody else signed in this name',
  superseded: 'Made by mistake and replaced',
}

export function RevokedSignatures({ revoked }: { revoked: readonly Revoked[] }) {
  if (revoked.length === 0)
    return (
      <p className="max-w-measure text-ink-soft">
        None. A signature that should not have been made is revoked where its report is withdrawn.
      </p>
    )
  return (
    <DataTable
      caption="Revoked signatures"
      rows={revoked}
      rowKey={({ serialNumber }) => serialNumber}
      empty={null}
      columns={[
        {
          id: 'who',
          header: 'Signed as',
          isRowHeader: true,
          cell: ({ name, role }) => (
            <>
              {name}
              <span className="block font-normal text-caption text-ink-soft">{ROLES[role]}</span>
            </>
          ),
        },
        {
          id: 'report',
          header: 'Report',
          cell: ({ reportId, issuedAt }) =>
            reportId ? (
              <TextLink to={`/reports/${reportId}`}>
                Signed <Time at={issuedAt} />
              </TextLink>
            ) : (
              <Time at={issuedAt} />
            ),
        },
        {
          id: 'when',
          header: 'Revoked',
          cell: ({ revokedAt }) => (revokedAt ? <Time at={revokedAt} show="moment" /> : null),
        },
        {
          id: 'why',
          header: 'Why',
          cell: ({ revocationReason }) => (revocationReason ? REASONS[revocationReason] : null),
        },
        {
          id: 'serial',
          header: 'Serial number',
          cell: ({ serialNumber }) => <span className="break-all font-mono text-micro">{serialNumber}</span>,
        },
      ]}
    />
  )
}
