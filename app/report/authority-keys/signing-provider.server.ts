/** Lets the package that writes certificates and revocation lists sign with a key that it cannot hold. */
import { webcrypto } from 'node:crypto'
import { type AuthorityKey, WEB_ALGORITHMS } from './authority-key.ts'
import { KeyError } from './key-error.ts'
import { isSignatureOf } from './public-key.server.ts'

/** What the package's generators take: its own types for both come from the browser. */
export interface SigningProvider {
  crypto: Crypto
  signingKey: CryptoKey
  signingAlgorithm: (typeof WEB_ALGORITHMS)[AuthorityKey['algorithm']]
}

export function providerOf(key: AuthorityKey): SigningProvider {
  const { subtle } = webcrypto
  const signingAlgorithm = WEB_ALGORITHMS[key.algorithm]
  const crypto = {
    getRandomValues: webcrypto.getRandomValues.bind(webcrypto),
    subtle: {
      digest: subtle.digest.bind(subtle),
      exportKey: subtle.exportKey.bind(subtle),
      sign: (_algorithm: unknown, _key: unknown, data: BufferSource) => signWith(key, bytesOf(data)),
    },
  }
  return {
    crypto: crypto as unknown as Crypto,
    // The package asks it for nothing but its algorithm.
    signingKey: { type: 'private', algorithm: signingAlgorithm } as unknown as CryptoKey,
    signingAlgorithm,
  }
}

/** A certificate with a signature that does not fit would be found out only by those who receive a report. */
async function signWith(key: AuthorityKey, bytes: Uint8Array): Promise<ArrayBuffer> {
  const value = await key.sign(bytes)
  if (!isSignatureOf(key.publicKey, bytes, value))
    throw new KeyError(
      'key-mismatch',
      'What the key signed does not fit the certificate of the signing authority. Check that its key was not exchanged; otherwise replace the authority.',
    )
  return value.slice().buffer
}

const bytesOf = (data: BufferSource) =>
  ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data)
