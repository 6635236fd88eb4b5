import { describe, expect, it } from 'vitest'
import { validateAnswer } from '#questionnaires/answers.ts'
import { NOW, sampleQuestion } from './sample-questions.ts'

const PLACES = [
  { id: 'here', label: 'Here' },
  { id: 'there', label: 'There' },
]
const COLUMNS = [
  { id: 'name', label: 'Name', kind: 'text', maxLength: 10 },
  { id: 'staff', label: 'Staff', kind: 'number', whole: true, min: 1, max: 500 },
  { id: 'income', label: 'Income', kind: 'currency', currency: 'USD' },
  { id: 'since', label: 'Since', kind: 'date' },
  { id: 'mfa', label: 'MFA', kind: 'yes-no' },
  { id: 'place', label: 'Place', kind: 'choice', options: PLACES },
]
const optional = COLUMNS.map((column) => ({ ...column, required: false }))
const table = sampleQuestion('table', { columns: COLUMNS, minimumRows: 1, maximumRows: 3 })
const loose = sampleQuestion('table', { columns: optional, minimumRows: 0, maximumRows: 2 })
const ROW = { name: 'Acme', staff: 12, income: 0, since: '2026-01-31', mfa: 'yes', place: 'there' }

const rows = (...given: unknown[]) => ({ state: 'answered', value: { kind: 'table', rows: given } })
const errorsOf = (question: Parameters<typeof validateAnswer>[0], answer: unknown) => {
  const result = validateAnswer(question, answer, NOW)
  return result.ok ? [] : result.fieldErrors.map(({ path, message }) => [path, message])
}
const storedRows = (question: Parameters<typeof validateAnswer>[0], answer: unknown) => {
  const result = validateAnswer(question, answer, NOW)
  if (!result.ok || result.answer.state !== 'answered' || result.answer.value.kind !== 'table') return null
  return result.answer.value.rows
}

describe('a table', () => {
  it('takes every kind of cell as it is', () => {
    expect(storedRows(table, rows(ROW))).toEqual([ROW])
  })

  it.each(COLUMNS.map(({ id }) => id))('asks for the cell "%s" where its column is required', (id) => {
    const { [id as keyof typeof ROW]: _, ...row } = ROW
    expect(errorsOf(table, rows(ROW, row)).map(([path]) => path)).toEqual([`value.rows.1.${id}`])
    expect(storedRows(loose, rows(row))).toEqual([row])
  })

  it.each<[string, string, unknown, string]>([
    ['blank text', 'name', '  ', 'Enter "Name".'],
    ['text that is too long', 'name', '01234567890', 'Use at most 10 characters.'],
    ['a number as text', 'name', 5, 'Enter "Name".'],
    ['a NUL', 'name', 'a\u0000', 'Remove characters that cannot be printed.'],
    ['half a surrogate pair', 'name', '\ud800', 'Remove characters that cannot be printed.'],
    ['text that prints in another order', 'name', 'a\u2066b', 'Remove characters that cannot be printed.'],
    ['a number typed as text', 'staff', '12', 'Enter a whole number.'],
    ['half a person', 'staff', 1.5, 'Enter a whole number.'],
    ['too few', 'staff', 0, 'Enter 1 or more.'],
    ['too many', 'staff', 501, 'Enter 500 or less.'],
    ['an empty number field', 'staff', Number.NaN, 'Enter a whole number.'],
    ['half a cent', 'income', 0.5, 'Enter an amount.'],
    ['a debt', 'income', -1, 'Enter an amount of zero or more.'],
    ['money beyond counting', 'income', 1e15, 'This amount is too large. Check the digits.'],
    ['a day that does not exist', 'since', '2026-02-30', 'Enter a date.'],
    ['a half-typed year', 'since', '0202-01-31', 'Check the year.'],
    ['an answer between yes and no', 'mfa', 'sometimes', 'Choose yes or no.'],
    ['a tick box', 'mfa', true, 'Choose yes or no.'],
    ['an option that does not exist', 'place', 'elsewhere', 'Choose "Place".'],
    ['an inherited name as an option', 'place', 'toString', 'Choose "Place".'],
  ])('refuses %s at its cell', (_, id, cell, message) => {
    expect(errorsOf(table, rows(ROW, { ...ROW, [id]: cell }))).toEqual([[`value.rows.1.${id}`, message]])
  })

  it('refuses too few and too many rows in the number that counts', () => {
    expect(errorsOf(table, rows())).toEqual([['value.rows', 'Fill in at least 1 row.']])
    const three = { ...table, minimumRows: 3 }
    expect(errorsOf(three, rows(ROW, ROW))).toEqual([['value.rows', 'Fill in at least 3 rows.']])
    expect(errorsOf(three, rows(ROW, ROW, ROW))).toEqual([])
    expect(errorsOf(table, rows(ROW, ROW, ROW, ROW))).toEqual([['value.rows', 'There is room for 3 rows.']])
    expect(errorsOf({ ...table, maximumRows: 1 }, rows(ROW, ROW))).toEqual([
      ['value.rows', 'There is room for 1 row.'],
    ])
  })

  it('may list nothing where the edition allows no rows', () => {
    expect(storedRows(loose, rows())).toEqual([])
  })

  it('refuses a row that says nothing', () => {
    const message = 'Fill in this row or remove it.'
    expect(errorsOf(loose, rows({}))).toEqual([['value.rows.0', message]])
    expect(errorsOf(loose, rows({ name: 'Acme' }, { name: ' ' }))).toEqual([['value.rows.1', message]])
    expect(errorsOf(loose, rows({ unknown: 'Acme' }))).toEqual([['value.rows.0', message]])
  })

  it('stores no empty cells and no columns that it does not have', () => {
    const given = { ...ROW, name: '  ', 'no-such-column': 'x', constructor: 'y' }
    const { name: _, ...stored } = ROW
    expect(storedRows(loose, rows(given))).toEqual([stored])
  })

  it('trims cells and keeps them on one line', () => {
    expect(storedRows(table, rows({ ...ROW, name: ' A \r\n B ' }))).toEqual([{ ...ROW, name: 'A B' }])
  })

  it.each([
    ['no rows', undefined, 'Fill in the table.'],
    ['text', 'Acme', 'Fill in the table.'],
    ['one row without a list', ROW, 'Fill in the table.'],
  ])('refuses %s', (_, given, message) => {
    const answer = { state: 'answered', value: { kind: 'table', rows: given } }
    expect(errorsOf(table, answer)[0]).toEqual(['value.rows', message])
  })

  it.each([[null], ['Acme'], [5], [[ROW]]])('refuses %j as a row', (row) => {
    expect(errorsOf(loose, rows(row))).toEqual([
      ['value.rows.0', 'This row cannot be read. Reload the page.'],
    ])
  })

  it('does not mistake a row named like a prototype for cells', () => {
    const hostile = JSON.parse('{ "__proto__": { "name": "Mallory" }, "staff": 3 }') as unknown
    expect(storedRows(loose, rows(hostile))).toEqual([{ staff: 3 }])
  })

  it('is accepted again as it was stored', () => {
    const stored = storedRows(loose, rows({ ...ROW, name: ' x ' }, { since: '2026-01-01' }))
    expect(storedRows(loose, rows(...(stored ?? [])))).toEqual(stored)
  })
})

describe('attached files', () => {
  const question = sampleQuestion('attachment', { maximumFiles: 2 })
  const file = (digit: number, fields: object = {}) => ({
    revisionId: `00000000-0000-4000-8000-00000000000${digit}`,
    fileName: `loss-runs-${digit}.pdf`,
    sha256: String(digit).repeat(64),
    ...fields,
  })
  const attached = (...files: unknown[]) => ({ state: 'answered', value: { kind: 'attachment', files } })

  it('are taken up to the number that the question allows', () => {
    expect(validateAnswer(question, attached(file(1), file(2)), NOW)).toEqual({
      ok: true,
      answer: attached(file(1), file(2)),
    })
  })

  const UNKNOWN = 'This file is not known. Choose it from the evidence.'
  it.each<[string, unknown[], string, string]>([
    ['none', [], 'value.files', 'Attach at least one file.'],
    ['one too many', [file(1), file(2), file(3)], 'value.files', 'Attach at most 2 files.'],
    ['one twice', [file(1), file(1)], 'value.files', 'A file is attached twice.'],
    [
      'one twice under another name',
      [file(1), file(1, { fileName: 'other.pdf', sha256: 'b'.repeat(64) })],
      'value.files',
      'A file is attached twice.',
    ],
    ['an id that is no id', [file(1, { revisionId: '../1' })], 'value.files.0.revisionId', UNKNOWN],
    ['no id', [file(1, { revisionId: undefined })], 'value.files.0.revisionId', UNKNOWN],
    ['a hash in capitals', [file(1, { sha256: 'A'.repeat(64) })], 'value.files.0.sha256', UNKNOWN],
    ['a hash that is too short', [file(1, { sha256: 'a'.repeat(63) })], 'value.files.0.sha256', UNKNOWN],
    [
      'a hash with more behind it',
      [file(1, { sha256: `${'a'.repeat(64)}\n` })],
      'value.files.0.sha256',
      UNKNOWN,
    ],
    [
      'no name',
      [file(1, { fileName: ' ' })],
      'value.files.0.fileName',
      'This file has no name. Choose it again.',
    ],
    [
      'a name that prints in another order',
      [file(1, { fileName: 'a\u202efdp.exe' })],
      'value.files.0.fileName',
      'Remove characters that cannot be printed.',
    ],
    ['an id in place of a file', [file(1).revisionId], 'value.files.0', UNKNOWN],
    ['null', [null], 'value.files.0', UNKNOWN],
  ])('are refused: %s', (_, files, path, message) => {
    expect(errorsOf(question, attached(...files))).toEqual([[path, message]])
  })

  it('are counted in words', () => {
    const one = sampleQuestion('attachment', { maximumFiles: 1 })
    expect(errorsOf(one, attached(file(1), file(2)))).toEqual([['value.files', 'Attach at most 1 file.']])
    expect(errorsOf(one, { state: 'answered', value: { kind: 'attachment' } })).toEqual([
      ['value.files', 'Attach at least one file.'],
    ])
  })

  it('are stored without what nobody asked for', () => {
    expect(validateAnswer(question, attached(file(1, { path: '/etc/passwd' })), NOW)).toEqual({
      ok: true,
      answer: attached(file(1)),
    })
  })
})
