/** The file that a run leaves as evidence: what was asked, of whom, what came back, and when; canonical, so it can be compared. */
import { canonicalJson } from '../canonical.ts'
import type { Observation } from './observation.ts'

export const FILE_TYPE = 'https://attested.example/live-check/v1'

export interface EvidenceFile {
  kind: 'mail' | 'exposure'
  subjects: readonly string[]
  startedAt: string
  finishedAt: string
  /** What the client named: selectors by domain, or the permission the targets were asked under. */
  basis: Record<string, unknown>
  observations: readonly Observation[]
}

export function writeEvidenceFile(file: EvidenceFile): string {
  return canonicalJson({ type: FILE_TYPE, ...file })
}
