/** The readiness report of an application: prepared, certified by the MSP, attested by the insured. */
import { Readable } from 'node:stream'
import { DEFAULT_LANGUAGE } from '#app/language/languages.ts'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { wordsIn } from '#app/report/language/words.ts'
import { canonicalStatement, Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import { revokeLinks } from '#db/queries/attestation.server.ts'
import { findLastEntry, lockLedger } from '#db/queries/ledger.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { blankLinkMails } from './attestation-links.server.ts'
import { getClientRow } from './clients.server.ts'
import { engagedReviewer } from './engagement-signing.server.ts'
import { frozen, NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { namedCertificates } from './own-certificates.server.ts'
import { loadReadiness, toldIn } from './readiness.server.ts'
import { giveBack } from './reattestation-reports.server.ts'
import type { PrepareReportInput, RevokeSignature } from './report-input.ts'
import { brandOf } from './report-look.server.ts'
import { namedReviewer, signersOf } from './report-signers.ts'
import { listTwinKinds } from './report-twins.server.ts'
import { revokeSignature } from './revocations.server.ts'
import { getRuntime } from './runtime.server.ts'
import { findAuthorityOfReport } from './signing-keys.server.ts'
import { buildStatement } from './statement-building.ts'
import { readCoverage, summariseFindings } from './statement-surroundings.server.ts'
import { readToldReviews } from './told-reviews.server.ts'
import { tellReportWithdrawn } from './webhook-news.server.ts'

async function getReportRow(tx: Tx, organisationId: string, reportId: string) {
  const row = await reports.findReport(tx, organisationId, reportId)
  if (!row) throw new NotFoundError('No such report')
  return row
}

export type PrepareOutcome =
  | { outcome: 'prepared'; reportId: string }
  | { outcome: 'blocked'; blocking: { questionId: string; sentence: string }[] }

/**
 * Freezes the application into a statement and queues the report with the technical contributor's signature.
 * @throws RefusedError `frozen` when a report is already under way, and what `signersOf` and `namedReviewer` refuse
 */
export async function prepareReport(
  member: Member,
  applicationId: string,
  given: PrepareReportInput,
): Promise<PrepareOutcome> {
  const { database, clock, newId, jobs, settings } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const reportId = newId()
  const firm = await engagedReviewer(member, applicationId, given)
  const input = firm ? { ...given, reviewerOrganisation: firm.organisation } : given
  const language = input.language ?? DEFAULT_LANGUAGE
  const application = await database.inOrganisation(organisationId, (tx) =>
    getApplicationRow(tx, organisationId, applicationId),
  )
  const coverage = await readCoverage(member, application.clientId)
  return database.inOrganisation(organisationId, async (tx) => {
    const locked = await applications.lockApplication(tx, organisationId, applicationId, 'update')
    if (!locked) throw new NotFoundError('No such application')
    if (locked.state === 'frozen') {
      throw frozen()
    }
    const loaded = await loadReadiness(tx, organisationId, applicationId, at)
    const { blocking } = evaluateReadiness(loaded.input)
    if (blocking.length > 0) return { outcome: 'blocked', blocking }
    // What blocks is told on a page of the interface, what is signed in the report's language.
    const told = toldIn(language, loaded.input)
    const readiness = evaluateReadiness(told)
    const signers = signersOf({
      member,
      input,
      edition: loaded.edition,
      insured: loaded.client.legalName,
      applicable: readiness.answers.map(({ questionId }) => questionId),
      words: wordsIn(language),
      certificates: await namedCertificates(tx, organisationId),
      reviewerAuthority: firm?.authority,
    })
    const reviewer = namedReviewer(member, input, loaded.client.legalName)
    await lockLedger(tx, organisationId)
    const head = await findLastEntry(tx, organisationId)
    if (!head) throw new Error('An organisation without a ledger')
    const statement = canonicalStatement(
      buildStatement({
        ...loaded,
        reportId,
        at,
        language,
        coversFrom: input.coversFrom || null,
        organisation: { id: organisationId, name: member.organisationName },
        input: told,
        readiness,
        scans: (await scans.listImports(tx, organisationId, loaded.client.id))
          .filter(({ withdrawnAt }) => withdrawnAt === null)
          .map(({ scan }) => scan),
        ledgerHead: { sequence: head.sequence, hash: head.hash },
        signers,
        around: {
          findings: await summariseFindings(
            tx,
            organisationId,
            loaded.client.id,
            at.toISOString().slice(0, 10),
          ),
          coverage,
          // One who signs stands among the signers.
          reviewer: signers.some(({ role }) => role === 'reviewer') ? undefined : reviewer,
          reviews: await readToldReviews(tx, organisationId, applicationId),
          brand: await brandOf(tx, organisationId),
          verifyAt: settings.publicUrl ? new URL('/verify', settings.publicUrl).href : undefined,
        },
      }),
    )
    await reports.insertReport(tx, {
      organisationId,
      id: reportId,
      applicationId,
      clientId: loaded.client.id,
      state: 'rendering',
      statement,
      statementSha256: sha256Hex(statement),
      createdBy: member.userId,
      createdAt: at,
      coversFrom: input.coversFrom || null,
    })
    await applications.setCircumstances(tx, organisationId, applicationId, loaded.input.circumstances, at)
    await applications.setApplicationState(tx, organisationId, applicationId, 'frozen', at)
    await recordInLedger(tx, organisationId, {
      kind: 'report.prepared',
      actor: actorOf(member),
      at,
      payload: { reportId, applicationId, statementSha256: sha256Hex(statement) },
    })
    await jobs.enqueue({ name: 'render-report', organisationId, reportId })
    return { outcome: 'prepared', reportId }
  })
}

export async function getReport(member: Member, reportId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const row = await getReportRow(tx, organisationId, reportId)
    const authority = await findAuthorityOfReport(tx, organisationId, reportId)
    return {
      report: row,
      twins: await listTwinKinds(tx, organisationId, reportId),
      statement: Statement.parse(JSON.parse(row.statement)),
      authorityPem: authority?.certificatePem ?? null,
    }
  })
}

/** Cheap, for the page that waits for a job. */
export async function getReportState(member: Member, reportId: string) {
  const { organisationId } = member
  const { state, failure } = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    getReportRow(tx, organisationId, reportId),
  )
  return { state, failure }
}

export async function listReportsOfClient(member: Member, clientId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    return reports.listReportsOfClient(tx, organisationId, clientId)
  })
}

/** Without its re-attestations. */
export async function listReportsOfApplication(member: Member, applicationId: string) {
  const { organisationId } = member
  const all = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    reports.listReportsOfApplication(tx, organisationId, applicationId),
  )
  return all.filter(({ kind }) => kind === 'application')
}

const WITHDRAWABLE: ReadonlySet<reports.ReportRow['state']> = new Set([
  'answering',
  'awaiting-attestation',
  'failed',
])

/**
 * Takes a report back. Before the insured attested, the application becomes a draft again; what both signed stays
 * frozen as it was signed, because the report was in force until now and its answers are what was promised then.
 * A re-attestation becomes a draft again in either case.
 * A signature that should never have been made can be revoked with it.
 * @throws RefusedError `state` while it is being made or signed, and when it was withdrawn or superseded already;
 *   `unsigned` when there is no such signature to revoke
 */
export async function withdrawReport(
  member: Member,
  reportId: string,
  reason: string,
  revoke: RevokeSignature | null = null,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await reports.lockReport(tx, organisationId, reportId)
    if (!row) throw new NotFoundError('No such report')
    const isSigned = row.state === 'signed'
    if (!isSigned && !WITHDRAWABLE.has(row.state)) {
      throw new RefusedError(
        'state',
        'Only a report that waits for the insured or is in force can be withdrawn. Reload the page to see how it stands.',
      )
    }
    await reports.updateReport(tx, organisationId, reportId, {
      state: 'withdrawn',
      withdrawnReason: reason,
      endedAt: at,
    })
    await revokeLinks(tx, organisationId, reportId, at)
    await blankLinkMails(tx, organisationId, Statement.parse(JSON.parse(row.statement)))
    await giveBack(tx, row, at)
    if (revoke) await revokeSignature(tx, member, reportId, revoke)
    await tellReportWithdrawn(tx, row, reason)
    await recordInLedger(tx, organisationId, {
      kind: 'report.withdrawn',
      actor: actorOf(member),
      at,
      payload: {
        reportId,
        applicationId: row.applicationId,
        reason,
        ...(isSigned ? { pdfSha256: row.pdfSha256, attestedAt: row.attestedAt?.toISOString() ?? null } : {}),
      },
    })
  })
}

/** @throws NotFoundError when there is no such report or it has no file yet. */
export async function openReportFile(member: Member, reportId: string) {
  const { database, store } = getRuntime()
  const { organisationId } = member
  const row = await database.inOrganisation(organisationId, (tx) =>
    getReportRow(tx, organisationId, reportId),
  )
  if (!row.pdfSha256) throw new NotFoundError('This report has no file yet')
  return { report: row, stream: Readable.from(await store.openVerified(organisationId, row.pdfSha256)) }
}
