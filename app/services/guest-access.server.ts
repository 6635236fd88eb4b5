/** What people without an account did with their links: kept at the door, shown to whoever sent them. */
import { cutText } from '#app/language/cut-text.ts'
import type { Tx } from '#db/client.server.ts'
import * as guests from '#db/queries/guests.server.ts'
import { SAME_VISIT_MINUTES } from './report-share-rules.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'

export type GuestAccessKind = guests.GuestAccessRow['kind']

/** What somebody does again and again in one visit is written down once. */
const ONCE_A_VISIT: readonly GuestAccessKind[] = ['opened', 'turned-away']

export async function recordGuestAccess(
  tx: Tx,
  link: Pick<guests.GuestLinkRow, 'organisationId' | 'id'>,
  access: { kind: GuestAccessKind; revisionId?: string; at: Date; caller: Caller },
): Promise<void> {
  const { organisationId, id: linkId } = link
  const { kind, at } = access
  const address = oneLine(access.caller.address, 100)
  if (ONCE_A_VISIT.includes(kind)) {
    const since = new Date(at.getTime() - SAME_VISIT_MINUTES * 60_000)
    if (await guests.hasGuestAccessSince(tx, organisationId, { linkId, kind, address }, since)) return
  }
  await guests.insertGuestAccess(tx, {
    organisationId,
    id: getRuntime().newId(),
    linkId,
    kind,
    revisionId: access.revisionId ?? null,
    at,
    address,
    userAgent: oneLine(access.caller.userAgent, 200),
  })
}

/** A header of somebody unknown, as it may be kept and shown. */
export const oneLine = (text: string, length: number) => cutText(text.replace(/\p{Cc}+/gu, ' '), length)
