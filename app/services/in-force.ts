/** Which applications answer for a client on a day: one of each form, of the policy period that the day lies in. */
import type { ClientRecord, Point } from '#app/readiness/record.ts'
import { type Edition, listQuestions } from '#questionnaires/definition.ts'

export interface SignedApplication {
  applicationId: string
  reportId: string
  attestedAt: Date
  /** First day of the cover it was signed for, YYYY-MM-DD; null where nobody said: then it counts from its attestation. */
  coversFrom: string | null
  /** When it was withdrawn or superseded, as far as that was known; until then it was in force. */
  endedAt: Date | null
}

export interface InForce {
  applicationId: string
  reportId: string | null
  attestedAt: Date | null
  basis: 'signed' | 'draft'
}

/** What deciding needs of a client's history. */
export interface ForceHistory {
  policyInceptionOn: string | null
  record: Pick<ClientRecord, 'applications'>
  /** By application; one whose edition cannot be read is left out of everything here. */
  editions: ReadonlyMap<string, Edition>
  /** Attested reports, oldest first. */
  signed: readonly SignedApplication[]
}

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10)
const firstDay = ({ coversFrom, attestedAt }: SignedApplication) => coversFrom ?? dayOf(attestedAt)

/**
 * The first day of the policy period that a day lies in, as far as it is on file: the client's inception, and the
 * days that signed applications name.
 * @returns null where none is that early
 */
export function policyStartOn(
  { policyInceptionOn, signed }: Pick<ForceHistory, 'policyInceptionOn' | 'signed'>,
  { trueOn, knownOn }: Point,
): string | null {
  const known = signed.filter(({ attestedAt }) => attestedAt <= knownOn).map(({ coversFrom }) => coversFrom)
  const starts = [policyInceptionOn, ...known].filter((day): day is string => day !== null)
  return (
    starts
      .filter((day) => day <= dayOf(trueOn))
      .sort()
      .at(-1) ?? null
  )
}

/**
 * Of each form the newest that was attested for cover up to the day; what was signed for an earlier period steps back
 * once anything is signed for this one. Without any, the first that was signed later answers for the days before it, as
 * the draft that it was then, else the newest draft there was on the day, else the first draft after it.
 *
 * The first is the one that asks about the most controls: a supplement never stands for the application it belongs to.
 */
export function applicationsInForce(history: ForceHistory, point: Point): InForce[] {
  const { trueOn, knownOn } = point
  const readable = history.signed.filter(
    ({ attestedAt, applicationId }) => attestedAt <= knownOn && history.editions.has(applicationId),
  )
  const isOver = ({ endedAt }: SignedApplication) =>
    endedAt !== null && endedAt <= trueOn && endedAt <= knownOn
  const begun = readable.filter(
    (one) => firstDay(one) <= dayOf(trueOn) && hasBegun(one, trueOn) && !isOver(one),
  )
  const start = policyStartOn(history, point)
  const ofThisPeriod = begun.filter((one) => start !== null && firstDay(one) >= start)
  const counting = ofThisPeriod.length > 0 ? ofThisPeriod : begun
  if (counting.length > 0) return widestFirst(history, newestOfEachForm(history, counting))
  const next = readable.find((one) => !isOver(one))
  if (next) return [draftOne(next.applicationId)]
  const drafts = history.record.applications.filter(
    ({ id, createdAt, discardedAt }) =>
      createdAt <= knownOn && (discardedAt === null || discardedAt > knownOn) && history.editions.has(id),
  )
  // What was signed and then withdrawn is no draft.
  const over = new Set(readable.filter(isOver).map(({ applicationId }) => applicationId))
  const open = drafts.filter(({ id }) => !over.has(id))
  const draft = open.findLast(({ createdAt }) => createdAt <= trueOn) ?? open[0]
  return draft ? [draftOne(draft.id)] : []
}

/** Where nobody named a day, the moment of the attestation decides, not its day. */
const hasBegun = ({ coversFrom, attestedAt }: SignedApplication, trueOn: Date) =>
  coversFrom !== null || attestedAt <= trueOn

const signedOne = ({ applicationId, reportId, attestedAt }: SignedApplication): InForce => ({
  applicationId,
  reportId,
  attestedAt,
  basis: 'signed',
})

const draftOne = (applicationId: string): InForce => ({
  applicationId,
  reportId: null,
  attestedAt: null,
  basis: 'draft',
})

function newestOfEachForm({ record }: ForceHistory, signed: readonly SignedApplication[]): InForce[] {
  const formOf = new Map(record.applications.map(({ id, formCode }) => [id, formCode]))
  const newest = new Map<string, SignedApplication>()
  for (const one of signed) {
    const form = formOf.get(one.applicationId) ?? one.applicationId
    const held = newest.get(form)
    if (!held || firstDay(one) >= firstDay(held)) newest.set(form, one)
  }
  return [...newest.values()].map(signedOne)
}

function widestFirst({ editions }: ForceHistory, found: InForce[]): InForce[] {
  const width = ({ applicationId }: InForce) => {
    const edition = editions.get(applicationId)
    return new Set(edition ? listQuestions(edition).flatMap(({ control }) => control ?? []) : []).size
  }
  const order = new Map(found.map((one) => [one, width(one)]))
  return [...found].sort((a, b) => (order.get(b) ?? 0) - (order.get(a) ?? 0))
}
