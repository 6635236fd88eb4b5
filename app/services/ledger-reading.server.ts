/** Reads the ledger of one organisation, as it stood at one moment, in pages: for checking, exporting and proving. */
import type { Database } from '#db/client.server.ts'
import * as checkpointRows from '#db/queries/checkpoints.server.ts'
import * as ledgerRows from '#db/queries/ledger.server.ts'
import type { SealedCheckpoint } from '#evidence/checkpoint.ts'
import type { LedgerEntry } from '#evidence/ledger.ts'
import type { LedgerHead } from '#evidence/ledger-head.server.ts'
import type { LedgerRecord } from '#evidence/verify-ledger.server.ts'

const ENTRIES_A_READ = 1000
const CHECKPOINTS_A_READ = 20

export interface LedgerMoment {
  head: LedgerHead | null
  last: Pick<LedgerEntry, 'organisationId' | 'sequence' | 'hash'> | null
  /** Number of the newest checkpoint; 0 without any. */
  newestCheckpoint: number
}

/** Under the lock of the ledger, so that head, last entry and newest checkpoint belong together. */
export async function readMoment(database: Database, organisationId: string): Promise<LedgerMoment> {
  return database.inOrganisation(organisationId, async (tx) => {
    await ledgerRows.lockLedger(tx, organisationId)
    const head = await ledgerRows.findHead(tx, organisationId)
    const newest = await checkpointRows.findNewestCheckpoint(tx, organisationId)
    return {
      head: head && { ...head, at: head.at.toISOString() },
      last: await ledgerRows.findLastEntry(tx, organisationId),
      newestCheckpoint: newest?.number ?? 0,
    }
  })
}

/** A page in memory at a time and no long transaction: what is written after the moment is left out. */
export function readRecords(
  database: Database,
  organisationId: string,
  moment: LedgerMoment,
): AsyncGenerator<LedgerRecord> {
  const upTo = moment.last?.sequence ?? 0
  return orderRecords(
    readEntries(database, organisationId, upTo),
    readCheckpoints(database, organisationId, moment.newestCheckpoint),
    upTo,
  )
}

/** Entries in order, each checkpoint after the last entry that it says it covers. */
export async function* orderRecords(
  entries: AsyncIterable<LedgerEntry>,
  checkpoints: AsyncIterator<checkpointRows.CheckpointRow>,
  upTo: number,
): AsyncGenerator<LedgerRecord> {
  let next = await checkpoints.next()
  for await (const entry of entries) {
    yield { entry }
    while (!next.done && next.value.size <= entry.sequence) {
      yield recordOf(next.value, upTo)
      next = await checkpoints.next()
    }
  }
  // Whatever is left covers more than there is, which the check will tell.
  for (; !next.done; next = await checkpoints.next()) yield recordOf(next.value, upTo)
}

async function* readEntries(
  database: Database,
  organisationId: string,
  upTo: number,
): AsyncGenerator<LedgerEntry> {
  // Numbers below 1 are no entries of ours, and must be seen by whoever checks.
  let after = Number.MIN_SAFE_INTEGER
  while (true) {
    const page = { after, upTo, limit: ENTRIES_A_READ }
    const rows = await database.inOrganisation(organisationId, (tx) =>
      ledgerRows.listEntriesAfter(tx, organisationId, page),
    )
    for (const row of rows) yield { ...row, at: row.at.toISOString() }
    const last = rows.at(-1)
    if (!last || rows.length < ENTRIES_A_READ) return
    after = last.sequence
  }
}

async function* readCheckpoints(database: Database, organisationId: string, newest: number) {
  let after = -1
  while (true) {
    const rows = await database.inOrganisation(organisationId, (tx) =>
      checkpointRows.listCheckpointsAfter(tx, organisationId, { after, limit: CHECKPOINTS_A_READ }),
    )
    for (const row of rows) if (row.number <= newest) yield row
    const last = rows.at(-1)
    if (!last || rows.length < CHECKPOINTS_A_READ) return
    after = last.number
  }
}

function recordOf(row: checkpointRows.CheckpointRow, upTo: number): LedgerRecord {
  const { organisationId, number, size, rootHash, headHash, timestampEntry } = row
  const createdAt = row.createdAt.toISOString()
  return {
    checkpoint: sealedOf(row, upTo),
    columns: { organisationId, number, size, rootHash, headHash, createdAt, timestampEntry },
  }
}

/** @param upTo a timestamp that was recorded behind this entry came later, and is left out */
export function sealedOf(
  row: checkpointRows.CheckpointRow,
  upTo = Number.MAX_SAFE_INTEGER,
): SealedCheckpoint {
  const { body, signature, certificates } = row
  const isLater = (row.timestampEntry ?? 0) > upTo
  return { body, signature, certificates, timestampToken: isLater ? null : row.timestampToken }
}

/** The hashes of the entries 1 to `size` as bytes, in order. */
export async function* readHashes(
  database: Database,
  organisationId: string,
  size: number,
): AsyncGenerator<Uint8Array> {
  let after = 0
  while (after < size) {
    const page = { after, upTo: size, limit: ENTRIES_A_READ * 10 }
    const rows = await database.inOrganisation(organisationId, (tx) =>
      ledgerRows.listHashesAfter(tx, organisationId, page),
    )
    for (const row of rows) yield Buffer.from(row.hash, 'hex')
    const last = rows.at(-1)
    if (!last) return
    after = last.sequence
  }
}
