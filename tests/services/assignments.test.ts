import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { AssignmentChange, NotMineInput, RoomAnswerInput } from '#app/services/assignment-input.ts'
import { listApplicationAssignments, listClientAssignments } from '#app/services/assignment-list.server.ts'
import { getAssignmentPage } from '#app/services/assignment-page.server.ts'
import { acceptAssignment, returnAssignment } from '#app/services/assignment-review.server.ts'
import { shareOut } from '#app/services/assignment-shares.ts'
import { writeAssignmentTable } from '#app/services/assignment-table.ts'
import { assignQuestions, takeBackAssignments } from '#app/services/assignments.server.ts'
import type { Key } from '#app/services/attestation-door.server.ts'
import { createClient, setClientArchived } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { CHANGES_PER_QUESTION, saveRoomAnswer, sayNotMine } from '#app/services/room-answers.server.ts'
import { visitRoomForm } from '#app/services/room-forms.server.ts'
import { visitRoom } from '#app/services/room-visit.server.ts'
import { listRoomLinks, revokeRoomLink } from '#app/services/rooms.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { setApplicationState } from '#db/queries/applications.server.ts'
import { updateAssignment } from '#db/queries/assignments.server.ts'
import type { Answer } from '#questionnaires/answers.ts'
import type { SignedIn } from '../routes/evidence-calls.ts'
import { openWorld, type World } from '../support/world.ts'
import { ADA, caller, code, enterByLink, enterRoom, FIONA, ORIGIN } from './room-world.ts'

const NOW = new Date('2026-11-27T10:00:00.000Z')
const YES: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }
const NO: Answer = {
  state: 'answered',
  value: { kind: 'yes-no', choice: 'no' },
  explanation: 'Only above 50,000; the procedure changes in January.',
}

let world: World
let mia: SignedIn
let eve: SignedIn
let clientId: string
let applicationId: string

beforeAll(async () => {
  world = await openWorld()
  mia = await world.signUpMember('Mia Member')
  eve = await world.signUpMember('Eve Elsewhere')
})
beforeEach(async () => {
  world.setClock(NOW)
  clientId = await createClient(mia.member, demoClients(NOW).dental)
  applicationId = await startApplication(mia.member, clientId, { formCode: 'payment-fraud', edition: '2' })
})
afterEach(() => world.setClock(NOW))
afterAll(() => world?.close())

const assign = (questionIds: string[], person = FIONA, more: { dueOn?: string; note?: string } = {}) =>
  assignQuestions(
    mia.member,
    applicationId,
    { ...person, questionIds, dueOn: '2026-12-04', note: '', ...more },
    ORIGIN,
  )

/** Assigned to Fiona, and she is in her room. */
async function asked(questionIds: string[], person = FIONA): Promise<Key> {
  const { href } = await assign(questionIds, person)
  return enterByLink(mia.member, href, person.recipientEmail)
}

async function questionIn(key: Key, questionId: string) {
  const { questions } = await visitRoomForm(key, applicationId)
  const found = questions.find(({ question }) => question.id === questionId)
  if (!found) throw new Error(`No ${questionId} in the room`)
  return found
}

async function answer(key: Key, questionId: string, given: Answer | null) {
  const { assignmentId, version } = await questionIn(key, questionId)
  return saveRoomAnswer(key, assignmentId, { answer: given, seenVersion: version }, caller)
}

const page = (view: 'open' | 'assigned' | 'all' = 'all', more = {}) =>
  getAssignmentPage(mia.member, applicationId, { view, section: '', area: '', ...more })

async function waitingOne() {
  const [waiting] = (await page()).waiting
  if (!waiting) throw new Error('Nothing waits')
  return { assignmentId: waiting.assignmentId, seenVersion: waiting.version, waiting }
}

const freeze = () =>
  getRuntime().database.inOrganisation(mia.member.organisationId, (tx) =>
    setApplicationState(tx, mia.member.organisationId, applicationId, 'frozen', NOW),
  )

describe('what is typed', () => {
  test.each([
    ['no question', { questionIds: [] }, 'questionIds'],
    ['too many questions', { questionIds: Array.from({ length: 1001 }, (_, n) => `q${n}`) }, 'questionIds'],
    ['no address', { recipientEmail: 'fiona' }, 'recipientEmail'],
    ['no day', { dueOn: 'soon' }, 'dueOn'],
    ['too long a note', { note: 'x'.repeat(1001) }, 'note'],
  ])('with %s is refused at its field', (_, words, field) => {
    const good = { intent: 'assign', ...FIONA, questionIds: ['callback'], dueOn: '2026-12-04', note: '' }
    expect(AssignmentChange.safeParse(good).success).toBe(true)
    const result = AssignmentChange.safeParse({ ...good, ...words })
    expect(result.error?.issues.map(({ path }) => path[0])).toEqual([field])
  })

  test('in a room is an answer or nothing, with the version it was made on', () => {
    for (const seenVersion of [0, -1, 1.5, '1', null])
      expect(RoomAnswerInput.safeParse({ answer: YES, seenVersion }).success).toBe(false)
    for (const given of ['yes', {}, { state: 'accepted' }, { ...YES, value: { kind: 'sql', choice: 'yes' } }])
      expect(RoomAnswerInput.safeParse({ answer: given, seenVersion: 1 }).success).toBe(false)
    const passing = { intent: 'not-mine', assignmentId: crypto.randomUUID(), seenVersion: '1' }
    expect(NotMineInput.safeParse({ ...passing, reason: '  ' }).success).toBe(false)
  })
})

describe('assigning', () => {
  test('a whole section sends one mail, with a link that opens the room', async () => {
    const before = (await listOutbox(mia.member)).length
    const ids = (await page('open', { section: 'checks' })).questions.map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(5)
    const { href, count } = await assign(ids, FIONA, { note: 'As the bank has it.' })
    expect(count).toBe(ids.length)
    const mails = await listOutbox(mia.member)
    expect(mails.length).toBe(before + 1)
    expect(mails[0]).toMatchObject({ kind: 'room-tasks', recipient: FIONA.recipientEmail })
    const key = await enterByLink(mia.member, href, FIONA.recipientEmail)
    const [task] = (await visitRoom(key)).tasks
    expect(task).toMatchObject({ kind: 'questions', id: applicationId, isDone: false, dueOn: '2026-12-04' })
    expect((await listLedger(mia.member)).entries.map(({ kind }) => kind)).toContain('assignment.made')
  })

  test('offers by view, section and who usually knows, and names who has what', async () => {
    const finance = await page('open', { area: 'finance' })
    expect(finance.questions.map(({ id }) => id)).toContain('callback')
    expect((await page('open', { area: 'people' })).questions.map(({ id }) => id)).toContain(
      'finance-trained',
    )
    await assign(['callback'])
    expect((await page('open')).questions.map(({ id }) => id)).not.toContain('callback')
    expect((await page('assigned')).questions).toMatchObject([
      { id: 'callback', holder: { name: 'Fiona Finance', dueOn: '2026-12-04', state: 'open' } },
    ])
    expect((await page()).people).toContainEqual({ name: 'Fiona Finance', email: 'fiona@client.example' })
  })

  test('leaves who sits in the room there: a new task does not end the link they have', async () => {
    const key = await asked(['callback'])
    world.setClock(new Date(NOW.getTime() + 60_000))
    await assign(['two-people'])
    expect((await visitRoomForm(key, applicationId)).questions).toHaveLength(2)
    const { links } = await listRoomLinks(mia.member, clientId)
    expect(links).toHaveLength(1)
    await revokeRoomLink(mia.member, clientId, links[0]?.id ?? '')
    expect(await code(() => visitRoom(key))).toBe('link')
  })

  test('to somebody else takes the question from whoever had it', async () => {
    const fiona = await asked(['callback', 'two-people'])
    const ada = await asked(['callback'], ADA)
    expect((await visitRoomForm(fiona, applicationId)).questions.map(({ question }) => question.id)).toEqual([
      'two-people',
    ])
    expect((await visitRoomForm(ada, applicationId)).questions).toHaveLength(1)
    const states = (await listClientAssignments(mia.member, clientId)).map(({ state }) => state)
    expect(states.sort()).toEqual(['open', 'open', 'taken-back'])
  })

  test('to the same person again moves the day', async () => {
    await assign(['callback'])
    await assign(['callback'], FIONA, { dueOn: '2026-12-11' })
    expect(await listClientAssignments(mia.member, clientId)).toMatchObject([{ dueOn: '2026-12-11' }])
  })

  test('an answer that waits is looked at before anybody else is asked', async () => {
    await answer(await asked(['callback']), 'callback', YES)
    expect(await code(() => assign(['callback'], ADA))).toBe('waiting')
  })

  test('is refused for what cannot be answered there, for our own people and for what is closed', async () => {
    expect(await code(() => assign(['no-such-question']))).toBe('not-found')
    expect(await code(() => assign(['callback', 'callback-sample']))).toBe('file-question')
    expect(await code(() => assign(['callback'], FIONA, { dueOn: '2026-11-26' }))).toBe('past-date')
    const ours = { recipientName: 'Mia Member', recipientEmail: mia.member.email }
    expect(await code(() => assign(['callback'], ours))).toBe('both-sides')
    const input = { ...FIONA, questionIds: ['callback'], dueOn: '2026-12-04', note: '' }
    expect(await code(() => assignQuestions(eve.member, applicationId, input, ORIGIN))).toBe('not-found')
    await setClientArchived(mia.member, clientId, true)
    expect(await code(() => assign(['callback']))).toBe('client-archived')
    await setClientArchived(mia.member, clientId, false)
    await freeze()
    expect(await code(() => assign(['callback']))).toBe('frozen')
    expect(await listClientAssignments(mia.member, clientId)).toEqual([])
  })

  test('two colleagues at once leave each question with one person', async () => {
    await Promise.all([assign(['callback', 'two-people'], FIONA), assign(['two-people', 'callback'], ADA)])
    const live = (await listClientAssignments(mia.member, clientId)).filter(({ state }) => state === 'open')
    expect(live.map(({ questionId }) => questionId).sort()).toEqual(['callback', 'two-people'])
  })

  test('taken back, a question is gone from the room', async () => {
    const key = await asked(['callback'])
    const { assignmentId } = await questionIn(key, 'callback')
    expect(await takeBackAssignments(mia.member, applicationId, ['callback', 'two-people'])).toBe(1)
    expect(await code(() => visitRoomForm(key, applicationId))).toBe('not-found')
    expect((await visitRoom(key)).tasks).toEqual([])
    const saving = { answer: YES, seenVersion: 2 }
    expect(await code(() => saveRoomAnswer(key, assignmentId, saving, caller))).toBe('closed')
    expect(await code(() => takeBackAssignments(eve.member, applicationId, ['callback']))).toBe('not-found')
  })
})

describe('answering in the room', () => {
  test('shows the person their questions and nothing of how the form works', async () => {
    const key = await asked(['callback', 'callback-amount'])
    const form = await visitRoomForm(key, applicationId)
    expect(form.questions.map(({ question }) => question.id)).toEqual(['callback'])
    expect(form.questions[0]?.question).not.toHaveProperty('control')
    expect(form.questions[0]?.question).not.toHaveProperty('when')
    expect(form.terms.map(({ id }) => id).sort()).toEqual(['bank-details', 'call-back'])
    // What depends on an answer appears with it, though that answer counts for nothing yet.
    await answer(key, 'callback', YES)
    const after = await visitRoomForm(key, applicationId)
    expect(after.questions.map(({ question }) => question.id)).toEqual(['callback', 'callback-amount'])
  })

  test('is a proposal: readiness, the answers and the report know nothing of it', async () => {
    const key = await asked(['callback'])
    expect(await answer(key, 'callback', YES)).toMatchObject({ outcome: 'saved', version: 2 })
    const { input, answerRows } = await getReadiness(mia.member, applicationId)
    expect(input.answers).toEqual({})
    expect(answerRows).toEqual([])
    expect((await visitRoom(key)).tasks[0]).toMatchObject({ isDone: true, outcome: 'Answered' })
  })

  test('is held to the rules of the form', async () => {
    const key = await asked(['callback', 'paid-in-a-year'])
    const unexplained: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'no' } }
    expect(await answer(key, 'callback', unexplained)).toMatchObject({
      outcome: 'invalid',
      fieldErrors: [{ path: 'explanation' }],
    })
    expect(await answer(key, 'paid-in-a-year', YES)).toMatchObject({ outcome: 'invalid' })
    const unknown: Answer = { state: 'dont-know', gap: { owner: 'The bookkeeper', dueOn: '2026-12-01' } }
    expect(await answer(key, 'paid-in-a-year', unknown)).toMatchObject({ outcome: 'saved' })
  })

  test('of another tab is told, not lost', async () => {
    const key = await asked(['callback'])
    const { assignmentId } = await questionIn(key, 'callback')
    const save = (given: Answer | null, seenVersion: number) =>
      saveRoomAnswer(key, assignmentId, { answer: given, seenVersion }, caller)
    await save(YES, 1)
    expect(await save(NO, 1)).toMatchObject({
      outcome: 'conflict',
      current: { answer: YES, version: 2, by: 'Fiona Finance' },
    })
    expect(await save(NO, 2)).toMatchObject({ outcome: 'saved', version: 3 })
    expect(await save(null, 3)).toMatchObject({ outcome: 'saved', version: 4 })
    expect((await questionIn(key, 'callback')).state).toBe('open')
  })

  test('is for the person who was asked, of the client who was asked', async () => {
    const fiona = await asked(['callback'])
    const { assignmentId } = await questionIn(fiona, 'callback')
    const saving = { answer: YES, seenVersion: 1 }
    const ada = await enterRoom(mia.member, clientId, ADA)
    const other = await createClient(mia.member, demoClients(NOW).dental)
    const elsewhere = await enterRoom(mia.member, other, FIONA)
    for (const key of [ada, elsewhere]) {
      expect(await code(() => saveRoomAnswer(key, assignmentId, saving, caller))).toBe('not-found')
      expect(await code(() => visitRoomForm(key, applicationId))).toBe('not-found')
      const passing = { assignmentId, seenVersion: 1, reason: 'Ask Ada' }
      expect(await code(() => sayNotMine(key, passing, caller))).toBe('not-found')
    }
    const outside = { ...fiona, session: null }
    expect(await code(() => saveRoomAnswer(outside, assignmentId, saving, caller))).toBe('code-needed')
    expect(await code(() => visitRoomForm(outside, applicationId))).toBe('code-needed')
    const forged = { ...fiona, token: `${fiona.token?.slice(0, -2)}AA` }
    expect(await code(() => saveRoomAnswer(forged, assignmentId, saving, caller))).toBe('not-found')
    world.setClock(new Date('2027-06-01T00:00:00Z'))
    expect(await code(() => saveRoomAnswer(fiona, assignmentId, saving, caller))).toBe('link')
  })

  test('ends with the signature, with the archive, and with too many changes', async () => {
    const key = await asked(['callback'])
    const { assignmentId, version } = await questionIn(key, 'callback')
    const saving = { answer: YES, seenVersion: version }
    await setClientArchived(mia.member, clientId, true)
    expect(await code(() => saveRoomAnswer(key, assignmentId, saving, caller))).toBe('closed')
    await setClientArchived(mia.member, clientId, false)
    const { organisationId } = mia.member
    await getRuntime().database.inOrganisation(organisationId, (tx) =>
      updateAssignment(tx, organisationId, assignmentId, { version: CHANGES_PER_QUESTION + 1 }),
    )
    const late = { answer: YES, seenVersion: CHANGES_PER_QUESTION + 1 }
    expect(await code(() => saveRoomAnswer(key, assignmentId, late, caller))).toBe('too-often')
    await freeze()
    expect(await saveRoomAnswer(key, assignmentId, late, caller)).toEqual({ outcome: 'frozen' })
    expect((await visitRoom(key)).tasks[0]).toMatchObject({ isDone: true, outcome: 'No longer needed' })
  })

  test('is passed on with a reason, and can be answered after all', async () => {
    const key = await asked(['callback'])
    const { assignmentId } = await questionIn(key, 'callback')
    const passing = { assignmentId, seenVersion: 1, reason: 'Ada releases the payments.' }
    expect(await code(() => sayNotMine(key, { ...passing, seenVersion: 9 }, caller))).toBe('changed')
    await sayNotMine(key, passing, caller)
    expect((await page()).waiting).toMatchObject([
      { state: 'not-mine', reason: 'Ada releases the payments.', proposed: null },
    ])
    expect(await code(() => assign(['callback'], ADA))).toBe('done')
    const back = await asked(['two-people'])
    const second = await questionIn(back, 'two-people')
    await sayNotMine(back, { assignmentId: second.assignmentId, seenVersion: 1, reason: 'Not me' }, caller)
    expect(await answer(back, 'two-people', YES)).toMatchObject({ outcome: 'saved' })
    expect(await questionIn(back, 'two-people')).toMatchObject({ state: 'answered', reason: null })
  })
})

describe('what came out of the room', () => {
  test('becomes the answer when a member accepts it, and the trail keeps both', async () => {
    const key = await asked(['callback'])
    await answer(key, 'callback', YES)
    const { assignmentId, seenVersion, waiting } = await waitingOne()
    expect(waiting).toMatchObject({ recipientName: 'Fiona Finance', proposed: 'Yes', onFile: null })
    await acceptAssignment(mia.member, { assignmentId, seenVersion, answerVersion: waiting.answerVersion })
    const { answerRows } = await getReadiness(mia.member, applicationId)
    expect(answerRows).toMatchObject([{ questionId: 'callback', answer: YES, answeredByName: 'Mia Member' }])
    expect((await page()).waiting).toEqual([])
    expect(await questionIn(key, 'callback')).toMatchObject({ state: 'accepted', onFile: 'Yes' })
    const { entries } = await listLedger(mia.member)
    expect(entries[0]).toMatchObject({ kind: 'assignment.accepted' })
    expect(JSON.stringify(entries[0])).toContain('Fiona Finance <fiona@client.example>')
    expect(entries.find(({ kind }) => kind === 'assignment.answered')?.actor).toContain('Fiona Finance')
    // Once accepted it is the member's to change.
    expect(await code(() => saveRoomAnswer(key, assignmentId, { answer: NO, seenVersion: 3 }, caller))).toBe(
      'closed',
    )
  })

  test('goes over no answer that was confirmed meanwhile', async () => {
    const saving = { applicationId, questionId: 'callback' }
    await recordAnswer(mia.member, { ...saving, answer: NO, seenVersion: 0 })
    const key = await asked(['callback'])
    await answer(key, 'callback', YES)
    const { assignmentId, seenVersion, waiting } = await waitingOne()
    expect(waiting.onFile).toContain('No')
    const unknown: Answer = { state: 'dont-know', gap: { owner: 'Mia', dueOn: '2026-12-01' } }
    await recordAnswer(mia.member, { ...saving, answer: unknown, seenVersion: 1 })
    const accepting = { assignmentId, seenVersion, answerVersion: waiting.answerVersion }
    expect(await code(() => acceptAssignment(mia.member, accepting))).toBe('changed')
    expect((await getReadiness(mia.member, applicationId)).input.answers.callback).toEqual(unknown)
    const again = await waitingOne()
    await acceptAssignment(mia.member, { ...accepting, answerVersion: again.waiting.answerVersion })
    expect((await getReadiness(mia.member, applicationId)).input.answers.callback).toEqual(YES)
  })

  test('is accepted as it was seen, once, by its own organisation', async () => {
    const key = await asked(['callback'])
    await answer(key, 'callback', YES)
    const { assignmentId, seenVersion } = await waitingOne()
    await answer(key, 'callback', NO)
    const accepting = { assignmentId, seenVersion, answerVersion: 0 }
    expect(await code(() => acceptAssignment(mia.member, accepting))).toBe('changed')
    expect(await code(() => acceptAssignment(eve.member, accepting))).toBe('not-found')
    const again = { ...accepting, seenVersion: seenVersion + 1 }
    const both = await Promise.all([
      code(() => acceptAssignment(mia.member, again)),
      code(() => acceptAssignment(mia.member, again)),
    ])
    expect(both.sort()).toEqual(['changed', 'done'])
  })

  test('is returned with a reason, which the person reads until they answer anew', async () => {
    const key = await asked(['callback'])
    await answer(key, 'callback', YES)
    const { assignmentId, seenVersion } = await waitingOne()
    const returning = { assignmentId, seenVersion, reason: 'Also for payroll?' }
    expect(await code(() => returnAssignment(eve.member, returning))).toBe('not-found')
    await returnAssignment(mia.member, returning)
    expect(await questionIn(key, 'callback')).toMatchObject({
      state: 'open',
      answer: YES,
      returnedReason: 'Also for payroll?',
    })
    expect((await visitRoom(key)).tasks[0]).toMatchObject({ isDone: false })
    await answer(key, 'callback', NO)
    const { waiting } = await waitingOne()
    expect(waiting.trail.map(({ kind, text }) => [kind, text])).toEqual([
      ['assigned', ''],
      ['answered', ''],
      ['returned', 'Also for payroll?'],
      ['answered', ''],
    ])
  })

  test('is told as a table, whose cells no spreadsheet executes', async () => {
    const key = await asked(['callback', 'two-people'])
    const { assignmentId } = await questionIn(key, 'callback')
    await sayNotMine(key, { assignmentId, seenVersion: 1, reason: '=HYPERLINK("x")' }, caller)
    const { rows, formTitle } = await listApplicationAssignments(mia.member, applicationId)
    const table = writeAssignmentTable(rows)
    expect(table).toContain(formTitle)
    expect(table).toContain(`"'=HYPERLINK(""x"")"`)
    expect(await code(() => listClientAssignments(eve.member, clientId))).toBe('not-found')
    expect(await code(() => listApplicationAssignments(eve.member, applicationId))).toBe('not-found')
    expect(shareOut(rows)).toMatchObject([{ open: 1, waiting: 1, accepted: 0, nextDueOn: '2026-12-04' }])
  })
})
