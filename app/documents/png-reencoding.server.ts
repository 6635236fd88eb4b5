/** Writes a picture anew with black rectangles: nothing of the old file but its pixels is left. */
import { once } from 'node:events'
import { crc32, createDeflate } from 'node:zlib'
import { type Picture, PictureError, rowsOf, SIGNATURE } from './png-reading.server.ts'

export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/**
 * The picture anew, opaque black inside the rectangles; a row in memory at a time.
 * @throws PictureError for a rectangle that leaves the picture, and while reading for broken pixels
 */
export function blacken(picture: Picture, rectangles: readonly Rectangle[]): AsyncIterable<Uint8Array> {
  for (const { x, y, width, height } of rectangles) {
    const fits =
      width > 0 &&
      height > 0 &&
      x >= 0 &&
      y >= 0 &&
      x + width <= picture.width &&
      y + height <= picture.height
    if (!fits) throw new PictureError('outside', 'A rectangle lies outside the picture. Correct its numbers.')
  }
  return write(picture, rectangles)
}

async function* write(picture: Picture, rectangles: readonly Rectangle[]): AsyncGenerator<Uint8Array> {
  const { width, height, channels } = picture
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, channels === 3 ? 2 : 6, 0, 0, 0], 8)
  yield SIGNATURE
  yield chunk('IHDR', header)
  const deflate = createDeflate({ level: 6 })
  const feeding = feed(deflate, picture, rectangles).catch((error) => deflate.destroy(error))
  for await (const part of deflate) yield chunk('IDAT', part as Buffer)
  await feeding
  yield chunk('IEND', Buffer.alloc(0))
}

async function feed(
  deflate: ReturnType<typeof createDeflate>,
  picture: Picture,
  rectangles: readonly Rectangle[],
) {
  let y = 0
  for await (const row of rowsOf(picture)) {
    for (const { x, width, y: top, height } of rectangles) {
      if (y >= top && y < top + height) paintBlack(row, x, width, picture.channels)
    }
    if (!deflate.write(encodeRow(row, picture.channels))) await once(deflate, 'drain')
    y += 1
  }
  deflate.end()
}

function paintBlack(row: Buffer, x: number, width: number, channels: number) {
  row.fill(0, x * channels, (x + width) * channels)
  if (channels === 4) for (let at = x; at < x + width; at += 1) row[at * 4 + 3] = 255
}

/** Every row as the difference to its left neighbour (filter 1): small, and without a search. */
function encodeRow(row: Buffer, channels: number): Buffer {
  const encoded = Buffer.allocUnsafe(row.length + 1)
  encoded[0] = 1
  for (let at = 0; at < row.length; at += 1)
    encoded[at + 1] = (row[at] as number) - (at < channels ? 0 : (row[at - channels] as number))
  return encoded
}

function chunk(type: string, body: Buffer): Buffer {
  const whole = Buffer.alloc(body.length + 12)
  whole.writeUInt32BE(body.length, 0)
  whole.write(type, 4, 'latin1')
  body.copy(whole, 8)
  whole.writeUInt32BE(crc(whole.subarray(4, 8 + body.length)), 8 + body.length)
  return whole
}

const crc = (bytes: Buffer) => crc32(bytes) >>> 0
