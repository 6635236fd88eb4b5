import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Member } from '#app/services/member.ts'
import { WaiverTemplateInput } from '#app/services/waiver-input.ts'
import { getWaiverPage, getWaiverStart } from '#app/services/waiver-pages.server.ts'
import { fillPlaceholders } from '#app/services/waiver-placeholders.ts'
import {
  changeWaiverTemplate,
  createWaiverTemplate,
  getWaiverTemplate,
  listWaiverTemplates,
  retireWaiverTemplate,
} from '#app/services/waiver-templates.server.ts'
import { BUILT_IN_WAIVERS } from '#app/services/waiver-texts.ts'
import { createWaiver, offerWaiver } from '#app/services/waivers.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { findControl } from '#questionnaires/controls.ts'
import { openWorld, type World } from '../support/world.ts'
import { newClient, words } from './waiver-world.ts'

let world: World
let mia: Member
beforeAll(async () => {
  world = await openWorld()
  mia = (await world.signUpMember('Mia Member')).member
})
afterAll(() => world?.close())

const input = (more: Record<string, unknown> = {}) =>
  WaiverTemplateInput.parse({
    name: 'MFA, our words',
    service: 'MFA',
    controlIds: ['mfa-email'],
    risk: 'Somebody could read the mail of {client}.',
    consequence: 'The answer is no, as {provider} says.',
    seenVersion: 0,
    ...more,
  })

test.each(Object.entries(BUILT_IN_WAIVERS))('the built-in template %s could be saved as it is', (_, text) => {
  expect(WaiverTemplateInput.safeParse({ ...text, seenVersion: 0 }).error).toBeUndefined()
  expect(text.controlIds.filter((id) => !findControl(loadCatalogue(), id))).toEqual([])
})

test('names are filled in once, and what a name brings along stays as it is', () => {
  const names = { client: '{service} Ltd', service: 'MFA', provider: 'Fjord' }
  expect(fillPlaceholders('{client} declines {service} of {provider}, {odd}', names)).toBe(
    '{service} Ltd declines MFA of Fjord, {odd}',
  )
})

test('a changed template is a version; a waiver keeps the words with which it was offered', async () => {
  const clientId = await newClient(mia)
  await changeWaiverTemplate(mia, 'mfa', input())
  const { template } = await getWaiverStart(mia, clientId, { templateKey: 'mfa', replacesId: null })
  expect(template).toMatchObject({ version: 1, risk: expect.stringContaining('Harbour Street Dental Group') })
  const origin = { template: { key: 'mfa', version: 1 }, replaces: null }
  const id = await createWaiver(mia, clientId, words({ risk: template?.risk ?? '' }), origin)
  await offerWaiver(mia, id, 1)
  await changeWaiverTemplate(mia, 'mfa', input({ seenVersion: 1, risk: 'Quite another text for {client}.' }))
  const { text } = await getWaiverPage(mia, id)
  expect(text.risk).toBe('Somebody could read the mail of Harbour Street Dental Group.')
  expect(text.template).toEqual({ key: 'mfa', version: 1 })
  expect(await getWaiverTemplate(mia, 'mfa')).toMatchObject({ version: 2, isBuiltIn: true })
})

test('of two people who change it at once one is told', async () => {
  const both = await Promise.all([
    changeWaiverTemplate(mia, 'edr', input({ name: 'First' })),
    changeWaiverTemplate(mia, 'edr', input({ name: 'Second' })),
  ])
  expect(both.sort()).toEqual(['conflict', 'saved'])
})

test('an own template can be added and taken out of use; another organisation sees none of it', async () => {
  const key = await createWaiverTemplate(mia, input({ name: 'Our own' }))
  expect((await listWaiverTemplates(mia)).map((one) => one.name)).toContain('Our own')
  await retireWaiverTemplate(mia, key, true)
  const clientId = await newClient(mia)
  const start = await getWaiverStart(mia, clientId, { templateKey: key, replacesId: null })
  expect(start.template).toBeNull()
  expect(start.templates.map((one) => one.key)).not.toContain(key)
  const stranger = (await world.signUpMember('Sam Stranger')).member
  await expect(getWaiverTemplate(stranger, key)).rejects.toMatchObject({ code: 'not-found' })
  await expect(changeWaiverTemplate(stranger, key, input())).rejects.toMatchObject({ code: 'not-found' })
  expect(await getWaiverTemplate(stranger, 'mfa')).toMatchObject({ version: 0 })
})

test('a template names no control that does not exist', async () => {
  const odd = createWaiverTemplate(mia, input({ controlIds: ['no-such'] }))
  await expect(odd).rejects.toMatchObject({ code: 'controls' })
})
