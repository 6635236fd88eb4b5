import { describe, expect, it, test } from 'vitest'
import { openvasImporter } from '#evidence/importers/openvas.ts'
import { samples } from '../../fixtures/importers/openvas.ts'
import { readAll } from './read-all.ts'
import { factsOf } from './xml-facts.ts'

const [answer = '', old = ''] = samples.map(({ text }) => text)
const read = (text: string) => readAll(openvasImporter, text, { viewpoint: 'external' })

describe('the answer of the manager', async () => {
  const whole = await read(answer)

  it('has the hosts with their systems and logins, also the one without results', () => {
    expect(whole.assets).toEqual([
      asset('files.example.com', 'files.example.com', '192.0.2.10', 'Microsoft Windows Server 2008 R2', true),
      asset('192.0.2.11', null, '192.0.2.11', null, false),
      asset('quiet.example.com', 'quiet.example.com', '192.0.2.12', null, null),
    ])
  })

  it('has each result as a finding, a false positive as one passed over', () => {
    expect(
      whole.findings.map(({ title, severity, isSuppressed }) => [title, severity, isSuppressed]),
    ).toEqual([
      ['Operating System (OS) End of Life (EOL) Detection', 'high', false],
      ['Library with a weakness', 'medium', false],
      ['Check without a threat', 'medium', false],
      ['Marked as a false positive', 'high', true],
      ['Services', 'info', false],
    ])
    expect(whole.findings[1]).toEqual({
      assetKey: 'files.example.com',
      checkId: '1.3.6.1.4.1.25623.1.0.900001',
      title: 'Library with a weakness',
      severity: 'medium',
      port: 443,
      protocol: 'tcp',
      service: null,
      cves: ['CVE-2025-10001', 'CVE-2025-10002'],
      solution: 'Update the library to 2.1 or later.',
      fixAvailableOn: null,
      firstSeenOn: null,
      isSuppressed: false,
      output: 'Found by its banner.',
    })
    expect(whole.findings[0]?.solution).toBe('Move to a supported release.')
  })

  it('is whole, dated by the end of the scan, named by its task', () => {
    expect(whole.summary).toMatchObject({
      tool: 'Greenbone',
      scanDate: '2026-03-02T08:45:30.000Z',
      scope: 'Weekly office scan',
      records: 5,
      gaps: [],
      counts: { withoutThreat: 1, falsePositives: 1 },
    })
  })

  it('counts High with CVSS 9 or more as critical, by a date that proves its age', () => {
    expect(factsOf(whole)).toMatchObject({
      // Two hosts show no port at all.
      'vuln.critical_external_open_count': '1 partial',
      'vuln.critical_open_older_than_30d': '1 partial',
      'vuln.eol_os_count': '1 partial',
      'exposure.rdp_open_count': '1 partial',
      'exposure.smb_open_count': '0 partial',
    })
  })
})

const asset = (
  key: string,
  hostname: string | null,
  address: string,
  operatingSystem: string | null,
  credentialed: boolean | null,
) => ({ key, hostname, address, externalId: null, operatingSystem, credentialed })

test('a recent date of a rating does not make a weakness young: its age is unknown', async () => {
  const facts = factsOf(await read(answer.replace('2013-03-05T18:11:24Z', '2026-02-25T00:00:00Z')))
  expect(facts['vuln.critical_open_older_than_30d']).toBe('0 partial')
})

test('an old report has its CVEs in a list, its port in brackets and its fix among the tags', async () => {
  const { findings, summary, warnings } = await read(old)
  expect(findings.map(({ port, protocol, cves, solution }) => ({ port, protocol, cves, solution }))).toEqual([
    {
      port: 443,
      protocol: 'tcp',
      cves: ['CVE-2014-0224', 'CVE-2014-0195'],
      solution: 'Updates are available.',
    },
    { port: 22, protocol: 'tcp', cves: [], solution: null },
  ])
  expect(summary.scanDate).toBe('2026-01-20T01:55:33.000Z')
  expect(warnings).toEqual(['The report names no end of the scan; it is dated by its start.'])
})

test('without log results, what answers is not all known', async () => {
  const facts = factsOf(await read(old))
  expect(facts['exposure.rdp_open_count']).toBe('0 partial')
  expect(facts['exposure.tls_expired_cert_count']).toBe('0 complete')
})

test.each([
  ['9.8', 'critical'],
  ['7.0', 'high'],
  ['0.0', 'info'],
  ['', 'unknown'],
  ['n/a', 'unknown'],
])('without a threat, CVSS "%s" is %s', async (score, severity) => {
  const { findings } = await read(answer.replace('<severity>4.0</severity>', `<severity>${score}</severity>`))
  expect(findings[2]?.severity).toBe(severity)
})

test.each([
  ['levels=hmlg', 'levels=h', 'The report was filtered to the levels "h": others are not in it.'],
  ['min_qod=70', 'min_qod=90', 'The report leaves out what was detected with less than 90 % certainty.'],
  ['rows=-1', 'rows=5', 'The report is a page of 5 results: more may follow.'],
  ['first=1', 'first=101', 'The report does not begin with its first result.'],
  ['first=1', 'first=1 host=192.0.2.10', 'The report was filtered (host=192.0.2.10).'],
  ['<filtered>5</filtered>', '<filtered>90</filtered>', 'The report counts 90 results, the file holds 5.'],
  [
    '<scan_run_status>Done',
    '<scan_run_status>Stopped',
    'The scan is not finished: Greenbone calls it "Stopped".',
  ],
])('%s turned into %s is a gap', async (from, to, gap) => {
  expect((await read(answer.replace(from, to))).summary.gaps).toEqual([gap])
})

test('a result count of 0 beside results is not believed', async () => {
  const { summary } = await read(answer.replace('<filtered>5</filtered>', '<filtered>0</filtered>'))
  expect(summary.gaps).toEqual([])
})

test('a host without an end was not finished', async () => {
  const { summary } = await read(answer.replace('<end>2026-03-02T08:40:00Z</end>', '<end></end>'))
  expect(summary.gaps).toEqual([
    'The scan of 1 of 3 hosts has no end time: it was stopped or is not finished.',
  ])
})

test('another tool with a root called report is not claimed', () => {
  expect(openvasImporter.recognises(Buffer.from('<report name="coverage"><package/></report>'))).toBe(false)
})
