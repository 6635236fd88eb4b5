/** Small PNG files, written by the specification. */
import { crc32, deflateSync } from 'node:zlib'

export function pngChunk(type: string, body: Buffer): Buffer {
  const whole = Buffer.alloc(body.length + 12)
  whole.writeUInt32BE(body.length, 0)
  whole.write(type, 4, 'latin1')
  body.copy(whole, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + body.length)) >>> 0, 8 + body.length)
  return whole
}

/** @param filters one a row, 0 to 4; none where absent */
export function makePng(
  width: number,
  height: number,
  channels: 3 | 4,
  pixels: Buffer,
  filters: readonly number[] = [],
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, channels === 3 ? 2 : 6, 0, 0, 0], 8)
  const length = width * channels
  const rows = Array.from({ length: height }, (_, y) => {
    const row = pixels.subarray(y * length, (y + 1) * length)
    const above = y === 0 ? Buffer.alloc(length) : pixels.subarray((y - 1) * length, y * length)
    return Buffer.concat([Buffer.from([filters[y] ?? 0]), filterRow(filters[y] ?? 0, row, above, channels)])
  })
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function filterRow(filter: number, row: Buffer, above: Buffer, step: number): Buffer {
  return Buffer.from(
    row.map((value, at) => {
      const left = at < step ? 0 : (row[at - step] ?? 0)
      const up = above[at] ?? 0
      const corner = at < step ? 0 : (above[at - step] ?? 0)
      const estimate = left + up - corner
      const [a, b, c] = [left, up, corner].map((near) => Math.abs(estimate - near)) as [
        number,
        number,
        number,
      ]
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner
      return value - ([0, left, up, Math.floor((left + up) / 2), paeth][filter] ?? 0)
    }),
  )
}
