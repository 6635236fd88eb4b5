import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, describe, expect, test } from 'vitest'
import type { ColumnMapping } from '#evidence/importers/importer.ts'
import { suggestMapping } from '#evidence/importers/table/suggest.ts'
import { readMapped, tableImporter } from '#evidence/importers/table.ts'
import { isWorkbook, readWorkbookRows } from '#evidence/importers/xlsx-rows.server.ts'
import { readAll, refusalOf } from './read-all.ts'

const folder = mkdtempSync(join(tmpdir(), 'attested-table-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const portal = [
  ['Exported by the portal'],
  [
    'Device',
    'IP',
    'Vulnerability Name',
    'Severity',
    'CVE',
    'Recommended Action',
    'Last Detected',
    'Customer',
  ],
  [
    'fs01',
    '192.0.2.5',
    'Old file service',
    'Critical',
    'CVE-2026-20001',
    'Switch it off',
    '31/10/2026 10:00',
    'Lake office',
  ],
  [
    'fs01',
    '192.0.2.5',
    'Weak cipher',
    'moderate',
    '',
    '=HYPERLINK("http://x")',
    '31/10/2026 10:00',
    'Lake office',
  ],
  ['', '192.0.2.6', 'No rating', '', '', '', '31/10/2026 10:00', 'Lake office'],
]
const csvOf = (rows: string[][]) =>
  rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')

describe('a guess at the columns', () => {
  test('finds the header under a preamble, and tells findings from devices by names and cells', () => {
    const suggestion = suggestMapping(portal)
    expect(suggestion?.mapping).toEqual({
      rowsAre: 'findings',
      tool: '',
      dayFirst: true,
      columns: {
        title: 'Vulnerability Name',
        hostname: 'Device',
        address: 'IP',
        severity: 'Severity',
        cve: 'CVE',
        solution: 'Recommended Action',
        lastSeen: 'Last Detected',
        scope: 'Customer',
      },
    })
  })

  test.each([
    [
      'users',
      [
        ['User principal name', 'MFA registered', 'Is admin', 'Enabled'],
        ['a@lake.example', 'Yes', 'No', 'True'],
      ],
    ],
    [
      'backup-runs',
      [
        ['Plan', 'Last backup', 'Status', 'Server'],
        ['Nightly', '2026-11-10 02:00', 'Success', 'dc1'],
      ],
    ],
    [
      'devices',
      [
        ['Friendly name', 'OS', 'Last response', 'BitLocker'],
        ['ws-1', 'Windows 11', '2026-11-10', 'On'],
      ],
    ],
    [
      'training',
      [
        ['Learner', 'Course name', 'Completion status', 'Completed on'],
        ['a@lake.example', 'Passwords', 'Completed', '2026-11-01'],
      ],
    ],
    [
      'phishing',
      [
        ['Campaign', 'Sent', 'Clicked', 'Reported'],
        ['Parcel', '10', '1', '3'],
      ],
    ],
  ])('%s', (rowsAre, rows) => {
    expect(suggestMapping(rows)?.mapping.rowsAre).toBe(rowsAre)
  })

  test.each([
    [[]],
    [[['one column'], ['x']]],
    [
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
  ])('%j gives none', (rows) => {
    expect(suggestMapping(rows)).toBeNull()
  })
})

const mapping: ColumnMapping = {
  ...(suggestMapping(portal)?.mapping as ColumnMapping),
  tool: 'Nodeware',
}

test('a table is read by the confirmed mapping, and counts as the tool that the person named', async () => {
  const { findings, assets, summary } = await readAll(tableImporter, csvOf(portal), { mapping })
  expect(summary).toMatchObject({
    format: 'table',
    tool: 'Nodeware',
    scope: 'Lake office',
    records: 3,
    scanDate: '2026-10-31T10:00:00.000Z',
  })
  expect(assets.map(({ key }) => key)).toEqual(['fs01', '192.0.2.6'])
  expect(findings.map(({ title, severity, cves, solution }) => [title, severity, cves, solution])).toEqual([
    ['Old file service', 'critical', ['CVE-2026-20001'], 'Switch it off'],
    ['Weak cipher', 'medium', [], '=HYPERLINK("http://x")'],
    ['No rating', 'unknown', [], null],
  ])
})

test('without a mapping, or with one for other columns, it is refused with what to do', async () => {
  expect((await refusalOf(tableImporter, csvOf(portal)))?.message).toMatch(/Explain them first/)
  const other = { ...mapping, columns: { ...mapping.columns, title: 'Weakness' } }
  expect((await refusalOf(tableImporter, csvOf(portal), { mapping: other }))?.message).toMatch(/Weakness/)
})

test('the same rows in a workbook, with dates and formulas, say the same', async () => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Findings')
  portal.forEach((cells, at) => {
    const row = sheet.addRow(cells)
    if (at > 1) {
      row.getCell(7).value = new Date('2026-10-31T10:00:00Z')
      row.getCell(7).numFmt = 'yyyy-mm-dd hh:mm'
    }
    if (at === 2) row.getCell(3).value = { formula: 'A1&B1', result: 'Old file service' }
  })
  const path = join(folder, 'portal.xlsx')
  await book.xlsx.writeFile(path)
  const reading = readMapped(readWorkbookRows(path), mapping, {
    viewpoint: 'internal',
    now: new Date('2026-11-20T12:00:00Z'),
  })
  let step = await reading.next()
  const titles: string[] = []
  for (; !step.done; step = await reading.next())
    if (step.value.type === 'finding') titles.push(step.value.finding.title)
  expect(titles).toEqual(['Old file service', 'Weak cipher', 'No rating'])
  expect(step.value.scanDate).toBe('2026-10-31T10:00:00.000Z')
})

test('a file that only claims to be a workbook is refused', async () => {
  const path = join(folder, 'false.xlsx')
  writeFileSync(path, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(300)]))
  await expect(readWorkbookRows(path).next()).rejects.toMatchObject({
    name: 'ImportError',
    code: 'malformed',
  })
  expect(isWorkbook(Buffer.from('PK\u0003\u0004'))).toBe(false)
})
