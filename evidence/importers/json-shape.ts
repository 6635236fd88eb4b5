/** What a JSON file is, told by the names and short texts at its beginning; for `recognises` and for choosing a reader. */
import { createJsonReader, type Json, type JsonPath } from './json-reader.ts'

/** Paths of a head: `value[].machineId`. List items beyond the first few are not looked at. */
export interface JsonShape {
  has(...paths: string[]): boolean
  hasAny(...paths: string[]): boolean
  /** The first short text or number at a path; null where there is none. */
  text(path: string): string | null
}

const DEPTH = 7
const ITEMS = 3
const MAXIMUM_PATHS = 5000

/** Every importer of JSON asks about the same head. */
const sniffed = new WeakMap<Uint8Array, { shape: JsonShape | null }>()

/** null for what is no JSON object or list. A head may end anywhere; a damaged one is seen up to the damage. */
export function sniffShape(head: Uint8Array): JsonShape | null {
  const known = sniffed.get(head)
  if (known) return known.shape
  const shape = readShape(head)
  sniffed.set(head, { shape })
  return shape
}

function readShape(head: Uint8Array): JsonShape | null {
  if (!startsAsJson(head)) return null
  const found = new Map<string, string | null>()
  const reader = createJsonReader(
    {
      choose(path, kind) {
        if (path.length >= DEPTH || found.size > MAXIMUM_PATHS) return 'skip'
        if (path.some((step) => typeof step === 'number' && step >= ITEMS)) return 'skip'
        const name = nameOf(path)
        if (!found.has(name)) found.set(name, null)
        return kind === 'scalar' ? 'take' : 'enter'
      },
      value(path, value) {
        const name = nameOf(path)
        if (found.get(name) === null && value !== null) found.set(name, String(value).slice(0, 200))
      },
    },
    { depth: 50, value: 1 << 20, string: 1 << 20 },
  )
  try {
    reader.write(head)
  } catch {
    // What was seen so far may be enough; whoever reads the file will tell what is wrong with it.
  }
  return {
    has: (...paths) => paths.every((path) => found.has(path)),
    hasAny: (...paths) => paths.some((path) => found.has(path)),
    text: (path) => found.get(path) ?? null,
  }
}

const nameOf = (path: JsonPath) =>
  path.reduce<string>(
    (name, step) => (typeof step === 'number' ? `${name}[]` : name === '' ? step : `${name}.${step}`),
    '',
  )

/** Spaces, byte order marks and the zero bytes of UTF-16. */
const PASSED_OVER = new Set([0x00, 0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf, 0xfe, 0xff])

/** Whether the first letter is a JSON bracket; null: no letter has come yet. */
function firstIsBracket(bytes: Uint8Array): boolean | null {
  for (const byte of bytes) if (!PASSED_OVER.has(byte)) return byte === 0x7b || byte === 0x5b
  return null
}

const startsAsJson = (bytes: Uint8Array) => firstIsBracket(bytes) === true

/** For formats that come as JSON or as a table: the first letter decides which reader gets the bytes. */
export async function* readJsonOrTable<Event, Result>(
  bytes: AsyncIterable<Uint8Array>,
  readers: {
    json: (bytes: AsyncIterable<Uint8Array>) => AsyncGenerator<Event, Result>
    table: (bytes: AsyncIterable<Uint8Array>) => AsyncGenerator<Event, Result>
  },
): AsyncGenerator<Event, Result> {
  const iterator = bytes[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let isJson: boolean | null = null
  while (isJson === null) {
    const step = await iterator.next()
    if (step.done) break
    held.push(step.value)
    isJson = firstIsBracket(step.value)
  }
  const all = (async function* () {
    try {
      yield* held
      for (let step = await iterator.next(); !step.done; step = await iterator.next()) yield step.value
    } finally {
      await iterator.return?.(undefined)
    }
  })()
  return yield* isJson ? readers.json(all) : readers.table(all)
}

/** A record's names with a small first letter: PowerShell writes those of the same record with a capital one. */
export function withSmallNames(value: Json): Json {
  if (Array.isArray(value)) return value.map(withSmallNames)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      withSmallNames(inner),
    ]),
  )
}
