/** A program that hangs waits for itself: what becomes of its own messages, and of everybody else's. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { type StartedQueue, startQueue } from '#app/jobs/queue.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { deliverWebhookJob } from '#app/services/webhook-delivery.server.ts'
import { WebhookInput } from '#app/services/webhook-input.ts'
import { getWebhookLog, testWebhook } from '#app/services/webhook-log.server.ts'
import { addWebhook } from '#app/services/webhooks.server.ts'
import { connectTo } from '#db/connection.server.ts'
import { updateWebhook } from '#db/queries/webhooks.server.ts'
import { STRICT_NETWORK } from '#evidence/checks/network.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { type Receiver, startReceiver } from './webhook-receiver.ts'

let world: World
let receiver: Receiver
let queue: StartedQueue
let olive: Member
let nora: Member

const PATIENCE_MS = 9000
const MESSAGES = 12

beforeAll(async () => {
  receiver = await startReceiver()
  const patience = { ...STRICT_NETWORK.patience, webhook: PATIENCE_MS }
  world = await openWorld({ network: { ...receiver.network, patience } })
  const { database } = getRuntime()
  const log = () => undefined
  queue = await startQueue({ url: database.ownerUrl, soleOwner: true, handle: handleJob, log })
  getRuntime().jobs = queue
  olive = (await world.signUpMember('Olive Owner')).member
  nora = (await world.signUpMember('Nora Neighbour')).member
})
afterAll(async () => {
  await queue?.stop()
  await world?.close()
  await receiver?.close()
})

async function add(member: Member, path: string): Promise<string> {
  const input = { name: 'T', url: `${receiver.url}${path}`, format: 'json', events: ['report.signed'] }
  return (await addWebhook(member, WebhookInput.parse(input))).id
}
const callsAt = (path: string) => receiver.taken.filter((taken) => taken.path === path).length
const statesOf = async (member: Member, id: string) =>
  (await getWebhookLog(member, id)).deliveries.map(({ state }) => state)

test('a program that hangs holds up its own messages alone, and counts no try of those that wait', async () => {
  receiver.at = { '/hanging': { kind: 'hanging' } }
  const slow = await add(olive, '/hanging')
  const beside = await add(olive, '/well')
  const elsewhere = await add(nora, '/well')
  for (let times = 0; times < MESSAGES; times += 1) await testWebhook(olive, slow)
  await expect.poll(() => callsAt('/hanging'), { timeout: 8000 }).toBe(2)
  await testWebhook(nora, elsewhere)
  await testWebhook(olive, beside)
  const both = async () => [...(await statesOf(nora, elsewhere)), ...(await statesOf(olive, beside))]
  await expect.poll(both, { timeout: PATIENCE_MS - 1000, interval: 50 }).toEqual(['delivered', 'delivered'])
  // Before the first call was given up, and while it could have taken more.
  const during = await getWebhookLog(olive, slow)
  expect(during.deliveries.flatMap(({ attempts }) => attempts)).toEqual([])
  expect(callsAt('/hanging')).toBe(2)

  const resting = async () => (await getWebhookLog(olive, slow)).webhook.restingUntil
  await expect.poll(resting, { timeout: 2 * PATIENCE_MS }).not.toBeNull()
  await sleep(7000)
  const after = await getWebhookLog(olive, slow)
  expect(after.deliveries.map(({ state }) => state)).toEqual(Array(MESSAGES).fill('queued'))
  expect(after.deliveries.flatMap(({ attempts }) => attempts)).toHaveLength(2)
  expect(callsAt('/hanging')).toBe(2)
  const owner = connectTo(getRuntime().database.ownerUrl, { max: 1 })
  const jobs = await owner`select retry_count as tries from pgboss.job
    where name = 'deliver-webhook' and state < 'completed' order by retry_count desc`
  await owner.end()
  expect(jobs.map(({ tries }) => tries).filter((tries) => tries > 0).length).toBeLessThanOrEqual(2)
  expect(jobs).toHaveLength(MESSAGES)

  // Repaired: a test by hand is tried at once and ends the rest; so does each message after it.
  receiver.at = {}
  await testWebhook(olive, slow)
  await expect.poll(async () => (await statesOf(olive, slow))[0], { timeout: 8000 }).toBe('delivered')
  expect(await resting()).toBeNull()
  await expect
    .poll(() => statesOf(olive, slow), { timeout: 60_000, interval: 500 })
    .toEqual(Array(MESSAGES + 1).fill('delivered'))
}, 150_000)

test('what waited for six hours for a program that does not answer is given up', async () => {
  const { jobs, database } = getRuntime()
  const id = await add(nora, '/well')
  getRuntime().jobs = { ...jobs, enqueue: async () => undefined }
  await testWebhook(nora, id)
  getRuntime().jobs = jobs
  const [delivery] = (await getWebhookLog(nora, id)).deliveries
  const deliver = () => deliverWebhookJob(nora.organisationId, delivery?.id ?? '')
  const rest = (restingUntil: Date) =>
    database.inOrganisation(nora.organisationId, (tx) =>
      updateWebhook(tx, nora.organisationId, id, { silences: 7, restingUntil }),
    )
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000)
  await rest(hours(8))
  world.setClock(hours(5))
  await expect(deliver()).rejects.toMatchObject({ code: 'later' })
  // The last chance of all is none while it rests.
  const job = { name: 'deliver-webhook', organisationId: nora.organisationId, deliveryId: delivery?.id ?? '' }
  await expect(handleJob(job as Parameters<typeof handleJob>[0], true)).rejects.toMatchObject({
    code: 'later',
  })
  expect(await statesOf(nora, id)).toEqual(['queued'])
  world.setClock(hours(7))
  await deliver()
  world.setClock(null)
  expect(await statesOf(nora, id)).toEqual(['failed'])
}, 30_000)
