/** Starts, finds and stops the server process of one cluster. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { explainStartFailure } from '../start-error.ts'
import { type Address, chooseAddress, SOCKET_PORT } from './address.server.ts'
import type { Home } from './home.server.ts'
import { bareEnvironment, isServerOf } from './process.server.ts'

/** What `postmaster.pid` says. */
export interface PostmasterFile extends Address {
  pid: number
  isReady: boolean
}

const START_TIMEOUT_MS = 10 * 60_000
const STOP_TIMEOUT_MS = 60_000

export async function readPostmasterFile(home: Pick<Home, 'cluster'>): Promise<PostmasterFile | null> {
  const text = await readFile(join(home.cluster, 'postmaster.pid'), 'utf8').catch(() => null)
  if (text === null) return null
  const [pid, , , port, socketFolder, listenAddress, , status] = text.split('\n').map((line) => line.trim())
  return {
    pid: Number(pid),
    host: socketFolder || listenAddress || '127.0.0.1',
    port: Number(port) || SOCKET_PORT,
    isReady: status === 'ready',
  }
}

/**
 * Makes PostgreSQL ignore a pid file whose id now belongs to somebody else's process. The file stays: it also
 * leads to the shared memory by which PostgreSQL sees whether a part of the old server still runs.
 */
export async function disownPostmasterFile(home: Home): Promise<void> {
  const path = join(home.cluster, 'postmaster.pid')
  const [, ...rest] = (await readFile(path, 'utf8')).split('\n')
  // A server takes no offence at the id of its own parent, which is what we are about to be.
  await writeFile(path, [process.pid, ...rest].join('\n'))
}

/** `occupied`: another process is already starting or running on this cluster. */
export type SpawnOutcome = { outcome: 'ready'; server: RunningServer } | { outcome: 'occupied' }

export interface RunningServer {
  child: ChildProcess
  pid: number
  address: Address
  /** The last lines it logged. */
  lastWords(): string
}

/** Starts the server and waits until it accepts connections; after a crash that includes recovery. */
export async function spawnPostmaster(
  home: Home,
  options: { isThrowAway?: boolean } = {},
): Promise<SpawnOutcome> {
  const address = await chooseAddress(home)
  const child = spawn(home.binaries.postgres, ['-D', home.cluster, ...settings(address, options)], {
    ...home.user,
    cwd: '/',
    // Ctrl-C in a terminal goes to the whole process group: the database must outlive the requests being finished.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: bareEnvironment(),
  })
  const recent: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    recent.push(...text.split('\n').filter(Boolean))
    recent.splice(0, recent.length - 30)
  })
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      reject(new Error(recent.join('\n') || `postgres ended with status ${code}`)),
    )
  })
  // It is awaited below; afterwards nobody listens to it any more.
  failed.catch(() => {})
  try {
    await Promise.race([waitUntilReady(home, child), failed])
    return {
      outcome: 'ready',
      server: { child, pid: child.pid as number, address, lastWords: () => recent.join('\n') },
    }
  } catch (error) {
    if (child.exitCode === null) child.kill('SIGKILL')
    if (/lock file .* already exists|pre-existing shared memory block/s.test(String(error)))
      return { outcome: 'occupied' }
    throw explainStartFailure(error, 'Starting the database', home.folder)
  }
}

function settings({ host, port }: Address, { isThrowAway }: { isThrowAway?: boolean }): string[] {
  const keeps = isThrowAway ? 'off' : 'on'
  const values = {
    listen_addresses: host.startsWith('/') ? '' : host,
    unix_socket_directories: host.startsWith('/') ? host : '',
    unix_socket_permissions: '0700',
    port: String(port),
    // On the command line, so that an edited postgresql.conf cannot trade safety for speed.
    fsync: keeps,
    synchronous_commit: keeps,
    full_page_writes: keeps,
    shared_buffers: '128MB',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Only what concerns the server itself: the text of statements would carry clients' data into logs.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    logging_collector: 'off',
    log_destination: 'stderr',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function waitUntilReady(home: Home, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline) {
    const file = await readPostmasterFile(home)
    if (file?.isReady && file.pid === child.pid) return
    if (child.exitCode !== null) return
    await sleep(15)
  }
  throw new Error('the database did not become ready in ten minutes')
}

/** Fast shutdown: open transactions are rolled back, a checkpoint is written. Returns when the process is gone. */
export async function stopPostmaster(home: Home, pid: number): Promise<void> {
  const isGone = async () => !(await isServerOf(home.cluster, pid))
  if (await isGone()) return
  if (process.platform === 'win32') {
    await promisify(execFile)(home.binaries.pgCtl, ['stop', '-D', home.cluster, '-m', 'fast', '-w'])
    return
  }
  for (const [signal, patienceMs] of [
    ['SIGINT', STOP_TIMEOUT_MS],
    ['SIGQUIT', 10_000],
  ] as const) {
    process.kill(pid, signal)
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(15)) {
      if (await isGone()) return
    }
  }
  throw new Error(`process ${pid} does not stop`)
}
