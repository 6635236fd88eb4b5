/** One ledger entry with its proof: for whoever may see this entry and no other, and relies on the checkpoint. */
import { z } from 'zod'
import { readCheckpointBody, SealedCheckpoint } from './checkpoint.ts'
import { fingerprintOf, judgeSignature } from './checkpoint-signature.server.ts'
import { hashEntry } from './ledger.ts'
import { verifyInclusion } from './merkle.ts'
import { judgeTimestamp } from './timestamp-token.server.ts'

const Text = z.string()
const Document = z.strictObject({
  type: z.literal('https://attested.example/ledger-proof/v1'),
  entry: z.strictObject({
    organisationId: Text,
    sequence: z.int().min(1),
    previousHash: Text,
    kind: Text,
    payload: Text,
    actor: Text,
    at: Text,
    hash: Text.regex(/^[0-9a-f]{64}$/),
  }),
  proof: z.strictObject({ index: z.int().min(0), size: z.int().min(1), path: z.array(Text).max(64) }),
  checkpoint: SealedCheckpoint,
})
export type InclusionDocument = z.infer<typeof Document>

export const PROOF_TYPE = 'https://attested.example/ledger-proof/v1' satisfies InclusionDocument['type']

export interface InclusionVerdict {
  ok: boolean
  /** Null where the document cannot be read. */
  document: InclusionDocument | null
  /** Sentences, complete. */
  faults: string[]
  /** Under whose authority the checkpoint was signed. */
  authority: { name: string; fingerprint: string } | null
  timestamp: { at: Date; authority: string; fingerprint: string } | null
}

/**
 * Never throws for what stands in the text.
 * @param options.trustedAuthorityPem the authority's certificate, received by another way than the document
 * @param options.trustedTimestampPem that of the timestamp authority, or its issuer's
 */
export async function verifyInclusionDocument(
  text: string,
  options: { trustedAuthorityPem?: string; trustedTimestampPem?: string } = {},
): Promise<InclusionVerdict> {
  const document = read(text)
  if (!document) {
    const faults = ['This is not a proof that Attested wrote: it was cut off, or changed in its form.']
    return { ok: false, document, faults, authority: null, timestamp: null }
  }
  const { entry, proof, checkpoint } = document
  const faults: string[] = []
  if (hashOf(entry) !== entry.hash) faults.push(`Entry ${entry.sequence} was changed after it was written.`)
  const body = readCheckpointBody(checkpoint.body)
  if (!body) {
    faults.push('The text of the checkpoint is none of ours.')
    return { ok: false, document, faults, authority: null, timestamp: null }
  }
  if (body.organisationId !== entry.organisationId) {
    faults.push('The checkpoint and the entry belong to different organisations.')
  }
  const isInPlace = proof.index === entry.sequence - 1 && proof.size === body.size
  if (!isInPlace || !verifyInclusion(Buffer.from(entry.hash, 'hex'), proof, body.rootHash)) {
    faults.push(`Entry ${entry.sequence} is not among the entries that checkpoint ${body.number} covers.`)
  }
  const { signer, faults: signatureFaults } = judgeSignature(checkpoint, body)
  faults.push(...signatureFaults.map((fault) => `Checkpoint ${body.number} ${fault}`))
  const trusted = options.trustedAuthorityPem
  if (trusted !== undefined && (!signer || fingerprintOf(trusted) !== signer.fingerprint)) {
    faults.push(`Checkpoint ${body.number} was signed under another authority than the one you gave.`)
  }
  const stamp = checkpoint.timestampToken
  const expected = { trustedPem: options.trustedTimestampPem, madeAt: new Date(body.createdAt) }
  const judged =
    stamp === null ? null : await judgeTimestamp(stamp, Buffer.from(checkpoint.signature, 'base64'), expected)
  if (judged?.ok === false) faults.push(`The timestamp of checkpoint ${body.number} ${judged.fault}`)
  return {
    ok: faults.length === 0,
    document,
    faults,
    authority: signer && { name: signer.authorityName, fingerprint: signer.fingerprint },
    timestamp: judged?.ok
      ? { at: judged.at, authority: judged.authority, fingerprint: judged.fingerprint }
      : null,
  }
}

function hashOf(entry: InclusionDocument['entry']): string | null {
  try {
    return hashEntry(entry)
  } catch {
    // Content without a canonical form never had a hash.
    return null
  }
}

function read(text: string): InclusionDocument | null {
  try {
    return Document.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
