import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { action, loader } from '#app/routes/unsubscribe.tsx'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox, writeMail } from '#app/services/mail-outbox.server.ts'
import { listMailStops, mayReceiveDigest } from '#app/services/mail-stops.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let mia: Member
let token: string

beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  mia = (await world.signUpMember('Mia Mailer')).member
  token = await writeDigest()
})
afterAll(() => world?.close())

/** @returns the key in the address that stops it */
async function writeDigest(): Promise<string> {
  const content = {
    greeting: 'Hello',
    paragraphs: ['Three things are open.'],
    code: null,
    action: null,
    closing: [],
  }
  const id = await getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
    writeMail(
      tx,
      mia.organisationId,
      {
        kind: 'request-news',
        recipient: 'Oscar@client.example',
        subject: 'What is open',
        content,
        expiresAt: new Date(Date.now() + 60_000),
        digest: { origin: 'https://attested.example', listName: 'Summaries' },
      },
      false,
    ),
  )
  const mail = (await listOutbox(mia)).find((shown) => shown.id === id)
  return mail?.content?.unsubscribe?.href.split('/').at(-1) ?? ''
}

const open = (key: string) =>
  loader({
    request: new Request(`http://attested.test/unsubscribe/${key}`),
    params: { token: key },
    context: {},
  } as never)
const press = (key: string, body?: BodyInit, headers: Record<string, string> = {}) =>
  action({
    request: new Request(`http://attested.test/unsubscribe/${key}`, { method: 'POST', body, headers }),
    params: { token: key },
    context: {},
  } as never)
const may = () =>
  getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
    mayReceiveDigest(tx, mia.organisationId, 'oscar@CLIENT.example'),
  )

describe('the address that stops summaries', () => {
  test('changes nothing when it is opened, as scanners do', async () => {
    for (let times = 0; times < 3; times += 1)
      expect(await open(token)).toEqual({
        organisationName: 'Mia Mailer IT',
        address: 'O•••@client.example',
        isStopped: false,
      })
    expect(await may()).toBe(true)
  })

  test.each([
    ['as mail programs do', new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
    ['with a body that says nothing', 'x'],
    ['without a body', undefined],
  ])('stops them when it is posted to %s, once', async (_, body) => {
    await press(token, body)
    await press(token, body)
    expect(await may()).toBe(false)
    expect(await open(token)).toMatchObject({ isStopped: true })
    expect(await listMailStops(mia)).toMatchObject([
      { address: 'oscar@client.example', purpose: 'digest', reason: 'unsubscribed' },
    ])
    const { entries } = await listLedger(mia)
    expect(entries.filter(({ kind }) => kind === 'mail.unsubscribed')).toHaveLength(1)
  })

  test('lets them come again', async () => {
    await press(token)
    await press(token, new URLSearchParams({ intent: 'undo' }))
    expect(await may()).toBe(true)
    await press(token, new URLSearchParams({ intent: 'undo' }))
    expect((await listLedger(mia)).entries.filter(({ kind }) => kind === 'mail.stop-lifted')).toHaveLength(1)
    await press(token)
    expect(await may()).toBe(false)
  })

  test.each([
    ['changed', (key: string) => (key.startsWith('A') ? 'B' : 'A') + key.slice(1)],
    ['cut', (key: string) => key.slice(0, 40)],
    ['of another seal', (key: string) => key.slice(0, 43) + key.slice(0, 21)],
    ['none', () => ''],
  ])('is not there when its key is %s', async (_, change) => {
    const key = change(token)
    await expect(open(key)).rejects.toMatchObject({ status: 404 })
    await expect(press(key)).rejects.toMatchObject({ status: 404 })
    expect(await may()).toBe(true)
  })

  test('stands in no mail but summaries', async () => {
    const id = await getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
      writeMail(
        tx,
        mia.organisationId,
        {
          kind: 'request-link',
          recipient: 'oscar@client.example',
          subject: 'Please send',
          content: { greeting: 'Hello', paragraphs: [], code: null, action: null, closing: [] },
          expiresAt: new Date(Date.now() + 60_000),
        },
        false,
      ),
    )
    expect((await listOutbox(mia)).find((mail) => mail.id === id)?.content?.unsubscribe).toBeUndefined()
  })
})
