/** What a review pack compares: the forms in force at the end of a period with what they showed when it began. */
import type { Language } from '#app/language/languages.ts'
import type { Judged } from '#app/readiness/drift.ts'
import { changesBetween, underQuestionsOf } from '#app/readiness/period-changes.ts'
import type { Point } from '#app/readiness/record.ts'
import { type CoverState, coverOfControls, worstOf } from '#app/readiness/timeline.ts'
import {
  COVERS,
  type Covers,
  type PackAccount,
  type PackChange,
} from '#app/report/review-pack/pack-account.ts'
import type { Tx } from '#db/client.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl } from '#questionnaires/controls.ts'
import { type Edition, findQuestion } from '#questionnaires/definition.ts'
import { chainBetween } from '#questionnaires/editions.ts'
import { listEditions } from '#questionnaires/library.server.ts'
import { listEditionsFor } from './editions.server.ts'
import { RefusedError } from './errors.ts'
import { type ClientHistory, forceOf, readinessAt } from './history.server.ts'
import { applicationsInForce } from './in-force.ts'

interface Sides {
  start: Point
  end: Point
  language: Language
  /** Among them those that lie between two of a form. */
  editions: readonly Edition[]
}

/** What follows a question from edition to edition; read only where the client has two of one form. */
export async function listCompared(
  tx: Tx,
  organisationId: string,
  history: ClientHistory,
): Promise<Edition[]> {
  const held = [...new Set(history.editions.values())]
  if (new Set(held.map(({ form }) => form.code)).size === held.length) return held
  try {
    return (await listEditionsFor(tx, organisationId)).map(({ edition }) => edition)
  } catch (error) {
    // One edition that cannot be read must not hide the quarter of a client who has others.
    if (error instanceof RefusedError) return [...listEditions().map(({ edition }) => edition), ...held]
    throw error
  }
}

const AGAINST: readonly CoverState[] = ['contradicted', 'excepted']

export function comparePeriod(history: ClientHistory, sides: Sides) {
  const { start, end, language } = sides
  const facts = new Map(history.record.facts.map(({ id, fact }) => [id, fact.value]))
  const inForce = applicationsInForce(forceOf(history), end)
  const compared = inForce.flatMap(({ applicationId }) => {
    const edition = history.editions.get(applicationId)
    const now = readinessAt(history, applicationId, end, language)
    if (!edition || !now) return []
    const before = judgedBefore(history, applicationId, edition, sides)
    return [
      {
        now,
        changes: changesBetween(before, now, (id) => facts.get(id)).map((change) => {
          const question = findQuestion(edition, change.questionId)
          const { before: then, now: state, direction, reasons } = change
          const shown: PackChange = {
            form: edition.form.title,
            item: question?.reference.item ?? '',
            prompt: question?.prompt ?? change.questionId,
            before: then,
            now: state,
            reasons: [...new Set(reasons)],
          }
          return { direction, shown }
        }),
      },
    ]
  })
  const changes = compared.flatMap((one) => one.changes)
  const shown = changes.map((change) => change.shown)
  const inDirection = (direction: 'better' | 'worse' | 'first') =>
    changes.filter((change) => change.direction === direction).map((change) => change.shown)
  const first = inDirection('first')
  return {
    forms: inForce.flatMap(({ applicationId, basis }) => {
      const edition = history.editions.get(applicationId)
      return edition
        ? [{ title: edition.form.title, edition: edition.edition, isSigned: basis === 'signed' }]
        : []
    }),
    domains: domainsOf(coverAt(history, start), coverAt(history, end), language),
    improved: inDirection('better'),
    drifted: inDirection('worse'),
    contradictions: {
      opened: shown.filter(({ before, now }) => !AGAINST.includes(before) && AGAINST.includes(now)).length,
      closed: shown.filter(({ before, now }) => AGAINST.includes(before) && !AGAINST.includes(now)).length,
      left: compared.reduce(
        (sum, { now }) =>
          sum + now.readiness.answers.filter(({ status }) => status === 'contradicted').length,
        0,
      ),
    },
    firstAnswered: {
      count: first.length,
      contradicted: first.filter(({ now }) => AGAINST.includes(now)).length,
    },
  }
}

/**
 * What the form showed when the period began, under the questions of the edition that counts at its end. A renewal is
 * held against the application that it follows, whether or not it was begun by then.
 * @returns null where the form was not on record
 */
function judgedBefore(
  history: ClientHistory,
  applicationId: string,
  edition: Edition,
  { start, language, editions }: Sides,
): Judged | null {
  const ofForm = history.record.applications.filter(
    ({ id }) => history.editions.get(id)?.form.code === edition.form.code,
  )
  const isOfForm = ({ applicationId: id }: { applicationId: string }) => ofForm.some((one) => one.id === id)
  const inForce = applicationsInForce(forceOf(history), start).find(isOfForm)?.applicationId
  // Where nothing of the form was in force: itself, if it was begun, else the newest there was.
  for (const id of new Set([...(inForce ? [inForce] : []), applicationId, ...newestFirst(ofForm)])) {
    const judged = readinessAt(history, id, start, language)
    const older = history.editions.get(id)
    if (!judged || !older) continue
    if (older === edition) return judged
    return underQuestionsOf(edition, { older, between: chainBetween(editions, older, edition), judged })
  }
  return null
}

/** @param applications in the order of their beginning */
const newestFirst = (applications: ClientHistory['record']['applications']) =>
  applications.map(({ id }) => id).reverse()

/** Of each control the worst that the forms in force show. */
function coverAt(history: ClientHistory, point: Point): Map<string, CoverState> {
  return worstOf(
    applicationsInForce(forceOf(history), point).flatMap(({ applicationId }) => {
      const judged = readinessAt(history, applicationId, point)
      return judged ? [coverOfControls(judged.readiness, judged.answers)] : []
    }),
  )
}

function domainsOf(
  before: ReadonlyMap<string, CoverState>,
  now: ReadonlyMap<string, CoverState>,
  language: Language,
): PackAccount['domains'] {
  const catalogue = loadCatalogue(language)
  const ids = [...new Set([...before.keys(), ...now.keys()])]
  return catalogue.domains.flatMap(({ id, label }) => {
    const own = ids.filter((controlId) => findControl(catalogue, controlId)?.domain === id)
    return own.length > 0 ? [{ title: label, before: count(own, before), now: count(own, now) }] : []
  })
}

/** A control that no form asked about then counts as without record, so that both bars have the same length. */
const count = (ids: readonly string[], states: ReadonlyMap<string, CoverState>): Covers =>
  Object.fromEntries(
    COVERS.map((state) => [state, ids.filter((id) => (states.get(id) ?? 'unrecorded') === state).length]),
  ) as Covers
