// Where the project lies, and fingerprints of its files.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** SHA-256 over names and contents of files and folders below the root; missing ones count as missing. */
export function fingerprint(paths, options = {}) {
  const hash = createHash('sha256')
  for (const part of options.with ?? []) hash.update(`${part}\0`)
  for (const path of paths) addToHash(hash, path, options.except ?? [])
  return hash.digest('hex')
}

function addToHash(hash, path, except) {
  if (except.includes(path)) return
  const full = join(ROOT, path)
  if (!existsSync(full)) {
    hash.update(`missing ${path}\0`)
  } else if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addToHash(hash, `${path}/${name}`, except)
  } else {
    const content = readFileSync(full)
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
}

export function readIfThere(path) {
  try {
    return readFileSync(join(ROOT, path), 'utf8')
  } catch {
    return null
  }
}
