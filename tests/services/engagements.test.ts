import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { writeToken } from '#app/services/attestation-token.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { acceptOffer, endAsGuest, endAsHost, readOffer } from '#app/services/engagement-acceptance.server.ts'
import {
  decideEngaged,
  downloadEngaged,
  previewEngaged,
  sampleEngaged,
  signOffEngaged,
  visitEngaged,
} from '#app/services/engagement-desk.server.ts'
import { handOver, handoverForGuest, handoverForHost } from '#app/services/engagement-handover.server.ts'
import { OfferInput } from '#app/services/engagement-input.ts'
import { getHeldEngagement, getPortfolio } from '#app/services/engagement-portfolio.server.ts'
import { countViews, filterLines, writeEngagedTable } from '#app/services/engagement-table.ts'
import { getEngagement, listEngagements } from '#app/services/engagements.server.ts'
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import type { Member } from '#app/services/member.ts'
import { decide, visitReview } from '#app/services/review-visit.server.ts'
import { changeReview, getReviews, replyToDecision } from '#app/services/reviews.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import * as accounts from '#db/queries/accounts.server.ts'
import * as engagements from '#db/queries/engagements.server.ts'
import { openWorld, type World } from '../support/world.ts'
import { engage, engagedItem, offered, offerTo } from './engagement-world.ts'
import { addEvidence, caller, enter, invite, itemOf, ORIGIN } from './review-world.ts'

const NOW = new Date('2026-11-27T10:00:00.000Z')
const YES = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } as const
const NO = { state: 'answered', value: { kind: 'yes-no', choice: 'no' }, explanation: 'Not yet.' } as const

let world: World
let mia: Member
let ines: Member
let otto: Member
let fritz: Member
let clientId: string
let applicationId: string

beforeAll(async () => {
  world = await openWorld()
  mia = (await world.signUpMember('Mia Member')).member
  ines = (await world.signUpMember('Ines Insurer', 'insurer')).member
  otto = (await world.signUpMember('Otto Other', 'insurer')).member
  fritz = (await world.signUpMember('Fritz Firm', 'assessor')).member
})
beforeEach(async () => {
  world.setClock(NOW)
  clientId = await createClient(mia, demoClients(NOW).dental)
  applicationId = await startApplication(mia, clientId, { formCode: 'core-cyber', edition: '1' })
  await recordAnswer(mia, { applicationId, questionId: 'mfa-email', answer: YES, seenVersion: 0 })
})
afterEach(() => world.setClock(NOW))
afterAll(() => world?.close())

const code = (work: () => Promise<unknown>) =>
  work().then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
const kinds = async (member: Member) => (await listLedger(member)).entries.map(({ kind }) => kind)
const decision = (item: { decisions: { sequence: number }[]; basisSha256: string }, words = {}) =>
  ({
    questionId: 'mfa-email',
    seen: item.decisions.at(-1)?.sequence ?? 0,
    basis: item.basisSha256,
    kind: 'accepted',
    ground: null,
    note: '',
    ...words,
  }) as const

/** A second member of an organisation, as sign-up makes none yet. */
async function colleagueOf(member: Member, name: string): Promise<Member> {
  const userId = crypto.randomUUID()
  const email = `${userId.slice(0, 8)}@colleagues.example`
  const at = getRuntime().clock()
  await getRuntime().database.forSignIn(async (tx) => {
    await accounts.insertAccount(tx, { id: userId, email, name, passwordHash: 'none', createdAt: at })
    const { organisationId } = member
    await accounts.insertMembership(tx, { organisationId, userId, role: 'technician', createdAt: at })
  })
  return { ...member, userId, email, name, role: 'technician' }
}

describe('the form of an offer', () => {
  test.each([
    ['no kind', { kind: 'friend' }, 'kind'],
    ['no address', { recipientEmail: 'ines' }, 'recipientEmail'],
    ['no application', { applicationIds: [] }, 'applicationIds'],
    ['something that is no application', { applicationIds: ['x'] }, 'applicationIds.0'],
    ['a world of applications', { applicationIds: Array(51).fill(crypto.randomUUID()) }, 'applicationIds'],
    ['no last day', { lastDay: 'soon' }, 'lastDay'],
    [
      'days the wrong way round',
      { evidenceFrom: '2026-05-01', evidenceUntil: '2026-04-01' },
      'evidenceUntil',
    ],
    ['an insurer who signs', { maySign: 'on' }, 'kind'],
    ['a book of instructions', { instructions: 'x'.repeat(4001) }, 'instructions'],
  ])('%s is refused at its field', (_, words, field) => {
    const result = OfferInput.safeParse(offered([crypto.randomUUID()], words))
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })
})

describe('an offer', () => {
  test.each([
    ['a last day that is over', () => ({ lastDay: '2026-11-26' }), 'last-day'],
    ['a last day in years', () => ({ lastDay: '2030-01-01' }), 'last-day'],
    ['a colleague', () => ({ recipientEmail: mia.email }), 'own-review'],
    ['the client’s contact', () => ({ recipientEmail: demoClients(NOW).dental.contactEmail }), 'own-review'],
  ])('is refused for %s', async (_, words, expected) => {
    expect(await code(() => offerTo(mia, [applicationId], words()))).toBe(expected)
  })

  test('is not of another organisation’s application, nor seen or ended by one', async () => {
    const eve = (await world.signUpMember('Eve Elsewhere')).member
    expect(await code(() => offerTo(eve, [applicationId]))).toBe('not-found')
    const { engagementId } = await offerTo(mia, [applicationId])
    expect(await code(() => getEngagement(eve, engagementId))).toBe('not-found')
    expect(await code(() => endAsHost(eve, engagementId, { reason: 'Mine' }))).toBe('not-found')
    expect(await code(() => endAsGuest(ines, engagementId, { reason: 'Mine' }))).toBe('not-found')
  })

  test('is read by whoever holds its link, and tells no client', async () => {
    const { token } = await offerTo(mia, [applicationId])
    const told = await readOffer(token, null)
    expect(told).toMatchObject({
      state: 'offered',
      hostName: 'Mia Member IT',
      applications: 1,
      declaration: null,
    })
    expect(JSON.stringify(told)).not.toContain('Harbour Street')
    expect((await readOffer(token, ines)).declaration).toContain('Ines Insurer IT')
  })

  test.each([
    ['forged', () => writeToken(mia.organisationId, new Uint8Array(24))],
    ['of another organisation', () => writeToken(otto.organisationId, new Uint8Array(24))],
    ['no token', () => 'offer'],
  ])('is not there for a link that is %s', async (_, token) => {
    await offerTo(mia, [applicationId])
    expect(await code(() => readOffer(token(), null))).toBe('not-found')
    expect(await code(() => acceptOffer(ines, token()))).toBe('not-found')
  })

  test('is not opened by a link of another kind', async () => {
    const { key } = await invite(mia, applicationId)
    expect(await code(() => acceptOffer(ines, key.token))).toBe('not-found')
  })

  test('is accepted once, by an owner, for an organisation of the right kind', async () => {
    const { token, engagementId } = await offerTo(mia, [applicationId])
    const colleague = await colleagueOf(ines, 'Carla Colleague')
    expect(await code(() => acceptOffer(colleague, token))).toBe('owner')
    for (const wrong of [{ ...mia, hasSecondFactor: true }, fritz])
      expect(await code(() => acceptOffer(wrong, token))).toBe('kind')
    expect(await acceptOffer(ines, token)).toBe(engagementId)
    for (const again of [ines, otto]) expect(await code(() => acceptOffer(again, token))).toBe('offer-over')
    expect(await getEngagement(mia, engagementId)).toMatchObject({
      state: 'accepted',
      engagement: { guestName: 'Ines Insurer IT', acceptedByName: 'Ines Insurer' },
    })
    const assessment = await offerTo(mia, [applicationId], { kind: 'independent-assessment' })
    expect(await code(() => acceptOffer(otto, assessment.token))).toBe('kind')
    expect(await code(() => acceptOffer(fritz, assessment.token))).toBe('done')
  })

  test('is neither accepted nor opened, worked on or ended in a session without a second factor', async () => {
    const { token, engagementId } = await offerTo(mia, [applicationId])
    const withoutFactor = { ...ines, hasSecondFactor: false }
    const desk = { engagementId, applicationId }
    expect(await code(() => acceptOffer(withoutFactor, token))).toBe('second-factor')
    expect((await readOffer(token, withoutFactor)).state).toBe('offered')
    await acceptOffer(ines, token)
    for (const work of [
      () => visitEngaged(withoutFactor, desk),
      () => sampleEngaged(withoutFactor, desk, { size: 1, seed: 'x' }),
      () => endAsGuest(withoutFactor, engagementId, { reason: 'We have no time.' }),
      () => getHeldEngagement(withoutFactor, engagementId),
      () => getPortfolio(withoutFactor),
    ])
      expect(await code(work)).toBe('second-factor')
    await expect(acceptOffer(withoutFactor, token)).rejects.toThrow(/Account, Second factors/)
    expect(await getEngagement(mia, engagementId)).toMatchObject({ state: 'accepted' })
  })

  test('goes to one of two who accept at once', async () => {
    const { token } = await offerTo(mia, [applicationId])
    const outcomes = await Promise.all([ines, otto].map((who) => code(() => acceptOffer(who, token))))
    expect(outcomes.sort()).toEqual(['done', 'offer-over'])
  })

  test('stands in both ledgers, in the own words of its declaration, and its mail is forgotten', async () => {
    const before = await listOutbox(mia)
    const { token } = await offerTo(mia, [applicationId])
    const mail = (await listOutbox(mia)).find(({ id }) => !before.some((one) => one.id === id))
    expect(mail?.content?.action?.href).toContain(token)
    await acceptOffer(ines, token)
    for (const side of [mia, ines]) {
      const [entry] = (await listLedger(side)).entries
      expect(entry).toMatchObject({ kind: 'engagement.accepted', actor: `Ines Insurer <${ines.email}>` })
      expect(entry?.payload).toContain('Nobody of Ines Insurer IT prepared them')
    }
    expect((await listOutbox(mia)).find(({ id }) => id === mail?.id)?.content).toBeNull()
  })

  test('ends when it is taken back, and lapses after two weeks or with its last day', async () => {
    const taken = await offerTo(mia, [applicationId])
    await endAsHost(mia, taken.engagementId, { reason: 'Sent to the wrong people' })
    expect(await code(() => acceptOffer(ines, taken.token))).toBe('offer-over')
    expect(await code(() => endAsHost(mia, taken.engagementId, { reason: 'Again' }))).toBe('ended')
    const left = await offerTo(mia, [applicationId], { lastDay: '2027-01-31' })
    const short = await offerTo(mia, [applicationId], { lastDay: '2026-11-28' })
    world.setClock(new Date('2026-11-29T00:00:00Z'))
    expect(await code(() => acceptOffer(ines, short.token))).toBe('offer-over')
    world.setClock(new Date(NOW.getTime() + 14 * 86_400_000))
    expect(await code(() => acceptOffer(ines, left.token))).toBe('offer-over')
    expect((await listEngagements(mia)).slice(0, 3).map(({ state }) => state)).toContain('lapsed')
  })

  test('is refused to a firm that shares a member with the host, whatever its name', async () => {
    const shared = (await world.signUpMember('Sven Shared', 'insurer')).member
    await getRuntime().database.forSignIn((tx) =>
      accounts.insertMembership(tx, {
        organisationId: shared.organisationId,
        userId: mia.userId,
        role: 'technician',
        createdAt: NOW,
      }),
    )
    const { token } = await offerTo(mia, [applicationId])
    expect(await code(() => acceptOffer(shared, token))).toBe('shared-member')
  })

  test('is refused to a firm of which somebody was asked for evidence', async () => {
    const asked = { title: 'A log', questionRef: '', message: 'Please', dueOn: '2026-12-04' }
    const person = { recipientName: 'Ines Insurer', recipientEmail: ines.email }
    await requestEvidence(mia, clientId, { ...asked, ...person }, ORIGIN)
    const { token } = await offerTo(mia, [applicationId])
    expect(await code(() => acceptOffer(ines, token))).toBe('own-review')
    expect(await code(() => acceptOffer(otto, token))).toBe('done')
  })

  test('is refused to a firm of which somebody collected evidence', async () => {
    await addEvidence(mia, clientId, {
      title: 'Policies',
      observedOn: '2026-11-20',
      collector: 'Ines Insurer',
    })
    const { token } = await offerTo(mia, [applicationId])
    expect(await code(() => acceptOffer(ines, token))).toBe('own-review')
  })
})

describe('the portfolio', () => {
  test('shows each application of each host over what was granted, and nothing else', async () => {
    const nora = (await world.signUpMember('Nora Next')).member
    const holder = (await world.signUpMember('Hanna Holder', 'insurer')).member
    const noras = await createClient(nora, { ...demoClients(NOW).dental, legalName: 'Lake Dental' })
    const norasApplication = await startApplication(nora, noras, { formCode: 'core-cyber', edition: '1' })
    const notGranted = await startApplication(mia, clientId, { formCode: 'core-cyber', edition: '2' })
    const own = await engage(mia, holder, [applicationId], { sections: ['core-cyber/1/identity'] })
    await engage(nora, holder, [norasApplication])
    const { lines, over } = await getPortfolio(holder)
    expect(over).toEqual([])
    expect(lines.map(({ applicationId: id }) => id).sort()).toEqual([applicationId, norasApplication].sort())
    const line = lines.find(({ engagementId }) => engagementId === own)
    const { desk } = await visitEngaged(holder, { engagementId: own, applicationId })
    expect(line).toMatchObject({
      hostName: 'Mia Member IT',
      clientName: demoClients(NOW).dental.legalName,
      questions: desk.items.length,
      toReview: desk.items.length,
      last: null,
      daysLeft: 24,
    })
    expect(new Set(desk.items.map(({ section }) => section)).size).toBe(1)
    expect(Object.values(line?.statuses ?? {}).reduce((sum, count) => sum + count, 0)).toBe(line?.questions)
    for (const elsewhere of [notGranted, norasApplication])
      expect(await code(() => visitEngaged(holder, { engagementId: own, applicationId: elsewhere }))).toBe(
        'not-found',
      )
    // Somebody else's engagement is nobody's business.
    expect((await getPortfolio(otto)).lines.map(({ engagementId }) => engagementId)).not.toContain(own)
    expect(await code(() => visitEngaged(otto, { engagementId: own, applicationId }))).toBe('not-found')
    expect(await code(() => visitEngaged(nora, { engagementId: own, applicationId }))).toBe('not-found')
  })

  test('is filtered and written as a table', async () => {
    const line = {
      engagementId: 'e',
      applicationId: 'a',
      hostName: 'Mia Member IT',
      kind: 'insurer-review',
      clientName: '=Harbour',
      formTitle: 'Core cyber',
      edition: '1',
      questions: 3,
      statuses: { supported: 1, unsupported: 1, stale: 0, contradicted: 1, 'not-claimed': 0 },
      weakened: 0,
      toReview: 2,
      last: null,
      opinion: null,
      expiresAt: NOW,
      daysLeft: 20,
    } as const
    const quiet = {
      ...line,
      clientName: 'Lake',
      statuses: { ...line.statuses, contradicted: 0 },
      opinion: 'satisfied',
      daysLeft: 7,
    } as const
    expect(countViews([line, quiet])).toEqual({
      all: 2,
      'to-review': 1,
      contradicted: 1,
      ending: 1,
      'signed-off': 1,
    })
    expect(filterLines([line, quiet], { view: 'contradicted', text: '' })).toEqual([line])
    expect(filterLines([line, quiet], { view: 'all', text: 'lake core' })).toEqual([quiet])
    expect(writeEngagedTable([line])).toContain("'=Harbour")
  })

  test('leaves out a draft that was discarded', async () => {
    const holder = (await world.signUpMember('Dora Discarded', 'insurer')).member
    await engage(mia, holder, [applicationId])
    const { discardDraft } = await import('#db/queries/applications.server.ts')
    await getRuntime().database.inOrganisation(mia.organisationId, (tx) =>
      discardDraft(tx, mia.organisationId, applicationId, NOW),
    )
    expect((await getPortfolio(holder)).lines).toEqual([])
  })
})

describe('at the desk', () => {
  let engagementId: string
  const desk = () => ({ engagementId, applicationId })
  const engageWith = async (words: Record<string, unknown> = {}) => {
    engagementId = await engage(mia, ines, [applicationId], words)
  }

  test('a member decides under their own name, the host reads it and replies', async () => {
    await engageWith()
    const carla = await colleagueOf(ines, 'Carla Colleague')
    const said = { kind: 'asked', note: 'For whom?' } as const
    const item = await engagedItem(carla, desk(), 'mfa-email')
    expect(await decideEngaged(carla, desk(), decision(item, said))).toEqual({ outcome: 'decided' })
    const { desk: hosts, reviews } = await getReviews(mia, applicationId)
    const made = hosts.items.find(({ questionId }) => questionId === 'mfa-email')?.decisions
    expect(made).toMatchObject([
      { kind: 'asked', note: 'For whom?', authorName: 'Carla Colleague', authorFirm: 'Ines Insurer IT' },
    ])
    expect(reviews[0]).toMatchObject({ decided: 1, state: 'open' })
    expect((await listLedger(mia)).entries[0]).toMatchObject({
      kind: 'review.decided',
      actor: `Carla Colleague <${carla.email}>, Ines Insurer IT`,
    })
    await replyToDecision(mia, applicationId, { decisionId: made?.[0]?.id ?? '', text: 'For everybody.' })
    expect((await engagedItem(ines, desk(), 'mfa-email')).decisions[0]?.replies).toMatchObject([
      { text: 'For everybody.' },
    ])
    expect(
      (await getPortfolio(ines)).lines.find((line) => line.engagementId === engagementId)?.last,
    ).toMatchObject({
      kind: 'asked',
      authorName: 'Carla Colleague',
    })
  })

  test('what a colleague or an assessor by link decided meanwhile is told, not overwritten', async () => {
    await engageWith()
    const seen = await engagedItem(ines, desk(), 'mfa-email')
    const sent = await invite(mia, applicationId)
    const key = await enter(mia, sent)
    const byLink = decision(await itemOf(key, 'mfa-email'), { kind: 'asked', note: 'Since when?' })
    expect(await decide(key, byLink)).toEqual({ outcome: 'decided' })
    expect(await decideEngaged(ines, desk(), decision(seen))).toMatchObject({
      outcome: 'conflict',
      why: 'decided',
      latest: { authorName: 'Rosa Reviewer' },
    })
    await recordAnswer(mia, { applicationId, questionId: 'mfa-email', answer: NO, seenVersion: 1 })
    expect(await decideEngaged(ines, desk(), { ...decision(seen), seen: 1 })).toMatchObject({
      outcome: 'conflict',
      why: 'changed',
    })
  })

  test('evidence ends where the grant ends, and each file that is opened is written down', async () => {
    const inside = await addEvidence(mia, clientId, { title: 'Inside', observedOn: '2026-11-20' })
    const outside = await addEvidence(mia, clientId, { title: 'Outside', observedOn: '2026-08-20' })
    const backup = await addEvidence(mia, clientId, {
      title: 'Backup',
      observedOn: '2026-11-20',
      controlIds: ['backup-saas'],
    })
    const otherClient = await createClient(mia, demoClients(NOW).dental)
    const foreign = await addEvidence(mia, otherClient, { title: 'Foreign', observedOn: '2026-11-20' })
    await engageWith({ sections: ['core-cyber/1/identity'], evidenceFrom: '2026-11-01' })
    expect((await previewEngaged(ines, desk(), inside.revisionId, caller)).kind).toBe('text')
    for (const { revisionId } of [outside, backup, foreign])
      expect(await code(() => previewEngaged(ines, desk(), revisionId, caller))).toBe('not-found')
    expect(await code(() => downloadEngaged(ines, desk(), inside.revisionId, caller))).toBe('read-only')
    expect(await code(() => previewEngaged(otto, desk(), inside.revisionId, caller))).toBe('not-found')
    const { access } = await getEngagement(mia, engagementId)
    expect(access).toMatchObject([
      { kind: 'viewed', memberName: 'Ines Insurer', revisionId: inside.revisionId, address: caller.address },
    ])
    await engageWith({ mayDownload: 'on' })
    const { file } = await downloadEngaged(ines, desk(), outside.revisionId, caller)
    expect(file.title).toBe('Outside')
    expect((await getEngagement(mia, engagementId)).access.map(({ kind }) => kind)).toEqual(['downloaded'])
  })

  test('a sign-off is typed by whoever is signed in, and closes the application for the firm', async () => {
    await engageWith()
    const said = { opinion: 'satisfied', summary: 'All seen.' } as const
    await decideEngaged(ines, desk(), decision(await engagedItem(ines, desk(), 'mfa-email')))
    const carla = await colleagueOf(ines, 'Carla Colleague')
    const typed = (typedName: string) => ({ ...said, typedName, decided: 1 })
    expect(await code(() => signOffEngaged(carla, desk(), typed('Ines Insurer'), caller))).toBe('name')
    await signOffEngaged(carla, desk(), typed('carla colleague'), caller)
    expect(await code(() => sampleEngaged(ines, desk(), { size: 1, seed: 'x' }))).toBe('signed-off')
    expect((await getPortfolio(ines)).lines.find((line) => line.engagementId === engagementId)?.opinion).toBe(
      'satisfied',
    )
  })

  test('the review that belongs to an engagement is not changed as one by link', async () => {
    await engageWith()
    const reviewId = (await getReviews(mia, applicationId)).reviews[0]?.row.id ?? ''
    for (const change of [{ intent: 'revoke' }, { intent: 'send-again' }] as const)
      expect(await code(() => changeReview(mia, reviewId, change, ORIGIN))).toBe('engagement')
  })
})

describe('an engagement is over', () => {
  let engagementId: string
  const desk = () => ({ engagementId, applicationId })
  let revisionId: string
  const everything = () => [
    () => visitEngaged(ines, desk()),
    () => decideEngaged(ines, desk(), {} as never),
    () => sampleEngaged(ines, desk(), { size: 1, seed: 'x' }),
    () => signOffEngaged(ines, desk(), {} as never, caller),
    () => previewEngaged(ines, desk(), revisionId, caller),
    () => downloadEngaged(ines, desk(), revisionId, caller),
  ]
  beforeEach(async () => {
    const added = await addEvidence(mia, clientId, { title: 'Inside', observedOn: '2026-11-20' })
    revisionId = added.revisionId
    engagementId = await engage(mia, ines, [applicationId], { mayDownload: 'on' })
  })

  test('at once when the host ends it, in both ledgers, with its reason on both sides', async () => {
    await endAsHost(mia, engagementId, { reason: 'Cover was bound elsewhere' })
    for (const work of everything()) expect(await code(work)).toBe('engagement-over')
    for (const side of [mia, ines]) expect((await kinds(side))[0]).toBe('engagement.ended')
    const end = { endReason: 'Cover was bound elsewhere', endedBySide: 'host', endedByName: 'Mia Member' }
    expect((await getHeldEngagement(ines, engagementId)).held).toMatchObject(end)
    expect((await getEngagement(mia, engagementId)).engagement).toMatchObject(end)
    const { lines, over } = await getPortfolio(ines)
    expect(lines.map((line) => line.engagementId)).not.toContain(engagementId)
    expect(over.find(({ held }) => held.id === engagementId)?.state).toBe('ended')
    expect((await getReviews(mia, applicationId)).reviews[0]?.state).toBe('revoked')
    expect(await code(() => endAsGuest(ines, engagementId, { reason: 'Me too' }))).toBe('ended')
  })

  test('when the guest’s owner gives it back, and not for a technician of theirs', async () => {
    const carla = await colleagueOf(ines, 'Carla Colleague')
    expect(await code(() => endAsGuest(carla, engagementId, { reason: 'Done' }))).toBe('owner')
    expect(await code(() => endAsGuest(otto, engagementId, { reason: 'Done' }))).toBe('not-found')
    await endAsGuest(ines, engagementId, { reason: 'We decline the risk' })
    for (const work of everything()) expect(await code(work)).toBe('engagement-over')
    expect((await getEngagement(mia, engagementId)).state).toBe('ended')
  })

  test('after its last day', async () => {
    world.setClock(new Date('2026-12-20T23:59:59Z'))
    expect(await code(() => visitEngaged(ines, desk()))).toBe('done')
    world.setClock(new Date('2026-12-21T00:00:00Z'))
    for (const work of everything()) expect(await code(work)).toBe('engagement-over')
    expect((await getPortfolio(ines)).over.find(({ held }) => held.id === engagementId)?.state).toBe(
      'expired',
    )
    expect((await getHeldEngagement(ines, engagementId)).open).toBeNull()
  })

  test('whatever the guest’s own row says: the host’s decides', async () => {
    const { database } = getRuntime()
    await database.inOrganisation(mia.organisationId, (tx) =>
      engagements.updateEngagement(tx, mia.organisationId, engagementId, {
        endedAt: NOW,
        endedBySide: 'host',
        endedByName: 'Mia Member',
        endReason: 'Only here',
      }),
    )
    expect(await code(() => visitEngaged(ines, desk()))).toBe('engagement-over')
    // A row that somebody made up in their own tenant leads nowhere.
    await database.inOrganisation(otto.organisationId, (tx) =>
      engagements.insertHeldEngagement(tx, {
        organisationId: otto.organisationId,
        id: engagementId,
        hostOrganisationId: mia.organisationId,
        hostName: 'Mia Member IT',
        kind: 'insurer-review',
        acceptedByName: 'Otto Other',
        acceptedAt: NOW,
        declaration: 'None',
        expiresAt: new Date('2027-12-01T00:00:00Z'),
      }),
    )
    expect(await code(() => visitEngaged(otto, desk()))).toBe('not-found')
  })
})

describe('handing an assessment over', () => {
  const said = { opinion: 'with-conditions', summary: 'Sound, on condition that the VPN follows.' } as const
  const assess = () => engage(mia, fritz, [applicationId], { kind: 'independent-assessment' })

  test('freezes opinion, counts and what remains open on both sides, and ends it', async () => {
    const engagementId = await assess()
    const desk = { engagementId, applicationId }
    expect(await code(() => handOver(fritz, engagementId, said))).toBe('nothing-decided')
    // What another assessor accepted is no work of the firm.
    const key = await enter(mia, await invite(mia, applicationId))
    const other = (await visitReview(key)).desk.items.find(({ questionId }) => questionId !== 'mfa-email')
    if (!other) throw new Error('One question only')
    expect(await decide(key, { ...decision(other), questionId: other.questionId })).toEqual({
      outcome: 'decided',
    })
    await decideEngaged(fritz, desk, decision(await engagedItem(fritz, desk, 'mfa-email')))
    const technician = await colleagueOf(fritz, 'Tara Technician')
    expect(await code(() => handOver(technician, engagementId, said))).toBe('owner')
    const foreign = (await world.signUpMember('Frank Foreign', 'assessor')).member
    expect(await code(() => handOver(foreign, engagementId, said))).toBe('not-found')
    await handOver(fritz, engagementId, said)
    const [hosts, guests] = [
      await getEngagement(mia, engagementId),
      await getHeldEngagement(fritz, engagementId),
    ]
    expect(hosts.engagement.handover).toEqual(guests.held.handover)
    const [assessed] = hosts.engagement.handover?.applications ?? []
    expect(hosts.engagement.handover).toMatchObject({ ...said, byName: 'Fritz Firm', at: NOW.toISOString() })
    expect(assessed).toMatchObject({ decided: 1, byKind: { accepted: 1 } })
    expect(assessed?.open).toHaveLength((assessed?.questions ?? 0) - 1)
    for (const side of [mia, fritz]) {
      const [entry] = (await listLedger(side)).entries
      expect(entry?.kind).toBe('engagement.handed-over')
      expect(entry?.payload).toContain('on condition that the VPN follows')
    }
    for (const text of [
      await handoverForHost(mia, engagementId),
      await handoverForGuest(fritz, engagementId),
    ]) {
      expect(text).toContain('Opinion: Satisfied with conditions')
      expect(text).toContain('is independent of Mia Member IT')
    }
    expect(await code(() => visitEngaged(fritz, desk))).toBe('engagement-over')
    expect(await code(() => handOver(fritz, engagementId, said))).toBe('engagement-over')
    for (const [who, change] of [
      [mia, engagements.updateEngagement],
      [fritz, engagements.updateHeldEngagement],
    ] as const) {
      const { organisationId } = who
      const rewritten = getRuntime().database.inOrganisation(organisationId, (tx) =>
        change(tx, organisationId, engagementId, { handover: null }),
      )
      await expect(rewritten).rejects.toThrow()
    }
  })

  test('is not for insurers, nor when it is over; before it there is nothing to download', async () => {
    const review = await engage(mia, ines, [applicationId])
    expect(await code(() => handOver(ines, review, said))).toBe('kind')
    const engagementId = await assess()
    expect(await code(() => handoverForHost(mia, engagementId))).toBe('not-found')
    expect(await code(() => handoverForGuest(fritz, engagementId))).toBe('not-found')
    await endAsHost(mia, engagementId, { reason: 'No longer needed' })
    expect(await code(() => handOver(fritz, engagementId, said))).toBe('engagement-over')
  })
})
