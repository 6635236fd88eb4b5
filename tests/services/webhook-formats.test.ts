import { describe, expect, test } from 'vitest'
import type { WebhookMessage } from '#app/services/webhook-events.ts'
import { WEBHOOK_FORMAT_LIST, writeBody } from '#app/services/webhook-formats.ts'

const message: WebhookMessage = {
  type: 'request.due',
  at: new Date('2026-11-27T10:00:00Z'),
  data: {
    client: { id: 'c1', name: 'Harbour Street Dental' },
    subject: { id: 'r1', title: 'Firewall log' },
    text: 'Fiona Finance was asked for this and has not answered.',
    url: 'https://attested.example/requests/r1',
    dueOn: '2026-12-01',
    urgency: 'high',
  },
}
const withData = (more: Partial<WebhookMessage['data']>): WebhookMessage => ({
  ...message,
  data: { ...message.data, ...more },
})
const read = (...args: Parameters<typeof writeBody>) => JSON.parse(writeBody(...args))
const DETAILS =
  'Fiona Finance was asked for this and has not answered.\n\nDue on 2026-12-01.\n\nhttps://attested.example/requests/r1'

describe('a message', () => {
  test('is told in our own words as JSON', () => {
    expect(read('json', {}, message)).toEqual({
      type: 'request.due',
      timestamp: '2026-11-27T10:00:00.000Z',
      data: message.data,
    })
  })

  test('becomes a service ticket of ConnectWise PSA', () => {
    expect(read('connectwise', { board: 'Insurance', company: 'OwnCompany' }, message)).toEqual({
      summary: 'Harbour Street Dental: Firewall log',
      board: { name: 'Insurance' },
      company: { identifier: 'OwnCompany' },
      initialDescription: DETAILS,
      severity: 'High',
      impact: 'High',
      requiredDate: '2026-12-01T00:00:00Z',
    })
  })

  test('becomes a ticket of Autotask, due in a week where nothing else is said', () => {
    const target = { companyID: '0', queueID: '29682833' }
    expect(read('autotask', target, message)).toEqual({
      companyID: 0,
      queueID: 29682833,
      title: 'Harbour Street Dental: Firewall log',
      description: DETAILS,
      status: 1,
      priority: 1,
      dueDateTime: '2026-12-01T23:59:59Z',
    })
    expect(read('autotask', target, withData({ dueOn: null, urgency: 'low' }))).toMatchObject({
      priority: 3,
      dueDateTime: '2026-12-04T23:59:59Z',
    })
  })

  test('becomes a list with one ticket of HaloPSA', () => {
    expect(read('halopsa', { tickettype_id: '1', client_id: '12' }, message)).toEqual([
      { summary: 'Harbour Street Dental: Firewall log', details: DETAILS, tickettype_id: 1, client_id: 12 },
    ])
  })

  test('of any length fits where the tool would refuse it', () => {
    const long = withData({ subject: { id: 'r1', title: 'x'.repeat(500) }, text: 'y'.repeat(2000) })
    expect(read('connectwise', { board: 'a', company: 'b' }, long).summary).toHaveLength(100)
    expect(read('autotask', { companyID: '0', queueID: '1' }, long).title).toHaveLength(255)
  })

  test('of no client, without an address and without a day leaves nothing behind of them', () => {
    const bare = withData({ client: null, url: null, dueOn: null })
    const ticket = read('connectwise', { board: 'a', company: 'b' }, bare)
    expect(ticket).toMatchObject({ summary: 'Firewall log', initialDescription: bare.data.text })
    expect(ticket).not.toHaveProperty('requiredDate')
  })
})

test.each(Object.entries(WEBHOOK_FORMAT_LIST))(
  '%s asks for each field of its target, and no more',
  (_, format) => {
    const whole = Object.fromEntries(format.fields.map(({ name }) => [name, '1']))
    expect(format.target.safeParse(whole).data).toEqual(whole)
    for (const { name } of format.fields) {
      const { [name]: __, ...rest } = whole
      expect(format.target.safeParse(rest).success).toBe(false)
    }
  },
)
