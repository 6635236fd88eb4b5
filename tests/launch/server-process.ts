import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '#tests/floors/source-file.ts'

export interface ServerProcess {
  child: ChildProcess
  output(): string
  /** The address it printed. @throws when it ends, or says nothing, before that */
  ready(): Promise<string>
  ended(): Promise<number | null>
}

/** The runner's own settings are not the server's. */
export function bareEnvironment(env: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env
  return { NODE_ENV: 'production', PATH, HOME, PORT: '0', ...env }
}

/** The real start, as `npm start` runs it, on a free port unless the environment says otherwise. */
export function startServer(env: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, ['app/launch/start.mjs'], {
    cwd: ROOT,
    env: bareEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const exit = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
  return {
    child,
    output: () => output,
    ended: () => exit,
    ready: () =>
      new Promise((resolve, reject) => {
        const look = () => {
          const address = /Attested is ready: (\S+)/.exec(output)?.[1]
          if (address) resolve(address)
        }
        child.stdout?.on('data', look)
        exit.then(() => reject(new Error(`The server ended:\n${output}`)))
        look()
      }),
  }
}

/** Open to all, for under root PostgreSQL runs as another user. */
export function makeDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'attested-launch-'))
  chmodSync(folder, 0o755)
  return folder
}

/** Command lines that mention a folder; null where the system has no /proc. */
export function processesAbout(folder: string): string[] | null {
  if (!existsSync('/proc/self/cmdline')) return null
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return line.includes(folder) ? [line] : []
      } catch {
        return []
      }
    })
}
