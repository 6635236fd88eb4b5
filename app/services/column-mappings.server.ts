/** Tables that no importer knows: somebody explains their columns, once for each header, and they are read. */
import { createHash } from 'node:crypto'
import type { Tx } from '#db/client.server.ts'
import * as mappings from '#db/queries/column-mappings.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { foldHeader, sniffRows } from '#evidence/importers/csv-reader.ts'
import { detectImporter } from '#evidence/importers/detect.server.ts'
import { type ColumnMapping, ImportError } from '#evidence/importers/importer.ts'
import { type Suggestion, suggestMapping } from '#evidence/importers/table/suggest.ts'
import { looksLikeTable } from '#evidence/importers/table.ts'
import { isWorkbook, readWorkbookRows } from '#evidence/importers/xlsx-rows.server.ts'
import { getClientRow } from './clients.server.ts'
import type { ColumnMappingInput } from './column-mapping-input.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { readStoredHead } from './stored-head.server.ts'
import { copyStored, withFolder } from './temporary-files.server.ts'

const ROWS_LOOKED_AT = 60

/** Whether a file could be read once its columns are explained. */
export function canBeExplained(head: Uint8Array): boolean {
  return detectImporter(head) === null && (isWorkbook(head) || looksLikeTable(head))
}

/** Whether a stored file is such a table. */
export async function isExplainable(organisationId: string, sha256: string): Promise<boolean> {
  return canBeExplained(await readStoredHead(organisationId, sha256))
}

/** What the page shows: the header, rows under it, and the mapping saved for it or else guessed. */
export async function getColumns(member: Member, evidenceId: string, rowsAre?: ColumnMapping['rowsAre']) {
  const { organisationId } = member
  const { database } = getRuntime()
  const { evidence, revision, client, scan } = await database.inOrganisation(organisationId, (tx) =>
    findTable(tx, organisationId, evidenceId),
  )
  const suggestion = await readSuggestion(organisationId, revision, rowsAre)
  const saved = suggestion
    ? await database.inOrganisation(organisationId, (tx) =>
        mappings.findMapping(tx, organisationId, fingerprintOf(suggestion.headers)),
      )
    : null
  const isSaved = saved !== null && (!rowsAre || rowsAre === saved.mapping.rowsAre)
  return {
    evidence: {
      id: evidence.id,
      title: evidence.title,
      isOpen: evidence.withdrawnAt === null && !client.archivedAt,
    },
    client: { id: client.id, legalName: client.legalName },
    scan: scan && scan.state !== 'failed' ? { id: scan.id, state: scan.state } : null,
    failure: scan?.state === 'failed' ? scan.failure : null,
    suggestion: suggestion && isSaved ? { ...suggestion, mapping: saved.mapping } : suggestion,
    savedBy: isSaved ? { name: saved.savedByName, at: saved.savedAt } : null,
  }
}

/**
 * Keeps the mapping for every later table with this header, and queues the reading of this one.
 * @returns the import's id
 * @throws RefusedError when the table was read before, has no such columns, or is withdrawn
 */
export async function explainColumns(
  member: Member,
  evidenceId: string,
  input: ColumnMappingInput,
): Promise<string> {
  const { database, clock, newId, jobs } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const importId = newId()
  const found = await database.inOrganisation(organisationId, (tx) =>
    findTable(tx, organisationId, evidenceId),
  )
  const suggestion = await readSuggestion(organisationId, found.revision)
  if (!suggestion)
    throw new RefusedError('no-table', 'This file has no header row with at least two columns.')
  const mapping = checkedMapping(input, suggestion.headers)
  return database.inOrganisation(organisationId, async (tx) => {
    await evidenceRows.lockEvidence(tx, organisationId, evidenceId)
    const { evidence, revision, client, scan } = await findTable(tx, organisationId, evidenceId)
    if (evidence.withdrawnAt || client.archivedAt)
      throw new RefusedError('evidence-withdrawn', 'This evidence counts no more, so it is not read.')
    if (revision.id !== found.revision.id)
      throw new RefusedError('evidence-revised', 'A newer version came in the meantime. Look at its columns.')
    if (scan && scan.state !== 'failed') {
      throw new RefusedError(
        'table-read',
        'This table was read already. To have it read in another way, withdraw it and upload it again.',
      )
    }
    const headerSha256 = fingerprintOf(suggestion.headers)
    await mappings.saveMapping(tx, {
      organisationId,
      headerSha256,
      mapping,
      savedBy: member.userId,
      savedByName: member.name,
      savedAt: at,
    })
    await scans.insertImport(tx, {
      organisationId,
      id: importId,
      clientId: evidence.clientId,
      revisionId: revision.id,
      viewpoint: input.viewpoint,
      state: 'queued',
      bytesTotal: revision.sizeBytes,
      mapping,
      createdBy: member.userId,
      createdAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'columns.explained',
      actor: actorOf(member),
      at,
      payload: { evidenceId, revisionId: revision.id, importId, headerSha256, mapping },
    })
    await jobs.enqueue({ name: 'import-scan', organisationId, importId })
    return importId
  })
}

/** The mapping saved for the header of a table that has just come in; workbooks are explained on their page. */
export async function savedMappingFor(
  tx: Tx,
  organisationId: string,
  head: Uint8Array,
): Promise<ColumnMapping | null> {
  if (isWorkbook(head) || !looksLikeTable(head)) return null
  const suggestion = suggestMapping(sniffRows(head))
  if (!suggestion) return null
  return (await mappings.findMapping(tx, organisationId, fingerprintOf(suggestion.headers)))?.mapping ?? null
}

async function findTable(tx: Tx, organisationId: string, evidenceId: string) {
  const evidence = await evidenceRows.findEvidence(tx, organisationId, evidenceId)
  const revisions = evidence ? await evidenceRows.listRevisions(tx, organisationId, evidenceId) : []
  const revision = revisions.find(({ redactedFrom, withdrawnAt }) => redactedFrom === null && !withdrawnAt)
  if (!evidence || !revision) throw new NotFoundError('No such evidence')
  const client = await getClientRow(tx, organisationId, evidence.clientId)
  return {
    evidence,
    revision,
    client,
    scan: await scans.findImportOfRevision(tx, organisationId, revision.id),
  }
}

async function readSuggestion(
  organisationId: string,
  { sha256 }: { sha256: string },
  rowsAre?: ColumnMapping['rowsAre'],
): Promise<Suggestion | null> {
  const head = await readStoredHead(organisationId, sha256)
  if (!canBeExplained(head)) return null
  if (!isWorkbook(head)) return suggestMapping(sniffRows(head), rowsAre)
  return withFolder(async (folder) => {
    const path = await copyStored(folder, organisationId, { sha256, name: 'table.xlsx' })
    const rows: string[][] = []
    try {
      for await (const cells of readWorkbookRows(path)) {
        rows.push(cells)
        if (rows.length >= ROWS_LOOKED_AT) break
      }
    } catch (error) {
      if (error instanceof ImportError) throw new RefusedError('unreadable-table', error.message)
      throw error
    }
    return suggestMapping(rows, rowsAre)
  })
}

function checkedMapping(input: ColumnMappingInput, headers: string[]): ColumnMapping {
  const known = new Set(headers)
  const columns = Object.fromEntries(Object.entries(input.columns).filter(([, header]) => header !== ''))
  const unknown = Object.values(columns).find((header) => !known.has(header))
  if (unknown !== undefined)
    throw new RefusedError('unknown-column', `The table has no column “${unknown}”. Choose from its header.`)
  return { rowsAre: input.rowsAre, tool: input.tool, dayFirst: input.dayFirst, columns }
}

function fingerprintOf(headers: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(headers.map(foldHeader)))
    .digest('hex')
}
