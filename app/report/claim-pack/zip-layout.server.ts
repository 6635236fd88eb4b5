/** The headers of a claim pack's ZIP, byte for byte (PKWARE APPNOTE 4.3; docs/claim-pack.md): stored files, one fixed date. */

export interface Placed {
  path: string
  crc32: number
  sizeBytes: number
  /** Where its local header begins. */
  offset: number
  /** Hash and length stand behind the content instead of before it. */
  isStreamed: boolean
}

const UTF8_NAMES = 0x0800
const DESCRIPTOR_FOLLOWS = 0x0008
const DAY_ONE = 0x0021
const UNIX_63 = (3 << 8) | 63
const PLAIN_FILE = (0o100644 << 16) >>> 0
const LARGE = 0xffffffff

const isLarge = ({ sizeBytes, offset }: Placed) => sizeBytes >= LARGE || offset >= LARGE
const flagsOf = ({ isStreamed }: Placed) => UTF8_NAMES | (isStreamed ? DESCRIPTOR_FOLLOWS : 0)

/** Little-endian numbers, each with its width in bytes. */
function numbers(...parts: [value: number, width: 2 | 4 | 8][]): Buffer {
  const bytes = Buffer.alloc(parts.reduce((length, [, width]) => length + width, 0))
  let at = 0
  for (const [value, width] of parts) {
    if (width === 8) bytes.writeBigUInt64LE(BigInt(value), at)
    else bytes.writeUIntLE(value, at, width)
    at += width
  }
  return bytes
}

export function localHeader(entry: Placed): Buffer {
  const name = Buffer.from(entry.path)
  const known = entry.isStreamed ? [0, 0] : [entry.crc32, entry.sizeBytes]
  const head = numbers(
    [0x04034b50, 4],
    [20, 2],
    [flagsOf(entry), 2],
    [0, 2],
    [0, 2],
    [DAY_ONE, 2],
    [known[0] ?? 0, 4],
    [Math.min(known[1] ?? 0, LARGE), 4],
    [Math.min(known[1] ?? 0, LARGE), 4],
    [name.length, 2],
    [0, 2],
  )
  return Buffer.concat([head, name])
}

export function descriptor(entry: Placed): Buffer {
  const width = isLarge(entry) ? 8 : 4
  return numbers([0x08074b50, 4], [entry.crc32, 4], [entry.sizeBytes, width], [entry.sizeBytes, width])
}

export function centralRecord(entry: Placed): Buffer {
  const name = Buffer.from(entry.path)
  const { crc32, sizeBytes, offset } = entry
  const large = isLarge(entry)
  const extra = large
    ? numbers([0x0001, 2], [24, 2], [sizeBytes, 8], [sizeBytes, 8], [offset, 8])
    : Buffer.alloc(0)
  const head = numbers(
    [0x02014b50, 4],
    [UNIX_63, 2],
    [large ? 45 : 20, 2],
    [flagsOf(entry), 2],
    [0, 2],
    [0, 2],
    [DAY_ONE, 2],
    [crc32, 4],
    [large ? LARGE : sizeBytes, 4],
    [large ? LARGE : sizeBytes, 4],
    [name.length, 2],
    [extra.length, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [PLAIN_FILE, 4],
    [large ? LARGE : offset, 4],
  )
  return Buffer.concat([head, name, extra])
}

export function endRecords(count: number, directoryAt: number, directorySize: number): Buffer {
  const large = count >= 0xffff || directoryAt >= LARGE || directorySize >= LARGE
  const end = numbers(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [Math.min(count, 0xffff), 2],
    [Math.min(count, 0xffff), 2],
    [Math.min(directorySize, LARGE), 4],
    [Math.min(directoryAt, LARGE), 4],
    [0, 2],
  )
  if (!large) return end
  const record = numbers(
    [0x06064b50, 4],
    [44, 8],
    [UNIX_63, 2],
    [45, 2],
    [0, 4],
    [0, 4],
    [count, 8],
    [count, 8],
    [directorySize, 8],
    [directoryAt, 8],
  )
  const locator = numbers([0x07064b50, 4], [0, 4], [directoryAt + directorySize, 8], [1, 4])
  return Buffer.concat([record, locator, end])
}
