/** Judges RFC 3161 tokens: what was stamped, when by the authority's clock, and by whose key. */
import { bytesToHex } from '@noble/hashes/utils'
import * as pkijs from 'pkijs'
import { readPem } from './certificates.ts'
import { type DerNode, encodeOid, equalBytes, TAG } from './der.ts'
import { CheckFailure } from './results.ts'
import { digestOf } from './signed-message.ts'
import { readToken, type TimestampToken } from './timestamp-form.ts'

export interface Timestamp {
  /** By the authority's clock. */
  at: Date
  /** As the certificate of the key that signed names its holder. */
  authority: string
  /** SHA-256 of that certificate. */
  certificateSha256: string
}

const SHA256 = '2.16.840.1.101.3.4.2.1'
const EXTENDED_KEY_USAGE = '2.5.29.37'
const FOR_TIME_STAMPS = '1.3.6.1.5.5.7.3.8'
const COMMON_NAME = '2.5.4.3'
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12'
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47'
const HASHES: Readonly<Record<string, string>> = {
  [SHA256]: 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

/**
 * @param der a token in our form
 * @param stamped the bytes whose SHA-256 it must hold
 * @param whose begins the sentences: "The timestamp of the insured officer"
 * @param trustedPem the authority's certificate or its issuer's, received by another way
 * @throws CheckFailure with the reason
 */
export async function judgeToken(
  der: Uint8Array,
  stamped: readonly Uint8Array[],
  whose: string,
  trustedPem?: string,
): Promise<Timestamp> {
  const fail = (why: string) => new CheckFailure(`${whose} ${why}`)
  let token: TimestampToken
  let info: pkijs.TSTInfo
  let certificate: pkijs.Certificate
  try {
    token = readToken(der)
    info = pkijs.TSTInfo.fromBER(token.info as Uint8Array<ArrayBuffer>)
    certificate = pkijs.Certificate.fromBER(token.certificate as Uint8Array<ArrayBuffer>)
  } catch (error) {
    throw fail(`cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  }
  if (!isFor(info, stamped)) throw fail('was given for something else.')
  if (!(await isSigned(token, stamped))) throw fail('does not fit the signature in it.')
  if (!(await namesSigner(token))) throw fail('was signed with another certificate than the one in it.')
  if (trustedPem !== undefined && !(await isTrusted(certificate, token, trustedPem)))
    throw fail('was given by another timestamp authority than the one you gave.')
  if (!isForTimestamps(certificate))
    throw fail('was signed with a certificate that is not made for timestamps.')
  const { genTime: at } = info
  if (at < certificate.notBefore.value || at > certificate.notAfter.value)
    throw fail('was given at a time for which its certificate is not valid.')
  return { at, authority: nameOf(certificate), certificateSha256: bytesToHex(digestOf(token.certificate)) }
}

function isFor({ messageImprint }: pkijs.TSTInfo, stamped: readonly Uint8Array[]): boolean {
  const { hashAlgorithm, hashedMessage } = messageImprint
  return (
    hashAlgorithm.algorithmId === SHA256 &&
    equalBytes(digestOf(...stamped), hashedMessage.valueBlock.valueHexView)
  )
}

/** pkijs judges the message whole: attributes, digest and value. It rejects, rather than answering no. */
async function isSigned({ der }: TimestampToken, stamped: readonly Uint8Array[]): Promise<boolean> {
  const { content } = pkijs.ContentInfo.fromBER(der as Uint8Array<ArrayBuffer>)
  const message = new pkijs.SignedData({ schema: content })
  const data = await new Blob(stamped.map((part) => part.slice())).arrayBuffer()
  return message.verify({ signer: 0, data, checkChain: false }).catch(() => false)
}

/** RFC 3161 §2.4.2: the signed attributes say with which certificate; otherwise one could be exchanged for another. */
async function namesSigner({ attributes, certificate }: TimestampToken): Promise<boolean> {
  for (const attribute of attributes.children) {
    const [type, values] = attribute.children
    const isType = (oid: string) => type && equalBytes(type.bytes, encodeOid(oid))
    // SigningCertificate → certs → the first one, which is the signer's.
    const named = values?.children[0]?.children[0]?.children[0]
    if (isType(SIGNING_CERTIFICATE_V2) && named) return hasDigest(certificate, named, 'SHA-256')
    if (isType(SIGNING_CERTIFICATE) && named) return hasDigest(certificate, named, 'SHA-1')
  }
  return false
}

async function hasDigest(certificate: Uint8Array, named: DerNode, usual: string): Promise<boolean> {
  const [first, second] = named.children
  const isNamed = first?.tag === TAG.sequence
  const oid = first?.children[0]?.bytes
  const hash = isNamed
    ? Object.entries(HASHES).find(([known]) => oid && equalBytes(encodeOid(known), oid))?.[1]
    : usual
  const digest = isNamed ? second : first
  if (!hash || !digest) return false
  return equalBytes(
    new Uint8Array(await crypto.subtle.digest(hash, certificate as Uint8Array<ArrayBuffer>)),
    digest.content,
  )
}

async function isTrusted(
  certificate: pkijs.Certificate,
  { certificate: der }: TimestampToken,
  trustedPem: string,
): Promise<boolean> {
  const trusted = readPem(trustedPem)
  if (equalBytes(trusted, der)) return true
  const issuer = pkijs.Certificate.fromBER(trusted as Uint8Array<ArrayBuffer>)
  if (!issuer.subject.isEqual(certificate.issuer)) return false
  return certificate.verify(issuer).catch(() => false)
}

/** RFC 3161 §2.3: the extension is critical and allows this one use. */
function isForTimestamps({ extensions }: pkijs.Certificate): boolean {
  const usage = extensions?.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE)
  const uses = (usage?.parsedValue as pkijs.ExtKeyUsage | undefined)?.keyPurposes ?? []
  return usage?.critical === true && uses.length === 1 && uses[0] === FOR_TIME_STAMPS
}

function nameOf({ subject }: pkijs.Certificate): string {
  const part = subject.typesAndValues.find(({ type }) => type === COMMON_NAME)
  return part ? String(part.value.valueBlock.value) : 'an unnamed authority'
}
