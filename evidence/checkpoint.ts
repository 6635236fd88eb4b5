/** Checkpoints: signed Merkle roots over a ledger's first entries. What their text says, and how it is written. */
import { z } from 'zod'
import { canonicalJson, sha256Hex } from './canonical.ts'

const TYPE = 'https://attested.example/ledger-checkpoint/v1'
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const CheckpointBody = z.strictObject({
  type: z.literal(TYPE),
  organisationId: z.uuid(),
  /** From 1, without gaps. */
  number: z.int().min(1),
  /** It covers the entries 1 to `size`. */
  size: z.int().min(1),
  /** RFC 6962 over the 32-byte hashes of these entries. */
  rootHash: Sha256,
  /** Hash of entry `size`. */
  headHash: Sha256,
  createdAt: z.iso.datetime({ precision: 3 }),
})
export type CheckpointBody = z.infer<typeof CheckpointBody>

/** A checkpoint as it is handed on: everything else follows from these four. */
export const SealedCheckpoint = z.strictObject({
  /** Canonical JSON of a `CheckpointBody`, exactly as signed. */
  body: z.string(),
  /** ECDSA P-256 with SHA-256 over the body's UTF-8 bytes, DER in base64. */
  signature: z.string(),
  /** PEM: the certificate of the key that signed, then its authority's. */
  certificates: z.string(),
  /** RFC 3161 token whose imprint is over the signature's DER bytes, DER in base64. */
  timestampToken: z.string().nullable(),
})
export type SealedCheckpoint = z.infer<typeof SealedCheckpoint>

export function writeCheckpointBody(body: Omit<CheckpointBody, 'type'>): string {
  return canonicalJson(CheckpointBody.parse({ type: TYPE, ...body }))
}

/** @returns null for text that is not the canonical JSON of a checkpoint's body */
export function readCheckpointBody(text: string): CheckpointBody | null {
  try {
    const parsed = CheckpointBody.safeParse(JSON.parse(text))
    return parsed.success && canonicalJson(parsed.data) === text ? parsed.data : null
  } catch {
    return null
  }
}

/** What the ledger notes of a checkpoint, hex: over all of it but the timestamp, which may come later. */
export function digestCheckpoint({ body, signature, certificates }: SealedCheckpoint): string {
  return sha256Hex(canonicalJson({ body, signature, certificates }))
}

/** What the ledger notes of a timestamp, hex. */
export function digestToken(token: string): string {
  return sha256Hex(token)
}

export const CHECKPOINTED = 'ledger.checkpointed'
export const TIMESTAMPED = 'ledger.timestamped'

/** Payloads of the entries by which a ledger records its own checkpoints. */
export const CheckpointedPayload = z.object({
  number: z.int().min(1),
  size: z.int().min(1),
  checkpointSha256: Sha256,
})
export const TimestampedPayload = z.object({ number: z.int().min(1), tokenSha256: Sha256 })
