/** Starts the product the way `npm start` does, on a free port and a throw-away data folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const START_TIMEOUT_MS = 300_000
const STOP_TIMEOUT_MS = 60_000

export interface RunningServer {
  url: string
  dataDir: string
  process: ChildProcess
  log: () => string
  /** SIGTERM, and what is left behind is an error. */
  stop(): Promise<void>
  /** As a power cut would. */
  kill(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (!address || typeof address === 'string') throw new Error('No free port')
  return address.port
}

export function makeDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'attested-test-'))
}

export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
}

export async function startServer(options: {
  dataDir: string
  env?: Record<string, string>
}): Promise<RunningServer> {
  const port = await freePort()
  const child = spawn(process.execPath, ['app/launch/start.mjs'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      VITEST: '',
      PORT: String(port),
      ATTESTED_DATA_DIR: options.dataDir,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stdout?.on('data', (chunk) => {
    log += chunk
  })
  child.stderr?.on('data', (chunk) => {
    log += chunk
  })
  const url = `http://127.0.0.1:${port}`
  const hasExited = once(child, 'exit')
  const server: RunningServer = {
    url,
    dataDir: options.dataDir,
    process: child,
    log: () => log,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      await hasExited
      clearTimeout(timer)
      if (child.signalCode === 'SIGKILL') throw new Error(`The server did not stop in time:\n${log}`)
    },
    async kill() {
      child.kill('SIGKILL')
      await hasExited
    },
  }
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The server stopped at start:\n${log}`)
    const reply = await fetch(`${url}/healthz`).catch(() => null)
    if (reply?.ok) return server
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`The server did not start in time:\n${log}`)
}
