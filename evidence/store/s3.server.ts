/** The evidence store in an S3-compatible bucket: `<prefix>/<organisation>/<sha256>`. Why so: docs/decisions/0008. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { incomingFolder } from './local-folder.server.ts'
import { sniffMediaType } from './media-type.ts'
import { attempt, listUnfinished, PART, receive, removeLeftovers } from './receive.server.ts'
import { type Bucket, openBucket } from './s3-bucket.server.ts'
import { asStoreError } from './s3-faults.server.ts'
import type { S3Settings } from './s3-settings.ts'
import { extendRetention, type SpooledFile, uploadFile } from './s3-upload.server.ts'
import { abortOldUploads, listUploads } from './s3-uploads.server.ts'
import {
  checkIds,
  type EvidenceStore,
  HEAD_BYTES,
  isOrganisationId,
  isSha256,
  type ListedFile,
  StoreError,
} from './store.ts'

export interface S3StoreOptions {
  /** Files are spooled below it while they arrive. */
  dataDir: string
  /** As of the local folder: only for the process that owns the data folder. */
  cleanLeftovers?: boolean
  clock?: () => Date
}

/** @throws StoreStartError when the bucket cannot be used with these settings and credentials */
export async function openS3Store(settings: S3Settings, options: S3StoreOptions): Promise<EvidenceStore> {
  const { dataDir, cleanLeftovers = true, clock = () => new Date() } = options
  const incoming = incomingFolder(dataDir)
  await attempt(() => mkdir(incoming, { recursive: true, mode: 0o750 }))
  const bucket = await openBucket(settings)
  const prefix = settings.prefix === '' ? '' : `${settings.prefix}/`
  if (cleanLeftovers) {
    await attempt(() => removeLeftovers(incoming))
    await abortOldUploads(bucket, prefix, clock())
  }
  const keyOf = (organisationId: string, sha256: string) => {
    checkIds(organisationId, sha256)
    return `${prefix}${organisationId}/${sha256}`
  }
  const keeping = new Map<string, Promise<void>>()

  /** One after the other for the same content: the second finds what the first has put. */
  async function keep(key: string, file: SpooledFile): Promise<void> {
    const before = keeping.get(key) ?? Promise.resolve()
    const work = before.catch(() => undefined).then(() => keepAlone(key, file))
    keeping.set(key, work)
    await work.finally(() => keeping.get(key) === work && keeping.delete(key))
  }

  async function keepAlone(key: string, file: SpooledFile): Promise<void> {
    const there = await findObject(bucket, key)
    const isWhole = there?.sizeBytes === file.sizeBytes && (await isIntact(bucket, key, file.sha256))
    if (there && isWhole) return extendRetention(bucket, key, { now: clock(), current: there })
    // Only what no longer has its own hash is ever replaced.
    await uploadFile(bucket, key, file, { now: clock(), isReplacing: there !== null })
  }

  const store: EvidenceStore = {
    async put(organisationId, bytes, putOptions) {
      checkIds(organisationId)
      const path = join(incoming, `${randomUUID()}${PART}`)
      try {
        const received = await receive(path, bytes, { ...putOptions, isLasting: false })
        await keep(keyOf(organisationId, received.sha256), { ...received, path }).catch(throwAsStoreError)
        return { ...received, mediaType: await sniffMediaType(received.head) }
      } finally {
        await rm(path, { force: true }).catch(() => undefined)
      }
    },

    open: (organisationId, sha256) => readObject(bucket, () => keyOf(organisationId, sha256), sha256),

    async openVerified(organisationId, sha256) {
      // Reading to the end is the check; the second reading checks again.
      for await (const _ of store.open(organisationId, sha256));
      return store.open(organisationId, sha256)
    },

    async has(organisationId, sha256) {
      return (await findObject(bucket, keyOf(organisationId, sha256))) !== null
    },

    async size(organisationId, sha256) {
      const found = await findObject(bucket, keyOf(organisationId, sha256))
      if (!found) throw new StoreError('not-found')
      return found.sizeBytes
    },

    async *list(organisationId) {
      if (organisationId !== undefined) checkIds(organisationId)
      yield* listObjects(bucket, prefix, organisationId)
    },

    async *listUnfinished() {
      yield* listUnfinished(incoming)
      yield* listUploads(bucket, prefix)
    },

    status: () => ({
      kind: 's3',
      place: `bucket ${bucket.name}${prefix ? `, below ${prefix}` : ''}${settings.endpoint ? `, at ${settings.endpoint}` : ''}`,
      objectLock: bucket.objectLock,
    }),
  }
  return store
}

function throwAsStoreError(error: unknown): never {
  throw asStoreError(error)
}

export interface FoundObject {
  sizeBytes: number
  retainedUntil: Date | null
  retentionMode: 'GOVERNANCE' | 'COMPLIANCE' | null
}

async function findObject({ client, name }: Bucket, key: string): Promise<FoundObject | null> {
  try {
    const head = await client.send(new HeadObjectCommand({ Bucket: name, Key: key }))
    return {
      sizeBytes: head.ContentLength ?? 0,
      retainedUntil: head.ObjectLockRetainUntilDate ?? null,
      retentionMode: head.ObjectLockMode ?? null,
    }
  } catch (error) {
    const fault = asStoreError(error)
    if (fault.code === 'not-found') return null
    throw fault
  }
}

async function isIntact(bucket: Bucket, key: string, sha256: string): Promise<boolean> {
  try {
    for await (const _ of readObject(bucket, () => key, sha256));
    return true
  } catch (error) {
    if (error instanceof StoreError && error.code === 'corrupt') return false
    throw error
  }
}

/** `keyOf` is asked when reading begins, so that a bad id fails as everything else does: in the stream. */
async function* readObject(
  { client, name }: Bucket,
  keyOf: () => string,
  sha256: string,
): AsyncGenerator<Uint8Array> {
  const Key = keyOf()
  const reply = await client.send(new GetObjectCommand({ Bucket: name, Key })).catch(throwAsStoreError)
  const body = reply.Body as Readable
  const hash = createHash('sha256')
  try {
    for await (const chunk of withWholeHead(body)) {
      hash.update(chunk)
      yield chunk
    }
  } catch (error) {
    throw asStoreError(error)
  } finally {
    // Whoever stops reading half way leaves a connection that would otherwise wait for him.
    body.destroy()
  }
  if (hash.digest('hex') !== sha256) throw new StoreError('corrupt')
}

/** The network cuts where it likes; recognisers want the first 64 KiB in one piece. */
async function* withWholeHead(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array[] | null = []
  let headBytes = 0
  for await (const chunk of body) {
    if (head === null) yield chunk
    else {
      head.push(chunk)
      headBytes += chunk.length
      if (headBytes < HEAD_BYTES) continue
      yield Buffer.concat(head)
      head = null
    }
  }
  if (head !== null && headBytes > 0) yield Buffer.concat(head)
}

/** Services list by the bytes of the key, which for ours is by organisation and then by hash. */
async function* listObjects(
  { client, name }: Bucket,
  prefix: string,
  organisationId?: string,
): AsyncGenerator<ListedFile> {
  const Prefix = organisationId === undefined ? prefix : `${prefix}${organisationId}/`
  let ContinuationToken: string | undefined
  do {
    const page = await client
      .send(new ListObjectsV2Command({ Bucket: name, Prefix, ContinuationToken }))
      .catch(throwAsStoreError)
    for (const { Key = '', Size = 0, LastModified = new Date(0) } of page.Contents ?? []) {
      const [organisation = '', sha256 = '', ...deeper] = Key.slice(prefix.length).split('/')
      if (deeper.length > 0 || !isOrganisationId(organisation) || !isSha256(sha256)) continue
      yield { organisationId: organisation, sha256, sizeBytes: Size, storedAt: LastModified }
    }
    ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined
  } while (ContinuationToken !== undefined)
}
