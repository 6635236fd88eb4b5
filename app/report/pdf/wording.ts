/** How the report says statuses, values and sizes in its language; times are UTC and say so. */
import { FACT_DICTIONARY, type FactKind } from '#evidence/facts.ts'
import type { Words } from '../language/words.ts'
import type { Statement } from '../statement.ts'

export type ControlStatus = Statement['controls'][number]['status']
export type AnswerItem = Statement['answers'][number]
export type ReasonItem = AnswerItem['reasons'][number]
export type FactItem = Statement['facts'][number]

/** The standing of an answer as readers meet it: a contradiction under an exception is its own case. */
export type Standing =
  | 'supported'
  | 'weakened'
  | 'unsupported'
  | 'stale'
  | 'contradicted'
  | 'gap'
  | 'not-claimed'

/** In the order in which they are counted and explained. */
export const CONTROL_STATUSES = [
  'met',
  'partly',
  'unmet',
  'unknown',
  'not-applicable',
] as const satisfies readonly ControlStatus[]

export const SEVERITIES_SHOWN = ['critical', 'high', 'medium', 'unknown', 'low', 'info'] as const

export function standingOf(answer: AnswerItem): Standing {
  if (answer.answer?.state === 'dont-know') return 'gap'
  if (answer.status === 'supported' && answer.weakened) return 'weakened'
  return answer.status
}

export function wordStanding({ say }: Words, answer: AnswerItem): string {
  const standing = standingOf(answer)
  if (standing === 'contradicted' && answer.exceptionId) return say('standing.excepted')
  return say(`standing.${standing}`)
}

export function wordSize({ say, fixed }: Words, bytes: number): string {
  if (bytes < 1000) return say('size.bytes', { count: bytes })
  if (bytes < 1_000_000) return `${fixed(bytes / 1000, 1)} kB`
  return `${fixed(bytes / 1_000_000, 1)} MB`
}

/** `vulnerability-scan` as words: ids are stable; the control catalogue's labels are not part of the statement. */
export function wordId(id: string): string {
  const words = id.replaceAll(/[-_]/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export const wordKind = ({ kindLabels }: Words, kind: string) => kindLabels[kind] ?? wordId(kind)

const dictionary: Record<string, { kind: FactKind; label: string } | undefined> = FACT_DICTIONARY

export const wordFact = ({ factLabels }: Words, key: string) =>
  factLabels[key] ?? dictionary[key]?.label ?? wordId(key.split('.').pop() ?? key)

export function wordFactValue(words: Words, { key, value, numerator, denominator }: FactItem): string {
  const { say, number, date } = words
  const kind = dictionary[key]?.kind
  if (typeof value === 'boolean') return say(value ? 'value.yes' : 'value.no')
  if (typeof value === 'string') return kind === 'date' && /^\d{4}-/.test(value) ? date(value) : value
  const rounded = number(Math.round(value * 10) / 10)
  const counts =
    numerator !== undefined && denominator !== undefined
      ? ` (${say('value.counts', { numerator: number(numerator), denominator: number(denominator) })})`
      : ''
  const isPercent = kind === 'percent' || (kind === undefined && counts !== '')
  if (isPercent) return `${rounded} %${counts}`
  if (kind === 'age-days') return `${say('value.days', { number: rounded })}${counts}`
  if (kind === 'age-hours') return `${say('value.hours', { number: rounded })}${counts}`
  return `${rounded}${counts}`
}
