/** The contract that every importer fulfils: recognise a file by its content, then read it as a stream. */
import type { Fact } from '../facts.ts'

/** `unknown`: the file rates it not at all, or in words that cannot be read. It is never taken for harmless. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown'
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info', 'unknown'] as const
export type Viewpoint = 'external' | 'internal'

export interface Asset {
  /** Stable within one file: the name that findings refer to. */
  key: string
  hostname: string | null
  address: string | null
  /** The id that a cloud, a directory or an agent gives the machine; outlives names and addresses. */
  externalId: string | null
  operatingSystem: string | null
  /** null: the file does not say. */
  credentialed: boolean | null
}

export interface Finding {
  assetKey: string
  /**
   * The scanner's own id of the check, for instance a Nessus plugin id. With asset, port and protocol it is the
   * finding's identity across imports, so it holds nothing that changes from scan to scan.
   */
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
  /** The tool's own memory of it, YYYY-MM-DD. */
  firstSeenOn: string | null
  /** The tool was told to pass it over (SARIF suppressions, Prowler's mute list): shown, never counted as fixed. */
  isSuppressed: boolean
  /** The tool itself says that it was repaired: told, but neither open nor part of any fact. */
  isFixed?: boolean
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
  /** The tool's name as the facts and the register show it. Findings are closed by the same tool only. */
  tool: string
  toolVersion: string | null
  /** ISO 8601, or null where the file tells no date. */
  scanDate: string | null
  /** Source records read: report items, rows, controls, users. */
  records: number
  /** What was looked at, in words: report names, targets, a tenant. Findings are closed within the same scope only. */
  scope: string
  /** Reasons why the file is not the whole of its scope: stopped scans, a first page, a filter. Empty: it is whole. */
  gaps: string[]
  /** What the format counts besides findings, by plain names (`instances`, `pass`, `messages`). */
  counts: Record<string, number>
  facts: Fact[]
}

export interface ReadOptions {
  /** Where the scanner stood; only the person who ran it knows. */
  viewpoint: Viewpoint
  /** Clock for dates in the future. */
  now: Date
  /**
   * The day that whoever uploaded the file stated. Lists of users and devices tell no date of their own and stand on
   * it; scans never do, for an old scan must not look new.
   */
  statedOn?: Date
  /** For the one importer that is told what the columns mean. */
  mapping?: ColumnMapping
}

/** Which column of a table holds what, as a person confirmed it (the importer of any table). */
export interface ColumnMapping {
  /** What a row is. */
  rowsAre: 'findings' | 'devices' | 'users' | 'backup-runs' | 'training' | 'phishing'
  /** The tool that wrote the table, in the person's words. */
  tool: string
  /** For dates such as 03/04/2026. */
  dayFirst: boolean
  /** Target field → column header as it stands in the file. */
  columns: Record<string, string>
}

export interface Importer {
  format: string
  label: string
  /** `head` holds the file's first bytes (64 KiB at most). */
  recognises(head: Uint8Array): boolean
  /** The evidence kind of the catalogue that such a file usually is. */
  evidenceKind: string
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
