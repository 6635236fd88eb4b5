/** Proofs of the ledger entries that a claim pack rests on, against one checkpoint that covers them all. */
import { RECEIPTS } from '#app/report/claim-pack/record/evidence.ts'
import type { Database } from '#db/client.server.ts'
import { findNewestCheckpoint } from '#db/queries/checkpoints.server.ts'
import { listEntriesAbout } from '#db/queries/claim-packs.server.ts'
import { findEntry } from '#db/queries/ledger.server.ts'
import type { SealedCheckpoint } from '#evidence/checkpoint.ts'
import { type InclusionDocument, PROOF_TYPE } from '#evidence/inclusion-document.server.ts'
import { proveInclusionsIn } from '#evidence/merkle-proofs.ts'
import { describeNewest, makeCheckpoint } from './checkpoints.server.ts'
import { RefusedError } from './errors.ts'
import { readHashes, sealedOf } from './ledger-reading.server.ts'

/** What is cited: how the answers, the report, the evidence, the exceptions, the waivers and the incident came to be and changed. */
export const CITED = [
  'answer.recorded',
  'report.prepared',
  'report.certified',
  'report.countersigned',
  'report.attested',
  'report.withdrawn',
  'report.superseded',
  'reattestation.handed-over',
  'reattestation.stated',
  'evidence.received',
  'evidence.revised',
  'evidence.copied',
  'evidence.revision-withdrawn',
  'evidence.withdrawn',
  'evidence.linked',
  'scan.imported',
  // A live check enters its own file.
  'check.finished',
  'exception.recorded',
  'exception.revoked',
  'waiver.offered',
  'waiver.signed',
  'waiver.file-signed',
  'waiver.withdrawn',
  'incident.recorded',
  'incident.changed',
  // Of the authority under which the report was signed.
  'key.created',
  'key.retired',
  'key.compromised',
]
const TRIES = 3

export interface CitedEntry {
  document: InclusionDocument
  /** Of the revision that came in with this entry, else null. */
  receivedRevisionId: string | null
}

/**
 * Signs a checkpoint over everything that was recorded, first.
 * @throws RefusedError `ledger-broken`
 */
export async function coverLedger(organisation: { id: string; name: string }, actor: string): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { newest, newEntries } = await describeNewest(organisation.id, 1)
    if (newEntries === 0) return
    // Null where another one was made meanwhile, which may or may not cover everything.
    if ((await makeCheckpoint(organisation, actor, newest?.number ?? 0)) !== null) return
  }
}

/**
 * @param about.ids of the application, the report, the revisions, the exceptions, the waivers and the incident
 * @param about.until as `listEntriesAbout`
 * @throws RefusedError `not-covered`
 */
export async function proveEntries(
  database: Database,
  organisationId: string,
  about: { ids: readonly string[]; until: Date },
): Promise<{
  checkpoint: SealedCheckpoint
  number: number
  size: number
  createdAt: Date
  entries: CitedEntry[]
}> {
  const { cited, rows, newest } = await database.inOrganisation(organisationId, async (tx) => {
    const cited = await listEntriesAbout(tx, organisationId, { ...about, kinds: CITED })
    const rows = []
    for (const { sequence } of cited) rows.push(await findEntry(tx, organisationId, sequence))
    return { cited, rows, newest: await findNewestCheckpoint(tx, organisationId) }
  })
  const last = cited.at(-1)?.sequence ?? 0
  if (!newest || newest.size < last)
    throw new RefusedError(
      'not-covered',
      'No checkpoint of the ledger covers everything in this pack. Make the pack again.',
    )
  const proofs = await proveInclusionsIn(readHashes(database, organisationId, newest.size), {
    indexes: cited.map(({ sequence }) => sequence - 1),
    size: newest.size,
  })
  const checkpoint = sealedOf(newest)
  const entries = rows.flatMap((row, index): CitedEntry[] => {
    const proof = proofs[index]
    if (!row || !proof) return []
    const entry = { ...row, at: row.at.toISOString() }
    const { revisionId } = JSON.parse(row.payload) as { revisionId?: string }
    return [
      {
        document: { type: PROOF_TYPE, entry, proof, checkpoint },
        receivedRevisionId: (RECEIPTS.includes(row.kind) && revisionId) || null,
      },
    ]
  })
  const { number, size, createdAt } = newest
  return { checkpoint, number, size, createdAt, entries }
}
