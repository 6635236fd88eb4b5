/** Keeps the machine-readable twins of a report as files of their own, and hands them out. */
import { Readable } from 'node:stream'
import { isTwinKind, TWIN_FILES, type TwinKind } from '#app/report/twins/twin-files.ts'
import type { Tx } from '#db/client.server.ts'
import * as twins from '#db/queries/report-twins.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { NotFoundError } from './errors.ts'
import type { Member } from './member.ts'
import { reportFileName } from './report-file-name.ts'
import { getRuntime } from './runtime.server.ts'
import { storeBytes } from './store-bytes.server.ts'

export type TwinTexts = Partial<Record<TwinKind, string>>
export type StoredTwins = Partial<Record<TwinKind, { sha256: string; sizeBytes: number }>>

/** Puts them into the evidence store; the rows come with the step of the report that they belong to. */
export async function storeTwins(organisationId: string, texts: TwinTexts): Promise<StoredTwins> {
  const stored: StoredTwins = {}
  for (const [kind, text] of Object.entries(texts)) {
    const bytes = Buffer.from(text)
    const { sha256, sizeBytes } = await storeBytes(organisationId, bytes)
    stored[kind as TwinKind] = { sha256, sizeBytes }
  }
  return stored
}

export async function recordTwins(
  tx: Tx,
  organisationId: string,
  { reportId, recordedAt, stored }: { reportId: string; recordedAt: Date; stored: StoredTwins },
): Promise<void> {
  const rows = Object.entries(stored).map(([kind, file]) => ({
    reportId,
    kind: kind as TwinKind,
    ...file,
    recordedAt,
  }))
  await twins.insertTwins(tx, organisationId, rows)
}

/** Which twins a report has: none where it was signed before there were any. */
export async function listTwinKinds(tx: Tx, organisationId: string, reportId: string): Promise<TwinKind[]> {
  const rows = await twins.listTwins(tx, organisationId, reportId)
  return rows.map(({ kind }) => kind)
}

interface TwinFile {
  name: string
  mediaType: string
  sizeBytes: number
  sha256: string
}

/** @throws NotFoundError for what is no twin, and for one that this report does not have */
export async function getTwinFile(
  tx: Tx,
  organisationId: string,
  report: Pick<reports.ReportRow, 'id' | 'createdAt'>,
  kind: string | undefined,
): Promise<TwinFile> {
  const row = isTwinKind(kind) ? await twins.findTwin(tx, organisationId, report.id, kind) : null
  if (!row) {
    throw new NotFoundError(
      'This report has no such file: either it is not signed yet, or it was signed before such files were made.',
    )
  }
  const { ending, mediaType } = TWIN_FILES[row.kind]
  const { sha256, sizeBytes } = row
  return { name: reportFileName(report, ending), mediaType, sizeBytes, sha256 }
}

export async function openTwinFile(organisationId: string, file: TwinFile) {
  const { store } = getRuntime()
  return { file, stream: Readable.from(await store.openVerified(organisationId, file.sha256)) }
}

/** @throws NotFoundError */
export async function openReportTwin({ organisationId }: Member, reportId: string, kind: string | undefined) {
  const file = await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const report = await reports.findReport(tx, organisationId, reportId)
    if (!report) throw new NotFoundError('No such report')
    return getTwinFile(tx, organisationId, report, kind)
  })
  return openTwinFile(organisationId, file)
}
