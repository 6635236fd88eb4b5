/** One order for everything that readiness lists, so that the order of the input never shows in the output. */

/** By code unit, not by locale: every machine sorts alike. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function sortedBy<T>(items: Iterable<T>, ...keys: ((item: T) => string | number)[]): T[] {
  return [...items].sort((a, b) => {
    for (const key of keys) {
      const left = key(a)
      const right = key(b)
      if (left !== right) return left < right ? -1 : 1
    }
    return 0
  })
}

export function unique<T>(items: Iterable<T>): T[] {
  return [...new Set(items)]
}

/** Groups in order of first appearance. */
export function groupBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

/** The same groups as a look-up: nothing for a key that no item has. */
export function groupsOf<T>(items: Iterable<T>, key: (item: T) => string): (key: string) => T[] {
  const groups = groupBy(items, key)
  return (wanted) => groups.get(wanted) ?? []
}
