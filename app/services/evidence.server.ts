/** Takes evidence in, links it, hands it out again; every revision is known by its content's hash. */
import { Readable } from 'node:stream'
import type { Tx } from '#db/client.server.ts'
import * as clients from '#db/queries/clients.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { detectImporter } from '#evidence/importers/detect.server.ts'
import type { StoredFile } from '#evidence/store/store.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { getClientRow } from './clients.server.ts'
import { canBeExplained, savedMappingFor } from './column-mappings.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import type { EvidenceInput } from './evidence-input.ts'
import { tidyFileName } from './file-name.ts'
import { recordInLedger } from './ledger.server.ts'
import { type ExaminedFile, keepExamined, type UploadOrigin } from './malware-scanning.server.ts'
import { actorOf, type Member } from './member.ts'
import { checkQuestionRefs } from './question-refs.server.ts'
import { getRuntime } from './runtime.server.ts'

export type ReceiveOutcome =
  | {
      outcome: 'received'
      evidenceId: string
      revisionId: string
      importId: string | null
      sha256: string
      /** It is a table that is read once somebody has said what its columns mean. */
      canExplain: boolean
    }
  /** The client's evidence already holds these bytes: nothing was changed. */
  | { outcome: 'already-held'; evidenceId: string; importId: string | null; sha256: string }

/** Whether there is such a client of ours that can take evidence; asked before the first byte of an upload is read. */
export async function checkUploadTarget(member: Member, clientId: string): Promise<void> {
  await getRuntime().database.inOrganisation(member.organisationId, async (tx) => {
    const row = await getClientRow(tx, member.organisationId, clientId)
    if (row.archivedAt)
      throw new RefusedError('client-archived', 'This client is archived. Restore it first.')
  })
}

/**
 * Streams one file into the store, past the malware scanner. Nothing refers to it until `registerEvidence` does.
 * @throws RefusedError `malware-found`, `malware-scan-failed`; StoreError
 */
export async function storeFile(
  member: Member,
  bytes: AsyncIterable<Uint8Array>,
  origin: UploadOrigin = {},
): Promise<ExaminedFile> {
  const { store, settings } = getRuntime()
  const maxBytes = settings.maxUploadBytes
  return keepExamined(member, bytes, (seen) => store.put(member.organisationId, seen, { maxBytes }), origin)
}

/**
 * Makes a stored file evidence of a client, and queues its import when an importer recognises it.
 * @throws RefusedError for an unknown kind or control, an empty file, or a day in the future.
 */
export async function registerEvidence(
  member: Member,
  clientId: string,
  stored: ExaminedFile,
  fileName: string,
  input: EvidenceInput,
): Promise<ReceiveOutcome> {
  const { database, clock, newId, jobs } = getRuntime()
  const { organisationId } = member
  const at = clock()
  checkInput(input, stored, at)
  const importer = detectImporter(stored.head)
  const evidenceId = newId()
  const revisionId = newId()
  return database.inOrganisation(organisationId, async (tx) => {
    const mapping = importer ? null : await savedMappingFor(tx, organisationId, stored.head)
    const importId = importer || mapping ? newId() : null
    const client = await clients.lockClient(tx, organisationId, clientId)
    if (!client) throw new NotFoundError('No such client')
    const held = await evidenceRows.findRevisionByContent(tx, organisationId, clientId, stored.sha256)
    if (held) {
      const earlier = await scans.findImportOfRevision(tx, organisationId, held.revision.id)
      return {
        outcome: 'already-held',
        evidenceId: held.evidence.id,
        importId: earlier?.id ?? null,
        sha256: stored.sha256,
      }
    }
    await checkQuestionRefs(tx, organisationId, clientId, input.questionRefs)
    const shortName = tidyFileName(fileName)
    await evidenceRows.insertEvidence(tx, {
      organisationId,
      id: evidenceId,
      clientId,
      kind: input.kind,
      title: input.title || shortName,
      controlIds: input.controlIds,
      questionRefs: input.questionRefs,
      createdBy: member.userId,
      createdAt: at,
    })
    const revision = {
      sha256: stored.sha256,
      sizeBytes: stored.sizeBytes,
      mediaType: stored.mediaType,
      fileName: shortName,
      observedAt: new Date(`${input.observedOn}T00:00:00Z`),
      receivedAt: at,
      validUntil: input.validUntil ? new Date(`${input.validUntil}T23:59:59Z`) : null,
      collector: input.collector || member.name,
    }
    await evidenceRows.insertRevision(tx, {
      ...revision,
      organisationId,
      id: revisionId,
      evidenceId,
      sequence: 1,
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
    await recordInLedger(tx, organisationId, {
      kind: 'evidence.received',
      actor: actorOf(member),
      at,
      payload: {
        clientId,
        evidenceId,
        revisionId,
        importId,
        kind: input.kind,
        title: input.title || shortName,
        controlIds: input.controlIds,
        questionRefs: input.questionRefs,
        ...revision,
        observedAt: revision.observedAt.toISOString(),
        receivedAt: at.toISOString(),
        validUntil: revision.validUntil?.toISOString() ?? null,
        malware: stored.malware ?? null,
      },
    })
    // The queue retries until this transaction is visible; should it fail, the job finds nothing and ends.
    if (importId) await jobs.enqueue({ name: 'import-scan', organisationId, importId })
    return {
      outcome: 'received',
      evidenceId,
      revisionId,
      importId,
      sha256: stored.sha256,
      canExplain: importId === null && canBeExplained(stored.head),
    }
  })
}

function checkInput(input: EvidenceInput, stored: StoredFile, now: Date): void {
  const catalogue = loadCatalogue()
  if (!catalogue.evidenceKinds.some(({ id }) => id === input.kind)) {
    throw new RefusedError('unknown-kind', 'Choose one of the listed kinds of evidence.')
  }
  checkControls(input.controlIds)
  checkFile(stored, input.observedOn, now)
}

/** @throws RefusedError for an empty file or a day in the future */
export function checkFile(stored: StoredFile, observedOn: string, now: Date): void {
  if (stored.sizeBytes === 0)
    throw new RefusedError('empty-file', 'The file is empty. Export it again and retry.')
  // A day is a day anywhere on earth: allow for clients east of us.
  if (Date.parse(observedOn) > now.getTime() + 14 * 3_600_000) {
    throw new RefusedError(
      'future-date',
      'The day on which it was true lies in the future. Correct the date.',
    )
  }
}

function checkControls(controlIds: readonly string[]): void {
  const known = new Set(loadCatalogue().controls.map(({ id }) => id))
  if (!controlIds.every((id) => known.has(id))) {
    throw new RefusedError('unknown-control', 'Choose controls from the catalogue.')
  }
}

export async function listEvidence(member: Member, clientId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    return evidenceRows.listEvidence(tx, organisationId, clientId, true)
  })
}

async function getEvidenceRow(tx: Tx, organisationId: string, evidenceId: string) {
  const row = await evidenceRows.findEvidence(tx, organisationId, evidenceId)
  if (!row) throw new NotFoundError('No such evidence')
  return row
}

export async function getEvidence(member: Member, evidenceId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const row = await getEvidenceRow(tx, organisationId, evidenceId)
    const client = await getClientRow(tx, organisationId, row.clientId)
    const revisions = await evidenceRows.listRevisions(tx, organisationId, evidenceId)
    const newest = revisions[0]
    const scan = newest ? await scans.findImportOfRevision(tx, organisationId, newest.id) : null
    return { evidence: row, client, revisions, scan }
  })
}

export async function linkEvidence(
  member: Member,
  evidenceId: string,
  links: { controlIds: string[]; questionRefs: string[] },
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  checkControls(links.controlIds)
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await getEvidenceRow(tx, organisationId, evidenceId)
    if (row.withdrawnAt) {
      throw new RefusedError(
        'evidence-withdrawn',
        'This evidence is withdrawn. Upload the file again to use it.',
      )
    }
    await checkQuestionRefs(tx, organisationId, row.clientId, links.questionRefs)
    await evidenceRows.updateEvidence(tx, organisationId, evidenceId, links, at)
    await recordInLedger(tx, organisationId, {
      kind: 'evidence.linked',
      actor: actorOf(member),
      at,
      payload: { evidenceId, ...links },
    })
  })
}

/** Withdrawn evidence keeps its file and its place in the ledger; its facts stop counting. */
export async function withdrawEvidence(member: Member, evidenceId: string, reason: string): Promise<void> {
  const { database, clock, jobs } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const clientId = await database.inOrganisation(organisationId, async (tx) => {
    const row = await getEvidenceRow(tx, organisationId, evidenceId)
    if (row.withdrawnAt) return null
    const withdrawal = { withdrawnAt: at, withdrawnReason: reason }
    await evidenceRows.updateEvidence(tx, organisationId, evidenceId, withdrawal, at)
    await recordInLedger(tx, organisationId, {
      kind: 'evidence.withdrawn',
      actor: actorOf(member),
      at,
      payload: { evidenceId, reason },
    })
    return row.clientId
  })
  // What its scan saw leaves the register; only once the withdrawal is there to be seen.
  if (clientId) await jobs.enqueue({ name: 'update-register', organisationId, clientId })
}

/**
 * A revision's file, its hash compared with the recorded one before the first byte leaves.
 * @throws StoreError `corrupt` when the stored bytes are no longer those that were received.
 */
export async function openRevision(member: Member, revisionId: string) {
  const { database, store } = getRuntime()
  const { organisationId } = member
  const found = await database.inOrganisation(organisationId, (tx) =>
    evidenceRows.findRevision(tx, organisationId, revisionId),
  )
  if (!found) throw new NotFoundError('No such evidence file')
  const bytes = await store.openVerified(organisationId, found.revision.sha256)
  return { revision: found.revision, stream: Readable.from(bytes) }
}
