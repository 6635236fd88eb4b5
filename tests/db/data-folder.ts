/** A data folder for each test, with everything that a test starts on it ended and deleted afterwards. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect } from 'vitest'
import { type Database, type DatabaseOptions, openDatabase } from '#db/client.server.ts'
import { prepareHome } from '#db/embedded/home.server.ts'
import { readPostmasterFile, spawnPostmaster } from '#db/embedded/postmaster.server.ts'
import { isServerOf } from '#db/embedded/process.server.ts'
import { insertOrganisation } from '#db/queries/accounts.server.ts'

const HOLDER = fileURLToPath(new URL('./holding-process.ts', import.meta.url))

export type Holder = ChildProcessByStdio<null, Readable, null>

export const isRoot = process.getuid?.() === 0
export let dataDir: string
let open: Database[]
let children: ChildProcess[]

/** Call once at the top of a test file. */
export function startWithNewDataFolders(): void {
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'attested-embedded-'))
    open = []
    children = []
  })

  afterEach(async () => {
    try {
      for (const database of open) await database.close()
      for (const child of children) await kill(child)
      await untilNoServerRuns()
    } finally {
      // Only a failing test gets here with a server.
      const left = await findServer()
      if (left) process.kill(left, 'SIGKILL')
      await rm(dataDir, { recursive: true, force: true })
    }
  })
}

export async function openHere(options: Partial<DatabaseOptions> = {}): Promise<Database> {
  const database = await openDatabase({ dataDir, ...options })
  open.push(database)
  return database
}

/** Another process that opens the data folder; see holding-process.ts. */
export function startHolder(mode: 'hold' | 'rows' = 'hold'): Holder {
  const holder = spawn(process.execPath, ['--import', 'tsx', HOLDER, dataDir, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  holder.stdout.setEncoding('utf8')
  return killedAtTheEnd(holder)
}

export function killedAtTheEnd<C extends ChildProcess>(child: C): C {
  children.push(child)
  return child
}

export async function firstLine(holder: Holder): Promise<string> {
  for await (const text of holder.stdout.iterator({ destroyOnReturn: false })) {
    return String(text).split('\n')[0] as string
  }
  return 'ended'
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

/** A server that its Attested left running, without a watchdog to stop it. */
export async function startOrphan(): Promise<number> {
  const started = await spawnPostmaster(await prepareHome(dataDir, () => {}))
  if (started.outcome !== 'ready') throw new Error('occupied')
  return started.server.pid
}

/** The id of the server process that runs on the data folder, if one does. */
export async function findServer(): Promise<number | null> {
  const cluster = join(dataDir, 'postgres', 'cluster')
  const file = await readPostmasterFile({ cluster })
  return file && (await isServerOf(cluster, file.pid)) ? file.pid : null
}

export async function untilNoServerRuns(): Promise<void> {
  await expect.poll(findServer, { timeout: 240_000 }).toBe(null)
}

export const addRow = (database: Database, id: string) =>
  database.forSignIn((tx) => insertOrganisation(tx, { id, name: 'Org', kind: 'msp', createdAt: new Date() }))

export const listRows = async (database: Database) => {
  const rows = await database.forSignIn((tx) => tx.execute<{ id: string }>(sql`select id from organisation`))
  return rows.map(({ id }) => id)
}
