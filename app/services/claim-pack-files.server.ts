/** The files of a claim pack: small ones written here, large ones named by their hash in the evidence store. */
import { createHash } from 'node:crypto'
import { archiveNames } from '#app/documents/archive-names.ts'
import type { MissingFile, PackFile } from '#app/report/claim-pack/manifest.ts'
import { coverWords } from '#app/report/language/claim-cover/words.ts'
import { StoreError } from '#evidence/store/store.ts'
import type { proveEntries } from './claim-pack-ledger.server.ts'
import type { Day } from './claim-pack-record.server.ts'
import type { withFiles } from './claim-pack-waivers.server.ts'
import { KIND_WORDS } from './incident-input.ts'
import { getRuntime } from './runtime.server.ts'
import type { computeTimeline } from './timeline.server.ts'

/** Its bytes, or the hash under which the evidence store keeps them. */
export type PackedFile = PackFile & { content: Buffer | { stored: string; fileName: string } }

/** The manifest is for programs and in English, whatever language the cover is in. */
const { say } = coverWords()

type Proofs = Awaited<ReturnType<typeof proveEntries>>
type Timeline = Awaited<ReturnType<typeof computeTimeline>>

export function textFile(path: string, role: PackFile['role'], about: string, bytes: Buffer): PackedFile {
  return { path, sha256: sha256Of(bytes), sizeBytes: bytes.length, role, about, content: bytes }
}

const jsonFile = (path: string, role: PackFile['role'], about: string, value: unknown) =>
  textFile(path, role, about, Buffer.from(`${JSON.stringify(value, null, 2)}\n`))

/** Everything that is written as JSON. */
export function writeRecord(
  day: Day,
  timeline: Timeline,
  waivers: ReturnType<typeof withFiles>,
): PackedFile[] {
  const { incident, assets, answers, asIs, asKnown, exceptions, facts } = day
  const { drift, domains, days, since } = timeline
  const times = { trueOn: day.point.trueOn.toISOString(), knownOn: day.point.knownOn.toISOString() }
  return [
    jsonFile('incident.json', 'incident', say('about.incident'), {
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
      affectedAssetIds: incident.affectedAssetIds,
      affectedAssets: assets,
      recordedByName: incident.recordedByName,
      recordedAt: incident.recordedAt,
      changedAt: incident.changedAt,
      closedAt: incident.closedAt,
      version: incident.version,
    }),
    jsonFile('application/answers.json', 'answers', say('about.answers'), {
      ...times,
      application: asIs.application,
      attestedAt: day.inForce?.attestedAt ?? null,
      reportId: day.inForce?.reportId ?? null,
      answers,
    }),
    jsonFile('readiness/as-of.json', 'readiness', say('about.as-of'), asIs),
    jsonFile('readiness/as-known.json', 'readiness', say('about.as-known'), asKnown),
    jsonFile('readiness/timeline.json', 'timeline', say('about.timeline'), {
      ...times,
      since,
      days,
      domains,
    }),
    jsonFile('exceptions.json', 'exceptions', say('about.exceptions'), {
      ...times,
      exceptions,
    }),
    jsonFile('waivers.json', 'waivers', say('about.waivers'), {
      ...times,
      waivers,
    }),
    jsonFile('facts.json', 'facts', say('about.facts'), {
      ...times,
      facts,
    }),
    jsonFile('drift.json', 'drift', say('about.drift'), {
      ...times,
      drift,
    }),
  ]
}

/** What is in the store as it was received, and what the record rests on and the store has no more. */
export interface Found {
  files: PackedFile[]
  missing: MissingFile[]
}

type Wanted = Omit<PackFile, 'sizeBytes' | 'role'> & { role: MissingFile['role']; fileName: string }

/**
 * Each wanted file is read to its end: one that is damaged must be known before the manifest is signed.
 * @param tell called before each with its number from 1
 * @throws StoreError where the store itself cannot be read
 */
export async function findStored(
  organisationId: string,
  wanted: readonly Wanted[],
  tell: (number: number) => void,
): Promise<Found> {
  const found: Found = { files: [], missing: [] }
  for (const [index, { fileName, ...file }] of wanted.entries()) {
    tell(index + 1)
    const size = await measureStored(organisationId, file.sha256)
    if (typeof size === 'string') found.missing.push({ ...file, reason: size })
    else found.files.push({ ...file, sizeBytes: size, content: { stored: file.sha256, fileName } })
  }
  return found
}

/** @returns its bytes, counted */
async function measureStored(organisationId: string, sha256: string): Promise<number | 'lost' | 'damaged'> {
  try {
    let sizeBytes = 0
    for await (const chunk of getRuntime().store.open(organisationId, sha256)) sizeBytes += chunk.length
    return sizeBytes
  } catch (error) {
    if (error instanceof StoreError && error.code === 'not-found') return 'lost'
    if (error instanceof StoreError && error.code === 'corrupt') return 'damaged'
    throw error
  }
}

export function listEvidence(day: Day, { entries }: Proofs): Wanted[] {
  const names = archiveNames(day.evidence.map(({ fileName }) => fileName))
  const receipts = new Map(
    entries.flatMap(({ receivedRevisionId, document }) =>
      receivedRevisionId ? [[receivedRevisionId, document.entry.sequence] as const] : [],
    ),
  )
  return day.evidence.map((revision, index) => ({
    path: `evidence/${names[index]}`,
    sha256: revision.sha256,
    role: 'evidence',
    about: revision.title,
    evidence: {
      evidenceId: revision.evidenceId,
      revisionId: revision.revisionId,
      revision: revision.sequence,
      kind: revision.kind,
      title: revision.title,
      collector: revision.collector,
      observedAt: revision.observedAt.toISOString(),
      receivedAt: revision.receivedAt.toISOString(),
      validUntil: revision.validUntil?.toISOString() ?? null,
      withdrawnAt: revision.withdrawnAt?.toISOString() ?? null,
      countedIn: revision.countedIn,
      ledgerEntry: receipts.get(revision.revisionId) ?? null,
    },
    fileName: revision.fileName,
  }))
}

export function listReport({ report }: Day): Wanted[] {
  if (!report?.pdfSha256) return []
  return [
    {
      path: 'application/signed-report.pdf',
      sha256: report.pdfSha256,
      role: 'signed-report',
      about: say('about.signed-report'),
      fileName: 'signed-report.pdf',
    },
  ]
}

/** The quarterly statements up to the day, oldest first. */
export function listReattested({ reattestations }: Day): Wanted[] {
  return reattestations.flatMap(({ pdfSha256, attestedAt }, index) => {
    if (!pdfSha256 || !attestedAt) return []
    const path = `application/re-attestation-${index + 1}-${attestedAt.toISOString().slice(0, 10)}.pdf`
    const about = say('about.re-attestation')
    const fileName = path.replace('application/', '')
    return [{ path, sha256: pdfSha256, role: 're-attestation' as const, about, fileName }]
  })
}

export function writeProofs({ checkpoint, entries }: Proofs): PackedFile[] {
  return [
    jsonFile('ledger/checkpoint.json', 'checkpoint', say('about.checkpoint'), checkpoint),
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
