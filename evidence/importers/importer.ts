/** The contract that every importer fulfils: recognise a file by its content, then read it as a stream. */
import type { Fact } from '../facts.ts'

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info'
export type Viewpoint = 'external' | 'internal'

export interface Asset {
  /** Stable within one file: the name that findings refer to. */
  key: string
  hostname: string | null
  address: string | null
  operatingSystem: string | null
  /** null: the file does not say. */
  credentialed: boolean | null
}

export interface Finding {
  assetKey: string
  /** The scanner's own id of the check, for instance a Nessus plugin id. */
  checkId: string
  title: string
  severity: Severity
  port: number | null
  protocol: string | null
  service: string | null
  cves: string[]
  solution: string | null
  /** When a fix could first be had, YYYY-MM-DD; the clock of patch ages starts here. */
  fixAvailableOn: string | null
  /** Bounded excerpt of the scanner's output. */
  output: string | null
}

export type ImportEvent =
  | { type: 'asset'; asset: Asset }
  | { type: 'finding'; finding: Finding }
  | { type: 'warning'; message: string }
  | { type: 'progress'; bytesRead: number }

/** What is known once the whole file has been read. */
export interface ImportSummary {
  format: string
  tool: string
  toolVersion: string | null
  /** ISO 8601, or null where the file tells no date. */
  scanDate: string | null
  /** Source records read: report items, rows, controls, users. */
  records: number
  facts: Fact[]
}

export interface ReadOptions {
  /** Where the scanner stood; only the person who ran it knows. */
  viewpoint: Viewpoint
  /** Clock for dates in the future. */
  now: Date
}

export interface Importer {
  format: string
  label: string
  /** `head` holds the file's first bytes (64 KiB at most). */
  recognises(head: Uint8Array): boolean
  /**
   * Yields events in file order and returns the summary.
   * Nothing may be kept of what was yielded when it throws.
   * @throws ImportError when the file cannot be read whole.
   */
  read(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncGenerator<ImportEvent, ImportSummary>
}

export type ImportErrorCode =
  | 'unrecognised'
  | 'empty'
  | 'malformed'
  | 'truncated'
  | 'hostile'
  | 'too-large'
  | 'encoding'

/** A file that cannot be read whole. The message says what is wrong and what to do next. */
export class ImportError extends Error {
  override name = 'ImportError'
  constructor(
    readonly code: ImportErrorCode,
    message: string,
    readonly place?: { line: number; column: number },
  ) {
    super(message)
  }
}
