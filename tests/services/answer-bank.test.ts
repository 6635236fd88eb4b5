import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listProposals, proposeAgain } from '#app/services/answer-bank.server.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { getApplication, startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { publishDefinition } from '#app/services/definitions.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { NotFoundError } from '#app/services/errors.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import type { Answer } from '#questionnaires/answers.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let ana: Member
let stranger: Member

const form = (code: string, question: string) => `schema: 1
form: { code: ${code}, title: Form ${code}, issuer: Lakeside IT }
edition: "1"
publishedOn: 2026-01-05
summary: A form of our own.
declaration:
  text: True to the best of my knowledge.
  signerRoles: [{ id: owner, label: Owner }]
  maximumAgeDays: 45
sections:
  - id: only
    title: Only
    questions:
      - id: edr
        reference: { item: "1" }
        control: edr-coverage
${question}
`
const COUNTS = `        kind: percent
        population: servers and workstations
        prompt: On how many devices does EDR run?`
const YES_NO = `        kind: yes-no
        prompt: Does EDR run on all servers and workstations?`

const counted = (covered: number): Answer => ({
  state: 'answered',
  value: { kind: 'percent', covered, total: 200 },
})

beforeAll(async () => {
  world = await openWorld()
  ana = (await world.signUpMember('Ana Banker')).member
  stranger = (await world.signUpMember('Sam Stranger')).member
  await publishDefinition(ana, { text: form('counting', COUNTS), fileName: 'a.yaml' })
  await publishDefinition(ana, { text: form('asking', YES_NO), fileName: 'b.yaml' })
})
afterAll(() => world?.close())

const start = (clientId: string, formCode: string) =>
  startApplication(ana, clientId, { formCode, edition: '1' })
const newClient = () => createClient(ana, demoClients(new Date()).school)
const save = (applicationId: string, answer: Answer | null, seenVersion: number) =>
  recordAnswer(ana, { applicationId, questionId: 'edr', answer, seenVersion })
const proposalsOf = (applicationId: string) =>
  getRuntime().database.inOrganisation(ana.organisationId, (tx) =>
    listProposals(tx, ana.organisationId, applicationId),
  )

describe('one answer for many forms', () => {
  test('arrives in another form as a proposal with its words, its source and what got lost', async () => {
    const clientId = await newClient()
    const counting = await start(clientId, 'counting')
    await save(counting, counted(180), 0)
    const asking = await start(clientId, 'asking')
    expect((await getApplication(ana, asking)).answers).toEqual({})
    const { edr } = await proposalsOf(asking)
    expect(edr?.answer).toMatchObject({ state: 'answered', value: { kind: 'yes-no', choice: 'no' } })
    expect(edr?.sources).toMatchObject([
      {
        kind: 'bank',
        applicationId: counting,
        formTitle: 'Form counting',
        item: '1',
        prompt: 'On how many devices does EDR run?',
        shown: '180 of 200 (90.0 %)',
        answeredBy: 'Ana Banker',
      },
    ])
    expect(edr?.lost.join(' ')).toContain('180')
  })

  test('counts for nothing until a person confirms it', async () => {
    const clientId = await newClient()
    await save(await start(clientId, 'counting'), counted(200), 0)
    const asking = await start(clientId, 'asking')
    const { progress } = await getApplication(ana, asking)
    expect(progress[0]).toMatchObject({ answered: 0, requiredMissing: ['edr'] })
  })

  test('cannot say more than was said: a "yes" gives no counts', async () => {
    const clientId = await newClient()
    await save(
      await start(clientId, 'asking'),
      { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } },
      0,
    )
    expect(await proposalsOf(await start(clientId, 'counting'))).toEqual({})
  })

  test('follows the newest word, and none that was taken back', async () => {
    const clientId = await newClient()
    const counting = await start(clientId, 'counting')
    await save(counting, counted(180), 0)
    await save(counting, counted(200), 1)
    expect((await proposalsOf(await start(clientId, 'asking'))).edr?.answer).toMatchObject({
      value: { choice: 'yes' },
    })
    await save(counting, null, 2)
    expect(await proposalsOf(await start(clientId, 'asking'))).toEqual({})
  })

  test('stays with its client', async () => {
    const first = await newClient()
    await save(await start(first, 'counting'), counted(200), 0)
    expect(await proposalsOf(await start(await newClient(), 'asking'))).toEqual({})
  })

  test('can be looked for again in a draft begun earlier, by its own organisation only', async () => {
    const clientId = await newClient()
    const asking = await start(clientId, 'asking')
    expect(await proposeAgain(ana, asking)).toBe(0)
    await save(await start(clientId, 'counting'), counted(200), 0)
    expect(await proposeAgain(ana, asking)).toBe(1)
    expect(await proposeAgain(ana, asking)).toBe(0)
    await expect(proposeAgain(stranger, asking)).rejects.toBeInstanceOf(NotFoundError)
  })
})
