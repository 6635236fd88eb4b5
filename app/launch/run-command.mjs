import { spawn } from 'node:child_process'
import { ROOT } from './project.mjs'

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
const hasProcessGroups = process.platform !== 'win32'

/**
 * Runs a command to its end. When this process is told to stop meanwhile, the command and all that it
 * started are told the same, and this process ends with them: a stopped launch leaves nothing behind.
 *
 * @param options.stdio as for `spawn`; piped output is collected
 * @returns {Promise<{code: number, output: string}>} rejects when the command cannot be started
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...options.env },
      stdio: options.stdio ?? ['ignore', 'inherit', 'inherit'],
      // Its own group, so that grandchildren hear the signal too and a Ctrl-C reaches them once.
      detached: hasProcessGroups,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text
        options.onOutput?.(text)
      })
    }

    let stoppedBy = null
    const stop = (signal) => {
      // npm passes on a Ctrl-C that the terminal already sent to us.
      if (stoppedBy) return
      stoppedBy = signal
      signalGroup(child, signal)
      setTimeout(() => signalGroup(child, 'SIGKILL'), 10_000).unref()
    }
    for (const signal of STOP_SIGNALS) process.on(signal, stop)

    child.on('error', reject)
    child.on('close', (code) => {
      for (const signal of STOP_SIGNALS) process.off(signal, stop)
      if (stoppedBy) process.exit(stoppedBy === 'SIGINT' ? 130 : 143)
      resolve({ code: code ?? 1, output })
    })
  })
}

function signalGroup(child, signal) {
  try {
    if (hasProcessGroups) process.kill(-child.pid, signal)
    else child.kill(signal)
  } catch {
    // Already gone.
  }
}
