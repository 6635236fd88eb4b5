import { DocumentMapping, DocumentReading } from '#app/documents/carrier-document.ts'
import { readDocument } from '#app/documents/documents.server.ts'
import { checkMapping, suggestMapping } from '#app/documents/suggest-mapping.ts'
import type { Tx } from '#db/client.server.ts'
import * as documents from '#db/queries/documents.server.ts'
import type { StoredFile } from '#evidence/store/store.ts'
import { type EditionPick, getEditionFor, listEditionsFor } from './editions.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { tidyFileName } from './file-name.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { copyStored, withFolder } from './temporary-files.server.ts'

export async function getDocumentRow(tx: Tx, organisationId: string, documentId: string) {
  const row = await documents.findCarrierDocument(tx, organisationId, documentId)
  if (!row) throw new NotFoundError('No such form')
  return { ...row, reading: DocumentReading.parse(row.reading) }
}

/** The name keeps its ending: libraries look at it, people choose it. */
export const onDisk = (fileName: string) => (/\.xlsx$/i.test(fileName) ? 'form.xlsx' : 'form.pdf')

/**
 * Reads a stored file's fields and keeps the document; the same bytes again are the same document.
 * @throws DocumentError for what cannot be filled: flat, password-protected, XFA only, damaged
 */
export async function receiveDocument(member: Member, stored: StoredFile, fileName: string): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const name = tidyFileName(fileName)
  const reading = await withFolder(async (folder) => {
    const path = await copyStored(folder, organisationId, { sha256: stored.sha256, name: onDisk(name) })
    return readDocument(path, { name })
  })
  return database.inOrganisation(organisationId, async (tx) => {
    const at = clock()
    const id = await documents.keepCarrierDocument(tx, organisationId, {
      id: newId(),
      sha256: stored.sha256,
      sizeBytes: stored.sizeBytes,
      fileName: name,
      reading,
      receivedByName: member.name,
      receivedAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'document.received',
      actor: actorOf(member),
      at,
      payload: { documentId: id, sha256: stored.sha256, fileName: name, fields: reading.fields.length },
    })
    return id
  })
}

export async function listDocuments(member: Member) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const rows = await documents.listCarrierDocuments(tx, organisationId)
    const mappings = await documents.listMappings(tx, organisationId)
    return rows.map(({ reading, ...row }) => ({
      ...row,
      fieldCount: DocumentReading.parse(reading).fields.length,
      mappings: mappings
        .filter(({ documentId }) => documentId === row.id)
        .map(({ formCode, edition }) => ({ formCode, edition })),
    }))
  })
}

/** A document with its fields, its mappings and the editions it can be mapped to. */
export async function getDocument(member: Member, documentId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const document = await getDocumentRow(tx, organisationId, documentId)
    const mappings = (await documents.listMappings(tx, organisationId)).filter(
      (mapping) => mapping.documentId === documentId,
    )
    const listed = await listEditionsFor(tx, organisationId)
    return {
      document,
      editions: listed.map(({ edition, state }) => {
        const mapping = mappings.find(
          (candidate) => candidate.formCode === edition.form.code && candidate.edition === edition.edition,
        )
        return {
          formCode: edition.form.code,
          edition: edition.edition,
          title: edition.form.title,
          issuer: edition.form.issuer,
          state,
          mapped: mapping ? DocumentMapping.parse(mapping.mapping).length : null,
          savedByName: mapping?.savedByName ?? null,
          savedAt: mapping?.savedAt ?? null,
        }
      }),
    }
  })
}

/** What is mapped, or what is suggested where nothing was mapped yet. */
export async function getMapping(member: Member, documentId: string, pick: EditionPick) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const { reading, fileName } = await getDocumentRow(tx, organisationId, documentId)
    const { edition } = await getEditionFor(tx, organisationId, pick)
    const row = await documents.findMapping(tx, organisationId, { documentId, ...pick })
    return {
      fileName,
      reading,
      edition,
      version: row?.version ?? 0,
      mapping: row ? DocumentMapping.parse(row.mapping) : [],
      suggestions: suggestMapping(reading, edition),
      savedByName: row?.savedByName ?? null,
      savedAt: row?.savedAt ?? null,
    }
  })
}

/**
 * Keeps a mapping that a person looked through.
 * @returns the problems that kept it from being saved; none when it was
 * @throws RefusedError `mapping-changed`
 */
export async function saveMapping(
  member: Member,
  documentId: string,
  change: { pick: EditionPick; mapping: DocumentMapping; seenVersion: number },
): Promise<string[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const { pick, mapping, seenVersion } = change
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const { reading, sha256 } = await getDocumentRow(tx, organisationId, documentId)
    const { edition } = await getEditionFor(tx, organisationId, pick)
    const problems = checkMapping(reading, edition, mapping)
    if (problems.length > 0) return problems
    const isSaved = await documents.saveMapping(tx, organisationId, {
      documentId,
      formCode: pick.formCode,
      edition: pick.edition,
      mapping,
      seenVersion,
      savedByName: member.name,
      savedAt: at,
    })
    if (!isSaved) {
      throw new RefusedError(
        'mapping-changed',
        'Somebody else saved this mapping in the meantime. Reload the page to see theirs.',
      )
    }
    await recordInLedger(tx, organisationId, {
      kind: 'document.mapped',
      actor: actorOf(member),
      at,
      payload: { documentId, sha256, ...pick, mapping },
    })
    return []
  })
}

export async function removeDocument(member: Member, documentId: string): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    await getDocumentRow(tx, organisationId, documentId)
    await documents.removeCarrierDocument(tx, organisationId, documentId, at)
    await recordInLedger(tx, organisationId, {
      kind: 'document.removed',
      actor: actorOf(member),
      at,
      payload: { documentId },
    })
  })
}
