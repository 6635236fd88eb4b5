import { describe, expect, it, test } from 'vitest'
import { FACT_DICTIONARY, Fact } from '#evidence/facts.ts'
import { readNessusFixture } from '#tests/fixtures/nessus/dated.ts'
import {
  ended,
  factsOf,
  host,
  isRecognised,
  item,
  NOW,
  nessusFile,
  readNessus,
  report,
  SCAN_END,
} from './nessus-file.ts'

const DAY = 86_400_000

describe('a small office seen from inside', async () => {
  const read = await readNessus(readNessusFixture('small-office-internal'))

  it('has its hosts as assets', () => {
    expect(read.assets).toEqual([
      asset('dc1.office.example', '192.0.2.10', 'Microsoft Windows Server 2022 Standard', true),
      asset('old-app.office.example', '192.0.2.11', 'Microsoft Windows Server 2012 R2 Standard', true),
      asset('ws-021.office.example', '192.0.2.121', 'Microsoft Windows 11 Pro', true),
      asset('printer.office.example', '192.0.2.201', 'Embedded printer', false),
    ])
  })

  it('has each report item as a finding, whole', () => {
    expect(read.findings).toHaveLength(16)
    expect(read.summary.records).toBe(16)
    expect(read.findings[1]).toEqual({
      assetKey: 'dc1.office.example',
      checkId: '900101',
      title: 'Operating system: cumulative security update is missing',
      severity: 'critical',
      port: 445,
      protocol: 'tcp',
      service: 'cifs',
      cves: ['CVE-2025-10001', 'CVE-2025-10002'],
      solution: 'Install the current cumulative update.',
      fixAvailableOn: '2025-11-11',
      firstSeenOn: null,
      isSuppressed: false,
      output: 'The update of November 2025 is not installed.',
    })
  })

  it('says when and with what it was scanned, by the exact time and not by the zoneless one', () => {
    expect(read.summary).toMatchObject({
      format: 'nessus',
      tool: 'Nessus',
      toolVersion: '10.7.1',
      scanDate: '2026-01-20T05:10:00.000Z',
    })
    expect(read.warnings).toEqual([])
  })

  it('shows old fixes missing, an unsupported system, and no proof of absence beside a host without credentials', () => {
    expect(factsOf(read)).toEqual({
      'vuln.internal_scan_age_days': '0 complete',
      'vuln.critical_open_older_than_30d': '2 partial',
      'vuln.high_open_older_than_30d': '1 partial',
      'vuln.max_unpatched_age_days': '140 partial',
      'vuln.eol_os_count': '1 partial',
      'exposure.rdp_open_count': '2 complete',
      'exposure.smb_open_count': '3 complete',
      'exposure.telnet_open_count': '0 complete',
      'exposure.tls_expired_cert_count': '0 complete',
      'asset.device_count': '4 partial',
    })
  })

  it('makes facts of the dictionary, in their scope, with the reason why they are partial', () => {
    for (const fact of read.summary.facts) {
      expect(Fact.parse(fact)).toEqual(fact)
      expect(FACT_DICTIONARY).toHaveProperty([fact.key])
      expect(fact).toMatchObject({
        scope: { viewpoint: 'internal', subject: 'Small office, inside' },
        observedAt: '2026-01-20T05:10:00.000Z',
        collector: 'Nessus 10.7.1',
      })
      if (fact.completeness === 'partial') expect(fact.note).toBeTruthy()
    }
    const late = read.summary.facts.find(({ key }) => key === 'vuln.critical_open_older_than_30d')
    expect(late?.note).toMatch(
      /^Scanned 1 host without credentials: .* 1 critical finding without a publication date/,
    )
  })
})

const asset = (name: string, address: string, operatingSystem: string, credentialed: boolean) => ({
  key: name,
  hostname: name,
  address,
  externalId: null,
  operatingSystem,
  credentialed,
})

test('a clean scan from the internet shows that no Remote Desktop answers', async () => {
  const facts = factsOf(await readNessus(readNessusFixture('clean-external'), { viewpoint: 'external' }))
  expect(facts).toMatchObject({
    'vuln.external_scan_age_days': '0 complete',
    'vuln.critical_external_open_count': '0 complete',
    'vuln.critical_open_older_than_30d': '0 partial',
    'vuln.eol_internet_facing_count': '0 partial',
    'exposure.rdp_open_count': '0 complete',
  })
  expect(facts).not.toHaveProperty(['vuln.internal_scan_age_days'])
  expect(facts).not.toHaveProperty(['vuln.max_unpatched_age_days'])
})

test('an exposed office is told from the internet', async () => {
  const read = await readNessus(readNessusFixture('exposed-external'), { viewpoint: 'external' })
  expect(factsOf(read)).toMatchObject({
    // Reported three times on one port, counted once.
    'exposure.rdp_open_count': '1 complete',
    'exposure.telnet_open_count': '1 complete',
    'exposure.tls_expired_cert_count': '1 complete',
    'vuln.critical_external_open_count': '2 complete',
    'vuln.critical_open_older_than_30d': '1 partial',
    'vuln.eol_os_count': '0 partial',
    'vuln.eol_internet_facing_count': '1 partial',
    'crypto.min_tls_version': 'TLS 1.0 partial',
  })
})

test('a fixture can be moved to another day', async () => {
  const scannedAt = new Date('2026-02-09T08:00:00Z')
  const read = await readNessus(readNessusFixture('small-office-internal', scannedAt))
  expect(read.summary.scanDate).toBe(scannedAt.toISOString())
  expect(factsOf(read)['vuln.critical_open_older_than_30d']).toBe('2 partial')
})

const one = (hosts: string, options = {}) => readNessus(nessusFile(report(hosts)), options)

describe('severity', () => {
  test.each([
    ['0', '', 'info'],
    ['1', '', 'low'],
    ['2', '', 'medium'],
    ['3', '', 'high'],
    ['4', '', 'critical'],
    ['3', 'Critical', 'high'],
    [undefined, 'High', 'high'],
    ['9', 'medium', 'medium'],
    ['', 'None', 'info'],
    [undefined, '', 'info'],
  ])('%s with risk factor "%s" is %s', async (severity, risk, expected) => {
    const read = await one(
      host('h', ended(), item({ attributes: { severity }, children: `<risk_factor>${risk}</risk_factor>` })),
    )
    expect(read.findings[0]?.severity).toBe(expected)
    expect(read.warnings.some((warning) => warning.includes('without a usable severity'))).toBe(
      !/^[0-4]$/.test(severity ?? ''),
    )
  })
})

describe('the date of a scan', () => {
  test.each([
    [
      'the exact time',
      { HOST_END: 'Sun Feb  1 09:00:00 2026', HOST_END_TIMESTAMP: '1769925600' },
      '2026-02-01T06:00:00.000Z',
      false,
    ],
    ['C time', { HOST_END: 'Sun Feb  1 09:00:00 2026' }, '2026-02-01T09:00:00.000Z', true],
    ['C time with one space', { HOST_END: 'Sun Feb 1 09:00:00 2026' }, '2026-02-01T09:00:00.000Z', true],
    ['ISO 8601', { HOST_END: '2026-02-01T09:00:00.341269+02:00' }, '2026-02-01T07:00:00.341Z', false],
    ['ISO 8601 without a zone', { HOST_END: '2026-02-01T09:00:00' }, '2026-02-01T09:00:00.000Z', true],
    [
      'a time beside a timestamp of 0',
      { HOST_END: 'Sun Feb  1 09:00:00 2026', HOST_END_TIMESTAMP: '0' },
      '2026-02-01T09:00:00.000Z',
      true,
    ],
  ])('is read from %s', async (_, tags, scanDate, isZoneless) => {
    const read = await one(host('h', tags as Record<string, string>, item()))
    expect(read.summary.scanDate).toBe(scanDate)
    expect(read.warnings.some((warning) => warning.includes('without a time zone'))).toBe(isZoneless)
    expect(read.summary.facts.length).toBeGreaterThan(0)
  })

  test.each([
    ['is missing', {}],
    ['is a day that does not exist', { HOST_END: 'Mon Feb 30 09:00:00 2026' }],
    ['is in another language', { HOST_END: 'So Feb 01 09:00:00 2026 MEZ' }],
    ['is no number', { HOST_END_TIMESTAMP: '17e9' }],
    ['is beyond all time', { HOST_END_TIMESTAMP: '999999999999999' }],
    ['is only a start', { HOST_START: 'Sun Feb  1 09:00:00 2026' }],
  ])('carries no facts where the end %s', async (_, tags) => {
    const read = await one(host('h', tags as Record<string, string>, item()))
    expect(read.summary).toMatchObject({ scanDate: null, facts: [], records: 1 })
    expect(read.warnings).toEqual([expect.stringMatching(/no end time|end time: the scan was stopped/)])
  })

  it('is the latest of the hosts, and a host without one makes everything partial', async () => {
    const hosts = host('a', ended(SCAN_END - 60), item()) + host('b', ended(), item()) + host('c', {}, item())
    const read = await one(hosts)
    expect(read.summary.scanDate).toBe(new Date(SCAN_END * 1000).toISOString())
    expect(new Set(read.summary.facts.map(({ completeness }) => completeness))).toEqual(new Set(['partial']))
    expect(read.warnings).toEqual([expect.stringContaining('1 of 3 hosts has no end time')])
  })

  it('in the future carries no facts', async () => {
    const read = await one(host('h', ended(NOW.getTime() / 1000 + 3600), item()))
    expect(read.summary.facts).toEqual([])
    expect(read.warnings).toEqual([expect.stringContaining('in the future')])
  })

  it('in the future of UTC is today where the file names no zone', async () => {
    const tags = { HOST_END: 'Tue Feb 10 21:00:00 2026' }
    const read = await one(host('h', tags, item()))
    expect(read.summary.facts[0]?.observedAt).toBe(NOW.toISOString())
    const next = await one(host('h', { HOST_END: 'Wed Feb 11 21:00:00 2026' }, item()))
    expect(next.summary.facts).toEqual([])
  })

  it('does not speak for hosts that were scanned weeks before', async () => {
    const read = await one(host('a', ended(SCAN_END - 20 * 86_400), item()) + host('b', ended(), item()))
    expect(factsOf(read)['vuln.internal_scan_age_days']).toBe('0 partial')
    expect(read.summary.facts[0]?.note).toContain('between 2026-01-12 and 2026-02-01')
  })
})

describe('the age of a weakness', () => {
  const daysBefore = (days: number) =>
    new Date(SCAN_END * 1000 - days * DAY).toISOString().slice(0, 10).replaceAll('-', '/')
  const critical = (children: string) => item({ attributes: { severity: '4' }, children })
  const credentialed = { ...ended(), Credentialed_Scan: 'true' }
  const age = async (items: string) =>
    factsOf(await one(host('h', credentialed, items)))['vuln.critical_open_older_than_30d']

  test.each([
    ['a fix 31 days old', `<patch_publication_date>${daysBefore(31)}</patch_publication_date>`, '1 complete'],
    ['a fix 30 days old', `<patch_publication_date>${daysBefore(30)}</patch_publication_date>`, '0 complete'],
    [
      'an old weakness with a new fix',
      `<vuln_publication_date>${daysBefore(400)}</vuln_publication_date><patch_publication_date>${daysBefore(3)}</patch_publication_date>`,
      '0 complete',
    ],
    [
      'an old weakness without a fix',
      `<vuln_publication_date>${daysBefore(400)}</vuln_publication_date>`,
      '1 complete',
    ],
    ['no date', '', '0 partial'],
    [
      'a date that does not exist',
      '<patch_publication_date>2025/02/31</patch_publication_date>',
      '0 partial',
    ],
  ])('%s', async (_, children, expected) => {
    expect(await age(critical(children))).toBe(expected)
  })

  it('counts from the oldest fix of medium severity or more', async () => {
    const fix = (severity: string, days: number) =>
      item({
        attributes: { severity },
        children: `<patch_publication_date>${daysBefore(days)}</patch_publication_date>`,
      })
    const facts = factsOf(await one(host('h', credentialed, fix('1', 900) + fix('2', 90) + fix('4', 40))))
    expect(facts['vuln.max_unpatched_age_days']).toBe('90 complete')
  })
})

describe('credentials', () => {
  const info = (answer: string) =>
    item({
      attributes: { pluginID: '19506' },
      children: `<plugin_output>Nessus version : 10.1\nCredentialed checks : ${answer}\n</plugin_output>`,
    })

  test.each([
    ['the tag says so', { Credentialed_Scan: 'true' }, '', true],
    ['the tag denies it', { Credentialed_Scan: 'FALSE' }, '', false],
    ['plugin 19506 says so', {}, info('yes, as &apos;scan&apos; via ssh'), true],
    ['plugin 19506 denies it', {}, info('no'), false],
    ['the login failed although it was meant to work', { Credentialed_Scan: 'true' }, info('no'), false],
    ['nothing is said', {}, '', null],
  ])('%s', async (_, tags, items, expected) => {
    const read = await one(host('h', { ...ended(), ...tags }, items))
    expect(read.assets[0]?.credentialed).toBe(expected)
    expect(factsOf(read)['vuln.eol_os_count']).toBe(expected ? '0 complete' : '0 partial')
  })
})

describe('exposed services', () => {
  const on = (port: number, service: string, protocol = 'tcp') =>
    item({ attributes: { port: String(port), svc_name: service, protocol } })
  const count = async (items: string) => factsOf(await one(host('h', ended(), items)))

  test.each([
    ['Remote Desktop', on(3389, 'msrdp'), 'exposure.rdp_open_count', '1 complete'],
    ['Remote Desktop on another port', on(33890, 'msrdp'), 'exposure.rdp_open_count', '1 complete'],
    ['a guess', on(3389, 'ms-wbt-server?'), 'exposure.rdp_open_count', '1 complete'],
    ['an unknown service on its port', on(3389, 'unknown'), 'exposure.rdp_open_count', '1 complete'],
    ['a web server on its port', on(3389, 'www'), 'exposure.rdp_open_count', '0 complete'],
    ['its UDP side alone', on(3389, 'msrdp', 'udp'), 'exposure.rdp_open_count', '0 complete'],
    [
      'two ports',
      on(3389, 'msrdp') + on(3390, 'msrdp') + on(3390, 'msrdp'),
      'exposure.rdp_open_count',
      '2 complete',
    ],
    ['file sharing', on(445, 'cifs'), 'exposure.smb_open_count', '1 complete'],
    ['telnet', on(23, 'telnet') + on(2323, 'telnet'), 'exposure.telnet_open_count', '2 complete'],
    ['nothing on ports', item(), 'exposure.rdp_open_count', '0 partial'],
  ] as const)('%s', async (_, items, key, expected) => {
    expect((await count(items))[key]).toBe(expected)
  })

  test.each([
    ['default', '0 complete'],
    ['all', '0 complete'],
    ['1-65535', '0 complete'],
    ['80,443,3000-4000', '0 complete'],
    ['T:1-65535,U:53', '0 complete'],
    ['1-1024', '0 partial'],
    ['T:80,443,U:3389', '0 partial'],
    ['whatever it takes', '0 complete'],
  ])('a scan of ports %s without Remote Desktop', async (range, expected) => {
    const info = item({
      attributes: { pluginID: '19506' },
      children: `<plugin_output>Port range : ${range}\n</plugin_output>`,
    })
    expect((await count(info))['exposure.rdp_open_count']).toBe(expected)
  })
})

describe('unsupported systems', () => {
  const named = (pluginName: string, pluginID = '1') =>
    item({ attributes: { pluginName, pluginID, severity: '4' } })
  test.each([
    ['Unix Operating System Unsupported Version Detection', '33850', '1', '1'],
    ['Renamed by the scanner', '108797', '1', '1'],
    ['Canonical Ubuntu Linux SEoL (16.04.x)', '201408', '1', '1'],
    ['Microsoft Windows XP Unsupported Installation Detection', '73182', '1', '1'],
    ['Apache HTTP Server SEoL (2.1.x &lt;= x &lt;= 2.2.x)', '171356', '0', '1'],
    ['PHP Unsupported Version Detection', '58987', '0', '1'],
    ['SSL unsupported cipher order', '1', '0', '0'],
    ['Windows Server update is missing', '1', '0', '0'],
  ])('%s', async (name, plugin, systems, reachable) => {
    const items = named(name, plugin) + named(name, plugin)
    const facts = factsOf(await one(host('h', ended(), items), { viewpoint: 'external' }))
    expect(facts['vuln.eol_os_count']).toBe(`${systems} partial`)
    expect(facts['vuln.eol_internet_facing_count']).toBe(`${reachable} partial`)
  })
})

test('the oldest TLS version comes from the list of all that are accepted', async () => {
  const children = '<plugin_output>\nThis port supports TLSv1.3/TLSv1.1/TLSv1.2.\n</plugin_output>'
  const listed = item({ attributes: { pluginID: '56984', port: '443', svc_name: 'www' }, children })
  expect(factsOf(await one(host('h', ended(), listed)))['crypto.min_tls_version']).toBe('TLS 1.1 complete')
})

test('a web application scan shows neither ports nor systems', async () => {
  const tags = {
    HOST_END: '2026-02-01T06:00:00.1+00:00',
    'system-type': 'web_application',
    'host-fqdn': 'https://shop.example/',
  }
  const read = await one(host('https://shop.example/', tags, item({ attributes: { severity: '3' } })), {
    viewpoint: 'external',
  })
  expect(read.assets).toEqual([
    {
      key: 'https://shop.example/',
      hostname: 'shop.example',
      address: null,
      externalId: null,
      operatingSystem: null,
      credentialed: null,
    },
  ])
  expect(read.summary.tool).toBe('Tenable Web App Scanning')
  expect(Object.keys(factsOf(read))).toEqual([
    'vuln.external_scan_age_days',
    'vuln.critical_open_older_than_30d',
    'vuln.high_open_older_than_30d',
    'vuln.critical_external_open_count',
  ])
  expect(new Set(read.summary.facts.map(({ completeness }) => completeness))).toEqual(new Set(['partial']))
})

describe('hosts', () => {
  it('of the same name and address in two reports of one file are one asset', async () => {
    const machine = host(
      'h',
      { ...ended(), 'host-ip': '192.0.2.1' },
      item({ attributes: { port: '3389', svc_name: 'msrdp' } }),
    )
    const read = await readNessus(nessusFile(report(machine, 'First') + report(machine, 'Second')))
    expect(read.assets).toHaveLength(1)
    expect(read.findings).toHaveLength(2)
    expect(factsOf(read)).toMatchObject({
      'asset.device_count': '1 partial',
      'exposure.rdp_open_count': '1 complete',
    })
    expect(read.summary.facts[0]?.scope.subject).toBe('First and Second')
  })

  it('of the same name at two addresses are two', async () => {
    const at = (address: string) => host('kiosk', { ...ended(), 'host-ip': address }, item())
    const read = await one(at('192.0.2.1') + at('192.0.2.2'))
    expect(read.assets.map(({ key }) => key)).toEqual(['kiosk', 'kiosk (192.0.2.2)'])
    expect(read.findings.map(({ assetKey }) => assetKey)).toEqual(['kiosk', 'kiosk (192.0.2.2)'])
  })

  it('without a name are known by their address, or by a number', async () => {
    const read = await one(
      host(null, { ...ended(), 'host-ip': '192.0.2.9' }) + host(null, ended()) + host(' ', ended()),
    )
    expect(read.assets.map(({ key }) => key)).toEqual(['192.0.2.9', 'unnamed host 1', 'unnamed host 2'])
    expect(read.warnings).toEqual(['2 hosts without a name or an address.'])
  })

  test.each([
    ['192.0.2.7', {}, null, '192.0.2.7'],
    ['2001:db8::7', {}, null, '2001:db8::7'],
    ['192.0.2.7', { 'netbios-name': 'WS7' }, 'WS7', '192.0.2.7'],
    ['ws7', { 'host-ip': '192.0.2.7', 'host-fqdn': 'ws7.office.example' }, 'ws7.office.example', '192.0.2.7'],
  ])('named %s with %j', async (name, tags, hostname, address) => {
    expect((await one(host(name, { ...ended(), ...(tags as object) }))).assets[0]).toMatchObject({
      hostname,
      address,
    })
  })

  it('may be none at all', async () => {
    for (const content of ['', '<Report/>', '<Report name="Empty"></Report>']) {
      const read = await readNessus(nessusFile(content))
      expect(read).toMatchObject({
        assets: [],
        findings: [],
        summary: { scanDate: null, records: 0, facts: [] },
      })
      expect(read.warnings).toEqual([expect.stringContaining('names no host')])
    }
  })
})

describe('the format', () => {
  const plain = nessusFile(
    report(
      host(
        'h',
        ended(),
        item({ attributes: { severity: '3', port: '443' }, children: '<cve>CVE-2026-0001</cve>' }),
      ),
    ),
  )
  const essence = async (content: string | Uint8Array, pieceBytes?: number) => {
    const { assets, findings, summary } = await readNessus(content, { pieceBytes })
    return { assets, findings, summary }
  }

  test.each<[string, string | Uint8Array]>([
    ['CRLF', plain.replaceAll('\n', '\r\n')],
    ['a UTF-8 byte order mark', `\ufeff${plain}`],
    ['UTF-16LE with a mark', Buffer.from(`\ufeff${plain}`, 'utf16le')],
    ['UTF-16BE with a mark', Buffer.from(`\ufeff${plain}`, 'utf16le').swap16()],
    ['UTF-16LE without a mark', Buffer.from(plain, 'utf16le')],
    ['Latin-1', Buffer.from(plain.replace('?>', 'encoding="ISO-8859-1"?>'), 'latin1')],
    ['UTF-8 that claims to be UTF-16', plain.replace('?>', 'encoding="utf-16"?>')],
    ['no declaration', plain.slice(plain.indexOf('<Ness'))],
    ['a comment first', plain.replace('<NessusClientData_v2>', '<!-- exported --><NessusClientData_v2>')],
    ['a default namespace', plain.replace('<NessusClientData_v2>', '<NessusClientData_v2 xmlns="urn:x">')],
    [
      'a prefix',
      plain
        .replaceAll(/<(\/?)([A-Z])/g, '<$1n:$2')
        .replace('<n:NessusClientData_v2', '<n:NessusClientData_v2 xmlns:n="urn:x"'),
    ],
    [
      'an external DTD',
      plain.replace(
        '<NessusClientData_v2>',
        '<!DOCTYPE NessusClientData_v2 SYSTEM "http://192.0.2.1/n.dtd"><NessusClientData_v2>',
      ),
    ],
    [
      'small letters',
      plain
        .replaceAll('ReportItem', 'reportitem')
        .replace('pluginID', 'pluginid')
        .replace('HOST_END_TIMESTAMP', 'host_end_timestamp'),
    ],
    [
      'attributes in another order',
      plain.replace(
        /<ReportItem ([^>]*)>/,
        (_, written) =>
          `<ReportItem ${written
            .split('" ')
            .map((part: string) => part.replace(/"?$/, '"'))
            .reverse()
            .join(' ')}>`,
      ),
    ],
    ['elements that nobody knows', plain.replace('<cve>', '<future><cve>CVE-1999-0001</cve></future><cve>')],
    ['CDATA', plain.replace('CVE-2026-0001', '<![CDATA[CVE-2026-]]>0001')],
    [
      'a report-like policy',
      plain.replace(
        '<policyName>',
        '<Report><ReportHost name="no"><ReportItem severity="4"/></ReportHost></Report><policyName>',
      ),
    ],
  ])('is the same with %s', async (_, content) => {
    expect(isRecognised(content)).toBe(true)
    expect(await essence(content)).toEqual(await essence(plain))
  })

  it('is the same however the file is cut', async () => {
    const text = nessusFile(
      report(
        host(
          'h\u00e9\u20ac\u{1f600}',
          { ...ended(), 'operating-system': 'L\u00ednux \u{1f427}' },
          item({ attributes: { pluginName: 'a\u20ac &amp; b' } }),
        ),
      ),
    )
    const whole = await essence(text)
    expect(whole.assets[0]).toMatchObject({
      key: 'h\u00e9\u20ac\u{1f600}',
      operatingSystem: 'L\u00ednux \u{1f427}',
    })
    expect(whole.findings[0]?.title).toBe('a\u20ac & b')
    for (const size of [1, 2, 3, 7, 1023, 1024, 1025]) {
      expect(await essence(text, size)).toEqual(whole)
      expect(await essence(Buffer.from(`\ufeff${text}`, 'utf16le'), size)).toEqual(whole)
    }
  })

  it('reads Latin-1 letters as such', async () => {
    const text = `<?xml version="1.0" encoding="iso-8859-1"?><NessusClientData_v2>${report(host('k\u00fcche', ended()))}</NessusClientData_v2>`
    expect((await readNessus(Buffer.from(text, 'latin1'))).assets[0]?.key).toBe('k\u00fcche')
  })

  it('keeps every item, the same one twice too', async () => {
    const same = item({ attributes: { severity: '4', pluginID: '58987' } })
    expect((await one(host('h', ended(), same + same))).findings).toHaveLength(2)
  })

  it('takes items with missing attributes', async () => {
    const bare =
      '<ReportItem><plugin_name>From the child</plugin_name></ReportItem><ReportItem pluginID="7"/><ReportItem/>'
    expect(
      (await one(host('h', ended(), bare))).findings.map(({ checkId, title, port, protocol, service }) => [
        checkId,
        title,
        port,
        protocol,
        service,
      ]),
    ).toEqual([
      ['unknown', 'From the child', null, null, null],
      ['7', 'Plugin 7', null, null, null],
      ['unknown', 'Plugin without a name', null, null, null],
    ])
  })

  it('takes CVEs in any case once, old candidates too, and nothing else for one', async () => {
    const names = [
      'CVE-2020-0001',
      'cve-2020-0001 ',
      'CAN-2003-0019',
      'CVE-2020-12345678',
      'NOCVE',
      'CVE-20-1',
      '',
    ]
    const children = names.map((name) => `<cve>${name}</cve>`).join('')
    expect((await one(host('h', ended(), item({ children })))).findings[0]?.cves).toEqual([
      'CVE-2020-0001',
      'CVE-2003-0019',
      'CVE-2020-12345678',
    ])
  })

  test.each([['0'], ['-1'], ['65536'], ['http'], ['']])('port "%s" is no port', async (port) => {
    expect((await one(host('h', ended(), item({ attributes: { port } })))).findings[0]?.port).toBeNull()
  })

  it('shortens endless output and says so', async () => {
    const children = `<plugin_output>${'line of output\n'.repeat(100_000)}</plugin_output>`
    const read = await one(host('h', ended(), item({ children }) + item()))
    expect(read.findings[0]?.output?.length).toBeLessThanOrEqual(8000)
    expect(read.warnings).toEqual([expect.stringContaining('Long texts of 1 finding were shortened')])
  })

  it('tells its progress', async () => {
    const text = nessusFile(
      report(host('h', ended(), item({ children: `<description>${'x'.repeat(3_500_000)}</description>` }))),
    )
    const { progress } = await readNessus(text)
    expect(progress.length).toBeGreaterThan(3)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(progress.at(-1)).toBe(Buffer.byteLength(text))
  })
})

test.each([
  ['a Nessus v1 file', '<?xml version="1.0"?><NessusClientData/>'],
  ['another scanner', '<?xml version="1.0"?><nmaprun/>'],
  ['a table', 'Plugin ID,CVE\n1,CVE-2020-0001\n'],
  ['nothing', ''],
  ['binary data', Buffer.from('89504e470d0a1a0a00', 'hex')],
  ['a mention of the format', '<html>NessusClientData_v2</html>'],
])('%s is not taken for a Nessus scan', (_, content) => {
  expect(isRecognised(content)).toBe(false)
})
