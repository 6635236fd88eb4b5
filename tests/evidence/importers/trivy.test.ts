import { expect, it, test } from 'vitest'
import { trivyImporter } from '#evidence/importers/trivy.ts'
import { samples } from '../../fixtures/importers/trivy.ts'
import { readAll } from './read-all.ts'
import { factsOf, findingsOf, isRecognised, readSample } from './sample-of.ts'

it('reads packages, settings and secrets of an image', async () => {
  const read = await readSample(trivyImporter, samples)
  expect(read.assets).toEqual([
    {
      key: 'registry.lake.example/shop:7',
      hostname: null,
      address: null,
      externalId: 'registry.lake.example/shop:7',
      operatingSystem: 'debian 9.1',
      credentialed: null,
    },
  ])
  expect(findingsOf(read)).toEqual([
    'CVE-2025-10020 libwater: critical',
    'CVE-2025-10020 libwater-dev: high',
    'nameless: unknown',
    'DS900 Dockerfile: high',
    'private-key app/key.pem: high',
  ])
  expect(read.findings[0]).toMatchObject({
    title: 'libwater: leak',
    cves: ['CVE-2025-10020'],
    solution: 'Update libwater to 1.0-2.',
  })
  expect(read.findings[4]?.output).not.toContain('BEGIN')
  expect(read.summary).toMatchObject({
    toolVersion: '0.60.0',
    scanDate: '2026-11-10T06:00:00.123Z',
    records: 6,
    counts: { licenses: 1 },
  })
  expect(factsOf(read)).toEqual({
    'vuln.critical_open_older_than_30d': '1 partial',
    'vuln.high_open_older_than_30d': '0 partial',
    'vuln.eol_os_count': '1 partial',
  })
})

it('looks from inside, wherever its user stood', async () => {
  const read = await readAll(trivyImporter, samples[0]?.text ?? '', { viewpoint: 'external' })
  expect(new Set(read.summary.facts.map(({ scope }) => scope.viewpoint))).toEqual(new Set(['internal']))
  expect(Object.keys(factsOf(read))).not.toContain('vuln.critical_external_open_count')
})

it('takes the first target of the older list for the image', async () => {
  const read = await readSample(trivyImporter, samples, 'legacy list')
  expect(read.assets).toMatchObject([{ key: 'shop:6', operatingSystem: 'alpine 3.9' }])
  expect(findingsOf(read)).toEqual([
    'CVE-2025-10020 libwater: critical',
    'CVE-2025-10020 libwater-dev: high',
    'nameless: unknown',
    'CVE-2025-10020 libwater-dev app/package-lock.json: high',
  ])
  expect(read.summary).toMatchObject({ scanDate: null, facts: [] })
})

test.each([
  ['kubernetes', ['default/Deployment/shop', 'default/Service/shop']],
  ['kubernetes, split by kind', ['default/Deployment/shop']],
])('%s: each resource is an asset', async (dialect, keys) => {
  const read = await readSample(trivyImporter, samples, dialect)
  expect(read.assets.map(({ key }) => key)).toEqual(keys)
  expect(read.findings).toHaveLength(4)
  expect(read.summary.scope).toBe('lake-cluster')
})

it('finds nothing in an image without weaknesses, and keeps the image', async () => {
  const read = await readAll(
    trivyImporter,
    '{"SchemaVersion":2,"ArtifactName":"clean:1","CreatedAt":"2026-11-10T08:00:00Z"}',
  )
  expect(read.assets.map(({ key }) => key)).toEqual(['clean:1'])
  expect(factsOf(read)).toMatchObject({ 'vuln.critical_open_older_than_30d': '0 partial' })
})

test.each([
  ['{"SchemaVersion":2,"ArtifactName":"a","Results":null}', true],
  ['[{"Target":"a","Vulnerabilities":null}]', true],
  ['{"ClusterName":"c","Resources":[]}', true],
  ['{"ArtifactName":"a"}', false],
  ['{"SchemaVersion":2}', false],
  ['null', false],
])('%s is recognised: %s', (text, expected) => {
  expect(isRecognised(trivyImporter, text)).toBe(expected)
})
