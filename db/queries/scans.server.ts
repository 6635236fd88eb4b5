/** What importers read out of evidence: imports, assets, findings and facts. */
import { and, asc, count, desc, eq, ilike, isNull, or, type SQL } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { asset, evidence, evidenceRevision, fact, finding, scanImport } from '../schema/index.ts'

export type ScanImportRow = typeof scanImport.$inferSelect
export type FindingRow = typeof finding.$inferSelect
export type FactRow = typeof fact.$inferSelect

const one = (organisationId: string, id: string) =>
  and(eq(scanImport.organisationId, organisationId), eq(scanImport.id, id))

export async function insertImport(tx: Tx, row: typeof scanImport.$inferInsert) {
  await tx.insert(scanImport).values(row)
}

export async function findImport(tx: Tx, organisationId: string, id: string): Promise<ScanImportRow | null> {
  const [row] = await tx.select().from(scanImport).where(one(organisationId, id)).limit(1)
  return row ?? null
}

export async function lockImport(tx: Tx, organisationId: string, id: string): Promise<ScanImportRow | null> {
  const [row] = await tx.select().from(scanImport).where(one(organisationId, id)).for('update')
  return row ?? null
}

export async function findImportOfRevision(tx: Tx, organisationId: string, revisionId: string) {
  const [row] = await tx
    .select()
    .from(scanImport)
    .where(and(eq(scanImport.organisationId, organisationId), eq(scanImport.revisionId, revisionId)))
    .orderBy(desc(scanImport.createdAt))
    .limit(1)
  return row ?? null
}

export async function updateImport(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<ScanImportRow>,
) {
  await tx.update(scanImport).set(values).where(one(organisationId, id))
}

export async function listImports(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select({ scan: scanImport, fileName: evidenceRevision.fileName, withdrawnAt: evidence.withdrawnAt })
    .from(scanImport)
    .innerJoin(
      evidenceRevision,
      and(
        eq(evidenceRevision.organisationId, scanImport.organisationId),
        eq(evidenceRevision.id, scanImport.revisionId),
      ),
    )
    .innerJoin(
      evidence,
      and(
        eq(evidence.organisationId, evidenceRevision.organisationId),
        eq(evidence.id, evidenceRevision.evidenceId),
      ),
    )
    .where(and(eq(scanImport.organisationId, organisationId), eq(scanImport.clientId, clientId)))
    .orderBy(desc(scanImport.createdAt))
}

export async function insertAssets(tx: Tx, rows: (typeof asset.$inferInsert)[]) {
  if (rows.length > 0) await tx.insert(asset).values(rows)
}

export async function insertFindings(tx: Tx, rows: (typeof finding.$inferInsert)[]) {
  if (rows.length > 0) await tx.insert(finding).values(rows)
}

export async function insertFacts(tx: Tx, rows: (typeof fact.$inferInsert)[]) {
  if (rows.length > 0) await tx.insert(fact).values(rows)
}

export interface FindingFilter {
  severity?: FindingRow['severity']
  text?: string
  offset: number
  limit: number
}

function findingWhere(organisationId: string, importId: string, filter: FindingFilter): SQL | undefined {
  const pattern = filter.text ? `%${filter.text.replace(/[\\%_]/g, '\\$&')}%` : null
  return and(
    eq(finding.organisationId, organisationId),
    eq(finding.importId, importId),
    filter.severity ? eq(finding.severity, filter.severity) : undefined,
    pattern
      ? or(ilike(finding.title, pattern), ilike(finding.assetKey, pattern), ilike(finding.checkId, pattern))
      : undefined,
  )
}

/** Worst first, then in file order. */
export async function listFindings(tx: Tx, organisationId: string, importId: string, filter: FindingFilter) {
  return tx
    .select()
    .from(finding)
    .where(findingWhere(organisationId, importId, filter))
    .orderBy(desc(finding.severityRank), asc(finding.number))
    .limit(filter.limit)
    .offset(filter.offset)
}

export async function countFindings(tx: Tx, organisationId: string, importId: string, filter: FindingFilter) {
  const [row] = await tx
    .select({ n: count() })
    .from(finding)
    .where(findingWhere(organisationId, importId, filter))
  return row?.n ?? 0
}

/** Facts of a client from evidence that was not withdrawn, with the kind that decides how long they stay fresh. */
export async function listFacts(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select({ fact, evidenceKind: evidence.kind, evidenceTitle: evidence.title })
    .from(fact)
    .innerJoin(
      evidenceRevision,
      and(eq(evidenceRevision.organisationId, fact.organisationId), eq(evidenceRevision.id, fact.revisionId)),
    )
    .innerJoin(
      evidence,
      and(
        eq(evidence.organisationId, evidenceRevision.organisationId),
        eq(evidence.id, evidenceRevision.evidenceId),
      ),
    )
    .where(
      and(
        eq(fact.organisationId, organisationId),
        eq(fact.clientId, clientId),
        isNull(evidence.withdrawnAt),
        isNull(fact.supersededAt),
      ),
    )
    .orderBy(desc(fact.observedAt), asc(fact.key))
}
