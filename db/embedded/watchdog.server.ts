/** Stops the database when our own process is killed and cannot do it any more. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Home } from './home.server.ts'
import { bareEnvironment } from './process.server.ts'

// The shell reads a pipe that only our process holds; its end is ours. The pid file is compared, because by then
// the id may belong to another process.
const SCRIPT = `
while read -r line; do :; done
if [ "$(head -n 1 "$2/postmaster.pid" 2>/dev/null)" = "$1" ]; then kill -INT "$1"; fi
if [ $# -gt 2 ]; then
  while kill -0 "$1" 2>/dev/null; do sleep 0.1; done
  shift 2
  rm -rf "$@"
fi
`

/**
 * Best effort: where there is no shell, the next start deals with the orphan instead.
 *
 * @param leftovers folders to delete once the server is gone
 */
export function startWatchdog(home: Home, pid: number, leftovers: string[]): ChildProcess | null {
  if (process.platform === 'win32') return null
  const watchdog = spawn(
    '/bin/sh',
    ['-c', SCRIPT, 'attested-watchdog', String(pid), home.cluster, ...leftovers],
    {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: bareEnvironment(),
    },
  )
  watchdog.on('error', () => {})
  watchdog.stdin?.on('error', () => {})
  // Neither may keep our process alive.
  watchdog.unref()
  ;(watchdog.stdin as unknown as { unref?: () => void } | null)?.unref?.()
  return watchdog
}
