import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import * as pkijs from 'pkijs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { lookForCheckpoints, makeDueCheckpoint } from '#app/services/checkpoint-schedule.server.ts'
import { timestampCheckpoints } from '#app/services/checkpoint-timestamps.server.ts'
import { getCheckpoint, listCheckpoints } from '#app/services/checkpoints.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { checkLedger } from '#app/services/ledger-check.server.ts'
import { exportLedger } from '#app/services/ledger-export.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { getAuthority } from '#app/services/signing-keys.server.ts'
import { connectTo } from '#db/connection.server.ts'
import { judgeTimestamp, type TimestampExpectations } from '#evidence/timestamp-token.server.ts'
import { verifyLedgerExport } from '#evidence/verify-ledger-export.server.ts'
import {
  hasOpenssl,
  startTimestampAuthority,
  type TimestampAuthority,
} from '../support/timestamp-authority.ts'
import { openWorld, type World } from '../support/world.ts'
import { addEntries } from './ledger-world.ts'

const isReady = hasOpenssl()
if (!isReady) console.warn('openssl is not installed: timestamps of checkpoints are not tested in this run')

let world: World
let member: Member
let authority: TimestampAuthority

describe.skipIf(!isReady)('a checkpoint where a timestamp authority is configured', () => {
  beforeAll(async () => {
    world = await openWorld()
    authority = await startTimestampAuthority()
    getRuntime().settings.timestampUrl = authority.url
  })
  beforeEach(async () => {
    authority.answerWith(null)
    member = (await world.signUpMember('Tim Stamp')).member
  })
  afterAll(async () => {
    await world?.close()
    await authority?.close()
  })

  const stamp = async () => (await listCheckpoints(member)).checkpoints[0]?.timestamp

  test('gets a token that openssl verifies, is recorded, and holds', async () => {
    await makeDueCheckpoint(member.organisationId)
    expect(await stamp()).toEqual({ at: expect.any(Date), authority: 'Test timestamp authority' })
    expect((await listLedger(member)).entries[0]?.kind).toBe('ledger.timestamped')
    expect((await checkLedger(member)).verdict).toMatchObject({
      ok: true,
      checkpoints: {
        count: 1,
        timestamped: 1,
        timestampAuthorities: [{ name: 'Test timestamp authority', fingerprint: expect.any(String) }],
      },
    })
    const { signature, timestampToken } = await getCheckpoint(member, 1)
    const file = (name: string, text: string) => {
      writeFileSync(join(authority.folder, name), Buffer.from(text, 'base64'))
      return join(authority.folder, name)
    }
    const args = [
      'ts',
      '-verify',
      '-token_in',
      '-in',
      file('token.der', timestampToken ?? ''),
      '-CAfile',
      authority.rootPath,
    ]
    const judged = spawnSync('openssl', [...args, '-data', file('signature.der', signature)], {
      encoding: 'utf8',
    })
    expect(`${judged.stdout}${judged.stderr}`).toContain('Verification: OK')
    const other = spawnSync('openssl', [...args, '-data', file('other.der', 'AAAA')], { encoding: 'utf8' })
    expect(other.status).not.toBe(0)
  })

  test.each([
    ['is not there', () => 503, 'answered with status 503'],
    ['answers nonsense', () => Buffer.from('<html>'), 'cannot be read'],
    ['answers nothing', () => Buffer.alloc(0), 'cannot be read'],
    ['answers another request', null, 'answers another request than ours'],
    ['changes what it signed', (reply: Buffer) => flipIn(reply, 'imprint'), 'is for other bytes'],
    ['signs wrongly', (reply: Buffer) => flipIn(reply, 'signature'), 'does not fit the signature'],
    ['answers far too much', () => Buffer.alloc(300_000), 'answered with too much'],
  ])('stays without one when the authority %s, says why, and gets it later', async (_case, lie, said) => {
    authority.answerWith(() => 503)
    await makeDueCheckpoint(member.organisationId)
    expect(await stamp()).toBeNull()
    authority.answerWith(null)
    authority.answerWith(lie ?? replayOf(await honestReply()))
    expect(await timestampCheckpoints(member.organisationId)).toContain(said)
    expect(await stamp()).toBeNull()
    expect((await checkLedger(member)).verdict).toMatchObject({ ok: true, checkpoints: { timestamped: 0 } })

    authority.answerWith(null)
    const asked: string[] = []
    const { jobs } = getRuntime()
    getRuntime().jobs = {
      enqueue: async (job) => void ('organisationId' in job && asked.push(job.organisationId)),
    }
    await lookForCheckpoints()
    getRuntime().jobs = jobs
    expect(asked).toContain(member.organisationId)
    await makeDueCheckpoint(member.organisationId)
    expect(await stamp()).toMatchObject({ authority: 'Test timestamp authority' })
  })

  test('is found out when its token is removed, replaced by another, or moved', async () => {
    await makeDueCheckpoint(member.organisationId)
    await addEntries(member, 101)
    await makeDueCheckpoint(member.organisationId)
    expect((await checkLedger(member)).verdict).toMatchObject({ ok: true, checkpoints: { timestamped: 2 } })
    const { organisationId } = member
    const admin = connectTo((getRuntime().database as unknown as { adminUrl: string }).adminUrl, { max: 1 })
    await admin`alter table ledger_checkpoint disable trigger user`
    const held =
      await admin`select number, timestamp_token, timestamp_entry from ledger_checkpoint where organisation_id = ${organisationId} order by number`
    const set = (number: number, token: string | null, entry: number | null) =>
      admin`update ledger_checkpoint set timestamp_token = ${token}, timestamp_entry = ${entry} where organisation_id = ${organisationId} and number = ${number}`
    const problems = async () => (await checkLedger(member)).verdict.faults.map(({ problem }) => problem)
    const [first, second] = held
    await set(1, null, null)
    expect(await problems()).toEqual(['timestamp-missing'])
    await set(1, second?.timestamp_token, first?.timestamp_entry)
    expect(await problems()).toContain('timestamp-invalid')
    await set(1, first?.timestamp_token, Number(first?.timestamp_entry) + 1)
    expect(await problems()).toEqual(['checkpoint-edited'])
    await set(1, first?.timestamp_token, first?.timestamp_entry)
    expect(await problems()).toEqual([])
    for (const name of ['kept', 'unchanged', 'appended'])
      await admin.unsafe(`alter table ledger_checkpoint enable always trigger ledger_checkpoint_${name}`)
    await admin.end()
  })

  describe('judged by its reader', () => {
    const judge = async (expected: TimestampExpectations, change = (token: string) => token) => {
      const { signature, timestampToken } = await getCheckpoint(member, 1)
      const verdict = await judgeTimestamp(
        change(timestampToken ?? ''),
        Buffer.from(signature, 'base64'),
        expected,
      )
      return verdict.ok ? 'holds' : verdict.fault
    }
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    const pem = (name: string) => readFileSync(join(authority.folder, name), 'utf8')
    beforeEach(async () => void (await makeDueCheckpoint(member.organisationId)))

    test('is held to one authority, by its certificate or its issuer’s, and to no other', async () => {
      const { certificatePem } = await getAuthority({ id: member.organisationId, name: 'Tim Stamp' })
      expect(await judge({ trustedPem: pem('signer.pem') })).toBe('holds')
      expect(await judge({ trustedPem: pem('root.pem') })).toBe('holds')
      expect(await judge({ trustedPem: certificatePem })).toContain('another timestamp authority')
      const lines = async () => {
        const { database } = getRuntime()
        return Readable.from(exportLedger(database, member.organisationId, new Date()))
      }
      const verify = async (trustedTimestampPem: string) =>
        (
          await verifyLedgerExport(
            (await lines()).map((line) => Buffer.from(line)),
            { trustedTimestampPem },
          )
        ).verdict
      expect((await verify(pem('root.pem'))).ok).toBe(true)
      expect((await verify(certificatePem)).faults).toEqual([
        expect.objectContaining({ problem: 'timestamp-invalid' }),
      ])
    })

    test('is not older than what it stamps, but for five minutes between two clocks', async () => {
      expect(await judge({ madeAt: inMinutes(4) })).toBe('holds')
      expect(await judge({ madeAt: inMinutes(7) })).toBe('is older than what it stamps.')
    })

    test('names the certificate of its signer, so that no other of the same key can stand in its place', async () => {
      const issue =
        'x509 -req -in signer.csr -CA root.pem -CAkey root.key -days 3000 -extfile tsa.cnf -set_serial 2 -extensions signer'
      spawnSync('openssl', [...issue.split(' '), '-outform', 'DER', '-out', 'longer.der'], {
        cwd: authority.folder,
      })
      const longer = pkijs.Certificate.fromBER(
        Uint8Array.from(readFileSync(join(authority.folder, 'longer.der'))),
      )
      const exchange =
        (certificates: (held: pkijs.Certificate[]) => pkijs.Certificate[]) => (token: string) => {
          const content = pkijs.ContentInfo.fromBER(Uint8Array.from(Buffer.from(token, 'base64')))
          const message = new pkijs.SignedData({ schema: content.content })
          message.certificates = certificates(message.certificates as pkijs.Certificate[])
          content.content = message.toSchema(true)
          return Buffer.from(content.toSchema().toBER()).toString('base64')
        }
      expect(
        await judge(
          {},
          exchange((held) => held),
        ),
      ).toBe('holds')
      expect(
        await judge(
          {},
          exchange(() => [longer]),
        ),
      ).toBe('was signed with another certificate than the one in it.')
    })
  })

  /** The answer to another request for the same bytes: only the nonce tells them apart. */
  const replayOf = (reply: Buffer) => () => reply

  async function honestReply(): Promise<Buffer> {
    const { signature } = await getCheckpoint(member, 1)
    writeFileSync(join(authority.folder, 'data.der'), Buffer.from(signature, 'base64'))
    const run = (...args: string[]) => spawnSync('openssl', args, { cwd: authority.folder })
    run('ts', '-query', '-data', 'data.der', '-sha256', '-cert', '-out', 'own.tsq')
    const answer = await fetch(authority.url, {
      method: 'POST',
      body: readFileSync(join(authority.folder, 'own.tsq')),
    })
    return Buffer.from(await answer.arrayBuffer())
  }
})

/** One bit of the imprint (behind its first OCTET STRING of 32 bytes) or of the signature at the end. */
function flipIn(reply: Buffer, part: 'imprint' | 'signature'): Buffer {
  const changed = Buffer.from(reply)
  const at = part === 'signature' ? reply.length - 5 : reply.indexOf(Buffer.from([0x04, 0x20])) + 10
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}
