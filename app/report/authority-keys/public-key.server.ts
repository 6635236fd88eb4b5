/** Reads public keys: of which kind they are, and whether a signature is theirs. */
import { createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto'
import type { KeyAlgorithm } from './authority-key.ts'
import { KeyError } from './key-error.ts'

/**
 * @param spki DER
 * @throws KeyError `key-unfit` for a key that no authority has
 */
export function algorithmOf(spki: Uint8Array): KeyAlgorithm {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = readPublicKey(spki)
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return 'ec-p256'
  if (type === 'rsa' && details?.modulusLength === 3072) return 'rsa-3072'
  throw new KeyError(
    'key-unfit',
    'A signing authority needs an ECDSA key on P-256 or an RSA key of 3072 bits. Make a key of one of these kinds and name that.',
  )
}

/** SubjectPublicKeyInfo of a certificate, DER. */
export function publicKeyOf(certificatePem: string): Uint8Array {
  const { publicKey } = new X509Certificate(certificatePem)
  return new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
}

/** Whether a value in the form of `AuthorityKey.sign` is this key's. */
export function isSignatureOf(spki: Uint8Array, bytes: Uint8Array, value: Uint8Array): boolean {
  try {
    return verify('sha256', bytes, { key: readPublicKey(spki), dsaEncoding: 'ieee-p1363' }, value)
  } catch {
    return false
  }
}

function readPublicKey(spki: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch (cause) {
    throw new KeyError('key-unfit', 'The public key cannot be read. Name another key.', { cause })
  }
}
