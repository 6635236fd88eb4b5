/** Reads JSON from strangers as a stream: only what is asked for is built, nothing grows without limit. */
import { Tokenizer, TokenType } from '@streamparser/json'
import { ImportError } from './importer.ts'
import { type Decoder, detectUtf16, otherDecoder } from './text-decoder.ts'

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
export type JsonPath = readonly (string | number)[]

export interface JsonListener {
  /**
   * Asked for every value as it begins: `take` builds it and hands it to `value`; `enter` looks inside; `skip` passes
   * over it without keeping anything. Scalars can be taken or skipped only.
   */
  choose(path: JsonPath, kind: 'object' | 'array' | 'scalar'): 'take' | 'enter' | 'skip'
  value(path: JsonPath, value: Json): void
  /** An entered object or list has ended. */
  leave?(path: JsonPath): void
}

export interface JsonReader {
  write(bytes: Uint8Array): void
  /** @throws ImportError empty, truncated */
  end(): void
}

export interface JsonLimits {
  depth: number
  /** Bytes of one taken value, roughly. */
  value: number
  /** Bytes of one string. */
  string: number
}

const LIMITS: JsonLimits = { depth: 100, value: 32 * 1024 * 1024, string: 32 * 1024 * 1024 }
const PIECE_BYTES = 64 * 1024

interface Frame {
  isArray: boolean
  /** What is being built; undefined where this level is only passed through. */
  built: Json[] | { [name: string]: Json } | undefined
  key: string | number
  mode: 'take' | 'enter' | 'skip'
}

/**
 * @throws ImportError from `write` and `end`: malformed, truncated, hostile (too deep), too-large, encoding, empty
 */
export function createJsonReader(listener: JsonListener, limits: JsonLimits = LIMITS): JsonReader {
  const frames: Frame[] = []
  let pendingKey: string | null = null
  let finished = false
  let bytes = 0
  let lastTokenAt = 0
  let takenSince = 0
  let decoder: Decoder | null | undefined

  const path = () => frames.map(({ key }) => key)
  const pathOfNext = (): (string | number)[] => {
    // A frame's `key` is the place of the child being read.
    return path()
  }
  const tokenizer = new Tokenizer()
  const parent = () => frames[frames.length - 1]

  const placeChild = () => {
    const frame = parent()
    if (!frame) return
    if (frame.isArray) frame.key = (frame.key as number) + 1
    else {
      frame.key = pendingKey ?? ''
      pendingKey = null
    }
  }
  const attach = (value: Json) => {
    const frame = parent()
    if (!frame?.built) return
    if (Array.isArray(frame.built)) frame.built.push(value)
    // A key such as __proto__ is data like any other.
    else
      Object.defineProperty(frame.built, frame.key, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      })
  }
  const modeOf = (kind: 'object' | 'array' | 'scalar'): 'take' | 'enter' | 'skip' => {
    const frame = parent()
    if (frame && frame.mode !== 'enter') return frame.mode
    return listener.choose(pathOfNext(), kind)
  }
  const open = (isArray: boolean) => {
    placeChild()
    const mode = modeOf(isArray ? 'array' : 'object')
    if (frames.length >= limits.depth) {
      throw new ImportError(
        'hostile',
        `The file nests more than ${limits.depth} levels. No tool writes such a file.`,
      )
    }
    if (mode === 'take' && parent()?.mode !== 'take') takenSince = bytes
    frames.push({
      isArray,
      built: mode === 'take' ? (isArray ? [] : {}) : undefined,
      key: isArray ? -1 : '',
      mode,
    })
  }
  const close = () => {
    const frame = frames.pop()
    if (!frame) return
    if (frame.mode === 'take' && frame.built) {
      if (parent()?.mode === 'take') attach(frame.built as Json)
      else listener.value(pathOfNext(), frame.built as Json)
    } else if (frame.mode === 'enter') listener.leave?.(pathOfNext())
    if (frames.length === 0) finished = true
  }
  const scalar = (value: Json) => {
    const frame = parent()
    // An object's string before the colon is a key.
    if (frame && !frame.isArray && pendingKey === null && expectKey) {
      pendingKey = value as string
      expectKey = false
      return
    }
    placeChild()
    const mode = modeOf('scalar')
    if (frame?.mode === 'take') attach(value)
    else if (mode === 'take') listener.value(pathOfNext(), value)
    if (frames.length === 0) finished = true
  }
  let expectKey = false
  let previous: 'none' | 'value' | 'comma' | 'colon' | 'open' | 'key' = 'none'
  const need = (holds: boolean) => {
    if (!holds) throw malformed('a comma, a colon or a bracket is out of place')
  }

  tokenizer.onToken = ({ token, value }) => {
    lastTokenAt = bytes
    if (finished) throw malformed('more follows behind the end')
    const inObject = frames.length > 0 && !parent()?.isArray
    switch (token) {
      case TokenType.LEFT_BRACE:
      case TokenType.LEFT_BRACKET: {
        need(
          previous === 'none' ||
            previous === 'colon' ||
            (!inObject && (previous === 'open' || previous === 'comma')),
        )
        const isArray = token === TokenType.LEFT_BRACKET
        open(isArray)
        expectKey = !isArray
        previous = 'open'
        return
      }
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET: {
        const isArray = token === TokenType.RIGHT_BRACKET
        need(
          frames.length > 0 && parent()?.isArray === isArray && (previous === 'value' || previous === 'open'),
        )
        close()
        expectKey = false
        previous = 'value'
        return
      }
      case TokenType.COLON:
        need(inObject && previous === 'key')
        previous = 'colon'
        return
      case TokenType.COMMA:
        need(frames.length > 0 && previous === 'value')
        expectKey = inObject
        previous = 'comma'
        return
      default: {
        const isKey = inObject && expectKey
        need(
          isKey
            ? typeof value === 'string'
            : previous === 'none' ||
                previous === 'colon' ||
                (!inObject && (previous === 'open' || previous === 'comma')),
        )
        scalar(value as Json)
        previous = isKey ? 'key' : 'value'
      }
    }
  }
  tokenizer.onError = (error) => {
    throw error
  }

  const feed = (piece: Uint8Array | string) => {
    try {
      tokenizer.write(piece)
    } catch (error) {
      if (error instanceof ImportError) throw error
      if (error instanceof TypeError && /encoded data|decode/i.test(error.message)) {
        throw new ImportError(
          'encoding',
          'The file holds bytes that are no UTF-8 text. It is damaged. Export it again.',
        )
      }
      throw malformed(reasonOf(error))
    }
    bytes += piece.length
    if (bytes - lastTokenAt > limits.string) {
      throw new ImportError(
        'too-large',
        'One text of the file is longer than 32 million characters. No tool writes such a file.',
      )
    }
    if (frames.some(({ mode }) => mode === 'take') && bytes - takenSince > limits.value) {
      throw new ImportError('too-large', 'One record of the file is larger than 32 MB. Export less detail.')
    }
  }

  const write = (chunk: Uint8Array) => {
    if (chunk.length === 0) return
    if (decoder === undefined) {
      const utf16 = detectUtf16(chunk)
      decoder = utf16 ? otherDecoder(utf16) : null
    }
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES)
      feed(decoder ? decoder.decode(piece) : piece)
    }
  }
  return {
    write,
    end() {
      if (decoder) feed(decoder.end())
      if (bytes === 0) throw new ImportError('empty', 'The file is empty. Export it again.')
      if (!finished) {
        throw new ImportError(
          'truncated',
          'The file ends before its last bracket, so its end is missing. Export or copy it again.',
        )
      }
    },
  }
}

function malformed(reason: string): ImportError {
  return new ImportError('malformed', `The file is not well-formed JSON: ${reason}. Export it again.`)
}

function reasonOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .replace(/\.$/, '')
    .slice(0, 200)
}

/** The names in the outermost object of a head, or in the first object of an outermost list; for `recognises`. */
export function sniffJson(
  head: Uint8Array,
): { root: 'object' | 'array'; names: Set<string>; text: string } | null {
  const utf16 = detectUtf16(head)
  let text: string
  try {
    text = new TextDecoder(utf16 ?? 'utf-8').decode(head, { stream: true })
  } catch {
    return null
  }
  const first = /^\s*([[{])/.exec(text)?.[1]
  if (!first) return null
  const names = new Set<string>()
  let root: 'object' | 'array' = 'object'
  const reader = createJsonReader({
    choose(path, kind) {
      if (path.length === 0) {
        root = kind === 'array' ? 'array' : 'object'
        return kind === 'scalar' ? 'skip' : 'enter'
      }
      const [outer, inner] = path
      if (root === 'object' && path.length === 1) names.add(String(outer))
      if (root === 'array' && path.length === 1) return outer === 0 && kind !== 'scalar' ? 'enter' : 'skip'
      if (root === 'array' && path.length === 2) names.add(String(inner))
      return 'skip'
    },
    value: () => undefined,
  })
  try {
    reader.write(head)
  } catch {
    // What was seen so far may be enough; whoever reads the file will tell what is wrong with it.
  }
  return { root, names, text }
}

export { asFlag, asList, asNumber, asObject, asText } from './json-values.ts'
