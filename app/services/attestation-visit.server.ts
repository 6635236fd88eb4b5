/** The officer's side of an attestation, once the code opened the door: read, confirm one by one, sign or decline. */
import { Readable } from 'node:stream'
import type { Statement } from '#app/report/statement.ts'
import type { TwinKind } from '#app/report/twins/twin-files.ts'
import * as applications from '#db/queries/applications.server.ts'
import * as links from '#db/queries/attestation.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { atTheDoor, type Door, type Key, refuseDead, requireOpen } from './attestation-door.server.ts'
import { aboutOf, officerOf } from './attestation-links.server.ts'
import { writeDeclinedMail } from './attestation-mails.ts'
import { answersToAcknowledge, CONSENT, isSameName } from './attestation-rules.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { blankMails, writeMail } from './mail-outbox.server.ts'
import type { Member } from './member.ts'
import type { DeclineInput, OfficerAttestInput } from './report-input.ts'
import { getTwinFile, listTwinKinds, openTwinFile } from './report-twins.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'

export interface Visit {
  statement: Statement
  reportState: reports.ReportRow['state']
  failure: string | null
  pdfSha256: string | null
  attestedAt: Date | null
  twins: TwinKind[]
  /** Question ids that have to be confirmed, in form order, and those that were. */
  toConfirm: string[]
  confirmed: string[]
}

/** @throws NotFoundError, RefusedError `code-needed` */
export async function getVisit(key: Key): Promise<Visit> {
  return atTheDoor(key, async (tx, door) => {
    requireOpen(door)
    const steps = await links.listSteps(tx, door.organisationId, door.link.id)
    const { statement, report } = door
    return {
      statement,
      reportState: report.state,
      failure: report.failure,
      pdfSha256: report.pdfSha256,
      attestedAt: report.attestedAt,
      twins: await listTwinKinds(tx, door.organisationId, report.id),
      toConfirm: answersToAcknowledge(statement).map(({ questionId }) => questionId),
      confirmed: steps.map(({ questionId }) => questionId),
    }
  })
}

/** The officer has read one answer and stands by it. Again is the same as once. */
export async function confirmAnswer(key: Key, questionId: string): Promise<void> {
  await atTheDoor(key, async (tx, door, now) => {
    requireSignable(door)
    if (!answersToAcknowledge(door.statement).some((answer) => answer.questionId === questionId))
      throw new RefusedError('question', 'This answer needs no confirmation.')
    const { organisationId, link } = door
    await links.insertStep(tx, { organisationId, linkId: link.id, questionId, confirmedAt: now })
  })
}

function requireSignable(door: Door): void {
  refuseDead(door.state)
  requireOpen(door)
  if (door.report.state !== 'awaiting-attestation') {
    throw new RefusedError('state', 'This report is not waiting for your attestation any more.')
  }
}

/**
 * Attests the answers for the insured; the signature itself follows in a job.
 * @param alsoSignedIn the member whose session the same browser holds: nobody signs for both sides
 * @throws RefusedError `both-sides`, `name` when another name was typed, `unconfirmed`
 */
export async function attest(
  key: Key,
  input: OfficerAttestInput,
  caller: Caller,
  alsoSignedIn: Member | null,
): Promise<void> {
  const { jobs } = getRuntime()
  await atTheDoor(key, async (tx, door, now) => {
    requireSignable(door)
    const { organisationId, link, report, statement } = door
    const isPreparer = alsoSignedIn?.organisationId === organisationId
    // A demo has one browser for all its people; its record says who was signed in.
    if (isPreparer && !alsoSignedIn.organisationIsDemo) {
      throw new RefusedError(
        'both-sides',
        `This browser is signed in as ${alsoSignedIn.name} of ${alsoSignedIn.organisationName}, who prepared the report. Nobody signs for both sides: open the link on a device of your own, or sign out first.`,
      )
    }
    const officer = officerOf(statement)
    if (!isSameName(officer.name, input.typedName)) {
      throw new RefusedError('name', `Type your full name as it stands in the report: ${officer.name}.`)
    }
    const steps = await links.listSteps(tx, organisationId, link.id)
    const confirmed = new Set(steps.map(({ questionId }) => questionId))
    const missing = answersToAcknowledge(statement).filter(({ questionId }) => !confirmed.has(questionId))
    if (missing.length > 0) {
      throw new RefusedError(
        'unconfirmed',
        `${missing.length === 1 ? 'One answer has' : `${missing.length} answers have`} not been confirmed yet. Go through them first.`,
      )
    }
    const record = {
      method:
        link.delivery === 'mail-server'
          ? 'link and one-time code, both mailed to the officer’s address'
          : 'link and one-time code, handed over by the preparer because no mail server is configured',
      recipient: link.recipient,
      linkId: link.id,
      linkSentAt: link.sentAt.toISOString(),
      linkOpenedAt: link.openedAt?.toISOString() ?? null,
      codeEnteredAt: link.codeEnteredAt?.toISOString() ?? null,
      confirmed: steps.map(({ questionId, confirmedAt }) => ({ questionId, at: confirmedAt.toISOString() })),
      declaration: officer.declaration,
      consent: CONSENT,
      typedName: input.typedName,
      address: caller.address,
      userAgent: caller.userAgent,
      alsoSignedIn: isPreparer ? alsoSignedIn.email : null,
      at: now.toISOString(),
    }
    await reports.updateReport(tx, organisationId, report.id, {
      state: 'attesting',
      failure: null,
      attestationRecord: JSON.stringify(record),
    })
    await links.updateLink(tx, organisationId, link.id, { finishedAt: now })
    await blankMails(tx, organisationId, link.recipient, ['attestation-link', 'attestation-code'])
    await jobs.enqueue({ name: 'attest-report', organisationId, reportId: report.id })
  })
}

/** The officer does not stand by it: the report is withdrawn with the reason, and the application is a draft again. */
export async function decline(key: Key, input: DeclineInput, origin: string): Promise<void> {
  await atTheDoor(key, async (tx, door, now) => {
    requireSignable(door)
    const { organisationId, link, report, statement } = door
    const officer = officerOf(statement)
    const reason = `${officer.name} declined to attest: ${input.reason}`
    await reports.updateReport(tx, organisationId, report.id, { state: 'withdrawn', withdrawnReason: reason })
    await applications.setApplicationState(tx, organisationId, report.applicationId, 'draft', now)
    await links.updateLink(tx, organisationId, link.id, { finishedAt: now })
    await blankMails(tx, organisationId, link.recipient, ['attestation-link', 'attestation-code'])
    const preparer = statement.signers.find(({ role }) => role === 'technical-contributor')
    if (preparer?.email) {
      const about = { ...aboutOf(statement), senderName: preparer.name }
      const href = `${origin}/reports/${report.id}`
      const mail = writeDeclinedMail(about, { reason: input.reason, href })
      const expiresAt = new Date(now.getTime() + 90 * 24 * 60 * 60 * 1000)
      await writeMail(
        tx,
        organisationId,
        { kind: 'attestation-declined', recipient: preparer.email, expiresAt, ...mail },
        link.delivery === 'mail-server',
      )
    }
    await recordInLedger(tx, organisationId, {
      kind: 'report.withdrawn',
      actor: `${officer.name} <${officer.email}>`,
      at: now,
      payload: { reportId: report.id, applicationId: report.applicationId, reason, linkId: link.id },
    })
  })
}

/** The report as it stands, to read before signing and to keep afterwards. */
export async function openVisitFile(key: Key) {
  const { store } = getRuntime()
  const { organisationId, report } = await atTheDoor(key, async (_tx, door) => {
    requireOpen(door)
    return door
  })
  if (!report.pdfSha256) throw new NotFoundError('This report has no file yet')
  return { report, stream: Readable.from(await store.openVerified(organisationId, report.pdfSha256)) }
}

/** A machine-readable twin of the report. */
export async function openVisitTwin(key: Key, kind: string | undefined) {
  const { organisationId, file } = await atTheDoor(key, async (tx, door) => {
    requireOpen(door)
    const { organisationId, report } = door
    return { organisationId, file: await getTwinFile(tx, organisationId, report, kind) }
  })
  return openTwinFile(organisationId, file)
}
