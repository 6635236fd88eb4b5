/** Takes signatures back, and publishes which ones: the revocation list of each signing authority. */
import { X509Certificate } from 'node:crypto'
import { makeRevocationList, type Revocation } from '#app/report/revocation.server.ts'
import type { Tx } from '#db/client.server.ts'
import * as keys from '#db/queries/signing-keys.server.ts'
import { openAuthority } from './authority-opening.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import type { RevokeSignature } from './report-input.ts'
import { getRuntime } from './runtime.server.ts'

/**
 * Revokes what one person signed in a report. Their key signed once and is gone, so that a revocation always means
 * that this signature should not have been made: it counts from the beginning, whatever timestamp there is.
 * @throws RefusedError `unsigned`
 */
export async function revokeSignature(
  tx: Tx,
  member: Member,
  reportId: string,
  { slot, reason }: RevokeSignature,
): Promise<void> {
  const { organisationId } = member
  const at = getRuntime().clock()
  const issued = (await keys.listIssuedForReport(tx, organisationId, reportId)).filter(
    (certificate) => (certificate.slot ?? certificate.role) === slot && certificate.revokedAt === null,
  )
  if (issued.length === 0)
    throw new RefusedError(
      'unsigned',
      'There is no signature of that person under your signing authority in this report. One with your own certificate is revoked by its issuer: withdraw the report without revoking, and tell them. Otherwise reload the page to see how it stands.',
    )
  for (const { serialNumber, name, role } of issued) {
    await keys.revokeIssued(tx, organisationId, serialNumber, { revokedAt: at, revocationReason: reason })
    await recordInLedger(tx, organisationId, {
      kind: 'certificate.revoked',
      actor: actorOf(member),
      at,
      payload: { reportId, serialNumber, role, name, reason },
    })
  }
}

/**
 * The list of one authority as of now, DER; for anybody who asks, as it says nothing but serial numbers.
 * @throws NotFoundError
 */
export async function getRevocationList(organisationId: string, keyId: string): Promise<Uint8Array> {
  const { database, clock } = getRuntime()
  const { authority, issued } = await database.inOrganisation(organisationId, async (tx) => {
    const authority = await keys.findAuthority(tx, organisationId, keyId)
    return { authority, issued: authority ? await keys.listIssued(tx, organisationId, keyId) : [] }
  })
  if (!authority) throw new NotFoundError('No such signing authority')
  return makeRevocationList({
    authority: await openAuthority(authority),
    revoked: [...listCompromised(authority, issued), ...issued.flatMap(revocationOf)],
    now: clock(),
  })
}

function revocationOf(certificate: keys.IssuedCertificateRow): Revocation[] {
  const { serialNumber, revokedAt, revocationReason: reason, issuedAt: invalidFrom } = certificate
  return revokedAt && reason ? [{ serialNumber, revokedAt, invalidFrom, reason }] : []
}

/** With an authority falls what it certified; each by itself too, for readers that look for nothing else. */
function listCompromised(
  { certificatePem, compromisedSince: since }: keys.SigningKeyRow,
  issued: readonly keys.IssuedCertificateRow[],
): Revocation[] {
  if (!since) return []
  const own = new X509Certificate(certificatePem).serialNumber.toLowerCase()
  const fallen = issued.filter(({ revokedAt }) => revokedAt === null).map(({ serialNumber }) => serialNumber)
  return [own, ...fallen].map((serialNumber) => ({
    serialNumber,
    revokedAt: since,
    invalidFrom: since,
    reason: 'authority-compromise' as const,
  }))
}
