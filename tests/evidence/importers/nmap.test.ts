import { describe, expect, it, test } from 'vitest'
import { readTargets } from '#evidence/importers/nmap/targets.ts'
import { nmapImporter } from '#evidence/importers/nmap.ts'
import { samples } from '../../fixtures/importers/nmap.ts'
import { readAll } from './read-all.ts'
import { factsOf } from './xml-facts.ts'

const [run = '', masscan = ''] = samples.map(({ text }) => text)
const read = (text: string) => readAll(nmapImporter, text, { viewpoint: 'external' })

describe('a run', async () => {
  const whole = await read(run)

  it('has the hosts that are up as assets, never looked at with credentials', () => {
    expect(whole.assets).toEqual([
      {
        key: 'gate.example.com',
        hostname: 'gate.example.com',
        address: '192.0.2.2',
        externalId: null,
        operatingSystem: 'Microsoft Windows 10',
        credentialed: false,
      },
      {
        key: '192.0.2.3',
        hostname: null,
        address: '192.0.2.3',
        externalId: null,
        operatingSystem: null,
        credentialed: false,
      },
    ])
  })

  it('has each open port as information, and what a script proved as a finding of its own', () => {
    expect(
      whole.findings.map(({ checkId, title, severity, port, cves }) => [
        checkId,
        title,
        severity,
        port,
        cves,
      ]),
    ).toEqual([
      [
        'open-port 22/tcp',
        'Port 22/tcp is open: ssh: OpenSSH 7.4 (protocol 2.0)',
        'info',
        22,
        ['CVE-2018-15919', 'CVE-2017-15906'],
      ],
      ['open-port 445/tcp', 'Port 445/tcp is open: microsoft-ds', 'info', 445, []],
      ['open-port 3389/tcp', 'Port 3389/tcp is open: ms-wbt-server over TLS', 'info', 3389, []],
      [
        'smb-vuln-ms17-010',
        'Remote Code Execution vulnerability in Microsoft SMBv1 servers',
        'high',
        null,
        ['CVE-2017-0143'],
      ],
    ])
  })

  it('counts hosts that were asked and hosts that answered', () => {
    expect(whole.summary).toMatchObject({
      tool: 'Nmap',
      toolVersion: '7.94',
      scanDate: '2026-03-02T08:00:00.000Z',
      scope: '192.0.2.0/29 and TCP ports 22,80,445,3389',
      gaps: [],
      counts: { openPorts: 3, hosts: 8, hostsUp: 2, scriptsVulnerable: 1 },
    })
  })

  it('makes facts of exposure alone, and none where the port was not scanned', () => {
    expect(factsOf(whole)).toEqual({
      'exposure.rdp_open_count': '1 complete',
      'exposure.smb_open_count': '1 complete',
      'exposure.telnet_open_count': '0 partial',
      'asset.device_count': '2 partial',
    })
  })
})

test('a run without its end is not whole', async () => {
  const { summary } = await read(run.replace(/<runstats>[\s\S]*<\/runstats>/, ''))
  expect(summary.gaps).toEqual(['The file has no end of the run: it was stopped or is not finished.'])
  expect(summary.scanDate).toBe('2026-03-02T07:59:55.000Z')
})

test.each([
  ['exit="success"', 'exit="error" errormsg="No route"', 'Nmap ended with an error: No route.'],
  ['-T4"', '--exclude 192.0.2.5"', 'The scan left out 192.0.2.5 by order.'],
  ['<host starttime', '<host timedout="true" starttime', 'Nmap gave up on a host that took too long.'],
])('%s turned into %s is a gap', async (from, to, gap) => {
  expect((await read(run.replace(from, to))).summary.gaps).toEqual([gap])
})

test('masscan lists a host for each port and no range: absence is not proven', async () => {
  const whole = await read(masscan)
  expect(whole.assets.map(({ key }) => key)).toEqual(['192.0.2.80'])
  expect(whole.summary).toMatchObject({ tool: 'masscan', counts: { openPorts: 2, hosts: 1, hostsUp: 1 } })
  expect(factsOf(whole)).toMatchObject({
    'exposure.telnet_open_count': '1 partial',
    'exposure.rdp_open_count': '0 partial',
  })
})

test('thousands of scaninfo elements are no trouble', async () => {
  const many = '<scaninfo type="syn" protocol="tcp" services="1-1024"/>'.repeat(20_000)
  expect((await read(run.replace('<verbose', `${many}<verbose`))).findings).toHaveLength(4)
})

test.each([
  ['nmap -sS -p 1-100 -oA out 192.0.2.1 example.com', ['192.0.2.1', 'example.com']],
  ['nmap -T 4 -v -Pn --top-ports 100 --script=default 10.0.0.0/8', ['10.0.0.0/8']],
  ['nmap -iL /tmp/lists/hosts.txt -oX - -T4', ['the targets of hosts.txt']],
  ['/usr/bin/nmap --exclude 10.0.0.1 10.0.0.0/24', ['10.0.0.0/24']],
  ['', []],
])('the targets of "%s"', (args, targets) => {
  expect(readTargets(args).targets).toEqual(targets)
})
