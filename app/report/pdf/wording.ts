/** How the report says statuses, outcomes and dates; times are UTC and say so. */
import { FACT_DICTIONARY, type FactKind } from '#evidence/facts.ts'
import type { Severity } from '#evidence/severity.ts'
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

export const CONTROL_WORDS = {
  met: { word: 'Met', meaning: 'Claimed, and shown by evidence or facts in force.' },
  partly: {
    word: 'Partly met',
    meaning: 'In place for some of what it should cover, or weakened by what was seen.',
  },
  unmet: { word: 'Not met', meaning: 'Not in place, by the applicant’s own answer or by what was seen.' },
  unknown: { word: 'Unknown', meaning: 'Nobody said, or nothing in force shows it. Never counted as met.' },
  'not-applicable': { word: 'Not applicable', meaning: 'Does not apply to this applicant.' },
} as const satisfies Record<ControlStatus, { word: string; meaning: string }>

export const STANDING_WORDS = {
  supported: 'Supported by evidence',
  weakened: 'Supported, with reservations',
  unsupported: 'Stated without evidence',
  stale: 'Evidence out of date',
  contradicted: 'Contradicted',
  gap: 'Not known: open gap',
  'not-claimed': 'No claim to prove',
} as const satisfies Record<Standing, string>

export function standingOf(answer: AnswerItem): Standing {
  if (answer.answer?.state === 'dont-know') return 'gap'
  if (answer.status === 'supported' && answer.weakened) return 'weakened'
  return answer.status
}

export function wordStanding(answer: AnswerItem): string {
  const standing = standingOf(answer)
  if (standing === 'contradicted' && answer.exceptionId) return 'Contradicted, under an exception'
  return STANDING_WORDS[standing]
}

const OUTCOME_WORDS = {
  supports: 'Supports',
  weakens: 'Weakens',
  contradicts: 'Contradicts',
  'not-comparable': 'Not comparable',
  stale: 'Out of date',
} as const satisfies Record<ReasonItem['outcome'], string>
export const wordOutcome = (outcome: ReasonItem['outcome']) => OUTCOME_WORDS[outcome]

export const SEVERITY_WORDS = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  unknown: 'Not rated',
  low: 'Low',
  info: 'Informational',
} as const satisfies Record<Severity, string>

// Without Intl: its output changes with the ICU data of the machine, and the report must not.
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

export function wordDate(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-')
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`
}

export const wordTime = (iso: string) => `${wordDate(iso)}, ${iso.slice(11, 16)} UTC`

/** "1 answer", "2 answers". */
export function count(number: number, one: string, several = `${one}s`): string {
  return `${groupDigits(number)} ${number === 1 ? one : several}`
}

export function groupDigits(number: number): string {
  const [whole = '', fraction] = String(number).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction ? `${grouped}.${fraction}` : grouped
}

export function wordSize(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte')
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** `vulnerability-scan` as words. Ids are stable; the catalogue's labels are not part of the statement. */
export function wordId(id: string): string {
  const words = id.replaceAll(/[-_]/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const dictionary: Record<string, { kind: FactKind; label: string } | undefined> = FACT_DICTIONARY

export const wordFact = (key: string) => dictionary[key]?.label ?? wordId(key.split('.').pop() ?? key)

export function wordFactValue({ key, value, numerator, denominator }: FactItem): string {
  const kind = dictionary[key]?.kind
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'string') return kind === 'date' ? wordDate(value) : value
  const rounded = groupDigits(Math.round(value * 10) / 10)
  const counts =
    numerator !== undefined && denominator !== undefined
      ? ` (${groupDigits(numerator)} of ${groupDigits(denominator)})`
      : ''
  const isPercent = kind === 'percent' || (kind === undefined && counts !== '')
  const unit = isPercent ? ' %' : kind === 'age-days' ? ' days' : kind === 'age-hours' ? ' hours' : ''
  return `${rounded}${unit}${counts}`
}

export const VIEWPOINT_WORDS = {
  external: 'from the internet',
  internal: 'from inside the network',
  tenant: 'from inside the service',
  statement: 'by a statement',
} as const satisfies Record<FactItem['scope']['viewpoint'], string>
