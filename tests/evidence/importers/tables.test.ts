import { describe, expect, test } from 'vitest'
import { detectImporter } from '#evidence/importers/detect.server.ts'
import { percentOf, scaleOf } from '#evidence/importers/scan/percent.ts'
import { parseTableMoment } from '#evidence/importers/scan/table-dates.ts'
import { samples } from '../../fixtures/importers/tables.ts'
import { type ReadWhole, readAll } from './read-all.ts'

const STATED = new Date('2026-11-19T00:00:00Z')

async function read(
  format: string,
  dialect?: string,
  change: (text: string) => string = (text) => text,
  statedOn: Date | undefined = STATED,
) {
  const sample = samples.find((each) => each.format === format && each.dialect === dialect)
  const text = change(sample?.text ?? '')
  const importer = detectImporter(Buffer.from(text))
  if (importer?.format !== format) throw new Error(`Taken for ${importer?.format}`)
  const bytes = Buffer.from(text)
  return readAll(
    { ...importer, read: (from, options) => importer.read(from, { ...options, statedOn }) },
    bytes,
  )
}

/** Facts by key as `value completeness`, shares with their counts. */
const factsOf = ({ summary }: ReadWhole) =>
  Object.fromEntries(
    summary.facts.map(({ key, value, completeness, numerator, denominator }) => [
      key,
      `${denominator === undefined ? value : `${numerator}/${denominator}`} ${completeness}`,
    ]),
  )

describe('tables of scanners', () => {
  test('Nessus: one finding a check and port, with the CVEs of all its rows; empty rows are none', async () => {
    const { findings, assets, summary } = await read('nessus-csv', 'Nessus')
    expect(
      findings.map(({ checkId, severity, cves, port, solution }) => [
        checkId,
        severity,
        cves,
        port,
        solution,
      ]),
    ).toEqual([
      ['900101', 'critical', ['CVE-2026-10001', 'CVE-2026-10002'], 445, 'Install it.'],
      ['900102', 'info', [], null, null],
      ['900103', 'medium', [], 3389, 'Close it.'],
    ])
    expect(assets.map(({ key, hostname, address }) => [key, hostname, address])).toEqual([
      ['192.0.2.10', null, '192.0.2.10'],
      ['dc1.lake.example', 'dc1.lake.example', null],
    ])
    // Nessus writes no date into its tables, and an old scan must not look new: what was stated counts for nothing here.
    expect(summary.facts).toEqual([])
  })

  test('Tenable.sc dates its findings and its scan', async () => {
    const { findings, assets, summary } = await read('nessus-csv', 'Tenable.sc')
    expect(summary).toMatchObject({
      tool: 'Tenable.sc',
      scanDate: '2026-11-12T21:01:01.000Z',
      scope: 'Lake office',
    })
    expect(findings[0]).toMatchObject({ firstSeenOn: '2026-09-05', fixAvailableOn: '2026-08-01', port: 25 })
    expect(assets[0]).toMatchObject({
      hostname: 'mail.lake.example',
      address: '192.0.2.20',
      externalId: 'a-1',
    })
    const facts = factsOf({ findings, assets, summary, warnings: [] })
    expect(facts['vuln.critical_open_older_than_30d']).toBe('1 partial')
  })

  test('Greenbone: 9.8 stays "High" as the tool says, and counts as critical', async () => {
    const read30 = await read('openvas-csv')
    expect(read30.findings.map(({ severity, cves }) => [severity, cves.length])).toEqual([
      ['high', 2],
      ['info', 0],
      ['medium', 1],
      ['high', 0],
    ])
    expect(read30.summary.scope).toBe('Office weekly')
  })

  test('Qualys: the report’s own date, what is fixed and what is ignored', async () => {
    const { findings, summary } = await read('qualys-csv', 'datalist')
    expect(summary.scanDate).toBe('2026-11-04T15:00:00.000Z')
    expect(
      findings.map(({ checkId, isFixed = false, isSuppressed }) => [checkId, isFixed, isSuppressed]),
    ).toEqual([
      ['70001', false, false],
      ['70002', true, false],
      ['70003', false, true],
    ])
    expect((await read('qualys-csv', 'scan report')).assets[0]).toMatchObject({ credentialed: true })
  })
})

describe('lists', () => {
  test('Google: enrolled is not enforced, and suspended users are not counted', async () => {
    const whole = await read('google-users')
    expect(factsOf(whole)).toEqual({
      'mfa.user_registered_percent': '2/3 complete',
      'mfa.user_enforced_percent': '1/3 complete',
      'asset.user_count': '3 complete',
    })
    expect(JSON.stringify(whole)).not.toContain('+1000')
  })

  test('training: completed within twelve months, by status or by share on either scale', async () => {
    expect(factsOf(await read('training', 'status'))).toEqual({
      'training.completion_percent_12m': '1/3 complete',
      'training.last_campaign_date': '2026-10-01 complete',
    })
    expect(factsOf(await read('training', 'shares'))['training.completion_percent_12m']).toBe('2/4 complete')
    const percents = await read('training', 'shares', (text) =>
      text.replace(',1.0', ',100').replace(',0.5', ',50').replace(',1\r', ',100\r'),
    )
    expect(factsOf(percents)['training.completion_percent_12m']).toBe('2/4 complete')
  })

  test('phishing: by campaign or by person', async () => {
    expect(factsOf(await read('phishing', 'campaigns'))).toEqual({
      'phish.prone_percent': '50/1100 complete',
      'phish.reported_percent': '150/1100 complete',
      'phish.campaigns_12m': '2 complete',
    })
    expect(factsOf(await read('phishing', 'persons'))).toEqual({
      'phish.prone_percent': '1/2 complete',
      'phish.reported_percent': '1/2 complete',
      'phish.campaigns_12m': '1 complete',
    })
  })

  test('backups: the newest success, and thirty days of runs', async () => {
    expect(factsOf(await read('backup-jobs', 'runs'))).toEqual({
      'backup.last_success_age_hours': '0 complete',
      'backup.job_success_percent_30d': '2/3 complete',
    })
    const short = factsOf(await read('backup-jobs', 'jobs'))
    expect(short['backup.job_success_percent_30d']).toBe('2/2 partial')
  })

  test('devices: an inventory counts who is without, a console cannot', async () => {
    expect(factsOf(await read('devices', 'inventory'))).toEqual({
      'asset.device_count': '4 complete',
      'endpoint.edr_coverage_percent': '3/4 complete',
      'endpoint.edr_server_coverage_percent': '1/1 complete',
      'endpoint.edr_unprotected_count': '1 complete',
      'endpoint.edr_stale_agents_7d': '1 complete',
      'endpoint.edr_tamper_protection_percent': '2/3 complete',
      'crypto.endpoint_encrypted_percent': '2/3 complete',
      'crypto.server_encrypted_percent': '0/1 complete',
    })
    expect(factsOf(await read('devices', 'console'))).toMatchObject({
      'endpoint.edr_coverage_percent': '2/2 partial',
      'endpoint.edr_unprotected_count': '0 partial',
      'endpoint.edr_block_mode_percent': '1/2 complete',
    })
  })
})

test.each([
  ['Feb 5, 2024 21:01:08 UTC', '2024-02-05T21:01:08.000Z', true],
  ['Feb 03, 2026 07:00 AM', '2026-02-03T07:00:00.000Z', false],
  ['12/31/2025 12:10 PM', '2025-12-31T12:10:00.000Z', false],
  ['31/12/2025 00:10', '2025-12-31T00:10:00.000Z', false],
  ['04 Feb 2026 10:00 AM GMT-0500', '2026-02-04T15:00:00.000Z', true],
  ['2026/04/10 04:05:20', '2026-04-10T04:05:20.000Z', false],
  ['2026-04-10', '2026-04-10T00:00:00.000Z', false],
])('%s is a time', (text, expected, hasZone) => {
  const found = parseTableMoment(text)
  expect([new Date(found?.time ?? 0).toISOString(), found?.hasZone]).toEqual([expected, hasZone])
})

test.each(['', 'N/A', '30/02/2026', '2026-13-01', 'yesterday', '99999999', '1/2/3'])(
  '%j is no time',
  (text) => {
    expect(parseTableMoment(text)).toBeNull()
  },
)

test('a column of shares has one scale', () => {
  expect(scaleOf(['0.5', '1', '0'])).toBe('fraction')
  expect(scaleOf(['0.5', '50'])).toBe('percent')
  expect(scaleOf(['1%', '0.5%'])).toBe('percent')
  expect(scaleOf([])).toBe('percent')
  expect([
    percentOf('98,5 %', 'percent'),
    percentOf('0.985', 'fraction'),
    percentOf('250', 'percent'),
    percentOf('x', 'percent'),
  ]).toEqual([98.5, 98.5, null, null])
})
