/** What scans and exports show today, one value a fact key, for the gates of a form that look at findings. */
import { isLive, selectFactsInForce } from './facts-in-force.ts'
import type { FactSource, ReadinessInput } from './status.ts'

/**
 * Values by fact key. Several subjects give the largest number and "true" where one of them says so: a gate asks
 * whether there is such a finding at all. Facts that are stale, or that were only stated, open nothing.
 */
export function gateFactsOf(
  input: Pick<ReadinessInput, 'facts' | 'evidence' | 'catalogue' | 'now'>,
): Record<string, number | boolean | string> {
  const values: Record<string, number | boolean | string> = {}
  for (const [key, scopes] of selectFactsInForce(input)) {
    const facts = scopes
      .flat()
      .filter(isLive)
      .map(({ fact }) => fact)
      .filter((fact) => isComparable(fact))
    const value = strongestOf(facts)
    if (value !== undefined) values[key] = value
  }
  return values
}

/** A port that answers inside the network says nothing about the internet. */
function isComparable({ key, scope }: FactSource): boolean {
  if (scope.viewpoint === 'statement') return false
  return !key.startsWith('exposure.') || scope.viewpoint === 'external'
}

function strongestOf(facts: readonly FactSource[]): number | boolean | string | undefined {
  const values = facts.map(({ value }) => value)
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length > 0) return Math.max(...numbers)
  if (values.includes(true)) return true
  return values[0]
}
