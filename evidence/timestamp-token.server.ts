/** RFC 3161 tokens: who says that some bytes existed when. Judged by imprint, signature and the signer's purpose. */
import { createHash, X509Certificate } from 'node:crypto'
import * as asn1js from 'asn1js'
import * as pkijs from 'pkijs'

export type TimestampVerdict =
  | {
      ok: true
      at: Date
      /** As the certificate of the key that signed names its holder; nobody compared it with a list of authorities. */
      authority: string
      /** SHA-256 of that certificate, "AB:CD:…". */
      fingerprint: string
      /** The request's nonce, hex; null where the token has none. */
      nonce: string | null
    }
  /** Ends a sentence: "The timestamp … is for other bytes." */
  | { ok: false; fault: string }

const SHA256 = '2.16.840.1.101.3.4.2.1'
const SIGNED_DATA = '1.2.840.113549.1.7.2'
const TIME_STAMP_INFO = '1.2.840.113549.1.9.16.1.4'
const EXTENDED_KEY_USAGE = '2.5.29.37'
const FOR_TIME_STAMPS = '1.3.6.1.5.5.7.3.8'

export interface TimestampExpectations {
  /** The authority's certificate or its issuer's, received by another way than the token. */
  trustedPem?: string
  /** When the stamped bytes came to be, by the clock of whoever made them. */
  madeAt?: Date
}

/** How far two honest clocks may stand apart; as for reports (docs/decisions/0019). */
const CLOCKS_APART_MS = 5 * 60 * 1000

/**
 * @param token DER in base64
 * @param stamped the bytes of which the token must hold the SHA-256
 */
export async function judgeTimestamp(
  token: string,
  stamped: Uint8Array,
  { trustedPem, madeAt }: TimestampExpectations = {},
): Promise<TimestampVerdict> {
  const no = (fault: string): TimestampVerdict => ({ ok: false, fault })
  const der = Buffer.from(token, 'base64')
  if (der.toString('base64') !== token) return no('is not written in base64 as ours are.')
  try {
    const message = readMessage(der)
    const info = readInfo(message)
    if (!isFor(info, stamped)) return no('is for other bytes than the signature of the checkpoint.')
    // pkijs compares the imprint once more and checks digest, attributes and signature; it rejects rather than say no.
    const data = Uint8Array.from(stamped).buffer
    const checked = await message.verify({ signer: 0, data, checkChain: false, extendedMode: true })
    const certificate = checked.signerCertificate
    if (!checked.signatureVerified || !certificate) return no('does not fit the signature in it.')
    const signer = new X509Certificate(Buffer.from(certificate.toSchema().toBER()))
    if (!namesSigner(message, signer.raw))
      return no('was signed with another certificate than the one in it.')
    if (trustedPem !== undefined && !isFrom(signer, trustedPem))
      return no('was given by another timestamp authority than the one you gave.')
    if (!isForTimestamps(certificate))
      return no('was signed with a certificate that is not made for timestamps.')
    const { notBefore, notAfter } = certificate
    if (info.genTime < notBefore.value || info.genTime > notAfter.value)
      return no('was given at a time for which its certificate is not valid.')
    if (madeAt && info.genTime.getTime() < madeAt.getTime() - CLOCKS_APART_MS)
      return no('is older than what it stamps.')
    const nonce = info.nonce ? Buffer.from(info.nonce.valueBlock.valueHexView).toString('hex') : null
    const { fingerprint256: fingerprint } = signer
    return { ok: true, at: info.genTime, authority: nameOf(certificate), fingerprint, nonce }
  } catch {
    return no('cannot be read, or its signature does not fit.')
  }
}

function readMessage(der: Uint8Array): pkijs.SignedData {
  const content = pkijs.ContentInfo.fromBER(Uint8Array.from(der))
  if (content.contentType !== SIGNED_DATA) throw new Error('No signed message')
  const message = new pkijs.SignedData({ schema: content.content })
  if (message.signerInfos.length !== 1) throw new Error('Not one signer')
  return message
}

function readInfo({ encapContentInfo }: pkijs.SignedData): pkijs.TSTInfo {
  const content = encapContentInfo.eContent?.getValue()
  if (encapContentInfo.eContentType !== TIME_STAMP_INFO || !content) throw new Error('No timestamp')
  return pkijs.TSTInfo.fromBER(content)
}

function isFor({ messageImprint }: pkijs.TSTInfo, stamped: Uint8Array): boolean {
  const expected = createHash('sha256').update(stamped).digest()
  return (
    messageImprint.hashAlgorithm.algorithmId === SHA256 &&
    expected.equals(Buffer.from(messageImprint.hashedMessage.valueBlock.valueHexView))
  )
}

/** RFC 3161 §2.3: the extension is critical and allows this one use. */
function isForTimestamps({ extensions }: pkijs.Certificate): boolean {
  const usage = extensions?.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE)
  const uses = (usage?.parsedValue as pkijs.ExtKeyUsage | undefined)?.keyPurposes ?? []
  return usage?.critical === true && uses.length === 1 && uses[0] === FOR_TIME_STAMPS
}

/**
 * RFC 3161 §2.4.2: the signed attributes say with which certificate; otherwise another one of the same key could stand
 * in its place.
 */
function namesSigner({ signerInfos: [signer] }: pkijs.SignedData, certificate: Buffer): boolean {
  for (const { type, values } of signer?.signedAttrs?.attributes ?? []) {
    const usual = USUAL_DIGEST[type]
    // SigningCertificate → certs → the first one, which is the signer's.
    const named = usual && partsOf(partsOf(partsOf(values[0])[0])[0])
    if (!named) continue
    const [first, second] = named
    const isStated = first instanceof asn1js.Sequence
    const oid = isStated ? partsOf(first)[0] : undefined
    const digest = oid instanceof asn1js.ObjectIdentifier ? DIGESTS[oid.getValue()] : usual
    const value = isStated ? second : first
    if (!digest || !(value instanceof asn1js.OctetString)) return false
    return createHash(digest).update(certificate).digest().equals(Buffer.from(value.valueBlock.valueHexView))
  }
  return false
}

const USUAL_DIGEST: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.9.16.2.12': 'sha1',
  '1.2.840.113549.1.9.16.2.47': 'sha256',
}
const DIGESTS: Readonly<Record<string, string>> = {
  [SHA256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

const partsOf = (node: unknown): unknown[] => (node instanceof asn1js.Sequence ? node.valueBlock.value : [])

function isFrom(signer: X509Certificate, trustedPem: string): boolean {
  const trusted = new X509Certificate(trustedPem)
  if (trusted.raw.equals(signer.raw)) return true
  return signer.checkIssued(trusted) && signer.verify(trusted.publicKey)
}

const COMMON_NAME = '2.5.4.3'

function nameOf({ subject }: pkijs.Certificate): string {
  const part = subject.typesAndValues.find(({ type }) => type === COMMON_NAME)
  return part ? String(part.value.valueBlock.value) : 'an unnamed authority'
}
