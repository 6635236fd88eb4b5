/**
 * The one form of our signatures: CMS SignedData (RFC 5652) as PAdES B-B and B-T want it (ETSI EN 319 142-1).
 * The signer writes it with `encodeSignedMessage`; the verifier writes it again from the values it read and compares.
 */
import { sha256 } from '@noble/hashes/sha2'
import {
  DerError,
  type DerNode,
  encodeDer,
  encodeInteger,
  encodeOid,
  equalBytes,
  readDer,
  TAG,
} from './der.ts'
import { checkValue, keyKindOf, SIGNATURE_ALGORITHMS } from './signature-value.ts'

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const

export interface SignedMessage {
  /** The signer's, then that of its issuer, and so on: each was issued by the next. */
  certificates: readonly Uint8Array[]
  /** SHA-256 of the bytes that the signature covers. */
  messageDigest: Uint8Array
  /** SHA-256 of the signer's certificate, from the signing-certificate-v2 attribute. */
  certificateDigest: Uint8Array
  /** The value in the form of `signature-value.ts`. */
  signature: Uint8Array
  /** RFC 3161 token over the signature value, in the form of `timestamp-form.ts`; absent for B-B. */
  timestamp?: Uint8Array
}

const sequence = (...parts: Uint8Array[]) => encodeDer(TAG.sequence, ...parts)
const set = (...parts: Uint8Array[]) => encodeDer(TAG.set, ...parts)
const octets = (bytes: Uint8Array) => encodeDer(TAG.octetString, bytes)
const version1 = encodeInteger(Uint8Array.of(1))
// RFC 5754: parameters are absent.
const digestAlgorithm = sequence(encodeOid(OID.sha256))

/** The attributes that the signature value is made over. No signing time: PAdES keeps it in the PDF's own /M. */
export function encodeSignedAttributes(
  message: Pick<SignedMessage, 'messageDigest' | 'certificateDigest'>,
): Uint8Array {
  return set(...signedAttributes(message))
}

// DER sorts a SET OF by encoding; these three stand in that order already.
function signedAttributes({
  messageDigest,
  certificateDigest,
}: Pick<SignedMessage, 'messageDigest' | 'certificateDigest'>) {
  return [
    sequence(encodeOid(OID.contentType), set(encodeOid(OID.data))),
    sequence(encodeOid(OID.messageDigest), set(octets(messageDigest))),
    sequence(
      encodeOid(OID.signingCertificateV2),
      set(sequence(sequence(sequence(octets(certificateDigest))))),
    ),
  ]
}

// The only attribute that comes after the signature, because it is made over it.
const unsignedAttributes = ({ timestamp }: SignedMessage) =>
  timestamp ? [encodeDer(TAG.context(1), sequence(encodeOid(OID.signatureTimestamp), set(timestamp)))] : []

export function encodeSignedMessage(message: SignedMessage): Uint8Array {
  const [signer] = message.certificates
  if (!signer) throw new DerError('The signature container holds no certificate')
  const { serialNumber, issuer } = certificateNames(signer)
  const signerInfo = sequence(
    version1,
    sequence(issuer, serialNumber),
    digestAlgorithm,
    encodeDer(TAG.context(0), ...signedAttributes(message)),
    SIGNATURE_ALGORITHMS[keyKindOf(signer)],
    octets(message.signature),
    ...unsignedAttributes(message),
  )
  const signedData = sequence(
    version1,
    set(digestAlgorithm),
    sequence(encodeOid(OID.data)),
    encodeDer(TAG.context(0), ...message.certificates),
    set(signerInfo),
  )
  return sequence(encodeOid(OID.signedData), encodeDer(TAG.context(0), signedData))
}

/**
 * Reads a message and makes sure that writing it again gives the same bytes, so that nothing in it goes unread.
 * @throws DerError
 */
export function decodeSignedMessage(der: Uint8Array): SignedMessage {
  const [, wrapper] = readDer(der).children
  const [, , , certificates, signerInfos] = member(wrapper, 0).children
  const [, , , attributes, , signatureValue, unsigned] = member(signerInfos, 0).children
  const digestAttribute = member(member(attributes, 1), 1)
  const certificateAttribute = member(member(attributes, 2), 1)
  const message: SignedMessage = {
    certificates: (certificates?.children ?? []).map(({ bytes }) => bytes),
    messageDigest: member(digestAttribute, 0).content,
    certificateDigest: member(member(member(member(certificateAttribute, 0), 0), 0), 0).content,
    signature: signatureValue?.content ?? new Uint8Array(),
    ...(unsigned ? { timestamp: member(member(member(unsigned, 0), 1), 0).bytes } : {}),
  }
  checkValue(message.signature, keyKindOf(member(certificates, 0).bytes))
  if (!equalBytes(encodeSignedMessage(message), der)) {
    throw new DerError(
      'The signature container holds something else than this verifier knows, or in another form',
    )
  }
  return message
}

function member(node: DerNode | undefined, index: number): DerNode {
  const child = node?.children[index]
  if (!child) throw new DerError('A part of the signature container is missing')
  return child
}

function certificateNames(certificate: Uint8Array): { serialNumber: Uint8Array; issuer: Uint8Array } {
  const body = member(readDer(certificate), 0)
  return { serialNumber: member(body, 1).bytes, issuer: member(body, 3).bytes }
}

export const digestOf = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = sha256.create()
  for (const part of parts) hash.update(part)
  return hash.digest()
}
