/** The permissions of a client, each with what was last seen under it. */
import { CircleCheck, CircleX, Clock, type LucideIcon } from 'lucide-react'
import type { ExposureReading } from '#evidence/checks/exposure-reading.ts'
import { DefinitionList } from '../definition-list.tsx'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import type { Tone } from '../tone.ts'
import { ExposureResult } from './exposure-result.tsx'
import { CheckTargetsDialog, RevokeDialog } from './permission-actions.tsx'

export interface PermissionItem {
  id: string
  targets: string[]
  kinds: string[]
  grantedByName: string
  grantedByTitle: string
  reference: string
  grantedOn: string
  expiresOn: string
  recordedByName: string
  revokedAt: Date | null
  revokedByName: string | null
  revokedReason: string | null
  state: 'valid' | 'not-yet' | 'expired' | 'revoked'
  writing: { id: string; title: string } | null
  latest: {
    at: Date
    by: string
    subjects: string[]
    evidenceId: string | null
    isWithdrawn: boolean
    reading: ExposureReading
  } | null
}

const looks: Record<PermissionItem['state'], { word: string; icon: LucideIcon; tone: Tone }> = {
  valid: { word: 'In force', icon: CircleCheck, tone: 'ok' },
  'not-yet': { word: 'Not yet in force', icon: Clock, tone: 'info' },
  expired: { word: 'Expired', icon: Clock, tone: 'warn' },
  revoked: { word: 'Revoked', icon: CircleX, tone: 'neutral' },
}

const KINDS: Record<string, string> = { ports: 'open ports', certificates: 'certificates' }

export function PermissionList({
  permissions,
  canCheck,
}: {
  permissions: PermissionItem[]
  canCheck: boolean
}) {
  return (
    <ul>
      {permissions.map((permission) => (
        <li key={permission.id} className="mt-6 border-rule border-t pt-5">
          <PermissionCard permission={permission} canCheck={canCheck} />
        </li>
      ))}
    </ul>
  )
}

function PermissionCard({ permission, canCheck }: { permission: PermissionItem; canCheck: boolean }) {
  const { id, targets, grantedByName, state, latest, writing, revokedAt } = permission
  return (
    <>
      <div className="mb-3 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="wrap-anywhere font-semibold text-lead">{targets.join(', ')}</h3>
          <StatusBadge {...looks[state]} />
        </div>
        {canCheck && state !== 'revoked' ? (
          <div className="flex flex-wrap gap-2">
            {state === 'valid' ? (
              <CheckTargetsDialog permissionId={id} targets={targets} grantedByName={grantedByName} />
            ) : null}
            <RevokeDialog permissionId={id} targets={targets} grantedByName={grantedByName} />
          </div>
        ) : null}
      </div>
      <DefinitionList
        items={[
          { term: 'Allowed by', value: `${grantedByName}, ${permission.grantedByTitle}` },
          {
            term: 'Allowed',
            value: (
              <>
                {permission.kinds.map((kind) => KINDS[kind] ?? kind).join(' and ')}, from{' '}
                <Time at={permission.grantedOn} /> to <Time at={permission.expiresOn} />
              </>
            ),
          },
          {
            term: 'Written in',
            value: (
              <>
                <span className="wrap-anywhere">{permission.reference}</span>
                {writing ? (
                  <>
                    {' '}
                    (<TextLink to={`/evidence/${writing.id}`}>{writing.title}</TextLink>)
                  </>
                ) : null}
              </>
            ),
          },
          ...(revokedAt
            ? [
                {
                  term: 'Revoked',
                  value: (
                    <>
                      <Time at={revokedAt} /> by {permission.revokedByName}: {permission.revokedReason}
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      {latest ? (
        <ExposureResult {...latest} />
      ) : (
        <p className="mt-3 text-ink-soft">Nothing was checked under it yet.</p>
      )}
    </>
  )
}
