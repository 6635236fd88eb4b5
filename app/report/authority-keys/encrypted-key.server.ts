/** An authority's key that is kept here: PKCS#8, encrypted with the installation's secret, so that any tool can read it. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  sign as signWith,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { AuthorityKey, KeyAlgorithm } from './authority-key.ts'
import { KeyError } from './key-error.ts'
import { algorithmOf } from './public-key.server.ts'

const generate = promisify(generateKeyPair)
const sign = promisify(signWith)

/** `passphrase` is a secret of at least 256 random bits: it is not a password that a person chose. */
export async function makeEncryptedKey(
  algorithm: KeyAlgorithm,
  passphrase: string,
): Promise<{ key: AuthorityKey; encryptedKeyPem: string }> {
  const { privateKey } =
    algorithm === 'ec-p256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: 3072 })
  return { key: keyIn(privateKey), encryptedKeyPem: encryptKey(privateKey, passphrase) }
}

/** @throws KeyError `key-unreadable` when the passphrase does not open it */
export function openEncryptedKey(encryptedKeyPem: string, passphrase: string): AuthorityKey {
  return keyIn(decryptKey(encryptedKeyPem, passphrase))
}

function keyIn(privateKey: KeyObject): AuthorityKey {
  const publicKey = new Uint8Array(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }))
  return {
    algorithm: algorithmOf(publicKey),
    publicKey,
    sign: async (bytes) =>
      new Uint8Array(await sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' })),
  }
}

/** @returns PKCS#8, encrypted with AES-256 */
export function encryptKey(key: KeyObject, passphrase: string): string {
  return String(key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }))
}

/** @throws KeyError `key-unreadable` */
export function decryptKey(encryptedKeyPem: string, passphrase: string): KeyObject {
  try {
    return createPrivateKey({ key: encryptedKeyPem, passphrase })
  } catch (cause) {
    // The cause is kept for its type only: OpenSSL's words never hold key material.
    throw new KeyError(
      'key-unreadable',
      'The signing key cannot be opened. Check that the installation still has its own secret.',
      { cause },
    )
  }
}
