import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { drawSample } from '#app/report/statement-sampling.ts'
import { loader as contentLoader } from '#app/routes/review-content.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import type { Key } from '#app/services/attestation-door.server.ts'
import { writeToken } from '#app/services/attestation-token.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { withdrawEvidence } from '#app/services/evidence.server.ts'
import { requestEvidence } from '#app/services/evidence-requests.server.ts'
import { enterGuestCode, greetGuest, sendGuestCode } from '#app/services/guest-door.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import { visitRequest } from '#app/services/request-visit.server.ts'
import { downloadForAssessor, previewForAssessor } from '#app/services/review-evidence.server.ts'
import {
  type DecisionInput,
  DecisionInput as DecisionSchema,
  InviteInput,
} from '#app/services/review-input.ts'
import { groupOfDomain, inReviewOrder, passesFilter, REVIEW_GROUPS } from '#app/services/review-order.ts'
import { writeDecisionTable } from '#app/services/review-table.ts'
import { decide, signOffReview, takeSample, visitReview } from '#app/services/review-visit.server.ts'
import { changeReview, getReview, getReviews, replyToDecision } from '#app/services/reviews.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { replyOf, type SignedIn } from '../routes/evidence-calls.ts'
import { openWorld, type World } from '../support/world.ts'
import { addEvidence, caller, enter, invitation, invite, itemOf, ORIGIN } from './review-world.ts'

const NOW = new Date('2026-11-27T10:00:00.000Z')
const YES = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } as const
const NO = { state: 'answered', value: { kind: 'yes-no', choice: 'no' }, explanation: 'Not yet.' } as const

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
  applicationId = await startApplication(mia.member, clientId, { formCode: 'core-cyber', edition: '1' })
  await recordAnswer(mia.member, { applicationId, questionId: 'mfa-email', answer: YES, seenVersion: 0 })
})
afterEach(() => world.setClock(NOW))
afterAll(() => world?.close())

const code = (work: () => Promise<unknown>) =>
  work().then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
const atDesk = async (words: Record<string, unknown> = {}) => {
  const sent = await invite(mia.member, applicationId, words)
  return { ...sent, key: await enter(mia.member, sent) }
}
async function decideOn(key: Key, questionId: string, said: Partial<DecisionInput> = {}) {
  const item = await itemOf(key, questionId)
  return decide(key, {
    questionId,
    seen: item.decisions.at(-1)?.sequence ?? 0,
    basis: item.basisSha256,
    kind: 'accepted',
    ground: null,
    note: '',
    ...said,
  })
}

describe('the form of an invitation', () => {
  test.each([
    ['nobody', { assessorName: ' ' }, 'assessorName'],
    ['no firm', { assessorFirm: '' }, 'assessorFirm'],
    ['no address', { assessorEmail: 'rosa' }, 'assessorEmail'],
    ['no last day', { lastDay: 'soon' }, 'lastDay'],
    [
      'days the wrong way round',
      { evidenceFrom: '2026-05-01', evidenceUntil: '2026-04-01' },
      'evidenceUntil',
    ],
    ['a book of instructions', { instructions: 'x'.repeat(4001) }, 'instructions'],
  ])('%s is refused at its field', (_, words, field) => {
    const result = InviteInput.safeParse(invitation(words))
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })
})

describe('an invitation', () => {
  test.each([
    ['a last day that is over', { lastDay: '2026-11-26' }, 'last-day'],
    ['a last day in years', { lastDay: '2030-01-01' }, 'last-day'],
    ['a section of another form', { sectionIds: ['nowhere'] }, 'section'],
    ['whoever prepared it', { assessorEmail: () => mia.member.email }, 'own-review'],
    ['the client’s own contact', { assessorEmail: () => demoClients(NOW).dental.contactEmail }, 'own-review'],
  ])('is refused for %s', async (_, words, expected) => {
    const resolved = Object.fromEntries(
      Object.entries(words).map(([name, value]) => [name, typeof value === 'function' ? value() : value]),
    )
    expect(await code(() => invite(mia.member, applicationId, resolved))).toBe(expected)
  })

  test('is refused for somebody who was asked for evidence', async () => {
    const asked = {
      title: 'Something',
      questionRef: '',
      message: 'Please',
      dueOn: '2026-12-04',
      recipientName: 'Rosa Reviewer',
      recipientEmail: 'rosa@harbor-mutual.example',
    }
    await requestEvidence(mia.member, clientId, asked, ORIGIN)
    expect(await code(() => invite(mia.member, applicationId))).toBe('own-review')
  })

  test('is not for another organisation to send, see or change', async () => {
    expect(await code(() => invite(eve.member, applicationId))).toBe('not-found')
    const { reviewId } = await invite(mia.member, applicationId)
    expect(await code(() => getReview(eve.member, reviewId))).toBe('not-found')
    expect(await code(() => getReviews(eve.member, applicationId))).toBe('not-found')
    expect(await code(() => changeReview(eve.member, reviewId, { intent: 'revoke' }, ORIGIN))).toBe(
      'not-found',
    )
  })
})

describe('the door', () => {
  test('tells nothing before the code, counts wrong ones, and opens with the right one', async () => {
    const { key } = await invite(mia.member, applicationId)
    const greeting = await greetGuest('review', key, caller)
    expect(greeting).toMatchObject({ state: 'open', recipient: 'r…@harbor-mutual.example', isOpen: false })
    expect(JSON.stringify(greeting)).not.toContain('Harbour Street')
    expect(await code(() => visitReview(key))).toBe('code-needed')
    await sendGuestCode('review', key)
    expect(await enterGuestCode('review', key, 'nothing', caller)).toEqual({ outcome: 'wrong', triesLeft: 4 })
    expect(await code(() => sendGuestCode('review', key))).toBe('code-pause')
    const mail = (await listOutbox(mia.member)).find(({ kind }) => kind === 'guest-code')
    expect(mail?.subject).not.toMatch(/\d{6}/)
    const entered = await enterGuestCode('review', key, mail?.content?.code ?? '', caller)
    if (entered.outcome !== 'open') throw new Error('Not open')
    expect((await visitReview({ ...key, session: entered.session })).desk.items.length).toBeGreaterThan(5)
    // A code opens once.
    expect(await enterGuestCode('review', key, mail?.content?.code ?? '', caller)).toEqual({
      outcome: 'no-code',
    })
    expect(await code(() => visitReview({ ...key, session: 'another' }))).toBe('code-needed')
  })

  test('is shut again when the session is over, the invitation taken back, or its last day past', async () => {
    const { key, reviewId } = await atDesk()
    world.setClock(new Date(NOW.getTime() + 3 * 3_600_000))
    expect(await code(() => visitReview(key))).toBe('code-needed')
    world.setClock(NOW)
    const other = await atDesk({ assessorEmail: 'otto@harbor-mutual.example' })
    world.setClock(new Date('2026-12-21T00:00:00Z'))
    expect(await code(() => visitReview(other.key))).toBe('link')
    world.setClock(NOW)
    await changeReview(mia.member, reviewId, { intent: 'revoke' }, ORIGIN)
    for (const work of [
      () => visitReview(key),
      () => decideOn(other.key, 'mfa-email').then(() => decide(key, {} as never)),
      () => sendGuestCode('review', key),
    ])
      expect(await code(work)).toBe('link')
    expect(await code(() => changeReview(mia.member, reviewId, { intent: 'send-again' }, ORIGIN))).toBe(
      'revoked',
    )
  })

  test.each([
    ['forged', () => writeToken(mia.member.organisationId, new Uint8Array(24))],
    ['of another organisation', () => writeToken(eve.member.organisationId, new Uint8Array(24))],
    ['no token', () => 'review'],
  ])('is not there for a link that is %s', async (_, token) => {
    expect(await code(() => greetGuest('review', { token: token(), session: null }, caller))).toBe(
      'not-found',
    )
  })

  test('a link of one kind opens nothing of another', async () => {
    const { key } = await atDesk()
    expect(await code(() => visitRequest(key, caller))).toBe('not-found')
    expect(await code(() => greetGuest('room', key, caller))).toBe('not-found')
  })
})

describe('the desk', () => {
  test('has the questions in the assessor’s order, with answer, reasons and evidence', async () => {
    await addEvidence(mia.member, clientId, { title: 'Sign-in policies', observedOn: '2026-11-20' })
    const { key } = await atDesk()
    const { desk, organisationName } = await visitReview(key)
    expect(organisationName).toBe('Mia Member IT')
    const ranks = desk.items.map(({ groupId }) => REVIEW_GROUPS.findIndex(({ id }) => id === groupId))
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
    const item = desk.items.find(({ questionId }) => questionId === 'mfa-email')
    expect(item).toMatchObject({ shown: 'Yes', answeredBy: 'Mia Member', groupId: 'mfa' })
    expect(item?.evidence.map(({ title }) => title)).toEqual(['Sign-in policies'])
  })

  test('ends where the invitation ends: sections, days of evidence, and this client', async () => {
    const inside = await addEvidence(mia.member, clientId, { title: 'Inside', observedOn: '2026-11-20' })
    const outside = await addEvidence(mia.member, clientId, { title: 'Outside', observedOn: '2026-08-20' })
    const otherClient = await createClient(mia.member, demoClients(NOW).dental)
    const foreign = await addEvidence(mia.member, otherClient, { title: 'Foreign', observedOn: '2026-11-20' })
    const { key } = await atDesk({ sectionIds: ['identity'], evidenceFrom: '2026-11-01', evidenceUntil: '' })
    const { desk } = await visitReview(key)
    expect([...new Set(desk.items.map(({ section }) => section))]).toHaveLength(1)
    const item = await itemOf(key, 'mfa-email')
    expect(item.evidence.map(({ title }) => title)).toEqual(['Inside'])
    expect(item.evidenceWithheld).toBe(1)
    expect((await previewForAssessor(key, inside.revisionId, caller)).kind).toBe('text')
    for (const { revisionId } of [outside, foreign])
      expect(await code(() => previewForAssessor(key, revisionId, caller))).toBe('not-found')
    const elsewhere = { questionId: 'backup-offline', seen: 0, basis: '0'.repeat(64) } as DecisionInput
    expect(await code(() => decide(key, { ...elsewhere, kind: 'accepted', ground: null, note: '' }))).toBe(
      'not-found',
    )
  })

  test('each file that is opened is written down, and downloads only where they are allowed', async () => {
    const { revisionId } = await addEvidence(mia.member, clientId, {
      title: 'Policies',
      observedOn: '2026-11-20',
    })
    const reading = await atDesk()
    await previewForAssessor(reading.key, revisionId, caller)
    await previewForAssessor(reading.key, revisionId, caller)
    expect(await code(() => downloadForAssessor(reading.key, revisionId, caller))).toBe('read-only')
    const taking = await atDesk({ assessorEmail: 'otto@harbor-mutual.example', mayDownload: 'on' })
    const { file } = await downloadForAssessor(taking.key, revisionId, caller)
    expect(file.sha256).toBe(sha256Hex('Policies'))
    const did = async (reviewId: string) =>
      (await getReview(mia.member, reviewId)).access
        .filter((access) => access.revisionId === revisionId)
        .map(({ kind, address }) => [kind, address])
    const seen = ['viewed', caller.address]
    expect(await did(reading.reviewId)).toEqual([seen, seen])
    expect(await did(taking.reviewId)).toEqual([['downloaded', caller.address]])
  })

  test('a file can do nothing in the page that shows it', async () => {
    const said = { title: 'Page', observedOn: '2026-11-20', content: '<script>alert(1)</script>' }
    const { revisionId } = await addEvidence(mia.member, clientId, said)
    const { key } = await atDesk()
    const cookie = `attested_review_${sha256Hex(key.token ?? '').slice(0, 12)}`
    const call = (headers: Record<string, string>) =>
      replyOf(
        contentLoader({
          request: new Request('http://attested.test/', { headers }),
          params: { token: key.token, revision: revisionId },
          context: {},
        } as never) as Promise<unknown>,
      )
    // Without the session the link's own page is shown, which asks for the code.
    expect((await call({})).response?.headers.get('location')).toBe(`/review/${key.token}`)
    const value = Buffer.from(JSON.stringify(key.session)).toString('base64')
    const { response } = await call({ cookie: `${cookie}=${encodeURIComponent(value)}` })
    expect(response?.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
    expect(await response?.text()).toContain('&lt;script&gt;')
  })
})

describe('a decision', () => {
  test.each([
    ['none chosen', { kind: 'maybe' }, 'kind'],
    ['a rejection without a ground', { kind: 'rejected', note: 'No' }, 'ground'],
    ['a question without words', { kind: 'asked', note: '  ' }, 'note'],
    ['more words than fit', { kind: 'asked', note: 'x'.repeat(4001) }, 'note'],
    ['no basis', { basis: 'x' }, 'basis'],
  ])('%s is refused at its field', (_, words, field) => {
    const typed = {
      questionId: 'q',
      seen: '0',
      basis: '0'.repeat(64),
      kind: 'accepted',
      ground: '',
      note: '',
    }
    const result = DecisionSchema.safeParse({ ...typed, ...words })
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })

  test('is added behind the one before; both stay with author, reason and time', async () => {
    const { key } = await atDesk()
    await decideOn(key, 'mfa-email', { kind: 'rejected', ground: 'wrong-scope', note: 'Only the firewall.' })
    await decideOn(key, 'mfa-email')
    const { decisions, standing } = await itemOf(key, 'mfa-email')
    expect(decisions.map(({ sequence, kind, ground, note }) => [sequence, kind, ground, note])).toEqual([
      [1, 'rejected', 'wrong-scope', 'Only the firewall.'],
      [2, 'accepted', null, ''],
    ])
    expect(standing?.sequence).toBe(2)
    const { entries } = await listLedger(mia.member)
    expect(entries[0]).toMatchObject({
      kind: 'review.decided',
      actor: 'Rosa Reviewer, Harbor Mutual <rosa@harbor-mutual.example>, by link',
    })
    expect(writeDecisionTable((await getReviews(mia.member, applicationId)).desk)).toContain(
      'Only the firewall.',
    )
  })

  test('no longer stands when the answer or its evidence changes', async () => {
    const { key } = await atDesk()
    await decideOn(key, 'mfa-email')
    const held = await addEvidence(mia.member, clientId, { title: 'Newer', observedOn: '2026-11-26' })
    expect((await itemOf(key, 'mfa-email')).standing).toBeNull()
    await withdrawEvidence(mia.member, held.evidenceId, 'It was another tenant’s.')
    expect((await itemOf(key, 'mfa-email')).standing).not.toBeNull()
    await recordAnswer(mia.member, { applicationId, questionId: 'mfa-email', answer: NO, seenVersion: 1 })
    expect((await itemOf(key, 'mfa-email')).decisions[0]).toMatchObject({ isOutdated: true })
  })

  test('on what is no longer there is refused, and told', async () => {
    const { key } = await atDesk()
    const { basisSha256: basis } = await itemOf(key, 'mfa-email')
    await recordAnswer(mia.member, { applicationId, questionId: 'mfa-email', answer: NO, seenVersion: 1 })
    expect(await decideOn(key, 'mfa-email', { basis })).toMatchObject({ outcome: 'conflict', why: 'changed' })
    expect((await itemOf(key, 'mfa-email')).decisions).toEqual([])
  })

  test('behind another’s that was not seen is refused, and shows theirs', async () => {
    const rosa = await atDesk()
    const otto = await atDesk({ assessorName: 'Otto Other', assessorEmail: 'otto@harbor-mutual.example' })
    await decideOn(otto.key, 'mfa-email', { kind: 'asked', note: 'For whom?' })
    expect(await decideOn(rosa.key, 'mfa-email', { seen: 0 })).toMatchObject({
      outcome: 'conflict',
      why: 'decided',
      latest: { authorName: 'Otto Other', note: 'For whom?' },
    })
    expect(await decideOn(rosa.key, 'mfa-email')).toEqual({ outcome: 'decided' })
  })

  test('is answered by whoever prepares, and nobody else', async () => {
    const { key } = await atDesk()
    await decideOn(key, 'mfa-email', { kind: 'asked', note: 'For whom?' })
    const decisionId = (await itemOf(key, 'mfa-email')).decisions[0]?.id ?? ''
    const reply = { decisionId, text: 'For everybody.' }
    expect(await code(() => replyToDecision(eve.member, applicationId, reply))).toBe('not-found')
    await replyToDecision(mia.member, applicationId, reply)
    expect((await itemOf(key, 'mfa-email')).decisions[0]?.replies).toMatchObject([
      { text: 'For everybody.', authorName: 'Mia Member' },
    ])
  })
})

describe('a sample', () => {
  const population = Array.from({ length: 40 }, (_, index) => `q${index}`)

  test('is the same for the same seed and list, whatever the order of the list, and another for another seed', () => {
    const drawn = drawSample(population, 10, 'harbor 7', sha256Hex)
    expect(new Set(drawn).size).toBe(10)
    expect(drawSample([...population].reverse(), 10, 'harbor 7', sha256Hex)).toEqual(drawn)
    expect(drawSample(population, 10, 'harbor 8', sha256Hex)).not.toEqual(drawn)
    expect(drawSample(population, 100, 'all', sha256Hex)).toHaveLength(40)
  })

  test('is kept with its seed and the list it was drawn from', async () => {
    const { key } = await atDesk()
    await takeSample(key, { size: 3, seed: 'harbor 7' })
    const { samples, desk } = await visitReview(key)
    const ids = desk.items.map(({ questionId }) => questionId)
    expect(samples).toMatchObject([{ seed: 'harbor 7', population: ids }])
    expect(samples[0]?.drawn).toEqual(drawSample(ids, 3, 'harbor 7', sha256Hex))
  })
})

describe('signing off', () => {
  const said = { opinion: 'satisfied', summary: 'All seen.', typedName: 'rosa reviewer' } as const

  test('ends the review with what stood, and nothing is decided by it any more', async () => {
    const { key, reviewId } = await atDesk()
    expect(await code(() => signOffReview(key, { ...said, decided: 0 }, caller))).toBe('nothing-decided')
    await decideOn(key, 'mfa-email')
    expect(await code(() => signOffReview(key, { ...said, typedName: 'Otto', decided: 1 }, caller))).toBe(
      'name',
    )
    expect(await code(() => signOffReview(key, { ...said, decided: 2 }, caller))).toBe('decided-meanwhile')
    await signOffReview(key, { ...said, decided: 1 }, caller)
    const { review, state } = await getReview(mia.member, reviewId)
    expect([state, review.opinion, review.signOff?.byKind]).toEqual([
      'signed-off',
      'satisfied',
      { accepted: 1 },
    ])
    expect(await code(() => decideOn(key, 'mfa-email'))).toBe('signed-off')
    expect(await code(() => takeSample(key, { size: 1, seed: 'x' }))).toBe('signed-off')
    expect(await code(() => signOffReview(key, { ...said, decided: 1 }, caller))).toBe('signed-off')
    // They may still read what they decided.
    expect((await visitReview(key)).desk.items.length).toBeGreaterThan(0)
  })
})

describe('the assessor’s order', () => {
  test('has a place for every domain of the catalogue', () => {
    const named = REVIEW_GROUPS.flatMap(({ domains }) => domains)
    expect(new Set(named).size).toBe(named.length)
    for (const { id } of loadCatalogue().domains) expect(named).toContain(id)
    expect(groupOfDomain(null).id).toBe('business')
    expect(groupOfDomain('of-a-newer-catalogue').id).toBe('rest')
  })

  test('keeps the form’s order inside a group', () => {
    const items = ['rest', 'mfa', 'business', 'mfa'].map((groupId, index) => ({ groupId, index }))
    expect(inReviewOrder(items).map(({ index }) => index)).toEqual([2, 1, 3, 0])
  })

  test.each([
    ['unreviewed', { standing: null }, true],
    ['unreviewed', { standing: { kind: 'accepted' } }, false],
    ['doubtful', { status: 'supported', weakened: true }, true],
    ['doubtful', { status: 'supported' }, false],
    ['doubtful', { status: 'stale' }, true],
    ['open', { standing: { kind: 'rejected' } }, true],
    ['open', { standing: { kind: 'accepted-with-note' } }, false],
    ['sample', {}, true],
  ] as const)('the list %s of %j: %s', (filter, words, expected) => {
    const item = { questionId: 'q1', status: 'supported', weakened: false, standing: null, ...words } as const
    expect(passesFilter(item, filter, ['q1'])).toBe(expected)
  })
})
