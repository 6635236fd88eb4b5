/** What was true of a client on a day, as known on another: answered from the record each time, kept nowhere. */
import { DEFAULT_LANGUAGE, type Language } from '#app/language/languages.ts'
import type { Judged } from '#app/readiness/drift.ts'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { ClientRecord, Point } from '#app/readiness/record.ts'
import type { Tx } from '#db/client.server.ts'
import { listReportsOfClient } from '#db/queries/reports.server.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { inputAt, loadRecord } from './client-record.server.ts'
import { getClientRow } from './clients.server.ts'
import { editionOf } from './editions.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { type HistoryQuery, momentOf } from './history-input.ts'
import { applicationsInForce, type SignedApplication } from './in-force.ts'
import type { Member } from './member.ts'
import { toldIn } from './readiness.server.ts'
import { getRuntime } from './runtime.server.ts'

export interface ClientHistory {
  client: Awaited<ReturnType<typeof getClientRow>>
  record: ClientRecord
  /** By application; one whose edition cannot be read any more is left out. */
  editions: ReadonlyMap<string, Edition>
  /** Attested reports of applications, oldest first, also those that were in force only for a time. */
  signed: SignedApplication[]
  now: Date
}

/** @param knownOn nothing that was recorded later is looked at */
export async function loadHistory(
  tx: Tx,
  organisationId: string,
  clientId: string,
  now: Date,
  knownOn: Date = now,
): Promise<ClientHistory> {
  const client = await getClientRow(tx, organisationId, clientId)
  const { record, applications } = await loadRecord(tx, organisationId, clientId, knownOn)
  const editions = new Map<string, Edition>()
  for (const application of applications) {
    try {
      editions.set(application.id, await editionOf(tx, application))
    } catch (error) {
      // One edition that was tampered with must not hide the history of the others.
      if (!(error instanceof RefusedError)) throw error
    }
  }
  const signed = (await listReportsOfClient(tx, organisationId, clientId))
    .flatMap(({ id, kind, applicationId, attestedAt, endedAt, coversFrom }) =>
      // A re-attestation keeps an application true; which one answers is decided by the applications alone.
      kind === 'application' && attestedAt && attestedAt <= knownOn
        ? [
            {
              applicationId,
              reportId: id,
              attestedAt,
              endedAt: endedAt && endedAt <= knownOn ? endedAt : null,
              coversFrom,
            },
          ]
        : [],
    )
    .sort((a, b) => a.attestedAt.getTime() - b.attestedAt.getTime())
  return { client, record, editions, signed, now }
}

/** As `applicationsInForce`, the one that stands for the client; null where there was none. */
export function applicationInForce(history: ClientHistory, point: Point) {
  return applicationsInForce(forceOf(history), point)[0] ?? null
}

export const forceOf = ({ client, record, editions, signed }: ClientHistory) => ({
  policyInceptionOn: client.policyInceptionOn,
  record,
  editions,
  signed,
})

/** @returns null where the application was not known at that point */
export function readinessAt(
  history: ClientHistory,
  applicationId: string,
  point: Point,
  language: Language = DEFAULT_LANGUAGE,
): Judged | null {
  const input = inputAt(history.record, applicationId, history.editions, point)
  return input ? { readiness: evaluateReadiness(toldIn(language, input)), answers: input.answers } : null
}

/**
 * The readiness of a client seen from any point.
 * @throws NotFoundError also for an application of another client or organisation
 */
export async function getReadinessAt(
  member: Pick<Member, 'organisationId'>,
  clientId: string,
  query: HistoryQuery,
) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const knownOn = momentOf(query.knownOn, now)
  const trueOn = momentOf(query.trueOn ?? query.knownOn, now)
  const history = await database.inOrganisation(organisationId, (tx) =>
    loadHistory(tx, organisationId, clientId, now, knownOn),
  )
  return judgeAt(history, { trueOn, knownOn }, query.application)
}

/**
 * @param applicationId one of the client's; left out for the one in force at the point
 * @throws NotFoundError where the client had no such application then
 */
export function judgeAt(history: ClientHistory, point: Point, applicationId?: string) {
  if (applicationId && !history.record.applications.some(({ id }) => id === applicationId))
    throw new NotFoundError('No such application of this client at that time')
  const inForce = applicationId
    ? { applicationId, basis: 'chosen' as const }
    : applicationInForce(history, point)
  const judged = inForce && readinessAt(history, inForce.applicationId, point)
  return {
    client: history.client,
    point,
    /** All that were in force, the one shown where nobody chose first. */
    inForce: applicationsInForce(forceOf(history), point).flatMap(({ applicationId: id, basis }) => {
      const edition = history.editions.get(id)
      return edition ? [{ id, basis, title: edition.form.title, edition: edition.edition }] : []
    }),
    application: inForce && { id: inForce.applicationId, basis: inForce.basis },
    edition: (inForce && history.editions.get(inForce.applicationId)) ?? null,
    answers: judged?.answers ?? {},
    readiness: judged?.readiness ?? null,
  }
}
