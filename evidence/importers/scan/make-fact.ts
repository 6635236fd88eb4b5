/** Facts of lists: users, devices, runs. Each with what it was counted over. */
import type { Fact, FactKey, FactScope } from '../../facts.ts'

export interface FactSetting {
  viewpoint: FactScope['viewpoint']
  subject: string
  collector: string
  observedAt: Date
  /** Why the list proves no absence; none: it is complete. */
  gaps: readonly string[]
  /** Stands under every fact. */
  note?: string | null
}

export interface FactParts {
  gaps?: readonly (string | null)[]
  note?: string | null
}

export function makeFact(
  setting: FactSetting,
  key: FactKey,
  value: Fact['value'],
  { gaps = [], note }: FactParts = {},
): Fact {
  const reasons = [...setting.gaps, ...gaps].filter((gap) => gap !== null)
  const words = [...reasons, note, setting.note].filter(Boolean).join(' ').slice(0, 1000)
  return {
    key,
    scope: { viewpoint: setting.viewpoint, subject: setting.subject.slice(0, 500) },
    value: typeof value === 'string' ? value.slice(0, 500) : value,
    observedAt: setting.observedAt.toISOString(),
    completeness: reasons.length > 0 ? 'partial' : 'complete',
    ...(words ? { note: words } : {}),
    collector: setting.collector.slice(0, 200),
  }
}

/** null where there is nobody to count: a share of nothing is no fact. */
export function makePercent(
  setting: FactSetting,
  key: FactKey,
  numerator: number,
  denominator: number,
  parts: FactParts = {},
): Fact | null {
  if (denominator === 0) return null
  return { ...makeFact(setting, key, (numerator / denominator) * 100, parts), numerator, denominator }
}
