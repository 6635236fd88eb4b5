/** The evidence store in a folder: `evidence/<organisation>/<aa>/<sha256>`, files that appear whole or not at all. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sniffMediaType } from './media-type.ts'
import { attempt, listUnfinished, PART, readChunks, receive, removeLeftovers } from './receive.server.ts'
import {
  checkIds,
  type EvidenceStore,
  isOrganisationId,
  isSha256,
  type ListedFile,
  StoreError,
} from './store.ts'

// In the same file system as its target, because a rename across file systems is a copy.
const INCOMING = 'incoming'

/** Where files lie while they arrive; the S3 store spools there, too. */
export const incomingFolder = (dataDir: string) => join(dataDir, 'evidence', INCOMING)

/**
 * @param options.cleanLeftovers removes what a crash left half received. Only for the process that owns the folder:
 *   a second one (a worker thread) would delete what the first is receiving.
 */
export async function openLocalFolderStore(
  dataDir: string,
  options: { cleanLeftovers?: boolean } = {},
): Promise<EvidenceStore> {
  const root = join(dataDir, 'evidence')
  const incoming = incomingFolder(dataDir)
  await attempt(() => mkdir(incoming, { recursive: true, mode: 0o750 }))
  if (options.cleanLeftovers ?? true) await attempt(() => removeLeftovers(incoming))

  const pathOf = (organisationId: string, sha256: string) => {
    checkIds(organisationId, sha256)
    return join(root, organisationId, sha256.slice(0, 2), sha256)
  }

  const store: EvidenceStore = {
    async put(organisationId, bytes, putOptions) {
      checkIds(organisationId)
      const temporary = join(incoming, `${randomUUID()}${PART}`)
      try {
        const received = await receive(temporary, bytes, { ...putOptions, isLasting: true })
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

    async *list(organisationId) {
      if (organisationId !== undefined) checkIds(organisationId)
      // The root itself must be there: a disk that is not mounted must not look like a store without files.
      const names = (await attempt(() => readdir(root))).filter(isOrganisationId).sort()
      for (const name of names) {
        if (organisationId === undefined || organisationId === name) yield* listOrganisation(root, name)
      }
    },

    listUnfinished: () => listUnfinished(incoming),
    status: () => ({
      kind: 'local-folder',
      place: root,
      objectLock: { state: 'off', retention: null },
    }),
  }
  return store
}

/** One of the 256 folders in memory at a time. */
async function* listOrganisation(root: string, organisationId: string): AsyncGenerator<ListedFile> {
  for (const start of (await namesIn(join(root, organisationId))).filter((name) =>
    /^[0-9a-f]{2}$/.test(name),
  )) {
    const folder = join(root, organisationId, start)
    for (const sha256 of (await namesIn(folder)).filter((name) => isSha256(name) && name.startsWith(start))) {
      const found = await stat(join(folder, sha256)).catch(() => null)
      if (found?.isFile()) yield { organisationId, sha256, sizeBytes: found.size, storedAt: found.mtime }
    }
  }
}

/** Sorted; a folder that is not there is an empty one. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await attempt(() => readdir(folder), 'not-found').catch((error) => {
    if (error instanceof StoreError && error.code === 'not-found') return []
    throw error
  })
  return names.sort()
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
