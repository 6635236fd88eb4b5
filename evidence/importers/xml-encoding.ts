/** Bytes of an XML file as text, in the encoding that they are really in; shared by all XML importers. */
import { ImportError } from './importer.ts'

/** What the first bytes tell. A byte order mark outranks the declaration, as XML demands. */
export function detectXmlEncoding(head: Uint8Array): string {
  const [a, b, c, d] = head
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return 'utf-32'
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32'
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0x3c && b === 0) return 'utf-16le'
  if (a === 0 && b === 0x3c) return 'utf-16be'
  const declared = declaredEncoding(head)
  // Read byte by byte, so it cannot be UTF-16: some Windows programs declare that and write UTF-8.
  return declared === null || declared.startsWith('utf-16') ? 'utf-8' : declared
}

function declaredEncoding(head: Uint8Array): string | null {
  const start = new TextDecoder('windows-1252').decode(head.subarray(0, 300))
  const declaration = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']*)["']/.exec(start)
  return declaration?.[1]?.toLowerCase() ?? null
}

export interface XmlDecoder {
  /** @throws ImportError encoding */
  decode(bytes: Uint8Array): string
  /** What the last bytes were still waiting for. @throws ImportError truncated in the middle of a character */
  end(): string
}

/** @throws ImportError encoding, naming the encoding that cannot be read */
export function createXmlDecoder(head: Uint8Array): XmlDecoder {
  const encoding = detectXmlEncoding(head)
  return encoding === 'utf-8' ? utf8Decoder() : otherDecoder(encoding)
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
function utf8Decoder(): XmlDecoder {
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

function otherDecoder(encoding: string): XmlDecoder {
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

/**
 * The name of the root element without its prefix, from a file's first bytes; null for what is not XML.
 * A DOCTYPE names it too, where it is too long for the head.
 */
export function findRootElement(head: Uint8Array): string | null {
  let text: string
  try {
    text = new TextDecoder(detectXmlEncoding(head)).decode(head, { stream: true })
  } catch {
    return null
  }
  const prolog = /^\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*)*/
  text = text.replace(prolog, '')
  const doctype = /^<!DOCTYPE\s+([^\s>[]+)/i.exec(text)
  const element = doctype ?? /^<([^\s/>!?]+)/.exec(text)
  return element?.[1]?.split(':').at(-1) ?? null
}
