/** Whether the ledger's entries in a claim pack are proved, and say what the manifest says of its files. */
import { readCheckpointBody, SealedCheckpoint } from '#evidence/checkpoint.ts'
import {
  type InclusionDocument,
  type InclusionVerdict,
  verifyInclusionDocument,
} from '#evidence/inclusion-document.server.ts'
import { CheckFailure } from '../verify/results.ts'
import type { Manifest, PackFile } from './manifest.ts'
import type { ProvedEntry } from './record/proved-entry.ts'

/** @throws CheckFailure where the file holds no checkpoint */
export function readCheckpoint(text: string): SealedCheckpoint {
  try {
    return SealedCheckpoint.parse(JSON.parse(text))
  } catch {
    throw new CheckFailure('ledger/checkpoint.json is no checkpoint.')
  }
}

/** Judges one proof. @returns what it proves, and sentences on what does not hold */
export async function judgeProof(
  file: PackFile,
  text: string,
  around: { checkpoint: SealedCheckpoint; manifest: Manifest; authorityPem: string; timestampPem?: string },
): Promise<{ entry: ProvedEntry | null; timestamp: InclusionVerdict['timestamp']; faults: string[] }> {
  const verdict = await verifyInclusionDocument(text, {
    trustedAuthorityPem: around.authorityPem,
    trustedTimestampPem: around.timestampPem,
  })
  const faults = verdict.faults.map((fault) => `${file.path}: ${fault}`)
  const { document } = verdict
  if (!document) return { entry: null, timestamp: null, faults }
  if (JSON.stringify(document.checkpoint) !== JSON.stringify(around.checkpoint))
    faults.push(`${file.path} leads to another checkpoint than ledger/checkpoint.json.`)
  const { organisationId, sequence, kind } = document.entry
  if (organisationId !== around.manifest.organisation.id)
    faults.push(`${file.path} is of another organisation’s ledger.`)
  if (file.entry?.sequence !== sequence || file.entry.kind !== kind)
    faults.push(`${file.path} proves another entry than the manifest says.`)
  return { entry: verdict.ok ? readEntry(document) : null, timestamp: verdict.timestamp, faults }
}

function readEntry({ entry }: InclusionDocument): ProvedEntry | null {
  try {
    const payload = JSON.parse(entry.payload) as Record<string, unknown>
    return { sequence: entry.sequence, kind: entry.kind, actor: entry.actor, at: entry.at, payload }
  } catch {
    return null
  }
}

/** Sentences; none where the checkpoint is the one that the manifest names. */
export function listCheckpointFaults(
  checkpoint: SealedCheckpoint,
  { checkpoint: named, madeAt }: Manifest,
): string[] {
  const body = readCheckpointBody(checkpoint.body)
  if (!body) return ['The text of the checkpoint is none of ours.']
  const faults: string[] = []
  if (body.number !== named.number || body.size !== named.size)
    faults.push('The checkpoint is another one than the manifest names.')
  if (body.createdAt > madeAt) faults.push('The checkpoint was signed after the pack was made.')
  return faults
}
