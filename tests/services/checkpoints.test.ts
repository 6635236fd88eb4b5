import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { startQueue } from '#app/jobs/queue.server.ts'
import { isDue, lookForCheckpoints, makeDueCheckpoint } from '#app/services/checkpoint-schedule.server.ts'
import { getCheckpoint, listCheckpoints, makeCheckpointNow } from '#app/services/checkpoints.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { checkLedger } from '#app/services/ledger-check.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { connectTo } from '#db/connection.server.ts'
import { readCheckpointBody } from '#evidence/checkpoint.ts'
import { openWorld, type World } from '../support/world.ts'
import { addEntries } from './ledger-world.ts'

let world: World
let member: Member

beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  member = (await world.signUpMember('Checka Point')).member
})
afterAll(() => world?.close())

const kinds = async () => (await listLedger(member)).entries.map(({ kind }) => kind)

describe('a checkpoint', () => {
  test('covers every entry so far, is recorded, and holds', async () => {
    await addEntries(member, 10)
    expect(await makeCheckpointNow(member)).toBe(1)
    // Creation, ten entries, and the authority that was made for it.
    const body = readCheckpointBody((await getCheckpoint(member, 1)).body)
    expect(body).toMatchObject({ organisationId: member.organisationId, number: 1, size: 12 })
    expect((await kinds()).slice(0, 2)).toEqual(['ledger.checkpointed', 'key.created'])
    await addEntries(member, 3, 10)
    expect(await makeCheckpointNow(member)).toBe(2)
    const { verdict } = await checkLedger(member)
    expect(verdict).toMatchObject({
      ok: true,
      faults: [],
      entries: 17,
      checkpoints: { count: 2, covers: 16 },
    })
    expect((await listCheckpoints(member)).checkpoints.map(({ number }) => number)).toEqual([2, 1])
  })

  test('is not made when nothing but the ledger’s own entries is new', async () => {
    await makeCheckpointNow(member)
    await expect(makeCheckpointNow(member)).rejects.toMatchObject({ code: 'nothing-new' })
  })

  test('is made once when two ask at once', async () => {
    const made = await Promise.all([makeCheckpointNow(member), makeCheckpointNow(member)])
    expect(made.filter((number) => number !== null)).toHaveLength(1)
    expect((await checkLedger(member)).verdict).toMatchObject({ ok: true, checkpoints: { count: 1 } })
  })

  test('is judged the same by openssl', async ({ skip }) => {
    if (spawnSync('openssl', ['version']).error) {
      console.warn('openssl is not installed: it judges no checkpoint in this run')
      skip()
    }
    await makeCheckpointNow(member)
    const { body, signature, certificates } = await getCheckpoint(member, 1)
    const folder = mkdtempSync(join(tmpdir(), 'attested-checkpoint-'))
    const file = (name: string, content: string | Buffer) => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    }
    const [leaf = '', authority = ''] =
      certificates.match(/-----BEGIN[\s\S]+?-----END CERTIFICATE-----\n/g) ?? []
    const key = file(
      'key.pem',
      String(new X509Certificate(leaf).publicKey.export({ type: 'spki', format: 'pem' })),
    )
    const sig = file('signature.der', Buffer.from(signature, 'base64'))
    const openssl = (...args: string[]) => spawnSync('openssl', args, { encoding: 'utf8' })
    const verify = (text: string) =>
      openssl('dgst', '-sha256', '-verify', key, '-signature', sig, file('body.json', text)).status
    expect(verify(body)).toBe(0)
    expect(verify(body.replace('"number":1', '"number":2'))).not.toBe(0)
    const chain = openssl('verify', '-CAfile', file('authority.pem', authority), file('leaf.pem', leaf))
    expect(chain.stdout).toContain('OK')
    rmSync(folder, { recursive: true, force: true })
  })

  test('is never changed, removed or made out of turn, not even by a superuser', async () => {
    await makeCheckpointNow(member)
    const { organisationId } = member
    const sql = connectTo(getRuntime().database.ownerUrl, { max: 1, connection: { role: 'attested_app' } })
    const admin = connectTo((getRuntime().database as { adminUrl?: string }).adminUrl ?? '', { max: 1 })
    const refused = (text: string) =>
      admin.unsafe(text).then(
        () => 'accepted',
        (error: Error) => error.message,
      )
    for (const text of [
      'delete from ledger_checkpoint',
      'truncate ledger_checkpoint',
      'delete from ledger_head',
      'truncate ledger_head',
    ]) {
      expect(await refused(text)).toMatch(/never removed/)
    }
    const mine = `where organisation_id = '${organisationId}'`
    expect(await refused(`update ledger_checkpoint set size = size + 1 ${mine}`)).toMatch(/never changed/)
    expect(await refused(`update ledger_checkpoint set timestamp_token = null ${mine}`)).toMatch(
      /never changed/,
    )
    expect(await refused(`update ledger_head set sequence = sequence ${mine}`)).toMatch(/moves forward/)
    expect(
      await refused(
        `insert into ledger_checkpoint select organisation_id, 3, size + 1, root_hash, head_hash, created_at, body, signature, certificates from ledger_checkpoint ${mine}`,
      ),
    ).toMatch(/does not follow checkpoint 1/)
    await sql.end()
    await admin.end()
  })
})

describe('a due checkpoint', () => {
  const now = new Date('2026-05-02T12:00:00.000Z')
  const hoursAgo = (hours: number) => ({ createdAt: new Date(now.getTime() - hours * 3_600_000) })

  test.each([
    ['the first, as soon as there is an entry', null, 1, true],
    ['none without an entry', null, 0, false],
    ['none for one entry within a day', hoursAgo(23), 1, false],
    ['one for one entry after a day', hoursAgo(24), 1, true],
    ['none after a week without entries', hoursAgo(170), 0, false],
    ['none for 99 entries', hoursAgo(1), 99, false],
    ['one for 100 entries at any time', hoursAgo(0), 100, true],
  ])('is %s', (_case, newest, newEntries, due) => {
    expect(isDue(newest, newEntries, now)).toBe(due)
  })

  test('is asked for in each organisation that needs one, and made once', async () => {
    const asked: string[] = []
    const { jobs } = getRuntime()
    getRuntime().jobs = {
      enqueue: async (job) => {
        if (job.name === 'make-checkpoint') asked.push(job.organisationId)
      },
    }
    try {
      const other = (await world.signUpMember('Other One')).member
      await makeCheckpointNow(other)
      await lookForCheckpoints()
      expect(asked).toContain(member.organisationId)
      expect(asked).not.toContain(other.organisationId)
    } finally {
      getRuntime().jobs = jobs
    }
    for (const _ of [1, 2]) await makeDueCheckpoint(member.organisationId)
    expect((await listCheckpoints(member)).checkpoints).toHaveLength(1)
    expect((await kinds()).filter((kind) => kind === 'ledger.checkpointed')).toHaveLength(1)
  })

  test('is made by itself where the queue goes by the clock', async () => {
    const { database, jobs } = getRuntime()
    const queue = await startQueue({
      url: database.ownerUrl,
      soleOwner: true,
      handle: handleJob,
      log: () => undefined,
      byTheClock: true,
    })
    getRuntime().jobs = queue
    const count = async () => (await listCheckpoints(member)).checkpoints.length
    try {
      await expect.poll(count, { timeout: 240_000 }).toBe(1)
    } finally {
      getRuntime().jobs = jobs
      await queue.stop()
    }
    expect((await checkLedger(member)).verdict.ok).toBe(true)
  })

  test('is not made over a ledger that does not hold', async () => {
    await addEntries(member, 5)
    const { organisationId } = member
    const admin = connectTo((getRuntime().database as { adminUrl?: string }).adminUrl ?? '', { max: 1 })
    await admin.begin(async (sql) => {
      await sql`alter table ledger_entry disable trigger user`
      await sql`delete from ledger_entry where organisation_id = ${organisationId} and sequence = 6`
      await sql`alter table ledger_entry enable always trigger ledger_entry_unchanged`
      await sql`alter table ledger_entry enable always trigger ledger_entry_appended`
    })
    await admin.end()
    await expect(makeCheckpointNow(member)).rejects.toMatchObject({ code: 'ledger-broken' })
    await makeDueCheckpoint(organisationId)
    expect((await listCheckpoints(member)).checkpoints).toEqual([])
    // The ledger's page says so once its turn is past, not before.
    expect((await listCheckpoints(member)).isOverdue).toBe(false)
    world.setClock(new Date(Date.now() + 27 * 60 * 60 * 1000))
    expect((await listCheckpoints(member)).isOverdue).toBe(true)
    world.setClock(null)
    // New entries do not heal it: the head stays where the break was found.
    await addEntries(member, 3, 5)
    const { verdict } = await checkLedger(member)
    expect(verdict.faults.map(({ part, problem }) => `${part} ${problem}`)).toContainEqual(
      expect.stringMatching(/^head /),
    )
  })
})
