import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { summarise } from '#app/readiness/summary.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient, setClientArchived } from '#app/services/clients.server.ts'
import { demoClients, dentalAnswers, joineryAnswers } from '#app/services/demo/clients.ts'
import { registerEvidence, storeFile, withdrawEvidence } from '#app/services/evidence.server.ts'
import { recordException, revokeException } from '#app/services/exceptions.server.ts'
import type { Member } from '#app/services/member.ts'
import { getClientStanding, listPortfolio } from '#app/services/portfolio.server.ts'
import {
  countPortfolio,
  daysUntil,
  type PortfolioRow,
  pageOf,
  sortPortfolio,
} from '#app/services/portfolio.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { setApplicationState } from '#db/queries/applications.server.ts'
import { insertFacts, insertImport } from '#db/queries/scans.server.ts'
import type { Answer } from '#questionnaires/answers.ts'
import { countQueries } from '../support/count-queries.ts'
import { openWorld, type World } from '../support/world.ts'

const ALL = { which: 'active', text: '', sort: 'name', page: 1 } as const
const NOW = new Date('2026-11-24T10:00:00Z')
const DAY = 86_400_000
let world: World

beforeAll(async () => {
  world = await openWorld()
  world.setClock(NOW)
})
afterAll(() => world?.close())

const newMember = async () => (await world.signUpMember('Pat Folio')).member
const core = { formCode: 'core-cyber', edition: '1' }

async function answerAll(member: Member, applicationId: string, answers: Record<string, Answer>) {
  for (const [questionId, answer] of Object.entries(answers)) {
    await recordAnswer(member, { applicationId, questionId, answer, seenVersion: 0 })
  }
}

async function addEvidence(
  member: Member,
  clientId: string,
  kind: string,
  controlIds: string[],
  validUntil?: string,
) {
  async function* bytes() {
    yield new TextEncoder().encode(`${kind} ${crypto.randomUUID()}`)
  }
  const held = await registerEvidence(member, clientId, await storeFile(member, bytes()), 'file.txt', {
    kind,
    title: kind,
    observedOn: '2026-11-20',
    validUntil: validUntil ?? null,
    collector: '',
    controlIds,
    questionRefs: [],
    viewpoint: 'external',
  })
  if (held.outcome !== 'received') throw new Error('Not received')
  return held
}

async function addExposedDesktops(member: Member, clientId: string, revisionId: string) {
  const { organisationId } = member
  const observedAt = new Date(NOW.getTime() - DAY)
  const fact = {
    key: 'exposure.rdp_open_count',
    scope: { viewpoint: 'external', subject: 'harbour.example' },
    value: 2,
    observedAt: observedAt.toISOString(),
    completeness: 'complete',
    collector: 'test',
  } as const
  await getRuntime().database.inOrganisation(organisationId, (tx) =>
    insertFacts(tx, [
      {
        organisationId,
        id: crypto.randomUUID(),
        clientId,
        revisionId,
        key: fact.key,
        fact,
        observedAt,
        recordedAt: NOW,
      },
    ]),
  )
}

/** A client with answers, evidence that contradicts two of them, and an exception for one of the two. */
async function contradictedClient(member: Member) {
  const clientId = await createClient(member, demoClients(NOW).dental)
  const applicationId = await startApplication(member, clientId, core)
  await answerAll(member, applicationId, dentalAnswers(NOW))
  const scan = await addEvidence(member, clientId, 'vuln-scan-summary', [])
  await addExposedDesktops(member, clientId, scan.revisionId)
  const waiver = await addEvidence(member, clientId, 'declined-service-waiver', ['mfa-email'], '2027-12-01')
  return { clientId, applicationId, scan, waiver }
}

const standingOf = (rows: PortfolioRow[], clientId: string) =>
  rows.find(({ client }) => client.id === clientId)?.application?.standing

describe('the portfolio', () => {
  test('says of each draft what its readiness page says', async () => {
    const member = await newMember()
    const first = await contradictedClient(member)
    const second = await createClient(member, demoClients(NOW).joinery)
    const half = await startApplication(member, second, core)
    await answerAll(member, half, joineryAnswers(NOW))
    const rows = await listPortfolio(member, ALL)
    for (const [clientId, applicationId] of [
      [first.clientId, first.applicationId],
      [second, half],
    ] as const) {
      const { blocking, contradicted, excepted } = summarise(
        (await getReadiness(member, applicationId)).readiness,
      )
      expect(standingOf(rows, clientId)).toEqual({ blocking, contradicted: contradicted - excepted })
    }
    // The comparison above would hold for two engines that see nothing.
    expect(standingOf(rows, first.clientId)?.contradicted).toBeGreaterThan(0)
    expect(standingOf(rows, second)?.blocking).toBeGreaterThan(0)
    expect(await getClientStanding(member, second)).toEqual(rows.find(({ client }) => client.id === second))
  })

  test('follows exceptions and withdrawn evidence', async () => {
    const member = await newMember()
    const { clientId, applicationId, scan } = await contradictedClient(member)
    const before = (await getClientStanding(member, clientId)).application?.standing?.contradicted ?? 0
    const exceptionId = await recordException(member, applicationId, {
      questionId: 'rdp-not-exposed',
      scope: 'The two honeypots',
      startsOn: '',
      reason: 'The two hosts are honeypots of the provider.',
      compensatingControl: 'They lead nowhere and are watched.',
      owner: 'Pat Folio',
      approvedBy: 'Miriam Okafor',
      expiresOn: '2026-12-24',
    })
    const excepted = await getClientStanding(member, clientId)
    expect(excepted.application?.standing?.contradicted).toBe(before - 1)
    // An exception ends with its last day.
    world.setClock(new Date('2026-12-25T00:00:01Z'))
    expect((await getClientStanding(member, clientId)).application?.standing?.contradicted).toBe(before)
    world.setClock(NOW)
    await revokeException(member, { exceptionId, reason: 'The honeypots were taken down.' })
    expect((await getClientStanding(member, clientId)).application?.standing?.contradicted).toBe(before)
    await withdrawEvidence(member, scan.evidenceId, 'Another client’s scan.')
    const withdrawn = await getClientStanding(member, clientId)
    // The waiver still contradicts one.
    expect(withdrawn.application?.standing?.contradicted).toBe(1)
    expect(withdrawn.evidenceCount).toBe(1)
  })

  test('counts a waiver on file, but not one whose file was refused', async () => {
    const member = await newMember()
    const { clientId, applicationId, waiver } = await contradictedClient(member)
    const before = (await getClientStanding(member, clientId)).application?.standing?.contradicted ?? 0
    const { organisationId, userId } = member
    await getRuntime().database.inOrganisation(organisationId, (tx) =>
      insertImport(tx, {
        organisationId,
        id: crypto.randomUUID(),
        clientId,
        revisionId: waiver.revisionId,
        viewpoint: 'internal',
        state: 'failed',
        failure: 'Cut off.',
        bytesTotal: 1,
        createdBy: userId,
        createdAt: NOW,
      }),
    )
    const after = (await getClientStanding(member, clientId)).application?.standing
    expect(after?.contradicted).toBe(before - 1)
    const { contradicted } = summarise((await getReadiness(member, applicationId)).readiness)
    expect(contradicted).toBe(after?.contradicted)
  })

  test('shows the newest draft before a newer application that is closed', async () => {
    const member = await newMember()
    const clientId = await createClient(member, demoClients(NOW).school)
    expect((await getClientStanding(member, clientId)).application).toBeNull()
    const draft = await startApplication(member, clientId, core)
    world.setClock(new Date(NOW.getTime() + DAY))
    const closed = await startApplication(member, clientId, core)
    world.setClock(NOW)
    const { organisationId } = member
    const freeze = (id: string) =>
      getRuntime().database.inOrganisation(organisationId, (tx) =>
        setApplicationState(tx, organisationId, id, 'frozen', NOW),
      )
    await freeze(closed)
    expect((await getClientStanding(member, clientId)).application).toMatchObject({
      id: draft,
      state: 'draft',
    })
    await freeze(draft)
    expect((await getClientStanding(member, clientId)).application).toMatchObject({
      id: closed,
      state: 'frozen',
      standing: null,
    })
  })

  test('counts “I don’t know” as dealt with, and only questions that apply', async () => {
    const member = await newMember()
    const clientId = await createClient(member, demoClients(NOW).school)
    const applicationId = await startApplication(member, clientId, core)
    const before = (await getClientStanding(member, clientId)).application
    await recordAnswer(member, {
      applicationId,
      questionId: 'mfa-email',
      answer: { state: 'dont-know', gap: { owner: 'Pat', dueOn: '2026-12-01' } },
      seenVersion: 0,
    })
    const after = (await getClientStanding(member, clientId)).application
    expect(before).toMatchObject({ answered: 0 })
    expect(after).toMatchObject({ answered: 1, applicable: before?.applicable })
  })

  test('asks the database as often for twelve clients as for one', async () => {
    const member = await newMember()
    await createClient(member, demoClients(NOW).school)
    const forOne = await countQueries(() => listPortfolio(member, ALL))
    for (let made = 0; made < 11; made += 1) {
      const clientId = await createClient(member, demoClients(NOW).school)
      await startApplication(member, clientId, core)
    }
    const forTwelve = await countQueries(() => listPortfolio(member, ALL))
    expect((await listPortfolio(member, ALL)).length).toBe(12)
    // With nothing to look up, queries about applications are left out.
    expect(forTwelve - forOne).toBeLessThanOrEqual(2)
    expect(forTwelve).toBeLessThan(10)
  })

  test('of archived clients is kept apart', async () => {
    const member = await newMember()
    const clientId = await createClient(member, demoClients(NOW).school)
    await setClientArchived(member, clientId, true)
    expect(await listPortfolio(member, ALL)).toEqual([])
    expect(
      (await listPortfolio(member, { ...ALL, which: 'archived' })).map(({ client }) => client.id),
    ).toEqual([clientId])
  })

  test('of one organisation holds nothing of another', async () => {
    const { clientId } = await contradictedClient(await newMember())
    const stranger = await newMember()
    expect(await listPortfolio(stranger, ALL)).toEqual([])
    await expect(getClientStanding(stranger, clientId)).rejects.toThrow('No such client')
  })
})

describe('days until a renewal', () => {
  test.each([
    ['2026-11-24', 0],
    ['2026-11-25', 1],
    ['2026-11-23', -1],
    ['2027-11-24', 365],
  ])('%s is %i away, at any hour of the day', (day, days) => {
    for (const hour of ['00:00:00', '12:00:00', '23:59:59'])
      expect(daysUntil(day, new Date(`2026-11-24T${hour}Z`))).toBe(days)
  })
})

describe('sorting by what needs attention', () => {
  const row = (name: string, standing: { blocking: number; contradicted: number } | null) =>
    ({ client: { legalName: name }, application: { standing } }) as PortfolioRow

  test('puts contradictions first, then what is open, then what is ready, then what is closed', () => {
    const rows = [
      row('closed', null),
      row('ready', { blocking: 0, contradicted: 0 }),
      row('open', { blocking: 30, contradicted: 0 }),
      row('contradicted', { blocking: 1, contradicted: 1 }),
      row('ready too', { blocking: 0, contradicted: 0 }),
    ]
    expect(sortPortfolio(rows, 'attention').map(({ client }) => client.legalName)).toEqual([
      'contradicted',
      'open',
      'ready',
      'ready too',
      'closed',
    ])
  })
})

describe('a long portfolio', () => {
  const row = (number: number): PortfolioRow => ({
    client: {
      id: String(number),
      legalName: `Client ${number}`,
      tradingName: null,
      industry: null,
      policyRenewalOn: null,
    },
    daysToRenewal: number,
    application: null,
    isEditionMissing: false,
    evidenceCount: 0,
    newestReport: null,
  })
  const rows = Array.from({ length: 120 }, (_row, index) => row(index + 1))
  const idsOn = (page: number) => pageOf(rows, page).rows.map(({ client }) => Number(client.id))

  test('is shown fifty at a time, each client once', () => {
    expect([...idsOn(1), ...idsOn(2), ...idsOn(3)]).toEqual(rows.map((_row, index) => index + 1))
    expect(idsOn(1)).toHaveLength(50)
  })

  test('shows its last page where one beyond is asked for, and an empty one of nothing', () => {
    expect(pageOf(rows, 9)).toEqual(pageOf(rows, 3))
    expect(pageOf([], 4)).toEqual({ page: 1, rows: [] })
  })

  test('is counted as a whole, whatever page is shown', () => {
    expect(countPortfolio(rows)).toEqual({ clients: 120, contradicted: 0, renewing: 60, ready: 0 })
  })
})
