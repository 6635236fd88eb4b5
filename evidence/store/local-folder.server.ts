/** The evidence store in a folder: `evidence/<organisation>/<aa>/<sha256>`, files that appear whole or not at all. */
import { createHash, randomUUID } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sniffMediaType } from './media-type.ts'
import {
  checkIds,
  type EvidenceStore,
  HEAD_BYTES,
  type PutOptions,
  type StoredFile,
  StoreError,
  type StoreErrorCode,
} from './store.ts'

// In the same file system as its target, because a rename across file systems is a copy.
const INCOMING = 'incoming'
const READ_BYTES = 256 * 1024

/**
 * @param options.cleanLeftovers removes what a crash left half received. Only for the process that owns the folder:
 *   a second one (a worker thread) would delete what the first is receiving.
 */
export async function openLocalFolderStore(
  dataDir: string,
  options: { cleanLeftovers?: boolean } = {},
): Promise<EvidenceStore> {
  const root = join(dataDir, 'evidence')
  const incoming = join(root, INCOMING)
  await attempt(() => mkdir(incoming, { recursive: true, mode: 0o750 }))
  if (options.cleanLeftovers ?? true) await attempt(() => removeLeftovers(incoming))

  const pathOf = (organisationId: string, sha256: string) => {
    checkIds(organisationId, sha256)
    return join(root, organisationId, sha256.slice(0, 2), sha256)
  }

  const store: EvidenceStore = {
    async put(organisationId, bytes, putOptions) {
      checkIds(organisationId)
      const temporary = join(incoming, `${randomUUID()}.part`)
      try {
        const received = await receive(temporary, bytes, putOptions)
        await attempt(() => moveInto(temporary, pathOf(organisationId, received.sha256), root))
        return { ...received, mediaType: await sniffMediaType(received.head) }
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => undefined)
        throw error
      }
    },

    async *open(organisationId, sha256) {
      const handle = await attempt(() => open(pathOf(organisationId, sha256), 'r'), 'not-found')
      try {
        const hash = createHash('sha256')
        for await (const chunk of readChunks(handle)) {
          hash.update(chunk)
          yield chunk
        }
        if (hash.digest('hex') !== sha256) throw new StoreError('corrupt')
      } finally {
        await handle.close()
      }
    },

    async openVerified(organisationId, sha256) {
      // Reading to the end is the check; the second reading checks again.
      for await (const _ of store.open(organisationId, sha256));
      return store.open(organisationId, sha256)
    },

    async has(organisationId, sha256) {
      try {
        await store.size(organisationId, sha256)
        return true
      } catch (error) {
        if (error instanceof StoreError && error.code === 'not-found') return false
        throw error
      }
    },

    async size(organisationId, sha256) {
      const found = await attempt(() => stat(pathOf(organisationId, sha256)), 'not-found')
      if (!found.isFile()) throw new StoreError('not-found')
      return found.size
    },
  }
  return store
}

/** Writes the stream to `path` and has it on disk, hashed on the way; one chunk in memory at a time. */
async function receive(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  { maxBytes, onProgress }: PutOptions,
): Promise<Omit<StoredFile, 'mediaType'>> {
  const handle = await attempt(() => open(path, 'wx', 0o600))
  try {
    const hash = createHash('sha256')
    const head = new Uint8Array(HEAD_BYTES)
    let sizeBytes = 0
    for await (const chunk of fromSource(bytes)) {
      if (sizeBytes + chunk.length > maxBytes) throw new StoreError('too-large')
      if (sizeBytes < HEAD_BYTES) head.set(chunk.subarray(0, HEAD_BYTES - sizeBytes), sizeBytes)
      sizeBytes += chunk.length
      const writing = attempt(() => writeWhole(handle, chunk))
      // Hashing keeps this thread busy while another one writes.
      hash.update(chunk)
      await writing
      onProgress?.(sizeBytes)
    }
    await attempt(async () => {
      await handle.chmod(0o440)
      await handle.sync()
    })
    return { sha256: hash.digest('hex'), sizeBytes, head: head.slice(0, Math.min(sizeBytes, HEAD_BYTES)) }
  } finally {
    await handle.close()
  }
}

/** Whatever the source throws means that the file stopped arriving. */
async function* fromSource(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (cause) {
    throw cause instanceof StoreError ? cause : new StoreError('aborted', { cause })
  }
}

async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    written += (await handle.write(chunk, written, chunk.length - written)).bytesWritten
  }
}

/** Content that is already there is replaced by itself: the same bytes, and healed if they had rotted. */
async function moveInto(temporary: string, target: string, root: string): Promise<void> {
  const folder = dirname(target)
  const created = await mkdir(folder, { recursive: true, mode: 0o750 })
  await rename(temporary, target)
  // A name is on disk only when its folder is; so are the folders that were just made.
  await syncFolder(folder)
  if (created === undefined) return
  await syncFolder(dirname(folder))
  await syncFolder(root)
}

async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders; it writes names through by itself.
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function* readChunks(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    // A new buffer each time: the reader may keep what it was given.
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES)
    const { bytesRead } = await attempt(() => handle.read(buffer, 0, READ_BYTES))
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

/** Only what is older than this process: newer names are being written by it. */
async function removeLeftovers(incoming: string): Promise<void> {
  const startedAt = Date.now() - process.uptime() * 1000
  const entries: Dirent[] = await readdir(incoming, { withFileTypes: true })
  for (const entry of entries) {
    const path = join(incoming, entry.name)
    if (!entry.isFile() || !entry.name.endsWith('.part')) continue
    if ((await stat(path)).mtimeMs < startedAt) await rm(path, { force: true })
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const MISSING = new Set(['ENOENT', 'EISDIR', 'ENOTDIR'])

/** Runs one step on the disk and tells its failure in the store's words; `whenMissing` is what an absent path means. */
async function attempt<T>(step: () => Promise<T>, whenMissing: StoreErrorCode = 'unavailable'): Promise<T> {
  try {
    return await step()
  } catch (cause) {
    if (cause instanceof StoreError) throw cause
    const { code = '' } = cause as NodeJS.ErrnoException
    if (FULL.has(code)) throw new StoreError('disk-full', { cause })
    throw new StoreError(MISSING.has(code) ? whenMissing : 'unavailable', { cause })
  }
}
