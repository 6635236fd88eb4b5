/** Newer versions of evidence: taken in beside the older ones, and taken out of the count when they were a mistake. */
import type { Tx } from '#db/client.server.ts'
import * as clients from '#db/queries/clients.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import { settleRequests } from '#db/queries/evidence-requests.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { detectImporter } from '#evidence/importers/detect.server.ts'
import { savedMappingFor } from './column-mappings.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { checkFile } from './evidence.server.ts'
import type { RevisionInput } from './evidence-input.ts'
import { tidyFileName } from './file-name.ts'
import { recordInLedger } from './ledger.server.ts'
import type { ExaminedFile } from './malware-scanning.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { tellRequestsFulfilled } from './webhook-news.server.ts'

export type ReviseOutcome =
  | {
      outcome: 'received'
      evidenceId: string
      revisionId: string
      importId: string | null
      sha256: string
      sequence: number
      /** How many open requests this answered. */
      fulfilledRequests: number
      /** The item held these bytes already; that they are still true on a later day is what is new. */
      isSameFile: boolean
    }
  /** The client's evidence already holds these bytes, in this item or in another: nothing was changed. */
  | { outcome: 'already-held'; evidenceId: string; importId: string | null; sha256: string; sequence: number }

/** Whether the item can take a newer version; asked before the first byte of an upload is read. */
export async function checkRevisionTarget(member: Member, evidenceId: string): Promise<void> {
  const { organisationId } = member
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    lockRevisable(tx, organisationId, evidenceId),
  )
}

/** The item, held off from others until the transaction ends. @throws NotFoundError, RefusedError */
export async function lockRevisable(tx: Tx, organisationId: string, evidenceId: string) {
  const found = await evidenceRows.findEvidence(tx, organisationId, evidenceId)
  if (!found) throw new NotFoundError('No such evidence')
  // The client first, as when evidence is received: in one order nobody waits for each other in a circle.
  const client = await clients.lockClient(tx, organisationId, found.clientId)
  const evidence = await evidenceRows.lockEvidence(tx, organisationId, evidenceId)
  if (!evidence || !client) throw new NotFoundError('No such evidence')
  if (evidence.withdrawnAt)
    throw new RefusedError(
      'evidence-withdrawn',
      'This evidence is withdrawn. Upload the file as new evidence.',
    )
  if (client.archivedAt)
    throw new RefusedError('client-archived', 'This client is archived. Restore it first.')
  const revisions = await evidenceRows.listRevisions(tx, organisationId, evidenceId)
  return { evidence, client, revisions, nextSequence: (revisions[0]?.sequence ?? 0) + 1 }
}

/**
 * Makes a stored file the newest revision of an item, answers the open requests for it, and queues its import when
 * an importer recognises it. The older revisions stay readable.
 * @throws RefusedError as `registerEvidence`, and for withdrawn evidence
 */
export async function reviseEvidence(
  member: Member,
  evidenceId: string,
  stored: ExaminedFile,
  fileName: string,
  input: RevisionInput,
): Promise<ReviseOutcome> {
  const { database, clock, newId, jobs } = getRuntime()
  const { organisationId } = member
  const at = clock()
  checkFile(stored, input.observedOn, at)
  const revisionId = newId()
  const { sha256 } = stored
  return database.inOrganisation(organisationId, async (tx) => {
    const { evidence, revisions, nextSequence } = await lockRevisable(tx, organisationId, evidenceId)
    const isRead = detectImporter(stored.head) !== null
    const mapping = isRead ? null : await savedMappingFor(tx, organisationId, stored.head)
    const importId = isRead || mapping ? newId() : null
    const { clientId } = evidence
    const observedAt = new Date(`${input.observedOn}T00:00:00Z`)
    // A scan tells its own date: the same one is no newer for being sent again.
    const isSameFile = importId === null && confirmsAnew(revisions, sha256, observedAt)
    const held = isSameFile
      ? null
      : await evidenceRows.findRevisionByContent(tx, organisationId, clientId, sha256)
    if (held) {
      const earlier = await scans.findImportOfRevision(tx, organisationId, held.revision.id)
      return {
        outcome: 'already-held',
        evidenceId: held.evidence.id,
        importId: earlier?.id ?? null,
        sha256,
        sequence: held.revision.sequence,
      }
    }
    const revision = {
      sha256,
      sizeBytes: stored.sizeBytes,
      mediaType: stored.mediaType,
      fileName: tidyFileName(fileName),
      observedAt,
      receivedAt: at,
      validUntil: input.validUntil ? new Date(`${input.validUntil}T23:59:59Z`) : null,
      collector: input.collector || member.name,
      sequence: nextSequence,
    }
    await evidenceRows.insertRevision(tx, {
      ...revision,
      organisationId,
      id: revisionId,
      evidenceId,
      receivedBy: member.userId,
    })
    if (importId) {
      await scans.insertImport(tx, {
        organisationId,
        id: importId,
        clientId,
        revisionId,
        viewpoint: input.viewpoint,
        state: 'queued',
        bytesTotal: stored.sizeBytes,
        mapping,
        createdBy: member.userId,
        createdAt: at,
      })
    }
    const fulfilled = await settleRequests(
      tx,
      organisationId,
      { evidenceId },
      { state: 'fulfilled', settledAt: at, fulfilledBy: revisionId },
    )
    await tellRequestsFulfilled(tx, organisationId, fulfilled)
    await recordInLedger(tx, organisationId, {
      kind: 'evidence.revised',
      actor: actorOf(member),
      at,
      payload: {
        clientId,
        evidenceId,
        revisionId,
        importId,
        ...revision,
        observedAt: revision.observedAt.toISOString(),
        receivedAt: at.toISOString(),
        validUntil: revision.validUntil?.toISOString() ?? null,
        fulfilledRequests: fulfilled,
        isSameFile,
        malware: stored.malware ?? null,
      },
    })
    // The queue retries until this transaction is visible; should it fail, the job finds nothing and ends.
    if (importId) await jobs.enqueue({ name: 'import-scan', organisationId, importId })
    const fulfilledRequests = fulfilled.length
    return {
      outcome: 'received',
      evidenceId,
      revisionId,
      importId,
      sha256,
      sequence: nextSequence,
      fulfilledRequests,
      isSameFile,
    }
  })
}

/** An unchanged document is still true on a later day than that of the newest version. */
function confirmsAnew(
  revisions: readonly evidenceRows.RevisionRow[],
  sha256: string,
  observedAt: Date,
): boolean {
  const originals = revisions.filter((row) => row.redactedFrom === null && row.withdrawnAt === null)
  const [newest] = originals
  return (
    newest !== undefined && observedAt > newest.observedAt && originals.some((row) => row.sha256 === sha256)
  )
}

/**
 * Takes one revision out of the count: the one before it counts again. Its redacted copies go with it.
 * @throws RefusedError `last-revision` when nothing would be left to count
 */
export async function withdrawRevisionOf(
  member: Member,
  evidenceId: string,
  revisionId: string,
  reason: string,
): Promise<void> {
  const { database, clock, jobs } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const clientId = await database.inOrganisation(organisationId, async (tx) => {
    const { evidence, revisions } = await lockRevisable(tx, organisationId, evidenceId)
    const target = revisions.find(({ id }) => id === revisionId)
    if (!target) throw new NotFoundError('No such evidence file')
    if (target.withdrawnAt) return null
    const isOriginal = target.redactedFrom === null
    const others = revisions.filter(
      ({ id, redactedFrom, withdrawnAt }) =>
        id !== revisionId && redactedFrom === null && withdrawnAt === null,
    )
    if (isOriginal && others.length === 0)
      throw new RefusedError('last-revision', 'This is its only file. Withdraw the evidence itself instead.')
    // A file that was confirmed anew has several versions with the same copies.
    const copies =
      isOriginal && others.every(({ sha256 }) => sha256 !== target.sha256)
        ? revisions.filter(
            ({ redactedFrom, withdrawnAt }) => redactedFrom === target.sha256 && withdrawnAt === null,
          )
        : []
    const withdrawn = [revisionId, ...copies.map(({ id }) => id)]
    for (const id of withdrawn) {
      const values = { withdrawnAt: at, withdrawnReason: reason }
      await evidenceRows.withdrawRevisionRow(tx, organisationId, id, values)
    }
    await recordInLedger(tx, organisationId, {
      kind: 'evidence.revision-withdrawn',
      actor: actorOf(member),
      at,
      payload: { evidenceId: evidence.id, revisionIds: withdrawn, sha256: target.sha256, reason },
    })
    return evidence.clientId
  })
  if (clientId) await jobs.enqueue({ name: 'update-register', organisationId, clientId })
}
