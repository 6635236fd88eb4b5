/** Where the embedded cluster lives, and as which user it runs. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { DatabaseStartError } from '../start-error.ts'
import { type Binaries, copyBinaries, findBinaries } from './binaries.server.ts'
import { type Credentials, initialise, removeLeftovers } from './initialise.server.ts'
import { canEnter, canRun, ensureSystemUser, isRoot, type SystemUser } from './system-user.server.ts'

const run = promisify(execFile)

/** For clusters that cannot live in the data folder; only root gets there. */
const FALLBACK_PARENT = '/var/lib/attested'

export interface Home {
  /** Holds `cluster`, `credentials.json` and the socket; usually `<dataDir>/postgres`. */
  folder: string
  cluster: string
  credentials: Credentials
  binaries: Binaries
  /** null: we are an ordinary user, and so is PostgreSQL. */
  user: SystemUser | null
}

/** Finds the cluster of a data folder, or initialises it there. */
export async function prepareHome(dataDir: string, log: (line: string) => void): Promise<Home> {
  await mkdir(dataDir, { recursive: true })
  const absolute = await realpath(dataDir)
  let binaries = await findBinaries()
  const user = isRoot() ? ((await ownerOf(join(absolute, 'postgres'))) ?? (await ensureSystemUser())) : null
  const folder = await chooseFolder(absolute, user, log)
  if (user && !(await canRun(user, binaries.postgres))) {
    binaries = await copyBinaries(binaries, FALLBACK_PARENT)
  }
  const cluster = join(folder, 'cluster')
  await removeLeftovers(folder)
  const owner = (await exists(folder)) ? await settleOwner(folder, user) : user
  if (!(await exists(join(cluster, 'PG_VERSION')))) {
    log(`Preparing the database in ${folder}`)
    await initialise(folder, binaries, owner)
  }
  await checkVersion(cluster, binaries)
  const credentials = JSON.parse(await readFile(join(folder, 'credentials.json'), 'utf8')) as Credentials
  return { folder, cluster, credentials, binaries, user: owner }
}

async function chooseFolder(dataDir: string, user: SystemUser | null, log: (line: string) => void) {
  const usual = join(dataDir, 'postgres')
  const pointer = join(dataDir, 'postgres.location')
  const elsewhere = (await readFile(pointer, 'utf8').catch(() => '')).trim()
  if (elsewhere) {
    if (!(await exists(dirname(elsewhere)))) {
      throw new DatabaseStartError(
        'data-folder-unusable',
        `The database of ${dataDir} is kept in ${elsewhere}, as ${pointer} says, but that folder is gone. ` +
          `Restore it, or delete ${pointer} to begin with an empty database.`,
      )
    }
    return elsewhere
  }
  if (!user) return usual
  const { mode } = await stat(dataDir)
  if ((mode & 0o001) === 0) await chmod(dataDir, mode | 0o001)
  if (await canEnter(user, dataDir)) return usual
  if (await exists(usual)) {
    throw new DatabaseStartError(
      'data-folder-unusable',
      `The database in ${usual} cannot be reached by the system user that it has to run as under root. ` +
        `Allow passage through each folder above it (chmod o+x), or start Attested as the user that made it.`,
    )
  }
  return settleElsewhere(dataDir, pointer, log)
}

/** A private home lets nobody else pass: the cluster goes to a folder of the system's, and a file says where. */
async function settleElsewhere(
  dataDir: string,
  pointer: string,
  log: (line: string) => void,
): Promise<string> {
  const parent = join(FALLBACK_PARENT, `${basename(dirname(dataDir))}-${randomBytes(4).toString('hex')}`)
  const folder = join(parent, 'postgres')
  await mkdir(parent, { recursive: true, mode: 0o755 })
  try {
    await writeFile(pointer, `${folder}\n`, { flag: 'wx' })
  } catch (error) {
    await rm(parent, { recursive: true, force: true })
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return (await readFile(pointer, 'utf8')).trim()
  }
  log(
    `${dataDir} lies in a private folder that the system user "postgres" cannot enter, ` +
      `so the database is kept in ${folder} (recorded in ${pointer}).`,
  )
  return folder
}

/** PostgreSQL demands to own its files: under root it runs as their owner, and files of root's change hands. */
async function settleOwner(folder: string, user: SystemUser | null): Promise<SystemUser | null> {
  const owner = await stat(folder)
  if (!user) {
    if (process.getuid && owner.uid !== process.getuid()) {
      throw new DatabaseStartError(
        'data-folder-unusable',
        `The database in ${folder} belongs to another user (id ${owner.uid}). ` +
          `Start Attested as that user or as root, or give the folder away with: chown -R "$(id -u)" ${folder}`,
      )
    }
    return null
  }
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  // Restored from a backup, perhaps.
  await run('chown', ['-R', `${user.uid}:${user.gid}`, folder])
  return user
}

/** An ordinary user whose database root is to open; null for no folder yet, or one of root's. */
async function ownerOf(folder: string): Promise<SystemUser | null> {
  const found = await stat(folder).catch(() => null)
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : null
}

async function checkVersion(cluster: string, binaries: Binaries): Promise<void> {
  const made = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  const here = binaries.version.split('.')[0]
  if (made === here) return
  throw new DatabaseStartError(
    'data-folder-unusable',
    `The database in ${cluster} was made by PostgreSQL ${made}, and this version of Attested brings PostgreSQL ${here}. ` +
      'Start the version of Attested that made it, dump the database there, and load it into a new data folder.',
  )
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
