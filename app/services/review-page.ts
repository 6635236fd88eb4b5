/** What one page of an assessor's desk shows: the list as filtered, one answer in full, and the way to the others. */
import type { DecisionKind } from './review-input.ts'
import { passesFilter, REVIEW_FILTERS, type ReviewFilter } from './review-order.ts'
import type { ReviewVisit } from './review-work.server.ts'

interface Asked {
  questionId: string | null
  fileId: string | null
  filter: string | null
  isSigningOff: boolean
  /** The address below which evidence is handed out. */
  base: string
}

export function pageOfDesk(
  { review, assessor, organisationName, desk, samples, now }: ReviewVisit,
  asked: Asked,
) {
  const filter = REVIEW_FILTERS.find((name) => name === asked.filter) ?? 'all'
  const sample = samples[0]?.drawn ?? []
  const passing = (name: ReviewFilter) => desk.items.filter((item) => passesFilter(item, name, sample))
  // The answer that is looked at stays in its list when it has just been decided.
  const items = desk.items.filter(
    (item) => item.questionId === asked.questionId || passesFilter(item, filter, sample),
  )
  const current =
    items.find(({ questionId }) => questionId === asked.questionId) ??
    items.find(({ standing }) => standing === null) ??
    items[0]
  const index = current ? items.indexOf(current) : -1
  const behind = [...items.slice(index + 1), ...items.slice(0, Math.max(0, index))]
  const stand = desk.items.flatMap(({ standing }) => standing ?? [])
  const byKind: Partial<Record<DecisionKind, number>> = {}
  for (const { kind } of stand) byKind[kind] = (byKind[kind] ?? 0) + 1
  return {
    assessorName: assessor.name,
    assessorEmail: assessor.email,
    day: now.toISOString().slice(0, 10),
    organisationName,
    clientName: desk.clientName,
    formTitle: `${desk.form.title}, edition ${desk.form.edition}`,
    instructions: review.instructions,
    mayDownload: review.mayDownload,
    isFrozen: desk.application.state === 'frozen',
    filter,
    counts: Object.fromEntries(REVIEW_FILTERS.map((name) => [name, passing(name).length])) as Record<
      ReviewFilter,
      number
    >,
    rows: items.map(({ questionId, item, prompt, groupId, groupLabel, status, weakened, decisions }) => {
      const last = decisions.at(-1)
      return {
        questionId,
        item,
        prompt,
        groupId,
        groupLabel,
        status,
        weakened,
        last: last ? { kind: last.kind, isOutdated: last.isOutdated } : null,
      }
    }),
    current: current ? { ...current, seen: current.decisions.at(-1)?.sequence ?? 0 } : null,
    fileId: asked.fileId,
    previousId: items[index - 1]?.questionId ?? null,
    nextId: items[index + 1]?.questionId ?? null,
    nextUnreviewedId: behind.find(({ standing }) => standing === null)?.questionId ?? null,
    samples: samples.map(({ id, seed, drawn, population, at }) => ({
      id,
      seed,
      drawn,
      population: population.length,
      at,
    })),
    signOff:
      review.signedOffAt && review.opinion && review.signOff
        ? {
            opinion: review.opinion,
            summary: review.signOff.summary,
            decided: review.signOff.decided,
            questions: review.signOff.questions,
            at: review.signedOffAt,
          }
        : null,
    byKind,
    decided: stand.length,
    isSigningOff: asked.isSigningOff,
    base: asked.base,
  }
}
