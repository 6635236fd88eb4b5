/** One text and one hash for one value: everything that is hashed, chained or signed passes through here. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** A value without a canonical form. `path` leads to it: `$.answers[3].shown`. */
export class CanonicalError extends Error {
  override name = 'CanonicalError'
  readonly code = 'not-canonical'
  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(`${path} ${problem}; only JSON values can be hashed and signed`)
  }
}

// Deeper values come from no document of ours and would exhaust the stack.
const MAXIMUM_DEPTH = 500

/**
 * Canonical JSON (RFC 8785): no white space, keys in UTF-16 order, ECMAScript's own number and string forms.
 * @throws CanonicalError for whatever JSON cannot say: undefined, NaN, infinities, functions, symbols, bigints,
 *   lone surrogates, class instances (a Date must be made text by whoever knows the wanted form) and cycles.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0)
}

function write(value: unknown, path: string, depth: number): string {
  if (value === null || value === true || value === false) return String(value)
  if (typeof value === 'string') return writeString(value, path)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new CanonicalError(path, `is ${value}`)
    return JSON.stringify(value)
  }
  if (typeof value !== 'object') throw new CanonicalError(path, `is ${describe(value)}`)
  if (depth >= MAXIMUM_DEPTH) throw new CanonicalError(path, 'lies too deep, or in a cycle')
  if (Array.isArray(value)) {
    // Array.from visits holes too, which must not pass as null.
    return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`, depth + 1)).join(',')}]`
  }
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new CanonicalError(path, `is an instance of ${value.constructor?.name ?? 'a class'}`)
  }
  const members = Object.keys(value)
    .sort(byUtf16)
    .map((key) => {
      const inner = `${path}.${key}`
      return `${writeString(key, path)}:${write((value as Record<string, unknown>)[key], inner, depth + 1)}`
    })
  return `{${members.join(',')}}`
}

function byUtf16(a: string, b: string): number {
  return a < b ? -1 : 1
}

function writeString(text: string, path: string): string {
  // `isWellFormed` came with Node 20 and is younger than some browsers we serve.
  if (/\p{Surrogate}/u.test(text)) throw new CanonicalError(path, 'holds half of a surrogate pair')
  return JSON.stringify(text)
}

function describe(value: unknown): string {
  return value === undefined ? 'undefined' : `a ${typeof value}`
}

/** Lower-case hex; text is hashed as UTF-8. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data))
}
