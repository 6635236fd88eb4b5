/** What a client allowed in writing: recorded, revoked, and asked before anything of the client's is contacted. */
import type { Tx } from '#db/client.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as rows from '#db/queries/live-checks.server.ts'
import { covers, readTarget } from '#evidence/checks/targets.ts'
import type { PermissionInput } from './check-input.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime, networkOf } from './runtime.server.ts'

const KINDS = { both: ['ports', 'certificates'], ports: ['ports'], certificates: ['certificates'] } as const

export type PermissionState = 'valid' | 'not-yet' | 'expired' | 'revoked'

/** Days are calendar days in UTC; the last day counts. */
export function stateOf(
  permission: Pick<rows.PermissionRow, 'grantedOn' | 'expiresOn' | 'revokedAt'>,
  now: Date,
): PermissionState {
  const today = now.toISOString().slice(0, 10)
  if (permission.revokedAt !== null) return 'revoked'
  if (permission.grantedOn > today) return 'not-yet'
  return permission.expiresOn < today ? 'expired' : 'valid'
}

/** @throws RefusedError for an archived client, a day in the future, a target that cannot be seen from the internet */
export async function recordPermission(
  member: Member,
  clientId: string,
  input: PermissionInput,
): Promise<string> {
  const runtime = getRuntime()
  const { organisationId } = member
  const at = runtime.clock()
  const id = runtime.newId()
  const { intent: _, scope, ...stated } = input
  const kinds: string[] = [...KINDS[scope]]
  await runtime.database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    if (client.archivedAt)
      throw new RefusedError('client-archived', 'This client is archived. Restore it first.')
    if (Date.parse(input.grantedOn) > at.getTime() + 14 * 3_600_000)
      throw new RefusedError(
        'future-date',
        'The day on which it was given lies in the future. Correct the date.',
      )
    for (const target of input.targets) refuseInside(target, networkOf(runtime).whyNot)
    await checkWriting(tx, organisationId, clientId, input.revisionId)
    await rows.insertPermission(tx, {
      ...stated,
      kinds,
      organisationId,
      id,
      clientId,
      recordedBy: member.userId,
      recordedByName: member.name,
      recordedAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'check.permitted',
      actor: actorOf(member),
      at,
      payload: { permissionId: id, clientId, ...stated, kinds },
    })
  })
  return id
}

function refuseInside(target: string, whyNot: (address: string) => string | null): void {
  const read = readTarget(target)
  if (!read || read.kind === 'name') return
  const [address = ''] = read.text.split('/')
  const why = whyNot(address)
  if (why !== null)
    throw new RefusedError(
      'not-public',
      `${target} ${why}. Checks look from the internet; name public addresses only.`,
    )
}

async function checkWriting(tx: Tx, organisationId: string, clientId: string, revisionId: string | null) {
  if (revisionId === null) return
  const found = await evidenceRows.findRevision(tx, organisationId, revisionId)
  if (found?.evidence.clientId !== clientId) throw new NotFoundError('No such evidence of this client')
}

/** Revoked permissions stay in the list and cover nothing from then on, not even a run that waits already. */
export async function withdrawPermission(
  member: Member,
  clientId: string,
  permissionId: string,
  reason: string,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    await getPermission(tx, organisationId, clientId, permissionId)
    const values = { revokedAt: at, revokedByName: member.name, revokedReason: reason }
    if (!(await rows.revokePermission(tx, organisationId, permissionId, values))) return
    await recordInLedger(tx, organisationId, {
      kind: 'check.permission-revoked',
      actor: actorOf(member),
      at,
      payload: { permissionId, clientId, reason },
    })
  })
}

/** @throws NotFoundError also when it belongs to another client. */
export async function getPermission(tx: Tx, organisationId: string, clientId: string, permissionId: string) {
  const row = await rows.findPermission(tx, organisationId, permissionId)
  if (row?.clientId !== clientId) throw new NotFoundError('No such permission')
  return row
}

const STATES: Record<Exclude<PermissionState, 'valid'>, string> = {
  revoked: 'was revoked',
  expired: 'has expired',
  'not-yet': 'does not hold yet',
}

/** Why nothing may be checked under a permission, as a sentence; null when all targets may. */
export function refusalOf(
  permission: rows.PermissionRow,
  targets: readonly string[],
  now: Date,
): string | null {
  const state = stateOf(permission, now)
  if (state !== 'valid')
    return `The permission of ${permission.grantedByName} ${STATES[state]}. Record a new one before anything is checked.`
  for (const text of targets) {
    const target = readTarget(text)
    if (target && covers(permission.targets, target)) continue
    return `The permission of ${permission.grantedByName} does not cover ${text}. Ask the client to allow it in writing, and record that first.`
  }
  return null
}
