import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromBuffer } from 'yauzl'
import { handleJob } from '#app/jobs/handlers.server.ts'
import { loader } from '#app/routes/application-archive.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { redactTextRevision } from '#app/services/evidence-redaction.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { readNessusFixture } from '../fixtures/nessus/dated.ts'
import { openWorld, type World } from '../support/world.ts'
import { fieldsOf, makeClient, replyOf, routeArgs, type SignedIn, uploadParts } from './evidence-calls.ts'

const run = promisify(execFile)
const has = (tool: string) => spawnSync(tool, ['--help']).error === undefined

let world: World
let owner: SignedIn
let clientId: string
let applicationId: string

beforeAll(async () => {
  world = await openWorld()
  owner = await world.signUpMember('Olive Owner')
})

afterAll(() => world?.close())

async function begin() {
  clientId = await makeClient(owner)
  applicationId = await startApplication(owner.member, clientId, { formCode: 'core-cyber', edition: '1' })
}

async function hold(fileName: string, content: string | Uint8Array, values: Record<string, string> = {}) {
  const fields = fieldsOf({ controlIds: 'mfa-email', ...values })
  const { body } = await uploadParts(owner, clientId, [...fields, { fileName, content }])
  return body as { evidenceId: string; revisionId: string; sha256: string }
}

const ask = (query = '', who = owner) =>
  replyOf(
    loader(routeArgs(`/applications/${applicationId}/evidence-archive${query}`, { applicationId }, who)),
  )

async function pack(query = ''): Promise<Buffer> {
  const { response } = await ask(query)
  expect(response?.status).toBe(200)
  return Buffer.from(await (response as Response).arrayBuffer())
}

async function unpack(bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const zip = await new Promise<import('yauzl').ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true, strictFileNames: true }, (error, made) =>
      error ? reject(error) : resolve(made as import('yauzl').ZipFile),
    ),
  )
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', resolve)
    zip.on('entry', (entry) =>
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error)
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('error', reject)
        stream.on('end', () => {
          expect(files.has(entry.fileName)).toBe(false)
          files.set(entry.fileName, Buffer.concat(parts))
          zip.readEntry()
        })
      }),
    )
    zip.readEntry()
  })
  return files
}

const manifestOf = (files: Map<string, Buffer>) => JSON.parse(files.get('manifest.json')?.toString() ?? '')

describe('the archive of an application', () => {
  test('holds its evidence under safe names, with hashes that everything agrees on', async () => {
    await begin()
    const linked = await hold('..\\..\\CON.txt', 'a plan')
    await hold('über.csv', 'a,b\n1,2\n', {
      controlIds: '',
      questionRefs: `${applicationId}/mfa-email`,
      title: 'Table',
    })
    await hold('same.txt', 'one')
    await hold('SAME.TXT', 'two')
    await hold('empty-name\u202etxt.exe', new Uint8Array(300_000).fill(7))
    await hold('elsewhere.txt', 'of no question here', { controlIds: '' })
    const bytes = await pack()
    const files = await unpack(bytes)
    expect([...files.keys()].filter((name) => !name.startsWith('evidence/'))).toEqual([
      'README.txt',
      'manifest.json',
      'SHA256SUMS',
    ])
    const manifest = manifestOf(files)
    expect(manifest.files).toHaveLength(5)
    for (const file of manifest.files) {
      const content = files.get(file.name) as Buffer
      expect(createHash('sha256').update(content).digest('hex')).toBe(file.sha256)
      expect(content.length).toBe(file.sizeBytes)
    }
    const plan = manifest.files.find((file: { sha256: string }) => file.sha256 === linked.sha256)
    expect(plan).toMatchObject({
      name: 'evidence/_CON.txt',
      evidenceId: linked.evidenceId,
      kind: 'plan-document',
      collector: 'Olive Owner',
      controls: [{ id: 'mfa-email' }],
      redactedFrom: null,
    })
    const table = manifest.files.find((file: { title: string }) => file.title === 'Table')
    expect(table.questions).toMatchObject([{ id: 'mfa-email' }])
    const sums = files.get('SHA256SUMS')?.toString().trim().split('\n')
    expect(sums).toHaveLength(7)
    const entry = (await listLedger(owner.member)).entries[0]
    expect(entry?.kind).toBe('evidence.exported')
    const manifestSha256 = createHash('sha256')
      .update(files.get('manifest.json') as Buffer)
      .digest('hex')
    expect(JSON.parse(entry?.payload ?? '').manifestSha256).toBe(manifestSha256)

    const folder = mkdtempSync(join(tmpdir(), 'attested-archive-'))
    try {
      if (has('unzip')) {
        writeFileSync(join(folder, 'a.zip'), bytes)
        await run('unzip', ['-q', 'a.zip'], { cwd: folder })
        if (has('sha256sum')) {
          const { stdout } = await run('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: folder })
          expect(
            stdout
              .trim()
              .split('\n')
              .every((line) => line.endsWith(': OK')),
          ).toBe(true)
          expect(stdout.trim().split('\n')).toHaveLength(7)
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('holds the scans that its readiness rests on, though nobody linked them', async () => {
    await begin()
    const scan = readNessusFixture('exposed-external', new Date())
    const values = { kind: 'vuln-scan-summary', controlIds: '', viewpoint: 'external' }
    const held = (await hold('weekly.nessus', scan, values)) as { importId?: string; sha256: string }
    const { organisationId } = owner.member
    await handleJob({ name: 'import-scan', organisationId, importId: held.importId ?? '' }, true)
    const [file] = manifestOf(await unpack(await pack())).files
    expect(file).toMatchObject({ sha256: held.sha256, kind: 'vuln-scan-summary', controls: [] })
    expect(file.questions.map(({ id }: { id: string }) => id)).not.toEqual([])
  })

  test('sends the redacted copy out, and the original only when asked', async () => {
    await begin()
    const original = await hold('people.txt', 'Ana Peña asked for it')
    const strings = ['Ana Peña']
    await redactTextRevision(owner.member, original.revisionId, { strings, columns: [], hasHeading: true })
    const files = await unpack(await pack())
    const [file] = manifestOf(files).files
    expect(file).toMatchObject({ name: 'evidence/people (redacted).txt', redactedFrom: original.sha256 })
    expect([...files.values()].some((content) => content.includes('Peña'))).toBe(false)
    expect(files.get('README.txt')?.toString()).toContain('Redacted copies')
    const [whole] = manifestOf(await unpack(await pack('?files=originals'))).files
    expect(whole).toMatchObject({ sha256: original.sha256, redactedFrom: null })
  })

  test('is refused beforehand, with the name of what is missing or changed', async () => {
    await begin()
    const held = await hold('report.txt', 'soon to rot', { title: 'The restore test' })
    const folder = join(world.dataDir, 'evidence', owner.member.organisationId, held.sha256.slice(0, 2))
    const path = join(folder, readdirSync(folder).find((name) => name === held.sha256) as string)
    const before = (await listLedger(owner.member)).entries[0]?.hash
    const bytes = readFileSync(path)
    chmodSync(path, 0o600)
    writeFileSync(path, 'soon to ROT')
    const changed = await ask()
    expect([changed.status, changed.body.sentence]).toEqual([
      409,
      expect.stringContaining('“The restore test” (report.txt)'),
    ])
    rmSync(path)
    const missing = await ask()
    expect([missing.status, missing.body.sentence]).toEqual([409, expect.stringContaining('no such file')])
    expect((await listLedger(owner.member)).entries[0]?.hash).toBe(before)
    writeFileSync(path, bytes)
    await pack()
  })

  test('breaks off without its directory when a file changes while it is packed', async () => {
    await begin()
    const held = await hold('large.bin', new Uint8Array(3_000_000).fill(1))
    const path = join(
      world.dataDir,
      'evidence',
      owner.member.organisationId,
      held.sha256.slice(0, 2),
      held.sha256,
    )
    const { response } = await ask()
    chmodSync(path, 0o600)
    writeFileSync(path, new Uint8Array(3_000_000).fill(2))
    await expect((response as Response).arrayBuffer()).rejects.toThrow()
  })

  test('is refused where nothing is linked, and to strangers', async () => {
    await begin()
    expect((await ask()).status).toBe(409)
    expect((await ask('', await world.signUpMember('Sam Stranger'))).status).toBe(404)
  })
})
