/** Pages of engagements: whose they are, the mailed offer, the desk and what a file can do there. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireMember } from '#app/http/member.server.ts'
import { homeOf } from '#app/http/workspace-kinds.ts'
import { action as newAction } from '#app/routes/engagement-new.tsx'
import { loader as contentLoader } from '#app/routes/held-content.ts'
import { action as deskAction, loader as deskLoader } from '#app/routes/held-desk.tsx'
import { loader as homeLoader } from '#app/routes/home.tsx'
import { action as offerAction, loader as offerLoader } from '#app/routes/offer.tsx'
import { loader as exportLoader } from '#app/routes/portfolio-export.ts'
import { action as signUpAction } from '#app/routes/sign-up.tsx'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { endAsHost } from '#app/services/engagement-acceptance.server.ts'
import { visitEngaged } from '#app/services/engagement-desk.server.ts'
import { listEngagements } from '#app/services/engagements.server.ts'
import { engage, offered, offerTo } from '../services/engagement-world.ts'
import { addEvidence } from '../services/review-world.ts'
import { addApp, PASSWORD } from '../support/second-factor.ts'
import { openWorld, type World } from '../support/world.ts'
import { replyOf, type SignedIn } from './evidence-calls.ts'
import { cookieAfter, locationOf } from './form-calls.ts'

const NOW = new Date('2026-11-27T10:00:00.000Z')
const ORIGIN = 'http://attested.test'

let world: World
let mia: SignedIn
let ines: SignedIn
let applicationId: string
let clientId: string

beforeAll(async () => {
  world = await openWorld()
  mia = await world.signUpMember('Mia Member')
  ines = await world.signUpMember('Ines Insurer', 'insurer')
})
beforeEach(async () => {
  world.setClock(NOW)
  clientId = await createClient(mia.member, demoClients(NOW).dental)
  applicationId = await startApplication(mia.member, clientId, { formCode: 'core-cyber', edition: '1' })
  const answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } as const
  await recordAnswer(mia.member, { applicationId, questionId: 'mfa-email', answer, seenVersion: 0 })
})
afterEach(() => world.setClock(NOW))
afterAll(() => world?.close())

type Call = (args: never) => Promise<unknown>

const call = (
  handler: Call,
  path: string,
  params: Record<string, string>,
  cookie: string,
  fields?: Record<string, string | string[]>,
) => {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields ?? {}))
    for (const one of [value].flat()) body.append(name, one)
  const init = fields ? { method: 'POST', body } : {}
  const request = new Request(`${ORIGIN}${path}`, { ...init, headers: { cookie } })
  return replyOf(handler({ request, params, context: {} } as never))
}

describe('pages of one kind of organisation', () => {
  const visit = (path: string, cookie: string) =>
    replyOf(requireMember(new Request(`${ORIGIN}${path}`, { headers: { cookie } })))

  test.each(['/clients/new', '/questionnaires', '/engagements', '/requests.data', '//clients/new'])(
    'are refused to insurers: %s',
    async (path) => {
      const { status, body } = await visit(path, ines.cookie)
      expect(status).toBe(403)
      expect(JSON.stringify(body)).toContain('stands in its portfolio')
      expect((await visit(path, mia.cookie)).status).toBe(200)
    },
  )

  test.each(['/portfolio', '/portfolio/export', '/portfolio.data'])(
    'are refused to MSPs: %s',
    async (path) => {
      expect((await visit(path, mia.cookie)).status).toBe(403)
      expect((await visit(path, ines.cookie)).status).toBe(200)
    },
  )

  test.each(['/account', '/ledger', '/signing-keys'])(
    'that everybody has are open to both: %s',
    async (path) => {
      for (const { cookie } of [mia, ines]) expect((await visit(path, cookie)).status).toBe(200)
    },
  )

  test('lead everybody to their own beginning', async () => {
    for (const path of ['/clients', '/clients.data'])
      expect((await visit(path, ines.cookie)).response?.headers.get('location')).toBe('/portfolio')
    for (const [who, home] of [
      [mia, '/clients'],
      [ines, '/portfolio'],
    ] as const) {
      const reply = await call(homeLoader as Call, '/', {}, who.cookie)
      expect(reply.response?.headers.get('location')).toBe(home)
      expect(homeOf(who.member.organisationKind)).toBe(home)
    }
  })
})

describe('signing up', () => {
  const fields = (words: Record<string, string>) => ({
    kind: 'insurer',
    organisationName: 'Harbor Mutual',
    name: 'Nina New',
    email: `nina@${crypto.randomUUID().slice(0, 8)}.example`,
    password: 'correct horse battery',
    ...words,
  })

  test('as an insurer leads back to the offer, and nowhere outside', async () => {
    const back = await call(signUpAction as Call, '/sign-up', {}, '', fields({ next: '/offer/x' }))
    expect(back.response?.headers.get('location')).toBe('/offer/x')
    const outside = await call(signUpAction as Call, '/sign-up', {}, '', fields({ next: '//evil.example' }))
    expect(outside.response?.headers.get('location')).toBe('/clients')
    expect((await call(signUpAction as Call, '/sign-up', {}, '', fields({ kind: 'king' }))).status).toBe(400)
  })

  test('as an invited insurer leads through a second factor back to the offer, which is accepted then', async () => {
    const { token } = await offerTo(mia.member, [applicationId])
    const here = `/offer/${token}`
    const made = await call(
      signUpAction as Call,
      '/sign-up',
      {},
      '',
      fields({ next: here, password: PASSWORD }),
    )
    const cookie = cookieAfter(made)
    const accept = async () =>
      locationOf(await call(offerAction as Call, here, { token }, cookie, { declare: 'on' }))
    expect(await accept()).toBe(`/second-factors?next=${encodeURIComponent(here)}`)
    await addApp(cookie)
    expect(await accept()).toMatch(/^\/portfolio\/[0-9a-f-]{36}$/)
  })
})

describe('an offer', () => {
  test('is sent from its form, one box or several', async () => {
    const other = await startApplication(mia.member, clientId, { formCode: 'core-cyber', edition: '2' })
    const { applicationIds: _, ...words } = offered([]) as Record<string, string | string[]>
    for (const chosen of [[applicationId], [applicationId, other]]) {
      const sent = { ...words, 'applicationIds[]': chosen }
      const reply = await call(newAction as Call, '/engagements/new', {}, mia.cookie, sent)
      expect(reply.status).toBe(302)
      const id = reply.response?.headers.get('location')?.split('/').at(-1)
      const made = (await listEngagements(mia.member)).find((one) => one.id === id)
      expect(made?.applications).toBe(chosen.length)
    }
    const none = await call(newAction as Call, '/engagements/new', {}, mia.cookie, words)
    expect(none.status).toBe(400)
  })

  test('leads whoever is signed out to sign-in and back, and an owner to what they accepted', async () => {
    const { token, engagementId } = await offerTo(mia.member, [applicationId])
    const path = `/offer/${token}`
    expect((await call(offerLoader as Call, path, { token }, '')).status).toBe(200)
    const accept = (cookie: string, fields: Record<string, string>) =>
      call(offerAction as Call, path, { token }, cookie, fields)
    const signIn = `/sign-in?next=${encodeURIComponent(path)}`
    expect((await accept('', { declare: 'on' })).response?.headers.get('location')).toBe(signIn)
    expect((await accept(ines.cookie, {})).status).toBe(400)
    expect((await accept(mia.cookie, { declare: 'on' })).status).toBe(409)
    const done = await accept(ines.cookie, { declare: 'on' })
    expect(done.response?.headers.get('location')).toBe(`/portfolio/${engagementId}`)
    expect((await call(offerLoader as Call, path, { token }, ines.cookie)).status).toBe(410)
    expect((await accept(ines.cookie, { declare: 'on' })).status).toBe(409)
  })
})

describe('the desk of a member', () => {
  let engagementId: string
  const path = () => `/portfolio/${engagementId}/applications/${applicationId}`
  const params = () => ({ engagementId, applicationId })
  beforeEach(async () => {
    engagementId = await engage(mia.member, ines.member, [applicationId])
  })

  test('answers a conflict with 409, and a decision with the next question', async () => {
    const { desk } = await visitEngaged(ines.member, params())
    const { basisSha256: basis } = desk.items.find(({ questionId }) => questionId === 'mfa-email') ?? {}
    const said = {
      intent: 'decide',
      questionId: 'mfa-email',
      seen: '0',
      basis: basis ?? '',
      kind: 'accepted',
    }
    const decide = () => call(deskAction as Call, path(), params(), ines.cookie, said)
    const first = await decide()
    expect(first.response?.headers.get('location')).toContain(`${path()}?q=`)
    expect((await decide()).status).toBe(409)
    const wrong = { ...said, kind: 'rejected' }
    expect((await call(deskAction as Call, path(), params(), ines.cookie, wrong)).status).toBe(400)
  })

  test('leads to the engagement, which says why, once it is over', async () => {
    await endAsHost(mia.member, engagementId, { reason: 'Done' })
    const { response } = await call(deskLoader as Call, path(), params(), ines.cookie)
    expect(response?.headers.get('location')).toBe(`/portfolio/${engagementId}`)
    const sent = { intent: 'sample', size: '1', seed: 'x' }
    expect((await call(deskAction as Call, path(), params(), ines.cookie, sent)).status).toBe(409)
  })

  test('lets a file do nothing in the page that shows it', async () => {
    const content = '<script>alert(1)</script>'
    const { revisionId } = await addEvidence(mia.member, clientId, {
      title: 'Page',
      observedOn: '2026-11-20',
      content,
    })
    const at = `${path()}/evidence/${revisionId}/content`
    const { response } = await call(contentLoader as Call, at, { ...params(), revisionId }, ines.cookie)
    expect(response?.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
    expect(await response?.text()).toContain('&lt;script&gt;')
  })

  test('is a line of the portfolio’s export', async () => {
    const { response } = await call(exportLoader as Call, '/portfolio/export?text=harbour', {}, ines.cookie)
    expect(response?.headers.get('content-type')).toContain('text/csv')
    expect(await response?.text()).toContain(demoClients(NOW).dental.legalName)
  })
})
