/** Puts a spooled file under its key: at once when it is small, in parts when it is not, and locked where that is asked. */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { PutObjectCommand, type PutObjectCommandInput, PutObjectRetentionCommand } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { Bucket } from './s3-bucket.server.ts'
import { isNotImplemented, isTaken } from './s3-faults.server.ts'

export interface SpooledFile {
  path: string
  sha256: string
  sizeBytes: number
}

const DAY_MS = 86_400_000
// Two parts on their way and one being read: below 50 MiB in memory, whatever the file's size.
const PART_BYTES = 8 * 1024 * 1024
const PARTS_AT_ONCE = 2
// S3 takes 10,000 parts.
const MOST_PARTS = 9000

/** Whole or not at all: a service shows an object when its last byte has arrived, and failed parts are given back. */
export async function uploadFile(
  bucket: Bucket,
  key: string,
  file: SpooledFile,
  { now, isReplacing }: { now: Date; isReplacing: boolean },
): Promise<void> {
  const params = { Bucket: bucket.name, Key: key, ...lockFrom(bucket, now) }
  if (isReplacing) return send(bucket, params, file)
  try {
    // Nothing is ever overwritten, even when two processes find the key free at once.
    await send(bucket, { ...params, IfNoneMatch: '*' }, file)
  } catch (error) {
    // Whoever was faster has put the same content: the key is its hash.
    if (isTaken(error)) return
    if (!isNotImplemented(error)) throw error
    await send(bucket, params, file)
  }
}

type Params = Omit<PutObjectCommandInput, 'Body'>

async function send({ client, objectLock }: Bucket, params: Params, file: SpooledFile): Promise<void> {
  const { path, sha256, sizeBytes } = file
  if (sizeBytes <= PART_BYTES) {
    // The service compares it with what arrived, and a locked object must come with a checksum.
    const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64')
    await client.send(new PutObjectCommand({ ...params, ChecksumSHA256, Body: await readFile(path) }))
    return
  }
  const upload = new Upload({
    client,
    params: {
      ...params,
      ...(objectLock.state === 'on' ? { ChecksumAlgorithm: 'CRC32' as const } : {}),
      Body: createReadStream(path, { highWaterMark: 1024 * 1024 }),
    },
    partSize: Math.max(PART_BYTES, Math.ceil(sizeBytes / MOST_PARTS)),
    queueSize: PARTS_AT_ONCE,
  })
  await upload.done()
}

function lockFrom({ objectLock }: Bucket, now: Date) {
  const { retention } = objectLock
  if (retention?.by !== 'attested') return {}
  return { ObjectLockMode: retention.mode, ObjectLockRetainUntilDate: endOf(retention.days, now) }
}

const endOf = (days: number, now: Date) => new Date(now.getTime() + days * DAY_MS)

/** Content that arrives again is kept for as long as if it had arrived for the first time. */
export async function extendRetention(
  { client, name, objectLock }: Bucket,
  key: string,
  {
    now,
    current,
  }: {
    now: Date
    current: { retainedUntil: Date | null; retentionMode: 'GOVERNANCE' | 'COMPLIANCE' | null }
  },
): Promise<void> {
  const { retention } = objectLock
  if (retention?.by !== 'attested') return
  const RetainUntilDate = endOf(retention.days, now)
  // A day's difference is not worth a request for each upload of a well-known file.
  if (current.retainedUntil && current.retainedUntil.getTime() > RetainUntilDate.getTime() - DAY_MS) return
  // Nothing turns COMPLIANCE back into GOVERNANCE.
  const Mode = current.retentionMode === 'COMPLIANCE' ? 'COMPLIANCE' : retention.mode
  await client.send(
    new PutObjectRetentionCommand({ Bucket: name, Key: key, Retention: { Mode, RetainUntilDate } }),
  )
}
