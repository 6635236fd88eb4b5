/** Signs bytes with the key of one identity, in the form in which values of signatures stand in a report. */
import { webcrypto } from 'node:crypto'
import type { SigningIdentity } from './keys.server.ts'
import { encodeSignature, lowerSignature } from './verify/ecdsa-value.ts'

/** @returns ECDSA: DER with the lower s; RSA: PKCS #1 v1.5; both over SHA-256 */
export async function signBytes(bytes: Uint8Array, { privateKey }: SigningIdentity): Promise<Uint8Array> {
  const { name } = privateKey.algorithm
  const value = new Uint8Array(await webcrypto.subtle.sign({ name, hash: 'SHA-256' }, privateKey, bytes))
  return name === 'ECDSA' ? encodeSignature(lowerSignature(value)) : value
}
