import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { action, loader } from '#app/routes/verify-status.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { ASKS_A_MINUTE } from '#app/services/public-allowance.server.ts'
import { FileStatus } from '#app/services/report-status.ts'
import { supersedeReport } from '#app/services/report-superseding.server.ts'
import { withdrawReport } from '#app/services/reports.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { addReport, addSignedReport, digestOf } from '../services/report-rows.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let owner: Awaited<ReturnType<World['signUpMember']>>
let stranger: typeof owner
let callers = 0
const AT = new Date('2026-03-01T10:00:00Z')
const WHY = 'An answer turned out to be wrong.'

beforeAll(async () => {
  world = await openWorld()
  world.setClock(AT)
  owner = await world.signUpMember('Olive Owner')
  stranger = await world.signUpMember('Sam Stranger')
  const { member } = owner
  const clientId = await createClient(member, demoClients(AT).dental)
  const sign = (file: string, minutes: number) =>
    addSignedReport(member, clientId, { file, at: new Date(AT.getTime() + minutes * 60_000) })
  await sign('a', 0)
  const older = await sign('b', 1)
  const newer = await sign('c', 2)
  const withdrawn = await sign('d', 3)
  const pick = { formCode: 'core-cyber', edition: '1' }
  const draft = { clientId, applicationId: await startApplication(member, clientId, pick), at: AT }
  await addReport(member, { ...draft, file: digestOf('1') })
  const takenBack = await addReport(member, { ...draft, file: digestOf('2') })
  world.setClock(new Date('2026-04-01T10:00:00Z'))
  const renewal = { supersededBy: newer.reportId, supersededReason: 'Renewal for the next period.' }
  await supersedeReport(member, older.reportId, renewal)
  await withdrawReport(member, withdrawn.reportId, WHY)
  await withdrawReport(member, takenBack, WHY)
})
afterAll(() => world?.close())

/** Each from an address of its own, unless one is given. */
async function ask(query: string, headers: Record<string, string> = {}) {
  callers += 1
  const request = new Request(`http://attested.test/verify/status${query}`, {
    headers: { 'x-attested-address': `192.0.2.${callers}`, ...headers },
  })
  return (await loader({ request, params: {}, context: {} } as never)) as Response
}
const askOf = async (sha256: string) => (await ask(`?sha256=${sha256}`)).json()

describe('whoever holds a file learns whether it counts', () => {
  test.each([
    ['never handed out', digestOf('9'), { status: 'unknown' }],
    ['signed by both', digestOf('af'), { status: 'in-force' }],
    [
      'its copy from before the second signature',
      digestOf('a'),
      {
        status: 'superseded',
        at: '2026-03-01T10:00:00.000Z',
        reason: expect.stringContaining('signed since'),
      },
    ],
    [
      'superseded',
      digestOf('bf'),
      { status: 'superseded', at: '2026-04-01T10:00:00.000Z', reason: 'Renewal for the next period.' },
    ],
    ['withdrawn', digestOf('df'), { status: 'withdrawn', at: '2026-04-01T10:00:00.000Z', reason: WHY }],
    [
      'its copy with one signature',
      digestOf('d'),
      { status: 'withdrawn', at: '2026-04-01T10:00:00.000Z', reason: WHY },
    ],
    ['waiting', digestOf('1'), { status: 'awaiting-signature' }],
    [
      'withdrawn before the insured attested',
      digestOf('2'),
      { status: 'withdrawn', at: '2026-04-01T10:00:00.000Z', reason: WHY },
    ],
  ])('%s', async (_name, sha256, expected) => {
    const reply = await ask(`?sha256=${sha256}`)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('Cache-Control')).toBe('no-store')
    const body = await reply.json()
    // Exactly this: no id, no name, no organisation.
    expect(body).toEqual({ sha256, ...expected })
    expect(FileStatus.safeParse(body).success).toBe(true)
  })

  test('in capitals too, as some programs print digests', async () => {
    expect(await askOf(digestOf('AF'))).toEqual({ sha256: digestOf('af'), status: 'in-force' })
  })

  test.each([
    '',
    '?sha256=',
    '?sha256=abc',
    `?sha256=${digestOf('g')}`,
    `?sha256=${digestOf('a')}0`,
    `?sha256=${digestOf('a')}&sha256=${digestOf('b')}`,
    '?sha256=%25',
    "?sha256=' or true --",
  ])('a malformed question is refused: %s', async (query) => {
    const reply = await ask(query)
    expect(reply.status).toBe(400)
    expect(await reply.json()).toEqual({ error: expect.stringContaining('64 hexadecimal digits') })
  })

  test('only questions are answered', async () => {
    const reply = await action()
    expect(reply.status).toBe(405)
    expect(reply.headers.get('Allow')).toBe('GET, HEAD')
  })

  test('an address that asks too often waits; others do not', async () => {
    const from = { 'x-attested-address': '198.51.100.9' }
    const statuses: number[] = []
    for (let count = 0; count < ASKS_A_MINUTE + 1; count += 1)
      statuses.push((await ask(`?sha256=${digestOf('af')}`, from)).status)
    expect(statuses).toEqual([...Array(ASKS_A_MINUTE).fill(200), 429])
    const refused = await ask(`?sha256=${digestOf('af')}`, from)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect(await refused.json()).toEqual({ error: expect.stringContaining('Too many questions') })
    expect((await ask(`?sha256=${digestOf('af')}`)).status).toBe(200)
  })
})

describe('nothing else can be learned', () => {
  test('members of the organisation, of another and nobody get the same answer', async () => {
    const cookies = [owner.cookie, stranger.cookie, '']
    const replies = await Promise.all(
      cookies.map(async (cookie) => {
        const reply = await ask(`?sha256=${digestOf('df')}`, { cookie })
        return [await reply.text(), JSON.stringify([...reply.headers])]
      }),
    )
    expect(replies[1]).toEqual(replies[0])
    expect(replies[2]).toEqual(replies[0])
  })

  test('the work does not depend on whose file it is: one look into one index of all digests', async () => {
    const plans = await Promise.all(
      [digestOf('af'), digestOf('9')].map((sha256) =>
        getRuntime().database.forFileStatus(sha256, async (tx) => {
          await tx.execute(sql`set local enable_seqscan = off`)
          const rows = await tx.execute(sql`explain select stage from report_file where sha256 = ${sha256}`)
          return rows.map((row) => String(row['QUERY PLAN'])).join('\n')
        }),
      ),
    )
    for (const plan of plans) {
      expect(plan).toContain('report_file_sha256')
      expect(plan).not.toContain('organisation_id')
    }
  })

  test('the role that answers sees the one file it was asked about, and how its report stands', async () => {
    const see = (text: string) =>
      getRuntime().database.forFileStatus(digestOf('af'), async (tx) => [
        ...(await tx.execute(sql.raw(text))),
      ])
    expect(await see('select sha256, stage from report_file')).toEqual([
      { sha256: digestOf('af'), stage: 'attested' },
    ])
    expect(await see('select state from report')).toEqual([{ state: 'signed' }])
    const forbidden = ['select statement from report', 'select client_id from report', 'select 1 from client']
      .concat(['select 1 from account', 'select 1 from ledger_entry', 'select recorded_at from report_file'])
      .concat(["update report set state = 'signed'", 'delete from report_file'])
    for (const text of forbidden) {
      const failure = await see(text).then(
        () => 'accepted',
        (error: Error) => String((error.cause as Error | undefined)?.message ?? error.message),
      )
      expect(`${text}: ${failure}`).toMatch(/permission denied/)
    }
  })

  test('no connection keeps what the one before asked', async () => {
    const { database } = getRuntime()
    await Promise.all(
      [1, 2, 3, 4].map(() => database.forFileStatus(digestOf('af'), (tx) => tx.execute(sql`select 1`))),
    )
    const seen = await database.forFileStatus(digestOf('9'), (tx) =>
      tx.execute(sql`select stage from report_file`),
    )
    expect(seen).toHaveLength(0)
    await expect(database.forFileStatus("' or true --", async () => 1)).rejects.toThrow(
      '64 small hexadecimal',
    )
  })
})
