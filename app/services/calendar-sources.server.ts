/** Where calendar entries come from: one function for each kind of thing that has a day. */
import { listMeetings } from '#db/queries/calendars.server.ts'
import { listRequests } from '#db/queries/evidence-requests.server.ts'
import { listExceptionsEnding } from '#db/queries/exceptions.server.ts'
import { listPolicies } from '#db/queries/policies.server.ts'
import { listEvidenceEnding } from '#db/queries/portfolio.server.ts'
import { listRenewalStepsDue } from '#db/queries/renewals.server.ts'
import { listWaiversToReview } from '#db/queries/waivers.server.ts'
import { lastCounted } from '#evidence/freshness.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import type { CalendarKind } from './calendar-entries.ts'
import { promisesDue } from './calendar-promises.server.ts'
import type { CalendarSource } from './calendar-query.ts'
import { scheduledDates } from './calendar-schedules.server.ts'
import { COVER_TIME } from './policy-standing.ts'
import { sayDays } from './renewal-steps.ts'
import { listOrganisationSubjectivities } from './subjectivity-portfolio.server.ts'
import { isToBeMet, nameOf } from './subjectivity-standing.ts'

const policyExpiries: CalendarSource = async (tx, organisationId, { from, until, clientId }) => {
  // Whatever follows a policy ends later than it.
  const all = await listPolicies(tx, organisationId, { clientId, expiresFrom: from })
  return all
    .filter(({ current }) => current.expiresOn <= until)
    .map(({ policy, current, client }) => {
      const { insurer, policyNumber, expiresOn, timeZone } = current
      // Followed by another policy nothing is left to be done about the end of this one.
      const isFollowed = all.some(
        (other) =>
          other.client.id === client.id &&
          other.current.inceptionOn <= expiresOn &&
          other.current.expiresOn > expiresOn,
      )
      return {
        ...{ key: `policy:${policy.id}`, kind: 'policy', client: named(client), day: expiresOn },
        at: { time: COVER_TIME, timeZone, minutes: 0 },
        title: `Policy of ${insurer} expires`,
        detail: policyNumber ? `Policy number ${policyNumber}` : null,
        ...{ owner: null, href: `/policies/${policy.id}`, isSettled: isFollowed },
      }
    })
}

const renewalSteps: CalendarSource = async (tx, organisationId, { from, until, clientId }) =>
  (await listRenewalStepsDue(tx, organisationId, from, until, clientId)).map(({ step, client, insurer }) => ({
    ...{ key: `renewal-step:${step.id}`, kind: 'renewal-step', client, day: step.dueOn, at: null },
    title: step.title,
    detail: `With ${insurer}, ${sayDays(step.dueDays)}`,
    owner: step.ownerName,
    href: `/policies/${step.policyId}#step-${step.id}`,
    isSettled: step.state !== 'open',
  }))

const evidenceExpiring: CalendarSource = async (tx, organisationId, { from, until, clients }) => {
  const maximumDays = new Map(
    loadCatalogue().evidenceKinds.flatMap((kind) =>
      kind.maximumDays === null ? [] : [[kind.id, kind.maximumDays] as const],
    ),
  )
  const which = { clientIds: [...clients.keys()], from, until, maximumDays }
  return (await listEvidenceEnding(tx, organisationId, which)).flatMap(({ evidence, revision }) => {
    const client = clients.get(evidence.clientId)
    const last = lastCounted({ ...revision, maximumDays: maximumDays.get(evidence.kind) ?? null })
    const day = last?.toISOString().slice(0, 10)
    if (!client || day === undefined || day < from || day > until) return []
    return [
      {
        ...{ key: `evidence:${evidence.id}`, kind: 'evidence' as const, client, day, at: null },
        title: `Last day of “${evidence.title}”`,
        detail: revision.validUntil ? 'It ends or grows too old' : 'It grows too old to count',
        ...{ owner: null, href: `/evidence/${evidence.id}`, isSettled: false },
      },
    ]
  })
}

const requestsDue: CalendarSource = async (tx, organisationId, { from, until, clientId, clients }) => {
  const which = { clientId, dueFrom: from, dueUntil: until }
  return (await listRequests(tx, organisationId, which)).flatMap(({ request }) => {
    const client = clients.get(request.clientId)
    const { id, title, dueOn, recipientName, state } = request
    if (!client || state === 'cancelled') return []
    return [
      {
        ...{ key: `request:${id}`, kind: 'request' as const, client, day: dueOn, at: null, title },
        detail: `Asked of ${recipientName}`,
        owner: recipientName,
        ...{ href: `/requests/${id}`, isSettled: state === 'fulfilled' },
      },
    ]
  })
}

const subjectivities: CalendarSource = async (tx, organisationId, { from, until, clientId }) => {
  const listed = await listOrganisationSubjectivities(tx, organisationId, clientId, { from, until })
  return listed.flatMap(({ client, insurer, condition }) => {
    const { id, dueNow, ownerName, standing } = condition
    if (dueNow === null || dueNow < from || dueNow > until) return []
    return [
      {
        ...{ key: `subjectivity:${id}`, kind: 'subjectivity' as const, client, day: dueNow, at: null },
        title: nameOf(condition),
        detail: insurer ? `Condition of ${insurer}` : 'Condition of the insurer',
        owner: ownerName,
        ...{ href: `/subjectivities/${id}`, isSettled: !isToBeMet(standing) },
      },
    ]
  })
}

const exceptionsEnding: CalendarSource = async (tx, organisationId, query) =>
  (await listExceptionsEnding(tx, organisationId, query)).map(({ exception, client }) => ({
    ...{ key: `exception:${exception.id}`, kind: 'exception', client, day: exception.expiresOn, at: null },
    title: `Last day of an exception${exception.scope ? `: ${exception.scope}` : ''}`,
    detail: exception.compensatingControl,
    owner: exception.owner,
    href: `/clients/${client.id}/exceptions`,
    isSettled: false,
  }))

const waiverReviews: CalendarSource = async (tx, organisationId, query) =>
  (await listWaiversToReview(tx, organisationId, query)).map(({ waiver, client }) => ({
    ...{ key: `waiver:${waiver.id}`, kind: 'waiver', client, day: waiver.reviewOn, at: null },
    title: `Look again at a declined service: ${waiver.service}`,
    detail: `Declined by ${waiver.decisionMakerName}`,
    owner: waiver.decisionMakerName,
    ...{ href: `/waivers/${waiver.id}`, isSettled: false },
  }))

const reviewMeetings: CalendarSource = async (tx, organisationId, query) =>
  (await listMeetings(tx, organisationId, query)).map(({ meeting, client }) => ({
    ...{ key: `meeting:${meeting.id}`, kind: 'meeting', client, day: meeting.heldOn },
    at: { time: meeting.startsAt, timeZone: meeting.timeZone, minutes: meeting.minutes },
    title: meeting.title,
    detail: meeting.place,
    owner: meeting.organiser.name,
    ...{ href: `/meetings/${meeting.id}`, isSettled: false },
  }))

/** A new kind of dated thing adds its function here, and its words to `CALENDAR_KINDS` (calendar-entries.ts). */
export const CALENDAR_SOURCES: Readonly<Record<CalendarKind, CalendarSource>> = {
  policy: policyExpiries,
  'renewal-step': renewalSteps,
  evidence: evidenceExpiring,
  request: requestsDue,
  subjectivity: subjectivities,
  exception: exceptionsEnding,
  waiver: waiverReviews,
  schedule: scheduledDates,
  meeting: reviewMeetings,
  promise: promisesDue,
}

const named = ({ id, legalName }: { id: string; legalName: string }) => ({ id, legalName })
