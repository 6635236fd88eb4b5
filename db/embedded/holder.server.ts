/** One Attested per data folder: a lock inside the database, held as long as the process lives. */
import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { connectTo } from '../connection.server.ts'

/** "attested" as eight bytes; the lock is taken in the database `postgres`, which nothing else of ours uses. */
const LOCK_KEY = '7022365698054972772'

// Ten seconds in all, each step well within the grace that others leave.
const TAKE_BACK_INTERVAL_MS = 50
const TAKE_BACK_ATTEMPTS = 200

export type HoldOutcome =
  | { outcome: 'held'; hold: Hold }
  | { outcome: 'held-by-another'; holder: string | null }

export interface Hold {
  superuser: postgres.Sql
  release(): Promise<void>
}

/**
 * Tries to take the lock of the server behind `url`.
 *
 * @param options.onLost called when the lock was lost and could not be taken back, or somebody else has it now
 * @param options.graceMs how long nobody must have held the lock before it is taken: whoever started the server,
 *   or lost its connections, is about to take it
 */
export async function tryToHold(
  url: string,
  options: { onLost?: (holder: string | null) => void; graceMs?: number },
): Promise<HoldOutcome> {
  const { onLost = () => {}, graceMs = 0 } = options
  let isReleased = false
  let isHeld = false
  const superuser = connectTo(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    // No growing pauses between attempts: the lock has to be back before somebody else takes it.
    backoff: () => TAKE_BACK_INTERVAL_MS / 1000,
    connection: { application_name: `attested process ${process.pid}` },
    onclose: () => {
      if (isHeld && !isReleased) void takeBack()
    },
  })
  const tryLock = async () => {
    const [row] = await superuser<{ got: boolean }[]>`select pg_try_advisory_lock(${LOCK_KEY}::bigint) as got`
    return row?.got === true
  }

  // PostgreSQL restarts all its connections when one of its processes crashes; the lock goes with them.
  async function takeBack() {
    isHeld = false
    for (let attempt = 0; attempt < TAKE_BACK_ATTEMPTS && !isReleased; attempt++) {
      try {
        isHeld = await tryLock()
        if (isHeld) return
        return onLost(await nameHolder(superuser))
      } catch {
        await sleep(TAKE_BACK_INTERVAL_MS)
      }
    }
    if (!isReleased) onLost(null)
  }

  try {
    for (const end = Date.now() + graceMs; Date.now() < end; await sleep(100)) {
      if ((await nameHolder(superuser)) !== null) break
    }
    isHeld = await tryLock()
    if (!isHeld) {
      const holder = await nameHolder(superuser)
      await superuser.end({ timeout: 1 })
      return { outcome: 'held-by-another', holder }
    }
  } catch (error) {
    await superuser.end({ timeout: 0 })
    throw error
  }
  const release = async () => {
    isReleased = true
    await superuser.end({ timeout: 1 })
  }
  return { outcome: 'held', hold: { superuser, release } }
}

async function nameHolder(sql: postgres.Sql): Promise<string | null> {
  const [row] = await sql<{ name: string }[]>`
    select application_name as name from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and granted and objsubid = 1
      and (classid::bigint << 32 | objid::bigint) = ${LOCK_KEY}::bigint limit 1`
  return row?.name || null
}
