/** The document-signing certificate that an organisation brings from another issuer: taken, used, removed. */
import { decryptKey, encryptKey } from '#app/report/authority-keys/encrypted-key.server.ts'
import type { SigningIdentity } from '#app/report/keys.server.ts'
import { chooseCertificate } from '#app/report/own-certificate/choose-certificate.server.ts'
import { MOST_PKCS12_BYTES, openPkcs12, tooLarge } from '#app/report/own-certificate/open-pkcs12.server.ts'
import { OwnCertificateError } from '#app/report/own-certificate/own-certificate-error.ts'
import { identityOf } from '#app/report/own-certificate/own-identity.server.ts'
import {
  type CertificateFacts,
  fingerprint,
  readCertificate,
  readChain,
} from '#app/report/verify/certificates.ts'
import { nameOf } from '#app/report/verify/own-certificates.ts'
import type { Tx } from '#db/client.server.ts'
import { lockLedger } from '#db/queries/ledger.server.ts'
import * as keys from '#db/queries/signing-keys.server.ts'
import { RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member, requireOwner } from './member.ts'
import type { RemoveOwnInput, TakeOwnInput } from './own-certificate-input.ts'
import { getRuntime } from './runtime.server.ts'

const factsOf = (row: keys.SigningKeyRow) => readChain(row.certificatePem).map(readCertificate)

/** What pages show of each, newest first. */
export async function listOwnCertificates({ organisationId }: Member) {
  const rows = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    keys.listOwn(tx, organisationId),
  )
  return rows.map((row) => {
    const [signer, issuer] = factsOf(row) as [CertificateFacts, CertificateFacts]
    return {
      id: row.id,
      name: nameOf(signer),
      issuer: nameOf(issuer),
      fingerprint: fingerprint(signer.sha256),
      issuerFingerprint: fingerprint(issuer.sha256),
      validUntil: signer.notAfter,
      takenAt: row.createdAt,
      removedAt: row.retiredAt,
      removalReason: row.retirementReason,
    }
  })
}

/** @throws RefusedError `p12-size` as soon as more arrives than such a file may have */
export function collectPkcs12(file: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return refusing(async () => {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of file) {
      size += chunk.byteLength
      if (size > MOST_PKCS12_BYTES) throw tooLarge()
      chunks.push(chunk)
    }
    return new Uint8Array(Buffer.concat(chunks))
  })
}

/**
 * Takes the certificate of a PKCS #12 file; one that is in use is replaced, which needs a reason.
 * @throws RefusedError `owner`, `reason`, and with the code and sentence of what is wrong with the file
 */
export async function takeOwnCertificate(
  member: Member,
  file: Uint8Array,
  { password, reason }: TakeOwnInput,
): Promise<void> {
  requireOwner(member, 'brings or removes its certificate')
  const { clock, database, newId, settings } = getRuntime()
  const { organisationId } = member
  const taken = await refusing(async () => chooseCertificate(await openPkcs12({ file, password }), clock()))
  const [signer, issuer] = taken.chain as [CertificateFacts, CertificateFacts]
  const encryptedKeyPem = encryptKey(taken.privateKey, settings.secret)
  await database.inOrganisation(organisationId, async (tx) => {
    await lockLedger(tx, organisationId)
    const before = await keys.findOwnInUse(tx, organisationId)
    if (before && !reason)
      throw new RefusedError('reason', 'Say why the certificate in use is replaced, and send the file again.')
    if (before) await remove(tx, member, before.id, reason)
    const row = {
      ...{ organisationId, id: newId(), purpose: 'signer' as const, createdAt: clock() },
      ...{ subject: nameOf(signer), certificatePem: taken.chainPem, encryptedKeyPem, keyReference: null },
    }
    await keys.insertSigningKey(tx, row)
    await recordInLedger(tx, organisationId, {
      kind: 'own-certificate.taken',
      actor: actorOf(member),
      at: row.createdAt,
      payload: {
        keyId: row.id,
        subject: row.subject,
        issuer: nameOf(issuer),
        certificates: taken.chain.map(({ sha256 }) => sha256),
        certificatePem: taken.chainPem,
      },
    })
  })
}

/**
 * From now on the authority certifies the contributor again. The key is forgotten; reports from before stay as they are.
 * @throws RefusedError `owner`, `removed` when there is none
 */
export async function removeOwnCertificate(member: Member, { reason }: RemoveOwnInput): Promise<void> {
  requireOwner(member, 'brings or removes its certificate')
  const { organisationId } = member
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await lockLedger(tx, organisationId)
    const inUse = await keys.findOwnInUse(tx, organisationId)
    if (!inUse)
      throw new RefusedError('removed', 'There is no certificate of your own any more. Reload the page.')
    await remove(tx, member, inUse.id, reason)
  })
}

async function remove(tx: Tx, member: Member, keyId: string, reason: string): Promise<void> {
  const { organisationId } = member
  const at = getRuntime().clock()
  await keys.retireOwn(tx, organisationId, keyId, { retiredAt: at, retirementReason: reason })
  await recordInLedger(tx, organisationId, {
    kind: 'own-certificate.removed',
    actor: actorOf(member),
    at,
    payload: { keyId, reason },
  })
}

/**
 * What a statement says of the contributor's certificate: nothing while the authority certifies them.
 * @throws RefusedError `own-expired`
 */
export async function namedCertificates(
  tx: Tx,
  organisationId: string,
): Promise<{ certificates?: string[] }> {
  const row = await keys.findOwnInUse(tx, organisationId)
  if (!row) return {}
  const chain = factsOf(row)
  const now = getRuntime().clock()
  const expired = chain.find(({ notAfter }) => now > notAfter)
  if (expired)
    throw new RefusedError(
      'own-expired',
      `Your own certificate cannot sign any more: “${nameOf(expired)}” expired on ${expired.notAfter.toISOString().slice(0, 10)}. An owner replaces or removes it under Account, Signing authority.`,
    )
  return { certificates: chain.map(({ sha256 }) => sha256) }
}

/**
 * The certificate that a statement names, ready to sign.
 * @throws RefusedError `own-removed` when it is no longer in use
 */
export async function openOwnIdentity(
  organisationId: string,
  certificates: readonly string[],
): Promise<SigningIdentity> {
  const { database, settings } = getRuntime()
  const row = await database.inOrganisation(organisationId, (tx) => keys.findOwnInUse(tx, organisationId))
  const isNamed =
    row &&
    factsOf(row)
      .map(({ sha256 }) => sha256)
      .join() === certificates.join()
  if (!isNamed || !row.encryptedKeyPem)
    throw new RefusedError(
      'own-removed',
      'The certificate with which this report was to be certified was replaced or removed meanwhile. Prepare the report again.',
    )
  return identityOf(decryptKey(row.encryptedKeyPem, settings.secret), row.certificatePem)
}

/** What is wrong with a file is told beside the form in which it was chosen. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof OwnCertificateError) throw new RefusedError(error.code, error.message)
    throw error
  }
}
