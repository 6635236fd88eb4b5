/** What of a client has a day in or after a period, as it was known when the period ended. */
import { type Period, periodToReattest } from '#app/readiness/reattestation-periods.ts'
import { evidenceAt, type Point } from '#app/readiness/record.ts'
import type { PackAccount } from '#app/report/review-pack/pack-account.ts'
import { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import { listClientNames } from '#db/queries/clients.server.ts'
import { listRequests } from '#db/queries/evidence-requests.server.ts'
import { listReattestationReports, listReattestationsOfClient } from '#db/queries/reattestations.server.ts'
import { listRecordedSubjectivities } from '#db/queries/subjectivities.server.ts'
import { listWaivers } from '#db/queries/waivers.server.ts'
import { lastCounted } from '#evidence/freshness.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findQuestion } from '#questionnaires/definition.ts'
import { listEntries } from './calendar.server.ts'
import { type ClientHistory, forceOf } from './history.server.ts'
import { applicationsInForce } from './in-force.ts'
import { loadRhythms } from './reattestation-rhythm.server.ts'
import { periodIn } from './reattestations.server.ts'
import { getRuntime } from './runtime.server.ts'
import { listSaid } from './subjectivities.server.ts'
import { addDays } from './subjectivity-input.ts'
import { currentDue, nameOf } from './subjectivity-standing.ts'

export interface DatedQuery {
  organisationId: string
  clientId: string
  period: Period
  next: Period
  start: Point
  end: Point
}

type Due = PackAccount['due'][number]

const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const lies = (day: string, { first, last }: Period) => first <= day && day <= last
const holdsAt = (from: Date, to: Date | null, at: Date) => from <= at && (to === null || to > at)

export async function listDated(tx: Tx, history: ClientHistory, query: DatedQuery) {
  const { next } = query
  const { changes, ends } = evidenceOf(history, query)
  const requests = await requestsAt(tx, query)
  const ending = [...exceptionsOf(history, query), ...(await waiversOf(tx, query))].sort(byDay)
  const subjectivities = await subjectivitiesAt(tx, query)
  const attested = await attestedAt(tx, history, query)
  const due: Due[] = [
    ...ends,
    ...requests.map(({ dueOn, title, recipient }) => ({
      ...{ day: dueOn, kind: 'request' as const, title, owner: recipient },
    })),
    ...ending.map(({ kind, day, title, owner }) => ({ day, kind, title, owner })),
    ...subjectivities.flatMap(({ dueOn, title, owner }) =>
      dueOn === null ? [] : [{ day: dueOn, kind: 'subjectivity' as const, title, owner }],
    ),
    ...attested.map(({ form, nextOn }) => ({
      ...{ day: nextOn, kind: 're-attestation' as const, title: form, owner: null },
    })),
    ...(await calendarOf(tx, query)),
  ]
  return {
    evidence: changes,
    requests,
    ending,
    subjectivities,
    attested,
    due: due.filter(({ day }) => lies(day, next)).sort(byDay),
  }
}

const byDay = <T extends { day: string; title: string }>(a: T, b: T) =>
  a.day.localeCompare(b.day) || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0)

function evidenceOf({ record }: ClientHistory, { period, next, start, end }: DatedQuery) {
  const earlier = new Map(
    evidenceAt(record, start).map(({ evidence, revision }) => [evidence.id, revision.id]),
  )
  const maximum = new Map(loadCatalogue().evidenceKinds.map(({ id, maximumDays }) => [id, maximumDays]))
  const held = evidenceAt(record, end).map(({ evidence, revision }) => {
    const last = lastCounted({ ...revision, maximumDays: maximum.get(evidence.kind) ?? null })
    return { ...evidence, revision, was: earlier.get(evidence.id), ends: last && dayOf(last) }
  })
  const changes: PackAccount['evidence'] = [
    ...held.flatMap(({ title, revision, was }) =>
      was === revision.id
        ? []
        : [
            {
              title,
              state: was === undefined ? ('new' as const) : ('renewed' as const),
              day: dayOf(revision.observedAt),
            },
          ],
    ),
    ...held.flatMap(({ title, ends }) =>
      ends !== null && lies(ends, period) ? [{ title, state: 'expired' as const, day: ends }] : [],
    ),
  ].sort(byDay)
  return {
    changes,
    ends: held.flatMap(({ title, ends }): Due[] =>
      ends !== null && lies(ends, next) ? [{ day: ends, kind: 'evidence', title, owner: null }] : [],
    ),
  }
}

async function requestsAt(tx: Tx, { organisationId, clientId, period, end }: DatedQuery) {
  return (await listRequests(tx, organisationId, { clientId }))
    .filter(({ request }) => holdsAt(request.requestedAt, request.settledAt, end.knownOn))
    .map(({ request: { title, recipientName, dueOn } }) => ({
      ...{ title, recipient: recipientName, dueOn, isLate: dueOn <= period.last },
    }))
}

function exceptionsOf(
  { record, editions }: ClientHistory,
  { period, next, end }: DatedQuery,
): PackAccount['ending'] {
  return record.exceptions
    .filter(({ recordedAt, revokedAt }) => holdsAt(recordedAt, revokedAt, end.knownOn))
    .filter(({ expiresOn }) => lies(expiresOn, { first: period.first, last: next.last }))
    .map(({ applicationId, questionId, compensatingControl, owner, expiresOn }) => {
      const edition = editions.get(applicationId)
      const question = edition && findQuestion(edition, questionId)
      const title = question ? `${question.reference.item} ${question.prompt}` : compensatingControl
      return { kind: 'exception', title, owner, day: expiresOn, isOver: expiresOn <= period.last }
    })
}

async function waiversOf(
  tx: Tx,
  { organisationId, clientId, period, next, end }: DatedQuery,
): Promise<PackAccount['ending']> {
  return (await listWaivers(tx, organisationId, clientId))
    .filter(({ signedAt, withdrawnAt }) => signedAt && holdsAt(signedAt, withdrawnAt, end.knownOn))
    .filter(({ reviewOn }) => lies(reviewOn, { first: period.first, last: next.last }))
    .map(({ service, decisionMakerName, reviewOn }) => ({
      ...{ kind: 'waiver', title: service, owner: decisionMakerName, day: reviewOn },
      isOver: reviewOn <= period.last,
    }))
}

async function subjectivitiesAt(tx: Tx, { organisationId, clientId, period, end }: DatedQuery) {
  const recorded = await listRecordedSubjectivities(tx, organisationId, clientId, end.knownOn)
  const said = await listSaid(
    tx,
    organisationId,
    recorded.map(({ subjectivity }) => subjectivity.id),
  )
  const isKnown = ({ recordedAt }: { recordedAt: Date }) => recordedAt <= end.knownOn
  return recorded.flatMap(({ subjectivity: row, binding, discardedAt }) => {
    const { decisions, extensions } = said(row.id)
    const outcome = decisions.filter(isKnown).at(-1)?.outcome
    const isOver = [row.withdrawnAt, discardedAt].some((at) => at !== null && at <= end.knownOn)
    if (isOver || outcome === 'closed' || outcome === 'waived') return []
    const isBound = binding?.boundOn != null && binding.boundOn <= period.last
    const dueOn = currentDue(row, extensions.filter(isKnown), isBound ? binding : null)
    const isLapsed = dueOn !== null && dueOn <= period.last
    return [{ title: nameOf(row), owner: row.ownerName, dueOn, isLapsed }]
  })
}

/** Of each signed application in force at the end, which signature is its last and when the next is asked for. */
async function attestedAt(
  tx: Tx,
  history: ClientHistory,
  { organisationId, clientId, period, end }: DatedQuery,
): Promise<PackAccount['attested']> {
  const held = (await listReattestationsOfClient(tx, organisationId, clientId)).filter(
    ({ reattestation: { state, createdAt, closedAt } }) =>
      holdsAt(createdAt, state === 'discarded' ? closedAt : null, end.knownOn),
  )
  // What a schedule said on an earlier day is not kept: the interval is that of today.
  const rhythmOf = await loadRhythms(tx, organisationId, clientId)
  const attested: PackAccount['attested'] = []
  for (const { applicationId, basis, attestedAt: at } of applicationsInForce(forceOf(history), end)) {
    if (basis !== 'signed' || at === null) continue
    const own = held.filter(({ reattestation }) => reattestation.applicationId === applicationId)
    const signed = await reattestedAt(tx, organisationId, applicationId, end)
    const coversFrom = history.signed.findLast((one) => one.applicationId === applicationId)?.coversFrom
    const found = periodToReattest(
      coversFrom ?? dayOf(at),
      rhythmOf({ clientId, applicationId }).months,
      own.map(({ reattestation }) => periodIn(reattestation)),
      period.last,
    )
    const open = 'period' in found ? found.period : null
    const isDone = open !== null && signed.some(({ first }) => first === open.first)
    const nextOn = 'next' in found ? found.next : addDays(found.period.last, isDone ? 1 : 0)
    attested.push({
      form: history.editions.get(applicationId)?.form.title ?? '',
      lastOn: signed.at(-1)?.on ?? dayOf(at),
      isApplication: signed.length === 0,
      next: open && !isDone ? { first: open.first, last: open.last } : null,
      nextOn,
    })
  }
  return attested
}

/**
 * The periods whose re-attestations were signed and counted, the last signature last. From the reports: a row of today
 * forgets the report that was withdrawn since.
 */
async function reattestedAt(tx: Tx, organisationId: string, applicationId: string, { knownOn }: Point) {
  const reports = await listReattestationReports(tx, organisationId, applicationId, knownOn)
  return reports.flatMap(({ statement, attestedAt, endedAt }) => {
    const period = Statement.parse(JSON.parse(statement)).reattestation?.period
    return period && attestedAt && holdsAt(attestedAt, endedAt, knownOn)
      ? [{ first: period.first, on: dayOf(attestedAt) }]
      : []
  })
}

/** The other kinds are read above as they were known; of these only what holds now is kept. */
const FROM_CALENDAR = ['policy', 'renewal-step', 'meeting', 'schedule', 'promise'] as const

async function calendarOf(tx: Tx, { organisationId, clientId, next }: DatedQuery): Promise<Due[]> {
  const today = dayOf(getRuntime().clock())
  const clients = await listClientNames(tx, organisationId, clientId)
  const days = { from: next.first, until: next.last, today, clients }
  const choice = { clientIds: [clientId], kinds: FROM_CALENDAR }
  const entries = await listEntries(tx, organisationId, days, choice)
  return entries.flatMap(({ key, kind, day, title, owner, isSettled }) => {
    const own = FROM_CALENDAR.find((one) => one === kind)
    // The next re-attestation is told with its period, above.
    const isToldAlready = key.startsWith('schedule:re-attestation:')
    // What was done, skipped or kept asks for nothing any more.
    return own && !isToldAlready && !isSettled ? [{ day, kind: own, title, owner }] : []
  })
}
