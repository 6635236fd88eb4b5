/** What officers promised in signed re-attestations, and what became of it. */
import { and, asc, desc, eq, gt, gte, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Tx } from '../client.server.ts'
import { client, promiseKept, reattestation, reattestationResult, report } from '../schema/index.ts'

export type PromiseKeptRow = typeof promiseKept.$inferSelect

export interface PromiseQuery {
  clientId?: string | undefined
  reattestationId?: string | undefined
  /** Days, YYYY-MM-DD: plans due on them, and whatever was signed on them. */
  dueFrom?: string | undefined
  dueUntil?: string | undefined
  signedFrom?: string | undefined
}

/**
 * Of clients that are not archived unless one is asked for: each answer with a plan or of which the broker is to be
 * told, as long as its report counts, and what the next signed re-attestation of the same application says of it.
 */
export async function listPromised(tx: Tx, organisationId: string, query: PromiseQuery = {}) {
  const { clientId, reattestationId, dueFrom, dueUntil, signedFrom } = query
  const [planKept, brokerKept] = [alias(promiseKept, 'plan_kept'), alias(promiseKept, 'broker_kept')]
  const kept = (table: typeof planKept | typeof brokerKept, promise: 'plan' | 'broker') =>
    and(
      eq(table.organisationId, reattestationResult.organisationId),
      eq(table.reportId, reattestationResult.reportId),
      eq(table.questionId, reattestationResult.questionId),
      eq(table.promise, promise),
      isNull(table.reopenedAt),
    )
  const later = alias(reattestation, 'later')
  const next = tx
    .select({ number: later.number, reportId: later.reportId })
    .from(later)
    .where(
      and(
        eq(later.organisationId, organisationId),
        eq(later.applicationId, reattestation.applicationId),
        eq(later.state, 'signed'),
        gt(later.periodFirst, reattestation.periodFirst),
      ),
    )
    .orderBy(asc(later.periodFirst))
    .limit(1)
    .as('next')
  const saidNext = alias(reattestationResult, 'said_next')
  const isOne = clientId !== undefined || reattestationId !== undefined
  const planDue = and(
    isNotNull(reattestationResult.planDue),
    dueFrom === undefined ? undefined : gte(reattestationResult.planDue, dueFrom),
    dueUntil === undefined ? undefined : lte(reattestationResult.planDue, dueUntil),
  )
  const brokerDue = and(
    eq(reattestationResult.broker, 'yes'),
    signedFrom === undefined ? undefined : gte(report.attestedAt, new Date(`${signedFrom}T00:00:00Z`)),
    dueUntil === undefined ? undefined : lt(report.attestedAt, new Date(`${dueUntil}T24:00:00Z`)),
  )
  return tx
    .select({
      result: reattestationResult,
      reattestation: {
        id: reattestation.id,
        number: reattestation.number,
        applicationId: reattestation.applicationId,
      },
      report: { id: report.id, attestedAt: report.attestedAt, createdBy: report.createdBy },
      client: { id: client.id, legalName: client.legalName },
      planKept,
      brokerKept,
      next: { number: next.number, result: saidNext.result },
    })
    .from(reattestationResult)
    .innerJoin(
      reattestation,
      and(
        eq(reattestation.organisationId, reattestationResult.organisationId),
        eq(reattestation.reportId, reattestationResult.reportId),
        eq(reattestation.state, 'signed'),
      ),
    )
    .innerJoin(
      report,
      and(eq(report.organisationId, reattestation.organisationId), eq(report.id, reattestation.reportId)),
    )
    .innerJoin(
      client,
      and(eq(client.organisationId, reattestation.organisationId), eq(client.id, reattestation.clientId)),
    )
    .leftJoin(planKept, kept(planKept, 'plan'))
    .leftJoin(brokerKept, kept(brokerKept, 'broker'))
    .leftJoinLateral(next, sql`true`)
    .leftJoin(
      saidNext,
      and(
        eq(saidNext.organisationId, organisationId),
        eq(saidNext.reportId, next.reportId),
        eq(saidNext.questionId, reattestationResult.questionId),
      ),
    )
    .where(
      and(
        eq(reattestationResult.organisationId, organisationId),
        clientId === undefined ? undefined : eq(reattestation.clientId, clientId),
        reattestationId === undefined ? undefined : eq(reattestation.id, reattestationId),
        isOne ? undefined : isNull(client.archivedAt),
        or(planDue, brokerDue),
      ),
    )
    .orderBy(desc(reattestation.periodFirst), asc(reattestationResult.questionId))
}
export type PromisedRow = Awaited<ReturnType<typeof listPromised>>[number]

/** @returns false where it is recorded already */
export async function insertPromiseKept(tx: Tx, row: typeof promiseKept.$inferInsert): Promise<boolean> {
  const made = await tx
    .insert(promiseKept)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: promiseKept.id })
  return made.length > 0
}

/** @returns false where nothing was recorded, or somebody else has opened it again */
export async function reopenPromise(
  tx: Tx,
  organisationId: string,
  about: Pick<PromiseKeptRow, 'reportId' | 'questionId' | 'promise'>,
  by: { reopenedAt: Date; reopenedByName: string },
): Promise<boolean> {
  const opened = await tx
    .update(promiseKept)
    .set(by)
    .where(
      and(
        eq(promiseKept.organisationId, organisationId),
        eq(promiseKept.reportId, about.reportId),
        eq(promiseKept.questionId, about.questionId),
        eq(promiseKept.promise, about.promise),
        isNull(promiseKept.reopenedAt),
      ),
    )
    .returning({ id: promiseKept.id })
  return opened.length > 0
}
