/**
 * What comes with time instead of with somebody's act: each hour the webhooks that want it are told what is due, what
 * expires, and which answers evidence contradicts by now. Each is told once, whoever looks.
 */

import { createHash } from 'node:crypto'
import { cutText } from '#app/language/cut-text.ts'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { Tx } from '#db/client.server.ts'
import { listApplications } from '#db/queries/applications.server.ts'
import { listClients } from '#db/queries/clients.server.ts'
import { listEvidenceOfClients } from '#db/queries/portfolio.server.ts'
import { listDueRequests } from '#db/queries/reminder-dues.server.ts'
import { listWebhooks } from '#db/queries/webhooks.server.ts'
import { freshnessOf, lastCounted, SOON_DAYS } from '#evidence/freshness.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findEvidenceKind } from '#questionnaires/controls.ts'
import { RefusedError } from './errors.ts'
import { listLedgers } from './ledger-check.server.ts'
import { daysUntil } from './portfolio.ts'
import { loadReadiness } from './readiness.server.ts'
import { getRuntime } from './runtime.server.ts'
import { listOrganisationSubjectivities } from './subjectivity-portfolio.server.ts'
import { isToBeMet, URGENT_DAYS } from './subjectivity-standing.ts'
import { emitEvent } from './webhook-emitting.server.ts'
import type { WebhookEventKind } from './webhook-events.ts'

export async function lookForDue(): Promise<void> {
  for (const organisationId of await listLedgers(getRuntime().database)) await tellWhatIsDue(organisationId)
}

const LOOKS = {
  'request.due': tellDueRequests,
  'subjectivity.due': tellDueSubjectivities,
  'evidence.expiring': tellExpiringEvidence,
  'answer.contradicted': tellContradictions,
} as const satisfies Partial<
  Record<WebhookEventKind, (tx: Tx, organisationId: string, now: Date) => Promise<void>>
>

export async function tellWhatIsDue(organisationId: string): Promise<void> {
  const { database, clock } = getRuntime()
  const wanted = await database.inOrganisation(organisationId, async (tx) =>
    (await listWebhooks(tx, organisationId)).flatMap(({ state, events }) => (state === 'on' ? events : [])),
  )
  for (const [kind, look] of Object.entries(LOOKS)) {
    if (wanted.includes(kind))
      await database.inOrganisation(organisationId, (tx) => look(tx, organisationId, clock()))
  }
}

async function tellDueRequests(tx: Tx, organisationId: string, now: Date): Promise<void> {
  const due = await listDueRequests(tx, organisationId, now.toISOString().slice(0, 10))
  for (const { request, clientId, clientName } of due) {
    if (request.state !== 'open') continue
    await emitEvent(tx, organisationId, 'request.due', {
      client: { id: clientId, name: clientName },
      subject: { id: request.id, title: request.title },
      text: `${request.recipientName} was asked for this and has not answered: ${request.title}.`,
      path: `/requests/${request.id}`,
      dueOn: request.dueOn,
      key: `${request.id} ${request.dueOn}`,
    })
  }
}

async function tellDueSubjectivities(tx: Tx, organisationId: string): Promise<void> {
  for (const { client, condition, insurer } of await listOrganisationSubjectivities(tx, organisationId)) {
    const { id, dueNow, daysLeft, standing } = condition
    if (dueNow === null || daysLeft === null || daysLeft > URGENT_DAYS || !isToBeMet(standing)) continue
    await emitEvent(tx, organisationId, 'subjectivity.due', {
      client: { id: client.id, name: client.legalName },
      subject: { id, title: cutText(condition.condition, 200) },
      text: `${insurer ?? 'The insurer'} makes the policy depend on this: ${condition.condition}`,
      path: `/subjectivities/${id}`,
      dueOn: dueNow,
      urgency: 'high',
      key: `${id} ${dueNow}`,
    })
  }
}

async function tellExpiringEvidence(tx: Tx, organisationId: string, now: Date): Promise<void> {
  const clients = await listClients(tx, organisationId, 'active')
  const names = new Map(clients.map(({ id, legalName }) => [id, legalName]))
  for (const { evidence, revision } of await listEvidenceOfClients(tx, organisationId, [...names.keys()])) {
    const lastDay = lastDayToTell(evidence.kind, revision, now)
    if (lastDay === null) continue
    await emitEvent(tx, organisationId, 'evidence.expiring', {
      client: { id: evidence.clientId, name: names.get(evidence.clientId) ?? '' },
      subject: { id: evidence.id, title: evidence.title },
      text: `This evidence counts until ${lastDay}: ${evidence.title}. Ask for a newer one.`,
      path: `/evidence/${evidence.id}`,
      dueOn: lastDay,
      key: `${revision.id} ${lastDay}`,
    })
  }
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

async function tellContradictions(tx: Tx, organisationId: string, now: Date): Promise<void> {
  for (const client of await listClients(tx, organisationId, 'active')) {
    for (const row of await listApplications(tx, organisationId, client.id)) {
      if (row.state !== 'draft') continue
      await tellContradictionsOf(tx, organisationId, row.id, now).catch((error) => {
        // One application that cannot be judged keeps nobody from hearing of the others.
        if (!(error instanceof RefusedError)) throw error
      })
    }
  }
}

async function tellContradictionsOf(
  tx: Tx,
  organisationId: string,
  applicationId: string,
  now: Date,
): Promise<void> {
  const { client, edition, input } = await loadReadiness(tx, organisationId, applicationId, now)
  const questions = new Map(
    edition.sections.flatMap(({ id, questions }) =>
      questions.map((question) => [question.id, { sectionId: id, prompt: question.prompt }] as const),
    ),
  )
  for (const { questionId, status, reasons } of evaluateReadiness(input).answers) {
    const question = questions.get(questionId)
    if (status !== 'contradicted' || !question) continue
    // What contradicts it stands in the key: something new is told, the same thing once.
    const against = reasons.filter(({ outcome }) => outcome === 'contradicts')
    const causes = against.flatMap(({ ruleId, factIds }) => [ruleId ?? '', ...factIds]).sort()
    const because = createHash('sha256').update(causes.join(' ')).digest('hex').slice(0, 32)
    await emitEvent(tx, organisationId, 'answer.contradicted', {
      client: { id: client.id, name: client.legalName },
      subject: { id: applicationId, title: cutText(question.prompt, 200) },
      text: `Evidence contradicts the answer to “${question.prompt}”.`,
      path: `/applications/${applicationId}/sections/${question.sectionId}#${questionId}`,
      urgency: 'high',
      key: `${applicationId} ${questionId} ${because}`,
    })
  }
}
