/** Reports: their rows, however far they got. */
import { and, desc, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { report } from '../schema/index.ts'

export type ReportRow = typeof report.$inferSelect
export type { KeptTimestamp } from '../schema/ledger.ts'

const one = (organisationId: string, id: string) =>
  and(eq(report.organisationId, organisationId), eq(report.id, id))

export async function insertReport(tx: Tx, row: typeof report.$inferInsert) {
  await tx.insert(report).values(row)
}

export async function findReport(tx: Tx, organisationId: string, id: string): Promise<ReportRow | null> {
  const [row] = await tx.select().from(report).where(one(organisationId, id)).limit(1)
  return row ?? null
}

export async function lockReport(tx: Tx, organisationId: string, id: string): Promise<ReportRow | null> {
  const [row] = await tx.select().from(report).where(one(organisationId, id)).for('update')
  return row ?? null
}

export async function updateReport(tx: Tx, organisationId: string, id: string, values: Partial<ReportRow>) {
  await tx.update(report).set(values).where(one(organisationId, id))
}

/** Those that a job works on. */
export async function listReportsUnderWay(tx: Tx, organisationId: string) {
  return tx
    .select({ id: report.id, state: report.state })
    .from(report)
    .where(and(eq(report.organisationId, organisationId), inArray(report.state, ['rendering', 'attesting'])))
}

export async function listReportsOfApplication(tx: Tx, organisationId: string, applicationId: string) {
  return tx
    .select()
    .from(report)
    .where(and(eq(report.organisationId, organisationId), eq(report.applicationId, applicationId)))
    .orderBy(desc(report.createdAt))
}

export async function listReportsOfClient(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select()
    .from(report)
    .where(and(eq(report.organisationId, organisationId), eq(report.clientId, clientId)))
    .orderBy(desc(report.createdAt))
}

/** @returns null before there is one; its state makes no difference */
export async function findNewestReportOfClient(tx: Tx, organisationId: string, clientId: string) {
  const [row] = await tx
    .select()
    .from(report)
    .where(and(eq(report.organisationId, organisationId), eq(report.clientId, clientId)))
    .orderBy(desc(report.createdAt))
    .limit(1)
  return row ?? null
}

/** Signed reports of a client's applications that still count, newest first; without re-attestations. */
export async function listReportsInForce(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select()
    .from(report)
    .where(
      and(
        eq(report.organisationId, organisationId),
        eq(report.clientId, clientId),
        eq(report.kind, 'application'),
        eq(report.state, 'signed'),
      ),
    )
    .orderBy(desc(report.attestedAt))
}

/** The statement of an application's report that was prepared last, whatever became of it. */
export async function findNewestStatement(tx: Tx, organisationId: string): Promise<string | null> {
  const [row] = await tx
    .select({ statement: report.statement })
    .from(report)
    .where(and(eq(report.organisationId, organisationId), eq(report.kind, 'application')))
    .orderBy(desc(report.createdAt))
    .limit(1)
  return row?.statement ?? null
}
