import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { recordBinder, recordQuote } from '#app/services/bindings.server.ts'
import { createClient, getClient, setClientArchived } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { NotFoundError } from '#app/services/errors.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import {
  changePolicy,
  recordPolicy,
  takeDatesOfPolicy,
  withdrawPolicy,
} from '#app/services/policies.server.ts'
import {
  applicationConcerns,
  holdOf,
  newestReattestation,
  reportOfPolicy,
} from '#app/services/policy-concerns.ts'
import { PolicyInput } from '#app/services/policy-input.ts'
import { getClientPolicies, getPolicyPage } from '#app/services/policy-page.server.ts'
import { pickPolicy, policyStanding } from '#app/services/policy-standing.ts'
import { getPolicyStart, yearAfter } from '#app/services/policy-start.server.ts'
import {
  addStep,
  editStep,
  settleStep,
  skipEarlySteps,
  startPlan,
} from '#app/services/renewal-plan.server.ts'
import { listRenewals } from '#app/services/renewal-portfolio.server.ts'
import { BUILT_IN_STEPS, SORTING_STEP, sayDays, stepDay } from '#app/services/renewal-steps.ts'
import { writeRenewalTable } from '#app/services/renewal-table.ts'
import { changeRenewalTemplate, getRenewalTemplate } from '#app/services/renewal-template.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { amountProblem, majorUnitsOf, minorUnitsOf } from '#app/services/typed-amount.ts'
import { policyVersion } from '#db/schema/index.ts'
import { openWorld, type World } from '../support/world.ts'
import { policyInput, typedPolicy } from './policy-world.ts'
import { binder, quote } from './subjectivity-world.ts'

const NOW = new Date('2027-11-05T10:00:00.000Z')

let world: World
let mia: Member
let stranger: Member

beforeAll(async () => {
  world = await openWorld()
  mia = (await world.signUpMember('Mia Member')).member
  stranger = (await world.signUpMember('Sam Stranger')).member
})
beforeEach(() => world.setClock(NOW))
afterAll(() => world?.close())

const newClient = () => createClient(mia, demoClients(NOW).dental)
const newPolicy = async (words: Record<string, unknown> = {}) => {
  const clientId = await newClient()
  return { clientId, policyId: await recordPolicy(mia, clientId, policyInput(words)) }
}
const stepsOf = async (policyId: string) => (await getPolicyPage(mia, policyId)).steps
const stepOf = async (policyId: string, key: string) => {
  const step = (await stepsOf(policyId)).find(({ stepKey }) => stepKey === key)
  if (!step) throw new Error(`No step ${key}`)
  return { ...step, stepId: step.id, seenVersion: step.version }
}

describe('the form of a policy', () => {
  test.each([
    ['an expiry on the inception', { expiresOn: '2027-03-01' }, 'expiresOn'],
    ['a period of a century', { expiresOn: '2127-03-01' }, 'expiresOn'],
    ['a day that there is not', { inceptionOn: '2027-02-29' }, 'inceptionOn'],
    ['an invented time zone', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['an offset, which knows no daylight saving', { timeZone: '+01:00' }, 'timeZone'],
    ['cents of yen', { currency: 'JPY', retention: '1.50', limits: [], sublimits: [] }, 'retention'],
    ['a currency that no state has', { currency: 'dol' }, 'currency'],
    ['half a currency, with a sign in front of the amount', { currency: 'D', retention: '$5' }, 'currency'],
    ['a negative limit', { limits: [{ name: 'Aggregate', amount: '-1' }] }, 'limits.0.amount'],
    [
      'an amount beyond all insurers',
      { limits: [{ name: 'All', amount: '9'.repeat(20) }] },
      'limits.0.amount',
    ],
    [
      'a duty within no time',
      { notices: [{ what: 'It', toWhom: 'Her', within: '0', unit: 'days' }] },
      'notices.0.within',
    ],
    [
      'a file that is no id',
      { documents: [{ evidenceId: '../x', role: 'policy' }] },
      'documents.0.evidenceId',
    ],
    ['a retroactive date in the term', { retroactiveOn: '2027-06-01' }, 'retroactiveOn'],
    ['more rows than anybody enters', { limits: Array(41).fill({ name: 'Limit', amount: '1' }) }, 'limits'],
  ])('%s is refused at its field', (_, words, field) => {
    const result = PolicyInput.safeParse(typedPolicy(words))
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })

  test('amounts become minor units without floating point, by the digits of their currency', () => {
    const { terms } = policyInput()
    expect(terms.retentionMinor).toBe(2_500_000)
    expect(terms.sublimits[0]?.amountMinor).toBe(25_000_050)
    expect(minorUnitsOf('0.29', 'USD')).toBe(29)
    expect(minorUnitsOf('1 234', 'JPY')).toBe(1234)
    expect(minorUnitsOf('1.2345', 'KWD')).toBeNull()
    expect(majorUnitsOf(29, 'USD')).toBe('0.29')
    expect(majorUnitsOf(1234, 'JPY')).toBe('1234')
    expect(majorUnitsOf(100_000, 'USD')).toBe('1000')
  })
})

describe('an amount', () => {
  test.each([
    ['25 000', 'USD', 2_500_000],
    ['$25,000', 'USD', 2_500_000],
    ['US$ 25’000.50', 'USD', 2_500_050],
    ['usd 25000', 'USD', 2_500_000],
    ['€ 25 000', 'EUR', 2_500_000],
    ['¥1,000', 'JPY', 1000],
    ['0000000000000025', 'USD', 2500],
    ['9,999,999,999,999', 'USD', 999_999_999_999_900],
  ])('is taken as %s of %s', (typed, currency, minor) => {
    expect(minorUnitsOf(typed, currency)).toBe(minor)
    expect(amountProblem(typed, currency)).toBeNull()
  })

  test.each([
    ['one million', 'USD', 'in digits'],
    ['-5', 'USD', 'in digits'],
    ['25.000,50', 'USD', 'in digits'],
    ['9'.repeat(26), 'USD', 'The largest amount that can be kept is 9,999,999,999,999'],
    ['9'.repeat(14), 'KWD', 'The largest amount that can be kept is 9,007,199,254,739'],
    ['€25', 'USD', '“€” is not the sign of USD'],
    ['CHF 25', 'EUR', '“CHF” is not the sign of EUR'],
    ['1.50', 'JPY', 'JPY has nothing behind the point'],
    ['1.234', 'USD', 'at most 2 digits behind the point'],
  ])('typed as %s of %s is refused with a reason', (typed, currency, words) => {
    expect(amountProblem(typed, currency)).toContain(words)
    expect(minorUnitsOf(typed, currency)).toBeNull()
  })
})

describe('a policy', () => {
  test('keeps each version, and tells what changed, by whom and why', async () => {
    const { policyId } = await newPolicy()
    const changed = policyInput({ retention: '50000', policyNumber: '' })
    const by = { seenVersion: 1, reason: 'Endorsement 4' }
    expect(await changePolicy(mia, policyId, by, changed)).toBe('saved')
    const { versions, current } = await getPolicyPage(mia, policyId)
    expect(current.version).toBe(2)
    expect(versions[0]).toMatchObject({ version: 2, reason: 'Endorsement 4', recordedByName: 'Mia Member' })
    expect(versions[0]?.changes).toEqual([
      { term: 'Retention', before: '$25,000.00', after: '$50,000.00' },
      { term: 'Policy number', before: 'HM-2027-1', after: null },
    ])
    expect((await listLedger(mia)).entries[0]?.kind).toBe('policy.changed')
  })

  test('is not overwritten unseen', async () => {
    const { policyId } = await newPolicy()
    await changePolicy(mia, policyId, { seenVersion: 1, reason: 'First' }, policyInput({ retention: '1' }))
    const late = { seenVersion: 1, reason: 'Second' }
    expect(await changePolicy(mia, policyId, late, policyInput({ retention: '2' }))).toBe('conflict')
    expect((await getPolicyPage(mia, policyId)).current.terms.retentionMinor).toBe(100)
  })

  test('has versions that the database does not let anybody change', async () => {
    await newPolicy()
    const change = getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
      tx.update(policyVersion).set({ insurer: 'Another' }),
    )
    await expect(change).rejects.toThrow()
  })

  test('is nobody else’s', async () => {
    const { policyId, clientId } = await newPolicy()
    await expect(getPolicyPage(stranger, policyId)).rejects.toThrow(NotFoundError)
    await expect(recordPolicy(stranger, clientId, policyInput())).rejects.toThrow(NotFoundError)
    const change = changePolicy(stranger, policyId, { seenVersion: 1, reason: 'Mine' }, policyInput())
    await expect(change).rejects.toThrow(NotFoundError)
  })

  test('takes no application, file or control from elsewhere', async () => {
    const { clientId } = await newPolicy()
    const foreign = await startApplication(mia, await newClient(), { formCode: 'core-cyber', edition: '1' })
    const record = (words: object) => recordPolicy(mia, clientId, policyInput({ ...words }))
    await expect(record({ applicationId: foreign })).rejects.toMatchObject({ code: 'application' })
    const documents = [{ evidenceId: crypto.randomUUID(), role: 'policy' }]
    await expect(record({ documents })).rejects.toMatchObject({ code: 'document' })
    const endorsements = [{ title: 'An endorsement', wording: '', controlIds: 'no-such-control' }]
    await expect(record({ endorsements })).rejects.toMatchObject({ code: 'controls' })
  })

  test('that was withdrawn leaves the lists, keeps its versions and changes no more', async () => {
    const { policyId, clientId } = await newPolicy()
    await withdrawPolicy(mia, policyId, 'Entered for the wrong client.')
    expect((await getClientPolicies(mia, clientId)).policies).toEqual([])
    expect((await getPolicyPage(mia, policyId)).policy.withdrawnReason).toBe('Entered for the wrong client.')
    const change = changePolicy(mia, policyId, { seenVersion: 1, reason: 'Again' }, policyInput())
    await expect(change).rejects.toMatchObject({ code: 'withdrawn' })
  })

  test('of an archived client is not recorded', async () => {
    const clientId = await newClient()
    await setClientArchived(mia, clientId, true)
    await expect(recordPolicy(mia, clientId, policyInput())).rejects.toMatchObject({ code: 'archived' })
  })

  test('that expired says whether the one that follows is recorded', async () => {
    const { clientId, policyId } = await newPolicy()
    world.setClock(new Date('2028-04-20T10:00:00Z'))
    expect(await getPolicyPage(mia, policyId)).toMatchObject({ standing: 'expired', isFollowed: false })
    await recordPolicy(mia, clientId, policyInput({ inceptionOn: '2028-03-01', expiresOn: '2029-03-01' }))
    expect((await getPolicyPage(mia, policyId)).isFollowed).toBe(true)
  })

  test('in force gives the client its dates, and can do so again', async () => {
    const { clientId } = await newPolicy()
    const dates = { policyInceptionOn: '2027-03-01', policyRenewalOn: '2028-03-01' }
    expect(await getClient(mia, clientId)).toMatchObject(dates)
    // The next one does not count yet.
    const next = policyInput({ inceptionOn: '2028-03-01', expiresOn: '2029-03-01' })
    await recordPolicy(mia, clientId, next)
    expect(await getClient(mia, clientId)).toMatchObject(dates)
    world.setClock(new Date('2028-03-02T00:00:00Z'))
    await takeDatesOfPolicy(mia, clientId)
    expect(await getClient(mia, clientId)).toMatchObject({ policyRenewalOn: '2029-03-01' })
  })
})

describe('where a policy stands', () => {
  const period = { inceptionOn: '2027-03-01', expiresOn: '2028-03-01', timeZone: 'America/New_York' }
  test.each([
    ['2027-03-01T05:00:30Z', 'upcoming'],
    ['2027-03-01T05:01:00Z', 'in-force'],
    ['2028-03-01T05:00:59Z', 'in-force'],
    ['2028-03-01T05:01:00Z', 'expired'],
  ])('at %s it is %s: 00:01 where the named insured is', (at, standing) => {
    expect(policyStanding(period, new Date(at))).toBe(standing)
  })

  test('one in force counts before one to come, and that before one that was', () => {
    const policies = [
      { ...period, name: 'next', inceptionOn: '2028-03-01', expiresOn: '2029-03-01' },
      { ...period, name: 'now' },
      { ...period, name: 'last', inceptionOn: '2026-03-01', expiresOn: '2027-03-01' },
    ]
    const at = (moment: string, from = policies) => pickPolicy(from, (one) => one, new Date(moment))?.name
    expect(at('2027-06-01T00:00:00Z')).toBe('now')
    expect(at('2026-01-01T00:00:00Z')).toBe('last')
    expect(at('2030-01-01T00:00:00Z')).toBe('next')
    expect(pickPolicy([], (one: typeof period) => one, NOW)).toBeNull()
  })
})

describe('what a policy rests on', () => {
  test('an endorsement is threatened as soon as readiness does not support its control', async () => {
    const clientId = await newClient()
    const applicationId = await startApplication(mia, clientId, { formCode: 'core-cyber', edition: '1' })
    const answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } as const
    await recordAnswer(mia, { applicationId, questionId: 'mfa-email', answer, seenVersion: 0 })
    const policyId = await recordPolicy(mia, clientId, policyInput({ applicationId }))
    const page = await getPolicyPage(mia, policyId)
    expect(page.threatened).toHaveLength(1)
    expect(page.threatened[0]?.controls[0]).toMatchObject({ id: 'mfa-email', hold: 'unsupported' })
    expect(page.applicationConcerns).toEqual([{ kind: 'not-signed' }])
  })

  test('a contradiction counts even where an exception lets the answer be signed', () => {
    const control = { id: 'mfa-email', label: 'MFA' }
    const controls = [{ controlId: 'mfa-email', status: 'partly' as const, reasons: [], questionIds: [] }]
    const answers = [
      {
        ...{
          questionId: 'q',
          controlId: 'mfa-email',
          claim: null,
          claims: [],
          status: 'contradicted' as const,
        },
        ...{ weakened: false, exceptionId: 'e', reasons: [], elsewhere: [] },
      },
    ]
    expect(holdOf(control, { controls, answers }).hold).toBe('contradicted')
    expect(holdOf(control, { controls, answers: [] }).hold).toBe('partly')
    expect(holdOf(control, null).hold).toBe('unknown')
  })

  const report = (words: object = {}) => ({
    ...{ id: 'r', kind: 'application' as const, state: 'signed' },
    ...{ attestedAt: new Date('2027-02-01T10:00:00Z'), coversFrom: null },
    ...words,
  })
  const kinds = (of: ReturnType<typeof report> | null, maximumAgeDays: number | null = 45) =>
    applicationConcerns(true, { report: of, maximumAgeDays }, '2027-03-01').map(({ kind }) => kind)

  test('its application has to be signed, in time, and for its period', () => {
    expect(applicationConcerns(false, null, '2027-03-01')).toEqual([{ kind: 'none-named' }])
    expect(kinds(report())).toEqual([])
    expect(kinds(null)).toEqual(['not-signed'])
    expect(kinds(report({ attestedAt: new Date('2027-01-14T23:00:00Z') }))).toEqual(['too-old'])
    expect(kinds(report({ attestedAt: new Date('2027-01-15T00:00:00Z') }))).toEqual([])
    expect(kinds(report({ attestedAt: new Date('2027-03-02T00:00:00Z') }))).toEqual(['after-inception'])
    expect(kinds(report({ state: 'withdrawn' }))).toEqual(['withdrawn'])
    expect(kinds(report({ coversFrom: '2027-04-01' }))).toEqual(['other-cover'])
  })
})

describe('of the reports of an application', () => {
  const report = (
    id: string,
    kind: 'application' | 'reattestation',
    day: string | null,
    state = 'signed',
  ) => ({
    ...{ id, kind, state, coversFrom: null },
    attestedAt: day === null ? null : new Date(`${day}T10:00:00Z`),
  })
  const first = report('first', 'application', '2027-02-01')

  test('a policy rests on the application’s own, however often it was re-attested since', () => {
    const reports = [
      report('drafted', 'reattestation', null, 'awaiting-attestation'),
      report('taken-back', 'reattestation', '2027-12-01', 'withdrawn'),
      report('second', 'reattestation', '2027-09-01'),
      report('once', 'reattestation', '2027-06-01'),
      first,
    ]
    expect(reportOfPolicy(reports)).toBe(first)
    expect(newestReattestation(reports)?.id).toBe('second')
    expect(newestReattestation([first])).toBeNull()
  })

  test('a withdrawn one counts only until it is signed again', () => {
    const before = report('before', 'application', '2027-01-20', 'withdrawn')
    expect(reportOfPolicy([first, before])).toBe(first)
    expect(reportOfPolicy([report('again', 'reattestation', '2027-06-01'), before])).toBe(before)
    expect(reportOfPolicy([report('again', 'reattestation', '2027-06-01')])).toBeNull()
  })
})

describe('a policy begins', () => {
  test('from a bound quote with its insurer, reference and application', async () => {
    const clientId = await newClient()
    const applicationId = await startApplication(mia, clientId, { formCode: 'core-cyber', edition: '1' })
    world.setClock(null)
    await recordQuote(mia, applicationId, 0, quote())
    await recordBinder(mia, applicationId, 1, binder())
    expect((await getClientPolicies(mia, clientId)).bound).toMatchObject([{ applicationId }])
    const from = { boundApplicationId: applicationId, earlierPolicyId: null }
    const { start } = await getPolicyStart(mia, clientId, from)
    expect(start).toMatchObject({ insurer: 'Harbor Mutual' })
    expect(start.terms).toMatchObject({ applicationId, quoteReference: 'Q-4711' })
    await recordPolicy(mia, clientId, policyInput({ applicationId }))
    expect((await getClientPolicies(mia, clientId)).bound).toEqual([])
    await expect(getPolicyStart(mia, await newClient(), from)).rejects.toThrow(NotFoundError)
  })

  test('from the one before, on the day that ends, without its number or files', async () => {
    const { clientId, policyId } = await newPolicy({ expiresOn: '2028-02-29' })
    const from = { boundApplicationId: null, earlierPolicyId: policyId }
    const { start } = await getPolicyStart(mia, clientId, from)
    expect(start).toMatchObject({ inceptionOn: '2028-02-29', expiresOn: '2029-02-28' })
    expect(start.policyNumber).toBeUndefined()
    expect(start.terms?.endorsements).toHaveLength(1)
    expect(yearAfter('2027-12-31')).toBe('2028-12-31')
  })
})

describe('the plan of a renewal', () => {
  test('is made with the policy, its days counted from the expiry over leap days and months’ ends', async () => {
    const { policyId } = await newPolicy()
    const steps = await stepsOf(policyId)
    expect(steps).toHaveLength(BUILT_IN_STEPS.length)
    expect(await stepOf(policyId, SORTING_STEP)).toMatchObject({ dueOn: '2027-11-02', daysLeft: -3 })
    expect((await stepOf(policyId, 'bind')).dueOn).toBe('2028-03-01')
    expect((await stepOf(policyId, 'signed-application')).dueOn).toBe('2028-01-31')
    expect((await stepOf(policyId, 'insurer-papers')).ownerName).toBe('Bert Broker')
    expect((await stepOf(policyId, 'renewal-quote')).ownerName).toBe('Uma Underwriter')
    expect(stepDay('2028-03-01', -1)).toBe('2028-02-29')
    expect(stepDay('2027-03-01', -1)).toBe('2027-02-28')
    expect(stepDay('2028-12-31', 1)).toBe('2029-01-01')
    expect([sayDays(-1), sayDays(0), sayDays(30)]).toEqual([
      '1 day before the expiry',
      'on the day of expiry',
      '30 days after the expiry',
    ])
  })

  test('gets other days with another expiry; what was done stays done, on its day', async () => {
    const { policyId } = await newPolicy()
    const scan = await stepOf(policyId, 'first-scan')
    await settleStep(mia, policyId, { ...scan, state: 'done', note: 'Nothing open', sortedAs: null })
    const longer = policyInput({ expiresOn: '2028-03-31' })
    await changePolicy(mia, policyId, { seenVersion: 1, reason: 'Extended by a month' }, longer)
    expect(await stepOf(policyId, 'first-scan')).toMatchObject({ state: 'done', dueOn: scan.dueOn })
    expect((await stepOf(policyId, 'bind')).dueOn).toBe('2028-03-31')
    const again = await stepOf(policyId, 'first-scan')
    await settleStep(mia, policyId, { ...again, state: 'open' })
    expect(await stepOf(policyId, 'first-scan')).toMatchObject({
      state: 'open',
      dueOn: '2028-01-01',
      note: null,
    })
  })

  test('is sorted by saying as what', async () => {
    const { policyId } = await newPolicy()
    const step = await stepOf(policyId, SORTING_STEP)
    const done = { ...step, state: 'done' as const, note: null }
    await expect(settleStep(mia, policyId, { ...done, sortedAs: null })).rejects.toMatchObject({
      code: 'sorting',
    })
    await settleStep(mia, policyId, { ...done, sortedAs: 'evidence-needed' })
    expect((await stepOf(policyId, SORTING_STEP)).sortedAs).toBe('evidence-needed')
  })

  test('does not lose what two people do to one step', async () => {
    const { policyId } = await newPolicy()
    const step = await stepOf(policyId, 'gaps')
    await settleStep(mia, policyId, { ...step, state: 'skipped', note: 'The client left.' })
    expect(await settleStep(mia, policyId, { ...step, state: 'done', note: null, sortedAs: null })).toBe(
      'conflict',
    )
    const { title, detail, fromDays, dueDays, ownerSide, ownerName } = step
    const edit = { title, detail, fromDays, dueDays, ownerSide, ownerName, stepId: step.id, seenVersion: 2 }
    await expect(editStep(mia, policyId, edit)).rejects.toMatchObject({ code: 'settled' })
    await expect(settleStep(stranger, policyId, { ...step, state: 'open' })).rejects.toThrow(NotFoundError)
  })

  test('is changed for one client: other words, other days, a step more', async () => {
    const { policyId } = await newPolicy()
    const step = await stepOf(policyId, 'gaps')
    await editStep(mia, policyId, {
      ...{
        stepId: step.id,
        seenVersion: 1,
        title: 'Close the gaps',
        detail: null,
        fromDays: -80,
        dueDays: -70,
      },
      ...{ ownerSide: 'client', ownerName: 'Ada' },
    })
    expect(await stepOf(policyId, 'gaps')).toMatchObject({ title: 'Close the gaps', dueOn: '2027-12-22' })
    const words = { title: 'Call the board', detail: null, ownerSide: 'client' as const, ownerName: 'Ada' }
    await addStep(mia, policyId, { ...words, fromDays: -5, dueDays: -5 })
    expect(await stepsOf(policyId)).toHaveLength(BUILT_IN_STEPS.length + 1)
  })

  test('of a policy recorded late: steps whose day was before are skipped in one act, and opened again', async () => {
    world.setClock(new Date('2028-01-16T10:00:00.000Z'))
    const { policyId } = await newPolicy()
    const early = (await stepsOf(policyId)).filter(({ isEarly }) => isEarly)
    expect(early.map(({ dueOn }) => dueOn < '2028-01-16')).toEqual(Array(6).fill(true))
    // What becomes late afterwards was let become so.
    world.setClock(new Date('2028-02-10T10:00:00.000Z'))
    expect(await stepOf(policyId, 'signed-application')).toMatchObject({ isEarly: false, daysLeft: -10 })
    await settleStep(mia, policyId, {
      ...(await stepOf(policyId, 'gaps')),
      ...{ state: 'done', note: null, sortedAs: null },
    })
    await expect(skipEarlySteps(stranger, policyId)).rejects.toThrow(NotFoundError)
    await skipEarlySteps(mia, policyId)
    const after = await stepsOf(policyId)
    expect(after.filter(({ state }) => state === 'skipped').map(({ note }) => note)).toEqual(
      Array(5).fill('Its day was before the policy was recorded'),
    )
    expect(after.filter(({ state }) => state === 'open').some(({ isEarly }) => isEarly)).toBe(false)
    expect((await stepOf(policyId, 'gaps')).state).toBe('done')
    expect((await listLedger(mia)).entries[0]?.kind).toBe('renewal-step.settled')
    await settleStep(mia, policyId, { ...(await stepOf(policyId, 'first-scan')), state: 'open' })
    expect((await stepOf(policyId, 'first-scan')).state).toBe('open')
  })

  test('is not made for a renewal that is over, nor twice', async () => {
    const past = await newPolicy({ inceptionOn: '2025-03-01', expiresOn: '2026-03-01' })
    expect(await stepsOf(past.policyId)).toEqual([])
    await expect(startPlan(mia, past.policyId)).rejects.toMatchObject({ code: 'over' })
    const { policyId } = await newPolicy()
    await expect(startPlan(mia, policyId)).rejects.toMatchObject({ code: 'planned' })
  })
})

describe('the template', () => {
  test('counts for plans from then on, in versions, and can be as built in again', async () => {
    const { member } = await world.signUpMember('Tom Template')
    const step = {
      key: '',
      title: 'Only this',
      detail: null,
      fromDays: -10,
      dueDays: -10,
      ownerSide: 'broker' as const,
    }
    expect(await changeRenewalTemplate(member, 0, [step, step])).toBe('saved')
    expect(await changeRenewalTemplate(member, 0, [step])).toBe('conflict')
    const clientId = await createClient(member, demoClients(NOW).dental)
    const policyId = await recordPolicy(member, clientId, policyInput())
    const { steps } = await getPolicyPage(member, policyId)
    expect(steps.map(({ title, dueOn }) => [title, dueOn])).toEqual([
      ['Only this', '2028-02-20'],
      ['Only this', '2028-02-20'],
    ])
    await changeRenewalTemplate(member, 1, null)
    expect((await getRenewalTemplate(member)).steps).toHaveLength(BUILT_IN_STEPS.length)
    expect((await getPolicyPage(member, policyId)).steps).toHaveLength(2)
    expect((await getRenewalTemplate(mia)).version).toBe(0)
  })
})

describe('renewals under way', () => {
  test('are listed from 120 days before the expiry to 30 after it, sorted by readiness', async () => {
    const { member } = await world.signUpMember('Rita Renewal')
    const clientId = await createClient(member, demoClients(NOW).dental)
    await recordPolicy(member, clientId, policyInput())
    const listed = async (at: string) => {
      world.setClock(new Date(at))
      return listRenewals(member)
    }
    expect(await listed('2027-11-01T10:00:00Z')).toEqual([])
    const [row] = await listed('2027-11-02T10:00:00Z')
    expect(row).toMatchObject({
      sort: 'evidence-needed',
      daysLeft: 120,
      done: 0,
      next: { dueOn: '2027-11-02' },
    })
    expect(await listed('2028-03-31T10:00:00Z')).toHaveLength(1)
    expect(await listed('2028-04-01T10:00:00Z')).toEqual([])
    expect(writeRenewalTable(row ? [{ ...row, insurer: '=cmd()' }] : [])).toContain("'=cmd()")
    expect(await listRenewals(stranger)).toEqual([])
  })
})
