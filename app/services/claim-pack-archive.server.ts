/** Streams a claim pack into the evidence store: whole, or not at all. */
import { type PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { type StoredFile, StoreError } from '#evidence/store/store.ts'
import type { PackedFile } from './claim-pack-files.server.ts'
import { RefusedError } from './errors.ts'
import { getRuntime } from './runtime.server.ts'

/**
 * Stored, not deflated, and dated on the first day that ZIP knows: each byte of the archive then follows from its
 * files, so that a verifier can account for every one of them (docs/claim-pack.md).
 */
const PLAIN = { compress: false, mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 }

/**
 * @param onFile called before each file, with its number from 1
 * @throws RefusedError `file-damaged` with the file's name; nothing of the archive is left then
 */
export async function storePack(
  organisationId: string,
  files: readonly PackedFile[],
  onFile: (number: number) => void,
): Promise<StoredFile> {
  const { store } = getRuntime()
  const zip = new ZipFile()
  const stream = zip.outputStream as PassThrough
  const open: { file?: Readable; damage?: { fileName: string; error: Error } } = {}
  zip.on('error', (error: Error) => stream.destroy(error))
  files.forEach(({ path, content, sizeBytes }, index) => {
    if (Buffer.isBuffer(content)) {
      zip.addBuffer(content, path, PLAIN)
      return
    }
    zip.addReadStreamLazy(path, { ...PLAIN, size: sizeBytes }, (give) => {
      onFile(index + 1)
      // Hashed while it passes: a file that changed fails at its end, and the archive with it.
      const file = Readable.from(store.open(organisationId, content.stored), { objectMode: false })
      file.once('error', (error) => {
        open.damage = { fileName: content.fileName, error }
        zip.emit('error', error)
      })
      open.file = file
      give(null, file)
    })
  })
  zip.end()
  try {
    return await store.put(organisationId, stream, { maxBytes: Number.MAX_SAFE_INTEGER })
  } catch (error) {
    open.file?.destroy()
    const { damage } = open
    if (!damage || !isDamage(damage.error)) throw damage?.error ?? error
    throw new RefusedError(
      'file-damaged',
      `No pack was made: ${damage.fileName} cannot be handed out. ${damage.error.message}`,
    )
  }
}

const isDamage = (error: Error) =>
  error instanceof StoreError && (error.code === 'corrupt' || error.code === 'not-found')
