/** What the comparisons of single questions hand over to the difference as a whole. */
import type { ChangeKind, MigrationRule } from './edition-change.ts'

/** One change of one question, with what it means for an answer to the older wording. */
export interface Finding {
  kind: ChangeKind
  before: string | null
  after: string | null
  sentence: string
  rule: MigrationRule
}

export type Direction = 'stricter' | 'looser' | 'unknown'

const STRICTNESS: readonly MigrationRule[] = ['keep', 'propose', 'ask-again', 'new']

/** The rule that asks most of the person; `keep` where there is none. */
export function strictest(rules: readonly MigrationRule[]): MigrationRule {
  return rules.reduce<MigrationRule>(
    (strict, rule) => (STRICTNESS.indexOf(rule) > STRICTNESS.indexOf(strict) ? rule : strict),
    'keep',
  )
}

/** Equality of texts as readers see them: line breaks and spaces of a file do not count. */
export function isSameText(a: string | undefined, b: string | undefined): boolean {
  return tidy(a) === tidy(b)
}

function tidy(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim()
}

/** JSON with sorted keys, so that the order in which an author wrote fields does not count. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
