/** Bytes of a stranger's text file as text, piece by piece; a byte that fits no character is an error, not a guess. */
import { ImportError } from './importer.ts'

export interface Decoder {
  /** @throws ImportError encoding */
  decode(bytes: Uint8Array): string
  /** What the last bytes were still waiting for. @throws ImportError truncated in the middle of a character */
  end(): string
}

const broken = (encoding: string) =>
  new ImportError(
    'encoding',
    `The file holds bytes that are no ${encoding.toUpperCase()} text. It is damaged, or was saved in another encoding. Export it again.`,
  )

const cutOff = () =>
  new ImportError(
    'truncated',
    'The file ends in the middle of a character, so its end is missing. Export or copy it again.',
  )

/**
 * Node decodes a whole piece of UTF-8 several times faster than a stream of them, hence the cutting at
 * character limits by hand (measured in bench/).
 */
export function utf8Decoder(): Decoder {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let held = new Uint8Array()
  let isFirst = true
  return {
    decode(bytes) {
      const joined = held.length === 0 ? bytes : concat(held, bytes)
      const end = joined.length - unfinishedUtf8(joined)
      held = joined.slice(end)
      try {
        const text = decoder.decode(joined.subarray(0, end))
        const withoutMark = isFirst && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
        if (text.length > 0) isFirst = false
        return withoutMark
      } catch {
        throw broken('utf-8')
      }
    },
    end() {
      if (held.length > 0) throw cutOff()
      return ''
    },
  }
}

/** How many of the last bytes begin a character whose end is still to come: 0 to 3. */
function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? back : 0
    }
  }
  return 0
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}

export function otherDecoder(encoding: string): Decoder {
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(encoding, { fatal: true })
  } catch {
    throw new ImportError(
      'encoding',
      `The file is written in "${encoding.slice(0, 40)}", which cannot be read here. Export it as UTF-8.`,
    )
  }
  return {
    decode(bytes) {
      try {
        return decoder.decode(bytes, { stream: true })
      } catch {
        throw broken(encoding)
      }
    },
    end() {
      try {
        return decoder.decode()
      } catch {
        throw cutOff()
      }
    },
  }
}

/** The byte order mark, or the zero bytes of UTF-16 text in the Latin alphabet; null: neither. */
export function detectUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [a, b, c, d] = head
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a && b === 0 && c && d === 0) return 'utf-16le'
  if (a === 0 && b && c === 0 && d) return 'utf-16be'
  return null
}

/**
 * UTF-8, UTF-16 or, where the head is neither, Windows-1252: spreadsheet programs still write it.
 * @returns the encoding's name and its decoder
 */
export function createTextDecoder(head: Uint8Array): { encoding: string; decoder: Decoder } {
  const utf16 = detectUtf16(head)
  if (utf16) return { encoding: utf16, decoder: otherDecoder(utf16) }
  if (isUtf8(head)) return { encoding: 'utf-8', decoder: utf8Decoder() }
  return { encoding: 'windows-1252', decoder: otherDecoder('windows-1252') }
}

/** Whether the bytes are UTF-8, but for a character that their end cuts off. */
export function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
