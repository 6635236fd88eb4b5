import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { drawSample } from '#app/report/statement-sampling.ts'
import { listInconsistencies } from '#app/report/verify/consistency.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import type { Key } from '#app/services/attestation-door.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { dentalFiles } from '#app/services/demo/evidence.ts'
import { endAsHost } from '#app/services/engagement-acceptance.server.ts'
import { decideEngaged, signOffEngaged } from '#app/services/engagement-desk.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReport, prepareReport } from '#app/services/reports.server.ts'
import { decide, signOffReview, takeSample, visitReview } from '#app/services/review-visit.server.ts'
import { changeReview } from '#app/services/reviews.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { readToldReviews } from '#app/services/told-reviews.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { openWorld, type World } from '../support/world.ts'
import { engage, engagedItem } from './engagement-world.ts'
import { addEvidence, caller, enter, invite, itemOf, ORIGIN } from './review-world.ts'

const NOW = new Date('2026-11-27T10:00:00.000Z')
const LATER = new Date('2026-11-28T10:00:00.000Z')
const YES = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } as const
const NO = { state: 'answered', value: { kind: 'yes-no', choice: 'no' }, explanation: 'Not yet.' } as const

let world: World
let mia: Member
let ines: Member
let clientId: string
let applicationId: string

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  mia = (await world.signUpMember('Mia Member')).member
  ines = (await world.signUpMember('Ines Insurer', 'insurer')).member
})
beforeEach(async () => {
  world.setClock(NOW)
  clientId = await createClient(mia, demoClients(NOW).dental)
  applicationId = await newApplication()
  await recordAnswer(mia, { applicationId, questionId: 'mfa-email', answer: YES, seenVersion: 0 })
  await recordAnswer(mia, { applicationId, questionId: 'mfa-backup-admin', answer: NO, seenVersion: 0 })
})
afterEach(() => world.setClock(NOW))
afterAll(() => world?.close())

const newApplication = () => startApplication(mia, clientId, { formCode: 'core-cyber', edition: '1' })

async function atDesk(words: Record<string, unknown> = {}, application = applicationId) {
  const sent = await invite(mia, application, words)
  return { ...sent, key: await enter(mia, sent) }
}

async function decideOn(key: Key, questionId: string, words = {}) {
  const item = await itemOf(key, questionId)
  const seen = item.decisions.at(-1)?.sequence ?? 0
  const input = {
    questionId,
    seen,
    basis: item.basisSha256,
    kind: 'accepted',
    ground: null,
    note: '',
  } as const
  expect(await decide(key, { ...input, ...words })).toEqual({ outcome: 'decided' })
}

const OPINION = { opinion: 'with-conditions', summary: 'Close the vendor’s account.' } as const
const signOff = (key: Key, decided: number) =>
  signOffReview(key, { ...OPINION, typedName: 'rosa reviewer', decided }, caller)

/** What is frozen when the next report is prepared. */
async function nextStatement(application: string) {
  const prepared = await prepareReport(mia, application, {
    contributorTitle: 'Technician',
    officerName: 'Oscar Officer',
    officerTitle: 'Chief executive',
    officerRole: 'chief-executive',
    officerEmail: 'oscar@client.example',
    coversFrom: '',
    certify: 'on',
  })
  if (prepared.outcome !== 'prepared') throw new Error(JSON.stringify(prepared))
  return (await getReport(mia, prepared.reportId)).statement
}

/** What the next report tells, read as the next report would read it. */
const told = (application = applicationId) =>
  getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
    readToldReviews(tx, mia.organisationId, application),
  )

describe('the next report', () => {
  test('tells who signed off, what lay before them, what they decided and found', async () => {
    const { key, reviewId } = await atDesk({ evidenceFrom: '2026-01-01' })
    const population = (await visitReview(key)).desk.items.map(({ questionId }) => questionId)
    await takeSample(key, { size: 2, seed: 'first' })
    world.setClock(new Date(NOW.getTime() + 60_000))
    await takeSample(key, { size: 3, seed: 'second' })
    await decideOn(key, 'mfa-email')
    await decideOn(key, 'mfa-backup-admin', { kind: 'rejected', ground: 'stale', note: 'Too old' })
    await signOff(key, 2)
    world.setClock(LATER)
    const drawn = (size: number, seed: string) => drawSample(population, size, seed, sha256Hex)
    expect(await told()).toEqual([
      {
        reviewId,
        assessor: { name: 'Rosa Reviewer', firm: 'Harbor Mutual' },
        by: 'link',
        signedOffAt: '2026-11-27T10:01:00.000Z',
        sections: [],
        evidenceFrom: '2026-01-01',
        evidenceUntil: null,
        samples: [
          { seed: 'first', population, drawn: drawn(2, 'first') },
          { seed: 'second', population, drawn: drawn(3, 'second') },
        ],
        questions: population.length,
        decided: 2,
        byKind: { accepted: 1, 'accepted-with-note': 0, asked: 0, rejected: 1, contradiction: 0 },
        decidedByOthers: 0,
        changedSince: 0,
        ...OPINION,
        decisionsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
  })

  test('counts what has changed since: an answer, and the evidence beside one', async () => {
    const { key } = await atDesk()
    await decideOn(key, 'mfa-email')
    await decideOn(key, 'mfa-backup-admin')
    await signOff(key, 2)
    await recordAnswer(mia, { applicationId, questionId: 'mfa-backup-admin', answer: YES, seenVersion: 1 })
    await addEvidence(mia, clientId, { title: 'New export', observedOn: '2026-11-20' })
    expect(await told()).toMatchObject([{ decided: 2, changedSince: 2 }])
  })

  test('does not count as changed since what had changed before the sign-off', async () => {
    const { key } = await atDesk()
    await decideOn(key, 'mfa-email')
    await decideOn(key, 'mfa-backup-admin')
    await recordAnswer(mia, { applicationId, questionId: 'mfa-backup-admin', answer: YES, seenVersion: 1 })
    await signOff(key, 1)
    expect(await told()).toMatchObject([{ decided: 1, changedSince: 0 }])
  })

  test('says how many of the decisions another assessor made, and which sections lay there', async () => {
    const first = await atDesk({ assessorEmail: 'paul@other.example', assessorName: 'Paul Prior' })
    await decideOn(first.key, 'mfa-email')
    const { key } = await atDesk({ sectionIds: ['identity'] })
    await decideOn(key, 'mfa-backup-admin')
    await signOff(key, 2)
    expect(await told()).toMatchObject([
      {
        assessor: { name: 'Rosa Reviewer' },
        decided: 2,
        decidedByOthers: 1,
        sections: ['Sign-in and multi-factor authentication'],
      },
    ])
  })

  test('tells what a member of an engaged organisation signed off, also after it has ended', async () => {
    const engagementId = await engage(mia, ines, [applicationId])
    const desk = { engagementId, applicationId }
    const { basisSha256 } = await engagedItem(ines, desk, 'mfa-email')
    await decideEngaged(ines, desk, {
      questionId: 'mfa-email',
      seen: 0,
      basis: basisSha256,
      kind: 'asked',
      ground: null,
      note: 'Which accounts?',
    })
    await signOffEngaged(ines, desk, { ...OPINION, typedName: ines.name, decided: 1 }, caller)
    await endAsHost(mia, engagementId, { reason: 'Done' })
    expect(await told()).toMatchObject([
      { by: 'engagement', assessor: { name: ines.name, firm: ines.organisationName }, byKind: { asked: 1 } },
    ])
  })

  test('tells nothing of a review that is open, was taken back or is of another application', async () => {
    const open = await atDesk({ assessorEmail: 'open@other.example' })
    await decideOn(open.key, 'mfa-email')
    const revoked = await atDesk({ assessorEmail: 'revoked@other.example' })
    await changeReview(mia, revoked.reviewId, { intent: 'revoke' }, ORIGIN)
    const other = await newApplication()
    await recordAnswer(mia, { applicationId: other, questionId: 'mfa-email', answer: YES, seenVersion: 0 })
    const elsewhere = await atDesk({}, other)
    await decideOn(elsewhere.key, 'mfa-email')
    await signOff(elsewhere.key, 1)
    expect(await told()).toBeUndefined()
    expect(await told(other)).toHaveLength(1)
  })

  test('keeps an opinion whose link was closed after it was given', async () => {
    const { key, reviewId } = await atDesk()
    await decideOn(key, 'mfa-email')
    await signOff(key, 1)
    await changeReview(mia, reviewId, { intent: 'revoke' }, ORIGIN)
    expect(await told()).toMatchObject([{ reviewId, opinion: 'with-conditions' }])
  })

  test('freezes it with everything else, and agrees with itself', async () => {
    const { dental } = demoClients(NOW)
    const whole = await prepareClient(mia, dental, dentalAnswers(NOW), dentalFiles(NOW), () => undefined)
    const { key, reviewId } = await atDesk({}, whole)
    await decideOn(key, 'mfa-email')
    await signOff(key, 1)
    world.setClock(LATER)
    const statement = await nextStatement(whole)
    expect(statement.reviews).toMatchObject([{ reviewId, decided: 1, changedSince: 0 }])
    expect(listInconsistencies(statement)).toEqual([])
  }, 60_000)
})
