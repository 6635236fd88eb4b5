/** Reads the ZIP of a claim pack: nothing in it is unpacked to disk or inflated, and every byte has its one place. */
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import { CheckFailure } from '../verify/results.ts'
import { centralRecord, descriptor, endRecords, localHeader, type Placed } from './zip-layout.server.ts'

export interface PackEntry extends Placed {
  method: number
}

export interface PackContainer {
  entries: PackEntry[]
  /** What the archive holds that Attested does not write; sentences. */
  listLayoutFaults(): Promise<string[]>
  /** The bytes as they are stored. @throws CheckFailure for an entry that is compressed or encrypted */
  read(entry: PackEntry): Promise<Readable>
  close(): void
}

/** @throws CheckFailure for a file that is not there, or is larger than `most` bytes */
export type ReadFile = (path: string, most?: number) => Promise<Buffer>

/** More than any pack: an attacker's directory must not fill the memory. */
const MOST_ENTRIES = 100_000

/** @throws CheckFailure where it cannot be read as a ZIP at all */
export async function openContainer(path: string): Promise<PackContainer> {
  const zip = await openZip(path)
  try {
    if (zip.entryCount > MOST_ENTRIES) throw new CheckFailure(`It claims to hold ${zip.entryCount} files.`)
    const raw = await listEntries(zip)
    const entries = raw.map(
      (entry): PackEntry => ({
        path: entry.fileName,
        method: entry.compressionMethod,
        crc32: entry.crc32,
        sizeBytes: entry.uncompressedSize,
        offset: entry.relativeOffsetOfLocalHeader,
        isStreamed: (entry.generalPurposeBitFlag & 8) !== 0,
      }),
    )
    const byEntry = new Map(entries.map((entry, index) => [entry, raw[index] as yauzl.Entry]))
    return {
      entries,
      listLayoutFaults: () => listFaults(path, entries),
      read: (entry) => openEntry(zip, byEntry.get(entry) as yauzl.Entry),
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

function openZip(path: string): Promise<yauzl.ZipFile> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySize: true }
  return new Promise((resolve, reject) =>
    yauzl.open(path, options, (error, zip) =>
      zip ? resolve(zip) : reject(new CheckFailure(`It is no complete ZIP: ${error?.message ?? 'unknown'}`)),
    ),
  )
}

function listEntries(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  const entries: yauzl.Entry[] = []
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.push(entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', (error: Error) =>
      reject(new CheckFailure(`Its directory cannot be read: ${error.message}`)),
    )
    zip.readEntry()
  })
}

function openEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> {
  // A stored file is as long as the bytes that it takes; whatever is packed could grow without end.
  if (entry.compressionMethod !== 0 || entry.compressedSize !== entry.uncompressedSize)
    return Promise.reject(new CheckFailure(`${entry.fileName} is compressed; a pack stores its files.`))
  if (entry.generalPurposeBitFlag & 1)
    return Promise.reject(new CheckFailure(`${entry.fileName} is encrypted.`))
  return new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) =>
      stream
        ? resolve(stream)
        : reject(new CheckFailure(`${entry.fileName} cannot be read: ${error?.message ?? 'unknown'}`)),
    ),
  )
}

/**
 * Writes every header anew out of what the directory says and compares: so nothing can hide before, between or behind
 * the files, and no header can say something else than the directory.
 */
async function listFaults(path: string, entries: readonly PackEntry[]): Promise<string[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    let at = 0
    const isNext = async (expected: Buffer) => {
      const found = Buffer.alloc(expected.length)
      const { bytesRead } = await file.read(found, 0, expected.length, at)
      at += expected.length
      return bytesRead === expected.length && found.equals(expected)
    }
    for (const entry of entries) {
      if (entry.offset !== at || !(await isNext(localHeader(entry))))
        return [`Before the content of ${entry.path} stands something that does not belong there.`]
      at += entry.sizeBytes
      if (entry.isStreamed && !(await isNext(descriptor(entry))))
        return [`Behind the content of ${entry.path} stands something that does not belong there.`]
    }
    const directoryAt = at
    for (const entry of entries)
      if (!(await isNext(centralRecord(entry))))
        return [`The directory describes ${entry.path} in another way than Attested does.`]
    if (!(await isNext(endRecords(entries.length, directoryAt, at - directoryAt))))
      return ['The end of the archive is not the one that Attested writes.']
    return at === size ? [] : [`Behind the end of the archive stand ${size - at} more bytes.`]
  } finally {
    await file.close()
  }
}

/** @throws CheckFailure as `ReadFile` */
export async function readWhole(
  container: PackContainer,
  entry: PackEntry | undefined,
  path: string,
  most: number,
): Promise<Buffer> {
  if (!entry) throw new CheckFailure(`${path} is missing.`)
  if (entry.sizeBytes > most) throw new CheckFailure(`${path} is larger than Attested ever writes it.`)
  const chunks: Buffer[] = []
  for await (const chunk of await container.read(entry)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
