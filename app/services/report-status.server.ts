/** Answers anybody who holds a report's file whether it still counts; says nothing about whose it is. */
import { findFileStanding } from '#db/queries/report-status.server.ts'
import { takeFromAllowance } from './public-allowance.server.ts'
import type { FileStatus } from './report-status.ts'
import { getRuntime } from './runtime.server.ts'

const COUNTERSIGNED = 'The insured’s officer has signed since: the copy with every signature took its place.'

/**
 * The standing of the file with this digest.
 * @param address where the question comes from; each has its own allowance
 * @returns how long to wait where the address asked too often
 */
export async function askFileStatus(
  sha256: string,
  address: string,
): Promise<FileStatus | { status: 'too-many'; retryAfterSeconds: number }> {
  const wait = await takeFromAllowance(address)
  if (wait !== null) return { status: 'too-many', retryAfterSeconds: wait }
  const found = await getRuntime().database.forFileStatus(sha256, (tx) => findFileStanding(tx, sha256))
  return found ? statusOf(found) : { status: 'unknown' }
}

type Standing = NonNullable<Awaited<ReturnType<typeof findFileStanding>>>

function statusOf({ state, stage, ...row }: Standing): FileStatus {
  const at = (moment: Date | null) => moment?.toISOString() ?? null
  switch (state) {
    case 'withdrawn':
      return { status: 'withdrawn', at: at(row.endedAt), reason: row.withdrawnReason ?? '' }
    case 'superseded':
      return { status: 'superseded', at: at(row.endedAt), reason: row.supersededReason ?? '' }
    case 'signed':
      return stage === 'attested'
        ? { status: 'in-force' }
        : { status: 'superseded', at: at(row.attestedAt), reason: COUNTERSIGNED }
    case 'awaiting-attestation':
    case 'attesting':
      return { status: 'awaiting-signature' }
    // None has a file yet.
    case 'answering':
    case 'rendering':
    case 'failed':
      return { status: 'unknown' }
  }
}
