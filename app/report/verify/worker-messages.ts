/** What the page and its verifying worker say to each other. */
import type { Verification } from '../verify.ts'

export interface VerifyRequest {
  report: Blob
  besides: FilesBeside
}

/** What somebody received besides the report, to judge it by. */
export interface FilesBeside {
  /** The signing authority's certificate in PEM, received from the preparer themselves. */
  authority: Blob | null
  /** The signing authority's revocation list. */
  revocationList: Blob | null
  /** The envelope that was made beside the report with its last signature. */
  envelope: Blob | null
  /** Evidence, to see whether it is what the report names. */
  evidence: readonly File[]
}

export type VerifyAnswer =
  | { outcome: 'verified'; sha256: string; verification: Verification }
  /** The browser could not read the file, for instance because it was moved meanwhile. */
  | { outcome: 'unread' }
