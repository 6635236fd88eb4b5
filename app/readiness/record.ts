/**
 * The whole record of a client in both times, and what it shows from any point of them: what was true on one day, as
 * known on another. Readiness "as of" is the engine over such a view; nothing is kept from day to day.
 */
import type { Fact } from '#evidence/facts.ts'
import type { Answer, Answers } from '#questionnaires/answers.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { type RecordedWaiver, waiversAt } from './declined-services.ts'
import type { ExceptionSource, WaiverSource } from './status.ts'

export interface RecordedApplication {
  id: string
  formCode: string
  movedFrom: string | null
  createdAt: Date
  discardedAt: Date | null
  versions: readonly { state: 'draft' | 'frozen'; circumstances: Circumstances; recordedAt: Date }[]
  answers: readonly RecordedAnswer[]
}

/** One saved version; it holds from `trueFrom` until a later version says otherwise for the same day. */
export interface RecordedAnswer {
  questionId: string
  version: number
  answer: Answer | null
  trueFrom: Date
  recordedAt: Date
  by: string
}

export interface RecordedEvidence {
  id: string
  createdAt: Date
  withdrawnAt: Date | null
  versions: readonly {
    title: string
    kind: string
    controlIds: string[]
    questionRefs: string[]
    recordedAt: Date
  }[]
  revisions: readonly RecordedRevision[]
}

export interface RecordedRevision {
  id: string
  sequence: number
  sha256: string
  fileName: string
  collector: string
  observedAt: Date
  /** What was believed before the file told its own date. */
  statedObservedAt: Date | null
  observedCorrectedAt: Date | null
  receivedAt: Date
  validUntil: Date | null
  withdrawnAt: Date | null
  isRedactedCopy: boolean
  /** How a scan or a table was read, each attempt; none for a document. In the order of their beginning. */
  readings: readonly { isDone: boolean; startedAt: Date; finishedAt: Date | null }[]
}

export interface RecordedFact {
  id: string
  revisionId: string
  fact: Fact
  observedAt: Date
  recordedAt: Date
  supersededAt: Date | null
}

export interface RecordedException extends ExceptionSource {
  applicationId: string
  /** First day it covers, YYYY-MM-DD; null: the day it was recorded. */
  startsOn: string | null
  recordedAt: Date
  revokedAt: Date | null
}

export interface ClientRecord {
  applications: readonly RecordedApplication[]
  evidence: readonly RecordedEvidence[]
  facts: readonly RecordedFact[]
  exceptions: readonly RecordedException[]
  /** None where absent. */
  waivers?: readonly RecordedWaiver[]
}

/** Both are moments; `trueOn` is not after `knownOn`: nobody knows what is yet to be true. */
export interface Point {
  trueOn: Date
  knownOn: Date
}

export interface EvidenceView {
  evidence: { id: string; kind: string; title: string; controlIds: string[]; questionRefs: string[] }
  revision: { id: string; observedAt: Date; validUntil: Date | null }
}

/** An application as it stood, with the answers that held. */
export interface ApplicationView {
  row: Pick<RecordedApplication, 'id' | 'formCode' | 'movedFrom' | 'createdAt'> & {
    state: 'draft' | 'frozen'
    circumstances: Circumstances
  }
  answers: Answers
}

/** What the readiness of one application rests on, seen from a point; the shape that rows of today have. */
export interface RecordView {
  application: ApplicationView['row']
  answers: Answers
  /** The client's other applications, which may say something else. */
  others: ApplicationView[]
  evidence: EvidenceView[]
  facts: { fact: { id: string; revisionId: string; fact: Fact }; evidenceKind: string }[]
  exceptions: ExceptionSource[]
  waivers: WaiverSource[]
}

/** @returns null where the application was not known at that point, or was thrown away by then */
export function viewRecord(record: ClientRecord, applicationId: string, point: Point): RecordView | null {
  const known = record.applications.flatMap((application) => viewApplication(application, point))
  const own = known.find(({ row }) => row.id === applicationId)
  if (!own) return null
  const items = record.evidence.flatMap((item) => viewItem(item, point))
  const kinds = new Map(
    items.flatMap(({ kind, speaking }) => speaking.map((revisionId): [string, string] => [revisionId, kind])),
  )
  return {
    application: own.row,
    answers: own.answers,
    others: known.filter((other) => other !== own),
    evidence: items.flatMap(({ shown }) => (shown ? [shown] : [])),
    facts: record.facts
      .filter((fact) => holdsAt(fact.recordedAt, fact.supersededAt, point.knownOn))
      .filter((fact) => isPlaced(fact.observedAt, point))
      .flatMap(({ id, revisionId, fact }) => {
        const evidenceKind = kinds.get(revisionId)
        return evidenceKind === undefined ? [] : [{ fact: { id, revisionId, fact }, evidenceKind }]
      }),
    exceptions: record.exceptions
      .filter((exception) => exception.applicationId === applicationId)
      .filter(({ recordedAt, revokedAt }) => recordedAt <= point.knownOn && !isRevokedBy(revokedAt, point))
      .filter((exception) => firstDayOf(exception) <= dayOf(point.trueOn))
      .map(
        ({ id, questionId, reason, compensatingControl, owner, approvedBy, expiresOn }): ExceptionSource => ({
          id,
          questionId,
          reason,
          compensatingControl,
          owner,
          approvedBy,
          expiresOn,
        }),
      ),
    waivers: waiversAt(record.waivers ?? [], point),
  }
}

function viewApplication(application: RecordedApplication, point: Point): ApplicationView[] {
  const { id, formCode, movedFrom, createdAt, discardedAt, versions, answers } = application
  const version = newestKnown(versions, point.knownOn)
  if (!version || !holdsAt(createdAt, discardedAt, point.knownOn)) return []
  const { state, circumstances } = version
  return [
    { row: { id, formCode, movedFrom, createdAt, state, circumstances }, answers: answersAt(answers, point) },
  ]
}

/**
 * The newest item that was recorded by then.
 * @param items in the order of their recording
 */
export function newestKnown<T extends { recordedAt: Date }>(items: readonly T[], knownOn: Date): T | null {
  return items.findLast(({ recordedAt }) => recordedAt <= knownOn) ?? null
}

/** Of each question the version recorded last among those known that held on the day; a later word covers all days from its own on. */
function answersAt(versions: readonly RecordedAnswer[], { trueOn, knownOn }: Point): Answers {
  const last = new Map<string, RecordedAnswer>()
  for (const version of versions) {
    if (version.recordedAt > knownOn || version.trueFrom > trueOn) continue
    const held = last.get(version.questionId)
    if (!held || held.version < version.version) last.set(version.questionId, version)
  }
  return Object.fromEntries(
    [...last.values()].flatMap(({ questionId, answer }) => (answer ? [[questionId, answer]] : [])),
  )
}

/** The evidence that stood for the client, also while it had no application. */
export const evidenceAt = (record: ClientRecord, point: Point): EvidenceView[] =>
  record.evidence.flatMap((item) => viewItem(item, point)).flatMap(({ shown }) => (shown ? [shown] : []))

interface ItemView {
  kind: string
  /** The revision that stands for the item as a document; null where none does. */
  shown: EvidenceView | null
  /** Ids of revisions whose facts count: not yet outdated by a newer one that has been read. */
  speaking: string[]
}

function viewItem(item: RecordedEvidence, point: Point): ItemView[] {
  const { knownOn } = point
  const version = newestKnown(item.versions, knownOn)
  if (!version || !holdsAt(item.createdAt, item.withdrawnAt, knownOn)) return []
  const revisions = item.revisions
    .filter(({ receivedAt, withdrawnAt }) => holdsAt(receivedAt, withdrawnAt, knownOn))
    .filter((revision) => isPlaced(observationOf(revision, knownOn), point))
  const originals = revisions.filter(({ isRedactedCopy }) => !isRedactedCopy)
  const newest = originals
    .filter((revision) => readingAt(revision, knownOn) !== 'failed')
    .reduce<RecordedRevision | null>(
      (best, next) => (best && !isNewer(next, best, knownOn) ? best : next),
      null,
    )
  const read = originals.filter((revision) => ['none', 'done'].includes(readingAt(revision, knownOn)))
  const { title, kind, controlIds, questionRefs } = version
  return [
    {
      kind,
      shown: newest && {
        evidence: { id: item.id, kind, title, controlIds, questionRefs },
        revision: {
          id: newest.id,
          observedAt: observationOf(newest, knownOn),
          validUntil: newest.validUntil,
        },
      },
      speaking: revisions
        .filter((revision) => !read.some((other) => outdates(other, revision, knownOn)))
        .map(({ id }) => id),
    },
  ]
}

/** A day for clocks and time zones: what is dated later than that after its receipt is a mistake. */
const DAY_MS = 24 * 60 * 60 * 1000
const isWellDated = (revision: RecordedRevision, knownOn: Date) =>
  observationOf(revision, knownOn).getTime() <= revision.receivedAt.getTime() + DAY_MS

/** Newer is what shows a later state, not what was handed in later: an old export added today outdates nothing. */
function isNewer(next: RecordedRevision, other: RecordedRevision, knownOn: Date): boolean {
  const [well, otherWell] = [isWellDated(next, knownOn), isWellDated(other, knownOn)]
  if (well !== otherWell) return well
  const apart = observationOf(next, knownOn).getTime() - observationOf(other, knownOn).getTime()
  return apart > 0 || (apart === 0 && next.sequence > other.sequence)
}

/** A wrong date outdates nothing, and is outdated by whatever followed it. */
function outdates(newer: RecordedRevision, older: RecordedRevision, knownOn: Date): boolean {
  if (!isWellDated(newer, knownOn)) return false
  return isWellDated(older, knownOn) ? isNewer(newer, older, knownOn) : newer.sequence > older.sequence
}

/** When the thing shown was true, as was believed then. */
export function observationOf(revision: RecordedRevision, knownOn: Date): Date {
  const { observedAt, statedObservedAt, observedCorrectedAt } = revision
  const isCorrected = observedCorrectedAt === null || observedCorrectedAt <= knownOn
  return isCorrected ? observedAt : (statedObservedAt ?? observedAt)
}

/** The last attempt decides: a table that was explained wrongly may be explained again. */
function readingAt({ readings }: RecordedRevision, knownOn: Date): 'none' | 'pending' | 'done' | 'failed' {
  const last = readings.findLast(({ startedAt }) => startedAt <= knownOn)
  if (!last) return 'none'
  if (!last.finishedAt || last.finishedAt > knownOn) return 'pending'
  return last.isDone ? 'done' : 'failed'
}

/** A revocation ends an exception from its moment on; on the days before, it had covered, and still has. */
function isRevokedBy(revokedAt: Date | null, { trueOn, knownOn }: Point): boolean {
  return revokedAt !== null && revokedAt <= trueOn && revokedAt <= knownOn
}

/** Learned by then, and not yet unlearned. */
function holdsAt(from: Date, until: Date | null, knownOn: Date): boolean {
  return from <= knownOn && (until === null || until > knownOn)
}

/**
 * What was observed after the day says nothing about it. What is dated after the point at which it was known is no
 * later observation but a wrong date: it stays, so that the engine says so.
 */
function isPlaced(observedAt: Date, { trueOn, knownOn }: Point): boolean {
  return observedAt <= trueOn || observedAt > knownOn
}

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10)
/** YYYY-MM-DD in UTC; the day it was recorded where no other was given. */
export function firstDayOf({
  startsOn,
  recordedAt,
}: Pick<RecordedException, 'startsOn' | 'recordedAt'>): string {
  return startsOn ?? dayOf(recordedAt)
}
