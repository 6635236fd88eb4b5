/** Coverage day by day since the policy's inception, and what has drifted since the insured attested. */
import { setImmediate } from 'node:timers/promises'
import { driftSince } from '#app/readiness/drift.ts'
import { newestKnown, type Point } from '#app/readiness/record.ts'
import {
  type CoverState,
  coverOfAnswers,
  coverOfControls,
  daysBetween,
  type Strip,
  stripsOf,
  worstOf,
} from '#app/readiness/timeline.ts'
import { findLastEntry } from '#db/queries/ledger.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl } from '#questionnaires/controls.ts'
import { type Edition, listQuestions } from '#questionnaires/definition.ts'
import { type ClientHistory, forceOf, loadHistory, readinessAt } from './history.server.ts'
import { type HistoryQuery, momentOf } from './history-input.ts'
import { applicationsInForce, policyStartOn } from './in-force.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** A policy period and some months before it: what a claim looks back over. */
const MOST_DAYS = 800
const DAYS_AT_ONCE = 3
const KEPT = 50

type Timeline = Awaited<ReturnType<typeof computeTimeline>>
/** Of the same record on the same day it is the same; whatever changes the record writes to the ledger. */
const computed = new Map<string, Timeline>()

export interface TimelineControl extends Strip {
  label: string
}

/** @throws NotFoundError also when the client is another organisation's */
export async function getTimeline(member: Member, clientId: string, query: HistoryQuery): Promise<Timeline> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const knownOn = momentOf(query.knownOn, now)
  const found = await database.inOrganisation(organisationId, async (tx) => {
    const head = (await findLastEntry(tx, organisationId))?.hash ?? ''
    const key = [organisationId, clientId, knownOn.toISOString().slice(0, 10), head].join(' ')
    const known = computed.get(key)
    // Years of records are read only where they have to be judged.
    return known ? { known } : { key, history: await loadHistory(tx, organisationId, clientId, now, knownOn) }
  })
  if (found.known) return found.known
  const { key, history } = found
  const timeline = await computeTimeline(history, { trueOn: knownOn, knownOn })
  if (computed.size >= KEPT) computed.delete(computed.keys().next().value ?? '')
  computed.set(key, timeline)
  return timeline
}

/** Strips up to the day of `trueOn` and the drift up to then, all as known at `knownOn`. */
export async function computeTimeline(history: ClientHistory, { trueOn, knownOn }: Point) {
  const { first, since } = beginOf(history, { trueOn, knownOn })
  const last = trueOn.toISOString().slice(0, 10)
  const all = daysBetween(first, last)
  const days = all.slice(-MOST_DAYS)
  const controls: ReadonlyMap<string, CoverState>[] = []
  const attested = applicationsInForce(forceOf(history), { trueOn, knownOn }).flatMap((one) =>
    one.reportId !== null && one.attestedAt !== null
      ? [
          {
            ...one,
            reportId: one.reportId,
            attestedAt: one.attestedAt,
            answers: [] as ReadonlyMap<string, CoverState>[],
          },
        ]
      : [],
  )
  for (const [index, day] of days.entries()) {
    const point = { trueOn: momentOf(day, trueOn), knownOn }
    const judged = new Map(
      applicationsInForce(forceOf(history), point).flatMap(({ applicationId }) => {
        const found = readinessAt(history, applicationId, point)
        return found ? [[applicationId, found] as const] : []
      }),
    )
    controls.push(
      worstOf([...judged.values()].map(({ readiness, answers }) => coverOfControls(readiness, answers))),
    )
    for (const { applicationId, answers } of attested) {
      const signed = judged.get(applicationId)
      answers.push(signed ? coverOfAnswers(signed.readiness, signed.answers) : new Map())
    }
    // A year takes a second or so: others are served in between.
    if (index % DAYS_AT_ONCE === 0) await setImmediate()
  }
  return {
    client: history.client,
    now: history.now,
    /** The newest draft, whose answers can still be dated. */
    draftId: draftOf(history, knownOn),
    since,
    days: { first: days[0] ?? last, last, count: days.length, isCut: all.length > days.length },
    domains: byDomain(stripsOf(days, controls)),
    drift: driftOf(
      history,
      attested.map((one) => ({ ...one, strips: stripsOf(days, one.answers) })),
      { trueOn, knownOn },
    ),
  }
}

function draftOf({ record }: ClientHistory, knownOn: Date): string | null {
  const draft = record.applications.findLast(
    ({ discardedAt, versions }) => !discardedAt && newestKnown(versions, knownOn)?.state === 'draft',
  )
  return draft?.id ?? null
}

/** The day from which on cover could have been promised: the beginning of the period that the last day lies in. */
function beginOf(history: ClientHistory, point: Point) {
  const { client, record, signed } = history
  const dayOf = (moment: Date) => moment.toISOString().slice(0, 10)
  const start = policyStartOn(forceOf(history), point)
  if (start !== null) return { first: start, since: 'inception' as const }
  const [attested] = signed
  if (attested && attested.attestedAt <= point.trueOn)
    return { first: dayOf(attested.attestedAt), since: 'attestation' as const }
  const begun = record.applications[0]?.createdAt ?? client.createdAt
  // A day before everything is shown by itself rather than not at all.
  return {
    first: [dayOf(begun), dayOf(point.trueOn)].sort()[0] ?? dayOf(begun),
    since: 'application' as const,
  }
}

function byDomain(strips: readonly Strip[]) {
  const catalogue = loadCatalogue()
  const named = strips.map((strip) => ({ ...strip, control: findControl(catalogue, strip.id) }))
  return catalogue.domains
    .map(({ id, label }) => ({
      id,
      label,
      controls: named
        .filter(({ control }) => control?.domain === id)
        .map(({ control, ...strip }): TimelineControl => ({ ...strip, label: control?.label ?? strip.id })),
    }))
    .filter(({ controls }) => controls.length > 0)
}

interface Attested {
  applicationId: string
  reportId: string
  attestedAt: Date
  strips: readonly Strip[]
}

/** Of all applications in force; null where none is attested. */
function driftOf(history: ClientHistory, attested: readonly Attested[], point: Point) {
  const forms = attested.flatMap((one) => {
    const edition = history.editions.get(one.applicationId)
    const answers = edition && driftOfOne(history, one, edition, point)
    if (!answers) return []
    const { applicationId, reportId, attestedAt } = one
    return [{ applicationId, reportId, attestedAt, formTitle: edition.form.title, answers }]
  })
  return forms.length > 0 ? forms : null
}

function driftOfOne(
  history: ClientHistory,
  { applicationId, attestedAt, strips }: Attested,
  edition: Edition,
  { trueOn, knownOn }: Point,
) {
  const signed = readinessAt(history, applicationId, { trueOn: attestedAt, knownOn: attestedAt })
  const today = readinessAt(history, applicationId, { trueOn, knownOn })
  if (!signed || !today) return null
  const questions = new Map(listQuestions(edition).map((question) => [question.id, question]))
  const facts = new Map(history.record.facts.map((fact) => [fact.id, fact]))
  const revisions = new Map(
    history.record.evidence.flatMap((item) =>
      item.revisions.map((revision) => [revision.id, { item, revision }] as const),
    ),
  )
  const factValue = (factId: string) => facts.get(factId)?.fact.value ?? null
  return driftSince(signed, today, strips, factValue).map((drifted) => ({
    ...drifted,
    item: questions.get(drifted.questionId)?.reference.item ?? '',
    prompt: questions.get(drifted.questionId)?.prompt ?? drifted.questionId,
    sources: [
      ...new Set([
        ...drifted.revisionIds,
        ...drifted.factIds.flatMap((id) => facts.get(id)?.revisionId ?? []),
      ]),
    ].flatMap((id) => {
      const found = revisions.get(id)
      if (!found) return []
      const { item, revision } = found
      return [
        {
          evidenceId: item.id,
          title: item.versions.at(-1)?.title ?? revision.fileName,
          by: revision.collector,
          observedAt: revision.observedAt,
          receivedAt: revision.receivedAt,
        },
      ]
    }),
  }))
}
