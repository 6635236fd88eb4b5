/** Reads XML from strangers as a stream: nothing is fetched, nothing expands, nothing grows without limit. */
import { SaxesParser } from 'saxes'
import { ImportError, type ImportErrorCode } from './importer.ts'
import type { Decoder } from './text-decoder.ts'
import { createXmlDecoder } from './xml-encoding.ts'

/** What an importer hears. Text comes only between its `collectText(true)` and `collectText(false)`, possibly in pieces. */
export interface XmlHandlers {
  /** `name` is without its prefix; the root has depth 1. */
  open(name: string, attributes: Readonly<Record<string, string>>, depth: number): void
  close(depth: number): void
  text(text: string): void
}

export interface XmlReader {
  write(bytes: Uint8Array): void
  end(): void
}

export interface XmlLimits {
  depth: number
  /** Characters of one tag with its attributes, one comment, one DOCTYPE. */
  markup: number
  /** Characters without any tag between them. */
  text: number
}

// Real scanner exports stay below 20 levels, 64 Ki of markup and 4 Mi of text; what lies beyond wants our memory.
const LIMITS: XmlLimits = { depth: 256, markup: 1024 * 1024, text: 32 * 1024 * 1024 }

// Pieces handed to the parser: between two of them, the limits are looked at.
const PIECE_BYTES = 64 * 1024

/**
 * @throws ImportError from `write` and `end`, with line and column: hostile (entity definitions, too deep),
 *   too-large (an endless tag or text), encoding, malformed, truncated, empty
 */
export function createXmlReader(
  listen: (collectText: (wanted: boolean) => void) => XmlHandlers,
  limits: XmlLimits = LIMITS,
): XmlReader {
  const parser = new SaxesParser()
  let decoder: Decoder | undefined
  // A first piece of a few bytes cannot tell its encoding.
  let start: Uint8Array | null = new Uint8Array()
  let depth = 0
  let rootSeen = false
  let inTag = false
  let lastEventAt = 0

  const fail = (code: ImportErrorCode, message: string): never => {
    throw new ImportError(code, message, { line: parser.line, column: parser.column + 1 })
  }
  const handleText = (text: string) => {
    lastEventAt = parser.position
    if (collecting) handlers.text(text)
  }

  let collecting = false
  const handlers = listen((wanted) => {
    collecting = wanted
  })

  // No more handlers than these, and none later: V8 keeps a parser with more of them ten times slower (measured).
  parser.on('opentagstart', () => {
    inTag = true
    lastEventAt = parser.position
  })
  parser.on('opentag', (tag) => {
    inTag = false
    rootSeen = true
    lastEventAt = parser.position
    depth += 1
    if (depth > limits.depth)
      fail('hostile', `The file nests more than ${limits.depth} elements. No scanner writes such a file.`)
    handlers.open(localName(tag.name), tag.attributes as Record<string, string>, depth)
  })
  parser.on('closetag', () => {
    lastEventAt = parser.position
    handlers.close(depth)
    depth -= 1
  })
  parser.on('text', handleText)
  parser.on('cdata', handleText)
  parser.on('doctype', (doctype) => {
    lastEventAt = parser.position
    if (doctype.includes('[') || /<!(ENTITY|ELEMENT|ATTLIST)/i.test(doctype)) {
      fail(
        'hostile',
        'The file defines entities of its own in a DOCTYPE, which scanners never do. It was not read. Export it again from the scanner.',
      )
    }
    // A mere reference to an external definition (Qualys writes one) is left alone and never fetched.
  })

  const parse = (work: () => void) => {
    try {
      work()
    } catch (error) {
      // saxes throws plain errors; anything else is a fault of ours or an importer's verdict.
      if (!(error instanceof Error) || error.constructor !== Error) throw error
      fail(
        'malformed',
        `The file is not well-formed XML: ${reasonOf(error)}. Export it again from the scanner.`,
      )
    }
  }

  const checkGrowth = () => {
    const length = written - lastEventAt
    if (!rootSeen && length > limits.markup) {
      fail(
        'hostile',
        'The file begins with a DOCTYPE or comment of more than a million characters. No scanner writes such a file.',
      )
    }
    if (inTag && length > limits.markup) {
      fail(
        'too-large',
        'One element of the file has more than a million characters of attributes. No scanner writes such a file.',
      )
    }
    // Text that nobody collects costs nothing, but here it cannot be told from a comment or CDATA, which the parser keeps.
    if (length > limits.text) {
      fail(
        'too-large',
        `One text of the file is longer than ${limits.text} characters. Export it with less scanner output.`,
      )
    }
  }

  let written = 0
  const writeText = (text: string) => {
    if (text.length === 0) return
    parse(() => parser.write(text))
    written += text.length
    checkGrowth()
  }

  const begin = (bytes: Uint8Array) => {
    decoder = createXmlDecoder(bytes)
    start = null
    for (let at = 0; at < bytes.length; at += PIECE_BYTES)
      writeText(decoder.decode(bytes.subarray(at, at + PIECE_BYTES)))
  }

  return {
    write(bytes) {
      if (start) {
        const joined = new Uint8Array(start.length + bytes.length)
        joined.set(start)
        joined.set(bytes, start.length)
        start = joined
        // Enough for a byte order mark and the XML declaration.
        if (joined.length >= 1024) begin(joined)
        return
      }
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
        writeText((decoder as Decoder).decode(bytes.subarray(at, at + PIECE_BYTES)))
      }
    },
    end() {
      if (start) begin(start)
      writeText((decoder as Decoder).end())
      if (written === 0)
        throw new ImportError('empty', 'The file is empty. Export it again from the scanner.')
      if (depth > 0 || !rootSeen) {
        fail(
          'truncated',
          'The file ends before its last element is closed, so a part of it is missing. Export or copy it again.',
        )
      }
      parse(() => parser.close())
    },
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

/** saxes puts line and column before its reasons; we tell them apart. */
function reasonOf(error: unknown): string {
  return String((error as Error).message)
    .replace(/^\d+:\d+: /, '')
    .replace(/\.$/, '')
    .slice(0, 200)
}
