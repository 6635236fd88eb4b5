import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listProposals } from '#app/services/answer-bank.server.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { discardApplication, getApplication, startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { publishDefinition } from '#app/services/definitions.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { getMoveOf, listMoveTargets, moveApplication } from '#app/services/edition-moves.server.ts'
import { NotFoundError, RefusedError } from '#app/services/errors.ts'
import type { Member } from '#app/services/member.ts'
import { previewMove } from '#app/services/move-preview.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { lookAhead } from '#app/services/what-if.server.ts'
import { setApplicationState } from '#db/queries/applications.server.ts'
import type { Answer, Answers } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { waitingBySection } from '#questionnaires/waiting-proposals.ts'
import { openWorld, type World } from '../support/world.ts'
import { ownForm } from './own-form.ts'

let world: World
let ana: Member
let stranger: Member
let clientId: string

const yes: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }
const no: Answer = {
  state: 'answered',
  value: { kind: 'yes-no', choice: 'no' },
  explanation: 'All are current.',
}
const text: Answer = { state: 'answered', value: { kind: 'text', text: 'Olive Owner' } }
const TO = { formCode: 'own-form', edition: '2' }

beforeAll(async () => {
  world = await openWorld()
  ana = (await world.signUpMember('Ana Mover')).member
  stranger = (await world.signUpMember('Sam Stranger')).member
  clientId = await createClient(ana, demoClients(new Date()).school)
  for (const edition of ['1', '2'] as const) {
    await publishDefinition(ana, { text: ownForm(edition), fileName: 'own.yaml' })
  }
})
afterAll(() => world?.close())

async function answeredDraft(): Promise<string> {
  const applicationId = await startApplication(ana, clientId, { formCode: 'own-form', edition: '1' })
  for (const [questionId, answer] of Object.entries({ mfa: yes, patching: yes, owner: text, retired: no })) {
    await recordAnswer(ana, { applicationId, questionId, answer, seenVersion: 0 })
  }
  return applicationId
}

const proposalsOf = (applicationId: string, member = ana) =>
  getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    listProposals(tx, member.organisationId, applicationId),
  )

describe('the preview of a move', () => {
  test('says of each question what becomes of its answer, and writes nothing', async () => {
    const applicationId = await answeredDraft()
    const preview = await previewMove(ana, applicationId, TO)
    const outcomes = preview.sections.flatMap(({ questions }) =>
      questions.map(({ id, outcome, changes }) => [id, outcome, changes.map(({ kind }) => kind)]),
    )
    expect(outcomes).toEqual([
      ['mfa-staff', 'ask-again', ['split']],
      ['mfa-suppliers', 'ask-again', ['split']],
      ['patching', 'ask-again', expect.arrayContaining(['threshold-changed'])],
      ['owner', 'kept', []],
      ['assistants', 'open', expect.arrayContaining(['added'])],
    ])
    expect(preview.dropped).toMatchObject([{ questionId: 'retired', shown: 'No: All are current.' }])
    expect((await listMoveTargets(ana, applicationId)).map(({ edition }) => edition)).toEqual(['2'])
    expect((await getMoveOf(ana, applicationId)).successors).toEqual([])
  })
})

describe('the figures of the preview', () => {
  test('are those of the draft that is begun, now and after its proposals are confirmed', async () => {
    const now = new Date()
    const { member } = await world.signUpMember('Fia Figures')
    const insured = await createClient(member, demoClients(now).dental)
    const before = await startApplication(member, insured, { formCode: 'core-cyber', edition: '1' })
    for (const [questionId, answer] of Object.entries(dentalAnswers(now))) {
      await recordAnswer(member, { applicationId: before, questionId, answer, seenVersion: 0 })
    }
    const to = { formCode: 'core-cyber', edition: '2' }
    const { counts } = await previewMove(member, before, to)
    const applicationId = await moveApplication(member, before, to)
    const draft = await getApplication(member, applicationId)
    const proposals = await proposalsOf(applicationId, member)
    const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
    const asked = (answers: Answers) => applicableQuestions(draft.edition, answers, draft.circumstances)

    expect(counts.atOnce).toBe(sum(draft.progress.map(({ applicable }) => applicable)))
    expect(counts.answeredAtOnce).toBe(
      sum(draft.progress.map(({ answered, dontKnow }) => answered + dontKnow)),
    )
    const applicable = asked(draft.answers)
    const waiting = waitingBySection(draft.edition, { applicable, answers: draft.answers, proposals })
    expect(counts.proposedAtOnce).toBe(sum(Object.values(waiting)))

    const confirmed = Object.entries(proposals).flatMap(([id, { answer }]) => (answer ? [[id, answer]] : []))
    const after = asked({ ...Object.fromEntries(confirmed), ...draft.answers })
    expect(counts.later).toBe([...after].filter((id) => !applicable.has(id)).length)
    expect(counts.later).toBeGreaterThan(0)
    expect(counts.kept + counts.proposed + counts.askAgain + counts.open).toBe(counts.atOnce + counts.later)
    expect(counts.atOnce + counts.later + counts.notAsked).toBe(listQuestions(draft.edition).length)
  })
})

describe('moving a draft', () => {
  test('keeps what means the same under the name of whoever said it, and confirms nothing else', async () => {
    const before = await answeredDraft()
    const old = await getApplication(ana, before)
    const applicationId = await moveApplication(ana, before, TO)
    const moved = await getApplication(ana, applicationId)
    expect(moved.answers).toEqual({ owner: text })
    expect(moved.answerRows).toMatchObject([{ answeredByName: 'Ana Mover', version: 1 }])
    const proposals = await proposalsOf(applicationId)
    for (const part of ['mfa-staff', 'mfa-suppliers', 'patching']) {
      expect(proposals[part]).toMatchObject({
        answer: null,
        sources: [{ kind: 'earlier-edition', shown: 'Yes', answeredBy: 'Ana Mover' }],
      })
    }
    // Whoever answers anew is told there, and not only in the preview, what changed.
    expect(proposals['mfa-suppliers']?.changed).toEqual([
      expect.stringContaining('is now asked in 2 questions'),
    ])
    expect(proposals.patching?.changed?.join(' ')).toMatch(/30.*14|14.*30/)
    // Nothing of the old application is altered.
    const after = await getApplication(ana, before)
    expect(after.answerRows).toEqual(old.answerRows)
    expect(after.application).toEqual(old.application)
    expect(await getMoveOf(ana, before)).toMatchObject({ successors: [{ id: applicationId, edition: '2' }] })
  })

  test('is undone by throwing the new draft away', async () => {
    const before = await answeredDraft()
    const applicationId = await moveApplication(ana, before, TO)
    await discardApplication(ana, applicationId)
    await expect(getApplication(ana, applicationId)).rejects.toBeInstanceOf(NotFoundError)
    expect((await getMoveOf(ana, before)).successors).toEqual([])
    expect((await getApplication(ana, before)).answers).toMatchObject({ mfa: yes })
  })

  test('refuses another form, the same edition and other people’s applications', async () => {
    const applicationId = await answeredDraft()
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error) => (error instanceof RefusedError ? error.code : error),
      )
    expect(await codeOf(moveApplication(ana, applicationId, { formCode: 'core-cyber', edition: '1' }))).toBe(
      'another-form',
    )
    expect(await codeOf(moveApplication(ana, applicationId, { formCode: 'own-form', edition: '1' }))).toBe(
      'same-edition',
    )
    expect(await codeOf(moveApplication(stranger, applicationId, TO))).toBeInstanceOf(NotFoundError)
    expect(await codeOf(previewMove(stranger, applicationId, TO))).toBeInstanceOf(NotFoundError)
    expect(await codeOf(discardApplication(stranger, applicationId))).toBeInstanceOf(NotFoundError)
  })
})

describe('renewing what was signed', () => {
  test('proposes every answer, confirms none, and leaves the signed application alone', async () => {
    const before = await answeredDraft()
    await getRuntime().database.inOrganisation(ana.organisationId, (tx) =>
      setApplicationState(tx, ana.organisationId, before, 'frozen', getRuntime().clock()),
    )
    expect((await listMoveTargets(ana, before)).map(({ edition }) => edition)).toEqual(['2', '1'])
    const applicationId = await moveApplication(ana, before, { formCode: 'own-form', edition: '1' })
    const renewed = await getApplication(ana, applicationId)
    expect(renewed.answers).toEqual({})
    expect(renewed.circumstances.renewal).toBe('yes')
    const proposals = await proposalsOf(applicationId)
    expect(proposals.mfa).toMatchObject({ answer: yes })
    expect(Object.keys(proposals).sort()).toEqual(['mfa', 'owner', 'patching', 'retired'])
    expect((await getApplication(ana, before)).application.state).toBe('frozen')
  })
})

describe('who would fall short', () => {
  test('reads each client’s answers as the new edition would, and names the questions', async () => {
    const { rows } = await lookAhead(ana, TO)
    expect(rows).toHaveLength(1)
    const [row] = rows
    expect(row?.client.id).toBe(clientId)
    const why = new Map(row?.unknown.map((shortfall) => [shortfall.questionId, shortfall.why]))
    // A "yes" to the undivided question answers neither of its parts.
    expect(why.get('mfa-suppliers')).toBe('unanswered')
    expect(why.get('assistants')).toBe('unanswered')
    expect(why.has('owner')).toBe(false)
    expect(row).toMatchObject({ outlook: 'unknown', short: [], counts: { short: 0 } })
  })

  test('shows nobody else’s clients and finds nobody else’s edition', async () => {
    await expect(lookAhead(stranger, TO)).rejects.toBeInstanceOf(NotFoundError)
    expect((await lookAhead(stranger, { formCode: 'core-cyber', edition: '1' })).rows).toEqual([])
  })
})
