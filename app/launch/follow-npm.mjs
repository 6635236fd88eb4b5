// Loaded first: whatever happened to npm before is not noticed. Syntax for old Nodes, as in node-version.mjs.
import { readFileSync } from 'node:fs'

const EVERY_MS = 100
const GONE = { name: '', parent: -1, group: -1 }

const line = process.env.npm_lifecycle_event ? ancestors() : []

/**
 * A signal to npm ends the shell between npm and Node, and some shells (Debian's) pass nothing on; npm itself
 * may be killed outright. What npm started must not stay behind, so when one of the two is gone this process
 * sends itself the SIGTERM that it should have got.
 */
export function followNpm() {
  if (line.length === 0) return
  if (isOrphan()) process.kill(process.pid, 'SIGTERM')
  const watch = setInterval(() => {
    if (isWhole()) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, EVERY_MS)
  watch.unref()
}

function isWhole() {
  return line.slice(1).every((parent, index) => (readProcess(line[index]) || GONE).parent === parent)
}

/** Adopted by the first process before the first line ran; npm leaves nothing there by itself. */
function isOrphan() {
  return process.ppid === 1 && line.length === 1
}

/**
 * This process, then those above it up to npm, and whatever started npm: a signal to a script in between reaches
 * nobody else. Under nohup the launcher is meant to end before us and is not followed.
 */
function ancestors() {
  const self = readProcess(process.pid)
  if (!self) return []
  // Where there is no /proc only the next of kin is known.
  if (process.platform !== 'linux') return [process.pid, process.ppid]
  const found = [process.pid]
  for (let next = self.parent; ; ) {
    const above = readProcess(next) || GONE
    // npm and its shell share our process group.
    if (above.group !== self.group) return found
    found.push(next)
    if (above.name.startsWith('npm'))
      return ignoresHangUp() || above.parent <= 1 ? found : [...found, above.parent]
    next = above.parent
  }
}

/** nohup starts a command with SIGHUP, the first of the signals, ignored. */
function ignoresHangUp() {
  try {
    const mask = readFileSync('/proc/self/status', 'utf8').match(/^SigIgn:\s*([0-9a-f]+)/m)
    return mask !== null && Number.parseInt(mask[1].slice(-1), 16) % 2 === 1
  } catch (_error) {
    return false
  }
}

/** @returns what is known of a process, or null when it is gone */
function readProcess(pid) {
  if (process.platform !== 'linux') {
    return pid === process.pid ? { name: 'node', parent: process.ppid, group: 0 } : null
  }
  try {
    // pid (name) state ppid pgrp …, where the name may hold anything, parentheses too
    const [, name, state, parent, group] = readFileSync(`/proc/${pid}/stat`, 'utf8').match(
      /^\d+ \((.*)\) (\w) (\d+) (\d+)/,
    )
    // A zombie is gone; only its parent has not looked yet.
    return state === 'Z' ? null : { name, parent: Number(parent), group: Number(group) }
  } catch (_error) {
    return null
  }
}
