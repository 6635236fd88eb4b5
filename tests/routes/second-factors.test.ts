import { sql } from 'drizzle-orm'
import { Secret } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireMember, requireVisitor } from '#app/http/member.server.ts'
import * as account from '#app/routes/account.tsx'
import * as secondFactors from '#app/routes/second-factors.tsx'
import * as step from '#app/routes/second-step.tsx'
import * as signIn from '#app/routes/sign-in.tsx'
import * as signUp from '#app/routes/sign-up.tsx'
import * as workspace from '#app/routes/workspace.tsx'
import { findMember } from '#app/services/accounts.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { demandSecondFactor, releaseSecondFactor } from '#app/services/second-factor-demand.server.ts'
import { type Lies, SoftAuthenticator } from '../support/authenticator.ts'
import {
  addApp,
  addPasskey,
  change,
  codeOf,
  enterCode,
  givePassword,
  PASSWORD,
  type Person,
  read,
  readStep,
  register,
  STEP,
  showPasskey,
} from '../support/second-factor.ts'
import { openWorld, type World } from '../support/world.ts'
import { replyOf } from './evidence-calls.ts'
import { cookieAfter, get, locationOf, post } from './form-calls.ts'

const ORIGIN = 'http://attested.test'
const NOW = new Date('2026-11-27T10:00:00.000Z')
const later = (minutes: number) => world.setClock(new Date(NOW.getTime() + minutes * 60_000))

let world: World
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(() => world.setClock(NOW))
afterAll(() => world?.close())

const isOpen = async (cookie: string) => (await get(workspace.loader, '/clients', { cookie })).status === 200

async function memberOf(cookie: string) {
  const found = await findMember(cookie)
  if (!found) throw new Error('Nobody is signed in')
  return found.member
}

const mailsOf = async (cookie: string) =>
  (await listOutbox(await memberOf(cookie))).map(({ subject }) => subject)

const rowsOf = (table: string) =>
  getRuntime().database.forSignIn((tx) => tx.execute(sql`select * from ${sql.identifier(table)}`))

describe('an authenticator app', () => {
  test('counts once its code was shown: then the session has it, others end, and the person is told', async () => {
    const person = await register()
    const other = cookieAfter(
      await post(signIn.action, '/sign-in', { email: person.email, password: PASSWORD }),
    )
    expect(await isOpen(other)).toBe(true)
    const { key, codes } = await addApp(person.cookie)
    expect(codes).toHaveLength(10)
    expect(new Set(codes).size).toBe(10)
    const page = await read(person.cookie)
    expect(page).toMatchObject({ recoveryCodesLeft: 10, enrolment: null, hasSecondFactor: true })
    expect(page.factors).toMatchObject([{ kind: 'app', name: 'Phone', lastUsedAt: null }])
    expect(await isOpen(other)).toBe(false)
    expect(await mailsOf(person.cookie)).toEqual(['A second factor was added to your account'])
    expect(JSON.stringify(page)).not.toContain(key.replaceAll(' ', ''))
  })

  test('is not begun without the password', async () => {
    const { cookie } = await register()
    const reply = await change(cookie, {
      intent: 'start',
      at: 'start-app',
      kind: 'app',
      name: 'Phone',
      proof: 'guess',
    })
    expect(reply.status).toBe(409)
    expect(reply.body).toMatchObject({ at: 'start-app', fieldErrors: { proof: expect.any(String) } })
    expect((await read(cookie)).enrolment).toBeNull()
  })

  test('is not there after a wrong code, and begins anew after five', async () => {
    const { cookie } = await register()
    await change(cookie, { intent: 'start', kind: 'app', name: 'Phone', proof: PASSWORD })
    const key = (await read(cookie)).enrolment.text
    for (let tries = 0; tries < 5; tries += 1) {
      const reply = await change(cookie, { intent: 'confirm-app', code: codeOf(key, 40) })
      expect(reply.status).toBe(400)
    }
    expect((await change(cookie, { intent: 'confirm-app', code: codeOf(key) })).status).toBe(409)
    expect(await read(cookie)).toMatchObject({ factors: [], enrolment: null })
  })

  test('has to be shown within ten minutes', async () => {
    const { cookie } = await register()
    await change(cookie, { intent: 'start', kind: 'app', name: 'Phone', proof: PASSWORD })
    const key = (await read(cookie)).enrolment.text
    later(10)
    expect((await change(cookie, { intent: 'confirm-app', code: codeOf(key) })).status).toBe(409)
    expect((await read(cookie)).factors).toEqual([])
  })

  test('leaves neither its key nor a recovery code readable in the database', async () => {
    const { cookie } = await register()
    const { key, codes } = await addApp(cookie)
    const bytes = Buffer.from(Secret.fromBase32(key.replaceAll(' ', '')).bytes)
    const kept = JSON.stringify([await rowsOf('account_factor'), await rowsOf('recovery_code')])
    for (const form of [
      key,
      key.replaceAll(' ', ''),
      bytes.toString('hex'),
      bytes.toString('base64'),
      codes[0],
    ])
      expect(kept).not.toContain(form)
  })

  test.each([
    ['no code', ''],
    ['letters', 'abcdef'],
    ['a code of seven digits', '1234567'],
    ['a long text', '1'.repeat(5000)],
  ])('is not confirmed by %s', async (_what, code) => {
    const { cookie } = await register()
    await change(cookie, { intent: 'start', kind: 'app', name: 'Phone', proof: PASSWORD })
    expect((await change(cookie, { intent: 'confirm-app', code })).status).toBe(400)
    expect((await read(cookie)).factors).toEqual([])
  })
})

describe('signing in with a second factor', () => {
  test('gives no session for the password alone, and one for the code', async () => {
    const person = await register()
    const { key } = await addApp(person.cookie)
    const half = await givePassword(person)
    expect(half).toMatch(/^attested_second_step=/)
    expect(await isOpen(half)).toBe(false)
    const reply = await enterCode(half, codeOf(key))
    expect(locationOf(reply)).toBe('/ledger')
    const cookies = reply.response?.headers.getSetCookie() ?? []
    expect(cookies).toHaveLength(2)
    expect(cookies[1]).toMatch(/attested_second_step=;.*Max-Age=0/)
    expect(await isOpen(cookieAfter(reply))).toBe(true)
    expect(await memberOf(cookieAfter(reply))).toMatchObject({ hasSecondFactor: true })
    const { factors } = await read(cookieAfter(reply))
    expect(new Date(factors[0].lastUsedAt)).toEqual(NOW)
    // What was passed opens no second session.
    expect(locationOf(await enterCode(half, codeOf(key, 1)))).toBe('/sign-in?next=%2Fledger&over=1')
  })

  test('takes no code twice: neither the one of the setting up, nor one of an earlier sign-in', async () => {
    const person = await register()
    const { key } = await addApp(person.cookie)
    const first = await givePassword(person)
    expect((await enterCode(first, codeOf(key, -1))).status).toBe(400)
    expect((await enterCode(first, codeOf(key))).status).toBe(302)
    const second = await givePassword(person)
    expect((await enterCode(second, codeOf(key))).status).toBe(400)
    expect((await enterCode(second, codeOf(key, -1))).status).toBe(400)
    expect((await enterCode(second, codeOf(key, 1))).status).toBe(302)
  })

  test('takes one code once, however many ask at the same time', async () => {
    const person = await register()
    const { key } = await addApp(person.cookie)
    const halves = [await givePassword(person), await givePassword(person), await givePassword(person)]
    const replies = await Promise.all(halves.map((half) => enterCode(half, codeOf(key))))
    expect(replies.map(({ status }) => status).sort()).toEqual([302, 400, 400])
  })

  test('takes each recovery code once, however it is typed, and tells the person', async () => {
    const person = await register()
    const { codes } = await addApp(person.cookie)
    const half = await givePassword(person)
    const typed = (codes[3] ?? '').toLowerCase().replaceAll('-', ' ')
    const reply = await enterCode(half, typed)
    expect(reply.status).toBe(302)
    expect((await read(cookieAfter(reply))).recoveryCodesLeft).toBe(9)
    expect(await mailsOf(cookieAfter(reply))).toContain('A recovery code of your account was used')
    expect((await enterCode(await givePassword(person), typed)).status).toBe(400)
  })

  test('takes no recovery code of somebody else', async () => {
    const [person, stranger] = [await register(), await register()]
    await addApp(person.cookie)
    const { codes } = await addApp(stranger.cookie)
    expect((await enterCode(await givePassword(person), codes[0] ?? '')).status).toBe(400)
    expect((await read(stranger.cookie)).recoveryCodesLeft).toBe(10)
  })

  test('begins again with the password after ten minutes, and after five wrong codes', async () => {
    const person = await register()
    const { key } = await addApp(person.cookie)
    const slow = await givePassword(person)
    later(10)
    expect(locationOf(await enterCode(slow, codeOf(key)))).toMatch(/^\/sign-in\?/)
    world.setClock(NOW)
    const wrong = await givePassword(person)
    const replies = []
    for (let tries = 0; tries < 5; tries += 1) replies.push(await enterCode(wrong, codeOf(key, 40)))
    expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 400, 302])
    expect(replies[0]?.body.problem).toContain('4 tries are left')
    expect(locationOf(await enterCode(wrong, codeOf(key)))).toMatch(/^\/sign-in\?/)
    expect(locationOf(await get(step.loader, STEP, { cookie: wrong }))).toMatch(/^\/sign-in\?/)
  })

  test('counts wrong codes with the account: ten in an hour, and none is taken, whatever is begun anew', async () => {
    const person = await register()
    const { key, codes } = await addApp(person.cookie)
    for (let tries = 0; tries < 10; tries += 1) {
      const reply = await enterCode(await givePassword(person), codeOf(key, 40))
      expect(reply.status).toBe(tries < 9 ? 400 : 429)
    }
    const half = await givePassword(person)
    const reply = await enterCode(half, codeOf(key))
    expect(reply.status).toBe(429)
    expect((await enterCode(half, codes[0] ?? '')).status).toBe(429)
    expect(await mailsOf(person.cookie)).toContain('Somebody typed wrong codes for your account')
    later(61)
    expect((await enterCode(await givePassword(person), codeOf(key))).status).toBe(302)
  })

  test('is not reached without a password, nor with a made-up step', async () => {
    const made = 'attested_second_step=eyJhIjoxfQ%3D%3D'
    const token = `attested_second_step=${encodeURIComponent(Buffer.from('"made-up"').toString('base64'))}`
    for (const cookie of [
      '',
      made,
      token,
      'attested_second_step=%',
      `attested_second_step=${'x'.repeat(4000)}`,
    ]) {
      expect(locationOf(await get(step.loader, STEP, { cookie }))).toMatch(/^\/sign-in\?/)
      expect(locationOf(await enterCode(cookie, '123456'))).toMatch(/^\/sign-in\?/)
    }
  })

  test('can be left, and is then over', async () => {
    const person = await register()
    const { key } = await addApp(person.cookie)
    const half = await givePassword(person)
    expect(locationOf(await post(step.action, STEP, { intent: 'leave' }, { cookie: half }))).toBe(
      '/sign-in?next=%2Fledger',
    )
    expect((await enterCode(half, codeOf(key))).status).toBe(302)
    expect(locationOf(await enterCode(half, codeOf(key)))).toMatch(/over=1/)
  })
})

describe('a passkey', () => {
  let person: Person
  let key: SoftAuthenticator
  beforeEach(async () => {
    person = await register()
    key = new SoftAuthenticator(ORIGIN)
    expect((await addPasskey(person.cookie, key)).body.codes).toHaveLength(10)
  })

  const begin = async (who = person) => {
    const half = await givePassword(who)
    return { half, options: (await readStep(half)).passkeyOptions as string }
  }

  test('signs in once it was set up', async () => {
    const { half, options } = await begin()
    expect(JSON.parse(options)).toMatchObject({
      rpId: 'attested.test',
      allowCredentials: [{ id: key.credentialId }],
    })
    const reply = await showPasskey(half, key.get(options))
    expect(locationOf(reply)).toBe('/ledger')
    expect(await memberOf(cookieAfter(reply))).toMatchObject({ hasSecondFactor: true })
  })

  const LIES: [string, Lies][] = [
    ['another origin', { origin: 'https://attested.test.evil.example' }],
    ['another scheme', { origin: 'https://attested.test' }],
    ['another host', { host: 'evil.example' }],
    ['another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['a counter that stands still', { counter: 1 }],
    ['a counter that goes back', { counter: 0 }],
    ['nobody at the key', { isAbsent: true }],
    ['the answer to a registration', { type: 'webauthn.create' }],
    ['a credential that is not known', { credentialId: 'AAAA' }],
  ]
  test.each(LIES)('is not taken with %s', async (_what, lies) => {
    const { half, options } = await begin()
    const reply = await showPasskey(half, key.get(options, lies))
    expect(reply.status).toBe(400)
    expect(reply.body).toMatchObject({ by: 'passkey' })
    expect(reply.response?.headers.get('set-cookie') ?? null).toBeNull()
  })

  test('is not taken by a replay: each challenge is good for one answer', async () => {
    const { half, options } = await begin()
    const honest = key.get(options)
    expect((await showPasskey(half, { ...honest, id: 'AAAA', rawId: 'AAAA' })).status).toBe(400)
    // The challenge went with the try before.
    expect((await showPasskey(half, honest)).status).toBe(400)
    const again = await readStep(half)
    expect(again.passkeyOptions).not.toBe(options)
    expect((await showPasskey(half, honest)).status).toBe(400)
    expect((await showPasskey(half, key.get((await readStep(half)).passkeyOptions))).status).toBe(302)
    const next = await begin()
    expect((await showPasskey(next.half, honest)).status).toBe(400)
  })

  test('of somebody else does not sign in, though it signs this very challenge', async () => {
    const stranger = await register()
    const theirs = new SoftAuthenticator(ORIGIN)
    await addPasskey(stranger.cookie, theirs)
    const { half, options } = await begin()
    expect((await showPasskey(half, theirs.get(options))).status).toBe(400)
    const posing = theirs.get(options, { credentialId: key.credentialId })
    expect((await showPasskey(half, posing)).status).toBe(400)
  })

  test.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['an object without an answer', '{"id":"AA","rawId":"AA","type":"public-key"}'],
    ['a proto', '{"__proto__":{"id":"AA"}}'],
    ['far too much', JSON.stringify({ id: 'A'.repeat(200_000) })],
    [
      'rubbish in each field',
      JSON.stringify({
        id: 'AA',
        rawId: 'AA',
        type: 'public-key',
        response: { clientDataJSON: 'AA', authenticatorData: 'AA', signature: 'AA' },
      }),
    ],
  ])('is not taken from %s', async (_what, response) => {
    const { half } = await begin()
    expect((await showPasskey(half, response)).status).toBe(400)
  })

  test('takes no answer whose bytes were changed', async () => {
    const { half, options } = await begin()
    const answer = key.get(options)
    const bytes = Buffer.from(answer.response.signature, 'base64url')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    answer.response.signature = bytes.toString('base64url')
    expect((await showPasskey(half, answer)).status).toBe(400)
  })

  test('ends the step after five tries, like a code', async () => {
    const { half } = await begin()
    const statuses = []
    for (let tries = 0; tries < 5; tries += 1) statuses.push((await showPasskey(half, '{')).status)
    expect(statuses).toEqual([400, 400, 400, 400, 302])
  })

  test('still signs in while wrong codes have locked the others', async () => {
    for (let tries = 0; tries < 10; tries += 1) await enterCode(await givePassword(person), '000000')
    const { half, options } = await begin()
    expect((await enterCode(half, '000000')).status).toBe(429)
    expect((await showPasskey(half, key.get(options))).status).toBe(302)
  })

  const NEW_LIES = LIES.filter(([, lies]) => lies.counter === undefined && !lies.credentialId && !lies.type)
  test.each(NEW_LIES)('is not set up with %s', async (_what, lies) => {
    await change(person.cookie, { intent: 'start', kind: 'passkey', name: 'Second', proof: PASSWORD })
    const { options } = (await read(person.cookie)).enrolment
    const response = JSON.stringify(new SoftAuthenticator(ORIGIN).create(options, lies))
    expect((await change(person.cookie, { intent: 'passkey', response })).status).toBe(400)
    const page = await read(person.cookie)
    expect(page.factors).toHaveLength(1)
    expect(page.enrolment.options).not.toBe(options)
  })

  test('belongs to one account', async () => {
    const stranger = await register()
    const reply = await addPasskey(stranger.cookie, key)
    expect(reply.status).toBe(409)
    expect(reply.body.fieldErrors.form).toContain('belongs to an account already')
    expect((await read(stranger.cookie)).factors).toEqual([])
  })

  test('is not offered at an address that is a number', async () => {
    const { cookie } = await register()
    const fields = { intent: 'start', kind: 'passkey', name: 'Key', proof: PASSWORD }
    for (const origin of ['http://127.0.0.1:3000', 'http://[::1]:3000']) {
      const init = { method: 'POST', body: new URLSearchParams(fields), headers: { cookie } }
      const request = new Request(`${origin}/second-factors`, init)
      const reply = (await secondFactors.action({ request, params: {}, context: {} } as never)) as {
        init?: { status?: number }
      }
      expect(reply.init?.status).toBe(409)
    }
  })
})

describe('changing one’s factors', () => {
  const idOf = async (cookie: string) => (await read(cookie)).factors[0].id as string

  test('asks for the password or a code again before one is removed', async () => {
    const person = await register()
    const { key } = await addApp(person.cookie)
    const factorId = await idOf(person.cookie)
    const remove = (proof: string) => change(person.cookie, { intent: 'remove', factorId, proof })
    expect((await remove('')).status).toBe(400)
    expect((await remove('not the password')).status).toBe(409)
    expect((await remove(codeOf(key, 40))).status).toBe(409)
    expect((await read(person.cookie)).factors).toHaveLength(1)
    expect((await remove(codeOf(key))).body).toMatchObject({ outcome: 'removed' })
    const page = await read(person.cookie)
    expect(page).toMatchObject({ factors: [], recoveryCodesLeft: 0, hasSecondFactor: false })
    expect(await mailsOf(person.cookie)).toContain('A second factor was removed from your account')
  })

  test('ends the other sessions when one is removed', async () => {
    const person = await register()
    const { key } = await addApp(person.cookie)
    await addPasskey(person.cookie, new SoftAuthenticator(ORIGIN))
    const other = cookieAfter(await enterCode(await givePassword(person), codeOf(key)))
    expect(await isOpen(other)).toBe(true)
    const factorId = await idOf(person.cookie)
    await change(person.cookie, { intent: 'remove', factorId, proof: PASSWORD })
    expect(await isOpen(other)).toBe(false)
    expect(await isOpen(person.cookie)).toBe(true)
    expect(await memberOf(person.cookie)).toMatchObject({ hasSecondFactor: true })
  })

  test('does not reach those of somebody else', async () => {
    const [person, stranger] = [await register(), await register()]
    await addApp(person.cookie)
    const factorId = await idOf(person.cookie)
    const attempts: Record<string, string>[] = [
      { intent: 'remove', factorId, proof: PASSWORD },
      { intent: 'rename', factorId, name: 'Mine' },
    ]
    for (const fields of attempts) expect((await change(stranger.cookie, fields)).status).toBe(404)
    expect((await read(person.cookie)).factors).toMatchObject([{ name: 'Phone' }])
  })

  test('renames one, and shows it on the account page', async () => {
    const person = await register()
    await addApp(person.cookie)
    const factorId = await idOf(person.cookie)
    await change(person.cookie, { intent: 'rename', factorId, name: '  Work phone ' })
    expect((await change(person.cookie, { intent: 'rename', factorId, name: ' ' })).status).toBe(400)
    const { body } = await get(account.loader, '/account', { cookie: person.cookie })
    expect(body.secondFactors.factors).toMatchObject([{ name: 'Work phone', kind: 'app' }])
  })

  test('makes new recovery codes for a proof, and the old ones open nothing', async () => {
    const person = await register()
    const { codes } = await addApp(person.cookie)
    expect((await change(person.cookie, { intent: 'codes', proof: 'guess' })).status).toBe(409)
    const fresh = (await change(person.cookie, { intent: 'codes', proof: PASSWORD })).body.codes as string[]
    expect(fresh).toHaveLength(10)
    const half = await givePassword(person)
    expect((await enterCode(half, codes[0] ?? '')).status).toBe(400)
    expect((await enterCode(half, fresh[0] ?? '')).status).toBe(302)
  })

  test('is locked after ten wrong proofs, with the right one too', async () => {
    const { cookie } = await register()
    const fields = { intent: 'start', at: 'start-app', kind: 'app', name: 'Phone' }
    for (let tries = 0; tries < 10; tries += 1) await change(cookie, { ...fields, proof: `guess ${tries}` })
    const reply = await change(cookie, { ...fields, proof: PASSWORD })
    expect(reply.status).toBe(429)
    expect(reply.body.fieldErrors.proof).toContain('Wait 60 minutes')
  })

  test('is refused to a session that was opened without the factor', async () => {
    const person = await register()
    await addApp(person.cookie)
    await getRuntime().database.forSignIn((tx) => tx.execute(sql`update session set second_factor_at = null`))
    const reply = await change(person.cookie, {
      intent: 'start',
      kind: 'app',
      name: 'Thief',
      proof: PASSWORD,
    })
    expect(reply.status).toBe(409)
    expect(reply.body.fieldErrors.form).toContain('sign in with it')
  })

  test('shows a guest the way to sign-in', async () => {
    expect(locationOf(await change('', { intent: 'codes', proof: PASSWORD }))).toBe('/sign-in')
  })
})

describe('whoever was led here from another page', () => {
  const OFFER = '/offer/a-link'
  const nextAt = async (path: string, cookie: string) =>
    (await get(secondFactors.loader, path, { cookie })).body.next

  async function registerInsurer(): Promise<string> {
    const fields = {
      organisationName: 'Harbor Mutual',
      name: 'Nina New',
      password: PASSWORD,
      kind: 'insurer',
    }
    const email = `nina-${crypto.randomUUID()}@harbor.example`
    return cookieAfter(await post(signUp.action, '/sign-up', { ...fields, email, next: OFFER }))
  }

  test('goes on there once a factor is set up', async () => {
    const cookie = await registerInsurer()
    const visit = (path: string) =>
      replyOf(requireVisitor(new Request(`${ORIGIN}${path}`, { method: 'POST', headers: { cookie } })))
    const here = locationOf(await visit(`${OFFER}.data`)) ?? ''
    expect(here).toBe('/second-factors?next=%2Foffer%2Fa-link')
    expect(await nextAt(here, cookie)).toBe(OFFER)
    await addApp(cookie)
    expect(await nextAt(here, cookie)).toBe(OFFER)
    expect((await visit(OFFER)).status).toBe(200)
  })

  test('comes back to a page of the workspace, but not to what was sent', async () => {
    const cookie = await registerInsurer()
    const visit = (method: string) =>
      replyOf(requireMember(new Request(`${ORIGIN}/portfolio.data?q=x`, { method, headers: { cookie } })))
    expect(locationOf(await visit('GET'))).toBe('/second-factors?next=%2Fportfolio%3Fq%3Dx')
    expect(locationOf(await visit('POST'))).toBe('/second-factors')
  })

  test('is led nowhere outside', async () => {
    const cookie = await registerInsurer()
    for (const next of [
      '//evil.example',
      'https://evil.example/',
      '/\\evil.example',
      'javascript:alert(1)',
      '',
    ])
      expect(await nextAt(`/second-factors?next=${encodeURIComponent(next)}`, cookie)).toBe('/clients')
    expect(await nextAt('/second-factors', cookie)).toBeNull()
  })
})

describe('an organisation', () => {
  const decide = (cookie: string, intent: 'demand' | 'release') =>
    post(account.action, '/account', { intent }, { cookie })

  test('demands a second factor of everybody when an owner with one says so, and its ledger knows', async () => {
    const { cookie } = await register()
    const refused = await decide(cookie, 'demand')
    expect(refused.status).toBe(409)
    expect(refused.body.refusal.code).toBe('own-factor')
    await addApp(cookie)
    expect((await decide(cookie, 'demand')).body).toEqual({ outcome: 'demanded' })
    await decide(cookie, 'demand')
    expect((await get(account.loader, '/account', { cookie })).body.secondFactors.demand).toBe('by-owner')
    await decide(cookie, 'release')
    const kinds = (await listLedger(await memberOf(cookie))).entries.map(({ kind }) => kind)
    expect(kinds).toEqual([
      'organisation.second-factor-released',
      'organisation.second-factor-demanded',
      'organisation.created',
    ])
  })

  test('keeps the last factor of a member while it demands one', async () => {
    const { cookie } = await register()
    await addApp(cookie)
    await decide(cookie, 'demand')
    const { factors } = await read(cookie)
    const fields = {
      intent: 'remove',
      at: `remove-${factors[0].id}`,
      factorId: factors[0].id,
      proof: PASSWORD,
    }
    const reply = await change(cookie, fields)
    expect(reply.status).toBe(409)
    expect(reply.body.fieldErrors.form).toContain('Add another one first')
    expect((await read(cookie)).factors).toHaveLength(1)
  })

  test('leaves the decision to an owner', async () => {
    const { cookie } = await register()
    await addApp(cookie)
    const technician = { ...(await memberOf(cookie)), role: 'technician' as const }
    await expect(demandSecondFactor(technician)).rejects.toMatchObject({ code: 'owner' })
    await expect(releaseSecondFactor(technician)).rejects.toMatchObject({ code: 'owner' })
  })
})
