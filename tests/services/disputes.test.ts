import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { action as findingAction, loader as findingLoader } from '#app/routes/finding.tsx'
import { loader as exportLoader } from '#app/routes/finding-export.ts'
import { setClientArchived } from '#app/services/clients.server.ts'
import { disputeInput, type SettlementInput, settlementInput } from '#app/services/dispute-input.ts'
import { showDispute, suggestsJudgement } from '#app/services/dispute-standing.ts'
import { getFinding, listDisputes, raiseDispute, settleDispute } from '#app/services/disputes.server.ts'
import { judgeFindings, listFindings, undoJudgement } from '#app/services/finding-register.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { RegisterSearch } from '#app/services/register-input.ts'
import { openWorld, type World } from '../support/world.ts'
import { addScan, makeClientOf } from './register-world.ts'

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const today = () => dayIn(0)

const typed = (words: Record<string, unknown> = {}) => ({
  insurer: 'Harbor Mutual',
  reference: 'HM-77',
  ground: 'wrong-asset',
  explanation: 'The address belongs to the neighbour since the move of last year.',
  raisedOn: today(),
  answerBy: '',
  ...words,
})
const dispute = (words: Record<string, unknown> = {}) => disputeInput(today).parse(typed(words))
const typedEnd = (words: Record<string, unknown> = {}) => ({
  state: 'corrected',
  outcome: 'They removed it from their report.',
  answeredBy: 'Uma Underwriter',
  answeredOn: today(),
  ...words,
})
const end = (words: Record<string, unknown> = {}): SettlementInput =>
  settlementInput(today).parse(typedEnd(words))

let world: World
let mia: Member
let cookie: string
let clientId: string
let findingId: string

beforeAll(async () => {
  world = await openWorld()
  const signedUp = await world.signUpMember('Mia Member')
  mia = signedUp.member
  cookie = signedUp.cookie
})
afterAll(() => world?.close())

beforeEach(async () => {
  clientId = await makeClientOf(mia)
  await addScan(mia, clientId, {
    on: dayIn(-40),
    hosts: { 'fs01.lake.example': { findings: [{ checkId: '1' }, { checkId: '2' }] } },
  })
  findingId = (await rows())[0]?.id ?? ''
})

const rows = async (search: Record<string, string> = {}) =>
  (await listFindings(mia, clientId, RegisterSearch.parse(search))).rows
const shown = async () => (await getFinding(mia, clientId, findingId)).disputes
const settle = (disputeId: string, input = end(), seenVersion = 1) =>
  settleDispute(mia, clientId, findingId, { disputeId, seenVersion }, input)
const lastEntry = async () => {
  const [entry] = (await listLedger(mia)).entries
  return { kind: entry?.kind, payload: JSON.parse(entry?.payload ?? '{}') }
}

describe('the forms', () => {
  const fields = (result: { error?: { issues: { path: PropertyKey[] }[] } }) =>
    result.error?.issues.map(({ path }) => path.join('.'))

  test.each([
    ['nobody', { insurer: ' ' }, ['insurer']],
    ['no ground', { ground: 'unfair' }, ['ground']],
    ['next to nothing', { explanation: 'Wrong.' }, ['explanation']],
    ['more than fits', { explanation: 'x'.repeat(4001) }, ['explanation']],
    ['a day to come', { raisedOn: dayIn(1) }, ['raisedOn']],
    ['an answer before the question', { answerBy: dayIn(-1) }, ['answerBy']],
    ['evidence that is no id', { evidenceIds: ['1'] }, ['evidenceIds.0']],
  ])('%s: a dispute is refused at its field', (_, words, expected) => {
    expect(fields(disputeInput(today).safeParse(typed(words)))).toEqual(expected)
  })

  test.each([
    ['no end', { state: 'open' }, ['state']],
    ['nothing said', { outcome: '' }, ['outcome']],
    ['nobody at the insurer', { answeredBy: '', answeredOn: '' }, ['answeredBy', 'answeredOn']],
    ['an answer to come', { answeredOn: dayIn(1) }, ['answeredOn']],
    ['an insurer who answers what is withdrawn', { state: 'withdrawn' }, ['answeredBy', 'answeredOn']],
  ])('%s: an end is refused at its field', (_, words, expected) => {
    expect(fields(settlementInput(today).safeParse(typedEnd(words)))).toEqual(expected)
  })

  test('an answer is expected two days later unless another day is named', () => {
    expect(dispute({ raisedOn: '2026-02-27' }).answerBy).toBe('2026-03-01')
    expect(dispute({ answerBy: dayIn(9) }).answerBy).toBe(dayIn(9))
  })
})

describe('a dispute', () => {
  test('stands on the finding and in the table, and the ledger records it', async () => {
    const id = await raiseDispute(mia, clientId, findingId, dispute())
    expect(await shown()).toMatchObject([
      { id, insurer: 'Harbor Mutual', state: 'open', daysLeft: 2, isLate: false, version: 1 },
    ])
    const inTable = await rows()
    expect(inTable.map((row) => row.dispute?.id ?? null).sort()).toEqual([id, null].sort())
    expect(await lastEntry()).toMatchObject({
      kind: 'dispute.raised',
      payload: { disputeId: id, clientId, findingId, ground: 'wrong-asset', answerBy: dayIn(2) },
    })
  })

  test('cites only evidence of the client', async () => {
    const foreign = dispute({ evidenceIds: [crypto.randomUUID()] })
    await expect(raiseDispute(mia, clientId, findingId, foreign)).rejects.toMatchObject({ code: 'evidence' })
    expect(await shown()).toEqual([])
  })

  test('is late once its day has passed without an answer', async () => {
    await raiseDispute(mia, clientId, findingId, dispute({ raisedOn: dayIn(-3) }))
    expect((await shown())[0]).toMatchObject({ daysLeft: -1, isLate: true })
    const [row] = await shown()
    if (!row) throw new Error('No dispute')
    const settled = { ...row, organisationId: '', clientId: '', state: 'upheld' as const }
    expect(showDispute(settled, new Date())).toMatchObject({ daysLeft: null, isLate: false })
  })

  test('is raised once with each insurer while it waits, also by two people at once', async () => {
    const both = await Promise.allSettled([
      raiseDispute(mia, clientId, findingId, dispute()),
      raiseDispute(mia, clientId, findingId, dispute({ insurer: 'HARBOR mutual' })),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const again = raiseDispute(mia, clientId, findingId, dispute())
    await expect(again).rejects.toMatchObject({ code: 'open-already' })
    await raiseDispute(mia, clientId, findingId, dispute({ insurer: 'Another Mutual' }))
    const [first] = (await shown()).filter(({ insurer }) => /harbor/i.test(insurer))
    await settle(first?.id ?? '', end({ state: 'upheld' }))
    await raiseDispute(mia, clientId, findingId, dispute())
    expect(await shown()).toHaveLength(3)
  })

  test('is neither of a day to come nor of an archived client', async () => {
    const ahead = { ...dispute(), raisedOn: dayIn(2), answerBy: dayIn(4) }
    await expect(raiseDispute(mia, clientId, findingId, ahead)).rejects.toMatchObject({ code: 'future' })
    await setClientArchived(mia, clientId, true)
    await expect(raiseDispute(mia, clientId, findingId, dispute())).rejects.toMatchObject({
      code: 'archived',
    })
  })
})

describe('its end', () => {
  test.each(['wrong-asset', 'not-exploitable'])(
    'corrected as %s leaves the register’s judgement alone, and offers it',
    async (ground) => {
      const id = await raiseDispute(mia, clientId, findingId, dispute({ ground }))
      expect(await settle(id)).toBe('saved')
      const { finding, disputes } = await getFinding(mia, clientId, findingId)
      expect(finding).toMatchObject({ standing: 'open', decision: null })
      expect(disputes.map(suggestsJudgement)).toEqual([true])
      expect((await rows()).map((row) => row.id)).toContain(findingId)
      expect(await lastEntry()).toMatchObject({
        kind: 'dispute.settled',
        payload: { disputeId: id, state: 'corrected', answeredBy: 'Uma Underwriter' },
      })
    },
  )

  test('upheld, withdrawn or corrected because it was fixed offers no judgement', async () => {
    expect(suggestsJudgement({ state: 'upheld', ground: 'wrong-asset' })).toBe(false)
    expect(suggestsJudgement({ state: 'withdrawn', ground: 'wrong-asset' })).toBe(false)
    expect(suggestsJudgement({ state: 'corrected', ground: 'already-fixed' })).toBe(false)
  })

  test('withdrawn names nobody at the insurer', async () => {
    const id = await raiseDispute(mia, clientId, findingId, dispute())
    await settle(id, end({ state: 'withdrawn', answeredBy: '', answeredOn: '' }))
    expect(await shown()).toMatchObject([
      { state: 'withdrawn', answeredBy: null, settledByName: 'Mia Member' },
    ])
  })

  test('recorded by two people at once: the second is told', async () => {
    const id = await raiseDispute(mia, clientId, findingId, dispute())
    const both = await Promise.all([settle(id), settle(id, end({ state: 'upheld' }))])
    expect(both.sort()).toEqual(['conflict', 'saved'])
    expect(await settle(id, end(), 2)).toBe('conflict')
  })

  test('is not older than the dispute, nor of a day to come', async () => {
    const id = await raiseDispute(mia, clientId, findingId, dispute())
    const before = settle(id, end({ answeredOn: dayIn(-1) }))
    await expect(before).rejects.toMatchObject({ code: 'before' })
    const ahead = settle(id, { ...end(), answeredOn: dayIn(2) })
    await expect(ahead).rejects.toMatchObject({ code: 'future' })
  })
})

describe('lists', () => {
  test('of a client show first what waits for an answer', async () => {
    const late = await raiseDispute(mia, clientId, findingId, dispute({ raisedOn: dayIn(-9) }))
    const done = await raiseDispute(mia, clientId, findingId, dispute({ insurer: 'Another Mutual' }))
    await settle(done)
    const soon = await raiseDispute(mia, clientId, findingId, dispute({ insurer: 'Third Mutual' }))
    const listed = await listDisputes(mia, clientId)
    expect(listed.map(({ id }) => id)).toEqual([late, soon, done])
    expect(listed[0]).toMatchObject({ assetName: 'fs01.lake.example', isLate: true })
  })

  test('a finding shows its judgements, and no other finding’s', async () => {
    const ids = (await rows()).map(({ id }) => id)
    const judge = (findingIds: string[]) =>
      judgeFindings(mia, clientId, {
        ...{
          decision: 'false-positive',
          untilDay: '',
          reason: 'Looked at on the machine itself.',
          findingIds,
        },
      })
    const own = await judge([findingId])
    await judge(ids.filter((id) => id !== findingId))
    await undoJudgement(mia, clientId, own)
    const { decisions } = await getFinding(mia, clientId, findingId)
    expect(decisions.map(({ id, undoneByName }) => [id, undoneByName])).toEqual([[own, 'Mia Member']])
  })

  test('the table for a spreadsheet carries the newest dispute', async () => {
    await raiseDispute(mia, clientId, findingId, dispute({ insurer: '=Harbor' }))
    const request = new Request('http://attested.test/export', { headers: { cookie } })
    const reply = (await exportLoader({ request, params: { clientId }, context: {} } as never)) as Response
    const table = (await reply.text()).split('\r\n')
    expect(table[0]).toContain('Dispute,Disputed with,Ground')
    expect(table.filter((line) => line.includes(",open,'=Harbor,Not the client’s asset"))).toHaveLength(1)
  })

  test('belong to one organisation and one client', async () => {
    const id = await raiseDispute(mia, clientId, findingId, dispute())
    const stranger = (await world.signUpMember('Sam Stranger')).member
    const other = await makeClientOf(mia)
    const which = { disputeId: id, seenVersion: 1 }
    const attempts = [
      () => getFinding(stranger, clientId, findingId),
      () => getFinding(mia, other, findingId),
      () => listDisputes(stranger, clientId),
      () => raiseDispute(stranger, clientId, findingId, dispute({ insurer: 'Third Mutual' })),
      () => raiseDispute(mia, other, findingId, dispute({ insurer: 'Third Mutual' })),
      () => settleDispute(stranger, clientId, findingId, which, end()),
      () => settleDispute(mia, other, findingId, which, end()),
      () => settleDispute(mia, clientId, crypto.randomUUID(), which, end()),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not-found' })
    expect((await shown()).map(({ state }) => state)).toEqual(['open'])
  })
})

describe('the page of a finding', () => {
  const args = (fields?: Record<string, string>) => {
    const init = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}
    const request = new Request('http://attested.test/x', { headers: { cookie }, ...init })
    return { request, params: { clientId, findingId }, context: {} } as never
  }
  type Reply = { data?: Record<string, unknown>; init?: { status?: number } }

  test('keeps what was typed where a dispute is refused', async () => {
    const fields = { intent: 'raise', ...(typed({ explanation: 'Wrong.' }) as Record<string, string>) }
    const { data, init } = (await findingAction(args(fields))) as Reply
    expect(init?.status).toBe(400)
    expect(data).toMatchObject({
      raising: {
        texts: { explanation: 'Wrong.', reference: 'HM-77' },
        fieldErrors: { explanation: expect.any(String) },
      },
    })
  })

  test('names the insurer of the last dispute, and tells who comes second that it is settled', async () => {
    const id = await raiseDispute(mia, clientId, findingId, dispute())
    await settle(id)
    const page = await findingLoader(args())
    expect(page.insurer).toBe('Harbor Mutual')
    const fields = { intent: 'settle', disputeId: id, seenVersion: '1' }
    const late = await findingAction(args({ ...fields, ...(typedEnd() as Record<string, string>) }))
    expect(late).toMatchObject({ outcome: 'conflict' })
    await expect(findingAction(args({ intent: 'settle', disputeId: 'x' }))).rejects.toMatchObject({
      status: 404,
    })
  })
})
