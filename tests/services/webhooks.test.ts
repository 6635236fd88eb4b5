/** Webhooks over real HTTPS: what is told, how it is signed, and what becomes of it when the other side fails. */
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { startQueue } from '#app/jobs/queue.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { callWebhook } from '#app/services/webhook-call.server.ts'
import { deliverWebhookJob } from '#app/services/webhook-delivery.server.ts'
import { emitEvent } from '#app/services/webhook-emitting.server.ts'
import type { WebhookEventKind } from '#app/services/webhook-events.ts'
import { WebhookInput } from '#app/services/webhook-input.ts'
import { getWebhookLog, replayDelivery, replaySpan, testWebhook } from '#app/services/webhook-log.server.ts'
import {
  addWebhook,
  changeWebhook,
  listWebhooks,
  removeWebhook,
  renewWebhookSecret,
  switchWebhook,
} from '#app/services/webhooks.server.ts'
import { webhookDelivery, webhookEvent } from '#db/schema/index.ts'
import { STRICT_NETWORK } from '#evidence/checks/network.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { type Receiver, startReceiver } from './webhook-receiver.ts'

let world: World
let receiver: Receiver
let olive: Member
let clientId: string

beforeAll(async () => {
  receiver = await startReceiver()
  world = await openWorld({ network: receiver.network, settings: { publicUrl: 'https://attested.example' } })
})
beforeEach(async () => {
  receiver.answer = { kind: 'status', status: 204 }
  receiver.taken.length = 0
  getRuntime().network = receiver.network
  world.setClock(null)
  olive = (await world.signUpMember('Olive Owner')).member
  clientId = await createClient(olive, demoClients(new Date()).dental)
})
afterAll(async () => {
  await world?.close()
  await receiver?.close()
})

const input = (more: Record<string, unknown> = {}): WebhookInput =>
  WebhookInput.parse({
    name: 'Tickets',
    url: `${receiver.url}/hook?code=secret`,
    format: 'json',
    events: ['report.signed', 'request.due'],
    ...more,
  })

const emit = (kind: WebhookEventKind, more: Record<string, unknown> = {}, member = olive) =>
  getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    emitEvent(tx, member.organisationId, kind, {
      client: { id: clientId, name: 'Harbour Street Dental' },
      subject: { id: clientId, title: 'Firewall log' },
      text: 'Nobody answered.',
      path: '/requests/1',
      ...more,
    }),
  )

const logOf = (id: string) => getWebhookLog(olive, id)
const deliver = async (id: string) => {
  const { deliveries } = await logOf(id)
  const waiting = deliveries.filter(({ state }) => state === 'queued').reverse()
  for (const delivery of waiting) await deliverWebhookJob(olive.organisationId, delivery.id)
}
const giveUp = (deliveryId: string) =>
  handleJob({ name: 'deliver-webhook', organisationId: olive.organisationId, deliveryId }, true)

test.each([
  'https://127.0.0.1/x',
  'https://[::1]/x',
  'https://192.168.1.4/x',
  'https://[fd00::1]/x',
  'https://169.254.169.254/latest',
  'https://localhost:8443/x',
  'https://psa.corp/x',
  'https://nas.local./x',
])('an address inside is refused when it is entered: %s', async (url) => {
  const { id } = await addWebhook(olive, input())
  getRuntime().network = undefined
  await expect(addWebhook(olive, input({ url }))).rejects.toMatchObject({ code: 'not-public' })
  const changed = changeWebhook(olive, id, input({ url }), 1)
  await expect(changed).rejects.toMatchObject({ code: 'not-public' })
})

describe('a message', () => {
  test('is signed so that the specification’s own library believes it, and no other secret does', async () => {
    const { id, secret } = await addWebhook(olive, input())
    await emit('report.signed', { dueOn: '2026-12-01', urgency: 'high' })
    await deliver(id)
    const [taken] = receiver.taken
    expect(taken?.path).toBe('/hook?code=secret')
    expect(new StandardWebhook(secret).verify(taken?.body ?? '', taken?.headers ?? {})).toEqual({
      type: 'report.signed',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        client: { id: clientId, name: 'Harbour Street Dental' },
        subject: { id: clientId, title: 'Firewall log' },
        text: 'Nobody answered.',
        url: 'https://attested.example/requests/1',
        dueOn: '2026-12-01',
        urgency: 'high',
      },
    })
    const other = new StandardWebhook(`whsec_${Buffer.alloc(32, 1).toString('base64')}`)
    expect(() => other.verify(taken?.body ?? '', taken?.headers ?? {})).toThrow()
    expect(() => new StandardWebhook(secret).verify(`${taken?.body} `, taken?.headers ?? {})).toThrow()
    expect((await logOf(id)).deliveries).toMatchObject([
      { state: 'delivered', attempts: [{ status: 204, failure: null }] },
    ])
  })

  test('goes to those alone that want its kind, in this organisation', async () => {
    const wanting = await addWebhook(olive, input({ name: 'A' }))
    const other = await addWebhook(olive, input({ name: 'B', events: ['waiver.signed'] }))
    const { member: eve } = await world.signUpMember('Eve Elsewhere')
    const elsewhere = await addWebhook(eve, input({ name: 'C' }))
    expect(await emit('report.signed')).toBe(true)
    expect(await emit('report.withdrawn')).toBe(false)
    expect((await logOf(wanting.id)).deliveries).toHaveLength(1)
    expect((await logOf(other.id)).deliveries).toEqual([])
    expect((await getWebhookLog(eve, elsewhere.id)).deliveries).toEqual([])
    await expect(getWebhookLog(eve, wanting.id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is told with its cause or not at all', async () => {
    const { id } = await addWebhook(olive, input())
    await expect(
      getRuntime().database.inOrganisation(olive.organisationId, async (tx) => {
        await emitEvent(tx, olive.organisationId, 'report.signed', {
          client: null,
          subject: { id: 'x', title: 'x' },
          text: 'x',
          path: '/',
        })
        throw new Error('The cause failed')
      }),
    ).rejects.toThrow('The cause failed')
    expect((await logOf(id)).deliveries).toEqual([])
  })

  test('that several looks would tell is told once', async () => {
    const { id } = await addWebhook(olive, input())
    expect(await emit('request.due', { key: 'request 1 2026-12-01' })).toBe(true)
    expect(await emit('request.due', { key: 'request 1 2026-12-01' })).toBe(false)
    expect(await emit('request.due', { key: 'request 1 2026-12-08' })).toBe(true)
    expect((await logOf(id)).deliveries).toHaveLength(2)
  })

  test('carries the headers that the other side asks for, and they are nowhere to be read', async () => {
    const headers = 'Authorization: Basic c2VjcmV0\nclientId: 1234'
    const { id, secret } = await addWebhook(olive, input({ headers }))
    await emit('report.signed')
    await deliver(id)
    expect(receiver.taken[0]?.headers).toMatchObject({ authorization: 'Basic c2VjcmV0', clientid: '1234' })
    const shown = JSON.stringify([
      await listWebhooks(olive),
      await logOf(id),
      (await listLedger(olive)).entries,
    ])
    for (const hidden of ['c2VjcmV0', secret, 'whsec_']) expect(shown).not.toContain(hidden)
    expect(JSON.stringify((await listLedger(olive)).entries)).not.toContain('code=secret')
    const rows = await getRuntime().database.inOrganisation(olive.organisationId, (tx) =>
      tx.query.webhook.findMany(),
    )
    expect(JSON.stringify(rows)).not.toMatch(/c2VjcmV0|whsec_/)
    expect(JSON.stringify(rows)).not.toContain(secret.slice(6, 30))
  })
})

describe('a receiver', () => {
  test.each([
    ['that fails', { kind: 'status', status: 500, body: 'Sorry\u0000 about\nthat' }, 500, 'Sorry about that'],
    ['that knows nobody', { kind: 'status', status: 401, body: 'Who?' }, 401, 'Who?'],
    [
      'that leads inside',
      { kind: 'status', status: 302, headers: { location: 'https://10.0.0.1/' } },
      302,
      '',
    ],
    ['that leads elsewhere', { kind: 'status', status: 308, headers: { location: '/other' } }, 308, ''],
    ['that hangs up', { kind: 'dropping' }, null, ''],
  ] as const)('%s gets it again under the same id', async (_, answer, status, said) => {
    const { id, secret } = await addWebhook(olive, input())
    await emit('report.signed')
    receiver.answer = answer
    await expect(deliver(id)).rejects.toMatchObject({ code: 'webhook-refused' })
    expect((await logOf(id)).deliveries).toMatchObject([
      { state: 'queued', attempts: [{ status, answer: said, failure: expect.any(String) }] },
    ])
    receiver.answer = { kind: 'status', status: 200 }
    await deliver(id)
    const ids = receiver.taken.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    for (const { body, headers } of receiver.taken)
      expect(() => new StandardWebhook(secret).verify(body, headers)).not.toThrow()
    expect((await logOf(id)).deliveries).toMatchObject([
      { state: 'delivered', attempts: [{}, { failure: null }] },
    ])
    // Nothing was asked of where it led.
    expect(receiver.taken.every(({ path }) => path.startsWith('/hook'))).toBe(true)
  })

  test('that never answers is not waited for without end', async () => {
    receiver.answer = { kind: 'hanging' }
    const call = { url: receiver.url, id: 'msg_1', at: new Date(), body: '{}', secrets: [], headers: {} }
    const started = performance.now()
    expect(await callWebhook(call, receiver.network, 400)).toMatchObject({
      status: null,
      failure: 'There was no answer in time.',
    })
    expect(performance.now() - started).toBeLessThan(3000)
  })

  test('that sends without end is read a little', async () => {
    receiver.answer = { kind: 'endless' }
    const { id } = await addWebhook(olive, input())
    await emit('report.signed')
    await deliver(id)
    const [delivery] = (await logOf(id)).deliveries
    expect(delivery).toMatchObject({ state: 'delivered' })
    expect(delivery?.attempts[0]?.answer.length).toBeLessThanOrEqual(400)
  })

  test('that answers 410 is told nothing more, until an owner switches it on', async () => {
    const { id } = await addWebhook(olive, input())
    await emit('report.signed')
    await emit('report.signed')
    receiver.answer = { kind: 'status', status: 410 }
    await deliver(id)
    expect(receiver.taken).toHaveLength(1)
    const { webhook, deliveries } = await logOf(id)
    expect(webhook).toMatchObject({ state: 'gone', failed: 2 })
    expect(deliveries.map(({ state }) => state)).toEqual(['failed', 'failed'])
    expect((await listLedger(olive)).entries[0]).toMatchObject({ kind: 'webhook.gone' })
    expect(await emit('report.signed')).toBe(false)
    await expect(testWebhook(olive, id)).rejects.toMatchObject({ code: 'webhook-off' })
    await switchWebhook(olive, id, 'on')
    expect(await emit('report.signed')).toBe(true)
  })

  test('that is given up keeps its messages for a replay, one or the span of an outage', async () => {
    world.setClock(new Date('2026-11-27T10:00:00Z'))
    const { id } = await addWebhook(olive, input())
    await emit('report.signed')
    world.setClock(new Date('2026-11-28T10:00:00Z'))
    await emit('report.signed')
    world.setClock(new Date('2026-11-30T10:00:00Z'))
    await emit('report.signed')
    receiver.answer = { kind: 'status', status: 503 }
    const [third, second, first] = (await logOf(id)).deliveries
    await giveUp(first?.id ?? '')
    await giveUp(second?.id ?? '')
    receiver.answer = { kind: 'status', status: 200 }
    await deliverWebhookJob(olive.organisationId, third?.id ?? '')
    receiver.taken.length = 0
    expect((await logOf(id)).webhook.failed).toBe(2)

    const span = { from: '2026-11-28', until: '2026-11-30' }
    expect(await replaySpan(olive, id, { ...span, onlyFailed: 'on' })).toEqual({ sent: 1, left: 0 })
    await deliver(id)
    expect(receiver.taken.map(({ headers }) => headers['webhook-id'])).toEqual([second?.messageId])
    await replayDelivery(olive, id, first?.id ?? '')
    await expect(replayDelivery(olive, id, first?.id ?? '')).rejects.toMatchObject({ code: 'still-queued' })
    await deliver(id)
    expect(await replaySpan(olive, id, span)).toEqual({ sent: 2, left: 0 })
    await deliver(id)
    // In the order in which they happened, and each under its own id.
    expect(receiver.taken.slice(2).map(({ headers }) => headers['webhook-id'])).toEqual([
      second?.messageId,
      third?.messageId,
    ])
    expect((await listLedger(olive)).entries.filter(({ kind }) => kind === 'webhook.replayed')).toHaveLength(
      3,
    )
  })

  test('that was told more than goes again at once gets the rest with the next press', async () => {
    const { id: webhookId } = await addWebhook(olive, input())
    const { organisationId } = olive
    const at = new Date('2026-11-27T10:00:00Z')
    const told = Array.from({ length: 520 }, (_, index) => ({
      ...{ organisationId, id: crypto.randomUUID(), kind: 'report.signed', key: String(index), at },
      data: { client: null, subject: { id: '1', title: 'A report' }, text: '', url: null, dueOn: null },
    }))
    const settle = () =>
      getRuntime().database.inOrganisation(organisationId, (tx) =>
        tx
          .update(webhookDelivery)
          .set({ state: 'delivered', settledAt: at })
          .where(eq(webhookDelivery.organisationId, organisationId)),
      )
    await getRuntime().database.inOrganisation(organisationId, async (tx) => {
      await tx.insert(webhookEvent).values(told)
      await tx.insert(webhookDelivery).values(
        told.map(({ id: eventId }) => ({
          ...{ organisationId, id: crypto.randomUUID(), webhookId, eventId, createdAt: at },
          ...{ state: 'queued' as const, queuedAt: at },
        })),
      )
    })
    await settle()
    const span = { from: '2026-11-27', until: '2026-11-27' }
    expect(await replaySpan(olive, webhookId, span)).toEqual({ sent: 500, left: 20 })
    await settle()
    expect(await replaySpan(olive, webhookId, span)).toEqual({ sent: 20, left: 0 })
    await settle()
    // Everything went once: a further press begins anew.
    expect(await replaySpan(olive, webhookId, span)).toEqual({ sent: 500, left: 20 })
  })

  test('behind an address that is not public is not contacted', async () => {
    const { id } = await addWebhook(olive, input())
    getRuntime().network = { ...STRICT_NETWORK, authorities: receiver.network.authorities }
    const before = receiver.connections()
    await testWebhook(olive, id)
    await expect(deliver(id)).rejects.toMatchObject({ code: 'webhook-refused' })
    expect((await logOf(id)).deliveries[0]?.attempts[0]?.failure).toMatch(
      /leads to (127\.0\.0\.1|::1), which .*Only public addresses/,
    )
    expect(receiver.connections()).toBe(before)
  })

  test.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://169.254.169.254/latest/',
    'https://10.1.2.3/',
    'https://[::ffff:10.0.0.1]/',
    'https://2130706433/',
  ])('at %s is not contacted', async (url) => {
    const call = { url, id: 'msg_1', at: new Date(), body: '{}', secrets: [], headers: {} }
    expect((await callWebhook(call, STRICT_NETWORK, 2000)).failure).toMatch(
      /Only public addresses are called/,
    )
  })

  test('whose certificate nobody vouches for learns nothing', async () => {
    const call = { url: receiver.url, id: 'msg_1', at: new Date(), body: '{"a":1}', secrets: [], headers: {} }
    const answer = await callWebhook(call, { whyNot: () => null, authorities: [] }, 2000)
    expect(answer).toMatchObject({ status: null, failure: expect.stringContaining('certificate') })
    expect(receiver.taken).toEqual([])
  })
})

describe('a secret', () => {
  test('that was renewed signs beside the one before for a day, and then alone', async () => {
    world.setClock(new Date())
    const { id, secret } = await addWebhook(olive, input())
    const renewed = await renewWebhookSecret(olive, id)
    expect(renewed).not.toBe(secret)
    await emit('report.signed')
    await deliver(id)
    const [during] = receiver.taken
    for (const either of [secret, renewed])
      expect(() =>
        new StandardWebhook(either).verify(during?.body ?? '', during?.headers ?? {}),
      ).not.toThrow()
    world.setClock(new Date(Date.now() + 25 * 60 * 60 * 1000))
    await emit('report.signed')
    await deliver(id)
    expect(receiver.taken[1]?.headers['webhook-signature']?.split(' ')).toHaveLength(1)
    expect((await logOf(id)).webhook.oldSecretUntil).toBeNull()
  })

  test('does not open in another row', async () => {
    const [a, b] = [
      await addWebhook(olive, input({ name: 'A' })),
      await addWebhook(olive, input({ name: 'B' })),
    ]
    const { database } = getRuntime()
    await database.inOrganisation(olive.organisationId, async (tx) => {
      const { updateWebhook, findWebhook } = await import('#db/queries/webhooks.server.ts')
      const row = await findWebhook(tx, olive.organisationId, a.id)
      await updateWebhook(tx, olive.organisationId, b.id, { sealedSecret: row?.sealedSecret ?? '' })
    })
    await testWebhook(olive, b.id)
    await expect(deliver(b.id)).rejects.toMatchObject({ code: 'sealed' })
    expect(receiver.taken).toEqual([])
  })
})

describe('setting up', () => {
  test('is for owners, and not for a demo', async () => {
    const technician: Member = { ...olive, role: 'technician' }
    const demo: Member = { ...olive, organisationIsDemo: true }
    const { id } = await addWebhook(olive, input())
    for (const [who, code] of [
      [technician, 'owner'],
      [demo, 'demo'],
    ] as const) {
      for (const attempt of [
        () => listWebhooks(who),
        () => addWebhook(who, input()),
        () => changeWebhook(who, id, input(), 1),
        () => switchWebhook(who, id, 'off'),
        () => renewWebhookSecret(who, id),
        () => removeWebhook(who, id),
        () => getWebhookLog(who, id),
        () => testWebhook(who, id),
        () => replayDelivery(who, id, id),
        () => replaySpan(who, id, { from: '2026-01-01', until: '2026-12-31' }),
      ])
        await expect(attempt()).rejects.toMatchObject({ code })
    }
  })

  test('is not done to another organisation’s', async () => {
    const { id } = await addWebhook(olive, input())
    const { member: eve } = await world.signUpMember('Eve Elsewhere')
    for (const attempt of [
      () => changeWebhook(eve, id, input(), 1),
      () => switchWebhook(eve, id, 'off'),
      () => renewWebhookSecret(eve, id),
      () => removeWebhook(eve, id),
      () => testWebhook(eve, id),
      () => replaySpan(eve, id, { from: '2026-01-01', until: '2026-12-31' }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not-found' })
  })

  test('by two at once keeps the first, and headers do not follow to another host', async () => {
    const { id } = await addWebhook(olive, input({ headers: 'Authorization: Basic abc' }))
    await changeWebhook(olive, id, input({ name: 'Renamed' }), 1)
    expect((await logOf(id)).webhook).toMatchObject({ name: 'Renamed', hasHeaders: true })
    await expect(changeWebhook(olive, id, input({ name: 'Late' }), 1)).rejects.toMatchObject({
      code: 'conflict',
    })
    await changeWebhook(olive, id, input({ url: 'https://elsewhere.example/' }), 2)
    expect((await logOf(id)).webhook).toMatchObject({ hasHeaders: false })
  })

  test('ends with a webhook that is told nothing and forgets its secret', async () => {
    const { id } = await addWebhook(olive, input())
    await removeWebhook(olive, id)
    expect(await listWebhooks(olive)).toEqual([])
    expect(await emit('report.signed')).toBe(false)
    await expect(logOf(id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test.each([
    ['http', { url: 'http://tickets.example/' }, 'url'],
    ['a password in the address', { url: 'https://a:b@tickets.example/' }, 'url'],
    ['no address', { url: 'tickets' }, 'url'],
    ['a script', { url: 'javascript:alert(1)' }, 'url'],
    ['nothing to tell', { events: [] }, 'events'],
    ['no word of what to tell', { events: undefined }, 'events'],
    ['something that does not exist', { events: ['webhook.test'] }, 'events.0'],
    ['a header of ours', { headers: 'Webhook-Signature: v1,x' }, 'headers'],
    ['a header that splits the request', { headers: 'Content-Length: 0' }, 'headers'],
    ['a header that is none', { headers: 'Authorization' }, 'headers'],
    ['a header with a line break', { headers: 'A: b\r\n\r\nGET / HTTP/1.1' }, 'headers'],
    ['no queue', { format: 'autotask', companyID: '0' }, 'queueID'],
    ['a queue that is no number', { format: 'autotask', companyID: '0', queueID: '1; drop' }, 'queueID'],
  ])('is refused with %s', (_, more, path) => {
    const all = {
      name: 'T',
      url: 'https://tickets.example/',
      format: 'json',
      events: ['report.signed'],
      ...more,
    }
    const parsed = WebhookInput.safeParse(all)
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain(path)
  })
})

test('the queue tries until it is taken, once for each message, with two instances', async () => {
  const { database, jobs } = getRuntime()
  const start = () =>
    startQueue({ url: database.ownerUrl, soleOwner: false, handle: handleJob, log: () => undefined })
  const queues = [await start(), await start()]
  getRuntime().jobs = queues[0] as NonNullable<(typeof queues)[0]>
  try {
    const { id } = await addWebhook(olive, input())
    for (let times = 0; times < 8; times += 1) await emit('report.signed')
    await expect
      .poll(async () => (await logOf(id)).deliveries.every(({ state }) => state === 'delivered'), {
        timeout: 40_000,
      })
      .toBe(true)
    await sleep(300)
    const ids = receiver.taken.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(8)
    expect(new Set(ids).size).toBe(8)
  } finally {
    getRuntime().jobs = jobs
    for (const queue of queues) await queue.stop()
  }
}, 60_000)
