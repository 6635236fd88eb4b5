/** Opens a workbook from strangers: its list of parts is judged before a single byte is unpacked. */
import { open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { WorkbookError } from './workbook-error.ts'

// A filled form of 300 questions is 100 KB packed and 3 MB unpacked; ordinary sheets shrink to a tenth, at most a
// sixtieth. What lies beyond these limits wants our memory.
const MAXIMUM_FILE_BYTES = 25 * 1024 * 1024
const MAXIMUM_UNPACKED_BYTES = 80 * 1024 * 1024
const MAXIMUM_PARTS = 5_000
const MAXIMUM_RATIO = 250
const RATIO_COUNTS_FROM_BYTES = 1024 * 1024

/** What a workbook carries beside cells. None of it is ever run, followed or opened. */
export interface WorkbookExtras {
  macros: boolean
  externalLinks: boolean
  embeddedFiles: boolean
}

export interface OpenWorkbook {
  partNames: readonly string[]
  extras: WorkbookExtras
  /** The bytes of one part, or null where there is none of that name. @throws WorkbookError damaged */
  readPart(name: string): Promise<Uint8Array | null>
}

/**
 * Hands the workbook to `use` and closes it afterwards.
 * @throws WorkbookError not-a-workbook, encrypted, damaged, too-large
 */
export async function withWorkbook<T>(path: string, use: (workbook: OpenWorkbook) => Promise<T>): Promise<T> {
  await checkStart(path)
  let zip: ZipFile
  try {
    zip = await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: true })
  } catch (cause) {
    throw damaged(cause)
  }
  try {
    const entries = await listEntries(zip)
    return await use({
      partNames: [...entries.values()].map(({ fileName }) => fileName),
      extras: extrasOf([...entries.keys()]),
      async readPart(name) {
        const entry = entries.get(name.toLowerCase())
        return entry ? readEntry(zip, entry) : null
      },
    })
  } finally {
    zip.close()
  }
}

async function checkStart(path: string): Promise<void> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size > MAXIMUM_FILE_BYTES) throw tooLarge()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0)
    const start = buffer.subarray(0, bytesRead).toString('hex')
    // Office keeps both old .xls files and files with a password in this container.
    if (start === 'd0cf11e0a1b11ae1') {
      throw new WorkbookError(
        'encrypted',
        'The workbook has a password or is in the old .xls format. Save it as .xlsx without a password.',
      )
    }
    if (!start.startsWith('504b0304')) {
      throw new WorkbookError('not-a-workbook', 'This file is no Excel workbook. Save it as .xlsx.')
    }
  } finally {
    await file.close()
  }
}

/** By lower-case name: Office does not tell part names apart by case. */
async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let packed = 0
  let unpacked = 0
  if (zip.entryCount > MAXIMUM_PARTS) throw tooLarge()
  try {
    for await (const entry of zip.eachEntry()) {
      packed += entry.compressedSize
      unpacked += entry.uncompressedSize
      if (entries.size >= MAXIMUM_PARTS || unpacked > MAXIMUM_UNPACKED_BYTES) throw tooLarge()
      if (entry.isEncrypted()) {
        throw new WorkbookError('encrypted', 'The workbook has a password. Save it without one.')
      }
      if (entry.fileName.endsWith('/')) continue
      const name = entry.fileName.toLowerCase()
      // Two programs would read two different workbooks.
      if (entries.has(name)) throw damaged()
      entries.set(name, entry)
    }
  } catch (cause) {
    throw cause instanceof WorkbookError ? cause : damaged(cause)
  }
  if (unpacked > RATIO_COUNTS_FROM_BYTES && unpacked / Math.max(1, packed) > MAXIMUM_RATIO) throw tooLarge()
  // Parts that share their bytes are how a small file unpacks to an endless one.
  if (packed > zip.fileSize) throw damaged()
  if (!entries.has('[content_types].xml')) {
    throw new WorkbookError('not-a-workbook', 'This file is no Excel workbook. Save it as .xlsx.')
  }
  return entries
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  try {
    // yauzl ends the stream as soon as more comes out than the directory promised.
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Uint8Array)
  } catch (cause) {
    throw damaged(cause)
  }
  const bytes = Buffer.concat(pieces)
  // yauzl leaves this to its callers: without it a flipped bit is another answer.
  if (crc32(bytes) !== entry.crc32) throw damaged()
  if (/\.(xml|rels)$/i.test(entry.fileName) && bytes.includes('<!DOCTYPE')) {
    throw new WorkbookError(
      'damaged',
      'The workbook defines entities of its own, which Excel never does. It was not read. Save it again in Excel.',
    )
  }
  return bytes
}

function extrasOf(names: readonly string[]): WorkbookExtras {
  return {
    macros: names.some((name) => /vbaproject|\/macrosheets\/|\/dialogsheets\/|vbadata/.test(name)),
    externalLinks: names.some((name) => /\/externallinks\/|\/connections\.xml$|\/querytables\//.test(name)),
    embeddedFiles: names.some((name) => /\/(embeddings|activex|ctrlprops)\//.test(name)),
  }
}

function damaged(cause?: unknown): WorkbookError {
  return new WorkbookError(
    'damaged',
    'The workbook is damaged and cannot be read. Save it again as .xlsx, or ask for it once more.',
    { cause },
  )
}

function tooLarge(): WorkbookError {
  return new WorkbookError(
    'too-large',
    'The workbook is far larger than a form can be. Remove pictures and sheets of your own and save it again.',
  )
}
