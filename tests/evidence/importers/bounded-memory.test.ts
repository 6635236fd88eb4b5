import { describe, expect, test } from 'vitest'
import { ENDLESS_KINDS, readEndless } from './endless.ts'

// All kinds at full length run in tests/long; here those that are quick, and the others long enough to tell growth.
const ELEMENTS: Record<string, number> = { items: 300_000, services: 500_000, tags: 2_000_000 }
const TEN_MILLION = 10_000_000

describe('a file of millions of elements is read in bounded memory', () => {
  test.each(ENDLESS_KINDS)(
    '%s',
    async (kind, outcome) => {
      const wanted = ELEMENTS[kind] ?? TEN_MILLION
      const result = await readEndless(kind, wanted)
      expect(result.outcome).toBe(outcome)
      if (outcome === 'read whole') expect(result.elements).toBeGreaterThanOrEqual(wanted)
      expect(result.grownMegabytes).toBeLessThan(160)
    },
    240_000,
  )
})
