import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as account from '#app/routes/account.tsx'
import * as demo from '#app/routes/demo.tsx'
import * as home from '#app/routes/home.tsx'
import * as signIn from '#app/routes/sign-in.tsx'
import * as signOut from '#app/routes/sign-out.ts'
import * as signUp from '#app/routes/sign-up.tsx'
import * as workspace from '#app/routes/workspace.tsx'
import { listLedger } from '#app/services/ledger.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { cookieAfter, get, locationOf, post } from './form-calls.ts'

const PASSWORD = 'four plain words here'
let world: World
let addresses = 0

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

const newEmail = () => `person-${++addresses}@fjord.example`
const fieldsFor = (email: string) => ({
  organisationName: 'Fjord IT',
  name: 'Ines Halvorsen',
  email,
  password: PASSWORD,
})
const from = (address: string) => ({
  headers: { 'x-attested-address': address, 'user-agent': 'Mozilla/5.0 test' },
})

async function register(email = newEmail()) {
  const reply = await post(signUp.action, '/sign-up', fieldsFor(email))
  return { email, reply, cookie: cookieAfter(reply) }
}

const tryPassword = (email: string, password: string, address = '192.0.2.1') =>
  post(signIn.action, '/sign-in', { email, password }, from(address))

/** Rows of a table that only sign-in may read. */
const countOf = (table: 'account' | 'organisation' | 'membership') =>
  getRuntime().database.forSignIn(async (tx) => {
    const [row] = await tx.execute(sql`select count(*)::int as n from ${sql.identifier(table)}`)
    return row?.n
  })

describe('signing up', () => {
  test('makes an organisation with its owner, signs in and leads to the clients', async () => {
    const { reply, cookie, email } = await register()
    expect(reply.status).toBe(302)
    expect(locationOf(reply)).toBe('/clients')
    expect(reply.response?.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/i)
    const page = await get(workspace.loader, '/clients', { cookie })
    expect(page.body).toMatchObject({ name: 'Ines Halvorsen', email, organisationName: 'Fjord IT' })
  })

  test('records the organisation as the first entry of its ledger', async () => {
    const { member } = await world.signUpMember('First Entry')
    const { entries } = await listLedger(member)
    expect(entries.map(({ sequence, kind }) => [sequence, kind])).toEqual([[1, 'organisation.created']])
  })

  test.each([
    ['a password of 11 characters', { password: 'x'.repeat(11) }, 'password'],
    ['an address without an @', { email: 'ines.example' }, 'email'],
    ['no organisation', { organisationName: '  ' }, 'organisationName'],
    ['no name', { name: '' }, 'name'],
  ])('refuses %s beside its field, and makes nothing', async (_case, wrong, field) => {
    const before = await countOf('organisation')
    const reply = await post(signUp.action, '/sign-up', { ...fieldsFor(newEmail()), ...wrong })
    expect(reply.status).toBe(400)
    expect(Object.keys(reply.body.fieldErrors)).toEqual([field])
    expect(await countOf('organisation')).toBe(before)
  })

  test('gives back what was typed, but never the password', async () => {
    const reply = await post(signUp.action, '/sign-up', { ...fieldsFor('nonsense'), name: 'Kept' })
    const typed = { organisationName: 'Fjord IT', name: 'Kept', email: 'nonsense' }
    expect(reply.body.typed).toEqual({ kind: '', ...typed })
    expect(JSON.stringify(reply.body)).not.toContain(PASSWORD)
  })

  test('tells beside the address that it is taken, however it is written', async () => {
    const { email } = await register()
    const reply = await post(signUp.action, '/sign-up', fieldsFor(` ${email.toUpperCase()} `))
    expect(reply.status).toBe(400)
    expect(reply.body.fieldErrors.email).toContain('Sign in')
  })

  test('of two at once with one address makes one account and one organisation', async () => {
    const [accounts, organisations] = [await countOf('account'), await countOf('organisation')]
    const email = newEmail()
    const replies = await Promise.all([register(email), register(email), register(email)])
    expect(replies.map(({ reply }) => reply.status).sort()).toEqual([302, 400, 400])
    expect([await countOf('account'), await countOf('organisation')]).toEqual([
      (accounts as number) + 1,
      (organisations as number) + 1,
    ])
  })
})

describe('signing in', () => {
  test('leads to the page that was asked for', async () => {
    const { email } = await register()
    const reply = await post(signIn.action, '/sign-in', {
      email,
      password: PASSWORD,
      next: '/ledger?before=7',
    })
    expect(locationOf(reply)).toBe('/ledger?before=7')
    expect((await get(workspace.loader, '/ledger', { cookie: cookieAfter(reply) })).status).toBe(200)
  })

  test.each([
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
  ])('never leads to another site: %j', async (next) => {
    const { email } = await register()
    const reply = await post(signIn.action, '/sign-in', { email, password: PASSWORD, next })
    expect(locationOf(reply)).toBe('/clients')
    const page = await get(signIn.loader, `/sign-in?next=${encodeURIComponent(next)}`)
    expect(page.body).toEqual({ next: '/clients' })
  })

  test('tells a wrong password and an unknown address in the same words', async () => {
    const { email } = await register()
    const wrong = await tryPassword(email, 'something else', '192.0.2.10')
    const unknown = await tryPassword('nobody@fjord.example', PASSWORD, '192.0.2.10')
    expect([wrong.status, unknown.status]).toEqual([400, 400])
    expect(wrong.body.fieldErrors).toEqual(unknown.body.fieldErrors)
    expect(wrong.response).toBeNull()
  })

  test('is refused for a while after ten wrong passwords, even with the right one, and says how long', async () => {
    const { email } = await register()
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect((await tryPassword(email, `guess ${attempt}`, `198.51.100.${attempt}`)).status).toBe(400)
    }
    const reply = await tryPassword(email, PASSWORD, '198.51.100.200')
    expect(reply.status).toBe(429)
    expect(reply.body.fieldErrors.form).toMatch(/Wait 1[45] minutes/)
    // Somebody else is not kept out by it.
    const other = await register()
    expect((await tryPassword(other.email, PASSWORD, '198.51.100.200')).status).toBe(302)
  })

  test('is refused for an address that guessed at fifty accounts', async () => {
    const { email } = await register()
    for (let attempt = 0; attempt < 50; attempt += 1) {
      await tryPassword(`guess-${attempt}@fjord.example`, 'whatever', '203.0.113.9')
    }
    expect((await tryPassword(email, PASSWORD, '203.0.113.9')).status).toBe(429)
    expect((await tryPassword(email, PASSWORD, '203.0.113.10')).status).toBe(302)
  })

  test('is not offered to who is signed in', async () => {
    const { cookie } = await register()
    expect(locationOf(await get(signIn.loader, '/sign-in?next=%2Fledger', { cookie }))).toBe('/ledger')
    expect(locationOf(await get(signUp.loader, '/sign-up', { cookie }))).toBe('/clients')
    expect(locationOf(await get(home.loader, '/', { cookie }))).toBe('/clients')
  })
})

describe('a session', () => {
  test('is stored only as a hash of what the browser holds', async () => {
    const { cookie } = await register()
    const token = cookie.split('=')[1] ?? ''
    const rows = await getRuntime().database.forSignIn((tx) => tx.execute(sql`select * from session`))
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows.map(({ id }) => id)).toContain(createHash('sha256').update(token).digest('hex'))
  })

  test('is not opened by its stored id', async () => {
    const { cookie } = await register()
    const [name, token = ''] = cookie.split('=')
    const id = createHash('sha256').update(token).digest('hex')
    const reply = await get(workspace.loader, '/clients', { cookie: `${name}=${id}` })
    expect(locationOf(reply)).toBe('/sign-in?next=%2Fclients')
  })

  test('ends with signing out, on the server too', async () => {
    const { cookie } = await register()
    const reply = await post(signOut.action, '/sign-out', {}, { cookie })
    expect(locationOf(reply)).toBe('/')
    expect(reply.response?.headers.get('set-cookie')).toMatch(/attested_session=;.*Max-Age=0/)
    expect((await get(workspace.loader, '/clients', { cookie })).status).toBe(302)
  })

  test('does not end because somebody follows a link to sign-out', async () => {
    const { cookie } = await register()
    expect(locationOf(await get(signOut.loader, '/sign-out', { cookie }))).toBe('/')
    expect((await get(workspace.loader, '/clients', { cookie })).status).toBe(200)
  })

  test('is prolonged while it is used, and the browser is told', async () => {
    const { cookie } = await register()
    const reply = await (async () => {
      const now = Date.now
      // Lucia reads the clock of the process, not ours.
      Date.now = () => now() + 16 * 86_400_000
      try {
        const request = new Request('http://attested.test/clients', { headers: { cookie } })
        return await workspace.loader({ request, params: {}, context: {} } as never)
      } finally {
        Date.now = now
      }
    })()
    expect(JSON.stringify(reply.init?.headers)).toContain(cookie)
  })

  test('a form post that comes after its end leads to sign-in', async () => {
    expect(locationOf(await post(account.action, '/account', {}))).toBe('/sign-in')
  })
})

describe('the account page', () => {
  test('lists where one is signed in, and marks the session that asks', async () => {
    const { email, cookie } = await register()
    await post(
      signIn.action,
      '/sign-in',
      { email, password: PASSWORD },
      {
        headers: {
          'x-attested-address': '192.0.2.77',
          'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        },
      },
    )
    const { sessions } = (await get(account.loader, '/account', { cookie })).body
    expect(sessions).toHaveLength(2)
    const other = sessions.find((session: { isCurrent: boolean }) => !session.isCurrent)
    expect(other).toMatchObject({ device: 'Firefox on Linux', address: '192.0.2.77' })
  })

  test('ends another session of the same person', async () => {
    const { email, cookie } = await register()
    const second = cookieAfter(await tryPassword(email, PASSWORD))
    const { sessions } = (await get(account.loader, '/account', { cookie })).body
    const sessionId = sessions.find((session: { isCurrent: boolean }) => !session.isCurrent).id
    const reply = await post(account.action, '/account', { sessionId }, { cookie })
    expect(reply.body).toEqual({ outcome: 'ended' })
    expect((await get(workspace.loader, '/clients', { cookie: second })).status).toBe(302)
    expect((await get(workspace.loader, '/clients', { cookie })).status).toBe(200)
  })

  test('does not end the session of somebody else', async () => {
    const victim = await register()
    const { sessions } = (await get(account.loader, '/account', { cookie: victim.cookie })).body
    const stranger = await register()
    const reply = await post(
      account.action,
      '/account',
      { sessionId: sessions[0].id },
      { cookie: stranger.cookie },
    )
    expect(reply.status).toBe(404)
    expect((await get(workspace.loader, '/clients', { cookie: victim.cookie })).status).toBe(200)
  })

  test('ending one’s own session signs out', async () => {
    const { cookie } = await register()
    const { sessions } = (await get(account.loader, '/account', { cookie })).body
    const reply = await post(account.action, '/account', { sessionId: sessions[0].id }, { cookie })
    expect(locationOf(reply)).toBe('/')
    expect((await get(workspace.loader, '/clients', { cookie })).status).toBe(302)
  })
})

describe('the demo', () => {
  test('is no longer offered, nor opened, once a real organisation works here', async () => {
    await register()
    expect((await get(home.loader, '/')).body).toEqual({ isDemoOffered: false })
    const reply = await post(demo.action, '/demo', {})
    expect(reply.status).toBe(409)
    expect(reply.body.sentence).toContain('closed')
  })

  test('is not entered by a link', async () => {
    const reply = await get(demo.loader, '/demo')
    expect(locationOf(reply)).toBe('/')
    expect(reply.response?.headers.get('set-cookie')).toBeNull()
  })
})
