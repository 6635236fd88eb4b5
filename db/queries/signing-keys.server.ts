/** Signing authorities and what they issued. */
import { and, asc, count, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Tx } from '../client.server.ts'
import { issuedCertificate, signingKey } from '../schema/index.ts'

export type SigningKeyRow = typeof signingKey.$inferSelect
export type IssuedCertificateRow = typeof issuedCertificate.$inferSelect

const authorities = (organisationId: string) =>
  and(eq(signingKey.organisationId, organisationId), eq(signingKey.purpose, 'authority'))

/** The one that signs what is new. */
export async function findAuthorityInUse(tx: Tx, organisationId: string): Promise<SigningKeyRow | null> {
  const [row] = await tx
    .select()
    .from(signingKey)
    .where(and(authorities(organisationId), isNull(signingKey.retiredAt)))
  return row ?? null
}

export async function findAuthority(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<SigningKeyRow | null> {
  const [row] = await tx
    .select()
    .from(signingKey)
    .where(and(authorities(organisationId), eq(signingKey.id, id)))
  return row ?? null
}

const own = (organisationId: string) =>
  and(eq(signingKey.organisationId, organisationId), eq(signingKey.purpose, 'signer'))

/** The certificate that the organisation brought and that signs for its contributor. */
export async function findOwnInUse(tx: Tx, organisationId: string): Promise<SigningKeyRow | null> {
  const [row] = await tx
    .select()
    .from(signingKey)
    .where(and(own(organisationId), isNull(signingKey.retiredAt)))
  return row ?? null
}

/** Newest first. */
export function listOwn(tx: Tx, organisationId: string): Promise<SigningKeyRow[]> {
  return tx.select().from(signingKey).where(own(organisationId)).orderBy(desc(signingKey.createdAt))
}

/** Its key is forgotten with it. */
export async function retireOwn(
  tx: Tx,
  organisationId: string,
  id: string,
  values: { retiredAt: Date; retirementReason: string },
): Promise<void> {
  await tx
    .update(signingKey)
    .set({ ...values, encryptedKeyPem: null })
    .where(and(own(organisationId), eq(signingKey.id, id)))
}

/** Newest first. */
export function listAuthorities(tx: Tx, organisationId: string): Promise<SigningKeyRow[]> {
  return tx.select().from(signingKey).where(authorities(organisationId)).orderBy(desc(signingKey.createdAt))
}

export async function insertSigningKey(tx: Tx, row: typeof signingKey.$inferInsert): Promise<void> {
  await tx.insert(signingKey).values(row)
}

export async function updateSigningKey(
  tx: Tx,
  organisationId: string,
  id: string,
  values: Partial<Pick<SigningKeyRow, 'retiredAt' | 'retirementReason' | 'compromisedSince'>>,
): Promise<void> {
  await tx
    .update(signingKey)
    .set(values)
    .where(and(authorities(organisationId), eq(signingKey.id, id)))
}

export async function insertIssued(tx: Tx, row: typeof issuedCertificate.$inferInsert): Promise<void> {
  await tx.insert(issuedCertificate).values(row)
}

/** Of the signatures of one report, oldest first; a job that was interrupted leaves one that signed nothing. */
export function listIssuedForReport(
  tx: Tx,
  organisationId: string,
  reportId: string,
): Promise<IssuedCertificateRow[]> {
  return tx
    .select()
    .from(issuedCertificate)
    .where(
      and(eq(issuedCertificate.organisationId, organisationId), eq(issuedCertificate.reportId, reportId)),
    )
    .orderBy(asc(issuedCertificate.issuedAt))
}

/** How many certificates each authority issued, and how many of them were taken back. */
export function countIssued(tx: Tx, organisationId: string) {
  return tx
    .select({
      authorityId: issuedCertificate.authorityId,
      issued: count(),
      revoked: count(issuedCertificate.revokedAt),
    })
    .from(issuedCertificate)
    .where(eq(issuedCertificate.organisationId, organisationId))
    .groupBy(issuedCertificate.authorityId)
}

/** Everything that one authority issued, oldest first. */
export function listIssued(
  tx: Tx,
  organisationId: string,
  authorityId: string,
): Promise<IssuedCertificateRow[]> {
  return tx
    .select()
    .from(issuedCertificate)
    .where(
      and(
        eq(issuedCertificate.organisationId, organisationId),
        eq(issuedCertificate.authorityId, authorityId),
      ),
    )
    .orderBy(asc(issuedCertificate.issuedAt))
}

/** What was taken back, newest first. */
export function listRevoked(tx: Tx, organisationId: string): Promise<IssuedCertificateRow[]> {
  return tx
    .select()
    .from(issuedCertificate)
    .where(and(eq(issuedCertificate.organisationId, organisationId), isNotNull(issuedCertificate.revokedAt)))
    .orderBy(desc(issuedCertificate.revokedAt))
}

export async function revokeIssued(
  tx: Tx,
  organisationId: string,
  serialNumber: string,
  values: { revokedAt: Date; revocationReason: NonNullable<IssuedCertificateRow['revocationReason']> },
): Promise<void> {
  await tx
    .update(issuedCertificate)
    .set(values)
    .where(
      and(
        eq(issuedCertificate.organisationId, organisationId),
        eq(issuedCertificate.serialNumber, serialNumber),
        isNull(issuedCertificate.revokedAt),
      ),
    )
}
