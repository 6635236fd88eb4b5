/** What the page and its verifying worker say to each other. */
import type { Verification } from '../verify.ts'

export interface VerifyRequest {
  report: Blob
  /** A certificate in PEM, to compare with. */
  authority: Blob | null
}

export type VerifyAnswer =
  | { outcome: 'verified'; sha256: string; verification: Verification }
  /** The browser could not read the file, for instance because it was moved meanwhile. */
  | { outcome: 'unread' }
