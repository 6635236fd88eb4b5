/** GZIP and ZIP files of exports, opened without trusting a word they say about themselves. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGunzip, gunzipSync, inflateRawSync } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { createMerge } from './containers/merge.ts'
import { ImportError, type Importer } from './importer.ts'
import { many } from './scan/text.ts'

/** Unpacked bytes of one container. Nothing is kept of them, but time is not free either. */
const MAXIMUM_UNPACKED = 2 * 1024 * 1024 * 1024
// XML shrinks to a thirtieth, dull logs to a hundredth; what shrinks further is made of one byte repeated.
const MAXIMUM_RATIO = 500
const RATIO_COUNTS_FROM = 16 * 1024 * 1024
const MAXIMUM_ENTRIES = 10_000
const HEAD_BYTES = 64 * 1024
/** Packed bytes that are unpacked to see what is inside: at most 16 MB come of them. */
const SNIFFED_BYTES = 16 * 1024

export type Detect = (head: Uint8Array) => Importer | null

export function createGzipImporter(detect: Detect): Importer {
  const inside = (head: Uint8Array) => (isGzip(head) ? detect(unpackHead(head, gunzipSync)) : null)
  return {
    format: 'gzip',
    label: 'any of these in a .gz',
    evidenceKind: 'vuln-scan-summary',
    recognises: (head) => inside(head) !== null,
    async *read(bytes, options) {
      const begun = await BegunStream.begin(guarded(bytes, createGunzip()))
      try {
        const importer = detect(begun.head)
        if (!importer)
          throw new ImportError(
            'unrecognised',
            'What is packed in this file is none of the formats that can be read.',
          )
        return yield* importer.read(begun, options)
      } finally {
        await begun.end()
      }
    },
  }
}

export function createZipImporter(detect: Detect): Importer {
  return {
    format: 'zip',
    label: 'any of these in a .zip',
    evidenceKind: 'vuln-scan-summary',
    recognises: (head) => firstEntries(head).some((entry) => detect(entry) !== null),
    async *read(bytes, options) {
      const folder = await mkdtemp(join(tmpdir(), 'attested-zip-'))
      try {
        // The list of entries stands at a ZIP's end, and what its entries say of themselves need not agree with it.
        const path = join(folder, 'archive.zip')
        await pipeline(Readable.from(bytes), createWriteStream(path))
        const zip = await openZip(path)
        const merge = createMerge()
        try {
          for (const entry of await listEntries(zip)) {
            const importer = await detectEntry(zip, entry, detect)
            if (!importer) merge.passOver(entry.fileName)
            else
              yield* merge.read(
                entry.fileName,
                importer,
                await openEntry(zip, entry),
                entry.uncompressedSize,
                options,
              )
          }
        } finally {
          zip.close()
        }
        return yield* merge.finish()
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

const isGzip = (head: Uint8Array) => head[0] === 0x1f && head[1] === 0x8b && head[2] === 8
const isZip = (head: Uint8Array) => head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4

function unpackHead(packed: Uint8Array, unpack: typeof gunzipSync): Uint8Array {
  try {
    const text = unpack(packed.subarray(0, SNIFFED_BYTES), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: SNIFFED_BYTES * 1100,
    })
    return text.subarray(0, HEAD_BYTES)
  } catch {
    return new Uint8Array()
  }
}

/** Beginnings of the entries whose own headers lie in the head: enough to tell an export from a ZIP of pictures. */
function firstEntries(head: Uint8Array): Uint8Array[] {
  if (!isZip(head)) return []
  const view = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  const entries: Uint8Array[] = []
  for (let at = 0; at + 30 <= view.length && view.readUInt32LE(at) === 0x04034b50; ) {
    const method = view.readUInt16LE(at + 8)
    const packedSize = view.readUInt32LE(at + 18)
    const from = at + 30 + view.readUInt16LE(at + 26) + view.readUInt16LE(at + 28)
    const hasSizeBehind = (view.readUInt16LE(at + 6) & 8) !== 0
    const packed = view.subarray(from, hasSizeBehind && packedSize === 0 ? undefined : from + packedSize)
    if (method === 8) entries.push(unpackHead(packed, inflateRawSync))
    else if (method === 0) entries.push(packed.subarray(0, HEAD_BYTES))
    if (hasSizeBehind && packedSize === 0) break
    at = from + packedSize
  }
  return entries
}

/** The unpacked bytes, counted while they pass. */
async function* guarded(bytes: AsyncIterable<Uint8Array>, unpacker: NodeJS.ReadWriteStream) {
  let packed = 0
  let unpacked = 0
  const counted = async function* () {
    for await (const chunk of bytes) {
      packed += chunk.length
      yield chunk
    }
  }
  const source = Readable.from(counted())
  source.on('error', (error) => (unpacker as unknown as Readable).destroy(error))
  try {
    for await (const chunk of source.pipe(unpacker) as AsyncIterable<Buffer>) {
      unpacked += chunk.length
      checkGrowth(packed, unpacked)
      yield chunk
    }
  } catch (error) {
    throw asImportError(error)
  } finally {
    source.destroy()
  }
}

function checkGrowth(packed: number, unpacked: number): void {
  if (unpacked > MAXIMUM_UNPACKED)
    throw new ImportError('too-large', 'The file unpacks to more than 2 GB. Export it in parts.')
  if (unpacked > RATIO_COUNTS_FROM && unpacked > packed * MAXIMUM_RATIO) {
    throw new ImportError(
      'hostile',
      `The file unpacks to more than ${MAXIMUM_RATIO} times its size, which no export does. It was not read.`,
    )
  }
}

function asImportError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException)?.code ?? ''
  if (code === 'Z_BUF_ERROR')
    return new ImportError('truncated', 'The packed file ends too early. Copy or export it again.')
  if (code.startsWith('Z_'))
    return new ImportError(
      'malformed',
      'The packed file is damaged and cannot be unpacked. Copy or export it again.',
    )
  return error
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: true })
  } catch {
    throw new ImportError(
      'truncated',
      'The ZIP file has no list of its contents at its end, so its end is missing. Copy or export it again.',
    )
  }
}

async function listEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  let total = 0
  try {
    for await (const entry of zip.eachEntry()) {
      // macOS packs the forks of its files beside them.
      if (entry.fileName.endsWith('/') || /(^|\/)(__MACOSX\/|\.)/.test(entry.fileName)) continue
      if (entry.isEncrypted())
        throw new ImportError(
          'unrecognised',
          'The ZIP file has a password. Unpack it, or export it without one.',
        )
      entries.push(entry)
      total += entry.uncompressedSize
      if (entries.length > MAXIMUM_ENTRIES)
        throw new ImportError(
          'hostile',
          `The ZIP file holds more than ${many(MAXIMUM_ENTRIES, 'file')}. Upload it in parts.`,
        )
      checkGrowth(entry.compressedSize, entry.uncompressedSize)
      if (total > MAXIMUM_UNPACKED)
        throw new ImportError('too-large', 'The file unpacks to more than 2 GB. Export it in parts.')
    }
  } catch (error) {
    if (error instanceof ImportError) throw error
    // yauzl refuses absolute names and names that climb out of the folder.
    throw new ImportError(
      'hostile',
      'The list of contents of the ZIP file is damaged or names files outside of it. It was not read.',
    )
  }
  return entries.sort((a, b) => (a.fileName < b.fileName ? -1 : 1))
}

async function openEntry(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Uint8Array>> {
  try {
    const stream = await zip.openReadStreamPromise(entry)
    return (async function* () {
      try {
        // The size that the list names is checked by yauzl while the bytes pass.
        yield* stream as AsyncIterable<Buffer>
      } catch (error) {
        const known = asImportError(error)
        throw known instanceof ImportError
          ? known
          : new ImportError(
              'malformed',
              `"${entry.fileName.slice(0, 100)}" in the ZIP file is damaged. Copy or export it again.`,
            )
      } finally {
        stream.destroy()
      }
    })()
  } catch {
    throw new ImportError(
      'malformed',
      `"${entry.fileName.slice(0, 100)}" in the ZIP file cannot be unpacked. Export it again.`,
    )
  }
}

async function detectEntry(zip: ZipFile, entry: Entry, detect: Detect): Promise<Importer | null> {
  const begun = await BegunStream.begin(await openEntry(zip, entry))
  await begun.end()
  return begun.head.length > 0 ? detect(begun.head) : null
}

/** A stream whose first 64 KiB are known; read it from its beginning, or end it unread. */
class BegunStream implements AsyncIterable<Uint8Array> {
  private constructor(
    private readonly iterator: AsyncIterator<Uint8Array>,
    private readonly begun: readonly Uint8Array[],
  ) {}

  static async begin(bytes: AsyncIterable<Uint8Array>): Promise<BegunStream> {
    const iterator = bytes[Symbol.asyncIterator]()
    const chunks: Uint8Array[] = []
    let length = 0
    while (length < HEAD_BYTES) {
      const step = await iterator.next()
      if (step.done) break
      chunks.push(step.value)
      length += step.value.length
    }
    return new BegunStream(iterator, chunks)
  }

  get head(): Uint8Array {
    return Buffer.concat(this.begun).subarray(0, HEAD_BYTES)
  }

  /** Lets go of the source, read to its end or not. */
  async end(): Promise<void> {
    await this.iterator.return?.(undefined)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      yield* this.begun
      for (let step = await this.iterator.next(); !step.done; step = await this.iterator.next())
        yield step.value
    } finally {
      await this.end()
    }
  }
}
