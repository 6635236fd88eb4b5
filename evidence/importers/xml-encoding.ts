/** Bytes of an XML file as text, in the encoding that they are really in; shared by all XML importers. */
import { type Decoder, otherDecoder, utf8Decoder } from './text-decoder.ts'

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

/** @throws ImportError encoding, naming the encoding that cannot be read */
export function createXmlDecoder(head: Uint8Array): Decoder {
  const encoding = detectXmlEncoding(head)
  return encoding === 'utf-8' ? utf8Decoder() : otherDecoder(encoding)
}

/** A file's first bytes as text; null for what cannot be XML. */
export function decodeXmlHead(head: Uint8Array): string | null {
  try {
    return new TextDecoder(detectXmlEncoding(head)).decode(head, { stream: true })
  } catch {
    return null
  }
}

/**
 * The name of the root element without its prefix, from a file's first bytes; null for what is not XML.
 * A DOCTYPE names it too, where it is too long for the head.
 */
export function findRootElement(head: Uint8Array): string | null {
  const text = decodeXmlHead(head)
  if (text === null) return null
  const body = text.replace(/^\s*(?:<\?[\s\S]*?\?>\s*|<!--[\s\S]*?-->\s*)*/, '')
  const doctype = /^<!DOCTYPE\s+([^\s>[]+)/i.exec(body)
  const element = doctype ?? /^<([^\s/>!?]+)/.exec(body)
  return element?.[1]?.split(':').at(-1) ?? null
}
