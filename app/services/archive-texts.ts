/** What an evidence archive says about itself, to a program and to a person. */
import type { ArchiveItem } from './archive-contents.server.ts'

export interface ArchiveAbout {
  organisation: string
  client: string
  application: { id: string; form: string; edition: string }
  /** ISO 8601. */
  packedAt: string
  packedBy: string
}

/** @param names the file of each item inside the archive */
export function manifestOf(
  about: ArchiveAbout,
  items: readonly ArchiveItem[],
  names: readonly string[],
): string {
  const files = items.map(({ evidence, revision, kindLabel, controls, questions }, index) => ({
    name: names[index],
    evidenceId: evidence.id,
    revisionId: revision.id,
    revision: revision.sequence,
    kind: evidence.kind,
    kindLabel,
    title: evidence.title,
    observedAt: revision.observedAt.toISOString(),
    receivedAt: revision.receivedAt.toISOString(),
    validUntil: revision.validUntil?.toISOString() ?? null,
    collector: revision.collector,
    controls,
    questions,
    mediaType: revision.mediaType,
    sizeBytes: revision.sizeBytes,
    sha256: revision.sha256,
    redactedFrom: revision.redactedFrom,
    redaction: revision.redaction,
  }))
  return `${JSON.stringify({ format: 'attested-evidence', version: 1, ...about, files }, null, 2)}\n`
}

export function readmeOf(about: ArchiveAbout, items: readonly ArchiveItem[]): string {
  const copies = items.filter(({ revision }) => revision.redactedFrom !== null)
  const lines = [
    `Evidence of ${about.client}`,
    `for ${about.application.form}, edition ${about.application.edition}`,
    `packed on ${about.packedAt} by ${about.packedBy}, ${about.organisation}`,
    '',
    'evidence/       the files as they were received, under safe names',
    'manifest.json   what each file is, when it was true, who collected it, what it speaks about',
    'SHA256SUMS      the hash of every file here but itself',
    '',
    'Check the files: unpack, then run in this folder',
    '  sha256sum -c SHA256SUMS            (Linux; macOS: shasum -a 256 -c SHA256SUMS)',
    'The same hashes stand in the signed readiness report and in the ledger of Attested.',
  ]
  if (copies.length > 0) {
    lines.push(
      '',
      'Redacted copies: parts of these files are blacked out. "redactedFrom" in manifest.json is the hash of the',
      'original, which stays with whoever packed this.',
      ...copies.map(({ evidence, revision }) => `  ${oneLine(evidence.title)}: ${revision.redaction}`),
    )
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

const oneLine = (text: string) => text.replace(/\p{C}+/gu, ' ')
