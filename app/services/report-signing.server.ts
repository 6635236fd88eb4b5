/** Renders and signs reports; called by jobs, and harmless when called twice. */
import { renderReport } from '#app/report/render.server.ts'
import { signInThread } from '#app/report/sign-in-thread.server.ts'
import { type Signer, Statement } from '#app/report/statement.ts'
import * as applications from '#db/queries/applications.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { tellOfficer } from './attestation-links.server.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { readLogo } from './report-look.server.ts'
import { stampingOf } from './report-timestamps.server.ts'
import { recordTwins, storeTwins, type TwinTexts } from './report-twins.server.ts'
import { getRuntime } from './runtime.server.ts'
import { issueSigningIdentity } from './signing-keys.server.ts'

const REASON = {
  'technical-contributor': 'I certify the technical facts and evidence in this report',
  'insured-officer': 'I attest the answers in this report on behalf of the insured',
} as const satisfies Record<Signer['role'], string>

/** Renders the statement, attaches it and signs as the technical contributor. */
export async function renderReportJob(organisationId: string, reportId: string): Promise<void> {
  const row = await loadReport(organisationId, reportId)
  if (row.state !== 'rendering') return
  const statement = Statement.parse(JSON.parse(row.statement))
  const digest = statement.brand?.logo?.sha256
  const logo = digest ? await readLogo({ organisationId }, digest) : undefined
  const rendered = await renderReport(statement, { logo })
  const signed = await signAs('technical-contributor', rendered, statement)
  await keepSigned(organisationId, reportId, signed, {
    from: 'rendering',
    to: 'awaiting-attestation',
    kind: 'report.certified',
    signer: signerOf(statement, 'technical-contributor'),
  })
}

/** Adds the insured officer's signature as an incremental update; the first one stays valid. */
export async function attestReportJob(organisationId: string, reportId: string): Promise<void> {
  const row = await loadReport(organisationId, reportId)
  if (row.state !== 'attesting' || !row.pdfSha256) return
  const statement = Statement.parse(JSON.parse(row.statement))
  const certified = await readStored(organisationId, row.pdfSha256)
  const signed = await signAs('insured-officer', certified, statement, row.certifiedTimestamp)
  await keepSigned(organisationId, reportId, signed, {
    from: 'attesting',
    to: 'signed',
    kind: 'report.attested',
    signer: signerOf(statement, 'insured-officer'),
  })
}

async function loadReport(organisationId: string, reportId: string) {
  const row = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    reports.findReport(tx, organisationId, reportId),
  )
  if (!row) throw new NotFoundError('No such report yet')
  return row
}

function signerOf(statement: Statement, role: Signer['role']): Signer {
  const signer = statement.signers.find((candidate) => candidate.role === role)
  if (!signer) throw new Error(`The statement names no ${role}`)
  return signer
}

interface Signed {
  pdf: Uint8Array
  twins: TwinTexts
  timestamp: reports.KeptTimestamp | null
}

async function signAs(
  role: Signer['role'],
  pdf: Uint8Array,
  statement: Statement,
  after: reports.KeptTimestamp | null = null,
): Promise<Signed> {
  const signer = signerOf(statement, role)
  const organisation = { id: statement.preparedBy.organisationId, name: statement.preparedBy.name }
  const identity = await issueSigningIdentity(organisation, signer, statement.reportId)
  const at = getRuntime().clock()
  const stamping = stampingOf(at, after)
  const { pdf: signed, twins } = await signInThread({
    pdf,
    statement,
    identity,
    signer,
    reason: REASON[role],
    at,
    timestamp: stamping?.ask,
  })
  return { pdf: signed, timestamp: stamping?.said() ?? null, twins }
}

async function readStored(organisationId: string, sha256: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of await getRuntime().store.openVerified(organisationId, sha256)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function keepSigned(
  organisationId: string,
  reportId: string,
  { pdf, timestamp, twins }: Signed,
  step: {
    from: reports.ReportRow['state']
    to: 'awaiting-attestation' | 'signed'
    kind: 'report.certified' | 'report.attested'
    signer: Signer
  },
): Promise<void> {
  const { database, store, clock } = getRuntime()
  const stored = await store.put(organisationId, oneChunk(pdf), { maxBytes: pdf.byteLength })
  const storedTwins = await storeTwins(organisationId, twins)
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.lockReport(tx, organisationId, reportId)
    if (row?.state !== step.from) return
    const at = clock()
    await reports.updateReport(tx, organisationId, reportId, {
      state: step.to,
      pdfSha256: stored.sha256,
      pdfSizeBytes: stored.sizeBytes,
      ...(step.to === 'signed'
        ? { attestedAt: at, attestedTimestamp: timestamp }
        : { certifiedAt: at, certifiedTimestamp: timestamp }),
    })
    await recordTwins(tx, organisationId, { reportId, recordedAt: at, stored: storedTwins })
    if (step.to === 'signed') await tellOfficer(tx, row, { at, pdfSha256: stored.sha256 })
    await recordInLedger(tx, organisationId, {
      kind: step.kind,
      actor: `${step.signer.name} <${step.signer.email ?? ''}>`,
      at,
      payload: {
        reportId,
        applicationId: row.applicationId,
        statementSha256: row.statementSha256,
        pdfSha256: stored.sha256,
        role: step.signer.role,
        twins: Object.fromEntries(Object.entries(storedTwins).map(([kind, { sha256 }]) => [kind, sha256])),
        attestationRecord: row.attestationRecord,
        // Without an authority, entries stay as they always were.
        ...(timestamp ? { timestamp: { ...timestamp } } : {}),
      },
    })
  })
}

async function* oneChunk(bytes: Uint8Array) {
  yield bytes
}

/** Rendering is hopeless: says so, and gives the application back. Attesting is: it can be tried again. */
export async function failReport(organisationId: string, reportId: string, failure: string): Promise<void> {
  const { database, clock } = getRuntime()
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.lockReport(tx, organisationId, reportId)
    if (row?.state === 'rendering') {
      await reports.updateReport(tx, organisationId, reportId, { state: 'failed', failure })
      await applications.setApplicationState(tx, organisationId, row.applicationId, 'draft', at)
    } else if (row?.state === 'attesting') {
      await reports.updateReport(tx, organisationId, reportId, { state: 'awaiting-attestation', failure })
    } else return
    await recordInLedger(tx, organisationId, {
      kind: 'report.failed',
      actor: 'Attested',
      at,
      payload: { reportId, applicationId: row.applicationId, failure },
    })
  })
}
