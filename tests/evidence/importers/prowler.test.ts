import { expect, it, test } from 'vitest'
import { prowlerImporter } from '#evidence/importers/prowler.ts'
import { samples } from '../../fixtures/importers/prowler.ts'
import { readAll } from './read-all.ts'
import { factsOf, findingsOf, isRecognised, readSample } from './sample-of.ts'

it('takes status_code for the outcome and status for the muting', async () => {
  const read = await readSample(prowlerImporter, samples)
  expect(findingsOf(read)).toEqual([
    'entra_admin_mfa policy-1: high',
    'entra_admin_mfa policy-2: high*',
    'tenant_odd: unknown',
  ])
  expect(read.findings[0]).toMatchObject({
    title: 'Check entra_admin_mfa',
    solution: 'Turn it on.',
    output: 'entra_admin_mfa on policy-1\npolicy-1, eu-west-1',
  })
  expect(read.assets).toMatchObject([{ key: 'm365 tenant-1', externalId: 'tenant-1' }])
  expect(read.summary).toMatchObject({
    toolVersion: '5.4.0',
    scanDate: '2026-11-10T08:00:00.000Z',
    records: 5,
    scope: 'm365 tenant-1',
    counts: { PASS: 1, FAIL: 3, MANUAL: 1, suppressed: 1 },
  })
  expect(factsOf(read)).toEqual({ 'mfa.legacy_auth_blocked': 'true complete' })
  expect(read.summary.facts[0]?.scope.viewpoint).toBe('tenant')
})

it('proves nothing by a check that failed', async () => {
  const text = (samples[0]?.text ?? '').replace('"PASS"', '"FAIL"')
  expect((await readAll(prowlerImporter, text)).summary.facts).toEqual([])
})

test.each([
  ['version 3 list', ['s3_public arn:aws:s3:::lake: critical'], { FAIL: 1, PASS: 1 }],
  [
    'table',
    ['s3_public arn:aws:s3:::lake: critical', 's3_log arn:aws:s3:::lake: low*'],
    { FAIL: 2, suppressed: 1, PASS: 1 },
  ],
  ['version 2 table', ['check12 ada: high'], { FAIL: 1, INFO: 1 }],
])('%s', async (dialect, findings, counts) => {
  const read = await readSample(prowlerImporter, samples, dialect)
  expect(findingsOf(read)).toEqual(findings)
  expect(read.summary.counts).toEqual(counts)
  expect(read.assets.map(({ key }) => key)).toEqual(['aws 123456789012'])
})

it('reads the first OCSF form, whose status was the outcome', async () => {
  const read = await readAll(
    prowlerImporter,
    JSON.stringify([
      {
        finding: { title: 'Root has MFA', remediation: { desc: 'Turn it on.' } },
        resources: [{ uid: 'arn:root' }],
        severity: 'Critical',
        status: 'Failure',
        cloud: { provider: 'AWS', account: { uid: '1' } },
        time: '2026-11-10T08:00:00.5',
        metadata: { product: { name: 'Prowler', version: '3.9.0', feature: { uid: 'iam_root_mfa' } } },
      },
    ]),
  )
  expect(findingsOf(read)).toEqual(['iam_root_mfa arn:root: critical'])
  expect(read.summary).toMatchObject({ scanDate: '2026-11-10T08:00:00.500Z', counts: { FAIL: 1 } })
})

test.each([
  ['[{"metadata":{"product":{"name":"Prowler"}},"status_code":"FAIL"}]', true],
  ['[{"metadata":{"product":{"name":"Another"}},"status_code":"FAIL","class_uid":2004}]', false],
  ['CHECK_ID;CHECK_TITLE;STATUS;SEVERITY\na;b;FAIL;low\n', false],
  ['PROVIDER;CHECK_ID;CHECK_TITLE;STATUS;SEVERITY\naws;a;b;FAIL;low\n', true],
])('%s is recognised: %s', (text, expected) => {
  expect(isRecognised(prowlerImporter, text)).toBe(expected)
})
