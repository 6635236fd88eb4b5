/** Opens this installation's database for one command, beside a running Attested or without one. */
import { fileURLToPath } from 'node:url'
import { findSecret } from '#app/server/secret.server.ts'
import { readSettings } from '#app/server/settings.server.ts'
import { NotFoundError, RefusedError } from '#app/services/errors.ts'
import { attachDatabase } from '#db/attach.server.ts'
import type { Database } from '#db/client.server.ts'
import { explainDatabaseFault } from './database-fault.ts'
import { withoutControls } from './terminal-text.ts'

// Not from the server's start, which would load the whole product.
const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

type ReadSecret = () => Promise<string>

/**
 * @param unread what is said before the reason where the database cannot be read
 * @returns the exit status: that of `work`, or 2 with a sentence on stderr
 */
export async function withDatabase(
  { stderr }: { stderr: { write(text: string): unknown } },
  unread: string,
  work: (database: Database, readSecret: ReadSecret) => Promise<number>,
): Promise<number> {
  let database: Database | undefined
  try {
    const settings = readSettings(process.env, ROOT)
    const { dataDir, databaseUrl: url } = settings
    database = await attachDatabase({ url, dataDir, log: (line) => stderr.write(`${line}\n`) })
    return await work(database, async () => {
      const secret = settings.secret ?? (await findSecret(dataDir))
      if (secret !== null) return secret
      throw new Error(
        'The sealed heads cannot be checked without the installation’s secret: set ATTESTED_SECRET, or ATTESTED_DATA_DIR to the folder that keeps it.',
      )
    })
  } catch (error) {
    const isTold = error instanceof NotFoundError || error instanceof RefusedError
    const reason = isTold ? error.message : `${unread} ${explainDatabaseFault(error)}`
    stderr.write(`${withoutControls(reason)}\n`)
    return 2
  } finally {
    await database?.close()
  }
}
