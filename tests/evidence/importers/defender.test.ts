import { expect, it, test } from 'vitest'
import { defenderImporter } from '#evidence/importers/defender.ts'
import { samples } from '../../fixtures/importers/defender.ts'
import { readAll } from './read-all.ts'
import { factsOf, findingsOf, isRecognised, readSample } from './sample-of.ts'

it('reads weaknesses by machine; software without one is no finding', async () => {
  const read = await readSample(defenderImporter, samples)
  expect(findingsOf(read)).toEqual([
    'CVE-2025-10030 lakesoft tools: critical',
    'CVE-2025-10031 lakesoft tools: low',
    'TVM-2025-0001 lakesoft tools: medium',
  ])
  expect(read.findings.map(({ cves }) => cves)).toEqual([['CVE-2025-10030'], ['CVE-2025-10031'], []])
  expect(read.findings[0]).toMatchObject({ assetKey: 'machine-1', solution: 'Install KB5012345.' })
  expect(read.assets.map(({ key, externalId }) => [key, externalId])).toEqual([
    ['machine-1', 'machine-1'],
    ['machine-2', 'machine-2'],
  ])
  expect(read.summary).toMatchObject({
    records: 4,
    counts: { withoutWeakness: 1 },
    scanDate: null,
    facts: [],
  })
})

it('names a first page for what it is', async () => {
  const read = await readSample(defenderImporter, samples, 'first page')
  expect(read.summary.gaps).toEqual([expect.stringContaining('next page')])
})

it('reads the machines of a ZIP under the same keys, and no weaknesses from them', async () => {
  const read = await readSample(defenderImporter, samples, 'machines')
  expect(read.assets).toEqual([
    {
      key: 'machine-1',
      hostname: 'ws-1.lake.example',
      address: '192.0.2.7',
      externalId: 'machine-1',
      operatingSystem: 'Windows11 23H2',
      credentialed: true,
    },
    {
      key: 'machine-2',
      hostname: null,
      address: '192.0.2.8',
      externalId: 'machine-2',
      operatingSystem: null,
      credentialed: false,
    },
  ])
  expect(read.findings).toEqual([])
  expect(factsOf(read)).toEqual({ 'asset.device_count': '2 partial' })
})

it('reads the export by device, with first sightings', async () => {
  const read = await readSample(defenderImporter, samples, 'table')
  expect(findingsOf(read)).toEqual([
    'CVE-2025-10030 lakesoft tools: critical',
    'CVE-2025-10031 lakesoft tools: high',
  ])
  expect(read.findings[0]).toMatchObject({
    firstSeenOn: '2026-01-03',
    solution: 'Install November 2026 Security Updates (KB5012345).',
    output: 'Version 1.2.3\nExploitIsPublic\n["C:\\tools"]',
  })
  expect(read.summary).toMatchObject({ records: 3, scanDate: '2026-11-10T08:00:00.123Z' })
  expect(factsOf(read)).toEqual({
    'vuln.internal_scan_age_days': '0 partial',
    'vuln.critical_open_older_than_30d': '1 partial',
    'vuln.high_open_older_than_30d': '0 partial',
  })
})

it('stands inside, wherever its user stood', async () => {
  const text = samples.find(({ dialect }) => dialect === 'table')?.text ?? ''
  const read = await readAll(defenderImporter, text, { viewpoint: 'external' })
  expect(new Set(read.summary.facts.map(({ scope }) => scope.viewpoint))).toEqual(new Set(['internal']))
  expect(Object.keys(factsOf(read))).toContain('vuln.internal_scan_age_days')
})

it('joins the records of a device that is named only once', async () => {
  const records = [
    { deviceId: 'm', softwareName: 's', cveId: null },
    {
      deviceId: 'm',
      softwareName: 's',
      cveId: 'CVE-2025-1000',
      deviceName: 'late.example',
      vulnerabilitySeverityLevel: 'Odd',
    },
  ]
  const read = await readAll(defenderImporter, JSON.stringify({ value: records }))
  expect(read.assets).toMatchObject([{ key: 'm', hostname: 'late.example' }])
  expect(findingsOf(read)).toEqual(['CVE-2025-1000 s: unknown'])
})

test.each([
  ['{"value":[{"machineId":"m","cveId":"CVE-2025-1000"}]}', true],
  ['[{"machineId":"m","cveId":null}]', true],
  ['{"value":[{"id":"m","computerDnsName":null,"onboardingStatus":"Onboarded"}]}', true],
  ['{"value":[{"id":"CVE-2025-1000","exposedMachines":3}]}', false],
  ['deviceId,cveId,softwareName\nm,,s\n', true],
  ['deviceName,cveId\nm,\n', false],
])('%s is recognised: %s', (text, expected) => {
  expect(isRecognised(defenderImporter, text)).toBe(expected)
})
