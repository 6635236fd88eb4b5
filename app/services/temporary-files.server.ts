/** Files that a library must find on disk for a moment: made in a folder of their own and always removed. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { getRuntime } from './runtime.server.ts'

/** Gives `work` a folder that is gone when it ends, however it ends. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'attested-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Copies a stored file into the folder. @throws StoreError `not-found`, `corrupt` */
export async function copyStored(
  folder: string,
  organisationId: string,
  stored: { sha256: string; name: string },
): Promise<string> {
  const path = join(folder, stored.name)
  const bytes = await getRuntime().store.openVerified(organisationId, stored.sha256)
  await pipeline(Readable.from(bytes), createWriteStream(path))
  return path
}

export async function readWhole(path: string): Promise<Buffer> {
  return readFile(path)
}
