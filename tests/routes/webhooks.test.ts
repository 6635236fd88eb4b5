import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { action as changeAction, loader as pageLoader } from '#app/routes/webhook.tsx'
import { action as newAction, loader as newLoader } from '#app/routes/webhook-new.tsx'
import { loader as listLoader } from '#app/routes/webhooks.tsx'
import { signUp } from '#app/services/accounts.server.ts'
import type { Member } from '#app/services/member.ts'
import { openSession } from '#app/services/sessions.server.ts'
import { getWebhookLog } from '#app/services/webhook-log.server.ts'
import { listWebhooks } from '#app/services/webhooks.server.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let olive: { member: Member; cookie: string }

beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  olive = await world.signUpMember('Olive Owner')
})
afterAll(() => world?.close())

const FORM = {
  intent: 'save',
  name: 'Tickets',
  url: 'https://tickets.example/hook',
  format: 'json',
  'events[]': 'report.signed',
  headers: '',
}

type Call = (args: never) => Promise<unknown>
async function call(
  handler: unknown,
  fields: Record<string, string> | null,
  params: Record<string, string> = {},
) {
  const request = new Request('http://attested.test/webhooks', {
    headers: { cookie: olive.cookie },
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
  })
  return (handler as Call)({ request, params, context: {} } as never)
}

async function setUp(): Promise<{ id: string; secret: string }> {
  const { made } = (await call(newAction, FORM)) as { made: { id: string; secret: string } }
  return made
}
const change = (id: string, fields: Record<string, string>) => call(changeAction, fields, { webhookId: id })

const sentenceOf = async (thrown: Response) => [thrown.status, await thrown.json()]

describe('the pages of webhooks', () => {
  test('show a secret once, where it was made', async () => {
    const { id, secret } = await setUp()
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
    const shown = [await call(listLoader, null), await call(pageLoader, null, { webhookId: id })]
    expect(JSON.stringify(shown)).not.toContain('whsec_')
    const renewed = (await change(id, { intent: 'renew-secret' })) as { secret: string }
    expect(renewed.secret).toMatch(/^whsec_/)
    expect(renewed.secret).not.toBe(secret)
  })

  test('send a test, switch off and on, change, send days again and remove', async () => {
    const { id } = await setUp()
    expect(await change(id, { intent: 'test' })).toMatchObject({ told: expect.stringContaining('test') })
    expect((await getWebhookLog(olive.member, id)).deliveries).toMatchObject([
      { kind: 'webhook.test', state: 'queued' },
    ])
    await change(id, { intent: 'switch-off' })
    expect((await listWebhooks(olive.member))[0]).toMatchObject({ state: 'off' })
    await change(id, { intent: 'switch-on' })
    const { version } = (await getWebhookLog(olive.member, id)).webhook
    const asked = {
      ...FORM,
      format: 'connectwise',
      board: 'Insurance',
      company: 'Own',
      seenVersion: String(version),
    }
    expect(await change(id, asked)).toEqual({ told: 'Saved' })
    expect(await change(id, asked)).toMatchObject({
      init: { status: 409 },
      data: { refusal: { code: 'conflict' } },
    })
    expect((await listWebhooks(olive.member))[0]).toMatchObject({
      target: { board: 'Insurance', company: 'Own' },
    })
    expect(await change(id, { intent: 'replay-span', from: '2026-01-01', until: '2027-01-01' })).toEqual({
      told: '0 messages are on their way again',
    })
    expect(await change(id, { intent: 'remove' })).toMatchObject({ status: 302 })
    expect(await listWebhooks(olive.member)).toEqual([])
  })

  test.each([
    ['an address inside http', { url: 'http://tickets.example' }, 'url'],
    ['no name', { name: ' ' }, 'name'],
    ['a name without end', { name: 'x'.repeat(101) }, 'name'],
    ['nothing to tell', { 'events[]': '' }, 'events.0'],
    ['a format of its own', { format: 'xml' }, 'format'],
  ])('refuse %s beside its field', async (_, more, field) => {
    expect(await call(newAction, { ...FORM, ...more })).toMatchObject({
      init: { status: 400 },
      data: { fieldErrors: { [field]: expect.any(String) } },
    })
  })

  test.each([
    ['a span that ends before it begins', { intent: 'replay-span', from: '2026-12-01', until: '2026-11-01' }],
    ['a span of no days', { intent: 'replay-span', from: 'today', until: '' }],
  ])('refuse %s', async (_, fields) => {
    const { id } = await setUp()
    expect(await change(id, fields)).toMatchObject({ init: { status: 400 } })
  })

  test('are not there in a demo, and tell why', async () => {
    const { id } = await setUp()
    const account = {
      name: 'Dana',
      email: `dana-${crypto.randomUUID()}@demo.example`,
      password: 'a long enough password',
    }
    const made = await signUp({ ...account, organisationName: 'Demo' }, { isDemo: true })
    if (made.outcome !== 'created') throw new Error('Not created')
    const setCookie = await openSession(made.userId, { address: '127.0.0.1', userAgent: 'vitest' })
    olive = { ...olive, cookie: setCookie.split(';')[0] ?? '' }
    for (const loader of [listLoader, newLoader, pageLoader])
      await expect(call(loader, null, { webhookId: id }).catch(sentenceOf)).resolves.toEqual([
        403,
        { sentence: expect.stringContaining('Sign up to set up webhooks') },
      ])
    expect(await change(id, { intent: 'test' })).toMatchObject({ init: { status: 409 } })
  })
})
