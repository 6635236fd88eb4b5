/** Signs one text with a key that is used once: the plain form that `openssl dgst -verify` judges. */
import { webcrypto } from 'node:crypto'
import type { SigningIdentity } from './keys.server.ts'
import { encodeDer, encodeInteger, TAG } from './verify/der.ts'
import { lowerSignature } from './verify/signed-message.ts'

export interface Seal {
  /** ECDSA P-256 with SHA-256 over the text's UTF-8 bytes, DER in base64. */
  signature: string
  /** PEM: the certificate of the key that signed, then its authority's. */
  certificates: string
}

export async function sealText(text: string, identity: SigningIdentity): Promise<Seal> {
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
  const bytes = new TextEncoder().encode(text)
  const raw = lowerSignature(
    new Uint8Array(await webcrypto.subtle.sign(algorithm, identity.privateKey, bytes)),
  )
  const der = encodeDer(TAG.sequence, encodeInteger(raw.subarray(0, 32)), encodeInteger(raw.subarray(32)))
  return {
    signature: Buffer.from(der).toString('base64'),
    certificates: identity.certificatePem + identity.chainPem,
  }
}
