import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runStore } from '#app/cli/store.ts'
import { type Database, openDatabase } from '#db/client.server.ts'
import { openLocalFolderStore } from '#evidence/store/local-folder.server.ts'
import { chunksOf, OURS } from '../evidence/store-contract.ts'
import { openTestDatabase } from '../support/database.ts'

let dataDir: string
let database: Database | null = null

async function run(...argv: string[]) {
  let stdout = ''
  let stderr = ''
  const status = await runStore(argv, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
  })
  return { status, stdout, stderr }
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'attested-store-check-'))
  vi.stubEnv('ATTESTED_DATA_DIR', dataDir)
  vi.stubEnv('DATABASE_URL', '')
  database = await openDatabase({ dataDir })
})
afterAll(async () => {
  await database?.close()
  vi.unstubAllEnvs()
  rmSync(dataDir, { recursive: true, force: true })
})

const keepOld = async (text: string) => {
  const { sha256 } = await (await openLocalFolderStore(dataDir)).put(OURS, chunksOf(Buffer.from(text)), {
    maxBytes: 99,
  })
  const longAgo = new Date(Date.now() - 86_400_000)
  utimesSync(join(dataDir, 'evidence', OURS, sha256.slice(0, 2), sha256), longAgo, longAgo)
  return sha256
}

describe('attested store check', () => {
  it('finds all well beside a running database', async () => {
    const { status, stdout, stderr } = await run('check', '--verify')
    expect(stderr).toBe('')
    expect(stdout).toContain('Every row has its file and every file its row.')
    expect(status).toBe(0)
  })

  it('names what it found, in words and in JSON, and deletes nothing', async () => {
    const sha256 = await keepOld('left over')
    const words = await run('check')
    expect(words.status).toBe(1)
    expect(words.stdout).toContain(`orphan      ${OURS}/${sha256}  9 bytes`)
    const json = await run('check', '--json')
    expect(json.status).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({
      store: { kind: 'local-folder', objectLock: { state: 'off' } },
      findings: [{ type: 'orphan', organisationId: OURS, sha256, sizeBytes: 9 }],
      summary: { files: 1, found: { orphan: 1, missing: 0 } },
    })
    expect(readdirSync(join(dataDir, 'evidence', OURS, sha256.slice(0, 2)))).toEqual([sha256])
  })

  it('starts the built-in database itself where none runs, and ends it again', async () => {
    await database?.close()
    database = null
    for (const _ of [1, 2]) expect((await run('check')).status).toBe(1)
    database = await openDatabase({ dataDir })
  })

  it('tells why it could not check', async () => {
    vi.stubEnv('ATTESTED_DATA_DIR', join(dataDir, 'nowhere'))
    const absent = await run('check', '--json')
    expect(absent.status).toBe(2)
    expect(JSON.parse(absent.stdout).error).toContain('There is no database of Attested')
    vi.stubEnv('ATTESTED_DATA_DIR', dataDir)
    vi.stubEnv('ATTESTED_S3_BUCKET', 'NOT A BUCKET')
    const wrong = await run('check')
    expect(wrong.status).toBe(2)
    expect(wrong.stderr).toContain('ATTESTED_S3_BUCKET')
    vi.stubEnv('ATTESTED_S3_BUCKET', '')
  })

  it('says how it is used', async () => {
    for (const argv of [[], ['prune'], ['check', 'more'], ['check', '--delete']]) {
      const { status, stderr } = await run(...argv)
      expect(status).toBe(2)
      expect(stderr).toContain('store check [--verify] [--json]')
    }
  })

  it('ends its JSON when it breaks off, with the reason', async () => {
    const empty = await openTestDatabase({ empty: true })
    vi.stubEnv('DATABASE_URL', empty.ownerUrl)
    const { status, stdout } = await run('check', '--json')
    vi.stubEnv('DATABASE_URL', '')
    await empty.close()
    expect(status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [],
      error: expect.stringContaining('Start Attested once with npm start'),
    })
  })
})
