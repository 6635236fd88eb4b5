/** Signs the in-toto statement of a report with the key that signs the PDF, while that key is in memory. */
import { canonicalJson } from '#evidence/canonical.ts'
import type { SigningIdentity } from './keys.server.ts'
import { signBytes } from './signature.server.ts'
import type { Statement } from './statement.ts'
import { type AttachedTexts, attachedTexts } from './twins/attachments.ts'
import { PAYLOAD_TYPE, preAuthentication, writeEnvelope } from './twins/envelope.ts'
import { type Attesting, inTotoStatement } from './twins/readiness-predicate.ts'
import { readChain } from './verify/certificates.ts'

/** @returns the text of a DSSE envelope; with `pdfSha256`, of the one that stands beside the signed file */
export async function signEnvelope(
  statement: Statement,
  identity: SigningIdentity,
  attesting: Attesting,
): Promise<string> {
  const payload = canonicalJson(inTotoStatement(statement, attesting))
  const said = new TextEncoder().encode(preAuthentication(PAYLOAD_TYPE, payload))
  return writeEnvelope({
    payload,
    signature: await signBytes(said, identity),
    certificates: readChain(identity.certificatePem + identity.chainPem),
  })
}

/** The statement with its twins, for the first signature to attach. */
export async function makeAttachments(
  statement: Statement,
  identity: SigningIdentity,
  at: Date,
): Promise<AttachedTexts> {
  const attesting = { role: 'technical-contributor', at } as const
  return attachedTexts(statement, await signEnvelope(statement, identity, attesting))
}
