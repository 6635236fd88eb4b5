/** Uploads in parts that were begun and not ended: invisible among the objects, and paid for all the same. */
import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3'
import type { Bucket } from './s3-bucket.server.ts'
import { asStoreError, isNotImplemented } from './s3-faults.server.ts'
import { isOrganisationId, isSha256, type UnfinishedFile } from './store.ts'

// Longer than any upload of ours lasts: another process may be in the middle of one.
const ABANDONED_AFTER_MS = 24 * 3_600_000

interface BegunUpload {
  key: string
  id: string
  begunAt: Date
}

export async function* listUploads(bucket: Bucket, prefix: string): AsyncGenerator<UnfinishedFile> {
  try {
    for await (const { key, begunAt } of eachUpload(bucket, prefix)) {
      yield { name: `an upload in parts of ${key}`, changedAt: begunAt }
    }
  } catch (error) {
    // A service that cannot tell has none that anybody could end.
    if (!isNotImplemented(error)) throw asStoreError(error)
  }
}

/** What a killed process left. Best effort: the bucket's own lifecycle rule does the same (docs/storage.md). */
export async function abortOldUploads(bucket: Bucket, prefix: string, now: Date): Promise<void> {
  const { client, name } = bucket
  try {
    for await (const { key, id, begunAt } of eachUpload(bucket, prefix)) {
      if (now.getTime() - begunAt.getTime() < ABANDONED_AFTER_MS) continue
      await client.send(new AbortMultipartUploadCommand({ Bucket: name, Key: key, UploadId: id }))
    }
  } catch {
    // Not allowed, or not known there.
  }
}

/** Ours only: the bucket may be shared, and keys of others begin with the same letters. */
async function* eachUpload({ client, name }: Bucket, prefix: string): AsyncGenerator<BegunUpload> {
  let marker: { KeyMarker?: string; UploadIdMarker?: string } | null = {}
  while (marker) {
    const page: Awaited<ReturnType<typeof askPage>> = await askPage(marker)
    for (const { Key = '', UploadId = '', Initiated } of page.Uploads ?? []) {
      const [organisation = '', sha256 = '', ...deeper] = Key.slice(prefix.length).split('/')
      if (deeper.length > 0 || !isOrganisationId(organisation) || !isSha256(sha256) || !Initiated) continue
      yield { key: Key, id: UploadId, begunAt: Initiated }
    }
    marker = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
      : null
  }

  function askPage(from: { KeyMarker?: string; UploadIdMarker?: string }) {
    return client.send(new ListMultipartUploadsCommand({ Bucket: name, Prefix: prefix, ...from }))
  }
}
