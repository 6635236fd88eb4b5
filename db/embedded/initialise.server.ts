/** Makes a new cluster, whole or not at all. */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { DatabaseStartError } from '../start-error.ts'
import type { Binaries } from './binaries.server.ts'
import { bareEnvironment, isAlive } from './process.server.ts'
import type { SystemUser } from './system-user.server.ts'

const run = promisify(execFile)
const LEFTOVER_AGE_MS = 10 * 60_000

export interface Credentials {
  /** Of the cluster's superuser `postgres`. */
  superuserPassword: string
  /** Of `attested_owner`, which owns the database and nothing else. */
  ownerPassword: string
}

/** Initialises beside the final place and moves the whole there: a crash or a second start leaves no half cluster. */
export async function initialise(folder: string, binaries: Binaries, user: SystemUser | null): Promise<void> {
  const staging = `${folder}.new-${process.pid}-${randomBytes(4).toString('hex')}`
  const passwordFile = join(staging, 'superuser-password')
  const secrets = join(staging, 'credentials.json')
  const credentials: Credentials = {
    superuserPassword: randomBytes(24).toString('base64url'),
    ownerPassword: randomBytes(24).toString('base64url'),
  }
  try {
    await mkdir(staging, { mode: 0o700 })
    await writeDurably(secrets, JSON.stringify(credentials))
    await writeDurably(passwordFile, credentials.superuserPassword)
    if (user) for (const path of [staging, passwordFile, secrets]) await chown(path, user.uid, user.gid)
    const options = [
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The built-in provider sorts the same on every machine, whatever its C library.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ]
    await run(binaries.initdb, ['-D', join(staging, 'cluster'), ...options], {
      ...user,
      cwd: '/',
      env: bareEnvironment(),
    })
    await rm(passwordFile)
    await moveIntoPlace(staging, folder)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function moveIntoPlace(staging: string, folder: string): Promise<void> {
  try {
    await rename(staging, folder)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    // Another first start was faster, and its cluster is as good as ours.
    if (await exists(join(folder, 'cluster', 'PG_VERSION'))) return
    throw new DatabaseStartError(
      'data-folder-unusable',
      `${folder} holds something that is not a database of Attested. Move it away, or choose another folder with ATTESTED_DATA_DIR.`,
    )
  }
  if (process.platform === 'win32') return
  const parent = await open(dirname(folder), 'r')
  await parent.sync().finally(() => parent.close())
}

/** Half-made clusters of starts that were killed. */
export async function removeLeftovers(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.new-`
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(prefix)) continue
    const path = join(dirname(folder), name)
    const maker = Number(name.slice(prefix.length).split('-')[0])
    // In a container the maker's id is often our own again, so age decides too.
    if (isAlive(maker) && Date.now() - (await stat(path)).mtimeMs < LEFTOVER_AGE_MS) continue
    await rm(path, { recursive: true, force: true })
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
