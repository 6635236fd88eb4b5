/** The quarterly review pack of clients who sign: renewals, several forms at once, re-attestations that are taken back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalStatement } from '#app/report/statement.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { publishDefinition } from '#app/services/definitions.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { moveApplication } from '#app/services/edition-moves.server.ts'
import type { Member } from '#app/services/member.ts'
import { discardReattestation, startReattestation } from '#app/services/reattestations.server.ts'
import { withdrawReport } from '#app/services/reports.server.ts'
import { getReviewPack } from '#app/services/review-pack.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { updateReattestation } from '#db/queries/reattestations.server.ts'
import { insertReport } from '#db/queries/reports.server.ts'
import type { Answer, Answers } from '#questionnaires/answers.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { getEdition } from '#questionnaires/library.server.ts'
import { exampleStatement } from '../report/example-statement.ts'
import { openWorld, type World } from '../support/world.ts'
import { ownForm } from './own-form.ts'
import { digestOf, signApplication } from './report-rows.ts'
import { addEvidence, tell } from './review-pack-world.ts'

let world: World
let member: Member
const SECOND = { first: '2026-04-01', last: '2026-06-30' }
const THIRD = { first: '2026-07-01', last: '2026-09-30' }
const YES: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }
const OWNER: Answer = { state: 'answered', value: { kind: 'text', text: 'Olive Owner' } }
const moment = (day: string) => new Date(`${day}T09:00:00Z`)
const at = (day: string) => world.setClock(moment(day))

beforeAll(async () => {
  world = await openWorld()
  at('2026-01-05')
  member = (await world.signUpMember('Quinn Review')).member
  for (const code of ['own-form', 'other-form'])
    for (const edition of ['1', '2'] as const)
      await publishDefinition(member, { text: ownForm(edition, code), fileName: 'own.yaml' })
})
afterAll(() => world?.close())

const newClient = () => createClient(member, demoClients(moment('2026-01-05')).dental)

async function answer(applicationId: string, answers: Answers) {
  for (const [questionId, given] of Object.entries(answers))
    await recordAnswer(member, { applicationId, questionId, answer: given, seenVersion: 0 })
}

/** Begun, answered and signed by both on one day. */
async function signed(clientId: string, formCode: string, day: string, answers: Answers, from?: string) {
  at(day)
  const applicationId = from
    ? await moveApplication(member, from, { formCode, edition: '2' })
    : await startApplication(member, clientId, { formCode, edition: '1' })
  await answer(applicationId, answers)
  await signApplication(member, {
    clientId,
    applicationId,
    at: moment(day),
    formCode,
    file: applicationId[0] ?? '',
  })
  return applicationId
}

/** What a scan from outside shows. */
async function scanned(clientId: string, day: string, rdpOpen: number) {
  at(day)
  const { revisionId } = await addEvidence(member, clientId, day)
  await tell(member, clientId, revisionId, 'exposure.rdp_open_count', rdpOpen)
}

describe('the pack of a quarter with a renewal', () => {
  const given = dentalAnswers(moment('2026-06-10'))
  const asked = new Set(listQuestions(getEdition('core-cyber', '2').edition).map(({ id }) => id))
  const renewed = Object.fromEntries(Object.entries(given).filter(([id]) => asked.has(id)))

  test('holds it against the application that it follows', async () => {
    const clientId = await newClient()
    const before = await signed(clientId, 'core-cyber', '2026-06-10', given)
    await scanned(clientId, '2026-06-20', 0)
    await signed(clientId, 'core-cyber', '2026-08-10', renewed, before)
    await scanned(clientId, '2026-08-20', 3)
    at('2026-10-05')
    const pack = await getReviewPack(member, clientId, THIRD)
    expect(pack.forms).toMatchObject([{ edition: '2', isSigned: true }])
    expect(pack.improved).toEqual([])
    expect(pack.drifted).toContainEqual(expect.objectContaining({ before: 'proved', now: 'contradicted' }))
    expect(new Set(pack.drifted.map(({ now }) => now))).toEqual(new Set(['contradicted']))
    expect(pack.contradictions).toMatchObject({ opened: pack.contradictions.left, closed: 0 })
    const answers = Object.keys(renewed).length
    expect(pack.firstAnswered.count).toBeLessThan(answers / 2)
  })

  test('counts what its edition asks in another way as answered first', async () => {
    const clientId = await newClient()
    const before = await signed(clientId, 'own-form', '2026-06-10', { mfa: YES, patching: YES, owner: OWNER })
    const parts = { 'mfa-staff': YES, 'mfa-suppliers': YES }
    await signed(clientId, 'own-form', '2026-08-10', { ...parts, patching: YES, owner: OWNER }, before)
    at('2026-10-05')
    const pack = await getReviewPack(member, clientId, THIRD)
    expect(pack).toMatchObject({ improved: [], drifted: [], firstAnswered: { count: 2, contradicted: 0 } })
  })
})

test('the actions of a pack count the answers of every form in force', async () => {
  const clientId = await newClient()
  for (const code of ['own-form', 'other-form'])
    await signed(clientId, code, '2026-06-10', { mfa: YES, patching: YES, owner: OWNER })
  at('2026-10-05')
  const pack = await getReviewPack(member, clientId, THIRD)
  expect(pack.forms).toHaveLength(2)
  const remedies = pack.actions.flatMap((action) => (action.kind === 'remedy' ? [action.answers] : []))
  expect(remedies.length).toBeGreaterThan(0)
  expect(remedies.every((answers) => answers % 2 === 0)).toBe(true)
})

describe('a re-attestation that was signed in the quarter', () => {
  async function reattested(clientId: string) {
    const applicationId = await signed(clientId, 'core-cyber', '2026-01-12', {})
    at('2026-04-28')
    const begun = await startReattestation(member, applicationId)
    if (begun.outcome !== 'started') throw new Error(JSON.stringify(begun))
    const { database, newId, clock } = getRuntime()
    const { organisationId } = member
    const [reportId, example] = [newId(), exampleStatement()]
    await database.inOrganisation(organisationId, async (tx) => {
      await insertReport(tx, {
        ...{ organisationId, id: reportId, kind: 'reattestation', applicationId, clientId, state: 'signed' },
        statement: canonicalStatement({
          ...example,
          reattestation: {
            period: { number: 1, first: '2026-04-12', last: '2026-07-11' },
            chain: [
              {
                ...{ reportId: newId(), number: 0, attestedAt: clock().toISOString() },
                ...{ statementSha256: digestOf('a'), pdfSha256: digestOf('b') },
              },
            ],
            ...{ answers: [], newExceptions: [], openSubjectivities: [], changedFacts: [] },
          },
        }),
        ...{ statementSha256: digestOf('0'), pdfSha256: digestOf('c'), createdBy: member.userId },
        ...{ createdAt: clock(), certifiedAt: clock(), attestedAt: clock() },
      })
      await updateReattestation(tx, organisationId, begun.reattestationId, { state: 'signed', reportId })
    })
    return { reattestationId: begun.reattestationId, reportId }
  }
  const SIGNED = { lastOn: '2026-04-28', isApplication: false, next: null, nextOn: '2026-07-12' }

  test('stays so in that quarter’s pack after it was withdrawn and its draft thrown away', async () => {
    const clientId = await newClient()
    const { reattestationId, reportId } = await reattested(clientId)
    at('2026-07-05')
    const first = await getReviewPack(member, clientId, SECOND)
    expect(first.attested).toMatchObject([SIGNED])
    await withdrawReport(member, reportId, 'The wrong officer signed.')
    expect((await getReviewPack(member, clientId, SECOND)).attested).toEqual(first.attested)
    await discardReattestation(member, reattestationId, { reason: 'Begun again later.' })
    expect((await getReviewPack(member, clientId, SECOND)).attested).toEqual(first.attested)
  })

  test('counts no more once it was withdrawn before the quarter ended', async () => {
    const clientId = await newClient()
    const { reportId } = await reattested(clientId)
    at('2026-05-20')
    await withdrawReport(member, reportId, 'The wrong officer signed.')
    at('2026-07-05')
    expect((await getReviewPack(member, clientId, SECOND)).attested).toMatchObject([
      { lastOn: '2026-01-12', isApplication: true, next: { first: '2026-04-12', last: '2026-07-11' } },
    ])
  })
})
