/** What every evidence store must do; each store runs this suite against itself. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import {
  type EvidenceStore,
  HEAD_BYTES,
  type ListedFile,
  type StoreErrorCode,
} from '#evidence/store/store.ts'

export interface StoreUnderTest {
  store: EvidenceStore
  /** Changes one byte of a stored file behind the store's back. */
  corrupt(organisationId: string, sha256: string, at: number): Promise<void>
  /** Everything the store keeps, half-received files included. */
  listNames(): Promise<string[]>
  close(): Promise<void>
}

export const OURS = '0f0e0d0c-0b0a-4908-8706-050403020100'
export const THEIRS = '1f0e0d0c-0b0a-4908-8706-050403020100'
const NOBODY = '2f0e0d0c-0b0a-4908-8706-050403020100'
const MAX = 10_000_000

export const sha256Of = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

export async function* chunksOf(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export async function codeOf(attempt: Promise<unknown>): Promise<StoreErrorCode | 'nothing was thrown'> {
  return attempt.then(
    () => 'nothing was thrown' as const,
    (error: { name: string; code: StoreErrorCode }) => {
      expect(error.name).toBe('StoreError')
      return error.code
    },
  )
}

/** The matchers compare byte by byte, in seconds for what this does at once. */
const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0

/** Bytes that no compressor and no sniffer takes for anything, the same each time. */
function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length)
  let state = seed
  for (let at = 0; at < length; at++) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff
    bytes[at] = state >> 16
  }
  return bytes
}

/** @param options.largeMegabytes of the file that must not be held in memory; above the 120 that may be used */
export function describeStore(
  name: string,
  open: () => Promise<StoreUnderTest>,
  { largeMegabytes = 300 }: { largeMegabytes?: number } = {},
): void {
  describe(name, () => {
    let subject: StoreUnderTest
    let store: EvidenceStore

    beforeAll(async () => {
      subject = await open()
      store = subject.store
    })
    afterAll(() => subject.close())

    const put = (bytes: Uint8Array, maxBytes = MAX, organisationId = OURS) =>
      store.put(organisationId, chunksOf(bytes), { maxBytes })

    test.each([1, 100, HEAD_BYTES, HEAD_BYTES + 1, 300_001])(
      'gives back the %i bytes that it took',
      async (length) => {
        const bytes = noise(length, length)
        const stored = await put(bytes)
        expect(stored).toEqual({
          sha256: sha256Of(bytes),
          sizeBytes: length,
          mediaType: expect.stringMatching(/^[a-z]+\/[a-z-]+$/),
          head: expect.any(Uint8Array),
        })
        expect(isSame(stored.head, bytes.subarray(0, HEAD_BYTES))).toBe(true)
        expect(isSame(await readAll(store.open(OURS, stored.sha256)), bytes)).toBe(true)
        expect(isSame(await readAll(await store.openVerified(OURS, stored.sha256)), bytes)).toBe(true)
        expect(await store.has(OURS, stored.sha256)).toBe(true)
        expect(await store.size(OURS, stored.sha256)).toBe(length)
      },
    )

    it('takes an empty file', async () => {
      const stored = await put(Buffer.alloc(0))
      expect(stored).toMatchObject({ sizeBytes: 0, sha256: sha256Of('') })
      expect(await readAll(store.open(OURS, stored.sha256))).toEqual(Buffer.alloc(0))
    })

    it('hands out the whole head in its first chunk', async () => {
      const bytes = noise(200_000, 7)
      const { sha256 } = await store.put(OURS, chunksOf(bytes, 100), { maxBytes: MAX })
      for await (const chunk of store.open(OURS, sha256)) {
        expect(chunk.length).toBeGreaterThanOrEqual(HEAD_BYTES)
        break
      }
      expect(isSame(await readAll(store.open(OURS, sha256)), bytes)).toBe(true)
    })

    it('tells how much has arrived', async () => {
      const seen: number[] = []
      await store.put(OURS, chunksOf(noise(200_000), 65_536), {
        maxBytes: MAX,
        onProgress: (size) => seen.push(size),
      })
      expect(seen).toEqual([65_536, 131_072, 196_608, 200_000])
    })

    it('takes a file of exactly the limit and refuses one byte more, leaving nothing', async () => {
      const bytes = noise(150_000, 11)
      expect((await put(bytes, 150_000)).sizeBytes).toBe(150_000)
      const before = await subject.listNames()
      const longer = noise(150_001, 12)
      expect(await codeOf(put(longer, 150_000))).toBe('too-large')
      expect(await store.has(OURS, sha256Of(longer))).toBe(false)
      expect(await subject.listNames()).toEqual(before)
    })

    it('stops reading a source that is too large', async () => {
      let given = 0
      let isReleased = false
      async function* endless() {
        try {
          for (;;) {
            given += 65_536
            yield noise(65_536)
          }
        } finally {
          isReleased = true
        }
      }
      expect(await codeOf(store.put(OURS, endless(), { maxBytes: 1_000_000 }))).toBe('too-large')
      expect(given).toBeLessThan(1_200_000)
      expect(isReleased).toBe(true)
    })

    it('leaves nothing of a source that breaks off', async () => {
      const before = await subject.listNames()
      const reason = new Error('connection lost')
      async function* broken() {
        yield noise(100_000)
        throw reason
      }
      const attempt = store.put(OURS, broken(), { maxBytes: MAX })
      await expect(attempt).rejects.toMatchObject({ code: 'aborted', cause: reason })
      expect(await subject.listNames()).toEqual(before)
    })

    it('keeps the same content once', async () => {
      const bytes = noise(90_000, 21)
      const { head: _, ...first } = await put(bytes)
      const names = await subject.listNames()
      expect(await put(bytes)).toMatchObject(first)
      expect(await subject.listNames()).toEqual(names)
    })

    it('takes the same content from many at once', async () => {
      const bytes = noise(500_000, 22)
      const stored = await Promise.all(Array.from({ length: 12 }, () => put(bytes)))
      expect(new Set(stored.map(({ sha256 }) => sha256))).toEqual(new Set([sha256Of(bytes)]))
      expect(isSame(await readAll(store.open(OURS, sha256Of(bytes))), bytes)).toBe(true)
    })

    it('keeps organisations apart, even with the right hash', async () => {
      const bytes = noise(5000, 31)
      const { sha256 } = await put(bytes)
      expect(await store.has(THEIRS, sha256)).toBe(false)
      expect(await codeOf(store.size(THEIRS, sha256))).toBe('not-found')
      expect(await codeOf(readAll(store.open(THEIRS, sha256)))).toBe('not-found')
      expect(await codeOf(store.openVerified(THEIRS, sha256))).toBe('not-found')
    })

    it('says when there is no such file', async () => {
      const absent = sha256Of('absent')
      expect(await store.has(OURS, absent)).toBe(false)
      expect(await codeOf(store.size(OURS, absent))).toBe('not-found')
      expect(await codeOf(readAll(store.open(OURS, absent)))).toBe('not-found')
      expect(await codeOf(store.openVerified(OURS, absent))).toBe('not-found')
    })

    test.each([0, 70_000, 399_999])('notices a byte changed at %i', async (at) => {
      const bytes = noise(400_000, 41 + at)
      const { sha256 } = await put(bytes)
      await subject.corrupt(OURS, sha256, at)
      expect(await store.has(OURS, sha256)).toBe(true)
      // A reader that throws away on error may see bytes first; a download must not.
      expect(await codeOf(readAll(store.open(OURS, sha256)))).toBe('corrupt')
      expect(await codeOf(store.openVerified(OURS, sha256))).toBe('corrupt')
    })

    it('heals a rotten file when the same content arrives again', async () => {
      const bytes = noise(4000, 51)
      const { sha256 } = await put(bytes)
      await subject.corrupt(OURS, sha256, 10)
      await put(bytes)
      expect(isSame(await readAll(await store.openVerified(OURS, sha256)), bytes)).toBe(true)
    })

    it('lists whole files by organisation and hash, and says how large each is', async () => {
      const [first, second] = [await put(noise(300, 81)), await put(noise(500, 82))]
      const theirs = await put(noise(700, 83), MAX, THEIRS)
      const all: ListedFile[] = []
      for await (const file of store.list()) all.push(file)
      const places = all.map(({ organisationId, sha256 }) => `${organisationId}/${sha256}`)
      expect(places).toEqual([...places].sort())
      expect(new Set(places).size).toBe(places.length)
      const sizeOf = (organisationId: string, sha256: string) =>
        all.find((file) => file.organisationId === organisationId && file.sha256 === sha256)?.sizeBytes
      expect(sizeOf(OURS, first.sha256)).toBe(300)
      expect(sizeOf(OURS, second.sha256)).toBe(500)
      expect(sizeOf(THEIRS, theirs.sha256)).toBe(700)
      for (const { storedAt } of all) expect(Math.abs(Date.now() - storedAt.getTime())).toBeLessThan(300_000)
      const some: ListedFile[] = []
      for await (const file of store.list(THEIRS)) some.push(file)
      expect(some).toEqual(all.filter(({ organisationId }) => organisationId === THEIRS))
      for await (const file of store.list(NOBODY)) expect(file).toBe('of an organisation without files')
    })

    it('lists a file that is arriving as unfinished, and nothing once it is whole', async () => {
      const unfinished = async () => {
        const names: string[] = []
        for await (const { name } of store.listUnfinished()) names.push(name)
        return names
      }
      const seen: string[][] = []
      async function* watched() {
        yield noise(70_000, 91)
        seen.push(await unfinished())
        yield noise(10, 92)
      }
      await store.put(OURS, watched(), { maxBytes: MAX })
      expect(seen[0]).toHaveLength(1)
      expect(await unfinished()).toEqual([])
    })

    it('says what it is, and whether whatever keeps its files lets them be deleted', () => {
      const status = store.status()
      expect(status.place).not.toBe('')
      expect(['on', 'off', 'unknown']).toContain(status.objectLock.state)
    })

    it('lets go of a file that is read only in part', async () => {
      const { sha256 } = await put(noise(2_000_000, 61))
      for (let round = 0; round < 200; round++) {
        for await (const chunk of store.open(OURS, sha256)) {
          expect(chunk.length).toBeGreaterThan(0)
          break
        }
      }
    })

    const hash = sha256Of('x')
    test.each([
      ['an organisation with a path', '../../etc', hash],
      ['an organisation in capitals', OURS.toUpperCase(), hash],
      ['an empty organisation', '', hash],
      ['a hash with a path', OURS, `${'../'.repeat(20)}etc/passwd`],
      ['a hash with a line after it', OURS, `${hash}\n`],
      ['a hash in capitals', OURS, hash.toUpperCase()],
      ['a short hash', OURS, hash.slice(1)],
      ['a NUL in the hash', OURS, `${hash.slice(1)}\0`],
    ])('refuses %s', async (_, organisationId, sha256) => {
      expect(await codeOf(readAll(store.open(organisationId, sha256)))).toBe('bad-id')
      expect(await codeOf(store.openVerified(organisationId, sha256))).toBe('bad-id')
      expect(await codeOf(store.size(organisationId, sha256))).toBe('bad-id')
      expect(await codeOf(store.has(organisationId, sha256))).toBe('bad-id')
      if (organisationId !== OURS) {
        expect(await codeOf(readAll(store.list(organisationId) as never))).toBe('bad-id')
      }
      if (organisationId !== OURS) expect(await codeOf(put(noise(10), MAX, organisationId))).toBe('bad-id')
    })

    it(`takes and gives ${largeMegabytes} MB in bounded memory, and waits for whoever is slower`, async () => {
      const chunk = noise(65_536, 71)
      const total = largeMegabytes * 16
      let ahead = 0
      let peak = 0
      const before = process.memoryUsage().rss
      const sample = () => {
        peak = Math.max(peak, process.memoryUsage().rss - before)
      }
      async function* large() {
        for (let count = 0; count < total; count++) {
          ahead = count
          if (count % 100 === 0) sample()
          // Each its own memory, as from a socket.
          yield Buffer.from(chunk)
        }
      }
      const stored = await store.put(OURS, large(), {
        maxBytes: 400_000_000,
        onProgress: (size) => expect(ahead - size / 65_536).toBeLessThan(4),
      })
      expect(stored.sizeBytes).toBe(total * 65_536)
      let read = 0
      for await (const piece of await store.openVerified(OURS, stored.sha256)) {
        read += piece.length
        sample()
      }
      expect(read).toBe(stored.sizeBytes)
      expect(peak).toBeLessThan(120_000_000)
    })
  })
}
