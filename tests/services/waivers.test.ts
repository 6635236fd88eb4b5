import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { loader as clientExport } from '#app/routes/client-waiver-export.ts'
import { action as newAction } from '#app/routes/waiver-new.tsx'
import { inputAt, loadRecord } from '#app/services/client-record.server.ts'
import { setClientArchived } from '#app/services/clients.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { getClientStanding } from '#app/services/portfolio.server.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { waiverInput } from '#app/services/waiver-input.ts'
import { getWaiverPage, listAllWaivers, listClientWaivers } from '#app/services/waiver-pages.server.ts'
import { standingOf } from '#app/services/waiver-register.ts'
import {
  getOfferedWaiver,
  listWaiversFor,
  refuseWaiver,
  signWaiver,
} from '#app/services/waiver-signing.server.ts'
import { createWaiver, editWaiver, offerWaiver, withdrawWaiver } from '#app/services/waivers.server.ts'
import * as rows from '#db/queries/waivers.server.ts'
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'
import { openWorld, type World } from '../support/world.ts'
import { ADA, claimMfa, day, FREELY, newClient, offered, signed, signer, words } from './waiver-world.ts'

let world: World
let mia: Member
let cookie: string
let stranger: Member

beforeAll(async () => {
  world = await openWorld()
  const signedUp = await world.signUpMember('Mia Member')
  mia = signedUp.member
  cookie = signedUp.cookie
  stranger = (await world.signUpMember('Sam Stranger')).member
})
afterAll(() => world?.close())

const inTx = <T>(work: (tx: Parameters<typeof rows.findWaiver>[0]) => Promise<T>) =>
  getRuntime().database.inOrganisation(mia.organisationId, work)
const rowOf = async (id: string) => {
  const row = await inTx((tx) => rows.findWaiver(tx, mia.organisationId, id))
  if (!row) throw new Error('No such waiver')
  return row
}
const newestEntry = async () => {
  const [entry] = (await listLedger(mia)).entries
  return { kind: entry?.kind, actor: entry?.actor, payload: JSON.parse(entry?.payload ?? '{}') }
}

describe('the form of a waiver', () => {
  test.each([
    ['no control', { controlIds: [] }, 'controlIds'],
    ['no service', { service: ' ' }, 'service'],
    ['a placeholder that nothing fills', { risk: 'Much can happen to {customer} without it.' }, 'risk'],
    ['more than fits', { consequence: 'x'.repeat(4001) }, 'consequence'],
    ['an offer to come', { serviceOfferedOn: day(1) }, 'serviceOfferedOn'],
    ['a review today', { reviewOn: day(0) }, 'reviewOn'],
    ['a review in ten years', { reviewOn: day(3650) }, 'reviewOn'],
    ['no name', { decisionMakerName: '1234' }, 'decisionMakerName'],
    ['no address', { decisionMakerEmail: 'ada' }, 'decisionMakerEmail'],
    ['no reason', { clientReason: 'No' }, 'clientReason'],
  ])('%s is refused at its field', (_, more, field) => {
    const result = waiverInput(() => day(0)).safeParse(words(more))
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })

  test('what was typed comes back with the error, controls among it', async () => {
    const clientId = await newClient(mia)
    const { controlIds: _, ...texts } = words({ clientReason: 'No' })
    const body = new URLSearchParams({ ...texts, 'controlIds[]': 'mfa-email' })
    const request = new Request('http://attested.test/', { method: 'POST', headers: { cookie }, body })
    const reply = (await newAction({ request, params: { clientId }, context: {} } as never)) as {
      data: unknown
      init: { status: number }
    }
    expect(reply.init.status).toBe(400)
    expect(reply.data).toMatchObject({
      fieldErrors: { clientReason: expect.stringContaining('own words') },
      typed: { service: texts.service, controlIds: ['mfa-email'], clientReason: 'No' },
    })
  })
})

describe('a draft', () => {
  test('can be changed by one at a time, and says how it would read', async () => {
    const clientId = await newClient(mia)
    const id = await createWaiver(mia, clientId, words(), FREELY)
    expect(await editWaiver(mia, id, 1, words({ service: 'MFA for all mail' }))).toBe('saved')
    expect(await editWaiver(mia, id, 1, words({ service: 'Something else' }))).toBe('conflict')
    const { text, standing } = await getWaiverPage(mia, id)
    expect(standing).toBe('draft')
    expect(text.service).toBe('MFA for all mail')
    expect(text.risk).toBe(`A stolen password opens the mailboxes of ${text.client.legalName}.`)
    expect(text.consequence).toContain('Mia Member IT')
  })

  test('is not to be seen by the client, and cannot be signed', async () => {
    const clientId = await newClient(mia)
    const id = await createWaiver(mia, clientId, words(), FREELY)
    const person = { clientId, email: ADA.email }
    expect(await inTx((tx) => listWaiversFor(tx, mia.organisationId, person))).toEqual([])
    await expect(signWaiver(mia.organisationId, id, signer())).rejects.toMatchObject({ code: 'not-found' })
  })

  test('names no control that does not exist, and belongs to no archived client', async () => {
    const clientId = await newClient(mia)
    const odd = createWaiver(mia, clientId, words({ controlIds: ['no-such'] }), FREELY)
    await expect(odd).rejects.toMatchObject({ code: 'controls' })
    await setClientArchived(mia, clientId, true)
    await expect(createWaiver(mia, clientId, words(), FREELY)).rejects.toMatchObject({ code: 'archived' })
  })
})

describe('offered', () => {
  test('the text is frozen with its hash, the questions that it concerns among it', async () => {
    const clientId = await newClient(mia)
    await claimMfa(mia, clientId)
    const id = await offered(mia, clientId)
    const row = await rowOf(id)
    const text = JSON.parse(row.text ?? '')
    expect(canonicalJson(text)).toBe(row.text)
    expect(sha256Hex(row.text ?? '')).toBe(row.textSha256)
    expect(text.answers).toMatchObject([{ item: expect.any(String), effect: 'no', isSigned: false }])
    expect(text.controls).toEqual([{ id: 'mfa-email', label: 'MFA on every mailbox' }])
    expect(await newestEntry()).toMatchObject({
      kind: 'waiver.offered',
      payload: { waiverId: id, textSha256: row.textSha256 },
    })
  })

  test('nobody changes it any more, not even past the services', async () => {
    const clientId = await newClient(mia)
    const id = await offered(mia, clientId)
    await expect(editWaiver(mia, id, 1, words())).rejects.toMatchObject({ code: 'offered' })
    await expect(offerWaiver(mia, id, 1)).rejects.toMatchObject({ code: 'offered' })
    const change = inTx((tx) => rows.updateWaiver(tx, mia.organisationId, id, { risk: 'None at all.' }))
    await expect(change).rejects.toMatchObject({
      cause: { message: expect.stringContaining('stays as it was offered') },
    })
  })

  test('only as it was read, and only with a review day to come', async () => {
    const clientId = await newClient(mia)
    const id = await createWaiver(mia, clientId, words({ reviewOn: day(2) }), FREELY)
    await editWaiver(mia, id, 1, words({ reviewOn: day(2), clientReason: 'Another reason of theirs.' }))
    await expect(offerWaiver(mia, id, 1)).rejects.toMatchObject({ code: 'changed' })
    world.setClock(new Date(Date.now() + 5 * 86_400_000))
    await expect(offerWaiver(mia, id, 2)).rejects.toMatchObject({ code: 'review' })
    world.setClock(null)
  })

  test('the decision-maker alone sees it', async () => {
    const clientId = await newClient(mia)
    const id = await offered(mia, clientId)
    const list = (person: { clientId: string; email: string }) =>
      inTx((tx) => listWaiversFor(tx, mia.organisationId, person))
    expect(await list({ clientId, email: ' Ada@Client.Example ' })).toMatchObject([
      { id, state: 'offered', declaration: expect.stringContaining('I decline the service') },
    ])
    expect(await list({ clientId, email: 'bob@client.example' })).toEqual([])
    expect(await list({ clientId: await newClient(mia), email: ADA.email })).toEqual([])
    const get = (email: string, of = clientId) =>
      inTx((tx) => getOfferedWaiver(tx, mia.organisationId, { waiverId: id, clientId: of, email }))
    expect(await get(ADA.email)).toMatchObject({ id, text: { decisionMaker: { name: ADA.name } } })
    await expect(get('bob@client.example')).rejects.toMatchObject({ code: 'not-found' })
    await expect(get(ADA.email, crypto.randomUUID())).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the decision', () => {
  test('is signed under one’s own name, once, and recorded with how', async () => {
    const clientId = await newClient(mia)
    const id = await offered(mia, clientId)
    const sign = (more = {}) => signWaiver(mia.organisationId, id, signer(more))
    await expect(sign({ typedName: 'Bob Builder' })).rejects.toMatchObject({ code: 'name' })
    await expect(sign({ consent: ' ' })).rejects.toMatchObject({ code: 'consent' })
    const other = { ...signer(), email: 'bob@client.example' }
    await expect(signWaiver(mia.organisationId, id, other)).rejects.toMatchObject({ code: 'not-found' })
    await expect(signWaiver(stranger.organisationId, id, signer())).rejects.toMatchObject({
      code: 'not-found',
    })
    const both = await Promise.allSettled([sign(), sign()])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await newestEntry()).toMatchObject({
      kind: 'waiver.signed',
      actor: 'Ada Approver <ada@client.example>',
      payload: {
        waiverId: id,
        controlIds: ['mfa-email'],
        record: { typedName: 'ada  approver', address: '203.0.113.9' },
      },
    })
    await expect(refuseWaiver(mia.organisationId, id, ADA, 'Changed my mind')).rejects.toMatchObject({
      code: 'decided',
    })
  })

  test('or refused with a reason, which ends it', async () => {
    const clientId = await newClient(mia)
    const id = await offered(mia, clientId)
    await refuseWaiver(mia.organisationId, id, ADA, 'We want the service after all.')
    expect(await rowOf(id)).toMatchObject({
      state: 'refused',
      refusedReason: 'We want the service after all.',
      signedAt: null,
    })
    expect(await newestEntry()).toMatchObject({
      kind: 'waiver.refused',
      actor: 'Ada Approver <ada@client.example>',
    })
    await expect(signWaiver(mia.organisationId, id, signer())).rejects.toMatchObject({ code: 'decided' })
    const withdraw = withdrawWaiver(mia, id, { because: 'mistake', reason: 'It was a mistake.' })
    await expect(withdraw).rejects.toMatchObject({ code: 'refused' })
  })

  test('is never taken by a member of the preparing organisation, unless it is a demo', async () => {
    const clientId = await newClient(mia)
    const own = words({ decisionMakerEmail: mia.email.toLowerCase() })
    const refused = createWaiver(mia, clientId, own, FREELY)
    await expect(refused).rejects.toMatchObject({
      code: 'both-sides',
      message: expect.stringContaining('nobody signs for both sides'),
    })
    const id = await createWaiver(mia, clientId, words(), FREELY)
    await expect(editWaiver(mia, id, 1, own)).rejects.toMatchObject({ code: 'both-sides' })
    // A member of another organisation may well be the client's decision-maker.
    await createWaiver(mia, clientId, words({ decisionMakerEmail: stranger.email.toLowerCase() }), FREELY)
  })

  test('whoever joined the preparing organisation since cannot sign either', async () => {
    const clientId = await newClient(mia)
    const id = await offered(mia, clientId, { decisionMakerEmail: stranger.email.toLowerCase() })
    await getRuntime().database.forSignIn(async (tx) => {
      const { insertMembership } = await import('#db/queries/accounts.server.ts')
      await insertMembership(tx, {
        organisationId: mia.organisationId,
        userId: stranger.userId,
        role: 'technician',
        createdAt: new Date(Date.now() + 1000),
      })
    })
    const attempt = signWaiver(mia.organisationId, id, { ...signer(), email: stranger.email.toLowerCase() })
    await expect(attempt).rejects.toMatchObject({ code: 'both-sides' })
  })
})

describe('in force', () => {
  test('it contradicts the answer that claims the control, until it is withdrawn; the past keeps both', async () => {
    const clientId = await newClient(mia)
    const applicationId = await claimMfa(mia, clientId)
    const answerNow = async () =>
      (await getReadiness(mia, applicationId)).readiness.answers.find(
        ({ questionId }) => questionId === 'mfa-email',
      )
    const moments: [Date, unknown][] = []
    const look = async (hours: number) => {
      const at = new Date(Date.now() + hours * 3_600_000)
      world.setClock(at)
      moments.push([at, (await getReadiness(mia, applicationId)).readiness])
    }
    await look(1)
    expect((await answerNow())?.status).toBe('unsupported')
    world.setClock(new Date(Date.now() + 2 * 3_600_000))
    const id = await signed(mia, clientId)
    await look(3)
    const contradicted = await answerNow()
    expect(contradicted?.status).toBe('contradicted')
    expect(contradicted?.reasons[0]?.sentence).toMatch(
      /^A waiver signed on .* says this service was declined/,
    )
    expect((await getClientStanding(mia, clientId)).application?.standing?.contradicted).toBe(1)
    world.setClock(new Date(Date.now() + 4 * 3_600_000))
    await withdrawWaiver(mia, id, { because: 'accepted', reason: 'They bought it in spring.' })
    await look(5)
    expect((await answerNow())?.status).toBe('unsupported')
    const { edition } = await getReadiness(mia, applicationId)
    const { record } = await inTx((tx) => loadRecord(tx, mia.organisationId, clientId, getRuntime().clock()))
    for (const [at, readiness] of moments) {
      const point = { trueOn: at, knownOn: at }
      const input = inputAt(record, applicationId, new Map([[applicationId, edition]]), point)
      expect(input && evaluateReadiness(input)).toEqual(readiness)
    }
    world.setClock(null)
  })

  test('past its review day it is overdue and holds all the same', async () => {
    const clientId = await newClient(mia)
    await signed(mia, clientId, { reviewOn: day(3) })
    world.setClock(new Date(Date.now() + 10 * 86_400_000))
    const { waivers } = await listClientWaivers(mia, clientId)
    expect(waivers).toMatchObject([{ standing: 'overdue', isReviewSoon: false }])
    expect((await listAllWaivers(mia))[0]).toMatchObject({ clientId, standing: 'overdue' })
    world.setClock(null)
    expect(standingOf({ state: 'signed', reviewOn: day(0) }, new Date())).toBe('in-force')
    expect(standingOf({ state: 'signed', reviewOn: day(-1) }, new Date())).toBe('overdue')
    expect(standingOf({ state: 'offered', reviewOn: day(-1) }, new Date())).toBe('offered')
  })

  test('signed again, the newer one takes its place', async () => {
    const clientId = await newClient(mia)
    const old = await signed(mia, clientId)
    const again = await createWaiver(mia, clientId, words(), { template: null, replaces: old })
    await offerWaiver(mia, again, 1)
    expect((await rowOf(old)).state).toBe('signed')
    await signWaiver(mia.organisationId, again, signer())
    expect(await rowOf(old)).toMatchObject({ state: 'withdrawn', withdrawnBecause: 'renewed' })
    const foreign = createWaiver(mia, await newClient(mia), words(), { template: null, replaces: old })
    await expect(foreign).rejects.toMatchObject({ code: 'not-found' })
  })

  test('two people who withdraw it at once leave one reason', async () => {
    const id = await signed(mia, await newClient(mia))
    const withdraw = (reason: string) => withdrawWaiver(mia, id, { because: 'mistake', reason })
    const both = await Promise.allSettled([withdraw('The first reason.'), withdraw('The second reason.')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

test('waivers belong to one organisation', async () => {
  const clientId = await newClient(mia)
  const id = await createWaiver(mia, clientId, words(), FREELY)
  const attempts = [
    () => listClientWaivers(stranger, clientId),
    () => getWaiverPage(stranger, id),
    () => createWaiver(stranger, clientId, words(), FREELY),
    () => editWaiver(stranger, id, 1, words()),
    () => offerWaiver(stranger, id, 1),
    () => withdrawWaiver(stranger, id, { because: 'mistake', reason: 'Because a stranger says so.' }),
  ]
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not-found' })
  expect(await listAllWaivers(stranger)).toEqual([])
})

test('the table of a client executes nothing', async () => {
  const clientId = await newClient(mia)
  await createWaiver(mia, clientId, words({ clientReason: '=HYPERLINK("http://x")' }), FREELY)
  const request = new Request('http://attested.test/', { headers: { cookie } })
  const reply = (await clientExport({ request, params: { clientId }, context: {} } as never)) as Response
  const table = await reply.text()
  expect(table.split('\r\n')[0]).toContain('Declined service')
  expect(table).toContain(`"'=HYPERLINK(""http://x"")"`)
})
