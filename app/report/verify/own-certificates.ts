/**
 * Certificates that an organisation brings from another issuer, as the statement names them: held to what a chain of
 * document-signing certificates must be. Whether its issuer is to be trusted is for the reader's own list to say.
 */
import * as pkijs from 'pkijs'
import { type CertificateFacts, fingerprint, KEY_USAGE } from './certificates.ts'
import { equalBytes } from './der.ts'

const OID = { basicConstraints: '2.5.29.19', keyUsage: '2.5.29.15', extendedUsage: '2.5.29.37' } as const

// RSA below this can be broken by those who have the means; above, no other program was tried.
const LEAST_RSA_BITS = 2048
const MOST_SIGNER_RSA_BITS = 4096
const STRONG_DIGESTS: readonly string[] = ['SHA-256', 'SHA-384', 'SHA-512']

/** Uses that fit a signature under a document; a certificate that names uses must name one of them. */
const DOCUMENT_USES: ReadonlySet<string> = new Set([
  '2.5.29.37.0', // any
  '1.3.6.1.5.5.7.3.36', // document signing (RFC 9336)
  '1.3.6.1.5.5.7.3.4', // e-mail protection, which most issuers of signing certificates name
  '1.2.840.113583.1.1.5', // Adobe: authentic documents
  '1.3.6.1.4.1.311.10.3.12', // Microsoft: document signing
])

/** How a fault begins: "The certificate of the technical contributor". */
interface Named {
  signer: string
  issuer: (certificate: CertificateFacts) => string
}

/**
 * Sentences; none for a chain that holds. The last certificate is not judged by an issuer of its own: the statement
 * names its digest.
 * @param chain the signer's certificate, then each issuer's
 */
export async function listOwnChainFaults(
  [signer, ...issuers]: readonly [CertificateFacts, ...CertificateFacts[]],
  names: Named,
): Promise<string[]> {
  const faults = listSignerFaults(signer, names.signer)
  if (issuers.length === 0) faults.push(`${names.signer} comes without that of its issuer.`)
  let below = signer
  for (const [depth, issuer] of issuers.entries()) {
    const whose = names.issuer(issuer)
    if (!(await isIssuedBy(below, issuer)))
      faults.push(`${depth === 0 ? names.signer : names.issuer(below)} was not issued by the next one.`)
    if (!issuer.isAuthority || (issuer.keyUsage & KEY_USAGE.certifyOthers) === 0)
      faults.push(`${whose} may not certify others.`)
    if (mostBelow(issuer) < depth) faults.push(`${whose} may not certify so many issuers below it.`)
    if (rsaBits(issuer) < LEAST_RSA_BITS)
      faults.push(`${whose} holds an RSA key of less than ${LEAST_RSA_BITS} bits.`)
    below = issuer
  }
  return faults
}

function listSignerFaults(signer: CertificateFacts, whose: string): string[] {
  const faults: string[] = []
  if (signer.isAuthority) faults.push(`${whose} is made for certifying others, not for signing documents.`)
  if ((signer.keyUsage & KEY_USAGE.sign) === 0)
    faults.push(
      `${whose} is not made for signing documents: its key usage names neither digitalSignature nor nonRepudiation.`,
    )
  const uses = usesOf(signer)
  if (uses.length > 0 && !uses.some((use) => DOCUMENT_USES.has(use)))
    faults.push(`${whose} is made for something else than signing documents (${uses.join(', ')}).`)
  const bits = rsaBits(signer)
  if (bits < LEAST_RSA_BITS || (bits !== Number.POSITIVE_INFINITY && bits > MOST_SIGNER_RSA_BITS))
    faults.push(
      `${whose} holds an RSA key of ${bits} bits; from ${LEAST_RSA_BITS} to ${MOST_SIGNER_RSA_BITS} are taken.`,
    )
  return faults
}

async function isIssuedBy(certificate: CertificateFacts, issuer: CertificateFacts): Promise<boolean> {
  if (!isNamedIssuer(certificate, issuer) || !STRONG_DIGESTS.includes(digestOf(certificate))) return false
  return certificate.parsed.verify(issuer.parsed).catch(() => false)
}

/** Both names are the same bytes. */
export function isNamedIssuer({ parsed }: CertificateFacts, issuer: CertificateFacts): boolean {
  const named = new Uint8Array(parsed.issuer.toSchema().toBER(false))
  return equalBytes(named, new Uint8Array(issuer.parsed.subject.toSchema().toBER(false)))
}

/** Over which digest the issuer signed; empty where that cannot be read. */
function digestOf({ parsed }: CertificateFacts): string {
  try {
    return pkijs.getCrypto(true).getHashAlgorithm(parsed.signatureAlgorithm)
  } catch {
    return ''
  }
}

/** How many issuers may stand between this one and a signer. */
function mostBelow(issuer: CertificateFacts): number {
  const constraints = parsedOf(issuer, OID.basicConstraints) as pkijs.BasicConstraints | undefined
  const most = constraints?.pathLenConstraint
  return typeof most === 'number' ? most : Number.POSITIVE_INFINITY
}

function usesOf(certificate: CertificateFacts): string[] {
  const uses = parsedOf(certificate, OID.extendedUsage) as pkijs.ExtKeyUsage | undefined
  return uses?.keyPurposes ?? []
}

const parsedOf = ({ parsed }: CertificateFacts, oid: string) =>
  parsed.extensions?.find(({ extnID }) => extnID === oid)?.parsedValue

/** Infinity for a key of another kind, which has no such weakness. */
function rsaBits({ parsed }: CertificateFacts): number {
  const { parsedKey } = parsed.subjectPublicKeyInfo
  if (!(parsedKey instanceof pkijs.RSAPublicKey)) return Number.POSITIVE_INFINITY
  const modulus = parsedKey.modulus.valueBlock.valueHexView
  const first = modulus.findIndex((byte) => byte !== 0)
  return first === -1 ? 0 : (modulus.length - first) * 8 - Math.clz32(modulus[first] ?? 0) + 24
}

/** "“Fjord IT AS”, issued by “Signing CA 3”, SHA-256 fingerprint AB:…". */
export function describeOwn(signer: CertificateFacts, issuers: readonly CertificateFacts[]): string {
  const [issuer] = issuers
  if (!issuer) return `“${nameOf(signer)}”`
  return `“${nameOf(signer)}”, issued by “${nameOf(issuer)}”, SHA-256 fingerprint of that issuer ${fingerprint(issuer.sha256)}`
}

/** Issuers name themselves by either. */
export const nameOf = ({ name, organisation }: CertificateFacts) => name ?? organisation ?? 'without a name'
