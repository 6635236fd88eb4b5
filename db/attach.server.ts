/** Opens the database beside a running Attested, or alone when none runs: for commands that look and change nothing. */
import { type Database, openDatabase } from './client.server.ts'
import { findRunningServer } from './embedded/running.server.ts'
import { explainStartFailure } from './start-error.ts'

/**
 * The built-in database is reached through its own socket while Attested runs, and started for the time being when
 * it does not. Never migrates.
 *
 * @throws DatabaseStartError; DataFolderLockedError when an Attested that cannot be reached holds the folder
 */
export async function attachDatabase(options: {
  url: string | null
  dataDir: string
  log?: (line: string) => void
}): Promise<Database> {
  const { dataDir, log } = options
  if (options.url) return openDatabase({ url: options.url, dataDir, migrate: false })
  const url = await findRunningServer(dataDir).catch((error) => {
    throw explainStartFailure(error, 'Looking for the database', dataDir)
  })
  return openDatabase({ url: url ?? undefined, dataDir, log, migrate: false })
}
