/** What has a day: requests, conditions of insurers and evidence, each as webhooks are told of it. */
import { cutText } from '#app/language/cut-text.ts'
import type { Tx } from '#db/client.server.ts'
import { listClients } from '#db/queries/clients.server.ts'
import { listEvidenceOfClients } from '#db/queries/portfolio.server.ts'
import { listDueRequests } from '#db/queries/reminder-dues.server.ts'
import { freshnessOf, lastCounted, SOON_DAYS } from '#evidence/freshness.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findEvidenceKind } from '#questionnaires/controls.ts'
import { daysUntil } from './portfolio.ts'
import { listOrganisationSubjectivities } from './subjectivity-portfolio.server.ts'
import { isToBeMet, URGENT_DAYS } from './subjectivity-standing.ts'
import type { NewEvent } from './webhook-emitting.server.ts'

/** What every look finds again, and the key by which it is known. */
export type FoundEvent = NewEvent & { key: string }
export type Look = (tx: Tx, organisationId: string, now: Date) => Promise<FoundEvent[]>

/** Of clients that are not archived. */
export const findDueRequests: Look = async (tx, organisationId, now) => {
  const due = await listDueRequests(tx, organisationId, now.toISOString().slice(0, 10))
  return due.flatMap(({ request, clientId, clientName }) =>
    request.state === 'open'
      ? [
          {
            client: { id: clientId, name: clientName },
            subject: { id: request.id, title: request.title },
            text: `${request.recipientName} was asked for this and has not answered: ${request.title}.`,
            path: `/requests/${request.id}`,
            dueOn: request.dueOn,
            key: `${request.id} ${request.dueOn}`,
          },
        ]
      : [],
  )
}

export const findDueSubjectivities: Look = async (tx, organisationId) => {
  const all = await listOrganisationSubjectivities(tx, organisationId)
  return all.flatMap(({ client, condition, insurer }): FoundEvent[] => {
    const { id, dueNow, daysLeft, standing } = condition
    if (dueNow === null || daysLeft === null || daysLeft > URGENT_DAYS || !isToBeMet(standing)) return []
    return [
      {
        client: { id: client.id, name: client.legalName },
        subject: { id, title: cutText(condition.condition, 200) },
        text: `${insurer ?? 'The insurer'} makes the policy depend on this: ${condition.condition}`,
        path: `/subjectivities/${id}`,
        dueOn: dueNow,
        urgency: 'high',
        key: `${id} ${dueNow}`,
      },
    ]
  })
}

export const findExpiringEvidence: Look = async (tx, organisationId, now) => {
  const clients = await listClients(tx, organisationId, 'active')
  const names = new Map(clients.map(({ id, legalName }) => [id, legalName]))
  const held = await listEvidenceOfClients(tx, organisationId, [...names.keys()])
  return held.flatMap(({ evidence, revision }) => {
    const lastDay = lastDayToTell(evidence.kind, revision, now)
    if (lastDay === null) return []
    return [
      {
        client: { id: evidence.clientId, name: names.get(evidence.clientId) ?? '' },
        subject: { id: evidence.id, title: evidence.title },
        text: `This evidence counts until ${lastDay}: ${evidence.title}. Ask for a newer one.`,
        path: `/evidence/${evidence.id}`,
        dueOn: lastDay,
        key: `${revision.id} ${lastDay}`,
      },
    ]
  })
}

/** @returns YYYY-MM-DD; null where it is not near, or was over before anybody looked: the pages show that. */
function lastDayToTell(
  kindId: string,
  revision: { observedAt: Date; validUntil: Date | null },
  now: Date,
): string | null {
  const kind = findEvidenceKind(loadCatalogue(), kindId)
  const { freshDays, maximumDays } = kind ?? { freshDays: null, maximumDays: null }
  const last = lastCounted({ ...revision, maximumDays })
  if (last === null || last < now) return null
  const lastDay = last.toISOString().slice(0, 10)
  if (daysUntil(lastDay, now) > SOON_DAYS) return null
  // Some kinds count for 30 days in all: what was collected just now is no ticket.
  const isFresh = freshnessOf({ ...revision, freshDays, maximumDays }, now).state === 'fresh'
  return freshDays !== null && isFresh ? null : lastDay
}
