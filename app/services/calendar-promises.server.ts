/** What officers promised in re-attestations, in the calendar: plans by their day, and brokers to be told. */
import type { Tx } from '#db/client.server.ts'
import { listPromised } from '#db/queries/promises.server.ts'
import type { CalendarEntry } from './calendar-entries.ts'
import { promisesOf, signedFor } from './promise-standing.ts'

interface Days {
  /** YYYY-MM-DD, both included. */
  from: string
  until: string
  clientId?: string | undefined
}

/** What was kept, or gone through again since, stays in the calendar as settled. */
export async function promisesDue(
  tx: Tx,
  organisationId: string,
  { from, until, clientId }: Days,
): Promise<CalendarEntry[]> {
  const which = { clientId, dueFrom: from, dueUntil: until, signedFrom: signedFor(from) }
  return (await listPromised(tx, organisationId, which)).flatMap((row) =>
    promisesOf(row)
      .filter(({ dueOn }) => from <= dueOn && dueOn <= until)
      .map(({ key, title, dueOn, owner, isOpen }) => ({
        ...{ key, kind: 'promise' as const, client: row.client, day: dueOn, at: null, title },
        detail: `Promised in re-attestation ${row.reattestation.number}`,
        ...{ owner, href: `/reattestations/${row.reattestation.id}/promises`, isSettled: !isOpen },
      })),
  )
}
