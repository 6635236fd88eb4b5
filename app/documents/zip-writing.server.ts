/** Packs parts into a zip file again (PKWARE APPNOTE 4.3): the parts of a workbook in their order, each once. */
import { crc32, deflateRawSync } from 'node:zlib'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
// Names are UTF-8 (bit 11); 2.0 is the oldest reader that unpacks Deflate.
const FLAGS = 0x0800
const VERSION = 20
const DEFLATED = 8
// 1 January 1980, the first day that zip knows: the same parts give the same file.
const DAY = 0x0021

export function packZip(parts: readonly { name: string; bytes: Uint8Array }[]): Buffer {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of parts) {
    const packed = deflateRawSync(bytes)
    const called = Buffer.from(name, 'utf8')
    const facts = factsOf(bytes, packed, called)
    const head = Buffer.alloc(4)
    head.writeUInt32LE(LOCAL)
    pieces.push(head, facts, called, packed)
    directory.push(directoryEntry(facts, offset), called)
    offset += head.length + facts.length + called.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...pieces, listed, end])
}

/** What the file's own head and its entry in the directory share. */
function factsOf(bytes: Uint8Array, packed: Buffer, name: Buffer): Buffer {
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(VERSION, 0)
  facts.writeUInt16LE(FLAGS, 2)
  facts.writeUInt16LE(DEFLATED, 4)
  facts.writeUInt16LE(DAY, 8)
  facts.writeUInt32LE(crc32(bytes), 10)
  facts.writeUInt32LE(packed.length, 14)
  facts.writeUInt32LE(bytes.byteLength, 18)
  facts.writeUInt16LE(name.length, 22)
  return facts
}

function directoryEntry(facts: Buffer, offset: number): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt32LE(CENTRAL, 0)
  head.writeUInt16LE(VERSION, 4)
  const tail = Buffer.alloc(14)
  tail.writeUInt32LE(offset, 10)
  return Buffer.concat([head, facts, tail])
}
