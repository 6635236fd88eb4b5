/** What an officer promised in a re-attestation: who hears of it, where it stands, and when it ends. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OfficerResult } from '#app/report/statement-reattestation.ts'
import { promisesDue } from '#app/services/calendar-promises.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { keepPromise, listPromisesOfClient, openPromiseAgain } from '#app/services/promises.server.ts'
import { promiseDues } from '#app/services/reminder-sources/promises.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { WEBHOOK_EVENT_KINDS } from '#app/services/webhook-events.ts'
import { WebhookInput } from '#app/services/webhook-input.ts'
import { getWebhookLog } from '#app/services/webhook-log.server.ts'
import { addWebhook } from '#app/services/webhooks.server.ts'
import type { Tx } from '#db/client.server.ts'
import { listMails } from '#db/queries/mails.server.ts'
import { listNotices } from '#db/queries/reminders.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { QUESTION, signReattestation } from './promise-world.ts'
import { addSignedReport } from './report-rows.ts'
import { newClient } from './waiver-world.ts'

const SIGNED = new Date('2026-04-20T09:00:00Z')
const DAYS = { from: '2026-04-01', until: '2026-12-31' }
const ENDED = {
  ...{ result: 'no-longer-true', since: '2026-04-02', cause: 'New mailboxes lack the policy' },
  plan: { what: 'Extend the policy to all mailboxes', owner: 'Olive Owner', due: '2026-06-01' },
  broker: { tell: 'yes' },
} as const satisfies OfficerResult
const TRUE = { result: 'still-true', confirmed: 'alone' } as const satisfies OfficerResult

let world: World
let olive: Member
let clientId: string
let base: { reportId: string; applicationId: string }

beforeAll(async () => {
  world = await openWorld({ mailer: { send: async () => undefined } as never })
})
beforeEach(async () => {
  world.setClock(new Date('2026-04-19T09:00:00Z'))
  olive = (await world.signUpMember('Olive Owner')).member
  clientId = await newClient(olive)
  base = await addSignedReport(olive, clientId, { at: new Date('2026-01-12T09:00:00Z'), file: 'ab' })
  world.setClock(SIGNED)
})
afterAll(() => world?.close())

const inTx = <T>(work: (tx: Tx) => Promise<T>) =>
  getRuntime().database.inOrganisation(olive.organisationId, work)

const sign = (number: number, said: OfficerResult, at = SIGNED) =>
  signReattestation(olive, { clientId, base, number, said, at })

const reminded = () =>
  inTx((tx) => promiseDues(tx, olive.organisationId, { now: SIGNED, horizon: '2026-12-31' }))
const inCalendar = () => inTx((tx) => promisesDue(tx, olive.organisationId, { ...DAYS, clientId }))
const openDays = async () => (await reminded()).map(({ dueOn, title }) => `${dueOn} ${title.split(':')[0]}`)
const PLAN = '2026-06-01 Extend the policy to all mailboxes'
const BROKER = '2026-04-22 Tell the broker'

test('whoever handed it over hears of it at once: bell, mail and webhook', async () => {
  const all = { name: 'All', url: 'https://tickets.example/', format: 'json', events: WEBHOOK_EVENT_KINDS }
  const webhookId = (await addWebhook(olive, WebhookInput.parse(all))).id
  const id = await sign(1, ENDED)
  const notices = await inTx((tx) => listNotices(tx, olive.organisationId, olive.userId, 10))
  expect(notices).toHaveLength(1)
  expect(JSON.stringify(notices)).toContain('The officer signed: 1 no longer true')
  expect(JSON.stringify(notices)).toContain(`/reattestations/${id}/promises`)
  const mails = await inTx((tx) => listMails(tx, olive.organisationId, { state: null, offset: 0, limit: 10 }))
  expect(mails).toMatchObject([{ kind: 'reattestation-signed', recipient: olive.email, state: 'queued' }])
  expect(JSON.stringify(mails[0]?.content)).toContain('Extend the policy to all mailboxes')
  expect(JSON.stringify(mails[0]?.content)).toContain('Tell the broker: New mailboxes lack the policy')
  const { deliveries } = await getWebhookLog(olive, webhookId)
  expect(deliveries.map(({ body }) => JSON.parse(body))).toMatchObject([
    { type: 'reattestation.changed', data: { subject: { id }, dueOn: '2026-04-22', urgency: 'high' } },
  ])
})

test('nobody is told where every answer is still true', async () => {
  await sign(1, TRUE)
  expect(await inTx((tx) => listNotices(tx, olive.organisationId, olive.userId, 10))).toEqual([])
  expect(
    await inTx((tx) => listMails(tx, olive.organisationId, { state: null, offset: 0, limit: 10 })),
  ).toEqual([])
  expect(await listPromisesOfClient(olive, clientId)).toEqual([])
})

test('the plan and the duty to tell the broker stand in the calendar and are reminded of', async () => {
  const id = await sign(1, ENDED)
  expect((await openDays()).sort()).toEqual([BROKER, PLAN])
  expect(await reminded()).toMatchObject(
    [0, 1].map(() => ({
      ...{ kind: 'promise', clientId, owner: { kind: 'member', userId: olive.userId } },
      href: `/reattestations/${id}/promises`,
    })),
  )
  expect((await inCalendar()).map(({ day, kind, isSettled }) => ({ day, kind, isSettled }))).toEqual(
    ['2026-06-01', '2026-04-22'].map((day) => ({ day, kind: 'promise', isSettled: false })),
  )
  const early = inTx((tx) =>
    promisesDue(tx, olive.organisationId, { from: '2026-04-22', until: '2026-04-22' }),
  )
  expect((await early).map(({ day }) => day)).toEqual(['2026-04-22'])
})

test('each ends once it is recorded, and begins again when it is opened again', async () => {
  const id = await sign(1, ENDED)
  const about = { questionId: QUESTION, promise: 'broker' } as const
  await keepPromise(olive, id, { ...about, keptOn: '2026-04-20', note: 'By telephone' })
  expect(await openDays()).toEqual([PLAN])
  expect((await inCalendar()).find(({ day }) => day === '2026-04-22')?.isSettled).toBe(true)
  await expect(keepPromise(olive, id, { ...about, keptOn: '2026-04-20', note: null })).rejects.toMatchObject({
    code: 'kept',
  })
  await openPromiseAgain(olive, id, about)
  await expect(openPromiseAgain(olive, id, about)).rejects.toMatchObject({ code: 'open' })
  expect((await openDays()).sort()).toEqual([BROKER, PLAN])
  await keepPromise(olive, id, { questionId: QUESTION, promise: 'plan', keptOn: '2026-04-20', note: null })
  expect(await openDays()).toEqual([BROKER])
  const kinds = (await listLedger(olive)).entries.map(({ kind }) => kind)
  expect(kinds.slice(0, 3)).toEqual([
    'reattestation.promise-kept',
    'reattestation.promise-reopened',
    'reattestation.promise-kept',
  ])
})

test('a later signed re-attestation of the application takes its place', async () => {
  const id = await sign(1, ENDED)
  await sign(2, TRUE, new Date('2026-07-20T09:00:00Z'))
  expect(await openDays()).toEqual([])
  expect(await listPromisesOfClient(olive, clientId)).toMatchObject([
    { promises: [0, 1].map(() => ({ saidAgain: { number: 2, result: 'still-true' }, isOpen: false })) },
  ])
  const told = { questionId: QUESTION, promise: 'broker', keptOn: '2026-04-20', note: null } as const
  await expect(keepPromise(olive, id, told)).rejects.toMatchObject({ code: 'said-again' })
})

test('is nobody else’s to see or to record', async () => {
  const id = await sign(1, ENDED)
  const eve = (await world.signUpMember('Eve Elsewhere')).member
  const told = { questionId: QUESTION, promise: 'broker', keptOn: '2026-04-20', note: null } as const
  await expect(keepPromise(eve, id, told)).rejects.toThrow('No such re-attestation')
  expect(await listPromisesOfClient(eve, clientId)).toEqual([])
})
