/** Where evidence bytes live: addressed by organisation and content hash, so a file can neither change nor be guessed. */

export interface StoredFile {
  /** Lower-case hex of the whole content. */
  sha256: string
  sizeBytes: number
  /** From the content. */
  mediaType: string
  /** First bytes, `HEAD_BYTES` at most, for whoever must recognise the format. */
  head: Uint8Array
}

export interface PutOptions {
  maxBytes: number
  /** Bytes taken so far. */
  onProgress?: (sizeBytes: number) => void
}

/** A whole file, as the store itself lists it. */
export interface ListedFile {
  organisationId: string
  sha256: string
  sizeBytes: number
  /** By the clock of whatever keeps it. */
  storedAt: Date
}

/** Something half received: an upload under way, or what a crash left of one. */
export interface UnfinishedFile {
  name: string
  changedAt: Date
}

/** What the person who runs the store wants to know of it. */
export interface StoreStatus {
  kind: 'local-folder' | 's3'
  /** The folder, or bucket and endpoint; no secrets. */
  place: string
  /**
   * Whether whatever keeps the files refuses to let them be deleted. `unknown` where the store may not ask.
   * `retention` is what a new file gets from us or from the bucket's own default; null for neither.
   */
  objectLock: {
    state: 'on' | 'off' | 'unknown'
    retention: { mode: 'GOVERNANCE' | 'COMPLIANCE'; days: number; by: 'attested' | 'bucket' } | null
  }
}

/**
 * `tests/evidence/store-contract.ts` is what every store must fulfil. Every method throws StoreError only;
 * an organisation never reaches the files of another, even with the right hash.
 */
export interface EvidenceStore {
  /**
   * Takes a file in as a stream, whole or not at all: once this returns, the bytes survive a crash; when it throws,
   * nothing is left. The same content again is the same file.
   * @throws StoreError too-large (more than `maxBytes`), aborted (the source failed), disk-full
   */
  put(organisationId: string, bytes: AsyncIterable<Uint8Array>, options: PutOptions): Promise<StoredFile>
  /**
   * The file's bytes, hashed while they pass: the stream fails at its end when they are not the ones that were put.
   * For readers that throw everything away on an error. The first chunk holds the file's first 64 KiB where it has them.
   * @throws StoreError while reading: not-found, corrupt
   */
  open(organisationId: string, sha256: string): AsyncIterable<Uint8Array>
  /**
   * The same, with the hash compared before the first byte is handed out: for downloads, which cannot be taken back.
   * @throws StoreError not-found, corrupt
   */
  openVerified(organisationId: string, sha256: string): Promise<AsyncIterable<Uint8Array>>
  has(organisationId: string, sha256: string): Promise<boolean>
  /** @throws StoreError not-found */
  size(organisationId: string, sha256: string): Promise<number>
  /**
   * Every whole file, or those of one organisation, sorted by organisation and then by hash: what is compared with
   * a sorted list of rows needs no more memory than one page. Names that are no file of ours are left out.
   */
  list(organisationId?: string): AsyncIterable<ListedFile>
  listUnfinished(): AsyncIterable<UnfinishedFile>
  status(): StoreStatus
}

export const HEAD_BYTES = 64 * 1024

export type StoreErrorCode =
  | 'too-large'
  | 'not-found'
  | 'corrupt'
  | 'disk-full'
  | 'aborted'
  | 'bad-id'
  | 'unavailable'

const SENTENCES: Record<StoreErrorCode, string> = {
  'too-large':
    'The file is larger than this installation accepts. Upload a smaller export, or raise the limit.',
  'not-found': 'There is no such file in the evidence store.',
  corrupt:
    'The stored file is no longer the one that was received: its content changed where it is kept. Restore it from a backup, or upload it again.',
  'disk-full': 'There is no room left for evidence. Free some disk space and upload the file again.',
  aborted: 'The file stopped arriving before its end. Upload it again.',
  'bad-id': 'This is not the name of an organisation or of a file.',
  unavailable:
    'The evidence store cannot be read or written. Try again; if it lasts, the administrator should look at its folder or bucket and the permissions there.',
}

export class StoreError extends Error {
  override name = 'StoreError'
  /** The server runs unbundled and its pages bundled: each has its own copy of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'StoreError'
  }
  constructor(
    readonly code: StoreErrorCode,
    options?: ErrorOptions,
  ) {
    super(SENTENCES[code], options)
  }
}

/** Why the store cannot be opened: a stable code, and a sentence that says what to do. */
export class StoreStartError extends Error {
  override name = 'StoreStartError'
  constructor(
    readonly code: StoreStartCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export type StoreStartCode =
  | 'bucket-missing'
  | 'bucket-refused'
  | 'bucket-elsewhere'
  | 'credentials-missing'
  | 'credentials-refused'
  | 'store-unreachable'
  | 'region-missing'
  | 'object-lock-missing'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const SHA256 = /^[0-9a-f]{64}$/

export const isOrganisationId = (text: string) => UUID.test(text)
export const isSha256 = (text: string) => SHA256.test(text)

/** Both ids become parts of paths and keys: nothing but their own alphabet passes. @throws StoreError bad-id */
export function checkIds(organisationId: string, sha256?: string): void {
  if (!UUID.test(organisationId)) throw new StoreError('bad-id')
  if (sha256 !== undefined && !SHA256.test(sha256)) throw new StoreError('bad-id')
}
