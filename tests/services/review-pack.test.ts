/** The quarterly review pack: two days of the record, whatever became of it since. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COVERS } from '#app/report/review-pack/pack-account.ts'
import { loader as pageLoader } from '#app/routes/client-review-pack.tsx'
import { loader as fileLoader } from '#app/routes/review-pack-file.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { withdrawEvidence } from '#app/services/evidence.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReviewPack } from '#app/services/review-pack.server.ts'
import { quarterAfter, quartersBefore, reviewPeriod } from '#app/services/review-pack-input.ts'
import { openWorld, type World } from '../support/world.ts'
import { addEvidence, tell } from './review-pack-world.ts'

let world: World
let member: Member
let cookie: string
const THIRD = { first: '2026-07-01', last: '2026-09-30' }
const at = (day: string) => world.setClock(new Date(`${day}T09:00:00Z`))

beforeAll(async () => {
  world = await openWorld()
  at('2026-06-01')
  const signedUp = await world.signUpMember('Quinn Review')
  member = signedUp.member
  cookie = signedUp.cookie
})
afterAll(() => world?.close())

const newClient = () => createClient(member, demoClients(new Date('2026-06-01')).dental)

describe('the period', () => {
  const parse = (from: string, until: string) => reviewPeriod('2026-10-05').safeParse({ from, until })

  test('is the last quarter of the calendar where nobody chose one', () => {
    expect(parse('', '').data).toEqual(THIRD)
    expect(reviewPeriod('2026-01-01').parse({})).toEqual({ first: '2025-10-01', last: '2025-12-31' })
    expect(quartersBefore('2026-05-31', 2)).toEqual([
      { first: '2026-01-01', last: '2026-03-31' },
      { first: '2025-10-01', last: '2025-12-31' },
    ])
  })

  test('is followed by three months, also after the last day of a short month', () => {
    expect(quarterAfter(THIRD)).toEqual({ first: '2026-10-01', last: '2026-12-31' })
    expect(quarterAfter({ first: '2026-02-01', last: '2026-02-28' })).toEqual({
      first: '2026-03-01',
      last: '2026-05-31',
    })
  })

  test.each([
    ['a day that there is not', '2026-02-30', '2026-09-30', 'from'],
    ['words', '2026-07-01', 'yesterday', 'until'],
    ['one day alone', '2026-07-01', '', 'until'],
    ['the wrong way round', '2026-09-30', '2026-07-01', 'from'],
    ['today', '2026-07-01', '2026-10-05', 'until'],
    ['days to come', '2999-01-01', '2999-03-31', 'until'],
    ['a day before all records', '0001-01-01', '2026-09-30', 'from'],
  ])('%s is refused at its field', (_, from, until, field) => {
    const parsed = parse(from, until)
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toContain(field)
  })

  test('of one day is one', () => {
    expect(parse('2026-10-04', '2026-10-04').data).toEqual({ first: '2026-10-04', last: '2026-10-04' })
  })
})

const controls = ({ domains }: Awaited<ReturnType<typeof getReviewPack>>, when: 'before' | 'now') =>
  domains.reduce((sum, one) => sum + COVERS.reduce((all, state) => all + one[when][state], 0), 0)

describe('a pack', () => {
  test('of a client without applications compares nothing, and still tells the evidence', async () => {
    at('2026-08-01')
    const clientId = await newClient()
    await addEvidence(member, clientId, '2026-07-30')
    at('2026-10-05')
    const pack = await getReviewPack(member, clientId, THIRD)
    expect(pack).toMatchObject({ domains: [], improved: [], drifted: [], forms: [], actions: [] })
    expect(pack.findings).toBeNull()
    expect(pack.evidence).toEqual([{ title: 'Backup settings', state: 'new', day: '2026-07-30' }])
  })

  test('of a quarter in which a scan spoke against an answer tells it as drift, whatever came later', async () => {
    at('2026-06-10')
    const clientId = await newClient()
    const applicationId = await startApplication(member, clientId, { formCode: 'core-cyber', edition: '1' })
    for (const [questionId, answer] of Object.entries(dentalAnswers(new Date('2026-06-10'))))
      await recordAnswer(member, { applicationId, questionId, answer, seenVersion: 0 })
    at('2026-08-20')
    const held = await addEvidence(member, clientId, '2026-08-20')
    await tell(member, clientId, held.revisionId, 'exposure.rdp_open_count', 3)
    at('2026-10-05')
    const pack = await getReviewPack(member, clientId, THIRD)
    const { madeAt: _, ...first } = pack
    expect(pack.contradictions.opened).toBeGreaterThan(0)
    expect(pack.drifted.find(({ now }) => now === 'contradicted')?.reasons.join(' ')).not.toBe('')
    expect(controls(pack, 'before')).toBe(controls(pack, 'now'))
    expect(pack.actions.length).toBeGreaterThan(0)
    expect(pack.actions.length).toBeLessThanOrEqual(5)

    // A later quarter mends it, and takes the file back.
    at('2026-11-10')
    await withdrawEvidence(member, held.evidenceId, 'A mistake.')
    const { madeAt: __, ...again } = await getReviewPack(member, clientId, THIRD)
    expect(again).toEqual(first)
    at('2027-01-10')
    const next = await getReviewPack(member, clientId, { first: '2026-10-01', last: '2026-12-31' })
    expect(next.contradictions.closed).toBeGreaterThan(0)
    expect(next.improved.map(({ before }) => before)).toContain('contradicted')
  })

  test('of the quarter in which a form was first answered calls no answer better or worse', async () => {
    at('2026-08-10')
    const clientId = await newClient()
    const applicationId = await startApplication(member, clientId, { formCode: 'core-cyber', edition: '1' })
    for (const [questionId, answer] of Object.entries(dentalAnswers(new Date('2026-08-10'))))
      await recordAnswer(member, { applicationId, questionId, answer, seenVersion: 0 })
    at('2026-10-05')
    const pack = await getReviewPack(member, clientId, THIRD)
    expect(pack.firstAnswered.count).toBeGreaterThan(0)
    expect(pack).toMatchObject({ improved: [], drifted: [] })
    expect(pack.forms).toMatchObject([{ isSigned: false }])
  })

  test('of a period that runs on is refused', async () => {
    at('2026-10-05')
    const clientId = await newClient()
    const asked = getReviewPack(member, clientId, { first: '2026-10-01', last: '2026-10-05' })
    await expect(asked).rejects.toMatchObject({ code: 'period-not-over' })
  })
})

describe('its addresses', () => {
  const call = (loader: typeof pageLoader | typeof fileLoader, clientId: string, search = '', as = cookie) =>
    loader({
      request: new Request(`http://attested.test/clients/${clientId}/review-pack${search}`, {
        headers: { cookie: as },
      }),
      params: { clientId },
      context: {},
    } as never)

  test('give the last quarter as a page and as a PDF', async () => {
    at('2026-10-05')
    const clientId = await newClient()
    const page = (await call(pageLoader, clientId)) as { data: { pack: { period: unknown } } }
    expect(page.data.pack.period).toEqual(THIRD)
    const file = (await call(fileLoader, clientId)) as Response
    expect(file.headers.get('content-type')).toBe('application/pdf')
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  })

  test.each(['?from=2999-01-01&until=2999-03-31', '?from=x', '?from=2026-09-01&until=2026-08-01'])(
    'say what is wrong about %s',
    async (search) => {
      const clientId = await newClient()
      const page = (await call(pageLoader, clientId, search)) as {
        data: { pack: unknown; form: { errors: object } }
        init: { status: number }
      }
      expect(page.init.status).toBe(400)
      expect(page.data.pack).toBeNull()
      expect(Object.keys(page.data.form.errors).length).toBeGreaterThan(0)
      await expect(call(fileLoader, clientId, search)).rejects.toMatchObject({ status: 400 })
    },
  )

  test('are not there for another organisation', async () => {
    const clientId = await newClient()
    const stranger = await world.signUpMember('Sam Stranger')
    for (const loader of [pageLoader, fileLoader])
      for (const search of ['', '?from=x'])
        await expect(
          Promise.resolve(call(loader, clientId, loader === fileLoader ? '' : search, stranger.cookie)),
        ).rejects.toMatchObject({ status: 404 })
  })
})
