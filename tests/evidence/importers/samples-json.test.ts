/** Real files of the JSON formats and their tables, against the counts that were made of them by hand. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { inspectFile } from '#evidence/importers/read-file.server.ts'

const folder = fileURLToPath(new URL('../../../../shared/samples/', import.meta.url))
const isThere = existsSync(folder)
if (!isThere)
  console.warn('Real files are not beside this checkout (../shared/samples): their tests are skipped.')

const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }
const inspect = (name: string) =>
  inspectFile(join(folder, name), { viewpoint: 'external', now: new Date('2026-11-23T12:00:00Z') })

describe.skipIf(!isThere)('real files', () => {
  test.each([
    ['codeQL-output.sarif', { high: 11, medium: 4, low: 57 }, 0, {}, null, '2.5.4'],
    ['bash-report.sarif', { low: 27 }, 0, {}, '2021-03-08T15:39:40.000Z', '1.0.0-scan'],
    ['grype_cxf-3.4.6.sarif', { medium: 22 }, 11, {}, null, '0.34.7'],
    ['suppression_test.sarif', { medium: 5 }, 0, { suppressed: 3 }, null, null],
    ['dockle_0_3_15.sarif', { high: 1, low: 3 }, 0, {}, null, null],
    ['trivy_alpine-310.sarif', { medium: 4 }, 2, {}, null, 'dev'],
  ])('sarif/%s', async (name, findings, cves, counts, scanDate, toolVersion) => {
    const records = Object.values(findings).reduce((sum, count) => sum + count, 0)
    expect(await inspect(`sarif/${name}`)).toMatchObject({
      format: 'sarif',
      assets: 1,
      findings: { ...none, ...findings },
      cves,
      records,
      counts,
      scanDate,
      toolVersion,
      facts: [],
    })
  })

  test.each([
    ['scheme_2_many_vulns.json', 1, { critical: 1, high: 1, medium: 3 }, 5, null],
    ['kubernetes.json', 4, { medium: 6, low: 14 }, 5, null],
    ['legacy_many_vulns.json', 1, { high: 18, medium: 9, low: 65, unknown: 1 }, 55, null],
    ['misconfigurations_and_secrets.json', 1, { critical: 2, high: 2, medium: 1 }, 2, null],
    ['alpine-310.json', 1, { medium: 4 }, 2, '2021-08-25T12:20:30.000Z'],
    ['helm.json', 1, { high: 3, medium: 4, low: 11 }, 0, '2021-08-25T12:20:30.000Z'],
  ])('trivy/%s', async (name, assets, findings, cves, scanDate) => {
    const records = Object.values(findings).reduce((sum, count) => sum + count, 0)
    expect(await inspect(`trivy/${name}`)).toMatchObject({
      format: 'trivy',
      assets,
      findings: { ...none, ...findings },
      cves,
      records,
      counts: {},
      scanDate,
    })
  })

  // The unix time beside the text shows that the machine stood an hour east of UTC; it is exact and wins.
  test.each([
    ['example_output_aws.csv', 4, { low: 1, medium: 1 }, { FAIL: 2, MANUAL: 2 }, '2025-02-14T14:27:03.913Z'],
    [
      'example_output_aws.ocsf.json',
      5,
      { low: 1, medium: 1 },
      { FAIL: 2, MANUAL: 3 },
      '2025-02-14T13:27:03.000Z',
    ],
    [
      'example_output_kubernetes.ocsf.json',
      6,
      { medium: 4, high: 1 },
      { FAIL: 5, PASS: 1 },
      '2025-02-14T13:27:38.000Z',
    ],
    ['v4_many_vuln.ocsf.json', 3, { high: 3 }, { FAIL: 3, suppressed: 1 }, '2024-06-03T14:15:19.382Z'],
  ])('prowler/%s', async (name, records, findings, counts, scanDate) => {
    const read = await inspect(`prowler/${name}`)
    expect(read).toMatchObject({
      format: 'prowler',
      assets: 1,
      findings: { ...none, ...findings },
      cves: 0,
      records,
      scanDate,
    })
    expect(read.counts).toEqual(counts)
  })

  const criticality = { Shall: 55, 'Should/Not-Implemented': 6, Should: 28, 'Shall/Not-Implemented': 3 }
  const outcome = { Pass: 57, 'N/A': 9, Fail: 14, Warning: 12 }
  const scubaDate = '2026-05-04T17:15:48.307Z'
  test.each([
    [
      'ScubaResults_fa5589b7-d528-4f80.json',
      92,
      { products: 6, ...outcome, ...criticality },
      scubaDate,
      '1.8.0',
    ],
    ['ScubaResults.csv', 92, { ...outcome, ...criticality }, null, null],
    ['ActionPlan.csv', 14, { Fail: 14, Shall: 14 }, null, null],
    [
      'TestResults.json',
      93,
      { requirementMet: 57, requirementNotMet: 36, ...criticality, Should: 29 },
      null,
      null,
    ],
  ])('scuba/%s', async (name, records, counts, scanDate, toolVersion) => {
    const read = await inspect(`scuba/${name}`)
    expect(read).toMatchObject({
      format: 'scuba',
      tool: 'ScubaGear',
      assets: 0,
      findings: none,
      records,
      scanDate,
      toolVersion,
    })
    expect(read.counts).toEqual(counts)
    expect(JSON.stringify(read).length).toBeLessThan(6000)
  })

  test('secure_score: points, controls and categories', async () => {
    expect(await inspect('secure_score/secureScore.json')).toMatchObject({
      format: 'secure-score',
      records: 68,
      scanDate: '2024-01-01T00:00:00.000Z',
      counts: {
        scores: 1,
        currentScore: 128,
        maxScore: 274,
        controlScoreSum: 128,
        licensedUsers: 0,
        activeUsers: 1,
        Apps: 53,
        Identity: 11,
        Data: 4,
      },
    })
    expect(await inspect('secure_score/graph_docs_list_securescores.json')).toMatchObject({
      records: 2,
      scanDate: '2019-03-19T15:21:00.000Z',
      counts: {
        scores: 1,
        currentScore: 387,
        maxScore: 697,
        controlScoreSum: 55,
        licensedUsers: 100,
        activeUsers: 0,
        Identity: 1,
        Data: 1,
      },
      facts: [],
    })
  })

  test('entra_mfa: three users, one of them a guest', async () => {
    const read = await inspect('entra_mfa/graph_docs_list_userRegistrationDetails.json')
    expect(read).toMatchObject({
      format: 'entra-mfa',
      records: 3,
      scanDate: '2023-03-13T19:15:41.619Z',
      gaps: [],
    })
    expect(read.counts).toEqual({
      users: 3,
      mfaRegistered: 2,
      mfaCapable: 2,
      admins: 0,
      adminsMfaRegistered: 0,
      passwordless: 0,
      member: 2,
      guest: 1,
    })
  })

  // The ZIP lists a second machine, on which nothing was found.
  test.each([
    ['report_many_vulns.json', 'defender', 1],
    ['defender.zip', 'defender', 2],
  ])('defender/%s', async (name, format, assets) => {
    expect(await inspect(`defender/${name}`)).toMatchObject({
      format,
      assets,
      findings: { ...none, high: 1, medium: 2, low: 1 },
      cves: 4,
      scanDate: null,
      facts: [],
    })
  })

  test.each([
    [
      'known_exploited_vulnerabilities.json',
      1404,
      { declared: 1404, ransomwareKnown: 293 },
      '2025-08-25T17:04:19.979Z',
      '2025.08.25',
    ],
    [
      'vunnel_kev_3_entries.json',
      3,
      { declared: 1273, ransomwareKnown: 0 },
      '2025-02-19T14:08:44.502Z',
      '2025.02.19',
    ],
  ])('kev_epss/%s', async (name, records, counts, scanDate, toolVersion) => {
    expect(await inspect(`kev_epss/${name}`)).toMatchObject({
      format: 'kev',
      records,
      counts,
      scanDate,
      toolVersion,
      facts: [],
    })
  })
})
