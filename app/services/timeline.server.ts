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
} from '#app/readiness/timeline.ts'
import { findLastEntry } from '#db/queries/ledger.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl } from '#questionnaires/controls.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { applicationInForce, type ClientHistory, loadHistory, readinessAt } from './history.server.ts'
import { type HistoryQuery, momentOf } from './history-input.ts'
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
  const { first, since } = beginOf(history)
  const last = trueOn.toISOString().slice(0, 10)
  const all = daysBetween(first, last)
  const days = all.slice(-MOST_DAYS)
  const controls: ReadonlyMap<string, CoverState>[] = []
  const answers: ReadonlyMap<string, CoverState>[] = []
  const newest = attestedBy(history, trueOn)
  for (const [index, day] of days.entries()) {
    const point = { trueOn: momentOf(day, trueOn), knownOn }
    const inForce = applicationInForce(history, point)
    const judged = inForce && readinessAt(history, inForce.applicationId, point)
    controls.push(judged ? coverOfControls(judged.readiness, judged.answers) : new Map())
    if (newest) {
      const signed = inForce?.applicationId === newest.applicationId ? judged : null
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
    drift: driftOf(history, stripsOf(days, answers), { trueOn, knownOn }),
  }
}

function draftOf({ record }: ClientHistory, knownOn: Date): string | null {
  const draft = record.applications.findLast(
    ({ discardedAt, versions }) => !discardedAt && newestKnown(versions, knownOn)?.state === 'draft',
  )
  return draft?.id ?? null
}

/** The day from which on cover could have been promised. */
function beginOf({ client, record, signed, now }: ClientHistory) {
  const dayOf = (moment: Date) => moment.toISOString().slice(0, 10)
  if (client.policyInceptionOn && client.policyInceptionOn <= dayOf(now))
    return { first: client.policyInceptionOn, since: 'inception' as const }
  const [attested] = signed
  if (attested) return { first: dayOf(attested.attestedAt), since: 'attestation' as const }
  return {
    first: dayOf(record.applications[0]?.createdAt ?? client.createdAt),
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

const attestedBy = ({ signed }: ClientHistory, moment: Date) =>
  signed.findLast(({ attestedAt }) => attestedAt <= moment)

function driftOf(history: ClientHistory, strips: readonly Strip[], { trueOn, knownOn }: Point) {
  const newest = attestedBy(history, trueOn)
  const edition = newest && history.editions.get(newest.applicationId)
  if (!newest || !edition) return null
  const { applicationId, attestedAt } = newest
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
  return {
    ...newest,
    formTitle: edition.form.title,
    answers: driftSince(signed, today, strips).map((drifted) => ({
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
    })),
  }
}
