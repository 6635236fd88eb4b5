/** Editions that an organisation published, what it retired, and definitions under work. */
import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { definitionDraft, editionRetirement, questionnaireEdition } from '../schema/index.ts'

export type OwnEditionRow = typeof questionnaireEdition.$inferSelect
export type RetirementRow = typeof editionRetirement.$inferSelect
export type DefinitionDraftRow = typeof definitionDraft.$inferSelect

export async function findOwnEdition(
  tx: Tx,
  organisationId: string,
  formCode: string,
  edition: string,
): Promise<OwnEditionRow | null> {
  const [row] = await tx
    .select()
    .from(questionnaireEdition)
    .where(
      and(
        eq(questionnaireEdition.organisationId, organisationId),
        eq(questionnaireEdition.formCode, formCode),
        eq(questionnaireEdition.edition, edition),
      ),
    )
  return row ?? null
}

export async function listOwnEditions(tx: Tx, organisationId: string): Promise<OwnEditionRow[]> {
  return tx
    .select()
    .from(questionnaireEdition)
    .where(eq(questionnaireEdition.organisationId, organisationId))
    .orderBy(asc(questionnaireEdition.formCode), desc(questionnaireEdition.publishedAt))
}

/** @returns false when there is such an edition already. */
export async function insertOwnEdition(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof questionnaireEdition.$inferInsert, 'organisationId'>,
): Promise<boolean> {
  const rows = await tx
    .insert(questionnaireEdition)
    .values({ ...row, organisationId })
    .onConflictDoNothing()
    .returning({ sha256: questionnaireEdition.sha256 })
  return rows.length === 1
}

/** Retirements in force. */
export async function listRetirements(tx: Tx, organisationId: string): Promise<RetirementRow[]> {
  return tx
    .select()
    .from(editionRetirement)
    .where(and(eq(editionRetirement.organisationId, organisationId), isNull(editionRetirement.reinstatedAt)))
}

/** @returns false when the edition is retired already. */
export async function insertRetirement(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof editionRetirement.$inferInsert, 'organisationId'>,
): Promise<boolean> {
  const rows = await tx
    .insert(editionRetirement)
    .values({ ...row, organisationId })
    .onConflictDoNothing()
    .returning({ id: editionRetirement.id })
  return rows.length === 1
}

/** @returns false when the edition was not retired. */
export async function endRetirement(
  tx: Tx,
  organisationId: string,
  pick: { formCode: string; edition: string; at: Date },
): Promise<boolean> {
  const rows = await tx
    .update(editionRetirement)
    .set({ reinstatedAt: pick.at })
    .where(
      and(
        eq(editionRetirement.organisationId, organisationId),
        eq(editionRetirement.formCode, pick.formCode),
        eq(editionRetirement.edition, pick.edition),
        isNull(editionRetirement.reinstatedAt),
      ),
    )
    .returning({ id: editionRetirement.id })
  return rows.length === 1
}

export async function listDefinitionDrafts(tx: Tx, organisationId: string): Promise<DefinitionDraftRow[]> {
  return tx
    .select()
    .from(definitionDraft)
    .where(and(eq(definitionDraft.organisationId, organisationId), isNull(definitionDraft.closedAt)))
    .orderBy(desc(definitionDraft.changedAt))
}

export async function findDefinitionDraft(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<DefinitionDraftRow | null> {
  const [row] = await tx
    .select()
    .from(definitionDraft)
    .where(
      and(
        eq(definitionDraft.organisationId, organisationId),
        eq(definitionDraft.id, id),
        isNull(definitionDraft.closedAt),
      ),
    )
  return row ?? null
}

export async function insertDefinitionDraft(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof definitionDraft.$inferInsert, 'organisationId'>,
) {
  await tx.insert(definitionDraft).values({ ...row, organisationId })
}

/** @returns false when somebody saved another version since `seenVersion`, or the draft is closed. */
export async function updateDefinitionDraft(
  tx: Tx,
  organisationId: string,
  change: {
    id: string
    seenVersion: number
    name: string
    source: string
    changedByName: string
    changedAt: Date
  },
): Promise<boolean> {
  const { id, seenVersion, ...set } = change
  const rows = await tx
    .update(definitionDraft)
    .set({ ...set, version: seenVersion + 1 })
    .where(
      and(
        eq(definitionDraft.organisationId, organisationId),
        eq(definitionDraft.id, id),
        eq(definitionDraft.version, seenVersion),
        isNull(definitionDraft.closedAt),
      ),
    )
    .returning({ id: definitionDraft.id })
  return rows.length === 1
}

/** @returns false when there is no such open draft. */
export async function closeDefinitionDraft(
  tx: Tx,
  organisationId: string,
  id: string,
  closedAt: Date,
): Promise<boolean> {
  const rows = await tx
    .update(definitionDraft)
    .set({ closedAt })
    .where(
      and(
        eq(definitionDraft.organisationId, organisationId),
        eq(definitionDraft.id, id),
        isNull(definitionDraft.closedAt),
      ),
    )
    .returning({ id: definitionDraft.id })
  return rows.length === 1
}
