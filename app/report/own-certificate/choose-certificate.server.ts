/** Finds the one key of a PKCS #12 file, its certificate, and the chain above it; judged as the verifier will judge. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { MOST_CERTIFICATES } from '../statement.ts'
import { toPem } from '../twins/envelope.ts'
import { type CertificateFacts, readCertificate } from '../verify/certificates.ts'
import { equalBytes } from '../verify/der.ts'
import { isNamedIssuer, listOwnChainFaults, nameOf } from '../verify/own-certificates.ts'
import { CheckFailure } from '../verify/results.ts'
import { keyKindOf, publicKeyIn } from '../verify/signature-value.ts'
import { OwnCertificateError } from './own-certificate-error.ts'
import type { Pkcs12Contents } from './read-pkcs12.server.ts'

export interface OwnCertificate {
  privateKey: KeyObject
  /** The signer's, then each issuer's up to the root. */
  chain: [CertificateFacts, ...CertificateFacts[]]
  /** All of them, in that order. */
  chainPem: string
}

/** @throws OwnCertificateError with everything that is wrong with the chain, or with what is missing */
export async function chooseCertificate(contents: Pkcs12Contents, now: Date): Promise<OwnCertificate> {
  const privateKey = readKey(contents.keys)
  const certificates = contents.certificates.map(readGiven)
  if (certificates.length === 0)
    throw new OwnCertificateError(
      'p12-no-certificate',
      'The file holds a key and no certificate. Export the certificate together with its key and its chain.',
    )
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const signer = certificates.find(({ der }) => equalBytes(publicKeyIn(der), publicKey))
  if (!signer)
    throw new OwnCertificateError(
      'p12-no-certificate',
      'None of the certificates in the file belongs to its key. Export the certificate together with its own key.',
    )
  const chain = await findChain(signer, certificates)
  await judge(chain, now)
  return { privateKey, chain, chainPem: chain.map(({ der }) => toPem(der)).join('') }
}

function readKey(keys: readonly Uint8Array[]): KeyObject {
  const [first, ...others] = keys
  if (!first)
    throw new OwnCertificateError(
      'p12-no-key',
      'The file holds certificates and no key. Export it again together with the private key.',
    )
  if (others.some((key) => !equalBytes(key, first)))
    throw new OwnCertificateError(
      'p12-several-keys',
      'The file holds several keys. Export only the one with which documents are to be signed.',
    )
  try {
    return createPrivateKey({ key: Buffer.from(first), format: 'der', type: 'pkcs8' })
  } catch {
    throw new OwnCertificateError(
      'p12-unreadable',
      'The key in the file cannot be read. Export it again, as an RSA key or one on the curve P-256.',
    )
  }
}

function readGiven(der: Uint8Array): CertificateFacts {
  try {
    return readCertificate(der)
  } catch (error) {
    const why = error instanceof CheckFailure ? error.message : 'A certificate in the file cannot be read.'
    throw new OwnCertificateError(
      'p12-unfit',
      `${why} Ask your issuer for a certificate for signing documents.`,
    )
  }
}

/** Files hold their certificates in any order, and sometimes others besides: those are left out. */
async function findChain(
  signer: CertificateFacts,
  certificates: readonly CertificateFacts[],
): Promise<OwnCertificate['chain']> {
  if (isNamedIssuer(signer, signer))
    throw new OwnCertificateError(
      'p12-self-signed',
      'This certificate is signed by itself, so nobody else vouches for it. Bring one from an issuer, or go on with your signing authority, which is worth as much.',
    )
  const chain: OwnCertificate['chain'] = [signer]
  for (let top = signer; !isNamedIssuer(top, top); ) {
    const issuer = await findIssuer(top, certificates)
    if (!issuer || chain.length === MOST_CERTIFICATES)
      throw new OwnCertificateError(
        'p12-incomplete',
        `The certificate of the issuer of “${nameOf(top)}” is missing from the file. Export it with the whole chain up to the root (in Windows “Include all certificates in the certification path”, with openssl -certfile chain.pem).`,
      )
    chain.push(issuer)
    top = issuer
  }
  return chain
}

/** By name and signature: an issuer with a new key keeps its name. */
async function findIssuer(
  { parsed }: CertificateFacts,
  certificates: readonly CertificateFacts[],
): Promise<CertificateFacts | undefined> {
  for (const candidate of certificates) {
    const isIssuer = parsed.issuer.isEqual(candidate.parsed.subject)
    if (isIssuer && (await parsed.verify(candidate.parsed).catch(() => false))) return candidate
  }
  return undefined
}

async function judge(chain: OwnCertificate['chain'], now: Date): Promise<void> {
  const faults = await listOwnChainFaults(chain, {
    signer: `The certificate “${nameOf(chain[0])}”`,
    issuer: (issuer) => `The issuer’s certificate “${nameOf(issuer)}”`,
  })
  if (!isKnownKind(chain[0]))
    faults.push('The key is of a kind that signs no reports: RSA, or ECDSA on the curve P-256, is needed.')
  if (faults.length > 0)
    throw new OwnCertificateError(
      'p12-unfit',
      `${faults.join(' ')} Ask your issuer for a certificate for signing documents.`,
    )
  for (const certificate of chain) {
    const day = (at: Date) => at.toISOString().slice(0, 10)
    if (now < certificate.notBefore)
      throw new OwnCertificateError(
        'p12-validity',
        `The certificate “${nameOf(certificate)}” is valid from ${day(certificate.notBefore)} only. Bring it then.`,
      )
    if (now > certificate.notAfter)
      throw new OwnCertificateError(
        'p12-validity',
        `The certificate “${nameOf(certificate)}” expired on ${day(certificate.notAfter)}. Ask its issuer for a new one.`,
      )
  }
}

function isKnownKind({ der }: CertificateFacts): boolean {
  try {
    keyKindOf(der)
    return true
  } catch {
    return false
  }
}
