import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { PrepareReportInput } from '#app/services/report-input.ts'
import { languageOfLastReport } from '#app/services/report-language.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { addReport, digestOf } from './report-rows.ts'

let world: World
let member: Member

beforeAll(async () => {
  world = await openWorld()
  member = (await world.signUpMember('Lang Uage')).member
})
afterAll(() => world?.close())

test('a client’s next report is offered in the language of the last one, English before there is one', async () => {
  const { dental, accounting } = demoClients(new Date())
  const clientId = await createClient(member, dental)
  const other = await createClient(member, accounting)
  expect(await languageOfLastReport(member, clientId)).toBe('en')
  const pick = { formCode: 'core-cyber', edition: '1' }
  const applicationId = await startApplication(member, clientId, pick)
  const add = (day: number, language?: 'de') =>
    addReport(member, {
      clientId,
      applicationId,
      at: new Date(2026, 2, day),
      file: digestOf(String(day)),
      language,
    })
  await add(1, 'de')
  expect(await languageOfLastReport(member, clientId)).toBe('de')
  // Of another client, and of another organisation that names this one.
  expect(await languageOfLastReport(member, other)).toBe('en')
  const stranger = (await world.signUpMember('Sam Stranger')).member
  expect(await languageOfLastReport(stranger, clientId)).toBe('en')
  await add(2)
  expect(await languageOfLastReport(member, clientId)).toBe('en')
})

test.each(['', 'fr', 'DE', 'de-CH', ['de'], 'x'.repeat(10_000), '../de'])(
  'a report has no language %j',
  (language) => {
    const { error } = PrepareReportInput.safeParse({ language })
    expect(error?.issues.some(({ path }) => path[0] === 'language')).toBe(true)
  },
)

test.each(['de', 'en', undefined])('a report may have the language %j', (language) => {
  const { error } = PrepareReportInput.safeParse({ language })
  expect(error?.issues.some(({ path }) => path[0] === 'language')).toBe(false)
})
