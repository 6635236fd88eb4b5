/** Opens the database, built-in or external, and hands out transactions that see one organisation only. */
import { sql } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { connectTo, withoutPassword } from './connection.server.ts'
import { type EmbeddedServer, startEmbedded } from './embedded.server.ts'
import { migrate } from './migrate.server.ts'
import { APP_ROLE, SIGN_IN_ROLE, STATUS_ROLE } from './roles.server.ts'
import * as schema from './schema/index.ts'
import { DatabaseStartError, explainStartFailure } from './start-error.ts'
import { countScanTables } from './statistics.server.ts'

export type DrizzleHandle = PostgresJsDatabase<typeof schema>
/** A transaction that somebody else opened and will end. */
export type Tx = Parameters<Parameters<DrizzleHandle['transaction']>[0]>[0]

/** From here on the transaction sees this organisation, and no other. */
export type Enter = (organisationId: string) => Promise<void>

export interface Database {
  /** One transaction that sees and writes the rows of this organisation only; rolled back when `work` throws. */
  inOrganisation<T>(organisationId: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction that sees accounts, sessions and who belongs where, and nothing else. */
  forSignIn<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction that sees the file with this SHA-256 and how its report stands, whosever it is; nothing else. */
  forFileStatus<T>(sha256: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * One transaction that goes from one organisation to another by `enter` and sees one of them at a time, so that what
   * two of them write commits together. For engagements alone (decision 0040).
   */
  acrossOrganisations<T>(work: (tx: Tx, enter: Enter) => Promise<T>): Promise<T>
  /** Goes on in a transaction of `forSignIn` as a member of the organisation it has just made. */
  enterOrganisation(tx: Tx, organisationId: string): Promise<void>
  /** To be called once an import of so many findings is committed: pages are found by index at once. */
  noteGrowth(added: number): Promise<void>
  /** For Lucia's adapter, which opens no transactions: the same rights as `forSignIn`. */
  signIn: DrizzleHandle
  /** For pg-boss and worker threads: the owner's connection string, for `pg` and `connectTo`. Secret. */
  ownerUrl: string
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** An external PostgreSQL 14 or newer; without it the built-in one runs in the data folder. */
  url?: string
  dataDir: string
  log?: (line: string) => void
  /** The built-in database ended although nobody asked it to. */
  onCrash?: (error: Error) => void
  /** false where another part of the same process has migrated already (worker threads). */
  migrate?: boolean
}

const SHA256 = /^[0-9a-f]{64}$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** @throws DatabaseStartError with a code for each reason; DataFolderLockedError among them */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, dataDir, log, onCrash } = options
  const embedded = url ? null : await startEmbedded({ dataDir, log, onCrash })
  const ownerUrl = url ?? (embedded as EmbeddedServer).ownerUrl
  try {
    if (options.migrate ?? true) await migrateAt(ownerUrl, log)
  } catch (error) {
    await embedded?.close()
    throw error
  }
  return withPools(ownerUrl, () => embedded?.close())
}

async function migrateAt(url: string, log: (line: string) => void = () => {}): Promise<void> {
  const owner = connectTo(url, { max: 1, connect_timeout: 15 })
  try {
    await owner`select 1`.catch((error: Error) => {
      throw new DatabaseStartError(
        'database-unreachable',
        `No connection to ${withoutPassword(url)}: ${error.message}. Check DATABASE_URL and that the server is running.`,
        { cause: error },
      )
    })
    const applied = await migrate(owner)
    if (applied.length > 0) log(`Database brought up to date: ${applied.join(', ')}`)
  } catch (error) {
    throw explainStartFailure(error, 'Bringing the database up to date', 'the database')
  } finally {
    await owner.end({ timeout: 5 })
  }
}

function withPools(ownerUrl: string, closeServer: () => Promise<void> | undefined): Database {
  // The role is a property of the connection, not something a query may forget. Connections open when needed.
  const openPool = (role: string, max: number) =>
    connectTo(ownerUrl, {
      max,
      connect_timeout: 15,
      connection: {
        application_name: 'attested',
        role,
        search_path: 'public',
        idle_in_transaction_session_timeout: 300_000,
      },
    })
  const appPool = openPool(APP_ROLE, 10)
  const signInPool = openPool(SIGN_IN_ROLE, 4)
  // Few, so that however many strangers ask, members keep their connections.
  const statusPool = openPool(STATUS_ROLE, 2)
  const status = drizzle(statusPool, { schema })
  const app = drizzle(appPool, { schema })
  const signIn = drizzle(signInPool, { schema })

  return {
    ownerUrl,
    signIn,
    forSignIn: (work) => signIn.transaction(work),
    async forFileStatus(sha256, work) {
      if (!SHA256.test(sha256)) throw new TypeError('A SHA-256 is 64 small hexadecimal digits')
      return status.transaction(async (tx) => {
        await tx.execute(sql`select set_config('attested.file_sha256', ${sha256}, true)`)
        return work(tx)
      })
    },
    async enterOrganisation(tx, organisationId) {
      await tx.execute(sql.raw(`set local role ${APP_ROLE}`))
      await setOrganisation(tx, organisationId)
    },
    async inOrganisation(organisationId, work) {
      return app.transaction(async (tx) => {
        await setOrganisation(tx, organisationId)
        return work(tx)
      })
    },
    acrossOrganisations: (work) =>
      app.transaction((tx) => work(tx, (organisationId) => setOrganisation(tx, organisationId))),
    noteGrowth: (added) => app.transaction((tx) => countScanTables(tx, added)),
    async close() {
      await Promise.all([appPool, signInPool, statusPool].map((pool) => pool.end({ timeout: 5 })))
      await closeServer()
    },
  }
}

/** Local to this transaction: the next one on the connection starts without an organisation, and sees nothing. */
async function setOrganisation(tx: Tx, organisationId: string): Promise<void> {
  if (!UUID.test(organisationId)) throw new TypeError('An organisation id is a UUID')
  await tx.execute(sql`select set_config('attested.organisation_id', ${organisationId}, true)`)
}
