import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { RouteConfigEntry } from '@remix-run/route-config'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import routes from '#app/routes.ts'
import { findMember } from '#app/services/accounts.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { writeToken } from '#app/services/attestation-token.ts'
import { createFeed, listCalendarFeeds, revokeFeed } from '#app/services/calendar-feeds.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { revokeRequestLinks } from '#app/services/request-thread.server.ts'
import { changeReview } from '#app/services/reviews.server.ts'
import { listRoomLinks, revokeRoomLink, sendRoomLink } from '#app/services/rooms.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import * as accounts from '#db/queries/accounts.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { enter, invite } from '../services/review-world.ts'
import { addApp, givePassword, register } from '../support/second-factor.ts'
import { openWorld, type World } from '../support/world.ts'
import { PUBLIC } from './public-addresses.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const NOW = new Date('2026-11-27T10:00:00.000Z')
const ORIGIN = 'http://attested.test'

interface RouteFile {
  path: string
  file: string
}

function flatten(entries: readonly RouteConfigEntry[], above = ''): RouteFile[] {
  return entries.flatMap((entry) => {
    const path = [above, entry.path].filter(Boolean).join('/')
    return [{ path, file: entry.file }, ...flatten(entry.children ?? [], path)]
  })
}

const ALL = flatten(await (routes as unknown as RouteConfigEntry[]))
const BY_TOKEN = ALL.filter(({ path }) => path.includes(':token'))

const FOR_MEMBERS = ALL.filter(
  ({ path, file }) => !PUBLIC.includes(path) && !path.includes(':token') && file !== 'routes/workspace.tsx',
)

let world: World
let member: Member
/** A link of each kind that is open, and the cookie of whoever has entered its code. */
let open: Record<'request' | 'review' | 'room' | 'feeds', string>
let cookies: string
/** Of somebody who has given their password, and not yet the second factor. */
let half: string

beforeAll(async () => {
  world = await openWorld()
  world.setClock(NOW)
  member = (await world.signUpMember('Mia Member')).member
  const made = await makeLinks('open')
  open = made.tokens
  cookies = made.cookies
  const person = await register()
  await addApp(person.cookie)
  half = await givePassword(person)
})
afterAll(() => world?.close())

async function makeLinks(name: string) {
  const clientId = await createClient(member, demoClients(NOW).dental)
  const applicationId = await startApplication(member, clientId, { formCode: 'core-cyber', edition: '1' })
  const person = { recipientName: 'Fiona Finance', recipientEmail: `${name}@client.example` }
  const asked = { ...person, title: 'A log', questionRef: '', message: 'Please', dueOn: '2026-12-04' }
  const request = await requestEvidence(member, clientId, asked, ORIGIN)
  const review = await invite(member, applicationId, { assessorEmail: `${name}@harbor-mutual.example` })
  const room = await sendRoomLink(member, clientId, person, ORIGIN)
  const { token = '', session } = await enter(member, review)
  const kinds = ['policy' as const]
  const feed = await createFeed(member, { name, reader: 'me', clientIds: [], kinds })
  const feeds = feed.split('/')[2] ?? ''
  const tokens = { request: last(request.href), review: token, room: last(room.href), feeds }
  const value = Buffer.from(JSON.stringify(session)).toString('base64')
  const cookie = `attested_review_${sha256Hex(token).slice(0, 12)}=${encodeURIComponent(value)}`
  return { clientId, tokens, cookies: cookie, requestId: request.requestId, reviewId: review.reviewId }
}

const last = (href: string) => href.split('/').at(-1) ?? ''

interface RouteModule {
  loader?: (args: unknown) => Promise<unknown>
  action?: (args: unknown) => Promise<unknown>
}
const loadModule = async (file: string): Promise<RouteModule> =>
  import(pathToFileURL(join(root, 'app', file)).href)

const ID = '00000000-0000-4000-8000-000000000000'

/** Status and where a redirect leads, thrown or returned. */
async function answerOf(
  call: ((args: unknown) => Promise<unknown>) | undefined,
  path: string,
  params: Record<string, string>,
  init: RequestInit = {},
): Promise<{ status: number; location: string | null } | null> {
  if (!call) return null
  const filled = path.replace(/:(\w+)/g, (_match, name: string) => params[name] ?? ID)
  const all = Object.fromEntries(
    [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, params[name] ?? ID]),
  )
  const request = new Request(`${ORIGIN}/${filled}`, init)
  const reply = await call({ request, params: all, context: {} }).catch((thrown: unknown) => {
    if (thrown instanceof Error) throw thrown
    return thrown
  })
  if (reply instanceof Response) return { status: reply.status, location: reply.headers.get('location') }
  const wrapped = reply as { init?: { status?: number } | null } | null
  return { status: wrapped?.init?.status ?? 200, location: null }
}

const BODIES: Record<string, string>[] = [
  { intent: 'send-code' },
  { intent: 'enter-code', code: '000000' },
  { intent: 'reply', text: 'Here it is.' },
  { intent: 'cannot', text: 'I have none.' },
  { intent: 'decide', questionId: 'mfa-email', seen: '0', basis: '0'.repeat(64), kind: 'accepted' },
  { intent: 'sample', size: '2', seed: 'x' },
  { intent: 'sign-off', opinion: 'satisfied', summary: 'All', typedName: 'Rosa Reviewer', decided: '0' },
  { intent: 'sign-waiver', waiverId: ID, typedName: 'Fiona Finance', agree: 'on' },
  { intent: 'refuse-waiver', waiverId: ID, reason: 'Because of this' },
  { intent: 'not-mine', assignmentId: ID, seenVersion: '1', reason: 'Because of this' },
  { intent: 'approve', agree: 'on', words: '' },
  { intent: 'refuse', words: 'Because of this' },
  { intent: 'mail-attestation', linkId: ID },
  { intent: 'confirm', questionId: 'mfa-email', step: '1' },
  { typedName: 'Fiona Finance', attest: 'on' },
  { passcode: 'AAAA-AAAA-AAAA' },
]

function requestsOf(call: 'loader' | 'action', path: string): RequestInit[] {
  if (call === 'loader') return [{}]
  if (path.endsWith('/upload')) {
    const body = new FormData()
    body.append('file', new Blob(['x']), 'x.txt')
    return [{ method: 'POST', body }]
  }
  if (path.includes('/answers/')) {
    const answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }
    return [{ method: 'POST', body: JSON.stringify({ answer, seenVersion: 1 }) }]
  }
  return BODIES.map((fields) => ({ method: 'POST', body: new URLSearchParams(fields) }))
}

async function everyAnswer({ path, file }: RouteFile, token: string) {
  const module = await loadModule(file)
  const answers = []
  for (const name of ['loader', 'action'] as const) {
    for (const init of requestsOf(name, path)) {
      const answer = await answerOf(module[name], path, { token }, init)
      if (answer) answers.push({ call: name, ...answer })
    }
  }
  return answers
}

const newest = async () => (await listLedger(member)).entries[0]?.hash

describe('an address for members', () => {
  test('is every one that is not public or behind a link', () => {
    const known = new Set(ALL.map(({ path }) => path))
    expect(PUBLIC.filter((path) => path !== '_gallery' && !known.has(path))).toEqual([])
    expect(FOR_MEMBERS.length).toBeGreaterThan(90)
    expect(BY_TOKEN.length).toBeGreaterThan(12)
  })

  test.each(FOR_MEMBERS)('leads a guest to sign-in: /$path', async ({ path, file }) => {
    const module = await loadModule(file)
    const before = await newest()
    // With a session of a review, half signed in, and with no session at all.
    for (const cookie of [cookies, half, '']) {
      const headers = { cookie }
      const read = await answerOf(module.loader, path, {}, { headers })
      const sent = { method: 'POST', body: new URLSearchParams({ intent: 'save' }), headers }
      const written = await answerOf(module.action, path, {}, sent)
      for (const answer of [read, written]) {
        if (!answer) continue
        expect({ path, ...answer }).toMatchObject({
          status: 302,
          location: expect.stringMatching(/^\/sign-in(\?|$)/),
        })
      }
    }
    expect(await newest()).toBe(before)
  })
})

describe('a member without the second factor that is demanded', () => {
  let cookie: string
  beforeAll(async () => {
    const { database, newId } = getRuntime()
    cookie = (await register('Harbor Mutual')).cookie
    const found = await findMember(cookie)
    const userId = found?.member.userId ?? ''
    const [id, createdAt] = [newId(), new Date('2020-01-01T00:00:00Z')]
    // They joined the insurer first, so it is where they work.
    await database.forSignIn(async (tx) => {
      const insurer = { id, name: 'Harbor Mutual', kind: 'insurer', isDemo: false, createdAt } as const
      await accounts.insertOrganisation(tx, insurer)
      await accounts.insertMembership(tx, { organisationId: id, userId, role: 'owner', createdAt })
    })
  })

  test.each(FOR_MEMBERS.filter(({ path }) => path !== 'second-factors'))(
    'is led to set one up, and opens nothing: /$path',
    async ({ path, file }) => {
      const module = await loadModule(file)
      const headers = { cookie }
      const sent = { method: 'POST', body: new URLSearchParams({ intent: 'save' }), headers }
      for (const answer of [
        await answerOf(module.loader, path, {}, { headers }),
        await answerOf(module.action, path, {}, sent),
      ]) {
        // From a page there is a way back to it; what was sent cannot be sent again from there.
        const location = expect.stringMatching(/^\/second-factors(\?next=%2F[^/?#]+)?$/)
        if (answer) expect({ path, ...answer }).toEqual({ path, status: 302, location })
      }
    },
  )

  test('goes on once it is set up', async () => {
    const portfolio = FOR_MEMBERS.find(({ path }) => path === 'portfolio') as RouteFile
    const { loader } = await loadModule(portfolio.file)
    await addApp(cookie)
    expect(await answerOf(loader, 'portfolio', {}, { headers: { cookie } })).toMatchObject({ status: 200 })
  })
})

describe('an address behind a link', () => {
  const kindOf = (path: string) => path.split('/')[0] ?? ''

  test.each(BY_TOKEN)('is not there for a forged or broken key: /$path', async (route) => {
    const forged = writeToken(member.organisationId, new Uint8Array(24).fill(7))
    const elsewhere = writeToken(crypto.randomUUID(), new Uint8Array(24).fill(7))
    for (const token of [forged, elsewhere, 'x', '../../clients', 'k'.repeat(54)]) {
      for (const answer of await everyAnswer(route, token)) {
        // A body that is no answer to this page is refused before its key is looked at.
        const refused = answer.call === 'action' ? [400, 404] : [404]
        expect(refused, `${answer.call} of ${route.path}`).toContain(answer.status)
      }
    }
  })

  test.each(BY_TOKEN)('is not there for a key of another kind: /$path', async (route) => {
    const before = await newest()
    const others = Object.entries(open).filter(([kind]) => kind !== kindOf(route.path))
    for (const [, token] of others) {
      for (const answer of await everyAnswer(route, token)) expect([400, 404]).toContain(answer.status)
    }
    expect(await newest()).toBe(before)
  })

  const ENDED = [
    [
      'taken back',
      async ({ clientId, requestId, reviewId }: Awaited<ReturnType<typeof makeLinks>>) => {
        await revokeRequestLinks(member, requestId)
        await changeReview(member, reviewId, { intent: 'revoke' }, ORIGIN)
        for (const { id } of (await listRoomLinks(member, clientId)).links)
          await revokeRoomLink(member, clientId, id)
      },
    ],
    ['expired', async () => world.setClock(new Date('2027-06-01T00:00:00Z'))],
  ] as const

  test('of a calendar is open without a code, and closed once it is revoked', async () => {
    const [route] = BY_TOKEN.filter(({ path }) => kindOf(path) === 'feeds')
    const name = `feed-${crypto.randomUUID()}`
    const token = (await createFeed(member, { name, reader: 'me', clientIds: [], kinds: ['policy'] })).split(
      '/',
    )[2]
    const statuses = async () =>
      route && token ? (await everyAnswer(route, token)).map(({ status }) => status) : []
    expect(await statuses()).toEqual([200])
    const made = (await listCalendarFeeds(member)).feeds.find((feed) => feed.name === name)
    await revokeFeed(member, made?.id ?? '')
    expect(await statuses()).toEqual([404])
  })

  const OURS = BY_TOKEN.filter(({ path }) => ['request', 'review', 'room'].includes(kindOf(path)))

  test.each(ENDED)('does nothing once its link is %s', async (_, end) => {
    const made = await makeLinks(`ended-${crypto.randomUUID().slice(0, 8)}`)
    await end(made)
    try {
      const before = await newest()
      for (const route of OURS) {
        const token = made.tokens[kindOf(route.path) as keyof typeof made.tokens]
        for (const { call, status, location } of await everyAnswer(route, token)) {
          // Its own page says that it is over; files and what is sent lead there or are refused.
          const isOver = [400, 404, 409, 410].includes(status)
          const leadsBack = status === 302 && location === `/${kindOf(route.path)}/${token}`
          expect(isOver || leadsBack, `${call} of ${route.path}: ${status}`).toBe(true)
        }
      }
      expect(await newest()).toBe(before)
    } finally {
      world.setClock(NOW)
    }
  })

  test('behind a code shows and does nothing before it, nor with the session of another link', async () => {
    const before = await newest()
    const other = await makeLinks(`other-${crypto.randomUUID().slice(0, 8)}`)
    const afterMaking = await newest()
    expect(afterMaking).not.toBe(before)
    for (const route of OURS.filter(({ path }) => kindOf(path) !== 'request')) {
      const token = open[kindOf(route.path) as 'review' | 'room']
      const module = await loadModule(route.file)
      for (const name of ['loader', 'action'] as const) {
        for (const init of requestsOf(name, route.path)) {
          const headers = { cookie: other.cookies }
          const answer = await answerOf(module[name], route.path, { token }, { ...init, headers })
          if (!answer) continue
          const isDoor =
            name === 'loader' && answer.status === 200 && /^(review|room)\/:token$/.test(route.path)
          const isCodeSent = name === 'action' && answer.status === 302
          const isShut =
            [400, 404, 409].includes(answer.status) || answer.location === `/${kindOf(route.path)}/${token}`
          expect(isDoor || isCodeSent || isShut, `${name} of ${route.path}: ${answer.status}`).toBe(true)
        }
      }
    }
    // Codes were sent; nothing else was done.
    expect(await newest()).toBe(afterMaking)
  })
})
