import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordAnswer } from '#app/services/answers.server.ts'
import { getApplication, startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { NotFoundError } from '#app/services/errors.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import type { Answer } from '#questionnaires/answers.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let ana: Member
let applicationId: string

const yes: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }
const no = (explanation?: string): Answer => ({
  state: 'answered',
  value: { kind: 'yes-no', choice: 'no' },
  explanation,
})

beforeAll(async () => {
  world = await openWorld()
  ana = (await world.signUpMember('Ana Answers')).member
  const clientId = await createClient(ana, demoClients(new Date()).school)
  applicationId = await startApplication(ana, clientId, { formCode: 'core-cyber', edition: '1' })
})
afterAll(() => world?.close())

const save = (questionId: string, answer: Answer | null, seenVersion: number, member = ana) =>
  recordAnswer(member, { applicationId, questionId, answer, seenVersion })

const newestEntry = async () => (await listLedger(ana)).entries[0]

describe('recording an answer', () => {
  test('saves it with its ledger entry, and counts its versions', async () => {
    expect(await save('mfa-email', yes, 0)).toMatchObject({ outcome: 'saved', version: 1 })
    expect(await save('mfa-email', no('The owner has none yet.'), 1)).toMatchObject({
      outcome: 'saved',
      version: 2,
    })
    const entry = await newestEntry()
    expect(entry?.kind).toBe('answer.recorded')
    expect(JSON.parse(entry?.payload ?? '')).toMatchObject({
      applicationId,
      questionId: 'mfa-email',
      version: 2,
    })
  })

  test('tells the later of two people, and changes nothing for them', async () => {
    await save('mfa-cloud-admin', yes, 0)
    const before = await newestEntry()
    const later = await save('mfa-cloud-admin', no('Found one without.'), 0)
    expect(later).toMatchObject({
      outcome: 'conflict',
      current: { version: 1, by: 'Ana Answers', shown: 'Yes', answer: yes },
    })
    expect((await newestEntry())?.hash).toBe(before?.hash)
  })

  test('lets exactly one of many simultaneous first saves through', async () => {
    const attempts = await Promise.all(Array.from({ length: 8 }, () => save('ir-plan', yes, 0)))
    const outcomes = attempts.map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(7)
  })

  test('refuses a "no" without an explanation and an answer of another kind', async () => {
    expect(await save('payment-callback', no(), 0)).toMatchObject({
      outcome: 'invalid',
      fieldErrors: [{ path: 'explanation' }],
    })
    const text: Answer = { state: 'answered', value: { kind: 'text', text: 'yes' } }
    expect(await save('payment-callback', text, 0)).toMatchObject({ outcome: 'invalid' })
  })

  test('stores what was checked: trimmed, and in the order of the options', async () => {
    const answer: Answer = {
      state: 'answered',
      value: { kind: 'multiple-choice', choices: ['gateway', 'vpn'] },
      explanation: '  both  ',
    }
    await save('remote-access', answer, 0)
    const { answers } = await getApplication(ana, applicationId)
    expect(answers['remote-access']).toEqual({
      state: 'answered',
      value: { kind: 'multiple-choice', choices: ['vpn', 'gateway'] },
      explanation: 'both',
    })
  })

  test('"I don’t know" opens a gap and can be cleared again', async () => {
    const unknown: Answer = { state: 'dont-know', gap: { owner: 'Ana', dueOn: '2027-01-31' } }
    await save('restore-test', unknown, 0)
    const { progress } = await getApplication(ana, applicationId)
    expect(progress.find(({ sectionId }) => sectionId === 'backups')).toMatchObject({
      dontKnow: 1,
      answered: 0,
    })
    expect(await save('restore-test', null, 1)).toMatchObject({ outcome: 'saved', version: 2 })
    const after = await getApplication(ana, applicationId)
    expect(after.answers['restore-test']).toBeUndefined()
  })

  test('finds no question that the edition lacks and no application of somebody else', async () => {
    await expect(save('no-such-question', yes, 0)).rejects.toThrow(NotFoundError)
    const { member: stranger } = await world.signUpMember('Stan Stranger')
    await expect(save('mfa-email', yes, 0, stranger)).rejects.toThrow(NotFoundError)
  })
})
