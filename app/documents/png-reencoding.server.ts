/** Reads a PNG pixel by pixel, blackens rectangles and writes a new one: nothing of the old file but its pixels is left. */
import { once } from 'node:events'
import { crc32, createDeflate, createInflate } from 'node:zlib'

export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

export class PictureError extends Error {
  override name = 'PictureError'
  constructor(
    readonly code: 'not-png' | 'too-many-pixels' | 'outside',
    message: string,
  ) {
    super(message)
  }
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MOST_PIXELS = 40_000_000

const broken = () =>
  new PictureError('not-png', 'The picture did not arrive as a whole PNG. Reload the page and try again.')

interface Picture {
  width: number
  height: number
  /** 3 without, 4 with an alpha channel. */
  channels: 3 | 4
  data: Buffer[]
}

/** @throws PictureError for anything but what a canvas writes: eight bits a channel, not interlaced */
export function readPicture(bytes: Uint8Array): Picture {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw broken()
  const data: Buffer[] = []
  let header: Buffer | null = null
  for (let at = 8; ; ) {
    if (at + 12 > file.length) throw broken()
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    const body = file.subarray(at + 8, at + 8 + length)
    if (body.length !== length || at + 12 + length > file.length) throw broken()
    if (type === 'IHDR') header = body
    if (type === 'IDAT') data.push(body)
    if (type === 'IEND') break
    at += 12 + length
  }
  if (header?.length !== 13) throw broken()
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth, colour, compression, filter, interlace] = header.subarray(8)
  if (depth !== 8 || (colour !== 2 && colour !== 6) || compression || filter || interlace) throw broken()
  if (width === 0 || height === 0) throw broken()
  if (width * height > MOST_PIXELS)
    throw new PictureError(
      'too-many-pixels',
      'The picture has more than 40 million pixels. Scale it down first.',
    )
  return { width, height, channels: colour === 2 ? 3 : 4, data }
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

async function* rowsOf({ width, height, channels, data }: Picture): AsyncGenerator<Buffer> {
  const length = width * channels
  let previous: Buffer = Buffer.alloc(length)
  let rest: Buffer = Buffer.alloc(0)
  let rows = 0
  for await (const part of inflated(data)) {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part])
    let at = 0
    for (; rest.length - at > length; at += length + 1) {
      if (rows === height) throw broken()
      const row = unfilter(rest[at] as number, rest.subarray(at + 1, at + 1 + length), previous, channels)
      previous = Buffer.from(row)
      rows += 1
      yield row
    }
    rest = rest.subarray(at)
  }
  if (rows !== height || rest.length > 0) throw broken()
}

async function* inflated(data: readonly Buffer[]): AsyncGenerator<Buffer> {
  const inflate = createInflate()
  inflate.end(Buffer.concat(data))
  try {
    for await (const part of inflate) yield part as Buffer
  } catch {
    throw broken()
  }
}

/** PNG specification §9: each byte from its left, upper and upper left neighbours. */
function unfilter(filter: number, coded: Buffer, above: Buffer, step: number): Buffer {
  if (filter > 4) throw broken()
  const row = Buffer.allocUnsafe(coded.length)
  for (let at = 0; at < coded.length; at += 1) {
    const left = at < step ? 0 : (row[at - step] as number)
    const up = above[at] as number
    const corner = at < step ? 0 : (above[at - step] as number)
    const guess =
      filter === 0
        ? 0
        : filter === 1
          ? left
          : filter === 2
            ? up
            : filter === 3
              ? (left + up) >> 1
              : paeth(left, up, corner)
    row[at] = (coded[at] as number) + guess
  }
  return row
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs)
  if ((toLeft as number) <= (toUp as number) && (toLeft as number) <= (toCorner as number)) return left
  return (toUp as number) <= (toCorner as number) ? up : corner
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
