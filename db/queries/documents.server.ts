/** Insurers' own documents with their mappings, and workbooks that came back filled in. */
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { carrierDocument, documentMapping, workbookImport } from '../schema/index.ts'

export type CarrierDocumentRow = typeof carrierDocument.$inferSelect
export type DocumentMappingRow = typeof documentMapping.$inferSelect
export type WorkbookImportRow = typeof workbookImport.$inferSelect

export async function listCarrierDocuments(tx: Tx, organisationId: string): Promise<CarrierDocumentRow[]> {
  return tx
    .select()
    .from(carrierDocument)
    .where(and(eq(carrierDocument.organisationId, organisationId), isNull(carrierDocument.removedAt)))
    .orderBy(desc(carrierDocument.receivedAt))
}

export async function findCarrierDocument(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<CarrierDocumentRow | null> {
  const [row] = await tx
    .select()
    .from(carrierDocument)
    .where(
      and(
        eq(carrierDocument.organisationId, organisationId),
        eq(carrierDocument.id, id),
        isNull(carrierDocument.removedAt),
      ),
    )
  return row ?? null
}

/**
 * Documents are known by their content: the same bytes again are the same document, brought back if it was removed.
 * @returns its id
 */
export async function keepCarrierDocument(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof carrierDocument.$inferInsert, 'organisationId'>,
): Promise<string> {
  const [kept] = await tx
    .insert(carrierDocument)
    .values({ ...row, organisationId })
    .onConflictDoUpdate({
      target: [carrierDocument.organisationId, carrierDocument.sha256],
      set: { removedAt: null },
    })
    .returning({ id: carrierDocument.id })
  return kept?.id ?? row.id
}

/** @returns false when there is no such document. */
export async function removeCarrierDocument(
  tx: Tx,
  organisationId: string,
  id: string,
  removedAt: Date | null,
): Promise<boolean> {
  const rows = await tx
    .update(carrierDocument)
    .set({ removedAt })
    .where(and(eq(carrierDocument.organisationId, organisationId), eq(carrierDocument.id, id)))
    .returning({ id: carrierDocument.id })
  return rows.length === 1
}

export async function listMappings(tx: Tx, organisationId: string): Promise<DocumentMappingRow[]> {
  return tx.select().from(documentMapping).where(eq(documentMapping.organisationId, organisationId))
}

const oneMapping = (
  organisationId: string,
  pick: { documentId: string; formCode: string; edition: string },
) =>
  and(
    eq(documentMapping.organisationId, organisationId),
    eq(documentMapping.documentId, pick.documentId),
    eq(documentMapping.formCode, pick.formCode),
    eq(documentMapping.edition, pick.edition),
  )

export async function findMapping(
  tx: Tx,
  organisationId: string,
  pick: { documentId: string; formCode: string; edition: string },
): Promise<DocumentMappingRow | null> {
  const [row] = await tx.select().from(documentMapping).where(oneMapping(organisationId, pick))
  return row ?? null
}

/** @returns false when somebody saved another version since `seenVersion` (0: none was there). */
export async function saveMapping(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof documentMapping.$inferInsert, 'organisationId' | 'version'> & { seenVersion: number },
): Promise<boolean> {
  const { seenVersion, ...values } = row
  if (seenVersion === 0) {
    const made = await tx
      .insert(documentMapping)
      .values({ ...values, organisationId, version: 1 })
      .onConflictDoNothing()
      .returning({ version: documentMapping.version })
    return made.length === 1
  }
  const { mapping, savedByName, savedAt } = values
  const changed = await tx
    .update(documentMapping)
    .set({ mapping, savedByName, savedAt, version: seenVersion + 1 })
    .where(and(oneMapping(organisationId, values), eq(documentMapping.version, seenVersion)))
    .returning({ version: documentMapping.version })
  return changed.length === 1
}

export async function insertWorkbookImport(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof workbookImport.$inferInsert, 'organisationId'>,
) {
  await tx.insert(workbookImport).values({ ...row, organisationId })
}

export async function findWorkbookImport(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<WorkbookImportRow | null> {
  const [row] = await tx
    .select()
    .from(workbookImport)
    .where(and(eq(workbookImport.organisationId, organisationId), eq(workbookImport.id, id)))
  return row ?? null
}

export async function listWorkbookImports(
  tx: Tx,
  organisationId: string,
  applicationId: string,
): Promise<WorkbookImportRow[]> {
  return tx
    .select()
    .from(workbookImport)
    .where(
      and(eq(workbookImport.organisationId, organisationId), eq(workbookImport.applicationId, applicationId)),
    )
    .orderBy(desc(workbookImport.uploadedAt))
}

/** @returns false when it was settled before. */
export async function settleWorkbookImport(
  tx: Tx,
  organisationId: string,
  settle: { id: string; state: 'applied' | 'discarded'; settledAt: Date },
): Promise<boolean> {
  const rows = await tx
    .update(workbookImport)
    .set({ state: settle.state, settledAt: settle.settledAt })
    .where(
      and(
        eq(workbookImport.organisationId, organisationId),
        eq(workbookImport.id, settle.id),
        eq(workbookImport.state, 'read'),
      ),
    )
    .returning({ id: workbookImport.id })
  return rows.length === 1
}
