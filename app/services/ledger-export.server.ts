/** Hands a ledger out: whole, as a file that anybody can check, or one entry with its proof. */
import type { Database } from '#db/client.server.ts'
import { findNewestCheckpoint } from '#db/queries/checkpoints.server.ts'
import { findEntry } from '#db/queries/ledger.server.ts'
import { type InclusionDocument, PROOF_TYPE } from '#evidence/inclusion-document.server.ts'
import { writeHeader, writeLine } from '#evidence/ledger-export.ts'
import { proveInclusionIn } from '#evidence/merkle.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { findLedgerName } from './ledger-check.server.ts'
import { readHashes, readMoment, readRecords, sealedOf } from './ledger-reading.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/**
 * Lines of an export, in the order of `docs/ledger.md`, as the ledger stands now. What is wrong is exported as it is.
 * @throws NotFoundError where there is no such organisation
 */
export async function* exportLedger(
  database: Database,
  organisationId: string,
  now: Date,
): AsyncGenerator<string> {
  const organisationName = await findLedgerName(database, organisationId)
  if (organisationName === null) throw new NotFoundError(`There is no organisation ${organisationId}.`)
  yield writeHeader({ organisationId, organisationName, exportedAt: now.toISOString() })
  const moment = await readMoment(database, organisationId)
  let entries = 0
  let checkpoints = 0
  for await (const record of readRecords(database, organisationId, moment)) {
    if ('entry' in record) {
      entries += 1
      yield writeLine(record)
    } else {
      checkpoints += 1
      yield writeLine({ checkpoint: record.checkpoint })
    }
  }
  yield writeLine({ end: { entries, checkpoints } })
}

/**
 * An entry with its proof against the newest checkpoint, which covers everything that an older one does.
 * @throws NotFoundError where there is no such entry
 * @throws RefusedError `not-covered` where no checkpoint covers it yet
 */
export async function proveEntry(
  database: Database,
  organisationId: string,
  sequence: number,
): Promise<InclusionDocument> {
  const { row, newest } = await database.inOrganisation(organisationId, async (tx) => ({
    row: await findEntry(tx, organisationId, sequence),
    newest: await findNewestCheckpoint(tx, organisationId),
  }))
  if (!row) throw new NotFoundError(`The ledger has no entry ${sequence}.`)
  if (!newest || newest.size < sequence) {
    throw new RefusedError(
      'not-covered',
      `No checkpoint covers entry ${sequence} yet. Make a checkpoint on the ledger’s page, then ask again.`,
    )
  }
  const proof = await proveInclusionIn(readHashes(database, organisationId, newest.size), {
    index: sequence - 1,
    size: newest.size,
  })
  const entry = { ...row, at: row.at.toISOString() }
  return { type: PROOF_TYPE, entry, proof, checkpoint: sealedOf(newest) }
}

/** As `exportLedger`, for a member. */
export function exportOwnLedger({ organisationId }: Member): AsyncGenerator<string> {
  const { database, clock } = getRuntime()
  return exportLedger(database, organisationId, clock())
}

/** As `proveEntry`, for a member. */
export function proveOwnEntry({ organisationId }: Member, sequence: number): Promise<InclusionDocument> {
  return proveEntry(getRuntime().database, organisationId, sequence)
}
