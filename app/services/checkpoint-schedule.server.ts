/**
 * When checkpoints are made: a job looks at every organisation at start-up and each half hour, and asks for a
 * checkpoint where one is due. The look is the cross-tenant scheduler of rule 6: it sees ids and nothing else.
 */
import type { CheckpointRow } from '#db/queries/checkpoints.server.ts'
import { listUnstampedCheckpoints } from '#db/queries/checkpoints.server.ts'
import { timestampCheckpoints } from './checkpoint-timestamps.server.ts'
import { describeNewest, makeCheckpoint, makeCheckpointNow } from './checkpoints.server.ts'
import { RefusedError } from './errors.ts'
import { findLedgerName, listLedgers } from './ledger-check.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** So many new entries are covered at the next look, whatever the time. */
const ENOUGH_ENTRIES = 100
const ENOUGH_MS = 24 * 60 * 60 * 1000

/** The first checkpoint comes with the first look; later ones after 100 entries, or 24 hours with at least one. */
export function isDue(
  newest: Pick<CheckpointRow, 'createdAt'> | null,
  newEntries: number,
  now: Date,
): boolean {
  if (newEntries === 0) return false
  if (newest === null || newEntries >= ENOUGH_ENTRIES) return true
  return now.getTime() - newest.createdAt.getTime() >= ENOUGH_MS
}

export async function lookForCheckpoints(): Promise<void> {
  const { database, jobs } = getRuntime()
  for (const organisationId of await listLedgers(database)) {
    if ((await findDue(organisationId)) !== null || (await lacksTimestamp(organisationId)))
      await jobs.enqueue({ name: 'make-checkpoint', organisationId })
  }
}

/** The number of the checkpoint after which the next one is due, 0 without any; null when none is due. */
async function findDue(organisationId: string): Promise<number | null> {
  const { newest, newEntries } = await describeNewest(organisationId, ENOUGH_ENTRIES)
  return isDue(newest, newEntries, getRuntime().clock()) ? (newest?.number ?? 0) : null
}

async function lacksTimestamp(organisationId: string): Promise<boolean> {
  const { database, settings } = getRuntime()
  if (!settings.timestampUrl) return false
  const waiting = await database.inOrganisation(organisationId, (tx) =>
    listUnstampedCheckpoints(tx, organisationId, 1),
  )
  return waiting.length > 0
}

/** Looks again, so that a job that comes twice does nothing twice; then asks for timestamps that are missing. */
export async function makeDueCheckpoint(organisationId: string): Promise<void> {
  const name = await findLedgerName(getRuntime().database, organisationId)
  if (name === null) return
  const due = await findDue(organisationId)
  if (due !== null) {
    try {
      await makeCheckpoint({ id: organisationId, name }, 'Attested', due)
    } catch (error) {
      // A ledger that does not hold is no fault of this job: checking it tells, and trying again changes nothing.
      if (!(error instanceof RefusedError)) throw error
    }
  }
  await timestampCheckpoints(organisationId)
}

/**
 * For somebody who asks for it on a page.
 * @returns the checkpoint's number, null when another one came first; and why a timestamp is missing, null when none is
 * @throws RefusedError `nothing-new`, `ledger-broken`
 */
export async function checkpointNow(
  member: Member,
): Promise<{ number: number | null; timestampFailure: string | null }> {
  const number = await makeCheckpointNow(member)
  return { number, timestampFailure: await timestampCheckpoints(member.organisationId) }
}
