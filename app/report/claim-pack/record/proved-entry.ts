/** A ledger entry whose proof holds, and how what it says is compared. */
import { canonicalJson } from '#evidence/canonical.ts'

export interface ProvedEntry {
  sequence: number
  kind: string
  /** "Name <address>", or what in Attested wrote it. */
  actor: string
  /** ISO 8601, UTC, milliseconds. */
  at: string
  payload: Record<string, unknown>
}

export const entriesOf = (
  entries: readonly ProvedEntry[],
  kinds: readonly string[],
  about: Record<string, unknown>,
) =>
  entries.filter(
    ({ kind, payload }) =>
      kinds.includes(kind) && Object.entries(about).every(([name, value]) => payload[name] === value),
  )

export function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null)
}

/** Of an actor "Name <address>". */
export const isBy = (actor: string, name: string | null) => actor === name || actor.startsWith(`${name} <`)

/** Names of the fields that differ. */
export function differingFields(told: object, recorded: object): string[] {
  return Object.entries(recorded).flatMap(([name, value]) =>
    isSame((told as Record<string, unknown>)[name], value) ? [] : [name],
  )
}

/** The day of a moment, YYYY-MM-DD in UTC. */
export const dayOf = (moment: string) => moment.slice(0, 10)
