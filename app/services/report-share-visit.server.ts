/** The recipient's side of a shared report: reading it, and downloading its files where they may. */
import { Readable } from 'node:stream'
import { Statement } from '#app/report/statement.ts'
import type { TwinKind } from '#app/report/twins/twin-files.ts'
import type { Key } from './attestation-door.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { atTheShare, requireOpenShare, type ShareDoor } from './report-share-door.server.ts'
import { recordAccess } from './report-share-log.server.ts'
import { lastDayOf } from './report-share-rules.ts'
import type { ShareState } from './report-shares.server.ts'
import { getTwinFile, listTwinKinds, openTwinFile } from './report-twins.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'

export interface SharedReport {
  statement: Statement
  statementSha256: string
  pdfSha256: string | null
  twins: TwinKind[]
  mayDownload: boolean
  recipient: { name: string; organisation: string; email: string }
  /** YYYY-MM-DD, both: of this access, and the last one on which the link works. */
  readOn: string
  lastDay: string
  sharedByName: string
  end: {
    state: 'signed' | 'withdrawn' | 'superseded'
    attestedAt: Date | null
    endedAt: Date | null
    withdrawnReason: string | null
    supersededBy: null
    supersededReason: string | null
  }
}

/** Nothing of the report, and nothing of the recipient, before the passcode. */
export type SharePage =
  | { state: 'door' }
  | { state: Exclude<ShareState, 'open'> }
  | { state: 'read'; report: SharedReport }

/** @throws NotFoundError for a link that never was */
export async function visitShare(key: Key, caller: Caller): Promise<SharePage> {
  return atTheShare(key, async (tx, door, at): Promise<SharePage> => {
    const { organisationId, share, report, state } = door
    if (state !== 'open') {
      await recordAccess(tx, share, { kind: 'turned-away', at, caller })
      return { state }
    }
    if (!door.isOpen) {
      await recordAccess(tx, share, { kind: 'opened', at, caller })
      return { state: 'door' }
    }
    await recordAccess(tx, share, { kind: 'viewed', at, caller })
    const twins = share.mayDownload ? await listTwinKinds(tx, organisationId, report.id) : []
    return { state: 'read', report: readingOf(door, twins, at) }
  })
}

function readingOf({ share, report }: ShareDoor, twins: TwinKind[], now: Date): SharedReport {
  const { state, attestedAt, endedAt, withdrawnReason, supersededReason } = report
  if (state !== 'signed' && state !== 'withdrawn' && state !== 'superseded')
    throw new Error('Only signed reports are shared')
  return {
    statement: Statement.parse(JSON.parse(report.statement)),
    statementSha256: report.statementSha256,
    pdfSha256: report.pdfSha256,
    twins,
    mayDownload: share.mayDownload,
    recipient: {
      name: share.recipientName,
      organisation: share.recipientOrganisation,
      email: share.recipientEmail,
    },
    readOn: now.toISOString().slice(0, 10),
    lastDay: lastDayOf(share.expiresAt),
    sharedByName: share.sharedByName,
    // Which report took its place is not for the recipient of this one.
    end: { state, attestedAt, endedAt, withdrawnReason, supersededBy: null, supersededReason },
  }
}

function requireDownload(door: ShareDoor): void {
  requireOpenShare(door)
  if (!door.share.mayDownload)
    throw new RefusedError('share-read-only', 'This report was shared for reading, not for downloading.')
}

/** The very bytes that were signed: a watermark in them would break both signatures. */
export async function openSharedFile(key: Key, caller: Caller) {
  const { store } = getRuntime()
  const { organisationId, report } = await atTheShare(key, async (tx, door, at) => {
    requireDownload(door)
    if (!door.report.pdfSha256) throw new NotFoundError('This report has no file yet')
    await recordAccess(tx, door.share, { kind: 'downloaded', file: 'pdf', at, caller })
    return door
  })
  if (!report.pdfSha256) throw new NotFoundError('This report has no file yet')
  return { report, stream: Readable.from(await store.openVerified(organisationId, report.pdfSha256)) }
}

/** A machine-readable twin of the report. */
export async function openSharedTwin(key: Key, kind: string | undefined, caller: Caller) {
  const { organisationId, file } = await atTheShare(key, async (tx, door, at) => {
    requireDownload(door)
    const { organisationId, report, share } = door
    const file = await getTwinFile(tx, organisationId, report, kind)
    await recordAccess(tx, share, { kind: 'downloaded', file: kind as TwinKind, at, caller })
    return { organisationId, file }
  })
  return openTwinFile(organisationId, file)
}
