import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from './project.mjs'

/** Two launches at once must not install, or build, into the same folder: the second waits for the first. */
export async function oneAtATime(name, work) {
  const lock = join(ROOT, '.cache', `${name}.lock`)
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  let hasTold = false
  while (!take(lock)) {
    if (isAbandoned(lock)) {
      rmSync(lock, { force: true })
      continue
    }
    if (!hasTold) console.error(`Waiting for another start of Attested to finish its ${name}…`)
    hasTold = true
    await sleep(300)
  }
  const release = () => rmSync(lock, { force: true })
  process.on('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

const LONGEST_MS = 30 * 60_000
const LONGEST_EMPTY_MS = 10_000

function isAbandoned(lock) {
  try {
    const owner = Number(readFileSync(lock, 'utf8'))
    const ageMs = Date.now() - statSync(lock).mtimeMs
    // Empty: being written right now, or left by a full disk. Very old: its process id may be another's by now.
    if (!owner || ageMs > LONGEST_MS) return ageMs > LONGEST_EMPTY_MS
    process.kill(owner, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}
