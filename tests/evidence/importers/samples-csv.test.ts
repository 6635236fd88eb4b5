import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { inspectFile } from '#evidence/importers/read-file.server.ts'

const folder = fileURLToPath(new URL('../../../../shared/samples/', import.meta.url))
const isThere = existsSync(folder)
if (!isThere)
  console.warn('Real CSV files are not beside this checkout (../shared/samples): their tests are skipped.')

const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }

describe.skipIf(!isThere)('real tables of scanners', () => {
  test.each([
    [
      'nessus/nessus_many_vuln2-all.csv',
      { assets: 1, cves: 1, findings: { ...none, medium: 1, info: 29 }, scanDate: null },
    ],
    [
      'nessus/tenable_sc_issue_9612.csv',
      {
        tool: 'Tenable.sc',
        assets: 2,
        cves: 0,
        findings: { ...none, critical: 3 },
        scanDate: '2024-02-19T21:01:01.000Z',
      },
    ],
    [
      'nessus/nessus-template.csv',
      { assets: 2, cves: 5, findings: { ...none, critical: 1, high: 1, medium: 3 } },
    ],
    [
      'openvas/many_vuln.csv',
      {
        assets: 1,
        cves: 2,
        findings: { ...none, high: 1, medium: 2, low: 1 },
        scanDate: '2021-05-26T20:50:18.000Z',
      },
    ],
    [
      'openvas/report_detail_v2.csv',
      { assets: 1, cves: 93, findings: { ...none, high: 1 }, scanDate: '2025-08-22T14:27:22.000Z' },
    ],
    [
      'openvas/report_using_openVAS.csv',
      { assets: 1, cves: 0, findings: { ...none, low: 1, info: 12 }, scanDate: '2024-03-18T12:46:31.000Z' },
    ],
    ['qualys/Qualys_Sample_Report.csv', { assets: 4, cves: 23, findings: { ...none, critical: 6 } }],
    [
      'qualys/vmdr_many_vulns_qid.csv',
      {
        assets: 5,
        cves: 0,
        findings: { ...none, critical: 1, high: 1, medium: 1, low: 1, info: 1 },
        scanDate: '2026-02-04T15:00:00.000Z',
      },
    ],
    ['qualys/vmdr_one_vuln_cve.csv', { assets: 1, cves: 1, findings: { ...none, critical: 1 } }],
  ])('%s counts as its source says', async (name, expected) => {
    const inspection = await inspectFile(join(folder, name), {
      viewpoint: 'internal',
      now: new Date('2026-11-20T12:00:00Z'),
    })
    expect(inspection).toMatchObject(expected)
  })
})
