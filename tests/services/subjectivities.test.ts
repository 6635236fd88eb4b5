import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startApplication } from '#app/services/applications.server.ts'
import { recordBinder, recordQuote, takeBinderBack } from '#app/services/bindings.server.ts'
import { createClient, setClientArchived } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import type { Member } from '#app/services/member.ts'
import {
  getSubjectivity,
  listSubjectivities,
  recordSubjectivity,
  withdrawSubjectivity,
} from '#app/services/subjectivities.server.ts'
import {
  binderInput,
  decisionInput,
  extensionInput,
  quoteInput,
  ResponseInput,
  SubjectivityInput,
} from '#app/services/subjectivity-input.ts'
import {
  countSubjectivities,
  listPortfolioSubjectivities,
} from '#app/services/subjectivity-portfolio.server.ts'
import {
  answerSubjectivity,
  decideSubjectivity,
  extendSubjectivity,
} from '#app/services/subjectivity-replies.server.ts'
import { openWorld, type World } from '../support/world.ts'
import {
  afterBind,
  binder,
  condition,
  dayIn,
  decision,
  extension,
  quote,
  response,
  typedBinder,
  typedCondition,
  typedDecision,
  typedExtension,
} from './subjectivity-world.ts'

const WHY = 'It belongs to another quote.'

let world: World
let mia: Member
let clientId: string
let applicationId: string

beforeAll(async () => {
  world = await openWorld()
  mia = (await world.signUpMember('Mia Member')).member
})
afterAll(() => world?.close())

beforeEach(async () => {
  clientId = await createClient(mia, demoClients(new Date()).dental)
  applicationId = await startApplication(mia, clientId, { formCode: 'core-cyber', edition: '1' })
})

const conditionsOf = async () => (await listSubjectivities(mia, applicationId)).conditions
const shown = async (id: string) => (await getSubjectivity(mia, id)).condition
const lastEntry = async () => {
  const [entry] = (await listLedger(mia)).entries
  return { kind: entry?.kind, payload: JSON.parse(entry?.payload ?? '{}') }
}
async function addEvidence(title: string, of = clientId): Promise<string> {
  const bytes = new TextEncoder().encode(`${title} of ${of}`)
  const stored = await storeFile(
    mia,
    (async function* () {
      yield bytes
    })(),
  )
  const held = await registerEvidence(mia, of, stored, 'proof.txt', {
    ...{ kind: 'plan-document', title, observedOn: dayIn(0), validUntil: null, collector: '' },
    ...{ controlIds: [], questionRefs: [], viewpoint: 'internal' },
  })
  if (held.outcome !== 'received') throw new Error('The evidence was not received')
  return held.evidenceId
}

describe('the forms', () => {
  const fields = (result: { error?: { issues: { path: PropertyKey[] }[] } }) =>
    result.error?.issues.map(({ path }) => path.join('.'))

  test.each([
    ['next to nothing', { condition: 'MFA' }, ['condition']],
    ['more than fits', { condition: 'x'.repeat(4001) }, ['condition']],
    ['no source', { source: ' ' }, ['source']],
    ['no time', { timing: 'someday' }, ['timing']],
    ['nobody', { ownerName: '' }, ['ownerName']],
    ['no side', { ownerSide: 'lawyer' }, ['ownerSide']],
    ['a day that is none', { dueOn: '31.3.2027' }, ['dueOn']],
    ['days for a condition before the bind', { dueDays: '30' }, ['dueDays']],
    ['no days for one after it', { timing: 'post-bind' }, ['dueDays']],
    ['a day for one after it', { timing: 'post-bind', dueDays: '30', dueOn: '2027-01-01' }, ['dueOn']],
    ['no days at all', { timing: 'post-bind', dueDays: '0' }, ['dueDays']],
    ['more than a year', { timing: 'post-bind', dueDays: '366' }, ['dueDays']],
    ['days in words', { timing: 'post-bind', dueDays: 'thirty' }, ['dueDays']],
  ])('%s: a condition is refused at its field', (_, words, expected) => {
    expect(fields(SubjectivityInput.safeParse(typedCondition(words)))).toEqual(expected)
  })

  test.each([
    ['issued tomorrow', { boundOn: dayIn(1) }, ['boundOn']],
    ['ended before it began', { binderExpiresOn: dayIn(-1), expirySource: 'Binder' }, ['binderExpiresOn']],
    ['another last day by nobody', { binderExpiresOn: dayIn(45) }, ['expirySource']],
  ])('%s: a binder is refused at its field', (_, words, expected) => {
    expect(fields(binderInput(() => dayIn(0)).safeParse(typedBinder(words)))).toEqual(expected)
  })

  test('a binder lasts 30 days unless the insurer said otherwise', () => {
    expect(binder({ boundOn: '2026-01-31' }).binderExpiresOn).toBe('2026-03-02')
    const said = { boundOn: '2026-01-31', binderExpiresOn: '2026-02-15', expirySource: 'Binder, page 2' }
    expect(binder(said).binderExpiresOn).toBe('2026-02-15')
  })

  test('what the insurer still wants, and days to come, are asked for', () => {
    const day = () => '2026-11-27'
    const notEnough = typedDecision({ outcome: 'not-enough', decidedOn: '2026-11-27' })
    expect(fields(decisionInput(day).safeParse(notEnough))).toEqual(['why'])
    expect(fields(decisionInput(day).safeParse(typedDecision({ decidedOn: '2026-11-28' })))).toEqual([
      'decidedOn',
    ])
    const backwards = typedExtension({ grantedOn: '2026-11-27', newDueOn: '2026-11-26' })
    expect(fields(extensionInput(day).safeParse(backwards))).toEqual(['newDueOn'])
    expect(fields(quoteInput(day).safeParse({ insurer: 'H', quoteReference: 'Q-1', quotedOn: '' }))).toEqual([
      'insurer',
    ])
    expect(fields(ResponseInput.safeParse({ answer: 'All satisfied.' }))).toEqual(['answer'])
    expect(fields(ResponseInput.safeParse({ answer: 'x'.repeat(8001) }))).toEqual(['answer'])
    expect(fields(ResponseInput.safeParse({ answer: 'x'.repeat(30), evidenceIds: ['1'] }))).toEqual([
      'evidenceIds.0',
    ])
  })
})

describe('a condition', () => {
  test('is recorded in the insurer’s words, and in the ledger', async () => {
    const input = condition({ reference: '12', controlId: 'mfa-email', dueOn: dayIn(3) })
    const id = await recordSubjectivity(mia, applicationId, input)
    expect(await shown(id)).toMatchObject({
      ...{ reference: '12', state: 'open', standing: 'open', dueNow: dayIn(3), daysLeft: 3, version: 1 },
      ...{ recordedByName: 'Mia Member', clientId, applicationId },
    })
    expect(await lastEntry()).toMatchObject({
      kind: 'subjectivity.recorded',
      payload: { subjectivityId: id, clientId, applicationId, reference: '12' },
    })
  })

  test('names a control of the catalogue or none', async () => {
    const unknown = recordSubjectivity(mia, applicationId, condition({ controlId: 'mfa-everywhere' }))
    await expect(unknown).rejects.toMatchObject({ code: 'control' })
  })

  test('is not recorded for an archived client', async () => {
    await setClientArchived(mia, clientId, true)
    const late = recordSubjectivity(mia, applicationId, condition())
    await expect(late).rejects.toMatchObject({ code: 'archived' })
  })

  test('lapses by itself once its day has passed', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition({ dueOn: dayIn(-1) }))
    expect(await shown(id)).toMatchObject({ standing: 'lapsed', daysLeft: -1, state: 'open' })
    const today = await recordSubjectivity(mia, applicationId, condition({ dueOn: dayIn(0) }))
    expect(await shown(today)).toMatchObject({ standing: 'open', daysLeft: 0 })
  })

  test('that was entered by mistake stays, with the reason, and no longer counts', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition())
    expect(await withdrawSubjectivity(mia, id, 1, WHY)).toBe('saved')
    expect(await shown(id)).toMatchObject({ standing: 'withdrawn', withdrawnReason: WHY })
    expect((await lastEntry()).kind).toBe('subjectivity.withdrawn')
    await expect(withdrawSubjectivity(mia, id, 2, WHY)).rejects.toMatchObject({ code: 'withdrawn' })
    const answer = answerSubjectivity(mia, id, response('RDP was closed on the firewall today.'))
    await expect(answer).rejects.toMatchObject({ code: 'withdrawn' })
    await recordQuote(mia, applicationId, 0, quote())
    expect(await recordBinder(mia, applicationId, 1, binder())).toBe('saved')
  })
})

describe('the binder', () => {
  test('is refused while a condition before the bind is open, which is named', async () => {
    const first = await recordSubjectivity(mia, applicationId, condition({ reference: '7' }))
    const second = await recordSubjectivity(
      mia,
      applicationId,
      condition({ condition: 'Signed application.' }),
    )
    await recordSubjectivity(mia, applicationId, afterBind(30))
    await recordQuote(mia, applicationId, 0, quote())
    const both = await recordBinder(mia, applicationId, 1, binder()).catch((error) => error)
    expect(both).toMatchObject({ code: 'pre-bind-open' })
    expect(both.message).toContain('7: Close RDP on 203.0.113.7')
    expect(both.message).toContain('“Signed application”')
    expect((await listSubjectivities(mia, applicationId)).binder).toEqual({ kind: 'held', open: 2 })

    // An answer alone satisfies nobody: the insurer decides.
    await answerSubjectivity(mia, first, response('RDP was closed on the firewall today.'))
    await expect(recordBinder(mia, applicationId, 1, binder())).rejects.toMatchObject({
      code: 'pre-bind-open',
    })
    await decideSubjectivity(mia, first, 2, decision())
    await decideSubjectivity(mia, second, 1, decision({ outcome: 'waived' }))
    expect(await recordBinder(mia, applicationId, 1, binder())).toBe('saved')
    expect(await lastEntry()).toMatchObject({ kind: 'binder.recorded', payload: { boundOn: dayIn(0) } })
  })

  test('starts the clocks of conditions after the bind, and is conditional until all are settled', async () => {
    const id = await recordSubjectivity(mia, applicationId, afterBind(30))
    expect(await shown(id)).toMatchObject({ dueNow: null, daysLeft: null, standing: 'open' })
    await recordQuote(mia, applicationId, 0, quote())
    await recordBinder(mia, applicationId, 1, binder({ boundOn: dayIn(-10) }))
    expect(await shown(id)).toMatchObject({ dueNow: dayIn(20), daysLeft: 20 })
    expect((await listSubjectivities(mia, applicationId)).binder).toEqual({
      ...{ kind: 'conditional', open: 1, expiresOn: dayIn(20), daysLeft: 20 },
    })
    await decideSubjectivity(mia, id, 1, decision())
    expect((await listSubjectivities(mia, applicationId)).binder).toEqual({ kind: 'unconditional' })
    await decideSubjectivity(mia, id, 2, decision({ outcome: 'not-enough', why: 'The port is open again.' }))
    expect((await listSubjectivities(mia, applicationId)).binder.kind).toBe('conditional')
  })

  test('whose last condition was settled after its last day is not simply unconditional', async () => {
    const id = await recordSubjectivity(mia, applicationId, afterBind(30))
    await recordQuote(mia, applicationId, 0, quote())
    await recordBinder(mia, applicationId, 1, binder({ boundOn: dayIn(-40) }))
    await decideSubjectivity(mia, id, 1, decision())
    expect((await listSubjectivities(mia, applicationId)).binder).toEqual({
      ...{ kind: 'settled-late', expiresOn: dayIn(-10), settledOn: dayIn(0) },
    })
  })

  test('lapses after its last day with a condition open', async () => {
    await recordSubjectivity(mia, applicationId, afterBind(90))
    await recordQuote(mia, applicationId, 0, quote())
    await recordBinder(mia, applicationId, 1, binder({ boundOn: dayIn(-31) }))
    expect((await listSubjectivities(mia, applicationId)).binder).toMatchObject({
      kind: 'lapsed',
      daysLeft: -1,
    })
  })

  test('leaves no room for another condition before it', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition())
    await decideSubjectivity(mia, id, 1, decision())
    await recordQuote(mia, applicationId, 0, quote())
    await recordBinder(mia, applicationId, 1, binder())
    await expect(recordSubjectivity(mia, applicationId, condition())).rejects.toMatchObject({ code: 'bound' })
    const again = decideSubjectivity(
      mia,
      id,
      2,
      decision({ outcome: 'not-enough', why: 'It is open again.' }),
    )
    await expect(again).rejects.toMatchObject({ code: 'bound' })
  })

  test('is not older than its quote, needs one, and is never of a day to come', async () => {
    await expect(recordBinder(mia, applicationId, 1, binder())).rejects.toMatchObject({ code: 'no-quote' })
    await recordQuote(mia, applicationId, 0, quote({ quotedOn: dayIn(0) }))
    const old = recordBinder(mia, applicationId, 1, binder({ boundOn: dayIn(-1) }))
    await expect(old).rejects.toMatchObject({ code: 'before-quote' })
    const ahead = recordBinder(mia, applicationId, 1, { ...binder(), boundOn: dayIn(2) })
    await expect(ahead).rejects.toMatchObject({ code: 'future' })
  })

  test('that was not issued after all is taken back with a reason, and the clocks stop', async () => {
    const id = await recordSubjectivity(mia, applicationId, afterBind(30))
    await recordQuote(mia, applicationId, 0, quote())
    const early = takeBinderBack(mia, applicationId, 1, WHY)
    await expect(early).rejects.toMatchObject({ code: 'not-bound' })
    await recordBinder(mia, applicationId, 1, binder())
    expect(await takeBinderBack(mia, applicationId, 2, WHY)).toBe('saved')
    expect((await shown(id)).dueNow).toBeNull()
    expect(await lastEntry()).toMatchObject({
      kind: 'binder.taken-back',
      payload: { boundOn: dayIn(0), reason: WHY },
    })
  })

  test('two people who save the quote at once: the second is told', async () => {
    const both = await Promise.all([
      recordQuote(mia, applicationId, 0, quote({ insurer: 'Harbor Mutual' })),
      recordQuote(mia, applicationId, 0, quote({ insurer: 'Another Mutual' })),
    ])
    expect(both.sort()).toEqual(['conflict', 'saved'])
    expect(await recordQuote(mia, applicationId, 1, quote())).toBe('saved')
    expect(await recordQuote(mia, applicationId, 1, quote())).toBe('conflict')
    expect(await recordBinder(mia, applicationId, 1, binder())).toBe('conflict')
  })

  test('a condition before the bind never slips in while the binder is recorded', async () => {
    await recordQuote(mia, applicationId, 0, quote())
    for (let round = 0; round < 4; round += 1) {
      const { binding } = await listSubjectivities(mia, applicationId)
      await Promise.allSettled([
        recordBinder(mia, applicationId, binding?.version ?? 0, binder()),
        recordSubjectivity(mia, applicationId, condition()),
      ])
      const after = await listSubjectivities(mia, applicationId)
      const open = after.conditions.filter(({ standing }) => standing === 'open')
      expect(after.binding?.boundOn === null || open.length === 0).toBe(true)
      if (after.binding?.boundOn) await takeBinderBack(mia, applicationId, after.binding.version, WHY)
      for (const { id, version } of open) await withdrawSubjectivity(mia, id, version, WHY)
    }
  })
})

describe('answers', () => {
  test('are added, never changed, and cite evidence as it stood', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition())
    const proof = await addEvidence('Firewall rules')
    await answerSubjectivity(mia, id, response('The rule was ordered and is being made.'))
    const cited = response('RDP was closed on the firewall today.', { evidenceIds: [proof, proof] })
    await answerSubjectivity(mia, id, cited)
    const { responses, state, version } = await shown(id)
    expect({ state, version }).toEqual({ state: 'submitted', version: 3 })
    expect(responses.map(({ answer }) => answer)).toEqual([
      'The rule was ordered and is being made.',
      'RDP was closed on the firewall today.',
    ])
    expect(responses[1]?.cited).toMatchObject([
      { evidenceId: proof, title: 'Firewall rules', fileName: 'proof.txt', observedOn: dayIn(0) },
    ])
    const { kind, payload } = await lastEntry()
    expect(kind).toBe('subjectivity.answered')
    expect(payload.cited[0].sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test('cite only evidence of this client', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition())
    const other = await createClient(mia, demoClients(new Date()).dental)
    const foreign = await addEvidence('Of somebody else', other)
    for (const evidenceIds of [[foreign], [crypto.randomUUID()]]) {
      const words = response('RDP was closed on the firewall today.', { evidenceIds })
      await expect(answerSubjectivity(mia, id, words)).rejects.toMatchObject({ code: 'evidence' })
    }
    expect((await shown(id)).responses).toEqual([])
  })

  test('that repeat another condition’s text are told of it first', async () => {
    const first = await recordSubjectivity(mia, applicationId, condition({ reference: '1' }))
    const second = await recordSubjectivity(mia, applicationId, condition({ reference: '2' }))
    await answerSubjectivity(mia, first, response('All conditions are satisfied.'))
    const again = response('  all conditions are   SATISFIED')
    expect(await answerSubjectivity(mia, second, again)).toMatchObject({
      ...{ outcome: 'same-text', others: [expect.stringContaining('1: Close RDP')] },
    })
    expect((await shown(second)).responses).toEqual([])
    const meant = await answerSubjectivity(mia, second, { ...again, sameText: 'on' })
    expect(meant.outcome).toBe('answered')
    // Its own earlier words are no other condition's.
    const repeated = await answerSubjectivity(
      mia,
      first,
      response('All conditions are satisfied.', { sameText: 'on' }),
    )
    expect(repeated.outcome).toBe('answered')
  })

  test('end with the insurer’s decision, until it wants more', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition())
    await answerSubjectivity(mia, id, response('RDP was closed on the firewall today.'))
    expect(await decideSubjectivity(mia, id, 2, decision())).toBe('saved')
    const late = answerSubjectivity(mia, id, response('RDP was closed a second time.'))
    await expect(late).rejects.toMatchObject({ code: 'settled' })
    await expect(decideSubjectivity(mia, id, 3, decision())).rejects.toMatchObject({ code: 'settled' })
    await decideSubjectivity(mia, id, 3, decision({ outcome: 'not-enough', why: 'Show the outside scan.' }))
    const { decisions, responses, standing } = await shown(id)
    expect(standing).toBe('open')
    expect(decisions.map(({ outcome, responseId }) => [outcome, responseId])).toEqual([
      ['closed', responses[0]?.id],
      ['not-enough', responses[0]?.id],
    ])
    expect((await lastEntry()).payload).toMatchObject({ outcome: 'not-enough', decidedBy: 'Uma Underwriter' })
  })
})

describe('more time', () => {
  test('moves the day that counts, and keeps the earlier ones', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition({ dueOn: dayIn(-2) }))
    expect(await extendSubjectivity(mia, id, 1, extension({ newDueOn: dayIn(5) }))).toBe('saved')
    await extendSubjectivity(mia, id, 2, extension({ newDueOn: dayIn(9) }))
    expect(await shown(id)).toMatchObject({
      ...{ standing: 'open', dueNow: dayIn(9), firstDueOn: dayIn(-2) },
      extensions: [
        { earlierDueOn: dayIn(-2), dueOn: dayIn(5) },
        { earlierDueOn: dayIn(5), dueOn: dayIn(9) },
      ],
    })
    expect(await lastEntry()).toMatchObject({
      kind: 'subjectivity.extended',
      payload: { dueOn: dayIn(9), earlierDueOn: dayIn(5), grantedBy: 'Uma Underwriter' },
    })
    const shorter = extendSubjectivity(mia, id, 3, extension({ newDueOn: dayIn(9) }))
    await expect(shorter).rejects.toMatchObject({ code: 'not-later' })
  })

  test('begins after the bind, and stands when the bind is corrected', async () => {
    const id = await recordSubjectivity(mia, applicationId, afterBind(30))
    const early = extendSubjectivity(mia, id, 1, extension())
    await expect(early).rejects.toMatchObject({ code: 'not-bound' })
    await recordQuote(mia, applicationId, 0, quote())
    await recordBinder(mia, applicationId, 1, binder())
    await extendSubjectivity(mia, id, 1, extension({ newDueOn: dayIn(60) }))
    await recordBinder(mia, applicationId, 2, binder({ boundOn: dayIn(-3) }))
    expect(await shown(id)).toMatchObject({ firstDueOn: dayIn(27), dueNow: dayIn(60) })
  })

  test('is not granted for what is settled', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition({ dueOn: dayIn(2) }))
    await decideSubjectivity(mia, id, 1, decision({ outcome: 'waived' }))
    await expect(extendSubjectivity(mia, id, 2, extension())).rejects.toMatchObject({ code: 'settled' })
  })
})

describe('two people at once', () => {
  test('decide: the second is told, and one decision stands', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition())
    const both = await Promise.all([
      decideSubjectivity(mia, id, 1, decision()),
      decideSubjectivity(mia, id, 1, decision({ outcome: 'not-enough', why: 'Show the outside scan.' })),
    ])
    expect(both.sort()).toEqual(['conflict', 'saved'])
    expect((await shown(id)).decisions).toHaveLength(1)
    expect(await extendSubjectivity(mia, id, 1, extension())).toBe('conflict')
    expect(await withdrawSubjectivity(mia, id, 1, WHY)).toBe('conflict')
  })

  test('answer and decide: whoever has not seen the answer is told', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition())
    await answerSubjectivity(mia, id, response('RDP was closed on the firewall today.'))
    expect(await decideSubjectivity(mia, id, 1, decision())).toBe('conflict')
  })
})

describe('over all clients', () => {
  test('the next due stands first, and what is withdrawn, thrown away or archived is left out', async () => {
    const member = (await world.signUpMember('Pat Portfolio')).member
    const client = await createClient(member, demoClients(new Date()).dental)
    const start = () => startApplication(member, client, { formCode: 'core-cyber', edition: '1' })
    const application = await start()
    const add = (words: Record<string, unknown>) => recordSubjectivity(member, application, condition(words))
    const later = await add({ dueOn: dayIn(9) })
    const never = await add({})
    const overdue = await add({ dueOn: dayIn(-4) })
    const closed = await add({ dueOn: dayIn(-9) })
    await decideSubjectivity(member, closed, 1, decision())
    await withdrawSubjectivity(member, await add({ dueOn: dayIn(1) }), 1, WHY)
    const listed = await listPortfolioSubjectivities(member)
    expect(listed.map((row) => row.condition.id)).toEqual([overdue, later, never, closed])
    expect(listed[0]).toMatchObject({ form: { edition: '1' }, condition: { standing: 'lapsed' } })
    expect((await countSubjectivities(member, client)).get(application)).toEqual({ toBeMet: 3, lapsed: 1 })
    await setClientArchived(member, client, true)
    expect(await listPortfolioSubjectivities(member)).toEqual([])
  })

  test('belong to one organisation', async () => {
    const stranger = (await world.signUpMember('Sam Stranger')).member
    const id = await recordSubjectivity(mia, applicationId, condition())
    await recordQuote(mia, applicationId, 0, quote())
    const attempts = [
      () => listSubjectivities(stranger, applicationId),
      () => getSubjectivity(stranger, id),
      () => recordSubjectivity(stranger, applicationId, condition()),
      () => answerSubjectivity(stranger, id, response('Closed by somebody whom nobody knows.')),
      () => decideSubjectivity(stranger, id, 1, decision()),
      () => extendSubjectivity(stranger, id, 1, extension()),
      () => withdrawSubjectivity(stranger, id, 1, WHY),
      () => recordQuote(stranger, applicationId, 0, quote()),
      () => recordBinder(stranger, applicationId, 1, binder()),
      () => takeBinderBack(stranger, applicationId, 1, WHY),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'not-found' })
    expect(await listPortfolioSubjectivities(stranger)).toEqual([])
    expect((await conditionsOf()).map(({ version }) => version)).toEqual([1])
  })
})
