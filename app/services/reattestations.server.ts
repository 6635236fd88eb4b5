/** Quarterly re-attestations of a signed application: begun once for each period, discarded, missed, and listed. */
import { periodToReattest } from '#app/readiness/reattestation-periods.ts'
import { Statement } from '#app/report/statement.ts'
import { shiftDay } from '#app/schedule/zone.ts'
import type { Tx } from '#db/client.server.ts'
import { revokeLinks } from '#db/queries/attestation.server.ts'
import * as rows from '#db/queries/reattestations.server.ts'
import { lockReport, updateReport } from '#db/queries/reports.server.ts'
import { blankLinkMails } from './attestation-links.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { applicationsInForceOf, loadForce } from './force.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import type { DiscardInput } from './reattestation-input.ts'
import { loadRhythms, todayIn } from './reattestation-rhythm.server.ts'
import { getRuntime } from './runtime.server.ts'
import { tellReportWithdrawn } from './webhook-news.server.ts'

/** What begins a re-attestation without a person: a schedule of this organisation. */
export interface Scheduler {
  organisationId: string
  /** As the ledger and the draft name it. */
  scheduledAs: string
}

const nameOf = (by: Member | Scheduler) => ('userId' in by ? by.name : by.scheduledAs)
const dayOf = (at: Date) => at.toISOString().slice(0, 10)

export type StartOutcome =
  | { outcome: 'started' | 'exists'; reattestationId: string }
  /** The signed application itself answers until then. */
  | { outcome: 'too-early'; next: string }

/**
 * Begins the re-attestation of the period that today lies in. Asked twice for one period it makes nothing; a schedule
 * does not begin again what a person has discarded.
 * @param months length of a period, as the schedule says where nobody does; those that were begun keep theirs
 * @throws NotFoundError; RefusedError `not-in-force` for an application without a signed report in force
 */
export async function startReattestation(
  by: Member | Scheduler,
  applicationId: string,
  { months }: { months?: number } = {},
): Promise<StartOutcome> {
  await closeMissedReattestations(by.organisationId)
  return beginReattestation(by, applicationId, months)
}

/** As `startReattestation`, for a caller who has closed what was missed. */
export async function beginReattestation(
  by: Member | Scheduler,
  applicationId: string,
  months?: number,
): Promise<StartOutcome> {
  if (months !== undefined && (!Number.isInteger(months) || months < 1))
    throw new Error(`${months} months are no interval`)
  const { database, clock, newId } = getRuntime()
  const { organisationId } = by
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const { clientId, signed } = await requireInForce(tx, organisationId, applicationId, now)
    const held = await rows.listReattestationsOfApplication(tx, organisationId, applicationId)
    const standing = held.filter(({ state }) => state !== 'discarded')
    const start = signed.coversFrom ?? dayOf(signed.attestedAt)
    const rhythm = (await loadRhythms(tx, organisationId, clientId))({ clientId, applicationId })
    const found = periodToReattest(
      start,
      months ?? rhythm.months,
      standing.map(periodIn),
      todayIn(rhythm, now),
    )
    if ('next' in found) return { outcome: 'too-early', next: found.next }
    const { number, first, last } = found.period
    const existing = held.find(
      ({ periodFirst, state }) => periodFirst === first && (state !== 'discarded' || !('userId' in by)),
    )
    if (existing) return { outcome: 'exists', reattestationId: existing.id }
    const id = newId()
    const isMade = await rows.insertReattestation(tx, {
      organisationId,
      id,
      clientId,
      applicationId,
      baseReportId: signed.reportId,
      number,
      periodFirst: first,
      periodLast: last,
      state: 'draft',
      createdBy: 'userId' in by ? by.userId : null,
      createdByName: nameOf(by),
      createdAt: now,
    })
    if (!isMade) {
      // Somebody else was quicker; theirs is there now.
      const others = await rows.listReattestationsOfApplication(tx, organisationId, applicationId)
      const other = others.find((row) => row.periodFirst === first && row.state !== 'discarded')
      if (!other) throw new Error('A period that is taken and has no re-attestation')
      return { outcome: 'exists', reattestationId: other.id }
    }
    await recordInLedger(tx, organisationId, {
      kind: 'reattestation.started',
      actor: 'userId' in by ? actorOf(by) : by.scheduledAs,
      at: now,
      payload: {
        reattestationId: id,
        clientId,
        applicationId,
        baseReportId: signed.reportId,
        number,
        periodFirst: first,
        periodLast: last,
      },
    })
    return { outcome: 'started', reattestationId: id }
  })
}

export const periodIn = ({ number, periodFirst, periodLast }: rows.ReattestationRow) => ({
  number,
  first: periodFirst,
  last: periodLast,
})

async function requireInForce(tx: Tx, organisationId: string, applicationId: string, now: Date) {
  const force = await loadForce(tx, organisationId, applicationId)
  const isInForce = applicationsInForceOf(force, now).some(
    (one) => one.applicationId === applicationId && one.basis === 'signed',
  )
  const signed = force.signed.filter((one) => one.applicationId === applicationId).at(-1)
  if (!isInForce || !signed) {
    throw new RefusedError(
      'not-in-force',
      'Only an application that both sides signed and that is in force is re-attested.',
    )
  }
  return { clientId: force.clientId, signed }
}

/**
 * Marks what was not signed by the end of its period, where its client is; it stays visible. Harmless when called twice.
 * @returns how many were marked
 */
export async function closeMissedReattestations(organisationId: string): Promise<number> {
  const { database, clock } = getRuntime()
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    // Nowhere on earth is it later than tomorrow.
    const overdue = await rows.lockOverdue(tx, organisationId, shiftDay(dayOf(now), 1))
    if (overdue.length === 0) return 0
    const rhythmOf = await loadRhythms(tx, organisationId)
    let marked = 0
    for (const row of overdue) {
      if (row.periodLast >= todayIn(rhythmOf(row), now)) continue
      const report = row.reportId ? await lockReport(tx, organisationId, row.reportId) : null
      // The officer has signed in time; only the signature itself is still being made.
      if (report?.state === 'attesting' || report?.state === 'signed') continue
      if (report) {
        const withdrawnReason = 'Its period ended before the officer had signed.'
        await updateReport(tx, organisationId, report.id, {
          state: 'withdrawn',
          withdrawnReason,
          endedAt: now,
        })
        await revokeLinks(tx, organisationId, report.id, now)
        await blankLinkMails(tx, organisationId, Statement.parse(JSON.parse(report.statement)))
        await tellReportWithdrawn(tx, report, withdrawnReason)
      }
      await rows.updateReattestation(tx, organisationId, row.id, {
        state: 'missed',
        reportId: null,
        closedAt: now,
        closedByName: 'Attested',
      })
      await recordInLedger(tx, organisationId, {
        kind: 'reattestation.missed',
        actor: 'Attested',
        at: now,
        payload: {
          reattestationId: row.id,
          applicationId: row.applicationId,
          periodLast: row.periodLast,
          reportId: row.reportId,
        },
      })
      marked += 1
    }
    return marked
  })
}

/** @throws NotFoundError; RefusedError `state` for one that is with the officer, signed or closed */
export async function discardReattestation(
  member: Member,
  reattestationId: string,
  { reason }: DiscardInput,
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await rows.lockReattestation(tx, organisationId, reattestationId)
    if (!row) throw new NotFoundError('No such re-attestation')
    if (row.state !== 'draft')
      throw new RefusedError(
        'state',
        'Only a draft can be discarded. Withdraw its report first, or reload the page to see how it stands.',
      )
    await rows.updateReattestation(tx, organisationId, row.id, {
      state: 'discarded',
      closedAt: now,
      closedByName: member.name,
      closedReason: reason,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'reattestation.discarded',
      actor: actorOf(member),
      at: now,
      payload: { reattestationId: row.id, applicationId: row.applicationId, reason },
    })
  })
}
