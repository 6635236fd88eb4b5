/** Renders and signs reports; called by jobs, and harmless when called twice. */
import type { SigningIdentity } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { signInThread } from '#app/report/sign-in-thread.server.ts'
import { type SignatureSlot, slotsOf } from '#app/report/signing-order.ts'
import { type Signer, Statement } from '#app/report/statement.ts'
import * as countersignatures from '#db/queries/countersignatures.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { OFFICER, tellSigner } from './attestation-links.server.ts'
import { issueAsFirm } from './engagement-signing.server.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { openOwnIdentity } from './own-certificates.server.ts'
import { giveBack, keepReattested } from './reattestation-reports.server.ts'
import { archiveSigned } from './report-archive.server.ts'
import { readLogo } from './report-look.server.ts'
import { type GivenToken, newestTimestamp, stampingOf } from './report-timestamps.server.ts'
import { recordTwins, storeTwins, type TwinTexts } from './report-twins.server.ts'
import { getRuntime } from './runtime.server.ts'
import { issueSigningIdentity } from './signing-keys.server.ts'
import { storeBytes } from './store-bytes.server.ts'
import { tellReportSigned } from './webhook-news.server.ts'

const REASON: Record<Signer['role'], string> = {
  'technical-contributor': 'I certify the technical facts and evidence in this report',
  contributor: 'I certify the answers of my part of this report',
  reviewer: 'I have reviewed the evidence in this report',
  'insured-officer': 'I attest the answers in this report on behalf of the insured',
}

/** Renders the statement, attaches it and signs as the technical contributor. */
export async function renderReportJob(organisationId: string, reportId: string): Promise<void> {
  const row = await loadReport(organisationId, reportId)
  if (row.state !== 'rendering') return
  const statement = Statement.parse(JSON.parse(row.statement))
  const digest = statement.brand?.logo?.sha256
  const logo = digest ? await readLogo({ organisationId }, digest) : undefined
  const rendered = await renderReport(statement, { logo })
  const slot = slotIn(statement, 'technical-contributor')
  const signed = await signAs(slot, rendered, statement)
  await keepSigned(organisationId, reportId, signed, {
    from: 'rendering',
    to: 'awaiting-attestation',
    kind: 'report.certified',
    slot,
  })
}

/** Adds the insured officer's signature as an incremental update; those before stay valid. */
export async function attestReportJob(organisationId: string, reportId: string): Promise<void> {
  const row = await loadReport(organisationId, reportId)
  if (row.state !== 'attesting' || !row.pdfSha256) return
  const statement = Statement.parse(JSON.parse(row.statement))
  const certified = await readStored(organisationId, row.pdfSha256)
  const slot = slotIn(statement, OFFICER)
  const signed = await signAs(slot, certified, statement, await newestTimestamp(row))
  await keepSigned(organisationId, reportId, await archive(signed, statement), {
    from: 'attesting',
    to: 'signed',
    kind: 'report.attested',
    slot,
  })
}

/**
 * Adds the signature of a contributor or the reviewer. Two of them at once is no fault: whoever comes second signs again,
 * on top of the first.
 */
export async function countersignReportJob(
  organisationId: string,
  reportId: string,
  slotId: string,
): Promise<void> {
  for (let isDone = false; !isDone; ) {
    const row = await loadReport(organisationId, reportId)
    if (row.state !== 'awaiting-attestation' || !row.pdfSha256) return
    const statement = Statement.parse(JSON.parse(row.statement))
    const slot = slotIn(statement, slotId)
    const before = await readStored(organisationId, row.pdfSha256)
    const signed = await signAs(slot, before, statement, await newestTimestamp(row))
    isDone = await keepCountersigned(row, slot, signed)
  }
}

/** @returns false when another signature came in between */
async function keepCountersigned(
  before: reports.ReportRow,
  slot: SignatureSlot,
  signed: Signed,
): Promise<boolean> {
  const { database, clock } = getRuntime()
  const { organisationId, id: reportId } = before
  const { pdf, timestamp } = signed
  const stored = await storeBytes(organisationId, pdf)
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.lockReport(tx, organisationId, reportId)
    const given = await countersignatures.listCountersignatures(tx, organisationId, reportId)
    const own = given.find((candidate) => candidate.slot === slot.id)
    if (row?.state !== 'awaiting-attestation' || !own || own.signedAt || own.failure !== null) return true
    if (row.pdfSha256 !== before.pdfSha256) return false
    const at = clock()
    await reports.updateReport(tx, organisationId, reportId, {
      pdfSha256: stored.sha256,
      pdfSizeBytes: stored.sizeBytes,
    })
    await countersignatures.updateCountersignature(
      tx,
      organisationId,
      { reportId, slot: slot.id },
      { signedAt: at, timestamp },
    )
    await tellSigner(tx, row, slot.id, { at, pdfSha256: stored.sha256 })
    await recordInLedger(tx, organisationId, {
      kind: 'report.countersigned',
      actor: actorIn(slot),
      at,
      payload: {
        reportId,
        applicationId: row.applicationId,
        statementSha256: row.statementSha256,
        pdfSha256: stored.sha256,
        role: slot.signer.role,
        slot: slot.id,
        attestationRecord: own.record,
        ...(timestamp ? { timestamp: { ...timestamp } } : {}),
      },
    })
    return true
  })
}

/** Locked: a job comes before its cause commits, and would find a report that nobody signed. */
async function loadReport(organisationId: string, reportId: string) {
  const row = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    reports.lockReport(tx, organisationId, reportId),
  )
  if (!row) throw new NotFoundError('No such report yet')
  return row
}

function slotIn(statement: Statement, id: string): SignatureSlot {
  const slot = slotsOf(statement.signers).find((candidate) => candidate.id === id)
  if (!slot) throw new Error(`The statement names no ${id}`)
  return slot
}

interface Signed {
  pdf: Uint8Array
  twins: TwinTexts
  timestamp: reports.KeptTimestamp | null
  /** What came of archiving; null where that was not tried. */
  archiveTimestamp?: reports.KeptTimestamp | null
}

interface JustSigned extends Signed {
  identity: SigningIdentity
  at: Date
  given: GivenToken | null
}

/** Without a timestamp of the last signature there is nothing to keep for later. */
async function archive(signed: JustSigned, statement: Statement): Promise<Signed> {
  const { given, twins, timestamp } = signed
  if (timestamp && 'failure' in timestamp) return { ...signed, archiveTimestamp: timestamp }
  const done = given && (await archiveSigned({ ...signed, statement }, given))
  if (!done?.archived) return { ...signed, archiveTimestamp: done?.timestamp }
  const { pdf, detached } = done.archived
  return { ...signed, pdf, twins: { ...twins, detached }, archiveTimestamp: done.timestamp }
}

async function signAs(
  slot: SignatureSlot,
  pdf: Uint8Array,
  statement: Statement,
  after: reports.KeptTimestamp | null = null,
): Promise<JustSigned> {
  const identity = await identityFor(slot, statement)
  const at = getRuntime().clock()
  const stamping = stampingOf(at, after)
  const { pdf: signed, twins } = await signInThread({
    pdf,
    statement,
    identity,
    slot,
    reason: REASON[slot.signer.role],
    at,
    timestamp: stamping?.ask,
  })
  const timestamp = stamping?.said() ?? null
  return { pdf: signed, timestamp, twins, identity, at, given: stamping?.given() ?? null }
}

function identityFor(slot: SignatureSlot, statement: Statement): Promise<SigningIdentity> {
  const { organisationId: id, name } = statement.preparedBy
  const { signer } = slot
  if (signer.certificates) return openOwnIdentity(id, signer.certificates)
  if (signer.authority) return issueAsFirm(statement, slot, signer.authority)
  return issueSigningIdentity({ id, name }, signer, { reportId: statement.reportId, slot: slot.id })
}

async function readStored(organisationId: string, sha256: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of await getRuntime().store.openVerified(organisationId, sha256)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function keepSigned(
  organisationId: string,
  reportId: string,
  { pdf, timestamp, twins, archiveTimestamp }: Signed,
  step: {
    from: reports.ReportRow['state']
    to: 'awaiting-attestation' | 'signed'
    kind: 'report.certified' | 'report.attested'
    slot: SignatureSlot
  },
): Promise<void> {
  const { database, clock } = getRuntime()
  const stored = await storeBytes(organisationId, pdf)
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
        ? { attestedAt: at, attestedTimestamp: timestamp, archiveTimestamp }
        : { certifiedAt: at, certifiedTimestamp: timestamp }),
    })
    await recordTwins(tx, organisationId, { reportId, recordedAt: at, stored: storedTwins })
    if (step.to === 'signed') {
      await keepReattested(tx, row, at)
      await tellSigner(tx, row, OFFICER, { at, pdfSha256: stored.sha256 })
      await tellReportSigned(tx, row)
    }
    await recordInLedger(tx, organisationId, {
      kind: step.kind,
      actor: actorIn(step.slot),
      at,
      payload: {
        reportId,
        applicationId: row.applicationId,
        statementSha256: row.statementSha256,
        pdfSha256: stored.sha256,
        role: step.slot.signer.role,
        twins: Object.fromEntries(Object.entries(storedTwins).map(([kind, { sha256 }]) => [kind, sha256])),
        attestationRecord: row.attestationRecord,
        // Without an authority, entries stay as they always were.
        ...(timestamp ? { timestamp: { ...timestamp } } : {}),
        ...(archiveTimestamp ? { archiveTimestamp: { ...archiveTimestamp } } : {}),
      },
    })
  })
}

const actorIn = ({ signer }: SignatureSlot) => `${signer.name} <${signer.email ?? ''}>`

/** The person can be sent a new link and sign again. */
export async function failCountersignature(
  organisationId: string,
  { reportId, slot }: { reportId: string; slot: string },
  failure: string,
): Promise<void> {
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await reports.lockReport(tx, organisationId, reportId)
    const given = await countersignatures.listCountersignatures(tx, organisationId, reportId)
    if (given.find((row) => row.slot === slot)?.signedAt !== null) return
    await countersignatures.updateCountersignature(tx, organisationId, { reportId, slot }, { failure })
    await recordInLedger(tx, organisationId, {
      kind: 'report.failed',
      actor: 'Attested',
      at: getRuntime().clock(),
      payload: { reportId, slot, failure },
    })
  })
}

/** Rendering is hopeless: says so, and gives the application or the re-attestation back. Attesting is: it can be tried again. */
export async function failReport(organisationId: string, reportId: string, failure: string): Promise<void> {
  const { database, clock } = getRuntime()
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.lockReport(tx, organisationId, reportId)
    if (row?.state === 'rendering') {
      await reports.updateReport(tx, organisationId, reportId, { state: 'failed', failure })
      await giveBack(tx, row, at)
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
