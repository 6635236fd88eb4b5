/** Whether a checkpoint was signed by a key that the organisation's authority certified for that and nothing else. */
import { verify, X509Certificate } from 'node:crypto'
import type { CheckpointBody, SealedCheckpoint } from './checkpoint.ts'

/** The unit (OU) in the certificate of a key that signs checkpoints: no signer of reports has it. */
export const CHECKPOINT_UNIT = 'ledger-checkpoint'

export interface CheckpointSigner {
  /** PEM as it stands in the checkpoint. */
  authorityPem: string
  /** The authority's name (CN). */
  authorityName: string
  /** SHA-256 of the authority's certificate, "AB:CD:…". */
  fingerprint: string
}

export type SignatureVerdict =
  | { signer: CheckpointSigner; faults: string[] }
  | { signer: null; faults: string[] }

/** Never throws for what stands in the checkpoint: whatever is wrong is a sentence in `faults`. */
export function judgeSignature(checkpoint: SealedCheckpoint, body: CheckpointBody): SignatureVerdict {
  const pems = checkpoint.certificates.match(
    /-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----\r?\n/g,
  )
  const [leafPem, authorityPem] = pems ?? []
  if (!leafPem || !authorityPem || leafPem + authorityPem !== checkpoint.certificates) {
    return { signer: null, faults: ['does not carry the two certificates that it needs.'] }
  }
  try {
    const leaf = new X509Certificate(leafPem)
    const authority = new X509Certificate(authorityPem)
    const signer = {
      authorityPem,
      authorityName: commonName(authority),
      fingerprint: authority.fingerprint256,
    }
    const faults = [
      ...listCertificateFaults(leaf, authority, body),
      ...(hasSigned(leaf, checkpoint) ? [] : ['does not fit its signature: one of the two was changed.']),
    ]
    return { signer, faults }
  } catch {
    return { signer: null, faults: ['carries a certificate that cannot be read.'] }
  }
}

function hasSigned(leaf: X509Certificate, { body, signature }: SealedCheckpoint): boolean {
  const der = Buffer.from(signature, 'base64')
  // Base64 has several spellings of the same bytes; ours is the padded one.
  if (der.toString('base64') !== signature) return false
  if (leaf.publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false
  try {
    return verify('sha256', Buffer.from(body), leaf.publicKey, der)
  } catch {
    return false
  }
}

function listCertificateFaults(
  leaf: X509Certificate,
  authority: X509Certificate,
  body: CheckpointBody,
): string[] {
  const faults: string[] = []
  if (!authority.ca || !authority.verify(authority.publicKey)) {
    faults.push('was signed under a certificate that is no signing authority.')
  }
  if (leaf.ca || !leaf.checkIssued(authority) || !leaf.verify(authority.publicKey)) {
    faults.push('was signed with a certificate that its authority did not issue.')
  }
  if (namesOf(leaf).OU !== CHECKPOINT_UNIT) {
    faults.push('was signed with a certificate that was not made for checkpoints.')
  }
  if (authority.subjectAltName !== `URI:urn:uuid:${body.organisationId}`) {
    faults.push('was signed under the authority of another organisation.')
  }
  // Certificates know whole seconds.
  const at = Math.floor(Date.parse(body.createdAt) / 1000) * 1000
  const isValid = [leaf, authority].every(
    ({ validFrom, validTo }) => Date.parse(validFrom) <= at && at <= Date.parse(validTo),
  )
  if (!isValid) faults.push('was made at a time for which its certificates are not valid.')
  return faults
}

/** Two names of one kind come as a list, which equals no text. */
const namesOf = (certificate: X509Certificate) =>
  certificate.toLegacyObject().subject as unknown as Record<string, string | string[] | undefined>

const commonName = (certificate: X509Certificate) => String(namesOf(certificate).CN ?? 'unnamed')

/** "AB:CD:…" of a PEM file; null where it holds no certificate. */
export function fingerprintOf(pem: string): string | null {
  try {
    return new X509Certificate(pem).fingerprint256
  } catch {
    return null
  }
}
