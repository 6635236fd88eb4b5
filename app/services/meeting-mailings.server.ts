/** Which version of an invitation was mailed to whom; the ledger knows, and nothing else keeps it. */
import { z } from 'zod'
import type { Tx } from '#db/client.server.ts'
import { listEntriesSaying } from '#db/queries/ledger.server.ts'

const Mailed = z.object({
  sequence: z.number(),
  recipients: z.array(z.string()),
  /** Not said by the oldest entries. */
  time: z.object({ heldOn: z.string(), startsAt: z.string(), timeZone: z.string() }).optional(),
})
export type Mailing = z.output<typeof Mailed> & { at: Date }

/** Newest first. */
export async function listMailings(tx: Tx, organisationId: string, meetingId: string): Promise<Mailing[]> {
  const says = JSON.stringify({ meetingId }).slice(1, -1)
  const entries = await listEntriesSaying(tx, organisationId, 'meeting.invitation-mailed', says)
  return entries.map(({ payload, at }) => ({ ...Mailed.parse(JSON.parse(payload)), at }))
}

/** What this address was mailed last; null where it was mailed nothing. @param mailings newest first */
export const lastTo = (mailings: readonly Mailing[], email: string): Mailing | null =>
  mailings.find(({ recipients }) =>
    recipients.some((recipient) => recipient.toLowerCase() === email.toLowerCase()),
  ) ?? null
