/** What the record of a client shows of one day, as a claim pack freezes it. */
import type { ClientRecord, Point } from '#app/readiness/record.ts'
import { firstDayOf, observationOf, viewRecord } from '#app/readiness/record.ts'
import type { Tx } from '#db/client.server.ts'
import * as exceptionRows from '#db/queries/exceptions.server.ts'
import type { IncidentRow } from '#db/queries/incidents.server.ts'
import * as incidents from '#db/queries/incidents.server.ts'
import { listReattestationReports } from '#db/queries/reattestations.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { describeAnswer } from '#questionnaires/answers.ts'
import { findQuestion } from '#questionnaires/definition.ts'
import { loadWaivers } from './claim-pack-waivers.server.ts'
import { applicationInForce, type ClientHistory, judgeAt, loadHistory } from './history.server.ts'
import { describePoint } from './history-page.server.ts'

export interface CountedRevision {
  evidenceId: string
  revisionId: string
  /** Of the file that the item came in with, which says what it is. */
  firstRevisionId: string
  sequence: number
  sha256: string
  fileName: string
  kind: string
  title: string
  collector: string
  observedAt: Date
  receivedAt: Date
  validUntil: Date | null
  withdrawnAt: Date | null
  countedIn: ('as-of' | 'as-known' | 'attached')[]
}

/** @param point the end of the day, and the moment after which nothing is looked at */
export async function loadDay(tx: Tx, organisationId: string, incident: IncidentRow, point: Point) {
  const { clientId } = incident
  const history = await loadHistory(tx, organisationId, clientId, point.knownOn, point.knownOn)
  const then: Point = { trueOn: point.trueOn, knownOn: point.trueOn }
  const inForce = applicationInForce(history, point)
  const views: View[] = [
    ['as-of', inForce?.applicationId, point],
    ['as-known', applicationInForce(history, then)?.applicationId, then],
  ]
  const asIs = judgeAt(history, point)
  const report = inForce?.reportId ? await reports.findReport(tx, organisationId, inForce.reportId) : null
  const again = inForce
    ? await listReattestationReports(tx, organisationId, inForce.applicationId, point.trueOn)
    : []
  const exceptions = (await exceptionRows.listExceptionsOfClient(tx, organisationId, clientId)).filter(
    ({ exception }) => exception.recordedAt <= point.knownOn,
  )
  return {
    incident,
    history,
    point,
    inForce,
    edition: asIs.edition,
    report,
    /** Signed by the end of the day; one that was ended by then counts no more, as far as that was known. */
    reattestations: again.filter(({ endedAt }) => endedAt === null || endedAt > point.trueOn),
    answers: inForce ? describeAnswers(history, inForce.applicationId, point) : [],
    asIs: describePoint(asIs),
    asKnown: describePoint(judgeAt(history, then)),
    evidence: countRevisions(history, views),
    facts: listFacts(history, views),
    exceptions: exceptions.map(({ exception }) => describeException(exception, point)),
    waivers: await loadWaivers(tx, organisationId, clientId, point),
    assets: await incidents.listAssetsById(tx, organisationId, clientId, incident.affectedAssetIds),
  }
}
export type Day = Awaited<ReturnType<typeof loadDay>>

/** Each answer that held, with who gave it and when it was written down. */
function describeAnswers({ record, editions }: ClientHistory, applicationId: string, point: Point) {
  const edition = editions.get(applicationId)
  const held = viewRecord(record, applicationId, point)?.answers ?? {}
  const versions = record.applications.find(({ id }) => id === applicationId)?.answers ?? []
  return Object.entries(held).map(([questionId, answer]) => {
    const question = edition && findQuestion(edition, questionId)
    const version = versions
      .filter(
        (one) =>
          one.questionId === questionId && one.trueFrom <= point.trueOn && one.recordedAt <= point.knownOn,
      )
      .reduce<(typeof versions)[number] | null>(
        (best, next) => (best && best.version > next.version ? best : next),
        null,
      )
    return {
      questionId,
      item: question?.reference.item ?? '',
      prompt: question?.prompt ?? questionId,
      control: question?.control ?? null,
      answer,
      shown: question ? describeAnswer(question, answer) : null,
      trueFrom: version?.trueFrom.toISOString() ?? null,
      recordedAt: version?.recordedAt.toISOString() ?? null,
      by: version?.by ?? null,
    }
  })
}

type View = [name: 'as-of' | 'as-known', applicationId: string | undefined, point: Point]

/**
 * Every original that a view rests on, or that an answer in it attaches; a redacted copy proves nothing.
 * In the order of the record.
 */
function countRevisions({ record }: ClientHistory, views: readonly View[]): CountedRevision[] {
  const counted = new Map<string, Set<CountedRevision['countedIn'][number]>>()
  const count = (revisionId: string, name: CountedRevision['countedIn'][number]) =>
    counted.set(revisionId, (counted.get(revisionId) ?? new Set()).add(name))
  for (const [name, applicationId, point] of views) {
    const view = applicationId ? viewRecord(record, applicationId, point) : null
    for (const { revision } of view?.evidence ?? []) count(revision.id, name)
    for (const { fact } of view?.facts ?? []) count(fact.revisionId, name)
    for (const answer of Object.values(view?.answers ?? {})) {
      if (answer.state === 'answered' && answer.value.kind === 'attachment')
        for (const { revisionId } of answer.value.files) count(revisionId, 'attached')
    }
  }
  return listRevisions(record, views[0]?.[2]).flatMap((revision) => {
    const countedIn = counted.get(revision.revisionId)
    return countedIn ? [{ ...revision, countedIn: [...countedIn] }] : []
  })
}

/** Each fact that counted in a view, in the order of the record. */
function listFacts({ record }: ClientHistory, views: readonly View[]) {
  const counted = new Map<string, ('as-of' | 'as-known')[]>()
  for (const [name, applicationId, point] of views) {
    const view = applicationId ? viewRecord(record, applicationId, point) : null
    for (const { fact } of view?.facts ?? []) counted.set(fact.id, [...(counted.get(fact.id) ?? []), name])
  }
  return record.facts.flatMap(({ id, revisionId, fact, recordedAt }) => {
    const countedIn = counted.get(id)
    return countedIn ? [{ revisionId, fact, recordedAt: recordedAt.toISOString(), countedIn }] : []
  })
}

function listRevisions(record: ClientRecord, point: Point | undefined): Omit<CountedRevision, 'countedIn'>[] {
  return record.evidence.flatMap((item) =>
    item.revisions
      .filter(({ isRedactedCopy }) => !isRedactedCopy)
      .map((revision) => ({
        evidenceId: item.id,
        revisionId: revision.id,
        firstRevisionId: item.revisions[0]?.id ?? revision.id,
        sequence: revision.sequence,
        sha256: revision.sha256,
        fileName: revision.fileName,
        kind: item.versions.at(-1)?.kind ?? '',
        title: item.versions.at(-1)?.title ?? revision.fileName,
        collector: revision.collector,
        observedAt: point ? observationOf(revision, point.knownOn) : revision.observedAt,
        receivedAt: revision.receivedAt,
        validUntil: revision.validUntil,
        withdrawnAt: revision.withdrawnAt ?? item.withdrawnAt,
      })),
  )
}

function describeException(exception: exceptionRows.ExceptionRow, { trueOn, knownOn }: Point) {
  const { id, applicationId, questionId, scope, reason, compensatingControl, owner, approvedBy } = exception
  const day = trueOn.toISOString().slice(0, 10)
  const startsOn = firstDayOf(exception)
  const isRevoked = exception.revokedAt !== null && exception.revokedAt <= knownOn
  const runsOn = startsOn <= day && day <= exception.expiresOn
  return {
    id,
    applicationId,
    questionId,
    scope,
    reason,
    compensatingControl,
    owner,
    approvedBy,
    startsOn,
    expiresOn: exception.expiresOn,
    recordedAt: exception.recordedAt.toISOString(),
    revokedAt: isRevoked ? (exception.revokedAt?.toISOString() ?? null) : null,
    revokedByName: isRevoked ? exception.revokedByName : null,
    revokedReason: isRevoked ? exception.revokedReason : null,
    coveredTheDay: runsOn && !(exception.revokedAt && exception.revokedAt <= trueOn),
  }
}
