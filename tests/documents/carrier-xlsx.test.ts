import { writeFileSync } from 'node:fs'
import ExcelJs from 'exceljs'
import readSheets from 'read-excel-file/node'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DocumentMapping } from '#app/documents/carrier-document.ts'
import { readDocument } from '#app/documents/documents.server.ts'
import { readForm } from '#app/documents/form-file.server.ts'
import { cellName } from '#app/documents/workbook-cell.ts'
import { readWorkbook } from '#app/documents/workbook-sheets.server.ts'
import { codeOf, type Filled, fill, filled, GIVEN, left, map, writeWorkbookForm } from './carrier-forms.ts'
import { FORM, temporaryFiles } from './workbook-forms.ts'
import { readParts, writeParts, writeZip } from './zip-files.ts'

const file = temporaryFiles()
const read = (path: string) => readForm({ path, name: path })

const MAPPING: DocumentMapping = [
  map('Questions!C2', 'mfa'),
  { ...map('Questions!C3', 'interval'), values: { other: 'Other' } },
  map('Questions!C4', 'people'),
  map('Questions!C5', 'revenue'),
  map('Questions!C6', 'tested'),
  map('Questions!C7', 'mfa', 'explanation'),
  map('Questions!C10', '', 'client:domains'),
  map('Insured!B1', '', 'client:legalName'),
  map('Signing sheet!B1', '', 'client:contactName'),
]

/** With parts that libraries drop when they write a workbook they have read. */
async function withChart(name: string): Promise<string> {
  const path = await writeWorkbookForm(file(name))
  const parts = await readParts(path)
  parts.set('xl/charts/chart1.xml', '<c:chartSpace xmlns:c="urn:c"/>')
  parts.set('xl/pivotTables/pivotTable1.xml', '<pivotTableDefinition/>')
  const sheet = parts.get('xl/worksheets/sheet1.xml') ?? ''
  parts.set(
    'xl/worksheets/sheet1.xml',
    sheet.replace('</worksheet>', '<extLst><ext uri="{1}"><a/></ext></extLst></worksheet>'),
  )
  writeParts(path, parts)
  return path
}

describe('a workbook with cells to fill in', () => {
  let path: string
  let done: Filled
  beforeAll(async () => {
    path = await withChart('form.xlsx')
    done = await fill(path, { mapping: MAPPING })
  })

  it('is listed by lists, names, open cells of locked sheets and questions; formulas are left out', () => {
    expect(done.reading).toMatchObject({ kind: 'xlsx', pages: 3 })
    expect(done.reading.fields.map(({ name, label, kind }) => [name, label, kind])).toEqual([
      ['Questions!C2', 'Is MFA demanded everywhere?', 'dropdown'],
      ['Questions!C3', 'How often are backups made?', 'dropdown'],
      ['Questions!C4', 'How many people work there?', 'cell'],
      ['Questions!C5', 'What is the revenue?', 'cell'],
      ['Questions!C6', 'When was a restore last tested?', 'cell'],
      ['Questions!C7', 'Explain what is missing', 'cell'],
      ['Questions!C10', 'Website:', 'cell'],
      ['Questions!E10', 'Telephone:', 'cell'],
      ['Insured!B1', 'Name of applicant', 'cell'],
      ['Signing sheet!B1', 'Contact', 'cell'],
    ])
    expect(done.reading.fields[1]).toMatchObject({ options: ['Daily, or more often', 'Weekly', 'Other'] })
  })

  it('shows the answers in a reader that is not ours, as text, numbers and dates', async () => {
    const sheets = await readSheets(done.path)
    const rows = sheets.find(({ sheet }) => sheet === 'Questions')?.data ?? []
    expect(rows.slice(1, 6).map((row) => row[2])).toEqual([
      'No',
      'Other',
      1234,
      1234567.89,
      new Date('2026-05-31T00:00:00Z'),
    ])
    expect(rows[9]?.[2]).toBe('harbour.example, sons.example')
    expect(sheets.find(({ sheet }) => sheet === 'Insured')?.data[0]).toEqual([
      'Name of applicant',
      'Harbour & Sons Ltd',
    ])
  })

  it('reports what is empty and why', () => {
    expect(left(done)).toEqual({ 'Questions!C7': 'does-not-fit', 'Questions!E10': 'unmapped' })
    expect(filled(done)['Questions!C6']).toBe('2026-05-31')
  })

  it('keeps every other byte: formulas, rules, looks, protection, charts', async () => {
    const before = await readParts(path)
    const after = await readParts(done.path)
    expect([...after.keys()]).toEqual([...before.keys()])
    const changed = [...before.keys()].filter((name) => before.get(name) !== after.get(name))
    expect(changed.sort()).toEqual([
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
      'xl/worksheets/sheet2.xml',
      'xl/worksheets/sheet3.xml',
    ])
    const bare = (xml = '') =>
      xml.replace(/<c [^>]*?(\/>|>[\s\S]*?<\/c>)/g, '').replace(/ spans="[^"]*"/g, '')
    const rows = (xml = '') => bare(xml).replace(/<row[^>]*?(\/>|>\s*<\/row>)/g, '')
    expect(rows(after.get('xl/worksheets/sheet1.xml'))).toBe(rows(before.get('xl/worksheets/sheet1.xml')))
    const workbook = new ExcelJs.Workbook()
    await workbook.xlsx.readFile(done.path)
    const sheet = workbook.getWorksheet('Questions')
    expect(sheet?.getCell('C8').value).toMatchObject({ formula: 'C4*2' })
    expect(sheet?.getCell('C5').numFmt).toBe('#,##0.00')
    expect(sheet?.getCell('C5').fill).toMatchObject({ fgColor: { argb: 'FFFFF2CC' } })
    expect(sheet?.getCell('C2').dataValidation).toMatchObject({ type: 'list', formulae: ['"Yes,No"'] })
    expect(workbook.getWorksheet('Insured')).toMatchObject({ sheetProtection: { sheet: true } })
    expect(after.get('xl/workbook.xml')).toContain('fullCalcOnLoad="1"')
  })

  it('is computed again by whoever opens it', async () => {
    const again = await readForm({ path: done.path, name: 'again.xlsx' })
    expect(again.fields.map(({ name }) => name)).toContain('Questions!C2')
  })
})

describe('text that looks like a formula', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '=HYPERLINK("http://x.example")',
    "'quoted",
    '_x000D_',
    ' <b>&amp; ',
  ])('%s stays text', async (text) => {
    const path = await writeWorkbookForm(file('formula.xlsx'))
    const answers = { ...GIVEN, plan: { state: 'answered', value: { kind: 'text', text } } } as const
    const done = await fill(path, { mapping: [map('Questions!C4', 'plan')], answers })
    const xml = (await readParts(done.path)).get('xl/worksheets/sheet1.xml') ?? ''
    expect(/<c r="C4"[^>]*>/.exec(xml)?.[0]).toContain('t="inlineStr"')
    expect(/<c r="C4"[\s\S]*?<\/c>/.exec(xml)?.[0]).not.toContain('<f>')
    const sheets = await readSheets(done.path)
    const shown = String(sheets[0]?.data[3]?.[2])
    // A reader that does not know Office's escapes shows this one as it is written.
    expect([text.trim(), '_x005F_x000D_']).toContain(shown.trim())
  })
})

describe('a value that the cell refuses', () => {
  it('is left out: no such choice, too long, a text where a number or a date is wanted', async () => {
    const workbook = new ExcelJs.Workbook()
    const sheet = workbook.addWorksheet('Form')
    sheet.addRows([['People?'], ['Tested?'], ['Revenue?'], ['How often?']])
    sheet.getCell('B1').dataValidation = {
      type: 'whole',
      operator: 'greaterThan',
      formulae: [0],
      allowBlank: true,
    }
    sheet.getCell('B2').dataValidation = {
      type: 'date',
      operator: 'greaterThan',
      formulae: [new Date(0)],
      allowBlank: true,
    }
    sheet.getCell('B3').numFmt = 'dd/mm/yyyy'
    sheet.getCell('B4').dataValidation = {
      type: 'list',
      formulae: ['"Daily,Weekly"'],
      allowBlank: true,
      showErrorMessage: true,
    }
    await workbook.xlsx.writeFile(file('strict.xlsx'))
    const done = await fill(file('strict.xlsx'), {
      mapping: [
        map('Form!B1', 'edr-product'),
        map('Form!B2', 'people'),
        map('Form!B3', 'revenue'),
        map('Form!B4', 'interval'),
      ],
    })
    expect(done.report.filled).toEqual([])
    expect(new Set(Object.values(left(done)))).toEqual(new Set(['does-not-fit']))
  })
})

describe('where cells stand in the file', () => {
  const sheetWith = (data: string) =>
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${data}<dataValidations count="1"><dataValidation type="textLength" operator="lessThan" sqref="B1:B3 D2"><formula1>500</formula1></dataValidation></dataValidations></worksheet>`

  it.each([
    ['no rows at all', '<sheetData/>'],
    ['an empty list of rows', '<sheetData></sheetData>'],
    ['rows without cells', '<sheetData><row r="1"/><row r="3" spans="1:1"></row></sheetData>'],
    [
      'cells before and behind',
      '<sheetData><row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>2</v></c><c r="E2"><v>3</v></c></row><row r="9"/></sheetData>',
    ],
    [
      'cells that do not say where they are',
      '<sheetData><row><c><v>1</v></c><c/></row><row><c><v>2</v></c></row></sheetData>',
    ],
    [
      'something that looks like a cell in a comment',
      '<sheetData><!-- <c r="B1"/> --><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<c r="B1"/>]]></t></is></c></row></sheetData>',
    ],
  ])('%s: each value lands in its cell', async (_name, data) => {
    const path = await writeWorkbookForm(file('places.xlsx'))
    const parts = await readParts(path)
    parts.set('xl/worksheets/sheet1.xml', sheetWith(data))
    writeParts(path, parts)
    const cells = ['B1', 'B2', 'B3', 'D2']
    const done = await fill(path, {
      mapping: cells.map((cell) => map(`Questions!${cell}`, '', 'client:legalName')),
    })
    expect(Object.keys(filled(done))).toHaveLength(4)
    const own = (await readWorkbook(done.path)).sheets[0]?.rows.flatMap((row) =>
      [...row.cells].map(([column, cell]) => [cellName(column, row.number), cell] as const),
    )
    for (const cell of cells) {
      expect(own?.find(([name]) => name === cell)?.[1]).toEqual({ kind: 'text', text: 'Harbour & Sons Ltd' })
    }
    // The other reader knows no cells without names.
    if (/<(row|c)\/?>/.test(data)) return
    const rows = (await readSheets(done.path))[0]?.data ?? []
    expect([rows[0]?.[1], rows[1]?.[1], rows[2]?.[1], rows[1]?.[3]]).toEqual(
      Array(4).fill('Harbour & Sons Ltd'),
    )
  })

  it('a rule over a whole column means the rows that ask something', async () => {
    const path = await writeWorkbookForm(file('column.xlsx'))
    const parts = await readParts(path)
    const row = (number: number, text: string) =>
      `<row r="${number}"><c r="A${number}" t="inlineStr"><is><t>${text}</t></is></c></row>`
    parts.set(
      'xl/worksheets/sheet1.xml',
      sheetWith(`<sheetData>${row(1, 'First')}${row(5, 'Second')}</sheetData>`).replace(
        'B1:B3 D2',
        'B1:B1048576',
      ),
    )
    writeParts(path, parts)
    const { fields } = await read(path)
    expect(fields.map(({ name }) => name).filter((name) => name.startsWith('Questions'))).toEqual([
      'Questions!B1',
      'Questions!B5',
    ])
  })
})

describe('a workbook that cannot be filled is refused for what it is', () => {
  it('without cells to fill in', async () => {
    const workbook = new ExcelJs.Workbook()
    workbook.addWorksheet('Prices').addRows([
      ['Item', 'Price'],
      ['Pen', 2],
    ])
    await workbook.xlsx.writeFile(file('flat.xlsx'))
    expect(await codeOf(read(file('flat.xlsx')))).toBe('flat')
  })

  it('with macros, when it is read and when it is filled', async () => {
    const path = await writeWorkbookForm(file('macros.xlsx'))
    const parts = await readParts(path)
    parts.set('xl/vbaProject.bin', 'Sub Auto_Open()')
    writeParts(path, parts)
    expect(await codeOf(read(path))).toBe('macros')
    const error = await readDocument(path, { name: 'macros.xlsx' }).catch((caught) => caught)
    expect(error).toMatchObject({ name: 'WorkbookError', code: 'macros' })
  })

  it('signed', async () => {
    const path = await writeWorkbookForm(file('signed.xlsx'))
    const parts = await readParts(path)
    parts.set('_xmlsignatures/sig1.xml', '<Signature/>')
    writeParts(path, parts)
    expect(await codeOf(read(path))).toBe('signed')
  })

  it('a bomb, a locked file, a cut one, another kind of file', async () => {
    writeZip(file('bomb.xlsx'), [
      { name: '[Content_Types].xml', bytes: '<Types/>' },
      { name: 'xl/a.xml', bytes: Buffer.alloc(20 * 1024 * 1024) },
    ])
    expect(await codeOf(read(file('bomb.xlsx')))).toBe('too-large')
    writeFileSync(file('locked.xlsx'), Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'))
    expect(await codeOf(read(file('locked.xlsx')))).toBe('encrypted')
    writeFileSync(file('cut.xlsx'), Buffer.from('PK\u0003\u0004cut'))
    expect(await codeOf(read(file('cut.xlsx')))).toBe('damaged')
    writeFileSync(file('letter.docx'), Buffer.from('PK\u0003\u0004letter'))
    expect(await codeOf(read(file('letter.docx')))).toBe('not-a-form')
  })
})

it('knows the questions of the form it is mapped to', () => {
  const ids = FORM.sections.flatMap(({ questions }) => questions.map(({ id }) => id))
  expect(ids).toEqual(
    expect.arrayContaining(MAPPING.map(({ questionId }) => questionId).filter((id) => id !== '')),
  )
})
