/** Addresses that refuse mails, reports that come back, and what becomes of the next mail there. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bounceAddressOf } from '#app/mail/bounce-address.server.ts'
import type { MailContent } from '#app/mail/content.ts'
import { type Mailer, openMailer } from '#app/mail/smtp.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { sendMailJob } from '#app/services/mail-delivery.server.ts'
import { listOutbox, type NewMail, writeMail } from '#app/services/mail-outbox.server.ts'
import { takeDeliveryReport, takeUploadedReport } from '#app/services/mail-reports.server.ts'
import {
  listMailFailures,
  resendFailed,
  resendHeld,
  resendMail,
} from '#app/services/mail-resending.server.ts'
import {
  liftMailStop,
  listMailStops,
  mayReceiveDigest,
  stopAddress,
} from '#app/services/mail-stops.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRequestThread } from '#app/services/request-thread.server.ts'
import { listRoomLinks, sendRoomLink } from '#app/services/rooms.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { bounceOf, complaintOf } from '../support/delivery-report.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { openWorld, type World } from '../support/world.ts'

const content: MailContent = {
  greeting: 'Hello Oscar,',
  paragraphs: ['We wait for you.'],
  code: null,
  action: null,
  closing: ['Sent by Attested.'],
}
const OSCAR = 'oscar@client.example'
const DIGEST = { origin: 'https://attested.example', listName: 'Summaries' }

let world: World
let server: MailServer
let mailer: Mailer
let mia: Member

beforeAll(async () => {
  server = await startMailServer()
  mailer = openMailer({ url: server.url, from: 'Attested <attested@mail.msp.example>' })
  world = await openWorld({ mailer, settings: { bounceAddress: 'bounces@mail.msp.example' } })
})
beforeEach(async () => {
  server.mood = { kind: 'well' }
  server.received.length = 0
  mia = (await world.signUpMember('Mia Mailer')).member
})
afterAll(async () => {
  mailer?.close()
  await server?.close()
  await world?.close()
})

function write(more: Partial<NewMail> = {}): Promise<string> {
  const mail = { kind: 'request-link', recipient: OSCAR, subject: 'Please send', content } as const
  const expiresAt = new Date(Date.now() + 60_000)
  return getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
    writeMail(tx, mia.organisationId, { ...mail, expiresAt, ...more }, true),
  )
}
const send = (id: string) => sendMailJob(mia.organisationId, id)
const shown = async (id: string) => (await listOutbox(mia)).find((mail) => mail.id === id)
const returnTo = () => server.received.at(-1)?.from ?? ''
const mayDigest = (address: string, { organisationId }: Member = mia) =>
  getRuntime().database.inOrganisation(organisationId, (tx) => mayReceiveDigest(tx, organisationId, address))

async function sent(more: Partial<NewMail> = {}): Promise<string> {
  const id = await write(more)
  await send(id)
  return id
}

describe('an address that nobody has', () => {
  test('gets no second mail, and one that was written is held back until somebody allows it', async () => {
    server.mood = { kind: 'refusing', code: 550, words: '5.1.1 No such user' }
    const before = await write({ recipient: 'Oscar@Client.Example' })
    const refused = await sent()
    expect(await shown(refused)).toMatchObject({ state: 'bounced', sentAt: null, canResend: true })
    server.mood = { kind: 'well' }
    // Written before it was known, and after.
    await send(before)
    const after = await write()
    for (const id of [before, after])
      expect(await shown(id)).toMatchObject({
        state: 'suppressed',
        failure: expect.stringContaining('5.1.1 No such user'),
      })
    expect(server.received).toEqual([])
    expect(await listMailStops(mia)).toMatchObject([
      { address: OSCAR, purpose: 'all', reason: 'refused', mailId: refused },
    ])
    await expect(resendMail(mia, after)).rejects.toMatchObject({ code: 'mail-stopped' })
    expect(await mayDigest(OSCAR)).toBe(false)

    await liftMailStop(mia, { address: 'OSCAR@client.example', purpose: 'all' })
    expect(await listMailStops(mia)).toEqual([])
    await resendMail(mia, after)
    await send(after)
    expect(await shown(after)).toMatchObject({ state: 'sent' })
    const kinds = (await listLedger(mia)).entries.map(({ kind }) => kind)
    expect(kinds.slice(0, 3)).toEqual(['mail.resent', 'mail.stop-lifted', 'mail.bounced'])
  })

  test('is offered what did not arrive once it is allowed again, and all of it leaves together', async () => {
    server.mood = { kind: 'refusing', code: 550, words: '5.1.1 No such user' }
    await sent({ recipient: 'Oscar@Client.Example' })
    await sent({ recipient: 'ada@client.example' })
    server.mood = { kind: 'well' }
    await write()
    await write()
    // Nothing of it can leave, so nothing is offered.
    expect(await listMailFailures(mia)).toEqual([])
    expect(await resendHeld(mia, OSCAR)).toBe(0)
    expect(await liftMailStop(mia, { address: OSCAR, purpose: 'all' })).toBe(3)
    expect(await listMailFailures(mia)).toEqual([
      { cause: 'refused', mails: 2, said: expect.stringContaining('5.1.1') },
      { cause: '550-5.1.1', mails: 1, said: expect.stringContaining('5.1.1') },
    ])
    expect(await resendFailed(mia, '550-5.1.1')).toBe(1)
    expect(await resendHeld(mia, 'Oscar@client.example')).toBe(2)
    const waiting = await listOutbox(mia, { state: 'queued', page: 1 })
    expect(waiting).toHaveLength(3)
    for (const { id } of waiting) await send(id)
    expect(server.received.map(({ to }) => to[0]?.toLowerCase())).toEqual([OSCAR, OSCAR, OSCAR])
    expect(await listOutbox(mia, { state: 'bounced', page: 1 })).toMatchObject([
      { recipient: 'ada@client.example' },
    ])
  })

  test('whose reader stopped summaries gets no summary again with the rest', async () => {
    const expiresAt = new Date(Date.now() + 60_000)
    server.mood = { kind: 'refusing', code: 554, words: '5.7.1 Not from here' }
    const [plain, summary] = [await write({ expiresAt }), await write({ digest: DIGEST, expiresAt })]
    for (const id of [plain, summary]) await send(id)
    await getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
      stopAddress(tx, mia.organisationId, {
        ...{ address: OSCAR, purpose: 'digest', reason: 'unsubscribed', detail: '', mailId: summary },
      }),
    )
    expect(await listMailFailures(mia)).toMatchObject([{ cause: '554-5.7.1', mails: 1 }])
    expect(await resendFailed(mia, '554-5.7.1')).toBe(1)
    expect(await shown(summary)).toMatchObject({ state: 'failed' })
  })

  test('is held back for this organisation alone, and only an address that is may be allowed', async () => {
    server.mood = { kind: 'refusing', code: 550, words: 'No such user' }
    await sent()
    const { member: eve } = await world.signUpMember('Eve Elsewhere')
    expect(await listMailStops(eve)).toEqual([])
    expect(await mayDigest(OSCAR, eve)).toBe(true)
    await expect(liftMailStop(eve, { address: OSCAR, purpose: 'all' })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(liftMailStop(mia, { address: OSCAR, purpose: 'digest' })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await listMailStops(mia)).toHaveLength(1)
  })

  test('whose mailbox is full stays in use', async () => {
    server.mood = { kind: 'refusing', code: 552, words: '5.2.2 Mailbox full' }
    expect(await shown(await sent())).toMatchObject({ state: 'failed' })
    expect(await listMailStops(mia)).toEqual([])
  })
})

describe('a report that comes back', () => {
  test('marks its mail and holds back the address, once however often it comes', async () => {
    const id = await sent()
    const report = bounceOf({ to: returnTo() })
    expect(await takeDeliveryReport(report)).toBe('bounced')
    expect(await shown(id)).toMatchObject({
      state: 'bounced',
      failure: expect.stringContaining('User unknown'),
      returnedAt: expect.any(Date),
      sentAt: expect.any(Date),
      canResend: false,
    })
    expect(await listMailStops(mia)).toMatchObject([{ address: OSCAR, reason: 'bounced' }])
    expect(await takeDeliveryReport(report)).toBe('nothing-to-do')
    expect((await listLedger(mia)).entries.filter(({ kind }) => kind === 'mail.bounced')).toHaveLength(1)
  })

  test.each([
    ['of a full mailbox', { status: '5.2.2', diagnostic: 'smtp; 552 5.2.2 Mailbox full' }, 'bounced', 1],
    [
      'of one that is still being tried',
      { action: 'delayed', status: '4.4.1', diagnostic: 'smtp; 421 4.4.1 Timed out' },
      'sent',
      1,
    ],
    [
      'of one that was tried for days',
      { status: '4.4.7', diagnostic: 'smtp; 451 4.4.7 Gave up' },
      'bounced',
      1,
    ],
    [
      'of a mail that was taken for spam',
      { status: '5.7.1', diagnostic: 'smtp; 550 5.7.1 Spam' },
      'bounced',
      0,
    ],
    ['of one that arrived', { action: 'delivered', status: '2.0.0', diagnostic: 'smtp; 250 OK' }, 'sent', 0],
  ])('%s holds nothing back', async (_, about, state, softBounces) => {
    const id = await sent()
    await takeDeliveryReport(bounceOf({ to: returnTo(), ...about }))
    expect(await shown(id)).toMatchObject({ state, softBounces })
    expect(await listMailStops(mia)).toEqual([])
  })

  test('of a mail that the server took before we could write it down ends its tries', async () => {
    server.mood = { kind: 'dropping-reply' }
    const id = await write()
    await expect(send(id)).rejects.toMatchObject({ isFinal: false })
    server.mood = { kind: 'well' }
    expect(await takeDeliveryReport(bounceOf({ to: returnTo() }))).toBe('bounced')
    await send(id)
    expect(server.received).toHaveLength(1)
    expect(await shown(id)).toMatchObject({ state: 'bounced', sentAt: null })
  })

  test('suppresses only the reader of its own mail, whomever it names', async () => {
    await sent()
    const to = returnTo()
    await sent({ recipient: 'ada@client.example' })
    await takeDeliveryReport(bounceOf({ to, recipient: 'ada@client.example' }))
    expect((await listMailStops(mia)).map(({ address }) => address)).toEqual([OSCAR])
  })

  test('that is forged suppresses nobody', async () => {
    const id = await sent()
    const { organisationId } = mia
    const base = 'bounces@mail.msp.example'
    const forged = [
      bounceAddressOf('a guessed secret', base, { organisationId, mailId: id }),
      returnTo().replace(/\+(.)/, (_match, digit: string) => `+${digit === '0' ? '1' : '0'}`),
      base,
      '',
    ]
    for (const to of forged)
      expect(await takeDeliveryReport(bounceOf({ to, messageId: `${id}@mail.msp.example` })), to).toBe(
        'unknown-mail',
      )
    expect(await shown(id)).toMatchObject({ state: 'sent' })
    expect(await listMailStops(mia)).toEqual([])
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['noise', Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 73) % 256))],
    ['a mail of somebody', Buffer.from('From: a@b.example\r\nSubject: Hello\r\n\r\nHow are you?\r\n')],
    ['a report that is cut off', bounceOf({ to: 'x@y.example' }).subarray(0, 700)],
    [
      'parts in parts without end',
      Buffer.from('Content-Type: multipart/mixed; boundary=a\r\n\r\n'.repeat(3000)),
    ],
    ['a head without end', Buffer.from(`X: ${'y'.repeat(900_000)}\r\n\r\n`)],
    [
      'a report without fields',
      Buffer.from(
        'Content-Type: multipart/report; boundary=a\r\n\r\n--a\r\nContent-Type: message/delivery-status\r\n\r\n\r\n\r\n--a--',
      ),
    ],
  ])('that is %s does nothing', async (_, raw) => {
    expect(await takeDeliveryReport(raw)).toBe('no-report')
    await expect(takeUploadedReport(mia, raw)).rejects.toMatchObject({ code: 'no-report' })
  })

  test('may be handed in by a member as a file, also where it names only the mail’s own id', async () => {
    const id = await sent()
    const report = bounceOf({ to: 'attested@mail.msp.example', messageId: `${id}@mail.msp.example` })
    const { member: eve } = await world.signUpMember('Eve Elsewhere')
    await expect(takeUploadedReport(eve, report)).rejects.toMatchObject({ code: 'unknown-mail' })
    await expect(takeUploadedReport(eve, bounceOf({ to: returnTo() }))).rejects.toMatchObject({
      code: 'unknown-mail',
    })
    expect(await takeUploadedReport(mia, report)).toMatchObject({
      outcome: 'bounced',
      mailId: id,
      recipient: OSCAR,
    })
    expect(await listMailStops(mia)).toHaveLength(1)
  })

  test('of a complaint stops summaries, and nothing else', async () => {
    await sent({ digest: DIGEST })
    expect(await takeDeliveryReport(complaintOf({ to: returnTo() }))).toBe('complained')
    expect(await mayDigest(OSCAR)).toBe(false)
    expect(await shown(await write({ digest: DIGEST }))).toMatchObject({ state: 'suppressed' })
    expect(await shown(await sent())).toMatchObject({ state: 'sent' })
    expect(await listMailStops(mia)).toMatchObject([{ purpose: 'digest', reason: 'complained' }])
  })
})

test('whoever caused a mail sees beside its link that it did not arrive', async () => {
  const clientId = await createClient(mia, demoClients(new Date()).dental)
  const person = { recipientName: 'Oscar Officer', recipientEmail: OSCAR }
  const dueOn = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
  const asked = { ...person, title: 'A log', questionRef: '', message: 'Please', dueOn }
  const { requestId } = await requestEvidence(mia, clientId, asked, 'https://attested.example')
  const mailOf = async () => (await getRequestThread(mia, requestId)).links[0]?.mail
  expect(await mailOf()).toMatchObject({ state: 'queued' })
  await send((await mailOf())?.id ?? '')
  await takeDeliveryReport(bounceOf({ to: returnTo() }))
  expect(await mailOf()).toMatchObject({ state: 'bounced' })
  await sendRoomLink(mia, clientId, person, 'https://attested.example')
  expect((await listRoomLinks(mia, clientId)).links[0]?.mail).toMatchObject({ state: 'suppressed' })
})
