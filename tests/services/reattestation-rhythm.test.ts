/** When an application is re-attested: how often its schedule says, and on which day it is where its client is. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { periodWords } from '#app/components/reattestation/period-words.ts'
import type { Member } from '#app/services/member.ts'
import { listReattestations } from '#app/services/reattestation-list.server.ts'
import { closeMissedReattestations, startReattestation } from '#app/services/reattestations.server.ts'
import { sendReminders } from '#app/services/reminder-planner.server.ts'
import { getReviewPack } from '#app/services/review-pack.server.ts'
import { listSchedules } from '#app/services/schedules.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { SIGNED, scheduleFor, signedClient } from './reattestation-world.ts'

let world: World
let member: Member
let clientId: string
let applicationId: string
const at = (moment: string) => world.setClock(new Date(moment))

beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  world.setClock(SIGNED)
  member = (await world.signUpMember('Mia Member')).member
  ;({ clientId, applicationId } = await signedClient(member))
})
afterAll(() => world?.close())

const freshness = async () => {
  const { inForce } = await listReattestations(member, clientId)
  if (!inForce[0]) throw new Error('No application in force')
  return inForce[0]
}
const periods = async () =>
  (await freshness()).periods.map(({ number, first, last, state }) => `${number} ${first} ${last} ${state}`)

describe('with a schedule of every six months', () => {
  beforeEach(() => scheduleFor(member, clientId, { how: 'month-day', months: '6', day: '15' }))

  test('the page, the button and the draft have periods of six months', async () => {
    at('2026-07-01T09:00:00Z')
    expect(await freshness()).toMatchObject({ nextOn: '2026-08-15', months: 6 })
    expect(await periods()).toEqual(['0 2026-02-15 2026-08-14 application'])
    expect(await startReattestation(member, applicationId)).toEqual({
      ...{ outcome: 'too-early', next: '2026-08-15' },
    })
    at('2026-09-01T09:00:00Z')
    expect(await freshness()).toMatchObject({ nextOn: null, months: 6 })
    await startReattestation(member, applicationId)
    expect(await periods()).toEqual(['0 2026-02-15 2026-08-14 application', '1 2026-08-15 2027-02-14 due'])
  })

  test('the review pack names the day of the schedule', async () => {
    at('2026-10-02T09:00:00Z')
    const { attested } = await getReviewPack(member, clientId, { first: '2026-04-01', last: '2026-06-30' })
    expect(attested).toMatchObject([{ next: null, nextOn: '2026-08-15' }])
  })

  test('what was begun before the schedule keeps its quarter, and the button says so', async () => {
    await startReattestationOn('2026-06-01T09:00:00Z', 3)
    expect(await freshness()).toMatchObject({ months: 3 })
    at('2026-09-01T09:00:00Z')
    expect(await freshness()).toMatchObject({ months: 6 })
    expect(await periods()).toEqual([
      '0 2026-02-15 2026-05-14 application',
      '1 2026-05-15 2026-08-14 missed',
      '2 2026-08-15 2027-02-14 due',
    ])
  })
})

async function startReattestationOn(moment: string, months: number) {
  at(moment)
  await startReattestation(member, applicationId, { months })
}

test.each([
  [1, 'this month'],
  [2, 'these two months'],
  [3, 'this quarter'],
  [6, 'these six months'],
  [12, 'this year'],
  [18, 'these 18 months'],
])('%i months are told as “%s”', (months, words) => {
  expect(periodWords(months)).toBe(words)
})

test('a date never comes before its re-attestation can begin', async () => {
  const { schedules } = await listSchedules(member, { clientId, applicationId })
  const own = schedules.find(({ purpose }) => purpose === 're-attestation')
  expect(own?.next.slice(0, 2).map(({ on }) => on)).toEqual(['2026-05-15', '2026-08-15'])
})

test('one signed in the middle of its cover is not asked for again for the days before', async () => {
  await sendReminders(member.organisationId)
  const late = await signedClient(member, { at: SIGNED, coversFrom: '2025-07-01', file: 'cd' })
  at('2026-01-13T09:00:00Z')
  await sendReminders(member.organisationId)
  at('2026-02-10T09:00:00Z')
  await sendReminders(member.organisationId)
  const { noted } = await listSchedules(member, { clientId: late.clientId, applicationId: null })
  expect(noted.map(({ plannedOn }) => plannedOn)).toEqual(['2026-04-01'])
})

describe('the last day of a period', () => {
  test('ends where the client is, in Los Angeles', async () => {
    await scheduleFor(member, clientId, { timeZone: 'America/Los_Angeles' })
    at('2026-06-01T09:00:00Z')
    await startReattestation(member, applicationId)
    at('2026-08-15T06:59:00Z')
    expect(await closeMissedReattestations(member.organisationId)).toBe(0)
    expect((await periods()).at(-1)).toBe('1 2026-05-15 2026-08-14 due')
    at('2026-08-15T07:00:00Z')
    expect(await closeMissedReattestations(member.organisationId)).toBe(1)
    expect((await periods()).at(-1)).toBe('2 2026-08-15 2026-11-14 due')
  })

  test('begins earlier in Auckland', async () => {
    await scheduleFor(member, clientId, { timeZone: 'Pacific/Auckland' })
    at('2026-05-14T12:30:00Z')
    expect(await startReattestation(member, applicationId)).toMatchObject({ outcome: 'started' })
  })
})
