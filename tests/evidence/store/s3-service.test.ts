/** What the S3 store owes to services that lock, refuse, break off and answer in pages. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openEvidenceStore } from '#evidence/store/open.server.ts'
import { openS3Store } from '#evidence/store/s3.server.ts'
import type { S3Settings } from '#evidence/store/s3-settings.ts'
import { type S3Service, startS3Service } from '#tests/support/s3-service.ts'
import { chunksOf, codeOf, OURS, readAll, sha256Of, THEIRS } from '../store-contract.ts'

const LOCK_ENABLED = '<ObjectLockEnabled>Enabled</ObjectLockEnabled>'
const BUCKET_DEFAULT = `${LOCK_ENABLED}<Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>30</Days></DefaultRetention></Rule>`
const NOW = new Date('2026-03-01T12:00:00Z')
const dayAfterNow = (days: number) => new Date(NOW.getTime() + days * 86_400_000).toISOString()

let service: S3Service
let dataDir: string

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'a key')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a secret')
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
})
afterAll(() => {
  vi.unstubAllEnvs()
})
beforeEach(async () => {
  service = await startS3Service()
  dataDir = mkdtempSync(join(tmpdir(), 'attested-s3-'))
})
afterEach(async () => {
  await service.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const settings = (changes: Partial<S3Settings> = {}): S3Settings => ({
  bucket: 'evidence-bucket',
  endpoint: service.endpoint,
  region: null,
  prefix: '',
  isPathStyle: true,
  retention: null,
  ...changes,
})
const open = (changes: Partial<S3Settings> = {}) =>
  openS3Store(settings(changes), { dataDir, clock: () => NOW })
const spooled = () => readdirSync(join(dataDir, 'evidence', 'incoming'))
const bytesOf = (length: number, fill = 1) => Buffer.alloc(length, fill)
const putAll = async (store: Awaited<ReturnType<typeof open>>, bytes: Buffer) =>
  store.put(OURS, chunksOf(bytes), { maxBytes: 1e9 })
const methodsOf = (method: string) => service.requests.filter((asked) => asked.method === method)

describe('the S3 store puts', () => {
  it('under the organisation and the hash, and keeps nothing on this machine', async () => {
    const store = await open({ prefix: 'a/b' })
    const { sha256 } = await putAll(store, bytesOf(1000))
    expect([...service.objects.keys()]).toEqual([`a/b/${OURS}/${sha256}`])
    expect(spooled()).toEqual([])
  })

  it('never over what is there: the second time is read and compared, not sent', async () => {
    const store = await open()
    await putAll(store, bytesOf(1000))
    await putAll(store, bytesOf(1000))
    expect(methodsOf('PUT')).toHaveLength(1)
    expect(methodsOf('PUT')[0]?.headers['if-none-match']).toBe('*')
  })

  it('leaves the object of a process that was faster', async () => {
    const store = await open()
    const bytes = bytesOf(1000, 2)
    const key = `${OURS}/${sha256Of(bytes)}`
    service.refuse = ({ method }) => {
      if (method === 'PUT') service.objects.set(key, { bytes, lockMode: 'GOVERNANCE', lockedUntil: null })
      return null
    }
    expect((await putAll(store, bytes)).sha256).toBe(sha256Of(bytes))
    expect(service.objects.get(key)?.lockMode).toBe('GOVERNANCE')
  })

  it('without the condition where the service does not know it', async () => {
    const store = await open()
    service.refuse = ({ headers }) =>
      headers['if-none-match'] ? { status: 501, code: 'NotImplemented' } : null
    const { sha256 } = await putAll(store, bytesOf(1000, 3))
    expect(await readAll(await store.openVerified(OURS, sha256))).toEqual(bytesOf(1000, 3))
  })

  it('a large file in parts', async () => {
    const store = await open()
    const bytes = bytesOf(20_000_000, 4)
    const { sha256 } = await putAll(store, bytes)
    expect(methodsOf('PUT').map(({ query }) => query.get('partNumber'))).toEqual(['1', '2', '3'])
    expect(service.objects.get(`${OURS}/${sha256}`)?.bytes.equals(bytes)).toBe(true)
    expect(service.uploads.size).toBe(0)
  })

  it('nothing of a large file whose third part fails, and gives the parts back', async () => {
    const store = await open()
    service.refuse = ({ query }) =>
      query.get('partNumber') === '3' ? { status: 403, code: 'AccessDenied' } : null
    expect(await codeOf(putAll(store, bytesOf(20_000_000, 5)))).toBe('unavailable')
    expect(service.objects.size).toBe(0)
    expect(service.uploads.size).toBe(0)
    expect(methodsOf('DELETE')).toHaveLength(1)
    expect(spooled()).toEqual([])
  })

  it('nothing when the service is full, and says so', async () => {
    const store = await open()
    service.refuse = ({ method }) => (method === 'PUT' ? { status: 507, code: 'InsufficientStorage' } : null)
    expect(await codeOf(putAll(store, bytesOf(10)))).toBe('disk-full')
  })

  it('nothing over a broken connection', async () => {
    const store = await open()
    service.refuse = ({ method }) => (method === 'PUT' ? 'hang up' : null)
    expect(await codeOf(putAll(store, bytesOf(10)))).toBe('unavailable')
    expect(service.objects.size).toBe(0)
    expect(spooled()).toEqual([])
  })

  it('sends what breaks off in its source nowhere', async () => {
    const store = await open()
    const before = service.requests.length
    async function* broken() {
      yield bytesOf(100)
      throw new Error('gone')
    }
    expect(await codeOf(store.put(OURS, broken(), { maxBytes: 1000 }))).toBe('aborted')
    expect(service.requests.length).toBe(before)
  })
})

describe('the S3 store reads', () => {
  it('a bucket that has gone as a fault, not as a missing file', async () => {
    const store = await open()
    service.refuse = () => ({ status: 404, code: 'NoSuchBucket' })
    expect(await codeOf(readAll(store.open(OURS, sha256Of('x'))))).toBe('unavailable')
    expect(await codeOf(readAll(store.list() as never))).toBe('unavailable')
  })

  it('refused credentials as a fault, not as a missing file', async () => {
    const store = await open()
    service.refuse = () => ({ status: 403, code: 'AccessDenied' })
    expect(await codeOf(store.has(OURS, sha256Of('x')))).toBe('unavailable')
  })

  it('every page of a listing, and leaves strangers’ keys out', async () => {
    service.pageSize = 3
    const keep = (key: string) =>
      service.objects.set(key, { bytes: bytesOf(1), lockMode: null, lockedUntil: null })
    const hashes = Array.from({ length: 10 }, (_, index) => sha256Of(String(index))).sort()
    for (const hash of hashes) keep(`p/${OURS}/${hash}`)
    for (const key of ['p/notes.txt', `p/${OURS}/short`, `p/${OURS}/${hashes[0]}/x`, `${OURS}/${hashes[0]}`])
      keep(key)
    keep(`p/${THEIRS}/${hashes[0]}`)
    const store = await open({ prefix: 'p' })
    const listed: string[] = []
    for await (const { organisationId, sha256 } of store.list()) listed.push(`${organisationId}/${sha256}`)
    expect(listed).toEqual([...hashes.map((hash) => `${OURS}/${hash}`), `${THEIRS}/${hashes[0]}`])
  })

  it('uploads that a killed process left, and ends those older than a day when it is opened', async () => {
    const begin = (id: string, key: string, begunAt: Date) =>
      service.uploads.set(id, { key, begunAt, parts: new Map(), headers: {} })
    begin('old', `${OURS}/${sha256Of('a')}`, new Date(NOW.getTime() - 25 * 3_600_000))
    begin('young', `${OURS}/${sha256Of('b')}`, new Date(NOW.getTime() - 3_600_000))
    begin('of another program', 'backups/monday', new Date(0))
    const looking = await openS3Store(settings(), { dataDir, clock: () => NOW, cleanLeftovers: false })
    const names: string[] = []
    for await (const { name } of looking.listUnfinished()) names.push(name)
    expect(names).toHaveLength(2)
    expect(service.uploads.size).toBe(3)
    await open()
    expect([...service.uploads.keys()]).toEqual(['young', 'of another program'])
  })
})

describe('object lock', () => {
  const retention = { mode: 'COMPLIANCE', days: 10 } as const

  it('is off where the bucket has none, and where the service knows of none', async () => {
    expect((await open()).status().objectLock).toEqual({ state: 'off', retention: null })
    service.refuse = ({ query }) =>
      query.has('object-lock') ? { status: 501, code: 'NotImplemented' } : null
    expect((await open()).status().objectLock).toEqual({ state: 'off', retention: null })
  })

  it('is unknown where these credentials may not ask', async () => {
    service.refuse = ({ query }) => (query.has('object-lock') ? { status: 403, code: 'AccessDenied' } : null)
    expect((await open()).status().objectLock).toEqual({ state: 'unknown', retention: null })
    await expect(open({ retention })).rejects.toMatchObject({ code: 'object-lock-missing' })
  })

  it('leaves the bucket’s own default alone, and tells it', async () => {
    service.objectLock = BUCKET_DEFAULT
    const store = await open()
    expect(store.status().objectLock).toEqual({
      state: 'on',
      retention: { mode: 'GOVERNANCE', days: 30, by: 'bucket' },
    })
    await putAll(store, bytesOf(10))
    expect(methodsOf('PUT')[0]?.headers['x-amz-object-lock-mode']).toBeUndefined()
  })

  it.each([
    ['small', 1000],
    ['in parts', 9_000_000],
  ])('holds each file for as long as configured: %s', async (_, length) => {
    service.objectLock = LOCK_ENABLED
    const store = await open({ retention })
    expect(store.status().objectLock).toEqual({ state: 'on', retention: { ...retention, by: 'attested' } })
    const { sha256 } = await putAll(store, bytesOf(length))
    expect(service.objects.get(`${OURS}/${sha256}`)).toMatchObject({ lockMode: 'COMPLIANCE' })
    expect(Date.parse(service.objects.get(`${OURS}/${sha256}`)?.lockedUntil ?? '')).toBe(
      Date.parse(dayAfterNow(10)),
    )
  })

  it('is made longer when the same content arrives again, and never weaker', async () => {
    service.objectLock = LOCK_ENABLED
    const bytes = bytesOf(1000)
    const key = `${OURS}/${sha256Of(bytes)}`
    service.objects.set(key, { bytes, lockMode: 'COMPLIANCE', lockedUntil: dayAfterNow(2) })
    const store = await open({ retention: { mode: 'GOVERNANCE', days: 10 } })
    await putAll(store, bytes)
    expect(service.objects.get(key)).toMatchObject({ lockMode: 'COMPLIANCE' })
    expect(Date.parse(service.objects.get(key)?.lockedUntil ?? '')).toBe(Date.parse(dayAfterNow(10)))
    const asked = service.requests.length
    await putAll(store, bytes)
    expect(service.requests.slice(asked).map(({ method }) => method)).toEqual(['HEAD', 'GET'])
  })

  it('stops the start where it is asked for and the bucket has none', async () => {
    await expect(open({ retention })).rejects.toMatchObject({
      code: 'object-lock-missing',
      message: expect.stringContaining('has no object lock. Make the bucket with object lock, or unset'),
    })
  })
})

describe('the start', () => {
  it.each([
    [
      'there is no such bucket',
      { status: 404, code: 'NoSuchBucket' },
      'bucket-missing',
      'correct ATTESTED_S3_BUCKET',
    ],
    [
      'the key is unknown',
      { status: 403, code: 'InvalidAccessKeyId' },
      'credentials-refused',
      'AWS_ACCESS_KEY_ID',
    ],
    [
      'the secret is wrong',
      { status: 403, code: 'SignatureDoesNotMatch' },
      'credentials-refused',
      'AWS_SECRET_ACCESS_KEY',
    ],
    [
      'the bucket is closed to them',
      { status: 403, code: 'AccessDenied' },
      'bucket-refused',
      'docs/storage.md',
    ],
    [
      'the bucket is in another region',
      { status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-north-1' } },
      'bucket-elsewhere',
      'ATTESTED_S3_REGION=eu-north-1',
    ],
    [
      'the service fails',
      { status: 500, code: 'InternalError' },
      'store-unreachable',
      'ATTESTED_S3_ENDPOINT',
    ],
  ])('says so when %s', async (_, refusal, code, hint) => {
    service.refuse = () => refusal
    await expect(open()).rejects.toMatchObject({
      name: 'StoreStartError',
      code,
      message: expect.stringContaining(hint),
    })
  })

  it('says so when nobody listens', async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => probe.once('listening', resolve))
    const { port } = probe.address() as { port: number }
    await new Promise((resolve) => probe.close(resolve))
    await expect(open({ endpoint: `http://127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'store-unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })

  it('says so when there are no credentials anywhere', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', '')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '')
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(dataDir, 'none'))
    vi.stubEnv('AWS_CONFIG_FILE', join(dataDir, 'none'))
    const attempt = open()
    await expect(attempt).rejects.toMatchObject({ code: 'credentials-missing' })
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'a key')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a secret')
  })

  it('chooses the bucket when one is configured, else the folder', async () => {
    const options = { cleanLeftovers: true }
    const remote = await openEvidenceStore({ dataDir, s3: settings() }, options)
    expect(remote.status()).toMatchObject({
      kind: 's3',
      place: `bucket evidence-bucket, at ${service.endpoint}`,
    })
    const local = await openEvidenceStore({ dataDir }, options)
    expect(local.status()).toMatchObject({ kind: 'local-folder' })
    expect(existsSync(join(dataDir, 'evidence', 'incoming'))).toBe(true)
  })
})
