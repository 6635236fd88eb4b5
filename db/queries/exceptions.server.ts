/** Exceptions: recorded once, revoked at most once, never changed or deleted. */
import { and, asc, eq, getTableColumns, gte, inArray, isNull, lte } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { application, client, exception } from '../schema/index.ts'

export type ExceptionRow = typeof exception.$inferSelect

export async function insertException(tx: Tx, row: typeof exception.$inferInsert) {
  await tx.insert(exception).values(row)
}

export async function listExceptions(tx: Tx, organisationId: string, applicationIds: string[]) {
  if (applicationIds.length === 0) return []
  return tx
    .select()
    .from(exception)
    .where(
      and(eq(exception.organisationId, organisationId), inArray(exception.applicationId, applicationIds)),
    )
    .orderBy(asc(exception.recordedAt))
}

/** Of all applications of a client that were not discarded, whatever became of the exceptions. */
export async function listExceptionsOfClient(tx: Tx, organisationId: string, clientId: string) {
  return tx
    .select({ exception: getTableColumns(exception), application: getTableColumns(application) })
    .from(exception)
    .innerJoin(
      application,
      and(
        eq(application.organisationId, exception.organisationId),
        eq(application.id, exception.applicationId),
      ),
    )
    .where(
      and(
        eq(exception.organisationId, organisationId),
        eq(application.clientId, clientId),
        isNull(application.discardedAt),
      ),
    )
    .orderBy(asc(exception.expiresOn), asc(exception.recordedAt), asc(exception.id))
}

/** Those that end on these days, both included: not revoked, of clients that are not archived. @param clientId only this one's */
export async function listExceptionsEnding(
  tx: Tx,
  organisationId: string,
  { from, until, clientId }: { from: string; until: string; clientId?: string },
) {
  return tx
    .select({
      exception: getTableColumns(exception),
      client: { id: client.id, legalName: client.legalName },
    })
    .from(exception)
    .innerJoin(
      application,
      and(
        eq(application.organisationId, exception.organisationId),
        eq(application.id, exception.applicationId),
      ),
    )
    .innerJoin(
      client,
      and(eq(client.organisationId, application.organisationId), eq(client.id, application.clientId)),
    )
    .where(
      and(
        eq(exception.organisationId, organisationId),
        gte(exception.expiresOn, from),
        lte(exception.expiresOn, until),
        clientId === undefined ? undefined : eq(application.clientId, clientId),
        isNull(exception.revokedAt),
        isNull(application.discardedAt),
        isNull(client.archivedAt),
      ),
    )
    .orderBy(asc(exception.expiresOn), asc(exception.id))
}

export async function findException(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<ExceptionRow | null> {
  const [row] = await tx
    .select()
    .from(exception)
    .where(and(eq(exception.organisationId, organisationId), eq(exception.id, id)))
    .limit(1)
  return row ?? null
}

/** @returns null when there is none that was not revoked yet. */
export async function revokeException(
  tx: Tx,
  organisationId: string,
  id: string,
  revoked: { revokedAt: Date; revokedByName: string; revokedReason: string },
): Promise<ExceptionRow | null> {
  const [row] = await tx
    .update(exception)
    .set(revoked)
    .where(
      and(eq(exception.organisationId, organisationId), eq(exception.id, id), isNull(exception.revokedAt)),
    )
    .returning()
  return row ?? null
}
