/** Imports of scan files: queued with the evidence, done off the request thread, all or nothing. */
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

export async function listScans(member: Member, clientId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    return scans.listImports(tx, organisationId, clientId)
  })
}

/** One import with its client, its file and the facts it gave. */
export async function getScan(member: Member, importId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const scan = await scans.findImport(tx, organisationId, importId)
    if (!scan) throw new NotFoundError('No such scan')
    const client = await getClientRow(tx, organisationId, scan.clientId)
    const found = await evidenceRows.findRevision(tx, organisationId, scan.revisionId)
    if (!found) throw new NotFoundError('No such scan')
    const facts = (await scans.listFacts(tx, organisationId, scan.clientId)).filter(
      ({ fact }) => fact.importId === importId,
    )
    return {
      scan,
      client,
      evidence: found.evidence,
      revision: found.revision,
      facts: facts.map(({ fact }) => fact),
    }
  })
}

/** For the progress bar: cheap, asked every second. */
export async function getScanProgress(member: Member, importId: string) {
  const { organisationId } = member
  const scan = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    scans.findImport(tx, organisationId, importId),
  )
  if (!scan) throw new NotFoundError('No such scan')
  const { state, bytesRead, bytesTotal, failure } = scan
  return { state, bytesRead, bytesTotal, failure }
}

export interface FindingQuery {
  severity?: scans.FindingRow['severity']
  text?: string
  /** From 1. */
  page: number
}

export const FINDINGS_PER_PAGE = 50

export async function listFindings(member: Member, importId: string, query: FindingQuery) {
  const { organisationId } = member
  const filter = {
    severity: query.severity,
    text: query.text,
    limit: FINDINGS_PER_PAGE,
    offset: (query.page - 1) * FINDINGS_PER_PAGE,
  }
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const scan = await scans.findImport(tx, organisationId, importId)
    if (!scan) throw new NotFoundError('No such scan')
    const total = await scans.countFindings(tx, organisationId, importId, filter)
    return { rows: await scans.listFindings(tx, organisationId, importId, filter), total }
  })
}

/** @returns false when the import is gone or already over, that is when there is nothing to do. */
export async function markImportRunning(organisationId: string, importId: string): Promise<boolean> {
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const scan = await scans.lockImport(tx, organisationId, importId)
    if (!scan) throw new NotFoundError('No such scan yet')
    if (scan.state === 'done' || scan.state === 'failed') return false
    await scans.updateImport(tx, organisationId, importId, { state: 'running', bytesRead: 0 })
    return true
  })
}

export async function saveImportProgress(
  organisationId: string,
  importId: string,
  bytesRead: number,
): Promise<void> {
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    scans.updateImport(tx, organisationId, importId, { bytesRead }),
  )
}

/** The whole file was refused: nothing of it is kept but the evidence itself and the reason. */
export async function failImport(organisationId: string, importId: string, failure: string): Promise<void> {
  const { database, clock } = getRuntime()
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const scan = await scans.lockImport(tx, organisationId, importId)
    if (!scan || scan.state === 'done' || scan.state === 'failed') return
    await scans.updateImport(tx, organisationId, importId, { state: 'failed', failure, finishedAt: at })
    await recordInLedger(tx, organisationId, {
      kind: 'scan.refused',
      actor: 'Attested importer',
      at,
      payload: { importId, revisionId: scan.revisionId, failure },
    })
  })
}
