import { afterAll, beforeAll, expect, test } from 'vitest'
import { action, loader } from '#app/routes/outbox.tsx'
import { type NewMail, writeMail } from '#app/services/mail-outbox.server.ts'
import { stopAddress } from '#app/services/mail-stops.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { openWorld, type World } from '../support/world.ts'

const OSCAR = 'oscar@client.example'
let world: World
let mia: Awaited<ReturnType<World['signUpMember']>>

beforeAll(async () => {
  world = await openWorld({ mailer: { send: async () => undefined, close: () => undefined } })
  mia = await world.signUpMember('Mia Mailer')
})
afterAll(() => world?.close())

const page = (query: string) => call(loader, new Request(`http://attested.test/outbox${query}`, withCookie()))
const press = (fields: Record<string, string>) => {
  const body = new URLSearchParams(fields)
  return call(action, new Request('http://attested.test/outbox', { method: 'POST', body, ...withCookie() }))
}
const withCookie = () => ({ headers: { cookie: mia.cookie } })
const call = (handler: unknown, request: Request) =>
  (handler as (args: unknown) => Promise<unknown>)({ request, params: {}, context: {} })

test('an address that is allowed again is offered what was held back, on whichever page one looks', async () => {
  const { organisationId } = mia.member
  const content = { greeting: 'Hello', paragraphs: [], code: null, action: null, closing: [] }
  const mail: NewMail = {
    ...{ kind: 'request-link', recipient: OSCAR, subject: 'Please send', content },
    expiresAt: new Date(Date.now() + 60_000),
  }
  await getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const mailId = await writeMail(tx, organisationId, mail, true)
    const stop = { address: OSCAR, purpose: 'all', reason: 'bounced', detail: '', mailId } as const
    await stopAddress(tx, organisationId, stop)
  })
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    writeMail(tx, organisationId, mail, true),
  )
  const held = { view: { state: 'suppressed', page: 1, total: 1 }, failures: [] }
  expect(await page('?state=suppressed&page=99')).toMatchObject({ ...held, mails: [{ state: 'suppressed' }] })
  expect(await page('?state=nonsense&page=-1')).toMatchObject({ view: { state: 'all', page: 1, total: 2 } })
  expect(await press({ intent: 'lift', address: OSCAR, purpose: 'all' })).toEqual({
    allowed: { address: OSCAR, mails: 1 },
  })
  expect(await page('')).toMatchObject({ failures: [{ cause: 'bounced', mails: 1 }] })
  expect(await press({ intent: 'resend-held', address: OSCAR })).toEqual({
    told: 'One mail is on its way again',
  })
  expect(await page('?state=queued')).toMatchObject({ view: { total: 2 }, failures: [] })
})
