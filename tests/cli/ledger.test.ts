import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runLedger } from '#app/cli/ledger.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { connectTo } from '#db/connection.server.ts'
import { fillLedger } from '../services/ledger-world.ts'
import { openWorld, type World } from '../support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'attested-ledger-cli-'))
const SECRET = Buffer.alloc(32, 9).toString('base64')

let world: World
let member: Member
let lines: string[]
let authorityPath: string

async function run(...argv: string[]) {
  let stdout = ''
  let stderr = ''
  const status = await runLedger(argv, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  })
  return { status, stdout, stderr }
}

const place = (name: string, text: string | Buffer = '') => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

beforeAll(async () => {
  world = await openWorld()
  getRuntime().settings.secret = SECRET
  vi.stubEnv('DATABASE_URL', getRuntime().database.ownerUrl)
  vi.stubEnv('ATTESTED_SECRET', SECRET)
  member = (await world.signUpMember('Lea Ledger')).member
  await fillLedger(member)
  await world.signUpMember('Second One')
  const exported = join(folder, 'ledger.ndjson')
  const { status, stderr } = await run('export', '--organisation', member.organisationId, '--out', exported)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  lines = readFileSync(exported, 'utf8').split('\n').slice(0, -1)
  const checkpoint = lines.map((line) => JSON.parse(line)).find((line) => line.checkpoint)?.checkpoint
  const [, authority] = checkpoint.certificates.match(/-----BEGIN[\s\S]+?-----END CERTIFICATE-----\n/g)
  authorityPath = place('authority.pem', authority)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What somebody with the administrator's password could do. */
async function tamper(table: string, change: (sql: ReturnType<typeof connectTo>) => PromiseLike<unknown>) {
  const admin = connectTo((getRuntime().database as unknown as { adminUrl: string }).adminUrl, { max: 1 })
  await admin.unsafe(`alter table ${table} disable trigger user`)
  await change(admin)
  const triggers =
    await admin`select tgname from pg_trigger where tgrelid = ${table}::regclass and not tgisinternal`
  for (const { tgname } of triggers)
    await admin.unsafe(`alter table ${table} enable always trigger ${tgname}`)
  await admin.end()
}

describe('attested ledger verify', () => {
  it('finds every ledger of the installation whole, and says what it looked at', async () => {
    const { status, stdout, stderr } = await run('verify')
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toContain(`ok      Lea Ledger IT (${member.organisationId})`)
    expect(stdout).toContain('ok      Second One IT')
    expect(stdout).toContain('59 entries were read')
    expect(stdout).toContain('2 checkpoints; the newest covers entries 1 to 53; 0 timestamped.')
    expect(stdout).toContain('The ledger ends where it was sealed.')
    expect(stdout).toMatch(
      /Signed under “Lea Ledger IT Attested signing authority”, SHA-256 fingerprint ([0-9A-F]{2}:){31}/,
    )
  })

  it('looks at one organisation when asked, in JSON too', async () => {
    const { status, stdout } = await run('verify', '--organisation', member.organisationId, '--json')
    expect(status).toBe(0)
    const { ok, ledgers } = JSON.parse(stdout)
    expect(ok).toBe(true)
    expect(ledgers).toHaveLength(1)
    expect(ledgers[0]).toMatchObject({ ok: true, entries: 59, faults: [], checkpoints: { count: 2 } })
  })

  it('tells a chain that lost its end, and every other fault, with status 1', async () => {
    const victim = (await world.signUpMember('Vic Victim')).member
    await fillLedger(victim)
    const { organisationId } = victim
    await tamper('ledger_entry', async (sql) => {
      await sql`delete from ledger_entry where organisation_id = ${organisationId} and sequence > 40`
      await sql`update ledger_entry set actor = 'Nobody' where organisation_id = ${organisationId} and sequence = 7`
    })
    const { status, stdout } = await run('verify')
    expect(status).toBe(1)
    expect(stdout).toContain('ok      Lea Ledger IT')
    expect(stdout).toContain(`FAILED  Vic Victim IT (${organisationId})`)
    expect(stdout).toContain('- Entry 7 was changed after it was written.')
    expect(stdout).toContain('- Checkpoint 2 covers 53 entries, but the ledger ends with entry 40.')
    expect(stdout).toContain(
      'The ledger ends with entry 40, but its sealed head names entry 59: the last 19 entries are missing.',
    )
  })

  it('takes a head that was sealed with another secret for forged', async () => {
    vi.stubEnv('ATTESTED_SECRET', Buffer.alloc(32, 1).toString('base64'))
    const { status, stdout } = await run('verify', '--organisation', member.organisationId)
    vi.stubEnv('ATTESTED_SECRET', SECRET)
    expect(status).toBe(1)
    expect(stdout).toContain('The sealed head was changed or comes from elsewhere')
  })

  it('says when it cannot check: no secret, no such organisation, no id', async () => {
    vi.stubEnv('ATTESTED_SECRET', '')
    vi.stubEnv('ATTESTED_DATA_DIR', join(folder, 'no-data'))
    const noSecret = await run('verify')
    expect(existsSync(join(folder, 'no-data'))).toBe(false)
    vi.stubEnv('ATTESTED_SECRET', SECRET)
    expect(noSecret.status).toBe(2)
    expect(noSecret.stderr).toContain('set ATTESTED_SECRET')
    const nobody = await run('verify', '--organisation', crypto.randomUUID())
    expect([nobody.status, nobody.stderr]).toEqual([2, expect.stringContaining('There is no organisation')])
    const noId = await run('verify', '--organisation', 'x')
    expect([noId.status, noId.stderr]).toEqual([2, expect.stringContaining('An organisation id is a UUID')])
  })

  it('says how it is used', async () => {
    for (const argv of [
      [],
      ['prune'],
      ['verify', 'a', 'b'],
      ['export'],
      ['prove', '0', '--organisation', 'x', '--out', 'y'],
      ['check-proof'],
      ['verify', '--all'],
    ]) {
      const { status, stderr } = await run(...argv)
      expect(status).toBe(2)
      expect(stderr).toContain('ledger COMMAND')
    }
  })
})

describe('an exported ledger', () => {
  it('has a header, entries, each checkpoint behind what it covers, and an end', async () => {
    const kinds = lines.map((line) => Object.keys(JSON.parse(line))[0])
    expect(kinds[0]).toBe('type')
    expect(kinds.at(-1)).toBe('end')
    expect(kinds.filter((kind) => kind === 'entry')).toHaveLength(59)
    expect(kinds.indexOf('checkpoint')).toBe(28)
    const { status, stdout } = await run(
      'verify',
      join(folder, 'ledger.ndjson'),
      '--authority',
      authorityPath,
    )
    expect(status).toBe(0)
    expect(stdout).toContain('Entries 54 to 59 are covered by no checkpoint')
  })

  it('is not written over a file that is there, nor for an organisation that is not', async () => {
    const there = await run('export', '--organisation', member.organisationId, '--out', authorityPath)
    expect(there.status).toBe(2)
    const nobody = join(folder, 'nobody.ndjson')
    expect((await run('export', '--organisation', crypto.randomUUID(), '--out', nobody)).status).toBe(2)
    expect(existsSync(nobody)).toBe(false)
  })

  const edit = (index: number, change: (line: string) => string) => () =>
    lines.map((line, at) => (at === index ? change(line) : line))
  const joined = (list: string[]) => `${list.join('\n')}\n`

  it.each([
    ['an edited entry', edit(9, (line) => line.replace('Person', 'Nobody')), 'Entry 9 was changed'],
    ['an edited hash', edit(5, (line) => line.replace(/"hash":"./, '"hash":"z')), 'Entry 5 was changed'],
    ['a missing entry', () => lines.toSpliced(12, 1), 'does not follow the entry before it'],
    ['swapped entries', () => lines.with(3, lines[4] as string).with(4, lines[3] as string), 'out of order'],
    ['an entry twice', () => lines.toSpliced(7, 0, lines[7] as string), 'appears twice'],
    [
      'an edited checkpoint',
      edit(28, (line) => line.replace('\\"size\\":27', '\\"size\\":26')),
      'Checkpoint 1',
    ],
    [
      'a missing checkpoint',
      () => lines.toSpliced(28, 1),
      'Checkpoint 1 is recorded by entry 28, but it is not there',
    ],
    [
      'swapped checkpoints',
      () => {
        const second = lines.findLastIndex((line) => line.startsWith('{"checkpoint"'))
        return lines.with(28, lines[second] as string).with(second, lines[28] as string)
      },
      'does not follow checkpoint',
    ],
    ['a missing end', () => lines.slice(0, -1), 'The file ends without its last line'],
    ['a missing end and more', () => lines.slice(0, 30), 'The file ends without its last line'],
    ['an end that promises more', edit(62, (line) => line.replace('59', '60')), 'promises 60 entries'],
    ['a line behind the end', () => [...lines, lines[3] as string], 'stands after the end'],
    ['a line that is none', edit(20, () => '{"entry":{}}'), 'Line 21 cannot be read'],
    [
      'an unknown member',
      edit(20, (line) => line.replace('"sequence"', '"more":1,"sequence"')),
      'Line 21 cannot be read',
    ],
    ['no header', () => lines.slice(1), 'Line 1 is not the beginning'],
    ['nothing', () => [''], 'Line 1 is not the beginning'],
    [
      'another organisation’s header',
      edit(0, (line) =>
        line.replace(/"organisationId":"[^"]+"/, `"organisationId":"${crypto.randomUUID()}"`),
      ),
      'belongs to another organisation',
    ],
  ])('is refused with %s', async (_case, forge, said) => {
    const { status, stdout } = await run('verify', place('forged.ndjson', joined(forge())))
    expect(stdout).toContain(said)
    expect(status).toBe(1)
  })

  it('is refused when cut anywhere, and when its bytes are no text', async () => {
    const whole = Buffer.from(joined(lines))
    for (let at = 1; at < whole.length; at += Math.ceil(whole.length / 40)) {
      expect((await run('verify', place('cut.ndjson', whole.subarray(0, at)))).status).toBe(1)
    }
    const bad = Buffer.from(whole)
    bad[Math.floor(whole.length / 2)] = 0xff
    expect((await run('verify', place('bad.ndjson', bad))).status).toBe(1)
  })

  it('is refused when somebody rebuilt all of it under an authority of their own', async () => {
    const forger = (await world.signUpMember('Lea Ledger')).member
    await fillLedger(forger)
    const out = join(folder, 'rebuilt.ndjson')
    await run('export', '--organisation', forger.organisationId, '--out', out)
    expect((await run('verify', out)).status).toBe(0)
    const pinned = await run('verify', out, '--authority', authorityPath)
    expect([pinned.status, pinned.stdout]).toEqual([
      1,
      expect.stringContaining('another authority than the one you gave'),
    ])
  })

  it('may be absent, which is said with status 2', async () => {
    const { status, stderr } = await run('verify', join(folder, 'nothing-here'))
    expect([status, stderr]).toEqual([2, 'There is no such file.\n'])
  })
})

describe('a proof of one entry', () => {
  let proof: string
  beforeAll(async () => {
    const out = join(folder, 'proof.json')
    const made = await run('prove', '17', '--organisation', member.organisationId, '--out', out)
    expect([made.status, made.stderr]).toEqual([0, ''])
    proof = readFileSync(out, 'utf8')
  })

  it('holds offline against the newest checkpoint', async () => {
    const { status, stdout } = await run(
      'check-proof',
      join(folder, 'proof.json'),
      '--authority',
      authorityPath,
    )
    expect(status).toBe(0)
    expect(stdout).toContain('It is among the 53 entries that checkpoint 2 of')
    const json = await run('check-proof', join(folder, 'proof.json'), '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, document: { proof: { index: 16, size: 53 } } })
  })

  const changed = (change: (document: Record<string, Record<string, unknown>>) => void) => () => {
    const document = JSON.parse(proof)
    change(document)
    return JSON.stringify(document)
  }
  const other = (hash: unknown) => String(hash).replace(/^./, (digit) => (digit === '0' ? '1' : '0'))

  it.each([
    [
      'an edited entry',
      changed(({ entry }) => {
        if (entry) entry.actor = 'Nobody'
      }),
      'Entry 17 was changed',
    ],
    [
      'another place',
      changed((document) => {
        if (document.proof) document.proof.index = 15
      }),
      'not among the entries',
    ],
    [
      'another number of the entry',
      changed((document) => {
        if (document.entry) document.entry.sequence = 16
      }),
      'Entry 16 was changed',
    ],
    [
      'an edited step',
      changed(({ proof: held }) => {
        if (held) held.path = [other((held.path as string[])[0]), ...(held.path as string[]).slice(1)]
      }),
      'not among the entries',
    ],
    [
      'an edited checkpoint',
      changed(({ checkpoint }) => {
        if (checkpoint) checkpoint.body = String(checkpoint.body).replace('"number":2', '"number":3')
      }),
      'does not fit its signature',
    ],
    [
      'a checkpoint that is none',
      changed(({ checkpoint }) => {
        if (checkpoint) checkpoint.body = '{}'
      }),
      'none of ours',
    ],
    [
      'certificates in another order',
      changed(({ checkpoint }) => {
        if (checkpoint)
          checkpoint.certificates = (
            String(checkpoint.certificates).match(/-----BEGIN[\s\S]+?-----END CERTIFICATE-----\n/g) ?? []
          )
            .reverse()
            .join('')
      }),
      'Checkpoint 2 was signed',
    ],
    [
      'a timestamp that is none',
      changed(({ checkpoint }) => {
        if (checkpoint) checkpoint.timestampToken = 'AAAA'
      }),
      'cannot be read',
    ],
    ['an end cut off', () => proof.slice(0, -20), 'not a proof that Attested wrote'],
    ['nothing in it', () => '', 'not a proof that Attested wrote'],
    [
      'another type',
      () => proof.replace('ledger-proof/v1', 'ledger-proof/v2'),
      'not a proof that Attested wrote',
    ],
  ])('fails with %s', async (_case, forge, said) => {
    const { status, stdout } = await run('check-proof', place('forged.json', forge()))
    expect(stdout).toContain(said)
    expect(status).toBe(1)
  })

  it('is not given for entries that no checkpoint covers, or that are not there', async () => {
    const out = join(folder, 'none.json')
    const uncovered = await run('prove', '58', '--organisation', member.organisationId, '--out', out)
    expect([uncovered.status, uncovered.stderr]).toEqual([
      2,
      expect.stringContaining('No checkpoint covers entry 58 yet'),
    ])
    const absent = await run('prove', '500', '--organisation', member.organisationId, '--out', out)
    expect([absent.status, absent.stderr]).toEqual([2, 'The ledger has no entry 500.\n'])
    expect(existsSync(out)).toBe(false)
  })
})
