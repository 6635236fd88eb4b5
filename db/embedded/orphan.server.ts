/** What to do about a database server that runs already when we start. */
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseStartError, DataFolderLockedError } from '../start-error.ts'
import { removeSocketFolder, urlOf } from './address.server.ts'
import { tryToHold } from './holder.server.ts'
import type { Home } from './home.server.ts'
import * as postmaster from './postmaster.server.ts'
import { isAlive, isServerOf } from './process.server.ts'

const PATIENCE_MS = 2 * 60_000
const GRACE_MS = 1500

/**
 * Ends a server that outlived its Attested; leaves one alone whose Attested lives.
 *
 * @throws DataFolderLockedError
 */
export async function stopOrphan(home: Home, dataDir: string, log: (line: string) => void): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline) {
    const found = await postmaster.readPostmasterFile(home)
    if (!found) return
    try {
      const attempt = await tryToHold(urlOf(home, found, 'postgres'), { graceMs: GRACE_MS })
      if (attempt.outcome === 'held-by-another') throw new DataFolderLockedError(dataDir, attempt.holder)
      if (!(await isServerOf(home.cluster, found.pid))) {
        // It answers, but its process is out of sight: another container shares this folder.
        await attempt.hold.release()
        throw new DataFolderLockedError(dataDir, 'in another container')
      }
      log('Stopping the database that an earlier Attested left running')
      // The lock is kept until the server is gone, so that no third start takes it for an orphan, too.
      await postmaster.stopPostmaster(home, found.pid)
      await attempt.hold.release()
      await removeSocketFolder(home, found)
      return
    } catch (error) {
      if (error instanceof DatabaseStartError) throw error
      if (!(await isStillThere(home, found))) return
      // Starting, recovering or shutting down: whoever does it will be done soon.
      await sleep(100)
    }
  }
  throw new DatabaseStartError(
    'postgres-failed',
    `A database process still runs in ${home.folder} but does not answer. End it, then start again.`,
  )
}

async function isStillThere(home: Home, found: postmaster.PostmasterFile): Promise<boolean> {
  if (await isServerOf(home.cluster, found.pid)) return true
  const now = await postmaster.readPostmasterFile(home)
  if (now?.pid !== found.pid) return now !== null
  if (isAlive(found.pid)) await postmaster.disownPostmasterFile(home)
  await removeSocketFolder(home, found)
  return false
}
