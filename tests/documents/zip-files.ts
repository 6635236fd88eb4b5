/** Archives byte by byte, so that a test can write what no honest program would. */
import { writeFileSync } from 'node:fs'
import { crc32, deflateRawSync } from 'node:zlib'
import { withWorkbook } from '#app/documents/open-workbook.server.ts'

export interface ZipPart {
  name: string
  bytes: Uint8Array | string
  /** What the directory claims instead of the truth. */
  claims?: Partial<{ unpacked: number; packed: number; flags: number; offset: number }>
}

export function writeZip(path: string, parts: readonly ZipPart[]): void {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes, claims = {} } of parts) {
    const content = Buffer.from(bytes as string)
    const packed = deflateRawSync(content)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(claims.flags ?? 0, 2)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(crc32(content), 10)
    head.writeUInt32LE(claims.packed ?? packed.length, 14)
    head.writeUInt32LE(claims.unpacked ?? content.length, 18)
    head.writeUInt16LE(Buffer.byteLength(name), 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(claims.offset ?? offset, 10)
    local.push(Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed)
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), head, place, Buffer.from(name))
    offset += 4 + head.length + Buffer.byteLength(name) + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  writeFileSync(path, Buffer.concat([...local, listed, end]))
}

/** The parts of a workbook as text, to be altered and written again. */
export async function readParts(path: string): Promise<Map<string, string>> {
  return withWorkbook(path, async ({ partNames, readPart }) => {
    const parts = new Map<string, string>()
    for (const name of partNames) {
      parts.set(name, Buffer.from((await readPart(name)) ?? []).toString('utf8'))
    }
    return parts
  })
}

export function writeParts(path: string, parts: ReadonlyMap<string, string>): void {
  writeZip(
    path,
    [...parts].map(([name, bytes]) => ({ name, bytes })),
  )
}
