/** Whether each evidence file is the one that the ledger recorded, with the dates and the words that it recorded. */
import type { EvidenceAccount, Manifest } from '../manifest.ts'
import { differingFields, entriesOf, type ProvedEntry } from './proved-entry.ts'

/** The entries that a file came in with. */
export const RECEIPTS = ['evidence.received', 'evidence.revised', 'evidence.copied', 'check.finished']

export function listEvidenceFaults(manifest: Manifest, entries: readonly ProvedEntry[]): string[] {
  const files = [...manifest.files, ...manifest.missing]
  return files.flatMap(({ path, sha256, role, evidence }) => {
    if ((role === 'evidence') !== (evidence !== undefined))
      return [`The manifest does not say what ${path} is.`]
    return evidence ? judge(path, sha256, evidence, entries) : []
  })
}

function judge(
  path: string,
  sha256: string,
  told: EvidenceAccount,
  entries: readonly ProvedEntry[],
): string[] {
  const { evidenceId, revisionId } = told
  const receipt = entriesOf(entries, RECEIPTS, { revisionId }).find(
    ({ sequence }) => sequence === told.ledgerEntry,
  )
  if (!receipt) return [`For ${path} there is no proved entry of its receipt.`]
  if (receipt.payload.sha256 !== sha256 || receipt.payload.evidenceId !== evidenceId)
    return [`The ledger recorded another file than ${path} with entry ${receipt.sequence}.`]
  return differingFields(told, recordedOf(told, receipt, entries)).map(
    (name) => `The ledger recorded another ${name} of ${path}.`,
  )
}

function recordedOf(
  { evidenceId, revisionId }: EvidenceAccount,
  receipt: ProvedEntry,
  entries: readonly ProvedEntry[],
) {
  // A later revision says nothing of title and kind: those stay.
  const named = entriesOf(entries, RECEIPTS, { evidenceId }).find(({ payload }) => payload.title)
  const isCheck = receipt.kind === 'check.finished'
  const { payload } = receipt
  const [withdrawn] = [
    ...entriesOf(entries, ['evidence.revision-withdrawn'], { evidenceId }).filter((entry) =>
      (entry.payload.revisionIds as string[]).includes(revisionId),
    ),
    ...entriesOf(entries, ['evidence.withdrawn'], { evidenceId }),
  ]
  return {
    title: named?.payload.title,
    kind: named?.kind === 'check.finished' ? named.payload.evidenceKind : named?.payload.kind,
    collector: isCheck ? receipt.actor : payload.collector,
    observedAt: observationOf(revisionId, String(isCheck ? payload.startedAt : payload.observedAt), entries),
    receivedAt: receipt.at,
    validUntil: payload.validUntil ?? null,
    withdrawnAt: withdrawn?.at ?? null,
  }
}

/** A scan tells its own date, which replaces the stated one unless it lies in the future. */
function observationOf(revisionId: string, stated: string, entries: readonly ProvedEntry[]): string {
  const told = entriesOf(entries, ['scan.imported'], { revisionId })
    .map(({ payload, at }) => ({ scanDate: payload.scanDate as string | null, at }))
    .findLast(({ scanDate, at }) => scanDate !== null && Date.parse(scanDate) <= Date.parse(at))
  return new Date(told?.scanDate ?? stated).toISOString()
}
