/** A certificate that an organisation brought, ready to sign. */
import { type KeyObject, webcrypto } from 'node:crypto'
import type { SigningIdentity } from '../keys.server.ts'
import { toPem } from '../twins/envelope.ts'
import { readChain } from '../verify/certificates.ts'
import { keyKindOf, WEB_ALGORITHMS } from '../verify/signature-value.ts'

/** @param chainPem the signer's certificate, then each issuer's */
export async function identityOf(privateKey: KeyObject, chainPem: string): Promise<SigningIdentity> {
  const [signer, ...issuers] = readChain(chainPem)
  const der = privateKey.export({ type: 'pkcs8', format: 'der' })
  return {
    certificatePem: toPem(signer),
    chainPem: issuers.map(toPem).join(''),
    privateKey: await webcrypto.subtle.importKey('pkcs8', der, WEB_ALGORITHMS[keyKindOf(signer)], false, [
      'sign',
    ]),
  }
}
