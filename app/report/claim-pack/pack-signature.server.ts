/** Whether a manifest was signed by a key that the organisation's authority certified for claim packs. */
import { verify, X509Certificate } from 'node:crypto'
import type { Manifest } from './manifest.ts'
import { PACK_UNIT } from './manifest.ts'

const ONE_PEM = /^-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----\r?\n$/

/** @returns null for a file that holds anything but one certificate */
export function readCertificateFile(bytes: Buffer): X509Certificate | null {
  const text = bytes.toString('latin1')
  if (!ONE_PEM.test(text)) return null
  try {
    const certificate = new X509Certificate(text)
    // One certificate has one spelling: other line breaks or stray bits are another file.
    return certificate.toString().trim() === text.trim() ? certificate : null
  } catch {
    return null
  }
}

export function hasSigned(signer: X509Certificate, manifest: Buffer, signature: Buffer): boolean {
  if (signer.publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false
  try {
    return verify('sha256', manifest, signer.publicKey, signature)
  } catch {
    return false
  }
}

/** Sentences; none where signer and authority are what they should be for this manifest. */
export function listSignerFaults(
  signer: X509Certificate,
  authority: X509Certificate,
  { organisation, madeAt }: Pick<Manifest, 'organisation' | 'madeAt'>,
): string[] {
  const faults: string[] = []
  if (!authority.ca || !authority.verify(authority.publicKey))
    faults.push('authority.pem is no signing authority.')
  if (signer.ca || !signer.checkIssued(authority) || !signer.verify(authority.publicKey))
    faults.push('The authority did not issue the certificate in signer.pem.')
  const subject = signer.toLegacyObject().subject as unknown as Record<string, unknown>
  if (subject.OU !== PACK_UNIT) faults.push('The certificate in signer.pem was not made for claim packs.')
  if (authority.subjectAltName !== `URI:urn:uuid:${organisation.id}`)
    faults.push('The authority is that of another organisation.')
  // Certificates know whole seconds.
  const at = Math.floor(Date.parse(madeAt) / 1000) * 1000
  const isValid = [signer, authority].every(
    ({ validFrom, validTo }) => Date.parse(validFrom) <= at && at <= Date.parse(validTo),
  )
  if (!isValid) faults.push('The certificates are not valid at the time at which the pack was made.')
  return faults
}
