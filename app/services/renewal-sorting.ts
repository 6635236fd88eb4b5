/** Sorts an account before its renewal by what readiness says today; pure. */
import type { Readiness } from '#app/readiness/status.ts'
import { summarise } from '#app/readiness/summary.ts'
import type { AccountSort } from './renewal-steps.ts'

export interface Sorted {
  sort: AccountSort
  /** Why, in short sentences; none for a clean account. */
  because: string[]
}

const count = (number: number, one: string, several: string) => (number === 1 ? one : `${number} ${several}`)

/** @param readiness of the client's newest application; null without one that can be read */
export function sortAccount(readiness: Readiness | null): Sorted {
  if (!readiness) return { sort: 'evidence-needed', because: ['No application that can be read'] }
  const { contradicted, excepted, unsupported, stale } = summarise(readiness)
  const open = readiness.blocking.filter(({ why }) => why !== 'contradicted').length
  const bare = contradicted - excepted
  const missing = [
    unsupported > 0 ? count(unsupported, '1 answer without evidence', 'answers without evidence') : null,
    stale > 0 ? count(stale, '1 answer on stale evidence', 'answers on stale evidence') : null,
    open > 0 ? count(open, '1 answer to complete', 'answers to complete') : null,
  ].filter((sentence) => sentence !== null)
  if (bare > 0) {
    const against = count(bare, '1 answer is contradicted', 'answers are contradicted')
    return { sort: 'remediation-needed', because: [against, ...missing] }
  }
  return { sort: missing.length > 0 ? 'evidence-needed' : 'clean', because: missing }
}
