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
    'The stored file is no longer the one that was received: its content changed on disk. Restore it from a backup, or upload it again.',
  'disk-full': 'There is no room left for evidence. Free some disk space and upload the file again.',
  aborted: 'The file stopped arriving before its end. Upload it again.',
  'bad-id': 'This is not the name of an organisation or of a file.',
  unavailable: 'The evidence store cannot be read or written. Look at its folder and its permissions.',
}

export class StoreError extends Error {
  override name = 'StoreError'
  constructor(
    readonly code: StoreErrorCode,
    options?: ErrorOptions,
  ) {
    super(SENTENCES[code], options)
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const SHA256 = /^[0-9a-f]{64}$/

/** Both ids become parts of paths and keys: nothing but their own alphabet passes. @throws StoreError bad-id */
export function checkIds(organisationId: string, sha256?: string): void {
  if (!UUID.test(organisationId)) throw new StoreError('bad-id')
  if (sha256 !== undefined && !SHA256.test(sha256)) throw new StoreError('bad-id')
}
