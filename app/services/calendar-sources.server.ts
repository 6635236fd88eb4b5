/** Where calendar entries come from: one list of functions, each with one kind of thing that has a day. */
import { MOST_MOVED_DAYS, occurrencesOf } from '#app/schedule/occurrences.ts'
import { shiftDay } from '#app/schedule/zone.ts'
import type { Tx } from '#db/client.server.ts'
import { listMeetings } from '#db/queries/calendars.server.ts'
import { listClients } from '#db/queries/clients.server.ts'
import { listRequests } from '#db/queries/evidence-requests.server.ts'
import { listExceptionsEnding } from '#db/queries/exceptions.server.ts'
import { listPolicies } from '#db/queries/policies.server.ts'
import { listEvidenceOfClients } from '#db/queries/portfolio.server.ts'
import { listRenewalStepsDue } from '#db/queries/renewals.server.ts'
import * as schedules from '#db/queries/schedules.server.ts'
import { listWaiversOfAll } from '#db/queries/waivers.server.ts'
import { lastCounted } from '#evidence/freshness.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import type { CalendarEntry } from './calendar-entries.ts'
import { COVER_TIME } from './policy-standing.ts'
import { sayDays } from './renewal-steps.ts'
import { PURPOSE_WORDS } from './schedule-input.ts'
import { listScheduled } from './schedule-occurrences.server.ts'
import { byScope, resolveSchedule, scheduleOf } from './schedule-resolving.ts'
import { listOrganisationSubjectivities } from './subjectivity-portfolio.server.ts'
import { isToBeMet, nameOf } from './subjectivity-standing.ts'

/**
 * Entries of the organisation's clients that are not archived.
 * @param from @param until days, YYYY-MM-DD, both included
 */
export type CalendarSource = (
  tx: Tx,
  organisationId: string,
  from: string,
  until: string,
) => Promise<CalendarEntry[]>

const policyExpiries: CalendarSource = async (tx, organisationId, from, until) => {
  const all = await listPolicies(tx, organisationId)
  return all
    .filter(({ current }) => current.expiresOn >= from && current.expiresOn <= until)
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

const renewalSteps: CalendarSource = async (tx, organisationId, from, until) =>
  (await listRenewalStepsDue(tx, organisationId, from, until)).map(({ step, client, insurer }) => ({
    ...{ key: `renewal-step:${step.id}`, kind: 'renewal-step', client, day: step.dueOn, at: null },
    title: step.title,
    detail: `With ${insurer}, ${sayDays(step.dueDays)}`,
    owner: step.ownerName,
    href: `/policies/${step.policyId}#step-${step.id}`,
    isSettled: step.state !== 'open',
  }))

const evidenceExpiring: CalendarSource = async (tx, organisationId, from, until) => {
  const clients = await activeClients(tx, organisationId)
  const maximumDays = new Map(
    loadCatalogue().evidenceKinds.map((kind) => [kind.id, kind.maximumDays] as const),
  )
  const held = await listEvidenceOfClients(tx, organisationId, [...clients.keys()])
  return held.flatMap(({ evidence, revision }) => {
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

const requestsDue: CalendarSource = async (tx, organisationId, from, until) => {
  const clients = await activeClients(tx, organisationId)
  return (await listRequests(tx, organisationId, {})).flatMap(({ request }) => {
    const client = clients.get(request.clientId)
    const { id, title, dueOn, recipientName, state } = request
    if (!client || dueOn < from || dueOn > until || state === 'cancelled') return []
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

const subjectivities: CalendarSource = async (tx, organisationId, from, until) =>
  (await listOrganisationSubjectivities(tx, organisationId)).flatMap(({ client, insurer, condition }) => {
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

const exceptionsEnding: CalendarSource = async (tx, organisationId, from, until) =>
  (await listExceptionsEnding(tx, organisationId, from, until)).map(({ exception, client }) => ({
    ...{ key: `exception:${exception.id}`, kind: 'exception', client, day: exception.expiresOn, at: null },
    title: `Last day of an exception${exception.scope ? `: ${exception.scope}` : ''}`,
    detail: exception.compensatingControl,
    owner: exception.owner,
    href: `/clients/${client.id}/exceptions`,
    isSettled: false,
  }))

const waiverReviews: CalendarSource = async (tx, organisationId, from, until) =>
  (await listWaiversOfAll(tx, organisationId))
    .filter(({ waiver }) => waiver.state === 'signed' && waiver.reviewOn >= from && waiver.reviewOn <= until)
    .map(({ waiver, clientName }) => ({
      ...{ key: `waiver:${waiver.id}`, kind: 'waiver', day: waiver.reviewOn, at: null },
      client: { id: waiver.clientId, legalName: clientName },
      title: `Look again at a declined service: ${waiver.service}`,
      detail: `Declined by ${waiver.decisionMakerName}`,
      owner: waiver.decisionMakerName,
      ...{ href: `/waivers/${waiver.id}`, isSettled: false },
    }))

const reviewMeetings: CalendarSource = async (tx, organisationId, from, until) =>
  (await listMeetings(tx, organisationId, from, until)).map(({ meeting, client }) => ({
    ...{ key: `meeting:${meeting.id}`, kind: 'meeting', client, day: meeting.heldOn },
    at: { time: meeting.startsAt, timeZone: meeting.timeZone, minutes: meeting.minutes },
    title: meeting.title,
    detail: meeting.place,
    owner: meeting.organiser.name,
    ...{ href: `/meetings/${meeting.id}`, isSettled: false },
  }))

/** By the rules as they stand today, as far ahead as somebody looks. */
const scheduledDates: CalendarSource = async (tx, organisationId, from, until) => {
  const clients = await activeClients(tx, organisationId)
  const settings = byScope(await schedules.listScheduleSettings(tx, organisationId))
  const changes = byScope(await schedules.listScheduleChanges(tx, organisationId))
  const settled = new Set(
    (await schedules.listNotedOccurrences(tx, organisationId, { from: shiftDay(from, -MOST_MOVED_DAYS) }))
      .filter(({ settledAt }) => settledAt !== null)
      .map(({ purpose, subjectId, plannedOn }) => `${purpose} ${subjectId} ${plannedOn}`),
  )
  return (await listScheduled(tx, organisationId)).flatMap((subject): CalendarEntry[] => {
    const { purpose, clientId, applicationId } = subject
    const client = clients.get(clientId)
    const resolved = resolveSchedule(purpose, subject, settings)
    if (!client || !resolved.isOn.value) return []
    const subjectId = applicationId ?? clientId
    const found = occurrencesOf(scheduleOf(purpose, subject, resolved, changes), { from, until })
    return found.map(({ plannedOn, on: day }) => ({
      ...{ key: `schedule:${purpose}:${subjectId}:${plannedOn}`, kind: 'schedule', client, day, at: null },
      title: PURPOSE_WORDS[purpose],
      ...{ detail: null, owner: null },
      href: `/clients/${clientId}/${purpose === 're-attestation' ? purpose : 'schedules'}`,
      isSettled: settled.has(`${purpose} ${subjectId} ${plannedOn}`),
    }))
  })
}

/** A new kind of dated thing adds its function here, and its words to `CALENDAR_KINDS` (calendar-entries.ts). */
export const CALENDAR_SOURCES: readonly CalendarSource[] = [
  policyExpiries,
  renewalSteps,
  evidenceExpiring,
  requestsDue,
  subjectivities,
  exceptionsEnding,
  waiverReviews,
  reviewMeetings,
  scheduledDates,
]

const named = ({ id, legalName }: { id: string; legalName: string }) => ({ id, legalName })

async function activeClients(tx: Tx, organisationId: string) {
  const rows = await listClients(tx, organisationId, 'active')
  return new Map(rows.map((row) => [row.id, named(row)]))
}
