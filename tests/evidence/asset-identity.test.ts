import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldTraits, identifyAssets, type KnownSighting, type Traits } from '#evidence/asset-identity.ts'
import { foldAddress, foldHostname, toolFamily } from '#evidence/asset-names.ts'

const host = (parts: Partial<Traits> = {}): Traits =>
  foldTraits({
    key: parts.key ?? parts.hostname ?? parts.address ?? 'host',
    hostname: null,
    address: null,
    externalId: null,
    tool: 'Nessus',
    seenAt: new Date('2026-11-20T00:00:00Z'),
    ...parts,
  })
const known = (assetId: string, parts: Partial<Traits> = {}): KnownSighting => ({
  ...host({ seenAt: new Date('2026-11-03T00:00:00Z'), ...parts }),
  assetId,
})
const identify = (sightings: KnownSighting[], ...hosts: Traits[]) => identifyAssets(sightings, hosts)
const first = (sightings: KnownSighting[], one: Traits) => identify(sightings, one)[0]

describe('names and addresses', () => {
  test.each([
    ['FS01.Lake.Example.', 'fs01.lake.example'],
    [' fs01 ', 'fs01'],
    ['10.0.0.5', null],
    ['localhost', null],
    ['', null],
  ])('%j is compared as %j', (name, folded) => expect(foldHostname(name)).toBe(folded))

  test.each([
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['::ffff:10.0.0.5', '10.0.0.5'],
    ['[fe80::1%eth0]', 'fe80::1'],
    ['10.0.0.5', '10.0.0.5'],
    ['10.1', null],
    ['fs01', null],
  ])('%j is the address %j', (address, folded) => expect(foldAddress(address)).toBe(folded))

  test('tools of one maker share their ids', () => {
    expect(toolFamily('Nessus')).toBe(toolFamily('Tenable Vulnerability Management'))
    expect(toolFamily('OpenVAS')).not.toBe(toolFamily('Nessus'))
  })
})

describe('a host is the machine known before', () => {
  test('by the id that one maker’s tools give it, whatever its name', () => {
    const match = first(
      [known('a', { externalId: 'ABC', hostname: 'old.lake.example' })],
      host({ externalId: 'abc', hostname: 'new.lake.example', tool: 'Tenable Vulnerability Management' }),
    )
    expect(match).toMatchObject({
      assetId: 'a',
      rule: 'external-id',
      reason: 'Same id abc as in Nessus, 3 Nov 2026.',
    })
  })

  test('by its full host name, across tools and addresses', () => {
    const match = first(
      [known('a', { hostname: 'FS01.lake.example', address: '10.0.0.5' })],
      host({ hostname: 'fs01.lake.example.', address: '10.0.0.9', tool: 'OpenVAS' }),
    )
    expect(match).toMatchObject({
      assetId: 'a',
      rule: 'hostname',
      reason: 'Same host name fs01.lake.example as in Nessus, 3 Nov 2026.',
    })
  })

  test('by its short name where no other machine has it', () => {
    const sightings = [known('a', { hostname: 'fs01.lake.example' })]
    expect(first(sightings, host({ hostname: 'FS01' }))).toMatchObject({ assetId: 'a', rule: 'short-name' })
    const two = [...sightings, known('b', { hostname: 'fs01.sea.example' })]
    expect(first(two, host({ hostname: 'FS01' }))?.assetId).toBeNull()
    expect(
      identify(
        sightings,
        host({ key: '1', hostname: 'FS01' }),
        host({ key: '2', hostname: 'fs01.sea.example' }),
      ),
    ).toMatchObject([{ assetId: null }, { assetId: null }])
  })

  test('by short name and address where the name alone is not enough', () => {
    const sightings = [
      known('a', { hostname: 'fs01.lake.example', address: '10.0.0.5' }),
      known('b', { hostname: 'fs01.sea.example', address: '10.9.0.5' }),
    ]
    expect(first(sightings, host({ hostname: 'FS01', address: '10.9.0.5' }))).toMatchObject({
      assetId: 'b',
      rule: 'hostname-address',
    })
  })

  test('by its address alone for 30 days, before and after', () => {
    const sightings = [known('a', { address: '10.0.0.5' })]
    expect(first(sightings, host({ address: '10.0.0.5' }))).toMatchObject({ assetId: 'a', rule: 'address' })
    expect(
      first(sightings, host({ address: '10.0.0.5', seenAt: new Date('2026-12-24') }))?.assetId,
    ).toBeNull()
    expect(
      first(sightings, host({ address: '10.0.0.5', seenAt: new Date('2026-09-24') }))?.assetId,
    ).toBeNull()
  })

  test('by the file’s own name where it has no other', () => {
    const sightings = [known('a', { key: 'repository/app', tool: 'Semgrep' })]
    expect(first(sightings, host({ key: 'repository/app', tool: 'Semgrep' }))).toMatchObject({
      assetId: 'a',
      rule: 'key',
    })
    expect(first(sightings, host({ key: 'repository/app', tool: 'Trivy' }))?.assetId).toBeNull()
  })
})

describe('evidence that conflicts makes two machines', () => {
  test('two host names on one address', () => {
    const sightings = [known('a', { hostname: 'pc1.lake.example', address: '10.0.0.5' })]
    expect(first(sightings, host({ hostname: 'pc2.lake.example', address: '10.0.0.5' }))).toMatchObject({
      assetId: null,
      rule: 'new',
    })
  })

  test('a full name against another one, though they share a short name on record', () => {
    const sightings = [known('a', { hostname: 'fs01' }), known('a', { hostname: 'fs01.lake.example' })]
    expect(first(sightings, host({ hostname: 'fs01.sea.example' }))?.assetId).toBeNull()
  })

  test('two ids from one tool under one name', () => {
    const sightings = [known('a', { hostname: 'pc1.lake.example', externalId: 'one' })]
    expect(first(sightings, host({ hostname: 'pc1.lake.example', externalId: 'two' }))?.assetId).toBeNull()
  })

  test('an address that two machines had says nothing', () => {
    const sightings = [
      known('a', { hostname: 'pc1', address: '10.0.0.5' }),
      known('b', { hostname: 'pc2', address: '10.0.0.5' }),
    ]
    expect(first(sightings, host({ address: '10.0.0.5' }))?.assetId).toBeNull()
  })

  test('loopback and link-local addresses are everywhere', () => {
    expect(first([known('a', { address: '127.0.0.1' })], host({ address: '127.0.0.1' }))?.assetId).toBeNull()
    expect(first([known('a', { address: 'fe80::1' })], host({ address: 'fe80::1' }))?.assetId).toBeNull()
  })

  test('two hosts of one file are one machine only by id or full name', () => {
    const twice = identify(
      [],
      host({ key: '1', hostname: 'fs01.lake.example', address: '10.0.0.5' }),
      host({ key: '2', hostname: 'fs01.lake.example', address: '10.0.1.5' }),
    )
    expect(twice[1]).toMatchObject({ sameAs: '1', rule: 'hostname' })
    const apart = identify(
      [known('a', { address: '10.0.0.5' })],
      host({ key: '1', address: '10.0.0.5' }),
      host({ key: '2', address: '10.0.0.5' }),
    )
    expect(apart.map(({ assetId }) => assetId)).toEqual(['a', null])
  })

  test('what a member has split stays apart: the likelier half is taken', () => {
    const sightings = [
      known('a', { hostname: 'fs01.lake.example', address: '10.0.0.5' }),
      known('b', { hostname: 'fs01.lake.example', address: '10.0.0.9' }),
    ]
    expect(first(sightings, host({ hostname: 'fs01.lake.example', address: '10.0.0.9' }))?.assetId).toBe('b')
    expect(
      first(sightings, host({ hostname: 'fs01.lake.example', address: '10.0.0.77' }))?.assetId,
    ).toBeNull()
  })
})

const someHost = fc.record({
  hostname: fc.constantFrom(
    null,
    'fs01',
    'fs01.lake.example',
    'FS01.sea.example',
    'pc1',
    'pc1.lake.example',
    'pc2',
  ),
  address: fc.constantFrom(null, '10.0.0.1', '10.0.0.2', '2001:db8::1', '::ffff:10.0.0.1'),
  externalId: fc.constantFrom(null, null, 'i-1', 'i-2'),
  tool: fc.constantFrom('Nessus', 'OpenVAS'),
  seenAt: fc.integer({ min: 0, max: 90 }).map((day) => new Date(Date.UTC(2026, 5, 1 + day))),
})
const hostsOf = fc
  .array(someHost, { maxLength: 6 })
  .map((list) => list.map((parts, index) => host({ ...parts, key: `k${index}` })))

describe('whatever the scans', () => {
  test('an import that is identified again finds the machines that it made', () => {
    fc.assert(
      fc.property(hostsOf, (hosts) => {
        const made = identifyAssets([], hosts)
        const idOf = (key: string): string => {
          const match = made.find((one) => one.key === key)
          return match?.sameAs ? idOf(match.sameAs) : key
        }
        const sightings = hosts.map((one) => ({ ...one, assetId: idOf(one.key) }))
        const nameless = (one: Traits) => one.hostname === null && one.externalId === null
        for (const match of identifyAssets(sightings, hosts)) {
          const own = hosts.find(({ key }) => key === match.key)
          // Two hosts that nothing tells apart cannot be told apart the second time either.
          const twins = hosts.filter(
            (one) =>
              own && one.key !== own.key && one.address === own.address && one.hostname === own.hostname,
          )
          if (own && !nameless(own) && twins.length === 0 && match.assetId !== null)
            expect(match.assetId).toBe(idOf(match.key))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('the order in which sightings are known changes nothing, and no match contradicts a full name', () => {
    fc.assert(
      fc.property(
        hostsOf,
        fc.array(fc.tuple(someHost, fc.constantFrom('a', 'b', 'c')), { maxLength: 8 }),
        (hosts, list) => {
          const sightings = list.map(([parts, assetId], index) => ({
            ...host({ ...parts, key: `s${index}` }),
            assetId,
          }))
          const matches = identifyAssets(sightings, hosts)
          expect(identifyAssets([...sightings].reverse(), hosts)).toEqual(matches)
          for (const match of matches) {
            const own = hosts.find(({ key }) => key === match.key)
            if (match.assetId === null || match.rule === 'external-id' || !own?.hostname?.includes('.'))
              continue
            const full = sightings.filter(
              ({ assetId, hostname }) => assetId === match.assetId && hostname?.includes('.'),
            )
            if (full.length > 0) expect(full.map(({ hostname }) => hostname)).toContain(own.hostname)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})
