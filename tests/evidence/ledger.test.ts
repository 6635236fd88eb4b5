import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { canonicalJson } from '#evidence/canonical.ts'
import {
  appendAfter,
  entryText,
  GENESIS_HASH,
  hashEntry,
  type LedgerEntry,
  verifyChain,
} from '#evidence/ledger.ts'

const organisationId = '7b0c2f4e-3a91-4c55-9d1e-52f3c8a6b001'
const content = (number: number) => ({
  organisationId,
  kind: 'answer.recorded',
  payload: canonicalJson({ number, answer: 'yes' }),
  actor: 'Ines Halvorsen <ines@fjord-it.example>',
  at: new Date(Date.UTC(2026, 0, 5, 10, number)).toISOString(),
})

let chain: LedgerEntry[]

beforeAll(() => {
  chain = []
  for (let number = 1; number <= 12; number++) chain.push(appendAfter(chain.at(-1) ?? null, content(number)))
})

describe('an entry', () => {
  it('follows the one before by its hash, the first follows 64 zeros', () => {
    expect(chain.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(chain[0]?.previousHash).toBe(GENESIS_HASH)
    expect(chain[5]?.previousHash).toBe(chain[4]?.hash)
  })

  it('has the hash that anybody can compute from its documented form', () => {
    const text = `{"actor":"Ines Halvorsen <ines@fjord-it.example>","at":"2026-01-05T10:01:00.000Z","kind":"answer.recorded","organisationId":"${organisationId}","payload":"{\\"answer\\":\\"yes\\",\\"number\\":1}","previousHash":"${'0'.repeat(64)}","sequence":1,"type":"https://attested.example/ledger-entry/v1"}`
    expect(chain[0]?.hash).toBe(createHash('sha256').update(text).digest('hex'))
  })

  it('has the canonical JSON of its members as text, whatever they hold', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(
        fc.record({
          organisationId: text,
          previousHash: text,
          kind: text,
          payload: text,
          actor: text,
          at: text,
        }),
        fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
        (texts, sequence) => {
          const type = 'https://attested.example/ledger-entry/v1'
          expect(entryText({ ...texts, sequence })).toBe(canonicalJson({ type, ...texts, sequence }))
        },
      ),
      { numRuns: 300, seed: 8785 },
    )
    expect(() => entryText({ ...(chain[0] as LedgerEntry), actor: '\ud800', at: '\udc00' })).toThrow(
      'surrogate',
    )
    expect(() => entryText({ ...(chain[0] as LedgerEntry), sequence: Number.NaN })).toThrow()
  })

  test.each([
    ['a payload that is no JSON', { payload: 'yes' }],
    ['a payload with white space', { payload: '{"a": 1}' }],
    ['a payload with unsorted keys', { payload: '{"b":1,"a":2}' }],
    ['a time without milliseconds', { at: '2026-01-05T10:00:00Z' }],
    ['a time in another zone', { at: '2026-01-05T10:00:00.000+01:00' }],
    ['no time', { at: 'yesterday' }],
    ['the chain of another organisation', { organisationId: '7b0c2f4e-3a91-4c55-9d1e-52f3c8a6b002' }],
  ])('is refused for %s', (_, over) => {
    expect(() => appendAfter(chain[0] ?? null, { ...content(2), ...over })).toThrow(
      expect.objectContaining({ code: 'bad-entry' }),
    )
  })
})

const edited = (index: number, over: Partial<LedgerEntry>) =>
  chain.map((entry, at) => (at === index ? { ...entry, ...over } : entry))
/** Edited by somebody who also knows how to hash. */
const rehashed = (index: number, over: Partial<LedgerEntry>) =>
  edited(index, over).map((entry, at) => (at === index ? { ...entry, hash: hashEntry(entry) } : entry))
const without = (...indexes: number[]) => chain.filter((_, at) => !indexes.includes(at))
const swapped = () => [...chain.slice(0, 4), chain[5], chain[4], ...chain.slice(6)] as LedgerEntry[]

describe('a chain', () => {
  it('is whole, read from a list or as a stream', async () => {
    const whole = { ok: true, count: 12, head: { sequence: 12, hash: chain[11]?.hash } }
    expect(await verifyChain(chain)).toEqual(whole)
    async function* stream() {
      yield* chain
    }
    expect(await verifyChain(stream())).toEqual(whole)
  })

  it('may be empty', async () => {
    expect(await verifyChain([])).toEqual({ ok: true, count: 0, head: null })
  })

  test.each([
    ['an edited payload', () => edited(6, { payload: '{"answer":"no","number":7}' }), 7, 'edited'],
    ['an edited actor', () => edited(6, { actor: 'Somebody else' }), 7, 'edited'],
    ['an edited kind', () => edited(0, { kind: 'answer.forged' }), 1, 'edited'],
    ['an edited time', () => edited(11, { at: '2026-01-05T10:13:00.000Z' }), 12, 'edited'],
    ['an edited hash', () => edited(3, { hash: 'f'.repeat(64) }), 4, 'edited'],
    ['content that cannot be hashed', () => edited(3, { actor: '\ud800' }), 4, 'edited'],
    [
      'an edit that was hashed anew',
      () => rehashed(6, { payload: '{"answer":"no","number":7}' }),
      8,
      'unlinked',
    ],
    [
      'a first entry that follows something',
      () => rehashed(0, { previousHash: 'a'.repeat(64) }),
      1,
      'unlinked',
    ],
    ['a missing entry', () => without(4), 6, 'missing'],
    ['several missing entries', () => without(4, 5, 6), 8, 'missing'],
    ['a missing beginning', () => without(0), 2, 'missing'],
    ['swapped entries', swapped, 6, 'missing'],
    ['an entry twice', () => [...chain.slice(0, 3), ...chain.slice(2)], 3, 'reordered'],
    ['an entry from before', () => [...chain, chain[2] as LedgerEntry], 3, 'reordered'],
    [
      'a foreign entry',
      () => rehashed(5, { organisationId: '7b0c2f4e-3a91-4c55-9d1e-52f3c8a6b009' }),
      6,
      'foreign',
    ],
  ] as const)('tells %s', async (_, entries, sequence, problem) => {
    expect(await verifyChain(entries())).toMatchObject({ ok: false, sequence, problem })
  })

  it('that lost its end is found out by a head noted elsewhere', async () => {
    const knownHead = { sequence: 12, hash: chain[11]?.hash ?? '' }
    expect(await verifyChain(chain.slice(0, 9))).toMatchObject({ ok: true })
    expect(await verifyChain(chain.slice(0, 9), { knownHead })).toMatchObject({
      ok: false,
      problem: 'shortened',
      sequence: 12,
    })
    expect(
      await verifyChain(chain, { knownHead: { sequence: 9, hash: chain[8]?.hash ?? '' } }),
    ).toMatchObject({ ok: true })
  })

  it('that was rebuilt from some point on is found out by a head noted elsewhere', async () => {
    let forged = chain.slice(0, 6)
    for (let number = 7; number <= 12; number++) {
      forged = [...forged, appendAfter(forged.at(-1) ?? null, { ...content(number), actor: 'A forger' })]
    }
    expect(await verifyChain(forged)).toMatchObject({ ok: true })
    const knownHead = { sequence: 10, hash: chain[9]?.hash ?? '' }
    expect(await verifyChain(forged, { knownHead })).toMatchObject({
      ok: false,
      problem: 'edited',
      sequence: 10,
    })
  })
})
