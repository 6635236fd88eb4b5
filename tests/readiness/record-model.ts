/**
 * A history twice: as the tables keep it, with both times on each row, and as a naive replay that knows only the past.
 * They share nothing but the events.
 */
import type { ClientRecord, Point, RecordView } from '#app/readiness/record.ts'
import type { Answer } from '#questionnaires/answers.ts'

export type Happening =
  | { type: 'answer'; question: number; value: number | null; back: number }
  | { type: 'circumstances'; headcount: number }
  | { type: 'evidence'; observed: Date; scan: boolean }
  | { type: 'revision'; item: number; observed: Date; scan: boolean; copy: boolean }
  | { type: 'read'; item: number; fails: boolean; own: Date | null }
  | { type: 'explain'; item: number }
  | { type: 'fact'; item: number; observed: Date; value: number }
  | { type: 'supersede'; fact: number }
  | { type: 'link'; item: number; control: number }
  | { type: 'withdraw'; item: number }
  | { type: 'withdraw-revision'; item: number }
  | { type: 'except'; question: number; starts: Date | null; ends: Date }
  | { type: 'revoke'; exception: number }
export type Event = Happening
export type DatedEvent = Event & { at: Date }

const DAY = 86_400_000
/** Whatever number is drawn names one of those there are. */
const chosen = <T>(items: readonly T[], number: number): T | undefined => items[number % items.length]
const START = new Date(Date.UTC(2026, 0, 1))
const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const answerOf = (value: number): Answer => ({
  state: 'answered',
  value: { kind: 'text', text: String(value) },
})

interface Revision {
  id: string
  observed: Date
  received: Date
  sequence: number
  isCopy: boolean
  /** Of scans: the attempts to read it. */
  attempts: ('pending' | 'done' | 'failed')[]
  isWithdrawn: boolean
}
interface State {
  answers: { question: string; answer: Answer | null; trueFrom: Date }[]
  headcount: number | null
  items: { id: string; controls: string[]; isWithdrawn: boolean; revisions: Revision[] }[]
  facts: { id: string; revisionId: string; observed: Date; value: number; isSuperseded: boolean }[]
  exceptions: { id: string; question: string; starts: string; ends: string; revoked: Date | null }[]
}

/** What the world knew after the events up to then: overwritten in place, as a program without history would. */
function replay(events: readonly DatedEvent[], knownOn: Date): State {
  const state: State = { answers: [], headcount: null, items: [], facts: [], exceptions: [] }
  for (const event of events) if (event.at <= knownOn) apply(state, event)
  return state
}

function apply(state: State, event: DatedEvent): void {
  const item = 'item' in event ? chosen(state.items, event.item) : undefined
  const revision = item?.revisions.at(-1)
  switch (event.type) {
    case 'answer':
      state.answers.push({
        question: `q${event.question}`,
        answer: event.value === null ? null : answerOf(event.value),
        trueFrom: new Date(event.at.getTime() - event.back * DAY),
      })
      return
    case 'circumstances':
      state.headcount = event.headcount
      return
    case 'evidence':
      state.items.push({
        id: `e${state.items.length}`,
        controls: [],
        isWithdrawn: false,
        revisions: [newRevision(`e${state.items.length}r1`, 1, event)],
      })
      return
    case 'revision':
      if (!item || item.isWithdrawn) return
      item.revisions.push({
        ...newRevision(`${item.id}r${item.revisions.length + 1}`, item.revisions.length + 1, event),
        isCopy: event.copy,
        attempts: event.scan && !event.copy ? ['pending'] : [],
      })
      return
    case 'read':
      if (revision?.attempts.at(-1) !== 'pending') return
      revision.attempts[revision.attempts.length - 1] = event.fails ? 'failed' : 'done'
      if (!event.fails && event.own) revision.observed = event.own
      return
    case 'explain':
      if (!revision || revision.isCopy || !['failed', undefined].includes(revision.attempts.at(-1))) return
      revision.attempts.push('pending')
      return
    case 'fact':
      if (!revision) return
      state.facts.push({
        id: `f${state.facts.length}`,
        revisionId: revision.id,
        observed: event.observed,
        value: event.value,
        isSuperseded: false,
      })
      return
    case 'supersede': {
      const fact = chosen(state.facts, event.fact)
      if (fact) fact.isSuperseded = true
      return
    }
    case 'link':
      if (item) item.controls = [`c${event.control}`]
      return
    case 'withdraw':
      if (item) item.isWithdrawn = true
      return
    case 'withdraw-revision':
      if (revision) revision.isWithdrawn = true
      return
    case 'except':
      state.exceptions.push({
        id: `x${state.exceptions.length}`,
        question: `q${event.question}`,
        starts: dayOf(event.starts ?? event.at),
        ends: dayOf(event.ends),
        revoked: null,
      })
      return
    case 'revoke': {
      const exception = chosen(state.exceptions, event.exception)
      if (exception) exception.revoked ??= event.at
    }
  }
}

function newRevision(
  id: string,
  sequence: number,
  event: { observed: Date; scan: boolean; at: Date },
): Revision {
  return {
    id,
    sequence,
    observed: event.observed,
    received: event.at,
    isCopy: false,
    attempts: event.scan ? ['pending'] : [],
    isWithdrawn: false,
  }
}

const hasSaneDate = ({ observed, received }: Revision) => observed.getTime() - received.getTime() <= DAY

/** The later observation speaks; where one date cannot be true, the order of arrival decides. */
function silences(other: Revision, one: Revision): boolean {
  if (!hasSaneDate(other)) return false
  if (!hasSaneDate(one) || other.observed.getTime() === one.observed.getTime())
    return other.sequence > one.sequence
  return other.observed > one.observed
}

/** The naive answer: replay what was known, then leave out what was not true yet. */
export function modelOf(events: readonly DatedEvent[], { trueOn, knownOn }: Point) {
  const { answers, headcount, items, facts, exceptions } = replay(events, knownOn)
  const isWrongOrPast = (observed: Date) => observed > knownOn || observed <= trueOn
  const said: Record<string, string> = {}
  for (const { question, answer, trueFrom } of answers) {
    if (trueFrom > trueOn) continue
    if (answer) said[question] = JSON.stringify(answer)
    else delete said[question]
  }
  const standing = items.filter(({ isWithdrawn }) => !isWithdrawn)
  const counted = standing.map((item) => ({
    item,
    revisions: item.revisions.filter((one) => !one.isWithdrawn && isWrongOrPast(one.observed)),
  }))
  const isRead = ({ attempts }: Revision) => attempts.length === 0 || attempts.at(-1) === 'done'
  const speaking = new Set(
    counted.flatMap(({ revisions }) =>
      revisions
        .filter((one) => !revisions.some((other) => !other.isCopy && isRead(other) && silences(other, one)))
        .map(({ id }) => id),
    ),
  )
  return {
    headcount,
    answers: said,
    evidence: counted
      .flatMap(({ item, revisions }) => {
        const best = revisions
          .filter((one) => !one.isCopy && one.attempts.at(-1) !== 'failed')
          .sort(
            (a, b) =>
              Number(hasSaneDate(a)) - Number(hasSaneDate(b)) ||
              a.observed.getTime() - b.observed.getTime() ||
              a.sequence - b.sequence,
          )
          .at(-1)
        return best ? [`${item.id} ${item.controls} ${best.id} ${best.observed.toISOString()}`] : []
      })
      .sort(),
    facts: facts
      .filter(({ isSuperseded, observed }) => !isSuperseded && isWrongOrPast(observed))
      .filter(({ revisionId }) => speaking.has(revisionId))
      .map(({ id, value }) => `${id} ${value}`)
      .sort(),
    exceptions: exceptions
      // Revoked later than the day asked about: on that day it still covered.
      .filter(({ revoked, starts }) => (!revoked || revoked > trueOn) && starts <= dayOf(trueOn))
      .map(({ id, question, ends }) => `${id} ${question} ${ends}`)
      .sort(),
  }
}

/** A view in the words of the model. */
export function seen(view: RecordView) {
  return {
    headcount: view.application.circumstances.headcount ?? null,
    answers: Object.fromEntries(
      Object.entries(view.answers).map(([question, answer]) => [question, JSON.stringify(answer)]),
    ),
    evidence: view.evidence
      .map(
        ({ evidence, revision }) =>
          `${evidence.id} ${evidence.controlIds} ${revision.id} ${revision.observedAt.toISOString()}`,
      )
      .sort(),
    facts: view.facts.map(({ fact }) => `${fact.id} ${fact.fact.value}`).sort(),
    exceptions: view.exceptions
      .map(({ id, questionId, expiresOn }) => `${id} ${questionId} ${expiresOn}`)
      .sort(),
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? Mutable<U>[] : T[K] }

/** The same events as rows that are never overwritten. */
export function tables(events: readonly DatedEvent[]): ClientRecord {
  const application: Mutable<ClientRecord['applications'][number]> = {
    id: 'application',
    formCode: 'form',
    movedFrom: null,
    createdAt: START,
    discardedAt: null,
    versions: [{ state: 'draft', circumstances: {}, recordedAt: START }],
    answers: [],
  }
  const record = {
    evidence: [] as Mutable<ClientRecord['evidence'][number]>[],
    facts: [] as Mutable<ClientRecord['facts'][number]>[],
    exceptions: [] as Mutable<ClientRecord['exceptions'][number]>[],
  }
  for (const event of events) {
    const { at } = event
    const item = 'item' in event ? chosen(record.evidence, event.item) : undefined
    const revision = item?.revisions.at(-1)
    const last = revision?.readings.at(-1)
    switch (event.type) {
      case 'answer': {
        const questionId = `q${event.question}`
        application.answers.push({
          questionId,
          version: application.answers.filter((one) => one.questionId === questionId).length + 1,
          answer: event.value === null ? null : answerOf(event.value),
          trueFrom: new Date(at.getTime() - event.back * DAY),
          recordedAt: at,
          by: 'somebody',
        })
        break
      }
      case 'circumstances':
        application.versions.push({
          state: 'draft',
          circumstances: { headcount: event.headcount },
          recordedAt: at,
        })
        break
      case 'evidence': {
        const id = `e${record.evidence.length}`
        record.evidence.push({
          id,
          createdAt: at,
          withdrawnAt: null,
          versions: [{ title: id, kind: 'kind', controlIds: [], questionRefs: [], recordedAt: at }],
          revisions: [rowOf(`${id}r1`, 1, event)],
        })
        break
      }
      case 'revision': {
        if (!item || item.withdrawnAt) break
        const sequence = item.revisions.length + 1
        item.revisions.push({
          ...rowOf(`${item.id}r${sequence}`, sequence, { ...event, scan: event.scan && !event.copy }),
          isRedactedCopy: event.copy,
        })
        break
      }
      case 'read':
        if (!revision || !last || last.finishedAt) break
        last.finishedAt = at
        last.isDone = !event.fails
        if (event.fails || !event.own) break
        revision.statedObservedAt ??= revision.observedAt
        revision.observedAt = event.own
        revision.observedCorrectedAt = at
        break
      case 'explain':
        if (!revision || revision.isRedactedCopy || (last && (!last.finishedAt || last.isDone))) break
        revision.readings.push({ isDone: false, startedAt: at, finishedAt: null })
        break
      case 'fact':
        if (!revision) break
        record.facts.push({
          id: `f${record.facts.length}`,
          revisionId: revision.id,
          fact: { value: event.value } as never,
          observedAt: event.observed,
          recordedAt: at,
          supersededAt: null,
        })
        break
      case 'supersede': {
        const fact = chosen(record.facts, event.fact)
        if (fact) fact.supersededAt ??= at
        break
      }
      case 'link':
        item?.versions.push({
          title: item.id,
          kind: 'kind',
          controlIds: [`c${event.control}`],
          questionRefs: [],
          recordedAt: at,
        })
        break
      case 'withdraw':
        if (item) item.withdrawnAt ??= at
        break
      case 'withdraw-revision':
        if (revision) revision.withdrawnAt ??= at
        break
      case 'except':
        record.exceptions.push({
          id: `x${record.exceptions.length}`,
          applicationId: 'application',
          questionId: `q${event.question}`,
          reason: '',
          compensatingControl: '',
          owner: '',
          approvedBy: '',
          startsOn: event.starts && dayOf(event.starts),
          expiresOn: dayOf(event.ends),
          recordedAt: at,
          revokedAt: null,
        })
        break
      case 'revoke': {
        const exception = chosen(record.exceptions, event.exception)
        if (exception) exception.revokedAt ??= at
      }
    }
  }
  return { applications: [application], ...record }
}

function rowOf(id: string, sequence: number, event: { observed: Date; scan: boolean; at: Date }) {
  return {
    id,
    sequence,
    sha256: id,
    fileName: id,
    collector: 'somebody',
    observedAt: event.observed,
    statedObservedAt: null as Date | null,
    observedCorrectedAt: null as Date | null,
    receivedAt: event.at,
    validUntil: null,
    withdrawnAt: null as Date | null,
    isRedactedCopy: false,
    readings: event.scan ? [{ isDone: false, startedAt: event.at, finishedAt: null as Date | null }] : [],
  }
}
