import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { checkExposure } from '#evidence/checks/exposure-check.server.ts'
import { exposureFacts } from '#evidence/checks/exposure-facts.ts'
import { readExposure } from '#evidence/checks/exposure-reading.ts'
import type { PortObservation, PortState, TlsObservation } from '#evidence/checks/observation.ts'
import { WATCHED_PORTS, type WatchedPort } from '#evidence/checks/ports.ts'
import { a, startDnsServer } from './dns-server.ts'
import {
  closedPort,
  type Host,
  loopbackNetwork,
  makeAuthority,
  startSilentHost,
  startTcpHost,
  startTlsHost,
} from './loopback.ts'

const HOST = 'vpn.example.com'
const clock = () => new Date()
let dns: Awaited<ReturnType<typeof startDnsServer>>
let hosts: Record<'good' | 'expired' | 'otherName' | 'selfSigned' | 'old' | 'plain', Host>
let authority: string
let closed: number

beforeAll(async () => {
  dns = await startDnsServer({ [`${HOST} A`]: a(HOST, '127.0.0.1') })
  const made = await makeAuthority()
  authority = made.certificate
  closed = await closedPort()
  const modern = { min: 'TLSv1.2', max: 'TLSv1.3' } as const
  hosts = {
    good: await startTlsHost(await made.issue(HOST), modern),
    expired: await startTlsHost(await made.issue(HOST, { daysLeft: -10 }), modern),
    otherName: await startTlsHost(await made.issue('other.example.com'), modern),
    selfSigned: await startTlsHost(await made.issue(HOST, { selfSigned: true }), modern),
    old: await startTlsHost(await made.issue(HOST), { min: 'TLSv1', max: 'TLSv1' }),
    plain: await startTcpHost(),
  }
})

afterAll(async () => {
  await dns?.close()
  for (const host of Object.values(hosts ?? {})) await host.close()
})

const watch = (port: number, exposure: WatchedPort['exposure'] = 'plain', tls = false): WatchedPort => ({
  port,
  label: 'Test',
  exposure,
  tls,
  means: '',
})

function run(ports: WatchedPort[], options: { targets?: string[] } = {}) {
  const network = loopbackNetwork(dns, { ports, authorities: [authority] })
  network.patience.tls = 400
  return checkExposure({
    targets: options.targets ?? [HOST],
    kinds: ['ports', 'certificates'],
    network,
    clock,
  })
}

const tlsOf = async (host: Host) => {
  const { reading } = await run([watch(host.port, 'plain', true)])
  return reading.services[0]?.tls
}

describe('certificates', () => {
  test.each<[keyof typeof hosts, string, RegExp]>([
    ['good', 'good', /valid for (59|60) days more/],
    ['expired', 'bad', /expired (10|11) days ago/],
    ['otherName', 'bad', /made out to other names: DNS:other.example.com/],
    ['selfSigned', 'bad', /self-signed/],
    ['old', 'weak', /still accepts TLS 1.0/],
  ])('%s is %s', async (name, verdict, words) => {
    const tls = await tlsOf(hosts[name])
    expect(tls?.verdict).toBe(verdict)
    expect(tls?.lines.join(' ')).toMatch(words)
  })

  it('finds the oldest version that is accepted, and says how to repeat it', async () => {
    const { reading } = await run([
      watch(hosts.good.port, 'plain', true),
      watch(hosts.old.port, 'plain', true),
    ])
    expect(reading.oldestTls).toEqual({ version: 'TLS 1.0', gaps: [] })
    expect((await tlsOf(hosts.good))?.oldestVersion).toBe('TLS 1.2')
    const commands = reading.services.flatMap((service) => service.commands).join('\n')
    expect(commands).toContain(
      `openssl s_client -connect 127.0.0.1:${hosts.old.port} -servername ${HOST} -tls1 `,
    )
  })

  it('counts services with an expired certificate', async () => {
    const { reading } = await run([
      watch(hosts.good.port, 'plain', true),
      watch(hosts.expired.port, 'plain', true),
    ])
    const facts = exposureFacts(reading, { observedAt: clock(), permitted: [HOST], notAsked: [] })
    expect(facts.find(({ key }) => key === 'exposure.tls_expired_cert_count')).toMatchObject({
      value: 1,
      completeness: 'complete',
    })
    expect(facts.find(({ key }) => key === 'crypto.min_tls_version')).toMatchObject({ value: 'TLS 1.2' })
  })

  it('leaves the name aside where an address was asked', async () => {
    const { reading } = await run([watch(hosts.good.port, 'plain', true)], { targets: ['127.0.0.1'] })
    expect(reading.services[0]?.tls?.lines.join(' ')).toContain('asked by address')
  })

  it('does not take silence during the handshake for an answer', async () => {
    const { reading } = await run([watch(hosts.plain.port, 'plain', true)])
    expect(reading.services[0]?.tls).toMatchObject({ verdict: 'unknown' })
    expect(reading.expiredCertificates?.gaps.join()).toContain('did not complete a handshake')
  })
})

describe('ports', () => {
  it('tells open from closed, and counts what is open', async () => {
    const { reading, observations } = await run([watch(hosts.plain.port, 'rdp'), watch(closed, 'telnet')])
    expect(reading.exposed).toMatchObject({ rdp: { open: 1, gaps: [] }, telnet: { open: 0, gaps: [] } })
    expect(reading.services.map(({ port, verdict }) => ({ port, verdict }))).toEqual([
      { port: hosts.plain.port, verdict: 'bad' },
    ])
    expect(
      observations
        .filter((one) => one.kind === 'port')
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['closed', 'open'])
  })

  it('counts an address once that two names lead to', async () => {
    const second = 'www.example.com'
    dns.zone[`${second} A`] = a(second, '127.0.0.1')
    const { reading } = await run([watch(hosts.plain.port, 'rdp')], { targets: [HOST, second, '127.0.0.1'] })
    expect(reading.exposed?.rdp?.open).toBe(1)
    expect(reading.addresses).toBe(1)
  })

  it('gives up on a port that never answers', async () => {
    const silent = await startSilentHost()
    const { reading, observations } = await run([watch(silent.port, 'rdp')])
    await silent.close()
    const [seen] = observations.filter((one) => one.kind === 'port')
    expect(seen).toMatchObject({ state: 'silent' })
    expect(seen?.milliseconds).toBeLessThan(1500)
    const [rdp] = exposureFacts(reading, { observedAt: clock(), permitted: [HOST], notAsked: [] })
    expect(rdp).toMatchObject({ value: 0, completeness: 'partial' })
  })

  it('says what could not be asked, and gives no fact when nothing could', async () => {
    const { reading } = await run([watch(closed, 'rdp')], { targets: ['gone.example.com'] })
    expect(reading.refused).toEqual([
      { target: 'gone.example.com', reason: 'gone.example.com has no address.' },
    ])
    expect(exposureFacts(reading, { observedAt: clock(), permitted: [HOST], notAsked: [] })).toEqual([])
  })

  it('is partial when one of two targets could not be asked, or was left out', async () => {
    const { reading } = await run([watch(closed, 'rdp')], { targets: [HOST, 'gone.example.com'] })
    const whole = { observedAt: clock(), permitted: [HOST], notAsked: [] }
    expect(exposureFacts(reading, whole)[0]).toMatchObject({ value: 0, completeness: 'partial' })
    const { reading: one } = await run([watch(closed, 'rdp')])
    expect(exposureFacts(one, whole)[0]).toMatchObject({ value: 0, completeness: 'complete' })
    const facts = exposureFacts(one, { ...whole, notAsked: ['203.0.113.9'] })
    expect(facts[0]).toMatchObject({ completeness: 'partial' })
    expect(facts[0]?.note).toContain('203.0.113.9')
  })

  it('contacts no more addresses than one run may, however many its names have', async () => {
    const many = (first: number) =>
      Array.from({ length: 40 }, (_, index) => ({
        type: 'A' as const,
        name: 'many.example.com',
        ttl: 60,
        data: `127.0.1.${first + index}`,
      }))
    dns.zone['many.example.com A'] = { answers: many(1) }
    dns.zone['more.example.com A'] = {
      answers: many(41).map((one) => ({ ...one, name: 'more.example.com' })),
    }
    dns.zone['same.example.com A'] = { answers: many(1).map((one) => ({ ...one, name: 'same.example.com' })) }
    const network = loopbackNetwork(dns, { ports: [watch(closed, 'rdp')], whyNot: () => null })
    const targets = ['many.example.com', 'more.example.com', 'same.example.com', '127.0.0.1']
    const { reading, observations } = await checkExposure({ targets, kinds: ['ports'], network, clock })
    const knocked = observations.flatMap((one) => (one.kind === 'port' ? [one.address] : []))
    expect(new Set(knocked).size).toBe(41)
    expect(reading.refused).toEqual([
      { target: 'more.example.com', reason: expect.stringContaining('at most 64') },
    ])
    expect(
      exposureFacts(reading, { observedAt: clock(), permitted: targets, notAsked: [] })[0],
    ).toMatchObject({
      completeness: 'partial',
    })
  })

  it('stops when its time is over', async () => {
    const network = loopbackNetwork(dns, { ports: [watch(closed, 'rdp')] })
    const { reading } = await checkExposure({
      targets: ['127.0.0.1'],
      kinds: ['ports'],
      network,
      clock,
      signal: AbortSignal.abort(),
    })
    expect(exposureFacts(reading, { observedAt: clock(), permitted: [HOST], notAsked: [] })).toEqual([])
  })

  it('connects to few at once', async () => {
    const ports = Array.from({ length: 60 }, () => watch(closed, 'plain'))
    const steps: number[] = []
    const network = loopbackNetwork(dns, { ports, connectionEvery: 5 })
    const started = performance.now()
    await checkExposure({
      targets: ['127.0.0.1'],
      kinds: ['ports'],
      network,
      clock,
      onStep: (done) => steps.push(done),
    })
    expect(performance.now() - started).toBeGreaterThan(59 * 5 - 20)
    expect(steps).toHaveLength(60)
  })
})

describe('what silence proves', () => {
  const knock = (port: number, state: PortState, address = '203.0.113.5'): PortObservation => ({
    kind: 'port',
    target: address,
    address,
    port,
    state,
    fault: null,
    milliseconds: 1,
    askedAt: '2026-01-05T10:00:00.000Z',
  })
  const frame = {
    ports: WATCHED_PORTS,
    kinds: ['ports', 'certificates'],
    now: new Date('2026-01-05T10:00:00Z'),
  }

  it('is nothing where no address answered at all', () => {
    const { exposed } = readExposure([knock(3389, 'silent'), knock(443, 'silent')], frame)
    expect(exposed?.rdp?.gaps.join()).toContain('No address answered')
  })

  it('is absence where another port of the run answered, but not on port 445', () => {
    const { exposed } = readExposure([knock(3389, 'silent'), knock(445, 'silent'), knock(443, 'open')], frame)
    expect(exposed?.rdp).toEqual({ open: 0, gaps: [] })
    expect(exposed?.smb?.gaps.join()).toContain('port 445')
  })

  it('leaves open whether a page on 8443 is an administration page', () => {
    const { exposed } = readExposure([knock(22, 'closed'), knock(8443, 'open')], frame)
    expect(exposed?.admin).toMatchObject({ open: 0 })
    expect(exposed?.admin?.gaps.join()).toContain('8443')
  })

  it('keeps old versions open that our own OpenSSL cannot try', () => {
    const tls: TlsObservation = {
      kind: 'tls',
      target: 'x.test',
      address: '203.0.113.5',
      port: 443,
      serverName: 'x.test',
      askedAt: '2026-01-05T10:00:00.000Z',
      milliseconds: 1,
      outcome: 'answered',
      certificate: {
        subject: 'CN=x.test',
        issuer: 'CN=x',
        names: 'DNS:x.test',
        validFrom: '',
        validTo: '2026-03-01T00:00:00.000Z',
        sha256: '',
      },
      chainFault: null,
      nameMatches: true,
      versions: [
        { version: 'TLS 1.0', accepted: null },
        { version: 'TLS 1.1', accepted: false },
        { version: 'TLS 1.2', accepted: true },
        { version: 'TLS 1.3', accepted: true },
      ],
      fault: null,
    }
    const { oldestTls } = readExposure([knock(443, 'open'), tls], frame)
    expect(oldestTls).toMatchObject({ version: 'TLS 1.2', gaps: ['TLS 1.0 could not be tried everywhere.'] })
  })
})
