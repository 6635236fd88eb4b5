/** Signs one text with the key of one identity: the plain form that `openssl dgst -verify` judges. */
import type { SigningIdentity } from './keys.server.ts'
import { signBytes } from './signature.server.ts'

export interface Seal {
  /** Over the text's UTF-8 bytes; base64. */
  signature: string
  /** PEM: the certificate of the key that signed, then its issuers'. */
  certificates: string
}

export async function sealText(text: string, identity: SigningIdentity): Promise<Seal> {
  const value = await signBytes(new TextEncoder().encode(text), identity)
  return {
    signature: Buffer.from(value).toString('base64'),
    certificates: identity.certificatePem + identity.chainPem,
  }
}
