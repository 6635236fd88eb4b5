/** The signer's side, once the code opened the door: read, confirm one by one, sign or decline. */
import { Readable } from 'node:stream'
import { type SignerWords, signerWords, voiceOf } from '#app/report/language/signing/words.ts'
import type { Signer, Statement } from '#app/report/statement.ts'
import type { TwinKind } from '#app/report/twins/twin-files.ts'
import type { Tx } from '#db/client.server.ts'
import * as links from '#db/queries/attestation.server.ts'
import { giveCountersignature } from '#db/queries/countersignatures.server.ts'
import { lockReattestationOfReport } from '#db/queries/reattestations.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { atTheDoor, type Door, type Key, refuseDead, requireOpen } from './attestation-door.server.ts'
import { aboutOf, blankLinkMails, type InvitedSlot, OFFICER } from './attestation-links.server.ts'
import { writeDeclinedMail } from './attestation-mails.ts'
import { answersToAcknowledge, isSameName } from './attestation-rules.ts'
import { requireMaySign } from './engagement-signing.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { blankMails, writeMail } from './mail-outbox.server.ts'
import type { Member } from './member.ts'
import { giveBack } from './reattestation-reports.server.ts'
import { requireGoingOn } from './reattestation-standing.server.ts'
import type { DeclineInput, OfficerAttestInput } from './report-input.ts'
import { listStandings, missingBeforeOfficer, type SlotStanding } from './report-standing.server.ts'
import { getTwinFile, listTwinKinds, openTwinFile } from './report-twins.server.ts'
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'
import { tellReportWithdrawn } from './webhook-news.server.ts'

export interface Visit {
  statement: Statement
  invited: InvitedSlot
  standings: SlotStanding[]
  reportState: reports.ReportRow['state']
  pdfSha256: string | null
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
    const { statement, report, invited } = door
    return {
      statement,
      invited,
      standings: await listStandings(tx, report, statement),
      reportState: report.state,
      pdfSha256: report.pdfSha256,
      twins: await listTwinKinds(tx, door.organisationId, report.id),
      toConfirm: answersToAcknowledge(statement, invited.signer).map(({ questionId }) => questionId),
      confirmed: steps.map(({ questionId }) => questionId),
    }
  })
}

/** The signer has read one answer and stands by it. Again is the same as once. */
export async function confirmAnswer(key: Key, questionId: string): Promise<void> {
  await atTheDoor(key, async (tx, door, now) => {
    const { say } = await requireSignable(tx, door)
    if (
      !answersToAcknowledge(door.statement, door.invited.signer).some(
        (answer) => answer.questionId === questionId,
      )
    )
      throw new RefusedError('question', say('refused.question'))
    const { organisationId, link } = door
    await links.insertStep(tx, { organisationId, linkId: link.id, questionId, confirmedAt: now })
  })
}

async function requireSignable(tx: Tx, door: Door): Promise<SignerWords> {
  const words = refuseDead(door)
  requireOpen(door)
  const { report, statement, invited } = door
  const standings = await listStandings(tx, report, statement)
  const own = standings.find(({ id }) => id === invited.id)
  if (report.state !== 'awaiting-attestation' || own?.state !== 'waiting')
    throw new RefusedError('state', words.say('refused.state'))
  if (invited.id === OFFICER && missingBeforeOfficer(standings).length > 0)
    throw new RefusedError('others-first', words.say('refused.others-first'))
  return words
}

/**
 * The officer attests the answers for the insured, a contributor certifies their part, a reviewer the review; the
 * signature itself follows in a job.
 * @param alsoSignedIn the member whose session the same browser holds: nobody signs for both sides
 * @throws RefusedError `both-sides`, `name` when another name was typed, `unconfirmed`, for a re-attestation
 *   `over` and `not-in-force`, and as `requireMaySign`
 */
export async function attest(
  key: Key,
  input: OfficerAttestInput,
  caller: Caller,
  alsoSignedIn: Member | null,
): Promise<void> {
  const { jobs } = getRuntime()
  // Asked apart: it looks into another organisation, which no transaction of this one should wait for.
  const asked = await atTheDoor(key, async (tx, door) => {
    await requireSignable(tx, door)
    return door
  })
  await requireMaySign(asked.statement, asked.invited.signer)
  await atTheDoor(key, async (tx, door, now) => {
    const { say, language } = await requireSignable(tx, door)
    const { organisationId, link, report, statement, invited } = door
    const { signer } = invited
    const isPreparer = alsoSignedIn?.organisationId === organisationId
    // A demo has one browser for all its people; its record says who was signed in.
    // A contributor may be a colleague of the preparer's; then the session has to be their own.
    const isSelf = signer.role === 'contributor' && alsoSignedIn?.email === signer.email
    if (isPreparer && !isSelf && !alsoSignedIn.organisationIsDemo) {
      throw new RefusedError(
        'both-sides',
        say('refused.both-sides', {
          member: alsoSignedIn.name,
          organisation: alsoSignedIn.organisationName,
        }),
      )
    }
    const again = await lockReattestationOfReport(tx, organisationId, report.id)
    if (again) await requireGoingOn(tx, door, again, now)
    if (!isSameName(signer.name, input.typedName)) {
      throw new RefusedError('name', say('refused.name', { officer: signer.name }))
    }
    const steps = await links.listSteps(tx, organisationId, link.id)
    const confirmed = new Set(steps.map(({ questionId }) => questionId))
    const missing = answersToAcknowledge(statement, signer).filter(
      ({ questionId }) => !confirmed.has(questionId),
    )
    if (missing.length > 0) {
      throw new RefusedError('unconfirmed', say('refused.unconfirmed', { count: missing.length }))
    }
    const record = {
      method:
        link.delivery === 'mail-server'
          ? 'link and one-time code, both mailed to the signer’s address'
          : 'link and one-time code, handed over by the preparer because no mail server is configured',
      recipient: link.recipient,
      linkId: link.id,
      linkSentAt: link.sentAt.toISOString(),
      linkOpenedAt: link.openedAt?.toISOString() ?? null,
      codeEnteredAt: link.codeEnteredAt?.toISOString() ?? null,
      confirmed: steps.map(({ questionId, confirmedAt }) => ({ questionId, at: confirmedAt.toISOString() })),
      // As they were shown: the declaration, and the consent in the language of the report.
      declaration: signer.declaration,
      consent: signerWords(language, voiceOf(statement, signer)).say('consent'),
      language,
      typedName: input.typedName,
      address: caller.address,
      userAgent: caller.userAgent,
      alsoSignedIn: isPreparer ? alsoSignedIn.email : null,
      at: now.toISOString(),
    }
    await links.updateLink(tx, organisationId, link.id, { finishedAt: now })
    await blankMails(tx, organisationId, link.recipient, ['attestation-link', 'attestation-code'])
    const given = { organisationId, reportId: report.id }
    if (invited.id === OFFICER) {
      await reports.updateReport(tx, organisationId, report.id, {
        state: 'attesting',
        failure: null,
        attestationRecord: JSON.stringify(record),
      })
      await jobs.enqueue({ name: 'attest-report', ...given })
    } else {
      const { id: slot } = invited
      const agreed = { reportId: report.id, slot, givenAt: now, record: JSON.stringify(record) }
      await giveCountersignature(tx, organisationId, agreed)
      await jobs.enqueue({ name: 'countersign-report', ...given, slot })
    }
  })
}

/** The signer does not stand by it: the report is withdrawn with the reason, and the application is a draft again. */
export async function decline(key: Key, input: DeclineInput, origin: string): Promise<void> {
  await atTheDoor(key, async (tx, door, now) => {
    if (door.report.state === 'answering') {
      refuseDead(door)
      requireOpen(door)
    } else await requireSignable(tx, door)
    const { organisationId, link, report, statement, invited } = door
    const { signer } = invited
    const reason = `${signer.name} declined to ${DECLINED[signer.role]}: ${input.reason}`
    await reports.updateReport(tx, organisationId, report.id, { state: 'withdrawn', withdrawnReason: reason })
    await giveBack(tx, report, now)
    await links.updateLink(tx, organisationId, link.id, { finishedAt: now })
    await links.revokeLinks(tx, organisationId, report.id, now)
    await blankLinkMails(tx, organisationId, statement)
    const preparer = statement.signers.find(({ role }) => role === 'technical-contributor')
    if (preparer?.email) {
      const about = { ...aboutOf(statement, invited.id), senderName: preparer.name }
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
    await tellReportWithdrawn(tx, report, reason)
    await recordInLedger(tx, organisationId, {
      kind: 'report.withdrawn',
      actor: `${signer.name} <${signer.email}>`,
      at: now,
      payload: { reportId: report.id, applicationId: report.applicationId, reason, linkId: link.id },
    })
  })
}

const DECLINED = {
  'insured-officer': 'attest',
  contributor: 'sign for their part',
  reviewer: 'sign as reviewer',
  'technical-contributor': 'certify',
} as const satisfies Record<Signer['role'], string>

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
