/** Whether keys, certificates and times of the signatures are those of the people whom the statement names. */
import * as pkijs from 'pkijs'
import { slotsOf } from '../signing-order.ts'
import type { Statement } from '../statement.ts'
import { type CertificateFacts, KEY_USAGE, readCertificate } from './certificates.ts'
import type { Container } from './containers.ts'
import { coveredBytes } from './coverage.ts'
import { concatBytes, equalBytes } from './der.ts'
import { listOwnChainFaults, nameOf } from './own-certificates.ts'
import { CheckFailure } from './results.ts'
import { words } from './signature-fields.ts'
import { digestOf } from './signed-message.ts'

export interface SignedPart {
  container: Container
  signer: CertificateFacts
  /** Each issued the one before it, the first one the signer's. */
  issuers: CertificateFacts[]
  /** The preparer's own; null where the statement names another issuer. */
  authority: CertificateFacts | null
  /** The organisation under whose own authority a reviewer signed, which is `issuers[0]`; null for all others. */
  firm: { organisationId: string; name: string } | null
}

/**
 * Takes the certificates of a signature apart: those that the statement names, or else one by the preparer's authority.
 * @throws CheckFailure
 */
export function readPart(container: Container, statement: Statement | undefined, index: number): SignedPart {
  const who = words(container.field.slot)
  const [signer, ...issuers] = container.certificates.map(readCertificate)
  if (!signer) throw new CheckFailure(`The signature of the ${who} carries no certificate.`)
  const named = statement?.signers[index]?.certificates
  if (named) {
    const carried = [signer, ...issuers].map(({ sha256 }) => sha256)
    if (carried.join() !== named.join())
      throw new CheckFailure(`The ${who} signed with other certificates than the statement names.`)
    return { container, signer, issuers, authority: null, firm: null }
  }
  const [authority, ...more] = issuers
  if (!authority || more.length > 0)
    throw new CheckFailure(
      `The signature of the ${who} carries ${container.certificates.length} certificates instead of two: the signer’s and the authority’s.`,
    )
  // Between the first and the last, signatures come in any order: the field tells whose it is.
  const own = statement && slotsOf(statement.signers).find(({ id }) => id === container.field.slot)?.signer
  if (!own?.authority) return { container, signer, issuers, authority, firm: null }
  if (authority.sha256 !== own.authority.sha256)
    throw new CheckFailure(`The ${who} signed under another authority than the statement names.`)
  const firm = { organisationId: own.authority.organisationId, name: own.organisation }
  return { container, signer, issuers, authority: null, firm }
}

/** The preparer's authority; null where nobody signed under it. */
export const authorityOf = (parts: readonly SignedPart[]) =>
  parts.find(({ authority }) => authority !== null)?.authority ?? null

export function listContentFaults(bytes: Uint8Array, containers: readonly Container[]): string[] {
  return containers
    .filter(({ field, messageDigest }) => !equalBytes(digestOf(...coveredBytes(bytes, field)), messageDigest))
    .map(({ field }) => `What the ${words(field.slot)} signed was changed afterwards.`)
}

/** pkijs judges the messages whole: attributes, digest and ECDSA value. */
export async function listValueFaults(
  bytes: Uint8Array,
  containers: readonly Container[],
): Promise<string[]> {
  const faults: string[] = []
  for (const { field, der } of containers) {
    const message = new pkijs.SignedData({
      schema: pkijs.ContentInfo.fromBER(der as Uint8Array<ArrayBuffer>).content,
    })
    const data = concatBytes(...coveredBytes(bytes, field)).buffer as ArrayBuffer
    // It rejects, rather than answering no, for most of what can be wrong.
    const isValid = await message.verify({ signer: 0, data, checkChain: false }).catch(() => false)
    if (!isValid)
      faults.push(`The signature of the ${words(field.slot)} does not fit the key in its certificate.`)
  }
  return faults
}

export function listBindingFaults(parts: readonly SignedPart[]): string[] {
  return parts
    .filter(({ container, signer }) => !equalBytes(digestOf(signer.der), container.certificateDigest))
    .map(
      ({ container }) =>
        `The signature of the ${words(container.field.slot)} was made with another certificate.`,
    )
}

export async function listChainFaults(parts: readonly SignedPart[]): Promise<string[]> {
  const faults: string[] = []
  const first = authorityOf(parts)
  if (!first) faults.push('Nobody signed under the preparer’s own authority.')
  for (const { container, signer, issuers, authority, firm } of parts) {
    const who = words(container.field.slot)
    if (!authority) {
      if (!firm && container.field.role !== 'technical-contributor')
        faults.push(`The ${who} has to sign under the preparer’s own authority.`)
      const names = {
        signer: `The certificate of the ${who}`,
        issuer: (issuer: CertificateFacts) => `The issuer’s certificate “${nameOf(issuer)}”`,
      }
      faults.push(...(await listOwnChainFaults([signer, ...issuers], names)))
      if (firm && first && issuers.some((issuer) => equalBytes(issuer.der, first.der)))
        faults.push(`The ${who} signed under the preparer’s authority, not under that of ${firm.name}.`)
      continue
    }
    const verified = await signer.parsed.verify(authority.parsed).catch(() => false)
    if (!verified) faults.push(`The certificate of the ${who} was not issued by the signing authority.`)
    const selfSigned = await authority.parsed.verify(authority.parsed).catch(() => false)
    if (!selfSigned) faults.push('The certificate of the signing authority is not signed by itself.')
    if (!authority.isAuthority || (authority.keyUsage & KEY_USAGE.certify) === 0) {
      faults.push('The certificate of the signing authority may not certify others.')
    }
    if (signer.isAuthority || (signer.keyUsage & KEY_USAGE.sign) !== KEY_USAGE.sign) {
      faults.push(`The certificate of the ${who} is not made for signing documents.`)
    }
    if (first && !equalBytes(authority.der, first.der))
      faults.push('The signatures come from different authorities.')
  }
  return faults
}

export function listTimeFaults(parts: readonly SignedPart[], statement: Statement): string[] {
  // Signatures know whole seconds.
  let earliest = Math.floor(Date.parse(statement.createdAt) / 1000) * 1000
  return parts.flatMap(({ container, signer, issuers }) => {
    const { slot, at } = container.field
    const time = at.getTime()
    const faults: string[] = []
    if (time < earliest) faults.push(`The ${words(slot)} signed before there was anything to sign.`)
    for (const { notBefore, notAfter } of [signer, ...issuers]) {
      const isValid = time >= notBefore.getTime() && time <= notAfter.getTime()
      if (!isValid) faults.push(`A certificate was not valid when the ${words(slot)} signed.`)
    }
    earliest = Math.max(earliest, time)
    return faults
  })
}

export function listSignerFaults(parts: readonly SignedPart[], { signers, preparedBy }: Statement): string[] {
  const slots = slotsOf(signers)
  const faults = parts.flatMap(({ container, signer, issuers, authority, firm }, index) => {
    const { slot } = container.field
    const named = slots.find(({ id }) => id === slot)?.signer
    if (!named) return [`Signature ${index + 1} belongs to nobody whom the statement names.`]
    // The name in such a certificate is its issuer's to choose; the statement names the certificate itself.
    if (!authority && !firm)
      return container.field.name === named.name
        ? []
        : [`The ${words(named.role)} should be ${named.name}; the signature says ${container.field.name}.`]
    const isNamed =
      signer.name === named.name &&
      container.field.name === named.name &&
      signer.organisation === named.organisation &&
      signer.title === named.title &&
      signer.unit === named.role
    const [issuer] = issuers
    if (firm && !(issuer && isAuthorityOf(issuer, firm)))
      return [`The ${words(slot)} signed under an authority that is not that of ${firm.name}.`]
    return isNamed
      ? []
      : [
          `The ${words(slot)} should be ${named.name}, ${named.title}; the signature says ${signer.name ?? 'nobody'}, ${signer.title ?? 'no title'}.`,
        ]
  })
  const isPreparers = parts.every(({ authority }) => !authority || isAuthorityOf(authority, preparedBy))
  if (!isPreparers) faults.push(`The signing authority is not that of ${preparedBy.name}.`)
  return faults
}

const isAuthorityOf = (
  { organisation, alternativeNames }: CertificateFacts,
  { name, organisationId }: { name: string; organisationId: string },
) => organisation === name && alternativeNames.includes(`urn:uuid:${organisationId}`)
