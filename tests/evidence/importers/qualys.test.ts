import { describe, expect, it, test } from 'vitest'
import { qualysImporter } from '#evidence/importers/qualys.ts'
import { samples } from '../../fixtures/importers/qualys.ts'
import { readAll } from './read-all.ts'
import { factsOf } from './xml-facts.ts'

const [report = '', scan = ''] = samples.map(({ text }) => text)
const read = (text: string) => readAll(qualysImporter, text, { viewpoint: 'internal' })

describe('a report about assets', async () => {
  const whole = await read(report)

  it('has its hosts, the one with an agent as one that was looked at from within', () => {
    expect(whole.assets).toEqual([
      {
        key: 'db.example.com',
        hostname: 'db.example.com',
        address: '192.0.2.30',
        externalId: null,
        operatingSystem: 'Windows Server 2019',
        credentialed: true,
      },
      {
        key: '192.0.2.31',
        hostname: null,
        address: '192.0.2.31',
        externalId: '0f5c',
        operatingSystem: null,
        credentialed: true,
      },
    ])
  })

  it('joins findings with the glossary behind them; without an entry they are not rated', () => {
    expect(whole.findings.map(({ checkId, title, severity }) => [checkId, title, severity])).toEqual([
      ['91001', 'Server &amp; tools: security update is missing', 'critical'],
      ['38600', 'SSL Certificate - Expired', 'low'],
      ['91002', 'Old update is missing', 'high'],
      ['70028', 'Windows Authentication Method', 'info'],
      ['38116', 'SSL Server Information Retrieval', 'info'],
      ['82023', 'Open TCP Services List', 'medium'],
      ['99999', 'QID 99999', 'unknown'],
    ])
    expect(whole.findings[0]).toEqual({
      assetKey: 'db.example.com',
      checkId: '91001',
      title: 'Server &amp; tools: security update is missing',
      severity: 'critical',
      port: null,
      protocol: null,
      service: null,
      cves: ['CVE-2025-20001', 'CVE-2025-20002'],
      solution: 'Install the update. See the bulletin .',
      fixAvailableOn: null,
      firstSeenOn: '2025-11-01',
      isSuppressed: false,
      output: 'file version is 1.0',
    })
    expect(whole.findings[2]?.isFixed).toBe(true)
  })

  it('tells confirmed, potential and informational ones apart', () => {
    expect(whole.summary).toMatchObject({
      scanDate: '2026-03-04T09:00:00.000Z',
      scope: 'asset group Office',
      records: 7,
      counts: { confirmed: 3, potential: 1, information: 3, fixed: 1 },
    })
  })

  it('makes facts of open weaknesses, listed ports and enabled versions', () => {
    expect(factsOf(whole)).toMatchObject({
      'vuln.internal_scan_age_days': '0 complete',
      // First found more than 30 days before; the fixed one is gone.
      'vuln.critical_open_older_than_30d': '1 partial',
      'vuln.high_open_older_than_30d': '0 partial',
      'exposure.rdp_open_count': '1 partial',
      'exposure.smb_open_count': '1 partial',
      'exposure.telnet_open_count': '1 partial',
      'exposure.tls_expired_cert_count': '1 complete',
      'crypto.min_tls_version': 'TLS 1.1 complete',
    })
  })
})

test('information that Qualys rates high is no weakness in the facts', async () => {
  const rated = report.replace(
    'Open TCP Services List</TITLE><SEVERITY>3',
    'Open TCP Services List</TITLE><SEVERITY>5',
  )
  const whole = await readAll(qualysImporter, rated, { viewpoint: 'external' })
  expect(whole.findings[5]?.severity).toBe('critical')
  expect(factsOf(whole)['vuln.critical_external_open_count']).toBe('1 partial')
})

test('a session without a login is no credentialed scan', async () => {
  const text = report.replace(
    'Login credentials provided by user',
    'NULL session, no valid login credentials provided or found',
  )
  expect((await read(text)).assets[0]?.credentialed).toBe(false)
})

test('a report made long after its scan is dated by the scan', async () => {
  const { summary, warnings } = await read(report.replace('2026-03-04T09:00:00Z', '2026-06-01T09:00:00Z'))
  expect(summary.scanDate).toBe('2026-03-03T02:00:00.000Z')
  expect(warnings.join()).toMatch(/more than a week after/)
})

test('a glossary before the hosts serves as well', async () => {
  const glossary = /<GLOSSARY>[\s\S]*<\/GLOSSARY>/.exec(report)?.[0] ?? ''
  const moved = report.replace(glossary, '').replace('<HOST_LIST>', `${glossary}<HOST_LIST>`)
  expect((await read(moved)).findings).toEqual((await read(report)).findings)
})

describe('a scan', async () => {
  const whole = await read(scan)

  it('has vulnerabilities and practices as findings, information and services as counts', () => {
    expect(whole.findings).toMatchObject([
      {
        assetKey: '192.0.2.40',
        checkId: '86477',
        title: 'Web server is old',
        severity: 'high',
        port: 80,
        protocol: 'tcp',
        cves: ['CVE-2024-30001', 'CVE-2024-30002', 'CVE-2024-30003'],
        solution: 'Update it .',
        output: 'Server: old',
      },
      { assetKey: 'www.example.com', checkId: '90001', severity: 'info', port: null },
    ])
    expect(whole.summary).toMatchObject({
      toolVersion: '12.1.47-1',
      scanDate: '2026-03-02T12:00:00.000Z',
      scope: 'Monthly scan and 192.0.2.40-192.0.2.41',
      records: 2,
      gaps: [],
      counts: { information: 1, services: 1, confirmed: 1, potential: 1 },
    })
  })

  it('knows open ports from the list of services', () => {
    expect(factsOf(whole)['exposure.rdp_open_count']).toBe('1 partial')
  })
})

test('a scan that was cancelled is not whole', async () => {
  expect((await read(scan.replace('FINISHED', 'CANCELED'))).summary.gaps).toEqual([
    'The scan is not finished: Qualys calls it "CANCELED".',
  ])
})

test("another tool's root SCAN is not claimed", () => {
  expect(qualysImporter.recognises(Buffer.from('<scan><host/></scan>'))).toBe(false)
})
