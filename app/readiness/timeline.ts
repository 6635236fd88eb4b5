/** What the record shows of each control day by day, from the policy's inception: proved, open, contradicted, excepted. */
import type { Answers } from '#questionnaires/answers.ts'
import type { AnswerReadiness, Readiness } from './status.ts'

/**
 * - `proved`: whatever the answers claim was shown by evidence that counted on that day
 * - `unproved`: something is claimed that nothing current showed
 * - `contradicted`: evidence spoke against an answer, and no exception covered it
 * - `excepted`: evidence spoke against an answer, and an exception in force covered it
 * - `not-claimed`: the answers claim nothing about it, so nothing was promised
 * - `unrecorded`: there is no answer on record for that day
 */
export type CoverState = 'proved' | 'unproved' | 'contradicted' | 'excepted' | 'not-claimed' | 'unrecorded'

/** Days are YYYY-MM-DD in UTC, the last one included. */
export interface Segment {
  state: CoverState
  from: string
  to: string
  days: number
}

export interface Strip {
  id: string
  segments: Segment[]
  /** Days in each state; all together are the days of the strip. */
  days: Record<CoverState, number>
}

const DECISIVE: readonly CoverState[] = ['contradicted', 'excepted', 'unproved', 'proved', 'not-claimed']
const DAY = 86_400_000

/** @param given the answers of that day */
export function coverOf(answer: AnswerReadiness, given: Answers): CoverState {
  if (given[answer.questionId] === undefined) return 'unrecorded'
  switch (answer.status) {
    case 'contradicted':
      return answer.exceptionId === null ? 'contradicted' : 'excepted'
    case 'supported':
      return 'proved'
    case 'unsupported':
    case 'stale':
      return 'unproved'
    case 'not-claimed':
      return 'not-claimed'
  }
}

/** The worst of what its answers show: one contradicted access path breaks "MFA everywhere". */
export function coverOfControls({ answers, controls }: Readiness, given: Answers): Map<string, CoverState> {
  return new Map(
    controls.map(({ controlId }) => {
      const states = answers
        .filter((answer) => answer.controlId === controlId)
        .map((answer) => coverOf(answer, given))
      return [controlId, DECISIVE.find((state) => states.includes(state)) ?? 'unrecorded']
    }),
  )
}

/** Of several forms in force at once: what one contradicts, no other one heals. */
export function worstOf(covers: readonly ReadonlyMap<string, CoverState>[]): Map<string, CoverState> {
  const ids = new Set(covers.flatMap((cover) => [...cover.keys()]))
  return new Map(
    [...ids].map((id) => {
      const states = covers.flatMap((cover) => cover.get(id) ?? [])
      return [id, DECISIVE.find((state) => states.includes(state)) ?? 'unrecorded']
    }),
  )
}

export const coverOfAnswers = ({ answers }: Readiness, given: Answers): Map<string, CoverState> =>
  new Map(answers.map((answer) => [answer.questionId, coverOf(answer, given)]))

/** Every day from the first to the last, both included; empty where the last comes before the first. */
export function daysBetween(first: string, last: string): string[] {
  const count = Math.floor((Date.parse(last) - Date.parse(first)) / DAY) + 1
  return Array.from({ length: Math.max(0, count) }, (_day, index) =>
    new Date(Date.parse(first) + index * DAY).toISOString().slice(0, 10),
  )
}

/**
 * @param days in order, without a gap
 * @param covers of each of the days; a subject that a day does not mention has no record on it
 */
export function stripsOf(
  days: readonly string[],
  covers: readonly ReadonlyMap<string, CoverState>[],
): Strip[] {
  const ids = [...new Set(covers.flatMap((cover) => [...cover.keys()]))].sort()
  return ids.map((id) => {
    const segments: Segment[] = []
    const total: Strip['days'] = {
      proved: 0,
      unproved: 0,
      contradicted: 0,
      excepted: 0,
      'not-claimed': 0,
      unrecorded: 0,
    }
    for (const [index, day] of days.entries()) {
      const state = covers[index]?.get(id) ?? 'unrecorded'
      total[state] += 1
      const last = segments.at(-1)
      if (last?.state === state) {
        last.to = day
        last.days += 1
      } else segments.push({ state, from: day, to: day, days: 1 })
    }
    return { id, segments, days: total }
  })
}
