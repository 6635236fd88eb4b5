/** What can be learnt about a process by its id. */
import { execFile } from 'node:child_process'
import { readlink, realpath } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whether there is a process of this id, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Whether the process is the server of this cluster: ids are given out again, so an id alone proves nothing.
 * Where it cannot be told, a living process counts as the server.
 */
export async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  try {
    // The server works inside its cluster, whatever path it was started with. The dead but not yet reaped have none.
    if (process.platform === 'linux')
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(cluster))
    if (process.platform === 'win32') return true
    const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])
    return stdout.includes('postgres') && stdout.includes(cluster)
  } catch {
    return false
  }
}

/** For PostgreSQL's programs: nothing of ours, PG* variables above all, and messages in English. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env
  return { PATH, SystemRoot, LC_ALL: 'C', TZ: 'UTC' } as unknown as NodeJS.ProcessEnv
}
