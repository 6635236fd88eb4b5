import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { inspectFile } from '#evidence/importers/read-file.server.ts'

const folder = fileURLToPath(new URL('../../../../shared/samples/nessus/', import.meta.url))

const isThere = existsSync(folder)
if (!isThere)
  console.warn('Real Nessus files are not beside this checkout (../shared/samples): their tests are skipped.')

describe.skipIf(!isThere)('real Nessus files', () => {
  test.each([
    [
      'nessus_with_cvssv3.nessus',
      {
        assets: 1,
        records: 49,
        findings: { critical: 2, high: 10, medium: 13, low: 1, info: 23 },
        cves: 136,
        scanDate: '2022-03-23T14:07:52.000Z',
      },
    ],
    [
      'dradis_example_v2.nessus',
      {
        assets: 2,
        records: 69,
        findings: { critical: 0, high: 0, medium: 3, low: 47, info: 19 },
        cves: 3,
        scanDate: '2009-12-11T03:25:29.000Z',
      },
    ],
    [
      'nessus_was_one_vuln.xml',
      {
        assets: 1,
        records: 1,
        findings: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
        cves: 0,
        scanDate: '2021-03-12T14:35:34.341Z',
      },
    ],
  ])('%s counts as its source says', async (name, expected) => {
    const path = join(folder, name)
    const inspection = await inspectFile(path, {
      viewpoint: 'external',
      now: new Date('2026-02-10T12:00:00Z'),
    })
    expect(inspection).toMatchObject({ format: 'nessus', ...expected })
  })
})
