/** A signed application against today: which answers are as they were, and what became of the others. */
import { canonicalJson } from '#evidence/canonical.ts'
import { DAY_MS } from '#evidence/freshness.ts'
import { type Catalogue, findEvidenceKind } from '#questionnaires/controls.ts'
import { newlyAgainst } from './drift.ts'
import { isLive, selectFactsInForce } from './facts-in-force.ts'
import { sortedBy } from './order.ts'
import { MARKS, type Mark } from './reattestation-marks.ts'
import { standingOf } from './standing.ts'
import type { AnswerReadiness, AnswerStatus, FactSource, ReadinessInput, Reason } from './status.ts'

/** An answer as it was signed. */
export interface SignedAnswer {
  questionId: string
  status: AnswerStatus
  weakened: boolean
  exceptionId: string | null
  reasons: readonly Reason[]
}

/** Evidence that supported an answer when it was signed and counts no more. */
export interface Lapse {
  revisionId: string
  title: string
  /** `aged` past its kind's limit, `ended` by its own date, `withdrawn` since. */
  why: 'aged' | 'ended' | 'withdrawn'
  /** First day on which it did not count; null for what was withdrawn. */
  since: string | null
}

export interface ComparedAnswer {
  questionId: string
  /** The gravest of `marks`. */
  mark: Mark
  marks: Mark[]
  /** null where the question applies no more. */
  today: { status: AnswerStatus; weakened: boolean; exceptionId: string | null } | null
  /** First day of the present state, where that is known. */
  since: string | null
  /** What speaks against the answer today and did not when it was signed. */
  against: Reason[]
  lapsed: Lapse[]
}

export interface ComparisonSources {
  signed: readonly SignedAnswer[]
  /** Readiness of the same application, with the answers that were signed, against the facts of today. */
  today: readonly AnswerReadiness[]
  /** Questions that the client has answered otherwise since, in another form. */
  changed: ReadonlySet<string>
  /** By revision, what counted when it was signed and does not today. */
  lapses: ReadonlyMap<string, Lapse>
  /** The revision that a fact was read from. */
  revisionOf: (factId: string) => string | undefined
  /** What a fact says, then or today. */
  factValue: (factId: string) => unknown
  /** By question, since when the evidence shows what it shows today. */
  since: ReadonlyMap<string, string>
  observedOn: (factId: string) => string | undefined
}

/** Pure; in the order of the signed answers. */
export function compareWithSigned(sources: ComparisonSources): ComparedAnswer[] {
  const now = new Map(sources.today.map((answer) => [answer.questionId, answer]))
  return sources.signed.map((earlier) => compareAnswer(earlier, now.get(earlier.questionId), sources))
}

function compareAnswer(
  earlier: SignedAnswer,
  today: AnswerReadiness | undefined,
  sources: ComparisonSources,
): ComparedAnswer {
  const against = today ? newlyAgainst(earlier, today, sources.factValue) : []
  const isExpired =
    earlier.status === 'supported' && (today?.status === 'stale' || today?.status === 'unsupported')
  const holds: Record<Exclude<Mark, 'unchanged'>, boolean> = {
    contradicted: today?.status === 'contradicted' && isNews(earlier, today, against),
    changed: !today || sources.changed.has(earlier.questionId),
    'evidence-expired': isExpired,
    weakened: today?.status === 'supported' && today.weakened && against.length > 0,
    'supported-newly': today?.status === 'supported' && earlier.status !== 'supported',
  }
  const found = MARKS.filter((mark) => mark !== 'unchanged' && holds[mark])
  const marks: Mark[] = found.length > 0 ? found : ['unchanged']
  const mark = marks[0] ?? 'unchanged'
  return {
    questionId: earlier.questionId,
    mark,
    marks,
    today: today ? { status: today.status, weakened: today.weakened, exceptionId: today.exceptionId } : null,
    since: mark === 'unchanged' ? null : sinceOf(earlier.questionId, against, sources),
    against,
    lapsed: isExpired ? lapsesOf(earlier, sources) : [],
  }
}

/** A contradiction that was signed under an exception is news only by another reason, or without the exception. */
function isNews(earlier: SignedAnswer, today: AnswerReadiness, against: readonly Reason[]): boolean {
  if (earlier.status !== 'contradicted' || today.exceptionId === null) return true
  return against.some(({ outcome }) => outcome === 'contradicts')
}

/** By the record of each day, else by what was observed: all facts of a reason have to be there. */
function sinceOf(
  questionId: string,
  against: readonly Reason[],
  { since, observedOn }: ComparisonSources,
): string | null {
  const recorded = since.get(questionId)
  if (recorded) return recorded
  const days = against.flatMap(({ factIds }) => factIds.flatMap((id) => observedOn(id) ?? []))
  return days.sort().at(-1) ?? null
}

function lapsesOf(earlier: SignedAnswer, { lapses, revisionOf }: ComparisonSources): Lapse[] {
  const supporting = earlier.reasons.filter(({ outcome }) => outcome === 'supports')
  const revisionIds = new Set(
    supporting.flatMap(({ factIds, revisionIds: cited }) => [
      ...cited,
      ...factIds.flatMap((id) => revisionOf(id) ?? []),
    ]),
  )
  return [...revisionIds].flatMap((id) => lapses.get(id) ?? [])
}

/**
 * Evidence of the signed statement that counts no more.
 * @param current revisions that are still there today
 */
export function findLapses(
  signed: readonly {
    revisionId: string
    title: string
    kind: string
    observedAt: Date
    validUntil: Date | null
  }[],
  current: ReadonlySet<string>,
  catalogue: Catalogue,
  now: Date,
): Map<string, Lapse> {
  const lapses = signed.flatMap((item): Lapse[] => {
    const { revisionId, title, observedAt, validUntil } = item
    const standing = standingOf(item, catalogue, now)
    if (standing.state === 'stale') {
      const limit = findEvidenceKind(catalogue, item.kind)?.maximumDays ?? null
      const end = standing.ended ? validUntil : new Date(observedAt.getTime() + ((limit ?? 0) + 1) * DAY_MS)
      const since = end && !Number.isNaN(end.getTime()) ? end.toISOString().slice(0, 10) : null
      return [{ revisionId, title, why: standing.ended ? 'ended' : 'aged', since }]
    }
    return current.has(revisionId) ? [] : [{ revisionId, title, why: 'withdrawn', since: null }]
  })
  return new Map(lapses.map((lapse) => [lapse.revisionId, lapse]))
}

export interface ChangedFact {
  before: FactSource | null
  now: FactSource | null
}

type FactSituation = Pick<ReadinessInput, 'facts' | 'evidence' | 'catalogue' | 'now'>

/** What is observed of the same thing from the same viewpoint and reads otherwise than it did; what is new or gone too. */
export function compareFacts(then: FactSituation, today: FactSituation): ChangedFact[] {
  const before = factsByPlace(then)
  const now = factsByPlace(today)
  const places = sortedBy([...new Set([...before.keys(), ...now.keys()])], (place) => place)
  return places.flatMap((place) => {
    const [earlier = null, later = null] = [before.get(place), now.get(place)]
    return sayingOf(earlier) === sayingOf(later) ? [] : [{ before: earlier, now: later }]
  })
}

function factsByPlace(situation: FactSituation): Map<string, FactSource> {
  const live = [...selectFactsInForce(situation).values()].flat(2).filter(isLive)
  return new Map(
    sortedBy(
      live.map(({ fact }) => fact),
      ({ observedAt }) => observedAt,
      ({ id }) => id,
    ).map((fact) => [
      [fact.key, fact.scope.viewpoint, fact.scope.subject.trim().toLowerCase()].join(' '),
      fact,
    ]),
  )
}

function sayingOf(fact: FactSource | null): string {
  if (!fact) return ''
  const { value, numerator = null, denominator = null } = fact
  return canonicalJson({ value, numerator, denominator })
}

/** Whether an answer is gone through by itself; the others are confirmed together after they were read. */
export const isWalked = (mark: Mark): boolean => mark !== 'unchanged' && mark !== 'supported-newly'
