import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ROOT } from '#tests/floors/source-file.ts'
import { bareEnvironment, makeDataFolder, processesAbout } from './server-process.ts'

const hasProcesses = processesAbout('/') !== null

/** npm's way of running a script: a shell in between, which a signal ends without a word to its child. */
function startThroughNpm(dataDir: string) {
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    env: bareEnvironment({ ATTESTED_DATA_DIR: dataDir }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text) => String(text).includes('Attested is ready') && resolve())
    child.on('exit', () => reject(new Error('npm start ended')))
  })
  return { child, ready }
}

describe.skipIf(!hasProcesses)('npm start', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'takes everything with it when npm gets %s',
    async (signal) => {
      const dataDir = makeDataFolder()
      const { child, ready } = startThroughNpm(dataDir)
      await ready
      expect(processesAbout(dataDir)).not.toEqual([])
      child.kill(signal)
      const deadline = Date.now() + 20_000
      while (processesAbout(dataDir)?.length !== 0 && Date.now() < deadline) await sleep(100)
      expect(processesAbout(dataDir)).toEqual([])
      rmSync(dataDir, { recursive: true, force: true })
    },
    60_000,
  )
})
