/** Public lists that findings are held against: CISA's exploited weaknesses (KEV) and FIRST's likelihoods (EPSS). */

export interface KevEntry {
  /** CVE-YYYY-NNNN, upper case. */
  cve: string
  /** YYYY-MM-DD. */
  addedOn: string
  /** When CISA wants it fixed by, YYYY-MM-DD. */
  dueOn: string
  /** Known to be used by extortionists. */
  ransomware: boolean
  name: string
  requiredAction: string
}

export interface EpssEntry {
  cve: string
  /** 0 to 1: the chance of exploitation within 30 days. */
  score: number
  /** 0 to 1: the share of all CVEs that are at most as likely. */
  percentile: number
}

export interface CatalogueSummary {
  version: string
  /** The list's own date, ISO 8601. */
  releasedAt: string
  /** How many entries the list says it has; as many as `rows`; null where it does not say. */
  declaredCount: number | null
  rows: number
}

export type CatalogueErrorCode = 'malformed' | 'incomplete' | 'empty' | 'too-large' | 'undated'

/** A list that cannot be read whole. The message says what is wrong and what to do next. */
export class CatalogueError extends Error {
  override name = 'CatalogueError'
  constructor(
    readonly code: CatalogueErrorCode,
    message: string,
  ) {
    super(message)
  }
}
