/** Whether the attestation that the pack rests on is the one that the ledger recorded. */
import type { Manifest } from '../manifest.ts'
import { entriesOf, type ProvedEntry } from './proved-entry.ts'

export function listAttestationFaults(
  { application, files, missing }: Manifest,
  entries: readonly ProvedEntry[],
): string[] {
  const report = [...files, ...missing].find(({ role }) => role === 'signed-report')
  if (application?.basis !== 'signed') {
    return report || application?.attestedAt || application?.reportId
      ? ['The manifest calls the application a draft, and tells of its attestation.']
      : []
  }
  const { reportId, attestedAt, id: applicationId } = application
  if (!report) return ['The application was attested, and its signed report is not in the pack.']
  const [attested] = entriesOf(entries, ['report.attested'], { reportId, applicationId })
  if (!attested) return ['There is no proved entry of the report’s attestation.']
  const faults: string[] = []
  if (attested.payload.pdfSha256 !== report.sha256)
    faults.push('The ledger recorded the attestation of another report.')
  if (attested.at !== attestedAt) faults.push('The ledger recorded another time of the attestation.')
  return faults
}
