/** Keeps what did not change the same object, so that a reload of the page's data draws only what it changed. */
import { useRef } from 'react'

type Members<Member> = Readonly<Record<string, Member>>

/** The members of `next`, each replaced by the one before where both say the same; the whole where all do. */
export function useSteadyMembers<Member>(next: Members<Member>): Members<Member> {
  const kept = useRef<{ given: Members<Member>; steady: Members<Member> }>()
  if (kept.current?.given === next) return kept.current.steady
  const before = kept.current?.steady ?? {}
  const entries = Object.entries(next).map(([key, member]): [string, Member] => {
    const old = Object.hasOwn(before, key) ? before[key] : undefined
    return [key, old !== undefined && saysTheSame(old, member) ? old : member]
  })
  const isSame =
    entries.length === Object.keys(before).length && entries.every(([key, member]) => before[key] === member)
  const steady = kept.current && isSame ? before : Object.fromEntries(entries)
  kept.current = { given: next, steady }
  return steady
}

/** `next`, or what was there before where both say the same; for what JSON can say. */
export function useSteady<Value>(next: Value): Value {
  const kept = useRef(next)
  if (kept.current !== next && !saysTheSame(kept.current, next)) kept.current = next
  return kept.current
}

export function useSteadySet<Member>(next: ReadonlySet<Member>): ReadonlySet<Member> {
  const kept = useRef(next)
  const isSame = kept.current.size === next.size && [...next].every((member) => kept.current.has(member))
  if (!isSame) kept.current = next
  return kept.current
}

function saysTheSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
