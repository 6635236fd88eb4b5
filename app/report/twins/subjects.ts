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

/** @param pdfSha256 of the signed file, where the subjects are those of an envelope beside it */
export function listSubjects(statement: Statement, pdfSha256?: string): Subject[] {
  const subject = (name: string, sha256: string): Subject => ({ name, digest: { sha256 } })
  return [
    ...(pdfSha256 === undefined ? [] : [subject(REPORT_NAME, pdfSha256)]),
    subject('statement.json', sha256Hex(canonicalStatement(statement))),
    subject('oscal-assessment-results.json', sha256Hex(assessmentResults(statement))),
    ...statement.evidence.map((item) => subject(evidenceName(item), item.sha256)),
  ]
}
