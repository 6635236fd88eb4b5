/** The files that the twins of a statement name, each by a name of its own and its SHA-256. */
import { sha256Hex } from '#evidence/canonical.ts'
import { canonicalStatement, type Statement } from '../statement.ts'
import { evidenceName } from './evidence-name.ts'
import { assessmentResults } from './oscal.ts'

/** A ResourceDescriptor of in-toto, as far as we use it. */
export interface Subject {
  name: string
  digest: { sha256: string }
}

export const REPORT_NAME = 'readiness-report.pdf'

/** SHA-256 of the files that follow from a statement. */
export interface StatementDigests {
  statement: string
  oscal: string
}

export function digestsOf(statement: Statement): StatementDigests {
  return {
    statement: sha256Hex(canonicalStatement(statement)),
    oscal: sha256Hex(assessmentResults(statement)),
  }
}

/** @param pdfSha256 of the signed file, where the subjects are those of an envelope beside it */
export function listSubjects(statement: Statement, digests: StatementDigests, pdfSha256?: string): Subject[] {
  const subject = (name: string, sha256: string): Subject => ({ name, digest: { sha256 } })
  return [
    ...(pdfSha256 === undefined ? [] : [subject(REPORT_NAME, pdfSha256)]),
    subject('statement.json', digests.statement),
    subject('oscal-assessment-results.json', digests.oscal),
    ...statement.evidence.map((item) => subject(evidenceName(item), item.sha256)),
  ]
}
