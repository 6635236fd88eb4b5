/** Whether keys, certificates and times of the signatures are those of the people whom the statement names. */
import * as pkijs from 'pkijs'
import type { Statement } from '../statement.ts'
import { type CertificateFacts, KEY_USAGE } from './certificates.ts'
import type { Container } from './containers.ts'
import { coveredBytes } from './coverage.ts'
import { concatBytes, equalBytes } from './der.ts'
import { words } from './signature-fields.ts'
import { digestOf } from './signed-message.ts'

export interface SignedPart {
  container: Container
  signer: CertificateFacts
  authority: CertificateFacts
}

export function listContentFaults(bytes: Uint8Array, containers: readonly Container[]): string[] {
  return containers
    .filter(({ field, messageDigest }) => !equalBytes(digestOf(...coveredBytes(bytes, field)), messageDigest))
    .map(({ field }) => `What the ${words(field.role)} signed was changed afterwards.`)
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
      faults.push(`The signature of the ${words(field.role)} does not fit the key in its certificate.`)
  }
  return faults
}

export function listBindingFaults(parts: readonly SignedPart[]): string[] {
  return parts
    .filter(
      ({ container }) => !equalBytes(digestOf(container.signerCertificate), container.certificateDigest),
    )
    .map(
      ({ container }) =>
        `The signature of the ${words(container.field.role)} was made with another certificate.`,
    )
}

export async function listChainFaults(parts: readonly SignedPart[]): Promise<string[]> {
  const faults: string[] = []
  const [first] = parts
  for (const { container, signer, authority } of parts) {
    const who = words(container.field.role)
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
    if (first && !equalBytes(authority.der, first.authority.der))
      faults.push('The signatures come from different authorities.')
  }
  return faults
}

export function listTimeFaults(parts: readonly SignedPart[], statement: Statement): string[] {
  // Signatures know whole seconds.
  let earliest = Math.floor(Date.parse(statement.createdAt) / 1000) * 1000
  return parts.flatMap(({ container, signer, authority }) => {
    const { role, at } = container.field
    const time = at.getTime()
    const faults: string[] = []
    if (time < earliest) faults.push(`The ${words(role)} signed before there was anything to sign.`)
    for (const { notBefore, notAfter } of [signer, authority]) {
      const isValid = time >= notBefore.getTime() && time <= notAfter.getTime()
      if (!isValid) faults.push(`A certificate was not valid when the ${words(role)} signed.`)
    }
    earliest = Math.max(earliest, time)
    return faults
  })
}

export function listSignerFaults(parts: readonly SignedPart[], { signers, preparedBy }: Statement): string[] {
  const faults = parts.flatMap(({ container, signer }, index) => {
    const named = signers[index]
    if (!named) return [`Signature ${index + 1} belongs to nobody whom the statement names.`]
    const isNamed =
      signer.name === named.name &&
      container.field.name === named.name &&
      signer.organisation === named.organisation &&
      signer.title === named.title &&
      signer.unit === named.role
    return isNamed
      ? []
      : [
          `The ${words(named.role)} should be ${named.name}, ${named.title}; the signature says ${signer.name ?? 'nobody'}, ${signer.title ?? 'no title'}.`,
        ]
  })
  const isPreparers = parts.every(
    ({ authority }) =>
      authority.organisation === preparedBy.name &&
      authority.alternativeNames.includes(`urn:uuid:${preparedBy.organisationId}`),
  )
  if (!isPreparers) faults.push(`The signing authority is not that of ${preparedBy.name}.`)
  return faults
}
