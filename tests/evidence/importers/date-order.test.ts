import { describe, expect, test } from 'vitest'
import { backupJobsImporter } from '#evidence/importers/backup-jobs.ts'
import type { ColumnMapping } from '#evidence/importers/importer.ts'
import { parseTableMoment } from '#evidence/importers/scan/table-dates.ts'
import { tableImporter } from '#evidence/importers/table.ts'
import { readAll } from './read-all.ts'

type RowsAre = ColumnMapping['rowsAre']
const TABLES: [RowsAre, string[], (date: string) => string[]][] = [
  [
    'devices',
    ['hostname', 'system', 'lastSeen', 'protection'],
    (date) => ['ws-1', 'Windows 11', date, 'Yes'],
  ],
  ['backup-runs', ['job', 'result', 'ended'], (date) => ['Nightly', 'Success', date]],
  [
    'training',
    ['email', 'course', 'status', 'completed'],
    (date) => ['a@lake.example', 'One', 'Passed', date],
  ],
  ['phishing', ['campaign', 'delivered', 'clicked', 'when'], (date) => ['Parcel', '10', '1', date]],
]

describe.each(TABLES)('a table of %s', (rowsAre, fields, rowOf) => {
  const dayOf = async (dayFirst: boolean, ...dates: string[]) => {
    const mapping = {
      rowsAre,
      tool: 'Portal',
      dayFirst,
      columns: Object.fromEntries(fields.map((field) => [field, `Our ${field}`])),
    }
    const rows = [fields.map((field) => `Our ${field}`), ...dates.map(rowOf)]
    const text = `${rows.map((cells) => cells.join(',')).join('\n')}\n`
    return (await readAll(tableImporter, text, { mapping })).summary.scanDate?.slice(0, 10)
  }

  test('has the order of its dates from the person who explained it', async () => {
    expect(await dayOf(true, '05/11/2026')).toBe('2026-11-05')
    expect(await dayOf(false, '05/11/2026')).toBe('2026-05-11')
  })

  test('names the day first where its dates have dots', async () => {
    expect(await dayOf(false, '05.11.2026')).toBe('2026-11-05')
  })
})

describe('a column of dates', () => {
  const read = async (...dates: string[]) => {
    const rows = dates.map((date, at) => `Nightly ${at},Success,${date}`)
    const { summary } = await readAll(backupJobsImporter, `Backup Job,Result,End Time\n${rows.join('\n')}\n`)
    const age = summary.facts.find(({ key }) => key === 'backup.last_success_age_hours')
    return [summary.scanDate?.slice(0, 10), age?.completeness]
  }

  test('has one order, that one cell shows for all, before it or after', async () => {
    expect(await read('11/10/2026', '31/01/2026')).toEqual(['2026-10-11', 'complete'])
    expect(await read('31/01/2026', '11/10/2026')).toEqual(['2026-10-11', 'complete'])
    expect(await read('11/10/2026', '01/31/2026')).toEqual(['2026-11-10', 'complete'])
  })

  test('that shows both orders has the usual one, and what does not fit it is no date', async () => {
    expect(await read('10/31/2026', '31/12/2025')).toEqual(['2026-10-31', 'partial'])
  })
})

test.each([
  ['05.11.2026', '2026-11-05'],
  ['05.11.2026 08:30', '2026-11-05'],
  ['05/11/2026', '2026-05-11'],
])('%s, with no word about the order', (text, day) => {
  expect(new Date(parseTableMoment(text)?.time ?? 0).toISOString().slice(0, 10)).toBe(day)
})
