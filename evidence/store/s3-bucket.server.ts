/** The bucket behind an S3 store: the connection to it, and what it can do, found out once when the store is opened. */
import {
  GetObjectLockConfigurationCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { asStartError, isNotImplemented, readFault } from './s3-faults.server.ts'
import type { Retention, S3Settings } from './s3-settings.ts'
import { StoreStartError, type StoreStatus } from './store.ts'

type ObjectLock = StoreStatus['objectLock']

export interface Bucket {
  client: S3Client
  name: string
  objectLock: ObjectLock
}

// A service that has gone silent must not hold an upload for ever; the SDK tries twice more.
const CONNECT_TIMEOUT_MS = 10_000
const SILENCE_TIMEOUT_MS = 120_000

function connect({ endpoint, region, isPathStyle }: S3Settings): S3Client {
  const config: S3ClientConfig = {
    forcePathStyle: isPathStyle,
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS },
    // Amazon checks what it receives; other services refuse the newer checksum headers where nothing demands them.
    requestChecksumCalculation: endpoint ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED',
    // What comes back is compared with its SHA-256 by us.
    responseChecksumValidation: 'WHEN_REQUIRED',
  }
  if (endpoint) config.endpoint = endpoint
  // Services outside Amazon mostly ignore the region, but the signature needs one.
  if (region || endpoint) config.region = region ?? 'us-east-1'
  return new S3Client(config)
}

/** @throws StoreStartError when it cannot be used with these settings and credentials */
export async function openBucket(settings: S3Settings): Promise<Bucket> {
  const client = connect(settings)
  const name = settings.bucket
  try {
    // Listing, because its refusals carry the reason; those of HeadBucket have no body.
    await client.send(new ListObjectsV2Command({ Bucket: name, Prefix: settings.prefix, MaxKeys: 1 }))
    return { client, name, objectLock: await askObjectLock(client, settings) }
  } catch (error) {
    client.destroy()
    throw asStartError(error, settings)
  }
}

async function askObjectLock(client: S3Client, { bucket, retention }: S3Settings): Promise<ObjectLock> {
  const found = await readObjectLock(client, bucket)
  if (retention === null) return found
  // A lock that was asked for and does not hold would be a false promise to whoever reads a report.
  if (found.state === 'off') {
    throw new StoreStartError(
      'object-lock-missing',
      `ATTESTED_S3_RETENTION_DAYS is set, but the bucket ${bucket} has no object lock. Make the bucket with object lock, or unset the variable.`,
    )
  }
  if (found.state === 'unknown') {
    throw new StoreStartError(
      'object-lock-missing',
      `ATTESTED_S3_RETENTION_DAYS is set, but these credentials may not ask whether the bucket ${bucket} has object lock. Allow them s3:GetBucketObjectLockConfiguration, or unset the variable.`,
    )
  }
  return { state: 'on', retention: { ...retention, by: 'attested' } }
}

async function readObjectLock(client: S3Client, bucket: string): Promise<ObjectLock> {
  try {
    const reply = await client.send(new GetObjectLockConfigurationCommand({ Bucket: bucket }))
    const { ObjectLockEnabled, Rule } = reply.ObjectLockConfiguration ?? {}
    if (ObjectLockEnabled !== 'Enabled') return { state: 'off', retention: null }
    return { state: 'on', retention: defaultOf(Rule?.DefaultRetention) }
  } catch (error) {
    const { name, status } = readFault(error)
    if (status === 403) return { state: 'unknown', retention: null }
    const hasNone = name === 'ObjectLockConfigurationNotFoundError' || status === 404 || status === 400
    if (hasNone || isNotImplemented(error)) return { state: 'off', retention: null }
    throw error
  }
}

function defaultOf(
  rule: { Mode?: Retention['mode']; Days?: number; Years?: number } | undefined,
): ObjectLock['retention'] {
  if (!rule?.Mode) return null
  return { mode: rule.Mode, days: rule.Days ?? (rule.Years ?? 0) * 365, by: 'bucket' }
}
