import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { judgeFindings, listFindings } from '#app/services/finding-register.server.ts'
import type { Member } from '#app/services/member.ts'
import { RegisterSearch } from '#app/services/register-input.ts'
import { PrepareReportInput } from '#app/services/report-input.ts'
import { namedReviewer } from '#app/services/report-signers.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { summariseFindings } from '#app/services/statement-surroundings.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { addScan, makeClientOf } from './register-world.ts'

let world: World
let member: Member
let stranger: Member
let clientId: string
const TODAY = '2026-06-30'

const summaryOf = (who: Member, client: string, day = TODAY) =>
  getRuntime().database.inOrganisation(who.organisationId, (tx) =>
    summariseFindings(tx, who.organisationId, client, day),
  )

beforeAll(async () => {
  world = await openWorld()
  world.setClock(new Date('2026-06-30T10:00:00Z'))
  member = (await world.signUpMember('Rita Register')).member
  stranger = (await world.signUpMember('Sam Stranger')).member
  clientId = await makeClientOf(member)
  const old = { checkId: 'old', severity: 'critical' as const }
  const middle = { checkId: 'middle', severity: 'high' as const }
  await addScan(member, clientId, { on: '2025-12-01', hosts: { 'srv-1': { findings: [old] } } })
  await addScan(member, clientId, { on: '2026-05-15', hosts: { 'srv-1': { findings: [old, middle] } } })
  await addScan(member, clientId, {
    on: '2026-06-25',
    hosts: {
      'srv-1': {
        findings: [
          old,
          middle,
          { checkId: 'new', severity: 'critical' },
          { checkId: 'banner', severity: 'info' },
        ],
      },
    },
  })
}, 600_000)
afterAll(() => world?.close())

describe('findings by severity and age', () => {
  test('count whole days since a scan first saw them, worst severity first', async () => {
    expect(await summaryOf(member, clientId)).toMatchObject({
      countedOn: TODAY,
      open: [
        { severity: 'critical', upTo30Days: 1, upTo90Days: 0, upTo180Days: 0, older: 1 },
        { severity: 'high', upTo30Days: 0, upTo90Days: 1, upTo180Days: 0, older: 0 },
        { severity: 'info', upTo30Days: 1, upTo90Days: 0, upTo180Days: 0, older: 0 },
      ],
      oldestSeenOn: '2025-12-01',
      accepted: 0,
      fixed: 0,
      scansNotCounted: 0,
    })
    // The same finding a month later is a month older.
    const later = await summaryOf(member, clientId, '2026-08-20')
    expect(later?.open[1]).toMatchObject({ severity: 'high', upTo90Days: 0, upTo180Days: 1 })
  })

  test('an accepted finding is told apart until its day is over', async () => {
    const { rows } = await listFindings(member, clientId, RegisterSearch.parse({}))
    const middle = rows.find(({ severity }) => severity === 'high')
    await judgeFindings(member, clientId, {
      findingIds: [middle?.id ?? ''],
      decision: 'accepted',
      untilDay: '2026-07-15',
      reason: 'Replaced in July.',
    })
    expect(await summaryOf(member, clientId)).toMatchObject({ accepted: 1, open: [{}, { severity: 'info' }] })
    expect(await summaryOf(member, clientId, '2026-07-16')).toMatchObject({
      open: [{}, { severity: 'high' }, {}],
    })
  })

  test('nothing is said where no scan was ever taken in, or of another organisation’s client', async () => {
    expect(await summaryOf(member, await makeClientOf(member))).toBeUndefined()
    expect(await summaryOf(stranger, clientId)).toBeUndefined()
  })
})

const INSURED = 'Client House'

describe('an independent reviewer', () => {
  const input = {
    contributorTitle: 'Technician',
    officerName: 'Oscar Officer',
    officerTitle: 'Chief executive',
    officerRole: 'chief-executive',
    officerEmail: 'oscar@client.example',
    coversFrom: '',
    certify: 'on',
  } as const

  test('is nobody unless both the name and the organisation are given', () => {
    expect(namedReviewer(member, PrepareReportInput.parse(input), INSURED)).toBeUndefined()
    const half = PrepareReportInput.safeParse({ ...input, reviewerName: 'Ada Auditor' })
    expect(half.error?.issues[0]?.path).toEqual(['reviewerOrganisation'])
    const whole = { ...input, reviewerName: 'Ada Auditor', reviewerOrganisation: 'Audit House' }
    expect(namedReviewer(member, PrepareReportInput.parse(whole), INSURED)).toEqual({
      name: 'Ada Auditor',
      organisation: 'Audit House',
    })
  })

  test.each([
    { reviewerName: 'Ada Auditor', reviewerOrganisation: 'own' },
    { reviewerName: 'Ada Auditor', reviewerOrganisation: 'Client House' },
    { reviewerName: 'rita register', reviewerOrganisation: 'Audit House' },
    { reviewerName: 'Óscar  Officer', reviewerOrganisation: 'Audit House' },
  ])('is none of those who prepare or sign: $reviewerName, $reviewerOrganisation', (reviewer) => {
    const organisation =
      reviewer.reviewerOrganisation === 'own' ? member.organisationName : reviewer.reviewerOrganisation
    const named = { ...input, ...reviewer, reviewerOrganisation: organisation }
    expect(() => namedReviewer(member, named, INSURED)).toThrow(/independent reviewer/)
  })
})
