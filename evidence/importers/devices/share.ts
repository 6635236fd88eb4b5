/** How many devices of a list have something; those of which it does not say are in no share, and make it partial. */
import type { Fact, FactKey } from '../../facts.ts'
import { type FactSetting, makePercent } from '../scan/make-fact.ts'
import { many } from '../scan/text.ts'

export interface Share {
  yes: number
  no: number
  unknown: number
}

export const newShare = (): Share => ({ yes: 0, no: 0, unknown: 0 })

export function count(into: Share, flag: boolean | null): void {
  if (flag === null) into.unknown += 1
  else into[flag ? 'yes' : 'no'] += 1
}

/** Whether the list says anything at all: a missing or empty column is no fact. */
export const isTold = ({ yes, no }: Share) => yes + no > 0

/** null: nothing was left out. */
export const gapOf = ({ unknown }: Share): string | null =>
  unknown > 0 ? `The list does not say it, or not readably, of ${many(unknown, 'device')}.` : null

/**
 * The share of the devices of which the list says it. Blanks neither prove, as they make the fact partial, nor disprove:
 * what is missing is no counter-example (domain/controls.md §0.1).
 */
export function makeShareFact(
  setting: FactSetting,
  key: FactKey,
  share: Share,
  gaps: readonly (string | null)[] = [],
): Fact | null {
  if (!isTold(share)) return null
  return makePercent(setting, key, share.yes, share.yes + share.no, {
    gaps: [gapOf(share), ...gaps],
  })
}
