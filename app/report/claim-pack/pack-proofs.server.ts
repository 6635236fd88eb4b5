/** Whether the ledger's entries in a claim pack are proved, and say what the manifest says of its files. */
import { readCheckpointBody, SealedCheckpoint } from '#evidence/checkpoint.ts'
import { type InclusionDocument, verifyInclusionDocument } from '#evidence/inclusion-document.server.ts'
import { CheckFailure } from '../verify/results.ts'
import type { Manifest, PackFile } from './manifest.ts'

export interface ProvedEntry {
  sequence: number
  kind: string
  payload: Record<string, unknown>
}

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
  around: { checkpoint: SealedCheckpoint; manifest: Manifest; authorityPem: string },
): Promise<{ entry: ProvedEntry | null; faults: string[] }> {
  const verdict = await verifyInclusionDocument(text, { trustedAuthorityPem: around.authorityPem })
  const faults = verdict.faults.map((fault) => `${file.path}: ${fault}`)
  const { document } = verdict
  if (!document) return { entry: null, faults }
  if (JSON.stringify(document.checkpoint) !== JSON.stringify(around.checkpoint))
    faults.push(`${file.path} leads to another checkpoint than ledger/checkpoint.json.`)
  const { organisationId, sequence, kind } = document.entry
  if (organisationId !== around.manifest.organisation.id)
    faults.push(`${file.path} is of another organisation’s ledger.`)
  if (file.entry?.sequence !== sequence || file.entry.kind !== kind)
    faults.push(`${file.path} proves another entry than the manifest says.`)
  return { entry: verdict.ok ? readEntry(document) : null, faults }
}

function readEntry({ entry }: InclusionDocument): ProvedEntry | null {
  try {
    const payload = JSON.parse(entry.payload) as Record<string, unknown>
    return { sequence: entry.sequence, kind: entry.kind, payload }
  } catch {
    return null
  }
}

/** Sentences; none where the checkpoint is the one that the manifest names. */
export function listCheckpointFaults(
  checkpoint: SealedCheckpoint,
  { checkpoint: named }: Manifest,
): string[] {
  const body = readCheckpointBody(checkpoint.body)
  if (!body) return ['The text of the checkpoint is none of ours.']
  return body.number === named.number && body.size === named.size
    ? []
    : ['The checkpoint is another one than the manifest names.']
}

/** What the proved entries must say: receipts with the hashes of the files, the attestation, the incident. */
export function listRecordFaults(manifest: Manifest, entries: readonly ProvedEntry[]): string[] {
  const bySequence = new Map(entries.map((entry) => [entry.sequence, entry]))
  const faults: string[] = []
  for (const { path, sha256, evidence } of manifest.files) {
    if (!evidence) continue
    const receipt = evidence.ledgerEntry === null ? null : bySequence.get(evidence.ledgerEntry)
    if (!receipt) faults.push(`For ${path} there is no proved entry of its receipt.`)
    else if (receipt.payload.revisionId !== evidence.revisionId || receipt.payload.sha256 !== sha256)
      faults.push(`The ledger recorded another file than ${path} with entry ${receipt.sequence}.`)
  }
  const isRecorded = entries.some(
    ({ kind, payload }) => kind === 'incident.recorded' && payload.incidentId === manifest.incident.id,
  )
  if (!isRecorded) faults.push('There is no proved entry of the incident.')
  const report = manifest.files.find(({ role }) => role === 'signed-report')
  const reportId = manifest.application?.reportId
  if (report && reportId) {
    const attested = entries.find(
      ({ kind, payload }) => kind === 'report.attested' && payload.reportId === reportId,
    )
    if (!attested) faults.push('There is no proved entry of the report’s attestation.')
    else if (attested.payload.pdfSha256 !== report.sha256)
      faults.push('The ledger recorded the attestation of another report.')
  }
  return faults
}
