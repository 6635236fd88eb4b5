import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Member } from '#app/services/member.ts'
import { openWorld, type World } from '../support/world.ts'
import { checkOutcome } from './reminder-outcome.ts'
import { simulate } from './reminder-simulation.ts'

let world: World
let member: Member

beforeAll(async () => {
  world = await openWorld()
  member = (await world.signUpMember('Olive Owner')).member
})
afterAll(() => world?.close())

// A leap day, and changes of the clocks in America, Europe and Australia. tests/long/reminders.test.ts takes five years.
test('each reminder goes once and in its hour, whatever is killed', async () => {
  const outcome = await simulate(world, member, {
    ...{ clients: 20, days: 60, seed: 8, longestLife: 200, begun: new Date('2028-02-18T06:00:00Z') },
  })
  checkOutcome(outcome)
  expect(outcome.deaths).toBeGreaterThan(20)
}, 600_000)
