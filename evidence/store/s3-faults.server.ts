/** What an S3 service's refusal means: for a request under way, and at the start, where a person must mend a setting. */
import type { S3Settings } from './s3-settings.ts'
import { StoreError, StoreStartError } from './store.ts'

export interface S3Fault {
  /** The service's own word (`NoSuchKey`), or the network's (`ECONNREFUSED`). */
  name: string
  /** HTTP status; 0 when there was no answer. */
  status: number
  /** The region that the service names when the bucket is in another. */
  region: string | null
}

/** Services differ in how they say it; the SDK's error carries whatever there was. */
export function readFault(error: unknown): S3Fault {
  const fault = error as {
    name?: string
    code?: unknown
    Code?: unknown
    Region?: unknown
    $metadata?: { httpStatusCode?: number }
    $response?: { headers?: Record<string, string> }
    errors?: unknown[]
  }
  // A host with several addresses fails with one error for each.
  if (Array.isArray(fault.errors) && fault.errors.length > 0) return readFault(fault.errors[0])
  const name = [fault.Code, fault.code, fault.name].find((word) => typeof word === 'string')
  const region = fault.$response?.headers?.['x-amz-bucket-region'] ?? fault.Region
  return {
    name: typeof name === 'string' ? name : '',
    status: fault.$metadata?.httpStatusCode ?? 0,
    region: typeof region === 'string' ? region : null,
  }
}

const FULL = new Set(['QuotaExceeded', 'InsufficientStorage', 'XMinioStorageFull', 'StorageFull'])

/** A failed request in the store's words. A bucket that is gone is no absent file. */
export function asStoreError(cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause
  const { name, status } = readFault(cause)
  if (FULL.has(name) || status === 507) return new StoreError('disk-full', { cause })
  if (name !== 'NoSuchBucket' && (name === 'NoSuchKey' || name === 'NotFound' || status === 404)) {
    return new StoreError('not-found', { cause })
  }
  return new StoreError('unavailable', { cause })
}

/** The service does not know what was asked, as many that are S3 in part say. */
export function isNotImplemented(error: unknown): boolean {
  const { name, status } = readFault(error)
  return status === 501 || name === 'NotImplemented' || name === 'MethodNotAllowed' || status === 405
}

/** Somebody else has put the same key since we looked. */
export function isTaken(error: unknown): boolean {
  const { status } = readFault(error)
  return status === 412 || status === 409
}

const WRONG_KEY = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'InvalidToken',
  'ExpiredToken',
  'TokenRefreshRequired',
])
const WRONG_PLACE = new Set([
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
])
const NO_CREDENTIALS = new Set([
  'CredentialsProviderError',
  'CredentialsError',
  'TokenProviderError',
  'InvalidCredentials',
])

/** Why the bucket cannot be used, for whoever sets the variables. */
export function asStartError(cause: unknown, { bucket, endpoint, region }: S3Settings): StoreStartError {
  if (cause instanceof StoreStartError) return cause
  const { name, status, region: actual } = readFault(cause)
  const message = cause instanceof Error ? cause.message : String(cause)
  const where = endpoint ?? 'Amazon S3'
  const told = (code: StoreStartError['code'], text: string) => new StoreStartError(code, text, { cause })
  if (NO_CREDENTIALS.has(name)) {
    return told(
      'credentials-missing',
      `No credentials for the evidence bucket ${bucket} were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this machine a role.`,
    )
  }
  if (/region is missing/i.test(message)) {
    return told(
      'region-missing',
      `Set ATTESTED_S3_REGION to the region of the bucket ${bucket}, for instance eu-central-1.`,
    )
  }
  if (WRONG_KEY.has(name)) {
    return told(
      'credentials-refused',
      `${where} refuses the credentials for the evidence bucket ${bucket} (${name}). Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and this machine's clock.`,
    )
  }
  if (WRONG_PLACE.has(name) || status === 301 || (status === 400 && actual !== null)) {
    const hint = actual ? `Set ATTESTED_S3_REGION=${actual}` : 'Set ATTESTED_S3_REGION to its region'
    return told(
      'bucket-elsewhere',
      `The evidence bucket ${bucket} is not in the region ${region ?? 'of the environment'}. ${hint}.`,
    )
  }
  if (name === 'NoSuchBucket' || status === 404) {
    return told(
      'bucket-missing',
      `There is no bucket ${bucket} at ${where}. Make it, or correct ATTESTED_S3_BUCKET${endpoint ? ' or ATTESTED_S3_ENDPOINT' : ''}.`,
    )
  }
  if (status === 403) {
    return told(
      'bucket-refused',
      `These credentials may not use the evidence bucket ${bucket}. Allow them what docs/storage.md lists, or correct ATTESTED_S3_BUCKET.`,
    )
  }
  return told(
    'store-unreachable',
    `The evidence bucket ${bucket} at ${where} does not answer as it should (${name || message}). Check ATTESTED_S3_ENDPOINT and the network, then start again.`,
  )
}
