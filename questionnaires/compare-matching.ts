/** Which question of the newer edition asks what a question of the older one asked: identity, never resemblance. */
import { canonicalKeyOf } from './canonical.ts'
import { aspectOf } from './canonical-statement.ts'
import { type Edition, findQuestion, listQuestions, type Question } from './definition.ts'
import { compareEditionNumbers } from './editions.ts'

export interface Matching {
  /** Ids of the older questions behind each newer one; an id without an entry is new. */
  from: ReadonlyMap<string, readonly string[]>
  /** Older ids that ended in more than one question. */
  split: ReadonlySet<string>
  /** Newer ids matched only because the control is the same (`formerly` does not name them). */
  inferred: ReadonlySet<string>
}

export function isSameForm(older: Edition, newer: Edition): boolean {
  return older.form.code === newer.form.code
}

/**
 * By `formerly` and by id inside one form, looking backwards too when the newer edition has the lower number, and step
 * by step through the editions between, whose ids `formerly` names. Between forms equal ids mean nothing: only an
 * equal canonical key counts, and `formerly` where the newer form does not use it for an earlier edition of its own.
 * @param between editions of the form between the two, in order (editions.ts `chainBetween`)
 */
export function matchQuestions(older: Edition, newer: Edition, between: readonly Edition[] = []): Matching {
  const declared = isSameForm(older, newer) ? matchInside(older, newer, between) : matchAcross(older, newer)
  const inferred = inferMatches(older, newer, declared)
  const from = new Map([...declared, ...inferred])
  return { from, split: repeatedIn(from), inferred: new Set(inferred.keys()) }
}

type From = Map<string, readonly string[]>

function matchInside(older: Edition, newer: Edition, between: readonly Edition[]): From {
  const order = compareEditionNumbers(older.edition, newer.edition)
  if (order < 0) return matchThrough([older, ...between, newer])
  if (order > 0) return invert(matchThrough([newer, ...between, older]))
  // `formerly` speaks of the edition before, not of this one.
  return new Map(listQuestions(newer).flatMap(({ id }) => (findQuestion(older, id) ? [[id, [id]]] : [])))
}

/** From the first of the editions to the last; whatever one of them dropped is new again in the next. */
function matchThrough(editions: readonly Edition[]): From {
  const steps = editions.slice(1).map((next, index) => matchForward(editions[index] ?? next, next))
  return steps.reduce((before, step) => {
    const joined: From = new Map()
    for (const [id, sources] of step) {
      const first = [...new Set(sources.flatMap((source) => before.get(source) ?? []))]
      if (first.length > 0) joined.set(id, first)
    }
    return joined
  })
}

function invert(forward: From): From {
  const backward: From = new Map()
  for (const [id, before] of forward) {
    for (const other of before) backward.set(other, [...(backward.get(other) ?? []), id])
  }
  return backward
}

function matchForward(older: Edition, newer: Edition): From {
  const known = new Set(listQuestions(older).map(({ id }) => id))
  return new Map(
    listQuestions(newer).flatMap((question): [string, string[]][] => {
      const named = namedBefore(question, known)
      // A later edition than the next one may name ids that the older one did not have yet.
      const ids = named.length > 0 ? named : known.has(question.id) ? [question.id] : []
      return ids.length > 0 ? [[question.id, ids]] : []
    }),
  )
}

function namedBefore(question: Question, known: ReadonlySet<string>): string[] {
  return [...new Set(question.formerly ?? [])].filter((id) => known.has(id))
}

function matchAcross(older: Edition, newer: Edition): From {
  const known = new Set(listQuestions(older).map(({ id }) => id))
  const olderKeys = idsByKey(older)
  const newerKeys = idsByKey(newer)
  return new Map(
    listQuestions(newer).flatMap((question): [string, string[]][] => {
      const named = newer.follows === undefined ? namedBefore(question, known) : []
      if (named.length > 0) return [[question.id, named]]
      const key = keyText(newer, question.id)
      const candidates = (key && olderKeys.get(key)) || []
      // Two questions under one key: nobody can say which of them is meant.
      const isClear = candidates.length === 1 && key && newerKeys.get(key)?.length === 1
      return isClear ? [[question.id, candidates]] : []
    }),
  )
}

function idsByKey(edition: Edition): Map<string, string[]> {
  const ids = new Map<string, string[]>()
  for (const { id } of listQuestions(edition)) {
    const key = keyText(edition, id)
    if (key) ids.set(key, [...(ids.get(key) ?? []), id])
  }
  return ids
}

function keyText(edition: Edition, questionId: string): string | null {
  const key = canonicalKeyOf(edition, questionId)
  return key && `${key.topic} ${key.scope} ${key.aspect}`
}

/**
 * One removed question whose control several added ones ask about was split, and the other way round merged.
 * One for one is no match: a control is asked about in many ways, and only an author can say that this is the same.
 */
function inferMatches(older: Edition, newer: Edition, declared: From): From {
  const used = new Set([...declared.values()].flat())
  const removed = listQuestions(older).filter(({ id }) => !used.has(id))
  const added = listQuestions(newer).filter(({ id }) => !declared.has(id))
  return new Map(
    added.flatMap((question): [string, string[]][] => {
      const before = removed.filter((other) => asksAlike(other, question))
      const beside = added.filter((other) => asksAlike(other, question))
      return before.length > 0 && before.length + beside.length > 2
        ? [[question.id, before.map(({ id }) => id)]]
        : []
    }),
  )
}

function asksAlike(a: Question, b: Question): boolean {
  const aspect = aspectOf(a)
  return a.control !== undefined && a.control === b.control && aspect !== null && aspect === aspectOf(b)
}

function repeatedIn(from: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>()
  return new Set(
    [...from.values()].flat().filter((id) => {
      if (seen.has(id)) return true
      seen.add(id)
      return false
    }),
  )
}
