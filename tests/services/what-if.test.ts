import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { publishDefinition } from '#app/services/definitions.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import type { Member } from '#app/services/member.ts'
import { lookAhead, type WhatIfRow } from '#app/services/what-if.server.ts'
import type { Answer } from '#questionnaires/answers.ts'
import { openWorld, type World } from '../support/world.ts'

const NOW = new Date('2026-11-24T10:00:00Z')
const PICK = { formCode: 'outlook', edition: '1' }
const FORM = `schema: 1
form: { code: outlook, title: Outlook, issuer: Lakeside IT }
edition: "1"
publishedOn: 2026-01-05
summary: One question for every outlook.
declaration:
  text: True to the best of my knowledge.
  signerRoles: [{ id: owner, label: Owner }]
  maximumAgeDays: 45
sections:
  - id: only
    title: Only
    questions:
      - { id: mfa, kind: yes-no, prompt: MFA?, control: mfa-email, reference: { item: "1" } }
      - { id: plan, kind: yes-no, prompt: Plan?, control: ir-plan, reference: { item: "2" } }
      - { id: tabletop, kind: yes-no, prompt: Tabletop?, control: ir-tabletop, reference: { item: "3" } }
      - { id: edr, kind: yes-no, prompt: EDR?, control: edr-coverage, reference: { item: "4" } }
      - id: backup
        kind: single-choice
        prompt: How often?
        control: backup-frequency-scope
        options: [{ id: daily, label: Daily }, { id: monthly, label: Monthly }]
        reference: { item: "5" }
      - id: monthly-too
        kind: single-choice
        prompt: How often is the network scanned?
        control: vuln-scan-external
        options: [{ id: monthly, label: Monthly }, { id: yearly, label: Yearly }]
        reference: { item: "6" }
      - { id: owner, kind: text, prompt: Who?, reference: { item: "7" } }
      - { id: remark, kind: text, prompt: Anything else?, required: false, reference: { item: "8" } }
      - { id: wires, kind: yes-no, prompt: Wires?, reference: { item: "9" } }
`

let world: World
let member: Member
let row: WhatIfRow | undefined

const chosen = (choice: string): Answer => ({ state: 'answered', value: { kind: 'single-choice', choice } })
const yes: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }
const ANSWERS: Record<string, Answer> = {
  mfa: { state: 'answered', value: { kind: 'yes-no', choice: 'no' }, explanation: 'Next spring.' },
  plan: yes,
  tabletop: yes,
  edr: yes,
  backup: chosen('monthly'),
  'monthly-too': chosen('yearly'),
  wires: { state: 'dont-know', gap: { owner: 'Olive Owner', dueOn: '2026-12-24' } },
}

async function addEvidence(clientId: string, kind: string, controlId: string, validUntil: string) {
  async function* bytes() {
    yield new TextEncoder().encode(`${kind} ${crypto.randomUUID()}`)
  }
  await registerEvidence(member, clientId, await storeFile(member, bytes()), 'file.txt', {
    kind,
    title: kind,
    observedOn: '2026-11-01',
    validUntil,
    collector: '',
    controlIds: [controlId],
    questionRefs: [],
    viewpoint: 'internal',
  })
}

beforeAll(async () => {
  world = await openWorld()
  world.setClock(NOW)
  member = (await world.signUpMember('Lou Ahead')).member
  await publishDefinition(member, { text: FORM, fileName: 'outlook.yaml' })
  const clientId = await createClient(member, demoClients(NOW).school)
  await addEvidence(clientId, 'plan-document', 'ir-plan', '2027-06-01')
  await addEvidence(clientId, 'tabletop-report', 'ir-tabletop', '2026-11-10')
  await addEvidence(clientId, 'backup-job-report', 'backup-frequency-scope', '2026-12-20')
  const applicationId = await startApplication(member, clientId, PICK)
  for (const [questionId, answer] of Object.entries(ANSWERS)) {
    await recordAnswer(member, { applicationId, questionId, answer, seenVersion: 0 })
  }
  row = (await lookAhead(member, PICK)).rows[0]
})
afterAll(() => world?.close())

describe('a client on an edition', () => {
  const reasons = (list: WhatIfRow['short'] = []) => list.map(({ questionId, why }) => [questionId, why])

  test('falls short only on what is contradicted or known not to be in place', () => {
    expect(row?.outlook).toBe('short')
    expect(reasons(row?.short)).toEqual([
      ['mfa', 'not-in-place'],
      ['backup', 'partly'],
    ])
  })

  test('is not known where an answer or fresh evidence is missing, each named as what it is', () => {
    expect(reasons(row?.unknown)).toEqual([
      ['tabletop', 'stale'],
      ['edr', 'unsupported'],
      // "Yearly" is only partly enough, but whether even that is true nothing shows.
      ['monthly-too', 'unsupported'],
      ['wires', 'dont-know'],
      ['owner', 'unanswered'],
    ])
    for (const { sentence } of row?.unknown ?? []) expect(sentence).toMatch(/\.$/)
  })

  test('has every question it is asked in exactly one of the three', () => {
    expect(row?.counts).toEqual({ short: 2, unknown: 5, fine: 2 })
  })

  test('without any answer is not known, and does not fall short', async () => {
    const other = (await world.signUpMember('Nell New')).member
    await publishDefinition(other, { text: FORM, fileName: 'outlook.yaml' })
    await createClient(other, demoClients(NOW).school)
    const [fresh] = (await lookAhead(other, PICK)).rows
    expect(fresh).toMatchObject({ outlook: 'unknown', short: [], counts: { short: 0, unknown: 8, fine: 1 } })
  })
})
