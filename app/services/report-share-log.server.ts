/** What was done with the links to a report: kept at the door, counted on the report's page, exported as a table. */
import type { Tx } from '#db/client.server.ts'
import * as shares from '#db/queries/report-shares.server.ts'
import { findReport } from '#db/queries/reports.server.ts'
import { BYTE_ORDER_MARK, csvLine } from './csv-lines.ts'
import { NotFoundError } from './errors.ts'
import { oneLine } from './guest-access.server.ts'
import type { Member } from './member.ts'
import { lastDayAtMost, lastDayOf, proposedLastDay, SAME_VISIT_MINUTES } from './report-share-rules.ts'
import { type ShareState, stateOfShare } from './report-shares.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'

export type AccessKind = shares.ShareAccessRow['kind']
export type SharedFile = NonNullable<shares.ShareAccessRow['file']>

/** What somebody does again and again in one visit is written down once. */
const ONCE_A_VISIT: readonly AccessKind[] = ['opened', 'viewed', 'turned-away']

export async function recordAccess(
  tx: Tx,
  share: Pick<shares.ReportShareRow, 'organisationId' | 'id'>,
  access: { kind: AccessKind; file?: SharedFile; at: Date; caller: Caller },
): Promise<void> {
  const { organisationId, id: shareId } = share
  const { kind, at } = access
  const address = oneLine(access.caller.address, 100)
  if (ONCE_A_VISIT.includes(kind)) {
    const since = new Date(at.getTime() - SAME_VISIT_MINUTES * 60_000)
    if (await shares.hasAccessSince(tx, organisationId, { shareId, kind, address }, since)) return
  }
  await shares.insertAccess(tx, {
    organisationId,
    id: getRuntime().newId(),
    shareId,
    kind,
    file: access.file ?? null,
    at,
    address,
    userAgent: oneLine(access.caller.userAgent, 200),
  })
}

export interface ShownAccess {
  id: string
  kind: AccessKind
  file: SharedFile | null
  at: Date
  address: string
  userAgent: string
}

export interface ShownShare {
  id: string
  recipientName: string
  recipientOrganisation: string
  recipientEmail: string
  mayDownload: boolean
  delivery: 'mail-server' | 'preparer'
  sharedAt: Date
  sharedByName: string
  /** YYYY-MM-DD. */
  lastDay: string
  state: ShareState
  revokedAt: Date | null
  counts: Partial<Record<AccessKind, number>>
  /** When the report was last shown or downloaded; null when never. */
  lastReadAt: Date | null
  /** The newest of them. */
  accesses: ShownAccess[]
}

const SHOWN = 20

/** The newest first. @throws NotFoundError */
export async function listShares(member: Member, reportId: string): Promise<ShownShare[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    if (!(await findReport(tx, organisationId, reportId))) throw new NotFoundError('No such report')
    const rows = await shares.listShares(tx, organisationId, reportId)
    const counted = await shares.countAccess(
      tx,
      organisationId,
      rows.map(({ id }) => id),
    )
    const shown: ShownShare[] = []
    for (const row of rows) {
      const own = counted.filter(({ shareId }) => shareId === row.id)
      const reads = own.filter(({ kind }) => kind === 'viewed' || kind === 'downloaded')
      const { id, recipientName, recipientOrganisation, recipientEmail, mayDownload } = row
      const { delivery, sharedAt, sharedByName, revokedAt } = row
      const accesses = await shares.listAccess(tx, organisationId, id, SHOWN)
      shown.push({
        id,
        recipientName,
        recipientOrganisation,
        recipientEmail,
        mayDownload,
        delivery,
        sharedAt,
        sharedByName,
        revokedAt,
        lastDay: lastDayOf(row.expiresAt),
        state: stateOfShare(row, now),
        counts: Object.fromEntries(own.map(({ kind, times }) => [kind, times])),
        lastReadAt: reads.reduce<Date | null>(
          (last, { lastAt }) => (last && last > lastAt ? last : lastAt),
          null,
        ),
        accesses: accesses.map(({ organisationId: _, shareId: __, ...access }) => access),
      })
    }
    return shown
  })
}

/** Between which days the last one of a share may lie, and the one proposed; YYYY-MM-DD. */
export function listShareDays() {
  const now = getRuntime().clock()
  return { first: now.toISOString().slice(0, 10), proposed: proposedLastDay(now), last: lastDayAtMost(now) }
}

/** Every access to one share as a table, the oldest first. @throws NotFoundError */
export async function exportAccess(
  member: Member,
  which: { reportId: string; shareId: string },
): Promise<{ recipientName: string; table: string }> {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const share = await shares.lockShare(tx, organisationId, which)
    if (!share) throw new NotFoundError('No such share of this report')
    const rows = await shares.listAccess(tx, organisationId, share.id)
    const lines = rows
      .reverse()
      .map(({ at, kind, file, address, userAgent }) =>
        csvLine([at.toISOString(), kind, file, share.recipientEmail, address, userAgent]),
      )
    const head = csvLine(['at', 'what', 'file', 'recipient', 'address', 'user agent'])
    return { recipientName: share.recipientName, table: [BYTE_ORDER_MARK, head, ...lines].join('') }
  })
}
