import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listStartableEditions, startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import {
  createDefinitionDraft,
  draftFromEdition,
  getDefinitionDraft,
  getDefinitionText,
  publishDefinition,
  publishDefinitionDraft,
  reinstateEdition,
  retireEdition,
  saveDefinitionDraft,
} from '#app/services/definitions.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { getListedEdition, listAllEditions } from '#app/services/editions.server.ts'
import { NotFoundError, RefusedError } from '#app/services/errors.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import { hashEdition } from '#questionnaires/editions.ts'
import { openWorld, type World } from '../support/world.ts'
import { ownForm } from './own-form.ts'

let world: World
let ana: Member
let stranger: Member

beforeAll(async () => {
  world = await openWorld()
  ana = (await world.signUpMember('Ana Author')).member
  stranger = (await world.signUpMember('Sam Stranger')).member
})
afterAll(() => world?.close())

const publish = (text: string, member = ana) => publishDefinition(member, { text, fileName: 'own.yaml' })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => (error instanceof RefusedError ? error.code : error),
  )

describe('publishing a questionnaire of one’s own', () => {
  test('keeps the very text, under its hash, and records it', async () => {
    const text = ownForm('1')
    expect(await publish(text)).toEqual({
      outcome: 'published',
      formCode: 'own-form',
      edition: '1',
      sha256: hashEdition(text),
    })
    expect(await getDefinitionText(ana, { formCode: 'own-form', edition: '1' })).toBe(text)
    const [entry] = (await listLedger(ana)).entries
    expect(entry?.kind).toBe('questionnaire.published')
  })

  test('never takes the same edition twice, and no older one after a newer one', async () => {
    expect(await codeOf(publish(ownForm('1').replace('Own form', 'Changed')))).toBe('edition-exists')
    await publish(ownForm('2'))
    expect(await codeOf(publish(ownForm('1').replace('edition: "1"', 'edition: "1.5"')))).toBe(
      'edition-not-newer',
    )
  })

  test('leaves the codes of built-in forms alone', async () => {
    expect(await codeOf(publish(ownForm('1', 'core-cyber')))).toBe('form-taken')
  })

  test('names the place of each mistake and publishes nothing', async () => {
    const wrong = ownForm('1', 'wrong-form').replace('control: mfa-remote-access', 'control: no-such-control')
    const outcome = await publish(wrong)
    expect(outcome).toMatchObject({ outcome: 'invalid', problems: [{ line: 17 }] })
    expect(await codeOf(getDefinitionText(ana, { formCode: 'wrong-form', edition: '1' }))).toBeInstanceOf(
      NotFoundError,
    )
  })

  test('makes the older edition superseded, and keeps both for what was started on them', async () => {
    const states = (await listAllEditions(ana))
      .filter(({ edition }) => edition.form.code === 'own-form')
      .map(({ edition, state, origin }) => [edition.edition, state, origin])
    expect(states).toEqual([
      ['2', 'current', 'own'],
      ['1', 'superseded', 'own'],
    ])
  })

  test('is for one’s own organisation only', async () => {
    const listed = await listAllEditions(stranger)
    expect(listed.filter(({ origin }) => origin === 'own')).toEqual([])
    const pick = { formCode: 'own-form', edition: '1' }
    const clientId = await createClient(stranger, demoClients(new Date()).school)
    for (const work of [
      () => getListedEdition(stranger, pick),
      () => getDefinitionText(stranger, pick),
      () => startApplication(stranger, clientId, pick),
      () => retireEdition(stranger, pick, 'A reason that is long enough.'),
      () => draftFromEdition(stranger, pick),
    ]) {
      expect(await codeOf(work())).toBeInstanceOf(NotFoundError)
    }
    // The same code is free for them.
    expect(await publish(ownForm('1'), stranger)).toMatchObject({ outcome: 'published' })
  })
})

describe('retiring an edition', () => {
  test('starts nothing new on it until it is reinstated', async () => {
    const clientId = await createClient(ana, demoClients(new Date()).school)
    const pick = { formCode: 'own-form', edition: '2' }
    await startApplication(ana, clientId, pick)
    await retireEdition(ana, pick, 'The insurer withdrew it.')
    await retireEdition(ana, pick, 'Said twice, recorded once.')
    expect(await codeOf(startApplication(ana, clientId, pick))).toBe('edition-retired')
    expect((await getListedEdition(ana, pick)).found).toMatchObject({
      state: 'retired',
      retired: { reason: 'The insurer withdrew it.', byName: 'Ana Author' },
    })
    const startable = (await listStartableEditions(ana, clientId)).filter(
      ({ formCode }) => formCode === 'own-form',
    )
    expect(startable.map(({ edition }) => edition)).toEqual(['1'])
    await reinstateEdition(ana, pick)
    expect(await codeOf(reinstateEdition(ana, pick))).toBeInstanceOf(NotFoundError)
    expect((await getListedEdition(ana, pick)).found.state).toBe('current')
  })
})

describe('an edition that counts from a later day on', () => {
  test('may be begun early, and the one before it stays current until that day', async () => {
    const later = ownForm('2', 'dated-form').replace('summary:', 'effectiveOn: 2027-03-01\nsummary:')
    await publish(ownForm('1', 'dated-form'))
    await publish(later)
    const clientId = await createClient(ana, demoClients(new Date()).school)
    const offeredOn = async (now: string) => {
      world.setClock(new Date(now))
      const listed = await listStartableEditions(ana, clientId)
      return listed
        .filter(({ formCode }) => formCode === 'dated-form')
        .map(({ edition, countsFrom }) => [edition, countsFrom])
    }
    try {
      expect(await offeredOn('2027-02-28T12:00:00Z')).toEqual([
        ['2', '2027-03-01'],
        ['1', null],
      ])
      expect(await offeredOn('2027-03-01T00:00:00Z')).toEqual([['2', null]])
    } finally {
      world.setClock(null)
    }
  })
})

describe('a definition under work', () => {
  test('may be wrong, is checked at each look, and is published once it is right', async () => {
    const draftId = await createDefinitionDraft(ana, { name: 'Third try', text: 'schema: 1' })
    const wrong = await getDefinitionDraft(ana, draftId)
    expect(wrong.checked.ok).toBe(false)
    expect(await publishDefinitionDraft(ana, draftId, 1)).toMatchObject({ outcome: 'invalid' })
    const text = ownForm('1', 'third-form')
    expect(await saveDefinitionDraft(ana, { draftId, seenVersion: 1, name: 'Third', text })).toBe(true)
    expect(await codeOf(publishDefinitionDraft(ana, draftId, 1))).toBe('draft-changed')
    expect(await publishDefinitionDraft(ana, draftId, 2)).toMatchObject({ outcome: 'published' })
    expect(await codeOf(getDefinitionDraft(ana, draftId))).toBeInstanceOf(NotFoundError)
  })

  test('tells the later of two people', async () => {
    const draftId = await createDefinitionDraft(ana, { name: 'Shared', text: 'a' })
    expect(await saveDefinitionDraft(ana, { draftId, seenVersion: 1, name: 'Shared', text: 'b' })).toBe(true)
    expect(await saveDefinitionDraft(ana, { draftId, seenVersion: 1, name: 'Shared', text: 'c' })).toBe(false)
    expect((await getDefinitionDraft(ana, draftId)).draft.source).toBe('b')
  })

  test('begins from a built-in form as one’s own, with its own name, and says where it was drawn from', async () => {
    const draftId = await draftFromEdition(ana, { formCode: 'core-cyber', edition: '1' })
    const { draft, checked } = await getDefinitionDraft(ana, draftId)
    expect(draft.name).toBe('Core cyber application, our version, edition 1')
    expect(checked).toMatchObject({
      ok: true,
      edition: {
        form: {
          code: 'own-core-cyber',
          title: 'Core cyber application, our version',
          issuer: ana.organisationName,
        },
        edition: '1',
        summary: 'Drawn from “Core cyber application” (core-cyber) of Harbor Mutual, edition 1.',
      },
    })
    expect(await publishDefinitionDraft(ana, draftId, 1)).toMatchObject({ outcome: 'published' })
  })

  test('takes a code that neither a form nor a draft has', async () => {
    const codes: string[] = []
    for (const edition of ['1', '2']) {
      const draftId = await draftFromEdition(ana, { formCode: 'core-cyber', edition })
      const { checked } = await getDefinitionDraft(ana, draftId)
      if (checked.ok) codes.push(checked.edition.form.code)
    }
    expect(codes).toEqual(['own-core-cyber-2', 'own-core-cyber-3'])
  })

  test('begins the next edition of one’s own form, which then says what it follows', async () => {
    const draftId = await draftFromEdition(ana, { formCode: 'own-form', edition: '2' })
    const { checked } = await getDefinitionDraft(ana, draftId)
    expect(checked).toMatchObject({ ok: true, edition: { edition: '3', follows: '2' } })
  })
})
