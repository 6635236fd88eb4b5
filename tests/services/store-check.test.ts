import { chmodSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { registerEvidence, storeFile } from '#app/services/evidence.server.ts'
import type { Member } from '#app/services/member.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { checkStore, type StoreCheckSummary, type StoreFinding } from '#app/services/store-check.server.ts'
import type { EvidenceStore, ListedFile } from '#evidence/store/store.ts'
import { chunksOf } from '../evidence/store-contract.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let member: Member
let clientId: string
const NOW = new Date('2026-11-24T10:00:00Z')
const LONG_AGO = new Date('2026-11-01T10:00:00Z')

beforeAll(async () => {
  world = await openWorld()
  world.setClock(NOW)
})
afterAll(() => world?.close())
beforeEach(async () => {
  rmSync(join(world.dataDir, 'evidence'), { recursive: true, force: true })
  const { openLocalFolderStore } = await import('#evidence/store/local-folder.server.ts')
  getRuntime().store = await openLocalFolderStore(world.dataDir)
  member = (await world.signUpMember('Store Check')).member
  clientId = await createClient(member, demoClients(NOW).dental)
})

const pathOf = (sha256: string, organisationId = member.organisationId) =>
  join(world.dataDir, 'evidence', organisationId, sha256.slice(0, 2), sha256)
const age = (sha256: string, at = LONG_AGO) => utimesSync(pathOf(sha256), at, at)

async function keep(text: string) {
  const { sha256 } = await storeFile(member, chunksOf(Buffer.from(text)))
  age(sha256)
  return sha256
}

async function register(text: string) {
  const stored = await storeFile(member, chunksOf(Buffer.from(text)))
  const held = await registerEvidence(member, clientId, stored, 'file.txt', {
    kind: 'idp-policy-export',
    title: text,
    observedOn: '2026-11-20',
    validUntil: null,
    collector: '',
    controlIds: [],
    questionRefs: [],
    viewpoint: 'internal',
  })
  if (held.outcome !== 'received') throw new Error('Not received')
  age(stored.sha256)
  return { sha256: stored.sha256, revisionId: held.revisionId }
}

/** Of the organisation of this test: the others' rows lost their files when the folder was emptied. */
async function check(verify = false): Promise<{ findings: StoreFinding[]; summary: StoreCheckSummary }> {
  const findings: StoreFinding[] = []
  const steps = checkStore({ verify })
  for (;;) {
    const step = await steps.next()
    if (step.done) return { findings, summary: step.value }
    const finding = step.value
    if (!('organisationId' in finding) || finding.organisationId === member.organisationId)
      findings.push(finding)
  }
}

describe('the check of the store', () => {
  it('finds nothing where every row has its file and every file its row', async () => {
    await register('one')
    await register('two')
    const { findings, summary } = await check(true)
    expect(findings).toEqual([])
    expect(summary).toMatchObject({ files: 2, bytes: 6, verified: 2 })
  })

  it('names a file that no row refers to, and one that is too young to be told', async () => {
    const orphan = await keep('refused')
    const young = await keep('under way')
    age(young, new Date(NOW.getTime() - 60_000))
    await register('held')
    const { findings } = await check()
    expect(findings.map((finding) => [finding.type, 'sha256' in finding && finding.sha256])).toEqual(
      [['orphan', orphan] as const, ['young', young] as const].sort(([, a], [, b]) => (a < b ? -1 : 1)),
    )
  })

  it('names a row whose file is gone, with the row', async () => {
    const { sha256, revisionId } = await register('lost')
    rmSync(pathOf(sha256))
    const { findings } = await check()
    expect(findings).toEqual([
      {
        type: 'missing',
        organisationId: member.organisationId,
        sha256,
        referredBy: [{ kind: 'evidence-revision', id: revisionId, count: 1, sha256, sizeBytes: 4 }],
      },
    ])
  })

  it('names a file of another size at once, and one with another byte when it reads them', async () => {
    const cut = await register('cut short')
    const rotten = await register('rotten')
    for (const [sha256, change] of [
      [cut.sha256, (bytes: Buffer) => bytes.subarray(1)],
      [rotten.sha256, (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte)))],
    ] as const) {
      chmodSync(pathOf(sha256), 0o640)
      writeFileSync(pathOf(sha256), change(readFileSync(pathOf(sha256))))
    }
    expect((await check()).findings).toEqual([
      expect.objectContaining({ type: 'changed', sha256: cut.sha256, sizeBytes: 8, expectedBytes: 9 }),
    ])
    const changed = (await check(true)).findings.map((finding) => 'sha256' in finding && finding.sha256)
    expect(changed).toEqual([cut.sha256, rotten.sha256].sort())
  })

  it('names what lies half received', async () => {
    writeFileSync(join(world.dataDir, 'evidence', 'incoming', 'x.part'), 'half')
    expect((await check()).findings).toMatchObject([{ type: 'unfinished', name: 'x.part' }])
  })

  it('takes files of an organisation that the database does not know for left over', async () => {
    const stranger = 'ffffffff-ffff-4fff-8fff-ffffffffffff'
    const { sha256 } = await getRuntime().store.put(stranger, chunksOf(Buffer.from('x')), { maxBytes: 10 })
    utimesSync(pathOf(sha256, stranger), LONG_AGO, LONG_AGO)
    expect((await check()).summary.found.orphan).toBe(1)
  })

  it('does not call a row’s file missing that arrives while it looks, nor a file left over whose row does', async () => {
    const late = await register('late file')
    const real = getRuntime().store
    // The listing was made before the file came.
    getRuntime().store = { ...real, async *list() {} }
    expect((await check()).findings).toEqual([])
    getRuntime().store = real
    const early = await keep('late row')
    let isRegistered = false
    getRuntime().store = {
      ...real,
      async *list() {
        const { organisationId } = member
        yield { organisationId, sha256: '0'.repeat(64), sizeBytes: 1, storedAt: NOW }
        for await (const file of real.list(member.organisationId)) {
          // Rows are read once the first file is known; after that this one's row is written.
          if (file.sha256 === early && !isRegistered) {
            isRegistered = true
            await register('late row')
            age(early)
          }
          yield file
        }
      },
    }
    const { findings } = await check()
    getRuntime().store = real
    expect(findings.filter((finding) => finding.type === 'orphan')).toEqual([])
    expect(late.sha256).toHaveLength(64)
  })

  it('says nothing at all when the store lists in no order', async () => {
    await register('one')
    const real = getRuntime().store
    const files: ListedFile[] = []
    for await (const file of real.list(member.organisationId)) files.push(file)
    getRuntime().store = {
      ...real,
      async *list() {
        yield { ...(files[0] as ListedFile), sha256: 'f'.repeat(64) }
        yield* files
      },
    }
    await expect(check()).rejects.toMatchObject({ code: 'store-out-of-order' })
    getRuntime().store = real
  })

  it('goes through a hundred thousand files in bounded memory', async () => {
    const real = getRuntime().store
    const many: EvidenceStore = {
      ...real,
      async *list() {
        const organisationId = 'ffffffff-ffff-4fff-8fff-ffffffffffff'
        for (let count = 0; count < 100_000; count++) {
          const sha256 = count.toString(16).padStart(64, '0')
          yield { organisationId, sha256, sizeBytes: 1, storedAt: NOW }
        }
      },
    }
    getRuntime().store = many
    global.gc?.()
    const before = process.memoryUsage().rss
    let count = 0
    for await (const finding of checkStore({ verify: false })) count += finding.type === 'young' ? 1 : 0
    getRuntime().store = real
    expect(count).toBe(100_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000)
  })
})
