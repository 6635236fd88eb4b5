/** Lines of a byte stream, one at a time; a file without line ends does not fill the memory. */
import { isUtf8 } from 'node:buffer'

export type Line = { text: string; isWhole: true } | { text: null; isWhole: boolean }

/** An entry whose payload were larger is none of ours. */
const LONGEST_BYTES = 32 * 1024 * 1024
const NEWLINE = 0x0a

/**
 * `text` is null for a line that is too long or not UTF-8; `isWhole` is false for a last line without its line end.
 * Reading stops at a line that is too long or not whole.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const part of chunks) {
    const chunk = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      const piece = chunk.subarray(from, end)
      const line = rest.length === 0 ? piece : Buffer.concat([...rest, piece])
      yield isUtf8(line) ? { text: line.toString('utf8'), isWhole: true } : { text: null, isWhole: true }
      if (rest.length > 0) rest = []
      restBytes = 0
      from = end + 1
    }
    if (from < chunk.length) {
      // Copied: the stream may use its memory again.
      rest.push(Buffer.from(chunk.subarray(from)))
      restBytes += chunk.length - from
      if (restBytes > LONGEST_BYTES) return void (yield { text: null, isWhole: false })
    }
  }
  if (restBytes > 0) yield { text: null, isWhole: false }
}
