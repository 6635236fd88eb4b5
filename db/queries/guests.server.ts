/** Links of people without an account, and what they did with them. */
import { and, asc, desc, eq, gte, isNull } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { guestAccess, guestLink, mailMessage } from '../schema/index.ts'

export type GuestLinkRow = typeof guestLink.$inferSelect
export type GuestAccessRow = typeof guestAccess.$inferSelect

export interface GuestSubject {
  kind: GuestLinkRow['kind']
  subjectId: string
}

export async function insertGuestLink(tx: Tx, row: typeof guestLink.$inferInsert) {
  await tx.insert(guestLink).values(row)
}

/** Locked to the end of the transaction, so that two tries of a code are counted one after the other. */
export async function lockGuestLinkByToken(
  tx: Tx,
  organisationId: string,
  which: { kind: GuestLinkRow['kind']; tokenSha256: string },
): Promise<GuestLinkRow | null> {
  const [row] = await tx
    .select()
    .from(guestLink)
    .where(
      and(
        eq(guestLink.organisationId, organisationId),
        eq(guestLink.tokenSha256, which.tokenSha256),
        eq(guestLink.kind, which.kind),
      ),
    )
    .for('update')
  return row ?? null
}

export async function updateGuestLink(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<GuestLinkRow>,
) {
  await tx
    .update(guestLink)
    .set(values)
    .where(and(eq(guestLink.organisationId, organisationId), eq(guestLink.id, id)))
}

const ofSubject = (organisationId: string, { kind, subjectId }: GuestSubject) =>
  and(
    eq(guestLink.organisationId, organisationId),
    eq(guestLink.kind, kind),
    eq(guestLink.subjectId, subjectId),
  )

/** Newest first. */
export async function listGuestLinks(tx: Tx, organisationId: string, subject: GuestSubject) {
  return tx.select().from(guestLink).where(ofSubject(organisationId, subject)).orderBy(desc(guestLink.sentAt))
}

/** Newest first, each with how the mail stands that carried it. */
export async function listMailedLinks(tx: Tx, organisationId: string, subject: GuestSubject) {
  const rows = await tx
    .select({ link: guestLink, mail: { id: mailMessage.id, state: mailMessage.state } })
    .from(guestLink)
    .innerJoin(
      mailMessage,
      and(eq(mailMessage.organisationId, guestLink.organisationId), eq(mailMessage.id, guestLink.mailId)),
    )
    .where(ofSubject(organisationId, subject))
    .orderBy(desc(guestLink.sentAt))
  return rows.map(({ link, mail }) => ({ ...link, mail }))
}

/**
 * Those that were not revoked before.
 * @param only one link, or those of one person; all to the subject where absent
 * @returns them
 */
export async function revokeGuestLinks(
  tx: Tx,
  organisationId: string,
  subject: GuestSubject,
  revokedAt: Date,
  only: { id?: string; recipientEmail?: string } = {},
) {
  return tx
    .update(guestLink)
    .set({ revokedAt, sessionSha256: null, sessionUntil: null, codeMac: null })
    .where(
      and(
        ofSubject(organisationId, subject),
        isNull(guestLink.revokedAt),
        only.id === undefined ? undefined : eq(guestLink.id, only.id),
        only.recipientEmail === undefined ? undefined : eq(guestLink.recipientEmail, only.recipientEmail),
      ),
    )
    .returning({ id: guestLink.id, mailId: guestLink.mailId })
}

export async function insertGuestAccess(tx: Tx, row: typeof guestAccess.$inferInsert) {
  await tx.insert(guestAccess).values(row)
}

/** Whether the same was done from the same address at or after `since`. */
export async function hasGuestAccessSince(
  tx: Tx,
  organisationId: string,
  what: { linkId: string; kind: GuestAccessRow['kind']; address: string },
  since: Date,
): Promise<boolean> {
  const found = await tx
    .select({ id: guestAccess.id })
    .from(guestAccess)
    .where(
      and(
        eq(guestAccess.organisationId, organisationId),
        eq(guestAccess.linkId, what.linkId),
        eq(guestAccess.kind, what.kind),
        eq(guestAccess.address, what.address),
        gte(guestAccess.at, since),
      ),
    )
    .limit(1)
  return found.length > 0
}

/** Of all links to one thing, in order, each with whom the link was for. */
export async function listGuestAccess(tx: Tx, organisationId: string, subject: GuestSubject) {
  return tx
    .select({
      access: guestAccess,
      recipientName: guestLink.recipientName,
      recipientEmail: guestLink.recipientEmail,
    })
    .from(guestAccess)
    .innerJoin(
      guestLink,
      and(eq(guestLink.organisationId, guestAccess.organisationId), eq(guestLink.id, guestAccess.linkId)),
    )
    .where(ofSubject(organisationId, subject))
    .orderBy(asc(guestAccess.at), asc(guestAccess.id))
}

/** The things of a kind that somebody still has a link to which was not taken back. */
export async function listOpenGuestSubjects(
  tx: Tx,
  organisationId: string,
  kind: GuestLinkRow['kind'],
): Promise<Set<string>> {
  const rows = await tx
    .selectDistinct({ subjectId: guestLink.subjectId })
    .from(guestLink)
    .where(
      and(
        eq(guestLink.organisationId, organisationId),
        eq(guestLink.kind, kind),
        isNull(guestLink.revokedAt),
      ),
    )
  return new Set(rows.map(({ subjectId }) => subjectId))
}
