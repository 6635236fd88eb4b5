import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dateAnswer, listAnswerDates } from '#app/services/answer-dates.server.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import { recordException } from '#app/services/exceptions.server.ts'
import { getReadinessAt } from '#app/services/history.server.ts'
import { HistoryQuery } from '#app/services/history-input.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { getTimeline } from '#app/services/timeline.server.ts'
import { insertReport } from '#db/queries/reports.server.ts'
import { insertFacts } from '#db/queries/scans.server.ts'
import type { Fact } from '#evidence/facts.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let member: Member
let stranger: Member
let clientId: string
let applicationId: string
const on = (day: string) => new Date(`${day}T10:00:00Z`)
const ZEROS = '0'.repeat(64)

/** Open desktops were there from 1 May, found on 8 May, excepted from 10 to 20 May; attested on 1 April. */
beforeAll(async () => {
  world = await openWorld()
  world.setClock(on('2026-02-01'))
  member = (await world.signUpMember('Tim Line')).member
  stranger = (await world.signUpMember('Sam Stranger')).member
  const { organisationId } = member
  clientId = await createClient(member, {
    ...demoClients(on('2026-02-01')).dental,
    policyInceptionOn: '2026-04-01',
  })
  applicationId = await startApplication(member, clientId, { formCode: 'core-cyber', edition: '1' })
  for (const [questionId, answer] of Object.entries(dentalAnswers(on('2026-02-01'))))
    await recordAnswer(member, { applicationId, questionId, answer, seenVersion: 0 })
  world.setClock(on('2026-04-01'))
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    insertReport(tx, {
      organisationId,
      id: crypto.randomUUID(),
      applicationId,
      clientId,
      state: 'signed',
      statement: '{}',
      statementSha256: ZEROS,
      createdBy: member.userId,
      createdAt: on('2026-04-01'),
      attestedAt: on('2026-04-01'),
    }),
  )
  world.setClock(on('2026-05-08'))
  async function* bytes() {
    yield new TextEncoder().encode('seen from outside')
  }
  const scan = await registerEvidence(member, clientId, await storeFile(member, bytes()), 'outside.txt', {
    kind: 'external-scan-report',
    title: 'Scan from outside',
    observedOn: '2026-05-01',
    validUntil: null,
    collector: 'Night scanner',
    controlIds: [],
    questionRefs: [],
    viewpoint: 'external',
  })
  if (scan.outcome !== 'received') throw new Error(scan.outcome)
  const fact: Fact = {
    key: 'exposure.rdp_open_count',
    scope: { viewpoint: 'external', subject: 'all' },
    value: 2,
    observedAt: '2026-05-01T00:00:00.000Z',
    completeness: 'complete',
    collector: 'Night scanner',
  }
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    insertFacts(tx, [
      {
        organisationId,
        id: crypto.randomUUID(),
        clientId,
        revisionId: scan.revisionId,
        key: fact.key,
        fact,
        observedAt: new Date(fact.observedAt),
        recordedAt: on('2026-05-08'),
      },
    ]),
  )
  world.setClock(on('2026-05-10'))
  await recordException(member, applicationId, {
    questionId: 'rdp-not-exposed',
    scope: 'The jump host',
    reason: 'The jump host is being replaced.',
    compensatingControl: 'Reachable from two addresses only.',
    owner: 'Tim Line',
    approvedBy: 'Dana Dentist',
    startsOn: '',
    expiresOn: '2026-05-20',
  })
  world.setClock(on('2026-06-01'))
})
afterAll(() => world?.close())

const query = (values: Record<string, string> = {}) => HistoryQuery.parse(values)
async function stripOf(control: string, values: Record<string, string> = {}) {
  const { domains } = await getTimeline(member, clientId, query(values))
  const strip = domains.flatMap(({ controls }) => controls).find(({ id }) => id === control)
  return strip?.segments.map(({ state, from, to, days }) => `${state} ${from} – ${to} (${days})`)
}

describe('the coverage timeline', () => {
  test('runs from the inception and shows when a control was contradicted and when excepted', async () => {
    expect(await stripOf('rdp-not-exposed')).toEqual([
      'unproved 2026-04-01 – 2026-04-30 (30)',
      'contradicted 2026-05-01 – 2026-05-09 (9)',
      'excepted 2026-05-10 – 2026-05-20 (11)',
      'contradicted 2026-05-21 – 2026-06-01 (12)',
    ])
  })

  test('as known on an earlier day knows nothing of what was found later', async () => {
    expect(await stripOf('rdp-not-exposed', { knownOn: '2026-05-07' })).toEqual([
      'unproved 2026-04-01 – 2026-05-07 (37)',
    ])
    expect(await stripOf('rdp-not-exposed', { knownOn: '2026-05-08' })).toEqual([
      'unproved 2026-04-01 – 2026-04-30 (30)',
      'contradicted 2026-05-01 – 2026-05-08 (8)',
    ])
  })

  test('says what drifted since the attestation, since when, from which source, and to tell the broker', async () => {
    const { drift } = await getTimeline(member, clientId, query())
    expect(drift).toHaveLength(1)
    expect(drift?.[0]?.attestedAt).toEqual(on('2026-04-01'))
    const drifted = drift?.[0]?.answers.find(({ questionId }) => questionId === 'rdp-not-exposed')
    expect(drifted).toMatchObject({
      before: 'unproved',
      now: 'contradicted',
      direction: 'worse',
      since: '2026-05-21',
      tellBroker: true,
      sources: [{ title: 'Scan from outside', by: 'Night scanner' }],
    })
    expect(drifted?.reasons.map(({ sentence }) => sentence).join()).toMatch(/2/)
  })

  test('is another organisation’s for nobody else', async () => {
    await expect(getTimeline(stranger, clientId, query())).rejects.toMatchObject({ name: 'NotFoundError' })
    await expect(getReadinessAt(stranger, clientId, query())).rejects.toMatchObject({ name: 'NotFoundError' })
  })
})

describe('readiness from a point of both times', () => {
  const statusAt = async (values: Record<string, string>) => {
    const { readiness } = await getReadinessAt(member, clientId, query(values))
    return readiness?.answers.find(({ questionId }) => questionId === 'rdp-not-exposed')?.status
  }

  test('true on a day counts what was learned since', async () => {
    expect(await statusAt({ trueOn: '2026-05-02' })).toBe('contradicted')
    expect(await statusAt({ trueOn: '2026-04-15' })).toBe('unsupported')
  })

  test('known on a day counts only what could have been known', async () => {
    expect(await statusAt({ knownOn: '2026-05-02' })).toBe('unsupported')
    expect(await statusAt({ knownOn: '2026-05-08' })).toBe('contradicted')
    expect(await statusAt({ trueOn: '2026-05-02', knownOn: '2026-05-07' })).toBe('unsupported')
  })

  test('names the application that counted, the attested one once there is one', async () => {
    expect((await getReadinessAt(member, clientId, query({ trueOn: '2026-03-01' }))).application?.basis).toBe(
      'draft',
    )
    expect((await getReadinessAt(member, clientId, query())).application).toEqual({
      id: applicationId,
      basis: 'signed',
    })
  })

  test('before the client had an application is told as nothing', async () => {
    expect((await getReadinessAt(member, clientId, query({ knownOn: '2026-01-01' }))).readiness).toBeNull()
  })

  test('refuses days that are none, and knowledge of what is yet to come', () => {
    expect(HistoryQuery.safeParse({ trueOn: '2026-02-30' }).success).toBe(false)
    expect(HistoryQuery.safeParse({ trueOn: '31.3.2026' }).success).toBe(false)
    expect(HistoryQuery.safeParse({ trueOn: '2026-06-01', knownOn: '2026-05-01' }).success).toBe(false)
    expect(HistoryQuery.parse({ trueOn: '', knownOn: ' ' })).toEqual({
      trueOn: undefined,
      knownOn: undefined,
    })
  })
})

test('a year of a whole form takes its time in pieces', async () => {
  world.setClock(on('2027-03-31'))
  const before = performance.now()
  const { days } = await getTimeline(member, clientId, query())
  if (process.env.SHOW_TIME) console.log(days.count, performance.now() - before)
  expect(days.count).toBe(365)
  world.setClock(on('2026-06-01'))
})

describe('an answer that holds from an earlier day', () => {
  test('is true from then on, known only since it was given, and never from tomorrow on', async () => {
    const answer = dentalAnswers(on('2026-02-01'))['rdp-not-exposed']
    if (!answer) throw new Error('The demo answers no such question')
    const draft = await startApplication(member, clientId, { formCode: 'core-cyber', edition: '1' })
    const give = (trueFrom: string) =>
      recordAnswer(member, {
        applicationId: draft,
        questionId: 'rdp-not-exposed',
        answer,
        seenVersion: 0,
        trueFrom,
      })
    expect(await give('2026-06-02')).toMatchObject({
      outcome: 'invalid',
      fieldErrors: [{ path: 'trueFrom' }],
    })
    expect(await give('2026-03-01')).toMatchObject({ outcome: 'saved' })
    const shown = async (values: Record<string, string>) =>
      (await getReadinessAt(member, clientId, query({ ...values, application: draft }))).answers[
        'rdp-not-exposed'
      ]
    expect(await shown({ trueOn: '2026-03-01' })).toEqual(answer)
    expect(await shown({ trueOn: '2026-02-28' })).toBeUndefined()
    await expect(shown({ knownOn: '2026-05-31' })).rejects.toMatchObject({ name: 'NotFoundError' })
  })
})

describe('dating an answer', () => {
  test('records it once more, keeps what was known, and refuses what is signed, missing, or yet to come', async () => {
    const { draftId: draft } = await getTimeline(member, clientId, query())
    if (!draft) throw new Error('There is no draft')
    const date = (questionId: string, trueFrom: string, who = member) =>
      dateAnswer(who, clientId, { applicationId: draft, questionId, trueFrom })
    await date('rdp-not-exposed', '2026-01-15')
    expect(await listAnswerDates(member, draft)).toMatchObject([
      { questionId: 'rdp-not-exposed', since: '2026-01-15' },
    ])
    await expect(date('rdp-not-exposed', '2027-01-01')).rejects.toMatchObject({ code: 'day' })
    await expect(date('rdp-not-exposed', '2026-03-01')).rejects.toMatchObject({ code: 'later-day' })
    await expect(date('mfa-email', '2026-01-15')).rejects.toMatchObject({ name: 'NotFoundError' })
    await expect(date('rdp-not-exposed', '2026-01-15', stranger)).rejects.toMatchObject({
      name: 'NotFoundError',
    })
  })
})
