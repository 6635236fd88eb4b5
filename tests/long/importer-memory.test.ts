import { describe, expect, test } from 'vitest'
import { ENDLESS_KINDS, readEndless } from '#tests/evidence/importers/endless.ts'

const TEN_MILLION = 10_000_000

describe('a file of ten million elements is read in bounded memory', () => {
  test.each(ENDLESS_KINDS)('%s', async (kind, outcome) => {
    const result = await readEndless(kind, TEN_MILLION)
    expect(result.outcome).toBe(outcome)
    if (outcome === 'read whole') expect(result.elements).toBeGreaterThanOrEqual(TEN_MILLION)
    expect(result.grownMegabytes).toBeLessThan(160)
  })
})
