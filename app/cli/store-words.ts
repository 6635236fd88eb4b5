/** Findings of the store check in words, each with what it means. */
import type { StoreCheckSummary, StoreFinding } from '#app/services/store-check.server.ts'

const KINDS: Record<Extract<StoreFinding, { type: 'missing' }>['referredBy'][number]['kind'], string> = {
  'evidence-revision': 'evidence revision',
  report: 'report',
  'certified-report': 'first signed version of report',
  'report-twin': 'machine-readable twin of report',
  'insurer-form': 'insurer’s form',
  workbook: 'workbook',
  'weakness-list': 'list of weaknesses',
  'claim-pack': 'claim pack',
  'request-file': 'file sent for a request',
  waiver: 'waiver',
}

export function findingInWords(finding: StoreFinding): string {
  switch (finding.type) {
    case 'orphan':
      return `orphan      ${nameOf(finding)}  ${finding.sizeBytes} bytes, since ${dayOf(finding.storedAt)}; no row refers to it`
    case 'young':
      return `young       ${nameOf(finding)}  ${finding.sizeBytes} bytes; no row refers to it yet, an upload may be under way`
    case 'missing': {
      const rows = finding.referredBy.map(
        ({ kind, id, count }) => `${KINDS[kind]} ${id}${count > 1 ? ` and ${count - 1} more` : ''}`,
      )
      return `MISSING     ${nameOf(finding)}  referred to by ${rows.join(', ')}`
    }
    case 'changed':
      return `CHANGED     ${nameOf(finding)}  ${
        finding.expectedBytes !== null && finding.expectedBytes !== finding.sizeBytes
          ? `has ${finding.sizeBytes} bytes, ${finding.expectedBytes} were received`
          : 'its content no longer has its hash'
      }`
    case 'unfinished':
      return `unfinished  ${finding.name}  since ${dayOf(finding.changedAt)}; under way, or left by a crash and removed at a later start`
  }
}

export function summaryInWords({ files, bytes, referred, verified, found }: StoreCheckSummary): string[] {
  const lines = [
    `${files} files with ${bytes} bytes; rows refer to ${referred} files; ${verified} were read and compared with their hash.`,
  ]
  const { orphan, missing, changed, young } = found
  if (missing + changed > 0) {
    lines.push(
      `${missing} missing and ${changed} changed: restore them from a backup, or upload the same files again.`,
    )
  }
  if (orphan > 0) {
    lines.push(
      `${orphan} without a row: refused or repeated uploads, or rows lost with a database. Nothing was deleted; remove them yourself once you know which.`,
    )
  }
  if (young > 0) lines.push(`${young} younger than an hour without a row yet: check again later.`)
  if (orphan + missing + changed === 0) lines.push('Every row has its file and every file its row.')
  return lines
}

const nameOf = ({ organisationId, sha256 }: { organisationId: string; sha256: string }) =>
  `${organisationId}/${sha256}`
const dayOf = (at: Date) => at.toISOString().slice(0, 16).replace('T', ' ')
