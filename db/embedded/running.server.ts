/** Finds the built-in database of a data folder without starting, stopping or changing anything. */
import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseStartError } from '../start-error.ts'
import { urlOf } from './address.server.ts'
import type { Credentials } from './initialise.server.ts'
import { readPostmasterFile } from './postmaster.server.ts'
import { isServerOf } from './process.server.ts'

/**
 * @returns the owner's connection string; null when the database is not running
 * @throws DatabaseStartError `data-folder-unusable` when the folder holds no database
 */
export async function findRunningServer(dataDir: string): Promise<string | null> {
  const folder = await findFolder(dataDir)
  const cluster = join(folder, 'cluster')
  const text = await readFile(join(folder, 'credentials.json'), 'utf8').catch((cause) => {
    if (cause.code !== 'ENOENT') throw cause
    throw new DatabaseStartError(
      'data-folder-unusable',
      `There is no database of Attested in ${dataDir}. Name the right data folder with ATTESTED_DATA_DIR.`,
      { cause },
    )
  })
  const found = await readPostmasterFile({ cluster })
  // A server of another container answers nobody here; starting our own then tells that it is in use.
  if (!found?.isReady || !(await isServerOf(cluster, found.pid))) return null
  return urlOf({ credentials: JSON.parse(text) as Credentials }, found, 'attested')
}

/** Under root the database may be kept elsewhere; a file in the data folder says where. */
async function findFolder(dataDir: string): Promise<string> {
  const absolute = await realpath(dataDir).catch(() => dataDir)
  const elsewhere = await readFile(join(absolute, 'postgres.location'), 'utf8').catch(() => '')
  return elsewhere.trim() || join(absolute, 'postgres')
}
