import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest'
import { whyNotPublic } from '#evidence/checks/address-policy.ts'
import { checkExposure } from '#evidence/checks/exposure-check.server.ts'
import { checkMail } from '#evidence/checks/mail-check.server.ts'
import { STRICT_NETWORK } from '#evidence/checks/network.server.ts'
import type { HttpObservation } from '#evidence/checks/observation.ts'
import { addressesOf, covers, readTarget, readTargets, sizeOf } from '#evidence/checks/targets.ts'
import { a, aaaa, mx, type Script, startDnsServer, txt } from './dns-server.ts'
import {
  type Host,
  loopbackNetwork,
  makeAuthority,
  type Pair,
  startHttpsHost,
  startTcpHost,
} from './loopback.ts'

const clock = () => new Date()
let stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops) await stop()
  stops = []
})

async function dnsWith(zone: Record<string, Script | ((asked: unknown, times: number) => Script)>) {
  const server = await startDnsServer(zone)
  stops.push(server.close)
  return server
}

describe('addresses', () => {
  test.each([
    ['10.0.0.1', 'private'],
    ['172.20.1.1', 'private'],
    ['192.168.1.1', 'private'],
    ['127.0.0.1', 'this machine'],
    ['169.254.169.254', 'link-local'],
    ['100.64.0.1', 'CGNAT'],
    ['100.100.100.200', 'CGNAT'],
    ['168.63.129.16', 'cloud'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['0.0.0.0', 'no machine'],
    ['192.0.2.1', 'reserved'],
    ['198.51.100.1', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['240.0.0.1', 'reserved'],
    ['::1', 'this machine'],
    ['::', 'no machine'],
    ['::ffff:127.0.0.1', 'this machine'],
    ['::ffff:10.0.0.1', 'private'],
    ['::ffff:7f00:1', 'this machine'],
    ['64:ff9b::7f00:1', 'reserved'],
    ['2002:7f00:1::', 'reserved'],
    ['fd00:ec2::254', 'private'],
    ['fe80::1', 'link-local'],
    ['ff02::1', 'multicast'],
    ['2001:db8::1', 'reserved'],
    ['nonsense', 'no address'],
  ])('%s is not contacted: %s', (address, word) => {
    expect(whyNotPublic(address)).toContain(word)
    expect(STRICT_NETWORK.whyNot(address)).toContain(word)
  })

  test.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s may be contacted', (address) => {
    expect(whyNotPublic(address)).toBeNull()
  })
})

describe('targets', () => {
  test.each([
    ['203.0.113.5', { kind: 'address', text: '203.0.113.5' }],
    ['::ffff:203.0.113.5', { kind: 'address', text: '203.0.113.5' }],
    ['203.0.113.77/28', { kind: 'network', text: '203.0.113.64/28' }],
    ['2606:4700::/64', { kind: 'network', text: '2606:4700::/64' }],
    ['VPN.Example.com.', { kind: 'name', text: 'vpn.example.com' }],
    ['0.0.0.0/0', null],
    ['203.0.113.0/8', null],
    ['203.0.113.0/33', null],
    ['127.1', null],
    ['0177.0.0.1', null],
    ['0x7f000001', null],
    ['localhost', null],
    ['example.com:22', null],
    ['fe80::1%eth0', null],
    ['-x.example.com', null],
  ])('%s', (typed, expected) => {
    expect(readTarget(typed)).toEqual(expected)
  })

  const permitted = ['203.0.113.64/28', 'vpn.example.com', '2606:4700::/64']
  test.each([
    ['203.0.113.65', true],
    ['203.0.113.64/29', true],
    ['203.0.113.64/27', false],
    ['203.0.113.80', false],
    ['vpn.example.com', true],
    ['www.vpn.example.com', false],
    ['2606:4700::9', true],
    ['2606:4700:1::9', false],
  ])('%s is covered: %s', (text, expected) => {
    const target = readTarget(text)
    expect(target && covers(permitted, target)).toBe(expected)
  })

  it('counts and lists the addresses of a network', () => {
    const network = readTarget('203.0.113.64/30')
    expect(network && addressesOf(network)).toEqual([
      '203.0.113.64',
      '203.0.113.65',
      '203.0.113.66',
      '203.0.113.67',
    ])
    expect(sizeOf({ kind: 'network', text: '203.0.112.0/22' })).toBe(1024)
    expect(() => addressesOf({ kind: 'network', text: '203.0.113.0/24' })).toThrow(RangeError)
    expect(readTargets('203.0.113.5, 203.0.113.5\nnonsense!').wrong).toBe('nonsense!')
  })
})

describe('names that lead inside', () => {
  let inside: Host
  beforeAll(async () => {
    inside = await startTcpHost()
  })
  afterAll(() => inside.close())

  const portsOf = (port: number) => [{ port, label: 'Test', exposure: 'rdp' as const, tls: false, means: '' }]

  test.each<[string, Record<string, Script>]>([
    ['169.254.169.254', { 'x.test A': a('x.test', '169.254.169.254') }],
    ['10.0.0.1', { 'x.test A': a('x.test', '10.0.0.1') }],
    ['::ffff:127.0.0.1', { 'x.test AAAA': aaaa('x.test', '::ffff:127.0.0.1') }],
    ['10.0.0.1', { 'x.test A': a('x.test', '8.8.8.8', '10.0.0.1') }],
    ['127.0.0.1', { 'x.test A': a('x.test', '127.0.0.1') }],
  ])('are refused because of %s, whatever else they have', async (address, zone) => {
    const server = await dnsWith(zone)
    const network = { ...loopbackNetwork(server), whyNot: STRICT_NETWORK.whyNot, ports: portsOf(inside.port) }
    const { reading } = await checkExposure({ targets: ['x.test'], kinds: ['ports'], network, clock })
    expect(reading.refused).toHaveLength(1)
    expect(reading.refused[0]?.reason).toContain('Nothing was contacted')
    expect(reading.refused[0]?.reason.includes(address) || address.startsWith('::')).toBe(true)
    expect(reading.addresses).toBe(0)
    expect(inside.connections()).toBe(0)
  })

  it('are contacted at the address that was judged, not at the one the name leads to later', async () => {
    const public1 = await startTcpHost()
    stops.push(public1.close)
    // 127.0.0.1 counts as public in this test. The second answer would be refused; it must not even be asked for.
    const server = await dnsWith({
      'x.test A': (_, times) => a('x.test', times === 1 ? '127.0.0.1' : '127.0.0.2'),
    })
    const network = { ...loopbackNetwork(server), ports: portsOf(public1.port) }
    const { observations, reading } = await checkExposure({
      targets: ['x.test'],
      kinds: ['ports'],
      network,
      clock,
    })
    expect(reading.services).toMatchObject([{ address: '127.0.0.1' }])
    expect(public1.connections()).toBe(1)
    expect(server.asked.filter(({ type }) => type === 'A')).toHaveLength(1)
    expect(observations.filter(({ kind }) => kind === 'port')).toHaveLength(1)
  })
})

describe('the MTA-STS policy', () => {
  const D = 'example.com'
  const HOST = `mta-sts.${D}`
  const POLICY = 'version: STSv1\r\nmode: enforce\r\nmx: *.example.com\r\nmax_age: 604800\r\n'
  let authority: Awaited<ReturnType<typeof makeAuthority>>
  let good: Pair
  beforeAll(async () => {
    authority = await makeAuthority()
    good = await authority.issue(HOST)
  })

  interface Case {
    pair?: Pair
    policy?: string
    status?: number
    headers?: Record<string, string>
    zone?: Record<string, Script>
    silent?: boolean
  }

  async function check({ pair, policy = POLICY, status = 200, headers, zone, silent }: Case = {}) {
    const host = await startHttpsHost(pair ?? good, (_request, response) => {
      if (silent) return
      response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(policy)
    })
    stops.push(host.close)
    const server = await dnsWith({
      [`_mta-sts.${D} TXT`]: txt(`_mta-sts.${D}`, 'v=STSv1; id=20260101'),
      [`${HOST} A`]: a(HOST, '127.0.0.1'),
      [`${D} MX`]: mx(D, 'mx.example.com'),
      ...zone,
    })
    const network = loopbackNetwork(server, { httpsPort: host.port, authorities: [authority.certificate] })
    // Short only where the host never answers: on a busy machine one that does takes longer.
    if (silent) network.patience.tls = 400
    const { reading, observations } = await checkMail({ domain: D, selectors: [], network, clock })
    const entry = reading.entries.find(({ topic }) => topic === 'mta-sts')
    return {
      mode: reading.mtaSts,
      entry,
      host,
      http: observations.find((o): o is HttpObservation => o.kind === 'http'),
    }
  }

  it('is fetched over validated HTTPS from the judged address', async () => {
    const { mode, entry, http } = await check()
    expect(mode).toBe('enforce')
    expect(entry).toMatchObject({ verdict: 'good' })
    expect(http).toMatchObject({ address: '127.0.0.1', status: 200, body: POLICY })
    expect(entry?.commands.join()).toContain('curl --max-redirs 0')
  })

  it('says when it does not name a server that receives mail', async () => {
    const { entry } = await check({ policy: POLICY.replace('*.example.com', 'other.example.com') })
    expect(entry?.notes.join()).toContain('mx.example.com')
  })

  test.each<[string, Case]>([
    ['a redirect', { status: 302, headers: { location: 'https://127.0.0.1/' } }],
    ['a page that is not there', { status: 404 }],
    ['another type', { headers: { 'content-type': 'text/html' } }],
    ['an unknown mode', { policy: POLICY.replace('enforce', 'sometimes') }],
    ['no age', { policy: POLICY.replace(/max_age.*/, '') }],
    ['no mail server', { policy: POLICY.replace(/mx:.*\r\n/, '') }],
  ])('is invalid with %s', async (_, options) => {
    const { mode, host } = await check(options)
    expect(mode).toBe('invalid')
    expect(host.connections()).toBe(1)
  })

  it('is invalid with a certificate that is expired, made out to another name, or self-signed', async () => {
    for (const pair of [
      await authority.issue(HOST, { daysLeft: -3 }),
      await authority.issue('other.example.com'),
      await authority.issue(HOST, { selfSigned: true }),
    ]) {
      expect((await check({ pair })).mode).toBe('invalid')
    }
  })

  it('is unknown when the host does not answer in time, and when its address may not be contacted', async () => {
    expect((await check({ silent: true })).mode).toBeNull()
    const { mode, entry, host } = await check({ zone: { [`${HOST} A`]: a(HOST, '10.1.2.3') } })
    expect(mode).toBeNull()
    expect(entry?.means).toContain('which is private')
    expect(host.connections()).toBe(0)
  })

  it('is unknown when its text is endless', async () => {
    expect((await check({ policy: 'x'.repeat(200_000) })).mode).toBeNull()
  })

  it('is absent without a record, and never fetched then', async () => {
    const { mode, host } = await check({ zone: { [`_mta-sts.${D} TXT`]: {} } })
    expect(mode).toBe('absent')
    expect(host.connections()).toBe(0)
  })
})
