/** Which kind of key a certificate holds, and the one form in which a signature of that key stands in a report. */
import { DerError, encodeDer, encodeOid, equalBytes, readDer, TAG } from './der.ts'
import { decodeSignature, encodeSignature } from './ecdsa-value.ts'

/** P-256, or RSA with PKCS #1 v1.5, both over SHA-256. */
export type KeyKind = 'ecdsa' | 'rsa'

const OID = {
  ecPublicKey: '1.2.840.10045.2.1',
  p256: '1.2.840.10045.3.1.7',
  rsaEncryption: '1.2.840.113549.1.1.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  sha256WithRsa: '1.2.840.113549.1.1.11',
} as const

const sequence = (...parts: Uint8Array[]) => encodeDer(TAG.sequence, ...parts)
const noParameters = encodeDer(TAG.null)

// RFC 5480 and RFC 4055: an algorithm and its parameters have one encoding.
const KEYS: Record<KeyKind, Uint8Array> = {
  ecdsa: sequence(encodeOid(OID.ecPublicKey), encodeOid(OID.p256)),
  rsa: sequence(encodeOid(OID.rsaEncryption), noParameters),
}

/** RFC 5754: the parameters are absent for ECDSA, and empty for RSA. */
export const SIGNATURE_ALGORITHMS: Record<KeyKind, Uint8Array> = {
  ecdsa: sequence(encodeOid(OID.ecdsaWithSha256)),
  rsa: sequence(encodeOid(OID.sha256WithRsa), noParameters),
}

/** As WebCrypto names them. */
export const WEB_ALGORITHMS = {
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
} as const satisfies Record<KeyKind, object>

/** SubjectPublicKeyInfo, DER: the seventh part of a certificate that names its version, as all with extensions do. */
export function publicKeyIn(certificate: Uint8Array): Uint8Array {
  const key = readDer(certificate).children[0]?.children[6]?.bytes
  if (!key) throw new DerError('A certificate holds no key')
  return key
}

/** @throws DerError for a key that signs no reports */
export function keyKindOf(certificate: Uint8Array): KeyKind {
  const algorithm = readDer(publicKeyIn(certificate)).children[0]?.bytes ?? new Uint8Array()
  const found = (Object.keys(KEYS) as KeyKind[]).find((kind) => equalBytes(KEYS[kind], algorithm))
  if (!found) throw new DerError('A certificate holds a key of a kind that signs no reports')
  return found
}

/**
 * An RSA value is one number of the key's own size, and what is signed has only one; of ECDSA's two numbers each has
 * several forms.
 * @throws DerError for another form than ours
 */
export function checkValue(value: Uint8Array, kind: KeyKind): void {
  if (kind === 'ecdsa' && !equalBytes(encodeSignature(decodeSignature(value)), value))
    throw new DerError('The signature value is not in its one form')
}

/** Whether the key in a certificate signed these bytes, and the value is in our form; never throws. */
export async function isSignedBy(
  certificate: Uint8Array,
  value: Uint8Array,
  bytes: Uint8Array,
): Promise<boolean> {
  try {
    const kind = keyKindOf(certificate)
    checkValue(value, kind)
    const algorithm = WEB_ALGORITHMS[kind]
    const { subtle } = crypto
    const key = await subtle.importKey('spki', publicKeyIn(certificate).slice(), algorithm, false, ['verify'])
    return await subtle.verify(algorithm, key, forWebCrypto(value, kind), bytes.slice())
  } catch {
    return false
  }
}

/** WebCrypto takes ECDSA's two numbers side by side. */
const forWebCrypto = (value: Uint8Array, kind: KeyKind) =>
  (kind === 'ecdsa' ? decodeSignature(value) : value).slice()
