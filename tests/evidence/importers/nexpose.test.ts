import { describe, expect, it, test } from 'vitest'
import { nexposeImporter } from '#evidence/importers/nexpose.ts'
import { samples } from '../../fixtures/importers/nexpose.ts'
import { readAll } from './read-all.ts'
import { factsOf } from './xml-facts.ts'

const [report = '', simple = ''] = samples.map(({ text }) => text)
const read = (text: string) => readAll(nexposeImporter, text, { viewpoint: 'external' })

describe('an export 2.0', async () => {
  const whole = await read(report)

  it('has the nodes that are alive, with the system of the surest fingerprint', () => {
    expect(whole.assets).toEqual([
      {
        key: 'app.example.com',
        hostname: 'app.example.com',
        address: '192.0.2.50',
        externalId: null,
        operatingSystem: 'Ubuntu Linux 22.04',
        credentialed: null,
      },
      {
        key: '192.0.2.51',
        hostname: null,
        address: '192.0.2.51',
        externalId: null,
        operatingSystem: null,
        credentialed: null,
      },
    ])
  })

  it('has vulnerable tests as findings, joined with their definitions in any case', () => {
    expect(whole.findings).toMatchObject([
      { checkId: 'Kernel-Update', title: 'Kernel: update is missing', severity: 'critical' },
      { checkId: 'rdp-weak', severity: 'high', port: 3389, protocol: 'tcp', service: 'rdp' },
      { checkId: 'rdp-accepted', severity: 'medium', isSuppressed: true },
      { checkId: 'no-definition', title: 'no-definition', severity: 'unknown', port: null },
    ])
    expect(whole.findings[0]).toEqual({
      assetKey: 'app.example.com',
      checkId: 'Kernel-Update',
      title: 'Kernel: update is missing',
      severity: 'critical',
      port: null,
      protocol: null,
      service: null,
      cves: ['CVE-2025-40001', 'CVE-2025-40002'],
      solution: 'Install the\nkernel\n.',
      fixAvailableOn: null,
      firstSeenOn: '2025-11-01',
      isSuppressed: false,
      output: 'Vulnerable version found:\n5.4.0',
    })
  })

  it('is dated by its scans, in a zone that is not told, and named by its sites', () => {
    expect(whole.summary).toMatchObject({
      scanDate: '2026-03-03T09:15:00.000Z',
      scope: 'Office and Warehouse',
      records: 4,
      gaps: [],
      counts: { tests: 6, withoutDefinition: 1 },
    })
    expect(whole.warnings).toContain('The file writes its times without a time zone; they were read as UTC.')
  })

  it('counts open endpoints and ages from the publication', () => {
    expect(factsOf(whole)).toMatchObject({
      'vuln.critical_open_older_than_30d': '1 partial',
      'vuln.high_open_older_than_30d': '1 partial',
      'exposure.rdp_open_count': '1 complete',
      'exposure.smb_open_count': '1 complete',
      'exposure.telnet_open_count': '0 complete',
    })
  })
})

test.each([
  ['10', 'critical'],
  ['8', 'critical'],
  ['7', 'high'],
  ['3', 'medium'],
  ['1', 'medium'],
  ['0', 'info'],
  ['11', 'unknown'],
  ['severe', 'unknown'],
])('severity %s is %s', async (level, severity) => {
  const { findings } = await read(report.replace('severity="9"', `severity="${level}"`))
  expect(findings[0]?.severity).toBe(severity)
})

test('a scan that was stopped is not whole', async () => {
  const { summary } = await read(report.replace('status="finished"', 'status="stopped"'))
  expect(summary.gaps).toEqual(['A scan is not finished: Nexpose calls it "stopped".'])
})

test('without any scan there is no date and no fact', async () => {
  const { summary, warnings } = await read(report.replace(/<scans>[\s\S]*<\/scans>/, ''))
  expect(summary.scanDate).toBeNull()
  expect(summary.facts).toEqual([])
  expect(warnings.join()).toMatch(/No host has an end time/)
})

test('the simple form has codes for results and rates nothing', async () => {
  const whole = await read(simple)
  expect(
    whole.findings.map(({ checkId, severity, port, isSuppressed, cves }) => [
      checkId,
      severity,
      port,
      isSuppressed,
      cves,
    ]),
  ).toEqual([
    ['old-kernel', 'unknown', null, false, ['CVE-2023-50001']],
    ['telnet-open', 'unknown', 23, false, []],
    ['telnet-accepted', 'unknown', 23, true, []],
    ['ntp-old', 'unknown', null, false, []],
  ])
  expect(whole.assets.map(({ address, operatingSystem }) => [address, operatingSystem])).toEqual([
    ['192.0.2.60', 'Linux 5.10'],
    ['192.0.2.61', null],
  ])
  expect(whole.summary).toMatchObject({
    scanDate: '2026-03-02T14:26:09.232Z',
    records: 4,
    counts: { tests: 5 },
  })
  expect(factsOf(whole)['exposure.telnet_open_count']).toBe('1 partial')
})
