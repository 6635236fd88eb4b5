/** Where an S3-compatible store is and how long it locks what it keeps. Plain data: worker threads are handed it. */

export interface Retention {
  /** COMPLIANCE lets nobody delete before its end, not even the account's owner; GOVERNANCE whoever has a special right. */
  mode: 'GOVERNANCE' | 'COMPLIANCE'
  days: number
}

/** Credentials are not here: they come from the SDK's own chain (environment, shared files, role of the machine). */
export interface S3Settings {
  bucket: string
  /** Null for Amazon's own. */
  endpoint: string | null
  /** Null for what the SDK finds in its environment. */
  region: string | null
  /** Before every key, without a slash at either end; empty for none. */
  prefix: string
  /** `https://host/bucket/key` instead of `https://bucket.host/key`. */
  isPathStyle: boolean
  /** Null leaves it to the bucket's own default. */
  retention: Retention | null
}
