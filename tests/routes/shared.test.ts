import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { action, headers as headersOf, loader, meta } from '#app/routes/shared.tsx'
import { loader as fileLoader } from '#app/routes/shared-file.ts'
import { loader as twinLoader } from '#app/routes/shared-twin.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { PASSCODE_TRIES } from '#app/services/report-share-rules.ts'
import { revokeShare, shareReport } from '#app/services/report-shares.server.ts'
import { addSignedReport } from '../services/report-rows.ts'
import { openWorld, type World } from '../support/world.ts'

const NOW = new Date('2026-03-02T10:00:00Z')
let world: World
let member: Member
let reportId: string
let shareId: string
let token: string
let passcode: string

beforeAll(async () => {
  world = await openWorld()
  world.setClock(NOW)
  member = (await world.signUpMember('Mia Member')).member
  const clientId = await createClient(member, demoClients(NOW).dental)
  reportId = (await addSignedReport(member, clientId, { at: NOW, file: 'a' })).reportId
})
beforeEach(async () => {
  const made = await shareReport(
    member,
    reportId,
    {
      recipientName: 'Rita Reader',
      recipientOrganisation: 'Harbour Brokers',
      recipientEmail: 'rita@broker.example',
      lastDay: '2026-04-01',
      mayDownload: true,
    },
    'https://attested.example',
  )
  shareId = made.shareId
  passcode = made.passcode
  token = made.href.split('/').at(-1) ?? ''
})
afterAll(() => world?.close())

interface Reply {
  status: number
  headers: Headers
  body: unknown
}

/** What a loader or an action answers or throws, in one shape. */
async function reply(call: () => Promise<unknown>): Promise<Reply> {
  const given = await call().catch((thrown: unknown) => thrown)
  if (given instanceof Error) throw given
  if (given instanceof Response) return { status: given.status, headers: given.headers, body: null }
  const { data: body, init } = given as { data: unknown; init: ResponseInit | null }
  return { status: init?.status ?? 200, headers: new Headers(init?.headers), body }
}

const args = (key: string, init: RequestInit = {}, twin?: string) => ({
  request: new Request(`https://attested.example/shared/${encodeURIComponent(key)}`, init),
  params: { token: key, twin },
  context: {},
})

const open = (key: string, cookie = '') => reply(async () => loader(args(key, { headers: { cookie } })))
const enter = (key: string, typed: string) =>
  reply(async () => action(args(key, { method: 'POST', body: new URLSearchParams({ passcode: typed }) })))
const file = (key: string, cookie = '') => reply(async () => fileLoader(args(key, { headers: { cookie } })))
const twin = (key: string, kind: string, cookie = '') =>
  reply(async () => twinLoader(args(key, { headers: { cookie } }, kind)))

const SECRETS = /Harbour|Rita|Mia|Dental|mfa|statement/i
/** Without the key, in whose random letters any short word may stand. */
const saidIn = (body: unknown) => JSON.stringify(body).replaceAll(token, '')

describe('a shared report', () => {
  test('says nothing before the passcode, and opens in this browser after it', async () => {
    const door = await open(token)
    expect(door).toMatchObject({ status: 200, body: { page: { state: 'door' } } })
    expect(saidIn(door.body)).not.toMatch(SECRETS)
    const entered = await enter(token, passcode)
    expect(entered).toMatchObject({ status: 302 })
    expect(entered.headers.get('location')).toBe(`/shared/${token}`)
    const setCookie = entered.headers.get('set-cookie') ?? ''
    expect(setCookie).toMatch(/Path=\/shared; HttpOnly; SameSite=Lax/)
    expect(setCookie).toContain('Max-Age=7200')
    expect(setCookie).not.toContain(token)
    const cookie = setCookie.split(';')[0]
    const read = await open(token, cookie)
    expect(read).toMatchObject({
      status: 200,
      body: { page: { state: 'read', report: { recipient: { name: 'Rita Reader' } } } },
    })
    expect(read.headers.get('referrer-policy')).toBe('no-referrer')
    const loaderHeaders = read.headers
    const sent = headersOf({
      loaderHeaders,
      parentHeaders: new Headers(),
      actionHeaders: new Headers(),
    } as never)
    expect(new Headers(sent).get('referrer-policy')).toBe('no-referrer')
  })

  test('asks not to be listed', () => {
    const tags = meta({ data: undefined } as never)
    expect(tags).toContainEqual({ name: 'robots', content: 'noindex, nofollow, noarchive' })
  })

  test.each([
    ['nothing', ''],
    ['figures', '123456'],
    ['too much', 'A'.repeat(100_000)],
    ['markup', `<script>alert('x')</script>`],
    ['another passcode', 'AAAA-AAAA-AAAA'],
  ])('refuses %s as its passcode', async (_case, typed) => {
    const { status, headers } = await enter(token, typed)
    expect(status).toBe(400)
    expect(headers.get('set-cookie')).toBeNull()
  })

  test('refuses a body that is no form', async () => {
    const init = { method: 'POST', body: '{"passcode":"x"}', headers: { 'content-type': 'application/json' } }
    expect((await reply(async () => action(args(token, init)))).status).toBe(400)
  })

  test('counts the tries that are left, and then shows the locked page', async () => {
    for (let left = PASSCODE_TRIES - 1; left > 0; left -= 1) {
      const { body } = await enter(token, 'AAAA-AAAA-AAAA')
      const words = left === 1 ? 'One try is left' : `${left} tries are left`
      expect(body).toMatchObject({ fieldErrors: { passcode: expect.stringContaining(words) } })
    }
    expect((await enter(token, 'AAAA-AAAA-AAAA')).status).toBe(302)
    const closed = await open(token)
    expect(closed).toMatchObject({ status: 403, body: { page: { state: 'locked' } } })
    expect(saidIn(closed.body)).not.toMatch(SECRETS)
  })

  test('that was revoked or has expired says so, and no more', async () => {
    const cookie = (await enter(token, passcode)).headers.get('set-cookie')?.split(';')[0]
    world.setClock(new Date('2026-04-02T00:00:00Z'))
    const expired = await open(token, cookie)
    expect(expired).toMatchObject({ status: 410, body: { page: { state: 'expired' } } })
    world.setClock(NOW)
    await revokeShare(member, { reportId, shareId })
    const revoked = await open(token, cookie)
    expect(revoked).toMatchObject({ status: 410, body: { page: { state: 'revoked' } } })
    for (const { body, headers } of [expired, revoked]) {
      expect(saidIn(body)).not.toMatch(SECRETS)
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
    expect((await file(token, cookie)).headers.get('location')).toBe(`/shared/${token}`)
  })

  test.each(['', 'x', '../../clients', 'A'.repeat(54), 'A'.repeat(100_000), '%00', '🙂'.repeat(54)])(
    'is not found by the key %.20j',
    async (key) => {
      for (const { status, body } of [
        await open(key),
        await enter(key, passcode),
        await file(key),
        await twin(key, 'oscal'),
      ]) {
        expect(status).toBe(404)
        expect(saidIn(body)).not.toMatch(SECRETS)
      }
    },
  )

  test('sends whoever asks for a file without the passcode to the door', async () => {
    expect(await file(token)).toMatchObject({ status: 302 })
    expect(await twin(token, 'oscal')).toMatchObject({ status: 302 })
    const cookie = (await enter(token, passcode)).headers.get('set-cookie')?.split(';')[0]
    expect((await twin(token, '../../report', cookie)).status).toBe(404)
  })

  test('takes the cookie of another share for none', async () => {
    const cookie = (await enter(token, passcode)).headers.get('set-cookie')?.split(';')[0] ?? ''
    const [name = ''] = cookie.split('=')
    for (const wrong of [
      `${name}=eyJ4IjoxfQ%3D%3D`,
      `${name}=`,
      `${name}=${'x'.repeat(5000)}`,
      cookie.replace('_', ''),
    ])
      expect((await open(token, wrong)).body).toMatchObject({ page: { state: 'door' } })
  })
})
