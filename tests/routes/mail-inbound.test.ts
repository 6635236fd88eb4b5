import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bounceAddressOf } from '#app/mail/bounce-address.server.ts'
import { action, loader } from '#app/routes/mail-inbound.ts'
import { action as outbox } from '#app/routes/outbox.tsx'
import { sendMailJob } from '#app/services/mail-delivery.server.ts'
import { listOutbox, writeMail } from '#app/services/mail-outbox.server.ts'
import { listMailStops } from '#app/services/mail-stops.server.ts'
import { ASKS_A_MINUTE } from '#app/services/public-allowance.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { bounceOf } from '../support/delivery-report.ts'
import { openWorld, type World } from '../support/world.ts'

const TOKEN = 'a'.repeat(40)
const SECRET = 'a secret of the tests, 32 bytes at least'
let world: World
let mia: Awaited<ReturnType<World['signUpMember']>>

beforeAll(async () => {
  // A mail server that takes everything.
  const mailer = { send: async () => undefined, close: () => undefined }
  const settings = { bounceAddress: 'bounces@mail.msp.example', inboundToken: TOKEN }
  world = await openWorld({ mailer, settings })
  mia = await world.signUpMember('Mia Mailer')
})
afterAll(() => world?.close())

async function sentTo(recipient: string): Promise<{ mailId: string; report: Buffer }> {
  const { organisationId } = mia.member
  const content = { greeting: 'Hello', paragraphs: [], code: null, action: null, closing: [] }
  const expiresAt = new Date(Date.now() + 60_000)
  const mail = { kind: 'request-link', recipient, subject: 'Please send', content, expiresAt } as const
  const mailId = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    writeMail(tx, organisationId, mail, true),
  )
  await sendMailJob(organisationId, mailId)
  const to = bounceAddressOf(SECRET, 'bounces@mail.msp.example', { organisationId, mailId })
  return { mailId, report: bounceOf({ to, recipient }) }
}

function hand(body: Uint8Array, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request('http://attested.test/mail/inbound', {
    method: 'POST',
    body: new Uint8Array(body),
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${TOKEN}`, ...headers },
  })
  return action({ request, params: {}, context: {} } as never)
}

const stopped = async () => (await listMailStops(mia.member)).map(({ address }) => address)

describe('a report from a mail provider', () => {
  test('is taken with the token, as a bearer or as the password of an address', async () => {
    const first = await sentTo('one@client.example')
    const reply = await hand(first.report)
    expect(reply.status).toBe(202)
    expect(await reply.json()).toEqual({ outcome: 'bounced' })
    const second = await sentTo('two@client.example')
    const basic = Buffer.from(`attested:${TOKEN}`).toString('base64')
    expect((await hand(second.report, { authorization: `Basic ${basic}` })).status).toBe(202)
    expect((await stopped()).sort()).toEqual(['one@client.example', 'two@client.example'])
  })

  test.each([
    ['no token', ''],
    ['a wrong one', `Bearer ${'b'.repeat(40)}`],
    ['half of it', `Bearer ${'a'.repeat(20)}`],
    ['another scheme', `Digest ${TOKEN}`],
    ['a broken password', 'Basic ####'],
  ])('is not taken with %s', async (_, authorization) => {
    const { mailId, report } = await sentTo('three@client.example')
    const reply = await hand(report, {
      authorization,
      'x-attested-address': `192.0.2.${authorization.length}`,
    })
    expect(reply.status).toBe(401)
    expect((await listOutbox(mia.member)).find(({ id }) => id === mailId)?.state).toBe('sent')
  })

  test('may not be tried out with token after token', async () => {
    const guess = (at: number) =>
      hand(Buffer.from('x'), { authorization: `Bearer guess-${at}`, 'x-attested-address': '198.51.100.9' })
    for (let at = 0; at < ASKS_A_MINUTE; at += 1) expect((await guess(at)).status).toBe(401)
    expect((await guess(99)).status).toBe(429)
  })

  test('that is none is taken and forgotten, so that it does not come for days', async () => {
    const reply = await hand(Buffer.from('Subject: Hello\r\n\r\nHello\r\n'))
    expect([reply.status, await reply.json()]).toEqual([202, { outcome: 'no-report' }])
  })

  test('that is too large, no message, or asked for is refused', async () => {
    expect((await hand(Buffer.alloc(1024 * 1024 + 1))).status).toBe(413)
    expect(
      (await hand(Buffer.from('a=1'), { 'content-type': 'application/x-www-form-urlencoded' })).status,
    ).toBe(415)
    expect((await loader()).status).toBe(405)
  })

  test('is not taken at all where no token is set', async () => {
    const { settings } = getRuntime()
    settings.inboundToken = null
    try {
      expect((await hand(Buffer.from('x'), { authorization: 'Bearer ' })).status).toBe(404)
    } finally {
      settings.inboundToken = TOKEN
    }
  })
})

describe('a report that a member hands in', () => {
  async function upload(file: Blob | string): Promise<unknown> {
    const body = new FormData()
    body.append('intent', 'report')
    body.append('report', file)
    const request = new Request('http://attested.test/outbox', {
      method: 'POST',
      body,
      headers: { cookie: mia.cookie },
    })
    return outbox({ request, params: {}, context: {} } as never)
  }

  test('says what came of it', async () => {
    const { report } = await sentTo('four@client.example')
    expect(await upload(new Blob([new Uint8Array(report)]))).toEqual({
      told: 'Noted: the mail to four@client.example came back',
    })
    expect(await upload(new Blob([new Uint8Array(report)]))).toEqual({
      told: 'The report says nothing that was not known',
    })
  })

  test.each([
    ['no file', 'text', 400],
    ['an empty one', new Blob([]), 400],
    ['a large one', new Blob([new Uint8Array(1024 * 1024 + 1)]), 400],
    ['a picture', new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47])]), 409],
  ])('is refused with a sentence: %s', async (_, file, status) => {
    expect(await upload(file)).toMatchObject({ init: { status } })
  })
})
