import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loader as exportLoader } from '#app/routes/conversation-export.ts'
import { loader as silenceLoader } from '#app/routes/silence-export.ts'
import { createClient, setClientArchived } from '#app/services/clients.server.ts'
import { conversationInput } from '#app/services/conversation-input.ts'
import { bySilence, QUIET_DAYS, silenceOf, writeConversationTable } from '#app/services/conversation-log.ts'
import {
  finishNextStep,
  listConversations,
  listSilences,
  recordConversation,
  withdrawConversation,
} from '#app/services/conversations.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import type { ConversationRow } from '#db/queries/conversations.server.ts'
import { openWorld, type World } from '../support/world.ts'

const NOW = new Date('2026-11-27T10:00:00.000Z')
const WHY = 'It was held with another client.'
const dayBefore = (days: number, from = new Date()) =>
  new Date(from.getTime() - days * 86_400_000).toISOString().slice(0, 10)

const typed = (words: Record<string, string> = {}) => ({
  heldOn: dayBefore(0),
  channel: 'call',
  talkedWith: 'Ada Approver, finance',
  summary: 'We recommended MFA on the VPN; they want to decide in January.',
  insurer: 'Harbor Mutual',
  broker: '',
  requirements: '',
  nextStep: '',
  nextStepOn: '',
  ...words,
})
const parse = (words: Record<string, string> = {}, today = dayBefore(0)) =>
  conversationInput(() => today).parse(typed(words))

let world: World
let mia: Member
let cookie: string
let clientId: string

beforeAll(async () => {
  world = await openWorld()
  const signedUp = await world.signUpMember('Mia Member')
  mia = signedUp.member
  cookie = signedUp.cookie
  clientId = await createClient(mia, demoClients(new Date()).dental)
})
afterAll(() => world?.close())

describe('the form of a conversation', () => {
  test.each([
    ['a day to come', { heldOn: '2026-11-28' }, 'heldOn'],
    ['no day', { heldOn: '27.11.2026' }, 'heldOn'],
    ['no channel', { channel: 'smoke' }, 'channel'],
    ['nobody', { talkedWith: ' ' }, 'talkedWith'],
    ['next to nothing said', { summary: 'Talked.' }, 'summary'],
    ['more than fits', { summary: 'x'.repeat(4001) }, 'summary'],
    ['a day without a step', { nextStepOn: '2026-12-01' }, 'nextStep'],
    ['a step until no day', { nextStep: 'Send the offer', nextStepOn: 'soon' }, 'nextStepOn'],
  ])('%s is refused at its field', (_, words, field) => {
    const result = conversationInput(() => '2026-11-27').safeParse(typed({ heldOn: '2026-11-27', ...words }))
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })
})

describe('the log of a client', () => {
  test('keeps what was said, and the ledger records it', async () => {
    const id = await recordConversation(mia, clientId, parse({ nextStep: 'Send the offer' }))
    const { conversations, silence } = await listConversations(mia, clientId)
    expect(conversations).toMatchObject([{ id, insurer: 'Harbor Mutual', broker: null, withdrawnAt: null }])
    expect(silence).toMatchObject({
      ...{ daysSince: 0, isQuiet: false, insurer: 'Harbor Mutual', broker: null },
      nextStep: { conversationId: id, words: 'Send the offer', on: null, isOverdue: false },
    })
    const [entry] = (await listLedger(mia)).entries
    expect(entry?.kind).toBe('conversation.recorded')
    expect(JSON.parse(entry?.payload ?? '')).toMatchObject({ conversationId: id, clientId })
  })

  test('a step is done once', async () => {
    const { silence } = await listConversations(mia, clientId)
    const id = silence.nextStep?.conversationId ?? ''
    await finishNextStep(mia, clientId, id)
    await expect(finishNextStep(mia, clientId, id)).rejects.toMatchObject({ code: 'done' })
    expect((await listConversations(mia, clientId)).silence.nextStep).toBeNull()
    expect((await listLedger(mia)).entries[0]?.kind).toBe('conversation.step-done')
  })

  test('what was withdrawn stays readable and counts for nothing', async () => {
    const id = await recordConversation(mia, clientId, parse({ insurer: 'Another Mutual' }))
    await withdrawConversation(mia, clientId, { conversationId: id, reason: WHY })
    const { conversations, silence } = await listConversations(mia, clientId)
    expect(conversations.find((row) => row.id === id)).toMatchObject({
      ...{ insurer: 'Another Mutual', withdrawnReason: WHY, withdrawnByName: 'Mia Member' },
    })
    expect(silence.insurer).toBe('Harbor Mutual')
    const again = withdrawConversation(mia, clientId, { conversationId: id, reason: WHY })
    await expect(again).rejects.toMatchObject({ code: 'withdrawn' })
    await expect(finishNextStep(mia, clientId, id)).rejects.toMatchObject({ code: 'withdrawn' })
  })

  test('two people who withdraw at once leave one reason', async () => {
    const id = await recordConversation(mia, clientId, parse())
    const both = await Promise.allSettled([
      withdrawConversation(mia, clientId, { conversationId: id, reason: `${WHY} First.` }),
      withdrawConversation(mia, clientId, { conversationId: id, reason: `${WHY} Second.` }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('refuses what is to come, and an archived client', async () => {
    const ahead = parse({ heldOn: dayBefore(-2) }, dayBefore(-3))
    await expect(recordConversation(mia, clientId, ahead)).rejects.toMatchObject({ code: 'future' })
    const other = await createClient(mia, demoClients(new Date()).dental)
    await setClientArchived(mia, other, true)
    await expect(recordConversation(mia, other, parse())).rejects.toMatchObject({ code: 'archived' })
    expect((await listSilences(mia)).some(({ client }) => client.id === other)).toBe(false)
  })

  test('belongs to one organisation and to one client', async () => {
    const stranger = (await world.signUpMember('Sam Stranger')).member
    const id = await recordConversation(mia, clientId, parse({ nextStep: 'Send the offer' }))
    const own = await createClient(stranger, demoClients(new Date()).dental)
    const other = await createClient(mia, demoClients(new Date()).dental)
    const attempts = [
      () => listConversations(stranger, clientId),
      () => recordConversation(stranger, clientId, parse()),
      () => withdrawConversation(stranger, clientId, { conversationId: id, reason: WHY }),
      () => withdrawConversation(stranger, own, { conversationId: id, reason: WHY }),
      () => finishNextStep(stranger, own, id),
      () => finishNextStep(mia, other, id),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not-found' })
    expect((await listSilences(stranger)).map(({ client }) => client.id)).toEqual([own])
  })
})

describe('silence', () => {
  const row = (words: Partial<ConversationRow>): ConversationRow => ({
    ...{ organisationId: '', id: 'a', clientId: 'c', recordedBy: '', recordedByName: 'Mia', recordedAt: NOW },
    ...{ channel: 'call', talkedWith: 'Ada', summary: 'We talked.', heldOn: '2026-11-27' },
    ...{ insurer: null, broker: null, requirements: null, nextStep: null, nextStepOn: null },
    ...{ nextStepDoneAt: null, withdrawnAt: null, withdrawnByName: null, withdrawnReason: null },
    ...words,
  })
  const client = { id: 'c', legalName: 'Marlow', policyRenewalOn: null }

  test.each([
    [QUIET_DAYS - 1, false],
    [QUIET_DAYS, true],
    [QUIET_DAYS + 1, true],
  ])('after %i days it is too long: %s', (days, isQuiet) => {
    const rows = [row({ heldOn: dayBefore(days, NOW) })]
    expect(silenceOf(client, rows, NOW)).toMatchObject({ daysSince: days, isQuiet })
  })

  test('nobody who talked is the longest silence; then by days, then by name', () => {
    const of = (legalName: string, days: number | null) =>
      silenceOf({ ...client, legalName }, days === null ? [] : [row({ heldOn: dayBefore(days, NOW) })], NOW)
    const sorted = bySilence([of('B', 3), of('C', null), of('A', 3), of('D', 200)])
    expect(sorted.map(({ client: { legalName } }) => legalName)).toEqual(['C', 'D', 'A', 'B'])
  })

  test('takes each detail from the newest conversation that names it, and the step that is due first', () => {
    const rows = [
      row({ id: '3', broker: 'New Brokers', nextStep: 'Later', nextStepOn: '2027-01-05' }),
      row({
        id: '2',
        heldOn: '2026-06-01',
        insurer: 'Harbor Mutual',
        broker: 'Old Brokers',
        nextStep: 'Any day',
      }),
      row({ id: '1', heldOn: '2026-05-01', nextStep: 'First', nextStepOn: '2026-11-26' }),
    ]
    expect(silenceOf(client, rows, NOW)).toMatchObject({
      ...{ insurer: 'Harbor Mutual', broker: 'New Brokers' },
      nextStep: { conversationId: '1', isOverdue: true },
    })
  })

  test('a table for a spreadsheet executes nothing', () => {
    const table = writeConversationTable([row({ summary: '=HYPERLINK("http://x")', talkedWith: '@Ada' })])
    expect(table.split('\r\n')[1]).toContain(`'@Ada,"'=HYPERLINK(""http://x"")"`)
  })

  test('is exported for one client and for all', async () => {
    const table = async (load: typeof exportLoader, params: Record<string, string>) => {
      const request = new Request('http://attested.test/export', { headers: { cookie } })
      return ((await load({ request, params, context: {} } as never)) as Response).text()
    }
    expect(await table(exportLoader, { clientId })).toContain('We recommended MFA on the VPN')
    expect((await table(silenceLoader, {})).split('\r\n')[0]).toContain('Last talked')
  })
})
