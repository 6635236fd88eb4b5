/**
 * The one form in which a report holds an RFC 3161 token: CMS SignedData with the signer's certificate and no other.
 * Authorities write theirs in many forms, and parts of them are covered by no signature. The signer of a report writes
 * a token again with `fitToken`, which leaves every signed part as it was; the verifier accepts only what `readToken`
 * would write again with the same bytes.
 */
import * as pkijs from 'pkijs'
import {
  concatBytes,
  DerError,
  type DerNode,
  encodeDer,
  encodeInteger,
  encodeOid,
  equalBytes,
  readDer,
  TAG,
} from './der.ts'

export interface TimestampToken {
  der: Uint8Array
  /** TSTInfo, as the authority signed it. */
  info: Uint8Array
  /** Of the key that signed the token. */
  certificate: Uint8Array
  /** The signed attributes, their tag that of a SET: what the signature is made over. */
  attributes: DerNode
}

interface TokenParts {
  info: Uint8Array
  certificate: Uint8Array
  /** Content of the signed attributes. */
  attributes: Uint8Array
  digest: Digest
  signature: Uint8Array
}

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  rsaEncryption: '1.2.840.113549.1.1.1',
  ecPublicKey: '1.2.840.10045.2.1',
  p256: '1.2.840.10045.3.1.7',
  p384: '1.3.132.0.34',
} as const

const DIGESTS = {
  '2.16.840.1.101.3.4.2.1': { ecdsa: '1.2.840.10045.4.3.2' },
  '2.16.840.1.101.3.4.2.2': { ecdsa: '1.2.840.10045.4.3.3' },
  '2.16.840.1.101.3.4.2.3': { ecdsa: '1.2.840.10045.4.3.4' },
} as const
type Digest = keyof typeof DIGESTS

/** Orders of the groups (SEC 2 §2.4.2, §2.5.1): of two equal signatures only the one with the lower s is in our form. */
const ORDERS: Readonly<Record<string, bigint>> = {
  [OID.p256]: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  [OID.p384]:
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
}

const sequence = (...parts: Uint8Array[]) => encodeDer(TAG.sequence, ...parts)
const set = (...parts: Uint8Array[]) => encodeDer(TAG.set, ...parts)

/**
 * @param token as an authority gave it
 * @throws DerError when it holds something that has no place in our form
 */
export function fitToken(token: Uint8Array): Uint8Array {
  return encodeToken(decodeToken(token))
}

/** @throws DerError for any other form than ours */
export function readToken(der: Uint8Array): TimestampToken {
  const parts = decodeToken(der)
  if (!equalBytes(encodeToken(parts), der))
    throw new DerError('The timestamp holds something else than this verifier knows, or in another form')
  return {
    der,
    info: parts.info,
    certificate: parts.certificate,
    attributes: readDer(encodeDer(TAG.set, parts.attributes)),
  }
}

/** Every certificate that came with a token, that of its signer and any others. */
export function certificatesIn(token: Uint8Array): Uint8Array[] {
  const [, wrapper] = readDer(token).children
  const [, , , certificates] = member(wrapper, 0).children
  return certificates?.tag === TAG.context(0) ? certificates.children.map(({ bytes }) => bytes) : []
}

function encodeToken({ info, certificate, attributes, digest, signature }: TokenParts): Uint8Array {
  const digestAlgorithm = sequence(encodeOid(digest))
  const [, serialNumber, , issuer] = member(readDer(certificate), 0).children
  if (!serialNumber || !issuer) throw new DerError('The certificate of the timestamp cannot be read')
  const signerInfo = sequence(
    version(1),
    sequence(issuer.bytes, serialNumber.bytes),
    digestAlgorithm,
    encodeDer(TAG.context(0), attributes),
    signatureAlgorithm(certificate, digest),
    encodeDer(TAG.octetString, signature),
  )
  const signedData = sequence(
    version(3),
    set(digestAlgorithm),
    sequence(encodeOid(OID.timestampInfo), encodeDer(TAG.context(0), encodeDer(TAG.octetString, info))),
    encodeDer(TAG.context(0), certificate),
    set(signerInfo),
  )
  return sequence(encodeOid(OID.signedData), encodeDer(TAG.context(0), signedData))
}

function decodeToken(token: Uint8Array): TokenParts {
  const [, wrapper] = readDer(token).children
  const [, , content, certificates, ...rest] = member(wrapper, 0).children
  const signerInfos = rest.at(-1)
  const [, signerId, digestAlgorithm, attributes, , signatureValue, ...more] = member(signerInfos, 0).children
  if (signerInfos?.children.length !== 1 || attributes?.tag !== TAG.context(0) || more.length > 0)
    throw new DerError('The timestamp is not signed in the way that this verifier knows')
  const certificate = findSigner(certificates, signerId)
  const { order } = keyOf(certificate)
  const signature = signatureValue?.content ?? new Uint8Array()
  return {
    info: member(member(content, 1), 0).content,
    certificate,
    attributes: attributes.content,
    digest: digestOid(member(digestAlgorithm, 0).bytes),
    signature: order === null ? signature : lowerValue(signature, order),
  }
}

/** By issuer and serial number, or by the identifier of its key: the two ways in which a signer is named. */
function findSigner(certificates: DerNode | undefined, signerId: DerNode | undefined): Uint8Array {
  if (certificates?.tag !== TAG.context(0)) throw new DerError('The timestamp carries no certificate')
  const found = certificates.children.find(({ bytes }) => {
    if (signerId?.tag === TAG.sequence) {
      const [, serialNumber, , issuer] = member(readDer(bytes), 0).children
      return (
        issuer && serialNumber && equalBytes(concatBytes(issuer.bytes, serialNumber.bytes), signerId.content)
      )
    }
    const { extensions } = pkijs.Certificate.fromBER(bytes as Uint8Array<ArrayBuffer>)
    const identifier = extensions?.find(({ extnID }) => extnID === '2.5.29.14')?.parsedValue
    const bytesOf: Uint8Array | undefined = identifier?.valueBlock?.valueHexView
    return bytesOf && signerId && equalBytes(bytesOf, signerId.content)
  })
  if (!found) throw new DerError('The timestamp carries no certificate of its signer')
  return found.bytes
}

function digestOid(oid: Uint8Array): Digest {
  const found = (Object.keys(DIGESTS) as Digest[]).find((known) => equalBytes(encodeOid(known), oid))
  if (!found) throw new DerError('The timestamp is made with a digest that this verifier does not know')
  return found
}

/** The order of the key's group; null for RSA, whose signatures have one value each. */
function keyOf(certificate: Uint8Array): { order: bigint | null } {
  // Subject's public key: seventh in a certificate that names its version, as all with extensions do.
  const algorithm = member(member(member(readDer(certificate), 0), 6), 0)
  const [type, curve] = algorithm.children
  const isType = (oid: string) => type && equalBytes(type.bytes, encodeOid(oid))
  if (isType(OID.rsaEncryption)) return { order: null }
  const known = Object.keys(ORDERS).find((oid) => curve && equalBytes(curve.bytes, encodeOid(oid)))
  const order = isType(OID.ecPublicKey) && known ? ORDERS[known] : undefined
  if (order === undefined)
    throw new DerError('The timestamp is made with a key of a kind that this verifier does not know')
  return { order }
}

// RFC 3370 §3.2: RSA with empty parameters; RFC 5754: ECDSA without any.
function signatureAlgorithm(certificate: Uint8Array, digest: Digest): Uint8Array {
  return keyOf(certificate).order === null
    ? sequence(encodeOid(OID.rsaEncryption), encodeDer(TAG.null))
    : sequence(encodeOid(DIGESTS[digest].ecdsa))
}

function lowerValue(der: Uint8Array, order: bigint): Uint8Array {
  const [r, s] = readDer(der).children
  if (!r || !s) throw new DerError('The signature of the timestamp has the wrong form')
  const value = s.content.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const lower = value > order / 2n ? order - value : value
  if (lower <= 0n) throw new DerError('The signature of the timestamp is out of range')
  const hex = lower.toString(16)
  const digits = hex.padStart(hex.length + (hex.length % 2), '0').match(/../g) ?? []
  return sequence(
    encodeInteger(r.content),
    encodeInteger(Uint8Array.from(digits, (pair) => Number.parseInt(pair, 16))),
  )
}

const version = (number: number) => encodeInteger(Uint8Array.of(number))

function member(node: DerNode | undefined, index: number): DerNode {
  const child = node?.children[index]
  if (!child) throw new DerError('A part of the timestamp is missing')
  return child
}
