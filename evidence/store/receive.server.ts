/** Takes a stream into a file of this machine: where a file lies until it is known to be whole, whatever keeps it then. */
import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  HEAD_BYTES,
  type PutOptions,
  type StoredFile,
  StoreError,
  type StoreErrorCode,
  type UnfinishedFile,
} from './store.ts'

const READ_BYTES = 256 * 1024
/** Names of files that are being received end with it. */
export const PART = '.part'

/**
 * Writes the stream to `path`, hashed on the way; one chunk in memory at a time.
 * @param options.isLasting has it on disk before it returns, for a file that stays where it is
 */
export async function receive(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  { maxBytes, onProgress, isLasting }: PutOptions & { isLasting: boolean },
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
    if (isLasting) {
      await attempt(async () => {
        await handle.chmod(0o440)
        await handle.sync()
      })
    }
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

export async function* readChunks(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    // A new buffer each time: the reader may keep what it was given.
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES)
    const { bytesRead } = await attempt(() => handle.read(buffer, 0, READ_BYTES))
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

/** Only what is older than this process: newer names are being written by it. */
export async function removeLeftovers(incoming: string): Promise<void> {
  const startedAt = Date.now() - process.uptime() * 1000
  for await (const { name, changedAt } of listUnfinished(incoming)) {
    if (changedAt.getTime() < startedAt) await rm(join(incoming, name), { force: true })
  }
}

/** What lies half received in the folder, left there by a crash or being received now. */
export async function* listUnfinished(incoming: string): AsyncGenerator<UnfinishedFile> {
  const entries: Dirent[] = await attempt(() => readdir(incoming, { withFileTypes: true }))
  for (const { name } of entries.filter((entry) => entry.isFile() && entry.name.endsWith(PART))) {
    const found = await stat(join(incoming, name)).catch(() => null)
    // Gone in the meantime: it was received, or refused.
    if (found) yield { name, changedAt: found.mtime }
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const MISSING = new Set(['ENOENT', 'EISDIR', 'ENOTDIR'])

/** Runs one step on the disk and tells its failure in the store's words; `whenMissing` is what an absent path means. */
export async function attempt<T>(
  step: () => Promise<T>,
  whenMissing: StoreErrorCode = 'unavailable',
): Promise<T> {
  try {
    return await step()
  } catch (cause) {
    if (cause instanceof StoreError) throw cause
    const { code = '' } = cause as NodeJS.ErrnoException
    if (FULL.has(code)) throw new StoreError('disk-full', { cause })
    throw new StoreError(MISSING.has(code) ? whenMissing : 'unavailable', { cause })
  }
}
