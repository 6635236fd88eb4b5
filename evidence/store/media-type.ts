/** What a file is by its first bytes; the name and the browser's word are not asked. */
import { fileTypeFromBuffer } from 'file-type'

const UNKNOWN = 'application/octet-stream'

/** @returns a media type; `application/octet-stream` for what cannot be told, empty files among it. */
export async function sniffMediaType(head: Uint8Array): Promise<string> {
  if (head.length === 0) return UNKNOWN
  const text = readText(head)
  // Text first: a signature of three bytes at the start of a table would otherwise pass for a picture.
  if (text !== null) return sniffText(text)
  return (await fileTypeFromBuffer(head))?.mime ?? UNKNOWN
}

// Control characters that no text file holds; NUL above all. Tab, line feed, form feed and return are text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BINARY = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/

function readText(head: Uint8Array): string | null {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe
      ? 'utf-16le'
      : head[0] === 0xfe && head[1] === 0xff
        ? 'utf-16be'
        : 'utf-8'
  try {
    // `stream` forgives a character that the head cuts in two.
    const text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
    return BINARY.test(text) || text.startsWith('%PDF-') ? null : text
  } catch {
    return BINARY.test(new TextDecoder('windows-1252').decode(head)) ? null : ''
  }
}

function sniffText(text: string): string {
  const start = text.trimStart().slice(0, 2000)
  if (/^<\?xml\b/i.test(start)) return /<svg[\s>]/i.test(start) ? 'image/svg+xml' : 'application/xml'
  if (/^<(!doctype html|html)[\s>]/i.test(start)) return 'text/html'
  if (/^<svg[\s>]/i.test(start)) return 'image/svg+xml'
  if (/^<[a-z!][^<]*>/i.test(start)) return 'application/xml'
  if (/^\{\s*("|\})/.test(start) || /^\[\s*([[{"\]\d-]|true|false|null)/.test(start))
    return 'application/json'
  return isTable(text) ? 'text/csv' : 'text/plain'
}

/** Two lines or more, each with the same number of separators outside quotes. */
function isTable(text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/).slice(0, 6)
  if (lines.length > 1) lines.pop()
  const rows = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, '')).filter((line) => line.trim() !== '')
  if (rows.length < 2) return false
  return [',', ';', '\t'].some((separator) => {
    const counts = rows.map((row) => row.split(separator).length)
    return counts[0] !== undefined && counts[0] > 1 && counts.every((count) => count === counts[0])
  })
}
