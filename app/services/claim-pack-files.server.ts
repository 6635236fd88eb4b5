/** The files of a claim pack: small ones written here, large ones named by their hash in the evidence store. */
import { createHash } from 'node:crypto'
import { archiveNames } from '#app/documents/archive-names.ts'
import type { PackFile } from '#app/report/claim-pack/manifest.ts'
import type { proveEntries } from './claim-pack-ledger.server.ts'
import type { Day } from './claim-pack-record.server.ts'
import { NotFoundError } from './errors.ts'
import { KIND_WORDS } from './incident-input.ts'
import { getRuntime } from './runtime.server.ts'
import type { computeTimeline } from './timeline.server.ts'

/** Its bytes, or the hash under which the evidence store keeps them. */
export type PackedFile = PackFile & { content: Buffer | { stored: string; fileName: string } }

type Proofs = Awaited<ReturnType<typeof proveEntries>>
type Timeline = Awaited<ReturnType<typeof computeTimeline>>

export function textFile(path: string, role: PackFile['role'], about: string, bytes: Buffer): PackedFile {
  return { path, sha256: sha256Of(bytes), sizeBytes: bytes.length, role, about, content: bytes }
}

const jsonFile = (path: string, role: PackFile['role'], about: string, value: unknown) =>
  textFile(path, role, about, Buffer.from(`${JSON.stringify(value, null, 2)}\n`))

/** Everything that is written as JSON. */
export function writeRecord(day: Day, timeline: Timeline): PackedFile[] {
  const { incident, assets, answers, asIs, asKnown, exceptions } = day
  const { drift, domains, days, since } = timeline
  const times = { trueOn: day.point.trueOn.toISOString(), knownOn: day.point.knownOn.toISOString() }
  return [
    jsonFile('incident.json', 'incident', 'What was recorded of the incident', {
      id: incident.id,
      kind: incident.kind,
      kindInWords: KIND_WORDS[incident.kind],
      title: incident.title,
      description: incident.description,
      occurredFrom: incident.occurredFrom,
      occurredUntil: incident.occurredUntil,
      discoveredAt: incident.discoveredAt,
      reportedOn: incident.reportedOn,
      policyNumber: incident.policyNumber,
      noticeReference: incident.noticeReference,
      affectedAssets: assets,
      recordedByName: incident.recordedByName,
      recordedAt: incident.recordedAt,
      changedAt: incident.changedAt,
      closedAt: incident.closedAt,
      version: incident.version,
    }),
    jsonFile('application/answers.json', 'answers', 'The answers in force on the day', {
      ...times,
      application: asIs.application,
      attestedAt: day.inForce?.attestedAt ?? null,
      reportId: day.inForce?.reportId ?? null,
      answers,
    }),
    jsonFile(
      'readiness/as-of.json',
      'readiness',
      'What was true on the day, as known when the pack was asked for',
      asIs,
    ),
    jsonFile('readiness/as-known.json', 'readiness', 'What could have been known on the day itself', asKnown),
    jsonFile(
      'readiness/timeline.json',
      'timeline',
      'Each control day by day from the inception up to the day',
      { ...times, since, days, domains },
    ),
    jsonFile('exceptions.json', 'exceptions', 'What was accepted although evidence contradicted it', {
      ...times,
      exceptions,
    }),
    jsonFile('drift.json', 'drift', 'What had changed between the attestation and the day', {
      ...times,
      drift,
    }),
  ]
}

/** @throws NotFoundError where a revision's file is not in the store */
export async function listEvidenceFiles(
  organisationId: string,
  day: Day,
  { entries }: Proofs,
): Promise<PackedFile[]> {
  const { store } = getRuntime()
  const names = archiveNames(day.evidence.map(({ fileName }) => fileName))
  const receipts = new Map(
    entries.flatMap(({ receivedRevisionId, document }) =>
      receivedRevisionId ? [[receivedRevisionId, document.entry.sequence] as const] : [],
    ),
  )
  const files: PackedFile[] = []
  for (const [index, revision] of day.evidence.entries()) {
    const { sha256, title, fileName } = revision
    if (!(await store.has(organisationId, sha256)))
      throw new NotFoundError(`“${title}” (${fileName}) is not in the evidence store any more.`)
    files.push({
      path: `evidence/${names[index]}`,
      sha256,
      sizeBytes: await store.size(organisationId, sha256),
      role: 'evidence',
      about: title,
      evidence: {
        evidenceId: revision.evidenceId,
        revisionId: revision.revisionId,
        revision: revision.sequence,
        kind: revision.kind,
        title,
        collector: revision.collector,
        observedAt: revision.observedAt.toISOString(),
        receivedAt: revision.receivedAt.toISOString(),
        validUntil: revision.validUntil?.toISOString() ?? null,
        withdrawnAt: revision.withdrawnAt?.toISOString() ?? null,
        countedIn: revision.countedIn,
        ledgerEntry: receipts.get(revision.revisionId) ?? null,
      },
      content: { stored: sha256, fileName },
    })
  }
  return files
}

export function listReportFile({ report }: Day): PackedFile[] {
  if (!report?.pdfSha256 || report.pdfSizeBytes === null) return []
  return [
    {
      path: 'application/signed-report.pdf',
      sha256: report.pdfSha256,
      sizeBytes: report.pdfSizeBytes,
      role: 'signed-report',
      about: 'The readiness report that the insured attested, with its signatures',
      content: { stored: report.pdfSha256, fileName: 'signed-report.pdf' },
    },
  ]
}

export function writeProofs({ checkpoint, entries }: Proofs): PackedFile[] {
  return [
    jsonFile('ledger/checkpoint.json', 'checkpoint', 'The signed root of the ledger', checkpoint),
    ...entries.map(({ document }) => {
      const { sequence, kind } = document.entry
      const path = `ledger/entry-${String(sequence).padStart(6, '0')}.json`
      const about = `Proof of entry ${sequence}: ${kind}`
      return { ...jsonFile(path, 'proof', about, document), entry: { sequence, kind } }
    }),
  ]
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
