import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Member } from '#app/services/member.ts'
import { checkOutcome } from '../services/reminder-outcome.ts'
import { simulate } from '../services/reminder-simulation.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let member: Member

beforeEach(async () => {
  world = await openWorld()
  member = (await world.signUpMember('Olive Owner')).member
})
afterEach(() => world?.close())

test.each([
  { clients: 40, days: 366, seed: 1, longestLife: 1000 },
  { clients: 40, days: 366, seed: 2, longestLife: 0 },
  { clients: 300, days: 5 * 365 + 2, seed: 3, longestLife: 10_000 },
])(
  'over $days days of $clients clients each reminder goes once and in its hour (seed $seed)',
  async (options) => {
    const outcome = await simulate(world, member, { ...options, begun: new Date('2027-02-01T06:00:00Z') })
    checkOutcome(outcome)
    if (options.longestLife > 0) expect(outcome.deaths).toBeGreaterThan(100)
  },
  10 * 60 * 60_000,
)
