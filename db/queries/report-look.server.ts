/** The look of an organisation's reports, and the logos it has had. */
import { and, eq } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { reportLogo, reportLook } from '../schema/index.ts'

export type ReportLogoRow = typeof reportLogo.$inferSelect

export async function findReportLook(tx: Tx, organisationId: string) {
  const [row] = await tx
    .select({
      accent: reportLook.accent,
      sha256: reportLogo.sha256,
      widthPixels: reportLogo.widthPixels,
      heightPixels: reportLogo.heightPixels,
    })
    .from(reportLook)
    .leftJoin(
      reportLogo,
      and(
        eq(reportLogo.organisationId, reportLook.organisationId),
        eq(reportLogo.sha256, reportLook.logoSha256),
      ),
    )
    .where(eq(reportLook.organisationId, organisationId))
  return row ?? null
}

export async function findReportLogo(
  tx: Tx,
  organisationId: string,
  sha256: string,
): Promise<ReportLogoRow | null> {
  const [row] = await tx
    .select()
    .from(reportLogo)
    .where(and(eq(reportLogo.organisationId, organisationId), eq(reportLogo.sha256, sha256)))
  return row ?? null
}

/** The same picture again changes nothing. */
export async function insertReportLogo(tx: Tx, row: typeof reportLogo.$inferInsert) {
  await tx.insert(reportLogo).values(row).onConflictDoNothing()
}

/** Only what is given changes. */
export async function saveReportLook(
  tx: Tx,
  organisationId: string,
  change: { accent?: string | null; logoSha256?: string | null; changedAt: Date },
) {
  await tx
    .insert(reportLook)
    .values({ organisationId, ...change })
    .onConflictDoUpdate({ target: reportLook.organisationId, set: change })
}
