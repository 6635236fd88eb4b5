import { readFileSync } from 'node:fs'
import { PDF, PdfNumber, PdfString } from '@libpdf/core'
import ExcelJs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { countFillable, fieldsInWords } from '#app/documents/field-counts.ts'
import { hasTool, runTool } from '../report/outside-tools.ts'
import { drawForm, type Filled, fill, GIVEN, left, map, rawValues, savePdf } from './carrier-forms.ts'
import { temporaryFiles } from './workbook-forms.ts'

const file = temporaryFiles()

const removed = ({ report }: Filled) =>
  Object.fromEntries(
    report.leftEmpty.flatMap(({ field, removed }) => (removed === undefined ? [] : [[field, removed]])),
  )
const kept = ({ report }: Filled) => Object.fromEntries(report.kept.map(({ field, value }) => [field, value]))
const valueIn = async (path: string, name: string) =>
  (await PDF.load(readFileSync(path)))
    .getForm()
    ?.getFields()
    .find((field) => field.name === name)
    ?.getValue()

/** One field of each kind, each holding something already. */
async function prefilledPdf(name: string): Promise<string> {
  const drawn = drawForm()
  drawn.text('applicant', 'Name of applicant').setValue('Previous applicant Inc')
  drawn.text('short', 'Short name', { maxLength: 5 }).setValue('Prev')
  drawn.text('policy', 'Policy number').setValue('POL-2025')
  drawn.tick('mfa_yes', 'MFA everywhere? Yes').check()
  drawn.radio('mfa', 'MFA demanded everywhere?', ['Yes', 'No']).setValue('Yes')
  drawn.dropdown('records', 'Records held', ['Fewer', 'Up to 999']).setValue('Fewer')
  drawn
    .list('protections', 'Which protect e-mail?', ['Links are checked', 'Sandbox'])
    .setValue(['Links are checked', 'Sandbox'])
  const fixed = drawn.text('fixed', 'For the insurer')
  fixed.setValue('Agreed in 2025')
  fixed.acroField().set('Ff', PdfNumber.of(1))
  drawn.signature('signature', 'Signature')
  return savePdf(file(name), drawn.pdf)
}

const ALL = [
  map('applicant', 'nobody-asks'),
  map('short', '', 'client:legalName'),
  map('mfa_yes', 'mfa', 'choice:yes'),
  map('mfa', 'mfa'),
  map('records', 'records'),
  map('protections', 'protections'),
]

describe('a PDF that came with something in its fields', () => {
  it('keeps what is not ours to fill, and names each value', async () => {
    const done = await fill(await prefilledPdf('kept.pdf'), { mapping: [] })
    expect(kept(done)).toEqual({
      applicant: 'Previous applicant Inc',
      short: 'Prev',
      policy: 'POL-2025',
      mfa_yes: 'Ticked',
      mfa: 'Yes',
      records: 'Fewer',
      protections: 'Links are checked; Sandbox',
      fixed: 'Agreed in 2025',
    })
    expect(done.report.kept[0]).toMatchObject({ label: 'Name of applicant', why: 'unmapped' })
    expect(done.report.kept.at(-1)).toMatchObject({ field: 'fixed', why: 'read-only' })
    expect(left(done)).toEqual({ signature: 'signature' })
    expect(rawValues(done.path).get('policy')).toBe('POL-2025')
  })

  it('loses what no answer supports in the fields that are mapped, and says what that was', async () => {
    const done = await fill(await prefilledPdf('removed.pdf'), { mapping: ALL, answers: {} })
    expect(left(done)).toEqual({
      applicant: 'no-answer',
      short: 'does-not-fit',
      mfa_yes: 'no-answer',
      mfa: 'no-answer',
      records: 'no-answer',
      protections: 'no-answer',
      signature: 'signature',
    })
    expect(removed(done)).toEqual({
      applicant: 'Previous applicant Inc',
      short: 'Prev',
      mfa_yes: 'Ticked',
      mfa: 'Yes',
      records: 'Fewer',
      protections: 'Links are checked; Sandbox',
    })
    expect(kept(done)).toEqual({ policy: 'POL-2025', fixed: 'Agreed in 2025' })
    for (const name of ['applicant', 'short', 'records']) expect(await valueIn(done.path, name)).toBe('')
    for (const name of ['mfa_yes', 'mfa']) expect(rawValues(done.path).get(name)).toBe('Off')
    expect(await valueIn(done.path, 'protections')).toEqual([])
    const form = (await PDF.load(readFileSync(done.path))).getForm()
    for (const name of ['mfa_yes', 'mfa']) {
      const widgets =
        form
          ?.getFields()
          .find((field) => field.name === name)
          ?.getWidgets() ?? []
      expect(widgets.map((widget) => widget.dict.getName('AS')?.value ?? 'Off')).not.toContain('Yes')
    }
    expect((await fill(done.path, { mapping: ALL, answers: {} })).report.kept).toHaveLength(2)
    if (!hasTool('pdftotext') || !hasTool('qpdf')) return
    const text = runTool('pdftotext', ['-layout', done.path, '-']).output
    expect(text).not.toMatch(/Previous applicant|Prev\b/)
    expect(text).toContain('POL-2025')
    expect(runTool('qpdf', ['--check', done.path]).status).toBe(0)
  })

  it('holds the answer alone where there is one', async () => {
    const done = await fill(await prefilledPdf('answered.pdf'), {
      mapping: [map('applicant', '', 'client:legalName'), map('mfa_yes', 'mfa', 'choice:yes')],
    })
    expect(done.report.filled).toEqual([
      { field: 'applicant', label: 'Name of applicant', text: 'Harbour & Sons Ltd' },
      { field: 'mfa_yes', label: 'MFA everywhere? Yes', text: 'Not ticked' },
    ])
    expect(removed(done)).toEqual({})
    expect(rawValues(done.path).get('mfa_yes')).toBe('Off')
  })

  it('is cleared also of what stands above the field, and of a tick without a value', async () => {
    const drawn = drawForm()
    const tick = drawn.tick('drawn', 'Drawn ticked')
    tick.check()
    tick.acroField().delete('V')
    const text = drawn.text('inherits', 'Inherits')
    const parent = drawn.text('parent', 'Parent')
    parent.acroField().set('V', PdfString.fromString('From above'))
    const above = parent.getRef()
    if (above) text.acroField().set('Parent', above)
    const path = await savePdf(file('above.pdf'), drawn.pdf)
    const reading = (await fill(path, { mapping: [] })).reading
    const name = reading.fields.find(({ name }) => name.includes('inherits'))?.name ?? ''
    const done = await fill(path, {
      mapping: [map('drawn', 'nobody-asks', 'choice:yes'), map(name, 'nobody-asks')],
    })
    expect(removed(done)).toEqual({ drawn: 'Ticked', [name]: 'From above' })
    expect(await valueIn(done.path, 'drawn')).toBe('Off')
  })

  it('with two fields of one name: an answer that fits one of them is left out of both', async () => {
    const drawn = drawForm()
    drawn.text('name', 'Name').setValue('Old')
    drawn.text('other', 'Name again', { maxLength: 5 }).acroField().set('T', PdfString.fromString('name'))
    const path = await savePdf(file('twins.pdf'), drawn.pdf)
    const done = await fill(path, { mapping: [map('name', '', 'client:legalName')] })
    expect(done.report.filled).toEqual([])
    expect(left(done)).toEqual({ name: 'does-not-fit' })
    const fields = (await PDF.load(readFileSync(done.path))).getForm()?.getFields() ?? []
    expect(fields.map((field) => field.getValue())).toEqual(['', ''])
  })
})

describe('a workbook that came with something in its cells', () => {
  async function prefilledWorkbook(name: string): Promise<string> {
    const workbook = new ExcelJs.Workbook()
    const sheet = workbook.addWorksheet('Form')
    sheet.addRows([
      ['MFA?', 'Yes'],
      ['People?', 1200],
      ['Share?', 0.95],
      ['Tested?', new Date('2025-01-31T00:00:00Z')],
      ['Broker?', 'Old Broker Ltd'],
      ['Open?', null],
    ])
    sheet.getCell('B3').numFmt = '0%'
    sheet.getCell('B4').numFmt = 'yyyy-mm-dd'
    sheet.getCell('B1').font = { bold: true }
    for (let row = 1; row <= 5; row++) {
      sheet.getCell(`B${row}`).dataValidation = {
        type: 'textLength',
        operator: 'lessThan',
        formulae: [9],
        allowBlank: true,
        showErrorMessage: true,
      }
    }
    await workbook.xlsx.writeFile(file(name))
    return file(name)
  }

  const heldIn = async (path: string) => {
    const workbook = new ExcelJs.Workbook()
    await workbook.xlsx.readFile(path)
    return workbook.getWorksheet('Form')
  }

  it('keeps the values of cells that are not mapped, as people see them', async () => {
    const done = await fill(await prefilledWorkbook('kept.xlsx'), { mapping: [] })
    expect(kept(done)).toEqual({
      'Form!B1': 'Yes',
      'Form!B2': '1200',
      'Form!B3': '95 %',
      'Form!B4': '2025-01-31',
      'Form!B5': 'Old Broker Ltd',
    })
    expect(left(done)).toEqual({ 'Form!B6': 'unmapped' })
    expect((await heldIn(done.path))?.getCell('B5').value).toBe('Old Broker Ltd')
  })

  it('loses the values of mapped cells that no answer supports, and keeps how they look', async () => {
    const done = await fill(await prefilledWorkbook('removed.xlsx'), {
      mapping: [map('Form!B1', 'mfa'), map('Form!B5', '', 'client:legalName')],
      answers: { ...GIVEN, mfa: { state: 'dont-know', gap: { owner: 'Ana', dueOn: '2026-12-01' } } },
    })
    expect(left(done)).toEqual({ 'Form!B1': 'no-answer', 'Form!B5': 'does-not-fit', 'Form!B6': 'unmapped' })
    expect(removed(done)).toEqual({ 'Form!B1': 'Yes', 'Form!B5': 'Old Broker Ltd' })
    const sheet = await heldIn(done.path)
    expect(sheet?.getCell('B1').value).toBeNull()
    expect(sheet?.getCell('B5').value).toBeNull()
    expect(sheet?.getCell('B1').font).toMatchObject({ bold: true })
    expect(sheet?.getCell('B2').value).toBe(1200)
  })
})

describe('the number of fields', () => {
  const field = (kind: 'text' | 'signature', readOnly = false) => ({ kind, readOnly })

  it('is said in one way, with why some of them take no answer', () => {
    const fields = [field('text'), field('text'), field('signature'), field('text', true)]
    expect(countFillable(fields)).toBe(2)
    expect(fieldsInWords(fields)).toBe(
      '4 fields, 2 of them for answers (1 for a signature, 1 fixed by the insurer)',
    )
    expect(fieldsInWords([field('text')])).toBe('1 field')
  })

  it('is the sum of what is filled, left empty and kept', async () => {
    const done = await fill(await prefilledPdf('sum.pdf'), { mapping: ALL })
    const { filled, leftEmpty, kept } = done.report
    expect(filled.length + leftEmpty.length + kept.length).toBe(done.reading.fields.length)
  })
})
