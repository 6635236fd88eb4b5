/** Few at a time, and not too fast: what a check may do to the resolver and to the client's machines. */
import { setTimeout as sleep } from 'node:timers/promises'

export interface Pace {
  run<T>(work: () => Promise<T>): Promise<T>
}

/**
 * @param options.atOnce how many may be under way
 * @param options.everyMs at least so long between two starts
 */
export function openPace(options: { atOnce: number; everyMs: number }): Pace {
  const waiting: (() => void)[] = []
  let running = 0
  let nextStart = 0
  return {
    async run(work) {
      if (running >= options.atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
      else running += 1
      try {
        const now = performance.now()
        const start = Math.max(now, nextStart)
        nextStart = start + options.everyMs
        if (start > now) await sleep(start - now)
        return await work()
      } finally {
        // The place is handed on, not freed: nobody can slip in between.
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}
