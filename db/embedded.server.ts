/** The built-in PostgreSQL: started with Attested, stopped with it, and held by one Attested at a time. */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeSocketFolder, temporarySocketFolder, urlOf } from './embedded/address.server.ts'
import { type Hold, tryToHold } from './embedded/holder.server.ts'
import { type Home, prepareHome } from './embedded/home.server.ts'
import { stopOrphan } from './embedded/orphan.server.ts'
import * as postmaster from './embedded/postmaster.server.ts'
import { startWatchdog } from './embedded/watchdog.server.ts'
import { DatabaseStartError, DataFolderLockedError, explainStartFailure } from './start-error.ts'

export interface EmbeddedOptions {
  dataDir: string
  log?: (line: string) => void
  /** The database ended although nobody asked it to. */
  onCrash?: (error: Error) => void
  /** For tests: the data folder is deleted when our process is killed, and nothing in it would survive a power cut. */
  isThrowAway?: boolean
}

export interface EmbeddedServer {
  /** Of the role that owns the database `attested`. */
  ownerUrl: string
  /** Of the cluster's superuser, on the database `postgres`. */
  superuserUrl: string
  close(): Promise<void>
}

// Long enough for the shutdown of a server that has much to write.
const BUSY_TIMEOUT_MS = 2 * 60_000

/**
 * Starts the PostgreSQL of a data folder, recovering from whatever an earlier process left behind.
 *
 * @throws DataFolderLockedError when another running Attested holds the folder
 * @throws DatabaseStartError with a code for everything else
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { dataDir, log = () => {} } = options
  try {
    const home = await prepareHome(dataDir, log)
    const deadline = Date.now() + BUSY_TIMEOUT_MS
    while (Date.now() < deadline) {
      await stopOrphan(home, dataDir, log)
      const started = await postmaster.spawnPostmaster(home, options)
      if (started.outcome === 'ready') return await hold(home, started.server, options)
      await sleep(50)
    }
    throw new DatabaseStartError(
      'postgres-failed',
      `The database in ${home.folder} is kept busy by another process. Wait a minute and start again.`,
    )
  } catch (error) {
    throw explainStartFailure(error, 'Opening the database', dataDir)
  }
}

async function hold(
  home: Home,
  server: postmaster.RunningServer,
  { dataDir, onCrash = () => {}, isThrowAway }: EmbeddedOptions,
): Promise<EmbeddedServer> {
  const { child, pid, address } = server
  let isClosing = false
  const crash = (error: Error) => {
    if (isClosing) return
    isClosing = true
    void close().finally(() => onCrash(error))
  }
  const locked = (holder: string | null) => new DataFolderLockedError(dataDir, holder)
  const onLost = (holder: string | null) => crash(locked(holder))
  const attempt = await tryToHold(urlOf(home, address, 'postgres'), { onLost }).catch(async (error) => {
    // Another start took our fresh server for an orphan and stopped it: that one has the folder now.
    const hasEnded = () => child.exitCode !== null || child.signalCode !== null
    if (!hasEnded()) await Promise.race([once(child, 'exit'), sleep(5000)])
    if (hasEnded()) throw locked(null)
    await postmaster.stopPostmaster(home, pid)
    throw error
  })
  if (attempt.outcome === 'held-by-another') {
    await postmaster.stopPostmaster(home, pid)
    throw locked(attempt.holder)
  }
  const socketFolder = temporarySocketFolder(home, address)
  const leftovers = [isThrowAway ? dataDir : null, socketFolder].filter((folder) => folder !== null)
  const watchdog = startWatchdog(home, pid, leftovers)
  async function close() {
    isClosing = true
    if (attempt.outcome === 'held') await attempt.hold.release()
    await postmaster.stopPostmaster(home, pid)
    watchdog?.kill('SIGKILL')
    await removeSocketFolder(home, address)
  }
  child.once('exit', (code, signal) => {
    const detail = `${signal ?? `status ${code}`}; ${server.lastWords()}`
    crash(
      explainStartFailure(
        new Error(detail),
        'The database ended by itself, and Attested has to be restarted: it',
        dataDir,
      ),
    )
  })
  try {
    await ensureDatabase(attempt.hold, home.credentials.ownerPassword)
  } catch (error) {
    await close()
    throw error
  }
  return { superuserUrl: urlOf(home, address, 'postgres'), ownerUrl: urlOf(home, address, 'attested'), close }
}

/** The same shape as a database made by an administrator: an owner who is no superuser. */
async function ensureDatabase({ superuser }: Hold, ownerPassword: string): Promise<void> {
  const [role] = await superuser`select from pg_roles where rolname = 'attested_owner'`
  // The password is ours, base64url: it needs no quoting, and CREATE ROLE takes no parameters.
  if (!role) await superuser.unsafe(`create role attested_owner login createrole password '${ownerPassword}'`)
  const [database] = await superuser`select from pg_database where datname = 'attested'`
  if (!database) await superuser.unsafe('create database attested owner attested_owner')
}
