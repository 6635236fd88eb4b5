import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { sendReminders } from '#app/services/reminder-planner.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import * as requests from '#db/queries/evidence-requests.server.ts'
import { listReminders } from '#db/queries/reminders.server.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let member: Member
let mailServer: MailServer
const instances: ChildProcess[] = []

beforeAll(async () => {
  world = await openWorld()
  member = (await world.signUpMember('Olive Owner')).member
  mailServer = await startMailServer()
})
afterAll(async () => {
  for (const instance of instances) instance.kill('SIGKILL')
  await mailServer?.close()
  await world?.close()
})

const THINGS = 60

test('two servers on one database send each reminder once', async () => {
  world.setClock(new Date('2028-03-06T08:00:00Z'))
  const clientId = await createClient(member, demoClients(new Date('2028-03-06T08:00:00Z')).dental)
  const { organisationId, userId } = member
  const { database } = getRuntime()
  await database.inOrganisation(organisationId, async (tx) => {
    for (let index = 0; index < THINGS; index += 1)
      await requests.insertRequest(tx, {
        ...{
          organisationId,
          id: crypto.randomUUID(),
          clientId,
          title: `Thing ${index}`,
          dueOn: '2028-03-10',
        },
        ...{ recipientName: 'Gus Guest', recipientEmail: 'gus@client.example', message: 'Please.' },
        ...{
          requestedBy: userId,
          requestedByName: member.name,
          requestedAt: new Date('2028-03-01T08:00:00Z'),
        },
      })
  })
  // The first look only notes that somebody looks from now on.
  await sendReminders(organisationId)
  const program = fileURLToPath(new URL('reminder-instance.ts', import.meta.url))
  const given = [database.ownerUrl, mailServer.url, world.dataDir, '2028-03-07T09:01:00Z']
  for (let index = 0; index < 2; index += 1)
    instances.push(
      fork(program, given, { execArgv: ['--import', 'tsx'], env: { ...process.env, VITEST: '' } }),
    )
  await Promise.all(instances.map((instance) => once(instance, 'message')))
  for (const instance of instances) instance.send('look')
  await expect.poll(() => mailServer.received.length, { timeout: 150_000, interval: 500 }).toBe(THINGS)
  // What would come a second time gets the time for it.
  await new Promise((resolve) => setTimeout(resolve, 3000))
  const ids = mailServer.received.map(({ source }) => /^Message-ID: <(.+?)@/m.exec(source)?.[1])
  expect(new Set(ids).size).toBe(THINGS)
  expect(mailServer.received).toHaveLength(THINGS)
  const rows = await database.inOrganisation(organisationId, (tx) =>
    listReminders(tx, organisationId, { limit: 1000 }),
  )
  expect(rows).toHaveLength(THINGS)
  expect(rows.every(({ mailState }) => mailState === 'sent')).toBe(true)
}, 240_000)
