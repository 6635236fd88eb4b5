/** The difference between two editions, in sentences for people who know neither, and its rule for every old answer. */
import { nameOfQuestion, shorten } from './compare-conditions.ts'
import { type Finding, strictest } from './compare-findings.ts'
import { compareForms } from './compare-form.ts'
import { isSameForm, type Matching, matchQuestions } from './compare-matching.ts'
import { findMoves, type PlacedPair } from './compare-order.ts'
import { findDefinitionChanges, findGateChanges, findRewordings, type Sides } from './compare-questions.ts'
import { findOptionChanges, findTypeChanges } from './compare-shapes.ts'
import { findThresholdChanges } from './compare-thresholds.ts'
import { type Edition, findQuestion, listQuestions, type Question } from './definition.ts'
import type { ChangeKind, EditionChange, EditionDifference, MigrationRule } from './edition-change.ts'

export { conditionInWords } from './compare-conditions.ts'

/**
 * Every change, question by question, and what becomes of answers to the older edition (domain/forms.md §5).
 * Works between different forms too; there no answer is ever kept, because equal ids mean nothing.
 * @param between editions of the form between the two, in order (editions.ts `chainBetween`)
 */
export function compareEditions(
  older: Edition,
  newer: Edition,
  between: readonly Edition[] = [],
): EditionDifference {
  const matching = matchQuestions(older, newer, between)
  const pairs = pairsOf(older, newer, matching)
  const findings = findingsByQuestion(older, newer, pairs)
  const rules = listQuestions(newer).map((question) => [
    question.id,
    ruleOf(question, { matching, findings, isOtherForm: !isSameForm(older, newer) }),
  ])
  return {
    older: { formCode: older.form.code, edition: older.edition },
    newer: { formCode: newer.form.code, edition: newer.edition },
    changes: listChanges({ older, newer, matching, pairs, findings }),
    formChanges: compareForms(older, newer),
    rules: Object.fromEntries(rules),
  }
}

/** Questions that became exactly one question; only these have one older wording to be compared with. */
function pairsOf(older: Edition, newer: Edition, { from, split }: Matching): PlacedPair[] {
  return listQuestions(newer).flatMap((question) => {
    const [id, ...others] = from.get(question.id) ?? []
    const before = id && others.length === 0 && !split.has(id) ? findQuestion(older, id) : null
    return before ? [{ older: before, newer: question }] : []
  })
}

type Findings = ReadonlyMap<string, readonly Finding[]>

function findingsByQuestion(older: Edition, newer: Edition, pairs: readonly PlacedPair[]): Findings {
  // Order and item numbers of two different forms have nothing to do with each other.
  const moves = isSameForm(older, newer) ? findMoves(older, newer, pairs) : []
  const newIds = new Map(pairs.map((pair) => [pair.older.id, pair.newer.id]))
  return new Map(
    pairs.map((pair) => {
      const sides: Sides = {
        older: { edition: older, question: pair.older },
        newer: { edition: newer, question: pair.newer },
      }
      const moved = moves
        .filter((move) => move.pair === pair)
        .map(({ before, after }): Finding => {
          const sentence = `“${shorten(pair.newer.prompt)}” moved from ${before} to ${after}.`
          return { kind: 'moved', before, after, sentence, rule: 'keep' }
        })
      const all = [
        ...moved,
        ...findRewordings(sides),
        ...findDefinitionChanges(sides),
        ...findTypeChanges(sides),
        ...findThresholdChanges(sides),
        ...findOptionChanges(sides),
        ...findGateChanges(sides, newIds),
      ]
      return [pair.newer.id, all]
    }),
  )
}

function ruleOf(
  question: Question,
  given: { matching: Matching; findings: Findings; isOtherForm: boolean },
): { rule: MigrationRule; from: string[]; because: ChangeKind[] } {
  const { matching, findings, isOtherForm } = given
  const from = [...(matching.from.get(question.id) ?? [])]
  if (from.length === 0) return { rule: 'new', from, because: ['added'] }
  const joined: ChangeKind[] = [
    ...(from.some((id) => matching.split.has(id)) ? (['split'] as const) : []),
    ...(from.length > 1 ? (['merged'] as const) : []),
  ]
  if (joined.length > 0) return { rule: 'ask-again', from, because: joined }
  const own = findings.get(question.id) ?? []
  const rule = strictest([isOtherForm ? 'propose' : 'keep', ...own.map((found) => found.rule)])
  return { rule, from, because: [...new Set(own.map(({ kind }) => kind))] }
}

interface Compared {
  older: Edition
  newer: Edition
  matching: Matching
  pairs: readonly PlacedPair[]
  findings: Findings
}

function listChanges(compared: Compared): EditionChange[] {
  const { older, newer, matching, pairs, findings } = compared
  const removed = listRemoved(older, matching).map((change) => ({ change, at: placeOf(change, compared) }))
  const present = listQuestions(newer).flatMap((question, index) => {
    const pair = pairs.find((candidate) => candidate.newer.id === question.id)
    const own = (findings.get(question.id) ?? []).map(
      ({ rule: _, ...found }): EditionChange => ({
        ...found,
        older: pair ? [pair.older.id] : [],
        newer: [question.id],
      }),
    )
    const added = matching.from.has(question.id) ? [] : [addedChange(question)]
    const joined = [...mergesInto(question, compared), ...splitsAt(question, compared)]
    return [...added, ...joined, ...own].map((change) => ({ change, at: index }))
  })
  // Sorting is stable: what was removed comes behind the question it stood behind.
  return [...present, ...removed].sort((a, b) => a.at - b.at).map(({ change }) => change)
}

function addedChange(question: Question): EditionChange {
  const { prompt, id } = question
  const sentence = `${nameOfQuestion(question)} is a new question.`
  return { kind: 'added', older: [], newer: [id], before: null, after: prompt, sentence }
}

function listRemoved(older: Edition, { from }: Matching): EditionChange[] {
  const used = new Set([...from.values()].flat())
  return listQuestions(older)
    .filter(({ id }) => !used.has(id))
    .map((question) => {
      const sentence = `${nameOfQuestion(question)} is no longer asked.`
      const { id, prompt } = question
      return { kind: 'removed', older: [id], newer: [], before: prompt, after: null, sentence }
    })
}

/** Behind the newer place of the nearest older question before it; in front of everything where there is none. */
function placeOf(change: EditionChange, { older, newer, matching }: Compared): number {
  const successors = new Map<string, number>()
  listQuestions(newer).forEach(({ id }, index) => {
    for (const source of matching.from.get(id) ?? []) successors.set(source, index)
  })
  const ids = listQuestions(older).map(({ id }) => id)
  const before = ids.slice(0, ids.indexOf(change.older[0] ?? ''))
  const neighbour = before.findLast((id) => successors.has(id))
  return neighbour === undefined ? -1 : (successors.get(neighbour) ?? -1)
}

const INFERRED = 'The form does not say so; it is assumed, because they ask about the same thing.'

function mergesInto(question: Question, { older, matching }: Compared): EditionChange[] {
  const ids = matching.from.get(question.id) ?? []
  if (ids.length < 2) return []
  const sources = ids.flatMap((id) => findQuestion(older, id) ?? [])
  const names = sources.map(nameOfQuestion).join(' and ')
  const sentence = `${names} became one question: ${nameOfQuestion(question)}.`
  return [
    {
      kind: 'merged',
      older: [...ids],
      newer: [question.id],
      before: sources.map(({ prompt }) => prompt).join('\n'),
      after: question.prompt,
      sentence: matching.inferred.has(question.id) ? `${sentence} ${INFERRED}` : sentence,
    },
  ]
}

/** Told once, at the first of the parts. */
function splitsAt(question: Question, { older, newer, matching }: Compared): EditionChange[] {
  return (matching.from.get(question.id) ?? []).flatMap((id): EditionChange[] => {
    const parts = listQuestions(newer).filter((part) => matching.from.get(part.id)?.includes(id))
    const source = findQuestion(older, id)
    if (!source || parts.length < 2 || parts[0]?.id !== question.id) return []
    const names = parts.map(nameOfQuestion).join(', ')
    const sentence = `${nameOfQuestion(source)} is now asked in ${parts.length} questions: ${names}. Each needs an answer of its own.`
    return [
      {
        kind: 'split',
        older: [id],
        newer: parts.map((part) => part.id),
        before: source.prompt,
        after: parts.map(({ prompt }) => prompt).join('\n'),
        sentence: parts.some((part) => matching.inferred.has(part.id)) ? `${sentence} ${INFERRED}` : sentence,
      },
    ]
  })
}
