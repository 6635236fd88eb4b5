/** Insurers' forms as our own small fixtures: a PDF with every kind of field, a workbook with every kind of cell. */
import { readFileSync, writeFileSync } from 'node:fs'
import {
  degrees,
  PDF,
  PdfArray,
  PdfDict,
  PdfName,
  PdfNumber,
  PdfString,
  type TextFieldOptions,
} from '@libpdf/core'
import ExcelJs from 'exceljs'
import type { DocumentMapping, FieldMapping } from '#app/documents/carrier-document.ts'
import { fillForm, readForm } from '#app/documents/form-file.server.ts'
import type { Answers } from '#questionnaires/answers.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { ANSWERS, FORM } from './workbook-forms.ts'

export const CLIENT = {
  legalName: 'Harbour & Sons Ltd',
  tradingName: null,
  headcount: 1234,
  annualRevenueMinor: 1_234_500_000,
  currency: 'USD',
  domains: ['harbour.example', 'sons.example'],
  contactName: 'Łucja Nowak-Çeliková Đ',
  contactEmail: 'lucja@harbour.example',
  contactTitle: null,
}

export const map = (field: string, questionId: string, part: FieldMapping['part'] = 'answer') => ({
  field,
  questionId,
  part,
})

interface Drawn {
  at?: [x: number, y: number]
  size?: [width: number, height: number]
}

/** Draws field after field from the top of one page, with its label to the left. */
export function drawForm() {
  const pdf = PDF.create()
  const form = pdf.getOrCreateForm()
  const page = pdf.addPage({ size: 'a4' })
  let y = 780
  const next = (label: string, step = 28) => {
    page.drawText(label, { x: 40, y: y + 5, size: 9 })
    y -= step
    return y + step
  }
  return {
    pdf,
    form,
    page,
    text(name: string, label: string, options: TextFieldOptions = {}, { size = [220, 18] }: Drawn = {}) {
      const field = form.createTextField(name, options)
      const top = next(label, size[1] + 10)
      page.drawField(field, { x: 300, y: top + 18 - size[1], width: size[0], height: size[1] })
      return field
    },
    tick(name: string, label: string) {
      const field = form.createCheckbox(name)
      page.drawField(field, { x: 300, y: next(label), width: 14, height: 14 })
      return field
    },
    radio(name: string, label: string, options: string[]) {
      const field = form.createRadioGroup(name, { options })
      const at = next(label)
      for (const [index, option] of options.entries()) {
        page.drawField(field, { x: 300 + index * 100, y: at, width: 14, height: 14, option })
      }
      return field
    },
    dropdown(name: string, label: string, options: string[], editable = false) {
      const field = form.createDropdown(name, { options, editable })
      page.drawField(field, { x: 300, y: next(label), width: 220, height: 18 })
      return field
    },
    list(name: string, label: string, options: string[]) {
      const field = form.createListbox(name, { options, multiSelect: true })
      page.drawField(field, { x: 300, y: next(label, 70) - 40, width: 220, height: 58 })
      return field
    },
    turned(name: string, label: string) {
      const field = form.createTextField(name, { rotate: degrees(90) })
      page.drawField(field, { x: 540, y: next(label) - 100, width: 18, height: 120 })
      return field
    },
    /** The library places signature fields only when it signs. */
    signature(name: string, label: string) {
      const field = form.createSignatureField(name)
      const at = next(label)
      const widget = new PdfDict([
        ['Type', PdfName.of('Annot')],
        ['Subtype', PdfName.of('Widget')],
        ['Rect', PdfArray.of(...[300, at, 520, at + 18].map((number) => PdfNumber.of(number)))],
        ['F', PdfNumber.of(4)],
        ['P', page.ref],
        ['Parent', field.getRef() ?? page.ref],
      ])
      const { ref } = field.addWidget(widget)
      const annotations = page.dict.get('Annots', (found) => pdf.getObject(found))
      if (annotations instanceof PdfArray && ref) annotations.push(ref)
      return field
    },
  }
}

/** One field of each kind, mapped by `MAPPING`. */
export function everyField() {
  const drawn = drawForm()
  drawn.text('applicant', 'Name of applicant')
  drawn.text('contact', 'Contact person')
  drawn.text('date', 'Date of application (MM/DD/YYYY)', { maxLength: 10 })
  drawn.text('tested', 'When was a restore last tested?', { comb: true, maxLength: 10 })
  drawn.text('revenue', 'Gross revenue', { alignment: 'right' })
  drawn.text('plan', 'Describe the plan', { multiline: true, fontSize: 10 }, { size: [220, 60] })
  drawn.text('why', 'Explain', { multiline: true }, { size: [220, 50] })
  drawn.tick('mfa_yes', 'MFA everywhere? Yes')
  drawn.tick('mfa_no', 'MFA everywhere? No')
  drawn.radio('mfa', 'MFA demanded everywhere?', ['Yes', 'No'])
  drawn.dropdown('records', 'Records held', ['Fewer', 'Up to 999', '1,000 or more'])
  drawn.dropdown('interval', 'How often are backups made?', ['Daily', 'Weekly'], true)
  drawn.list('protections', 'Which protect e-mail?', ['Links are checked', 'Sandbox', 'Others'])
  drawn.text('people', 'How many people work there?')
  drawn.text('locked', 'For the insurer')
  drawn.signature('signature', 'Signature of applicant')
  drawn.form.getTextField('locked')?.acroField().set('Ff', PdfNumber.of(1))
  return drawn
}

export const MAPPING: DocumentMapping = [
  map('applicant', '', 'client:legalName'),
  map('contact', '', 'client:contactName'),
  map('date', '', 'today'),
  map('tested', 'tested'),
  map('revenue', 'revenue'),
  map('plan', 'plan'),
  map('why', 'mfa', 'explanation'),
  map('mfa_yes', 'mfa', 'choice:yes'),
  map('mfa_no', 'mfa', 'choice:no'),
  map('mfa', 'mfa'),
  map('records', 'records'),
  map('interval', 'interval'),
  { ...map('protections', 'protections'), values: { sandbox: 'Sandbox' } },
  map('people', 'people'),
]

export const PLAN =
  'Isolate, call the insurer, restore.\nThe plan was reviewed in March and again after the test in May.'

export const GIVEN: Answers = {
  ...ANSWERS,
  plan: { state: 'answered', value: { kind: 'text', text: PLAN } },
}

export interface Filled {
  path: string
  reading: Awaited<ReturnType<typeof readForm>>
  report: Awaited<ReturnType<typeof fillForm>>
}

interface Filling {
  mapping: DocumentMapping
  answers?: Answers
  edition?: Edition
}

/** Reads and fills as the worker does, in this thread. */
export async function fill(
  path: string,
  { mapping, answers = GIVEN, edition = FORM }: Filling,
): Promise<Filled> {
  const reading = await readForm({ path, name: path })
  const outPath = path.replace(/(\.\w+)$/, '-filled$1')
  const report = await fillForm({
    path,
    outPath,
    reading,
    mapping,
    edition,
    answers,
    circumstances: {},
    client: CLIENT,
    today: '2026-03-02',
  })
  return { path: outPath, reading, report }
}

/** Field names and why they were left empty. */
export const left = ({ report }: Filled) =>
  Object.fromEntries(report.leftEmpty.map(({ field, why }) => [field, why]))
export const filled = ({ report }: Filled) =>
  Object.fromEntries(report.filled.map(({ field, text }) => [field, text]))

export async function savePdf(path: string, pdf: PDF): Promise<string> {
  writeFileSync(path, await pdf.save())
  return path
}

export const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'read',
    (error) => (/[.?]$/.test(error.message) ? error.code : error),
  )

/** The values of fields, found in the file's own bytes by nobody's library. */
export function rawValues(path: string): Map<string, string> {
  const file = readFileSync(path).toString('latin1')
  const values = new Map<string, string>()
  for (const [object] of file.matchAll(/\d+ \d+ obj[\s\S]*?endobj/g)) {
    const name = /\/T ?\(([^)]*)\)/.exec(object)?.[1]
    const [, literal, hex, state] =
      /\/V ?(?:\(((?:\\.|[^\\)])*)\)|<([0-9A-Fa-f]+)>|\/([^\s/>]+))/.exec(object) ?? []
    const value = literal?.replace(/\\(.)/g, '$1') ?? (hex === undefined ? state : decodeHex(hex))
    if (name !== undefined && value !== undefined) values.set(name, value)
  }
  return values
}

function decodeHex(hex: string): string {
  const bytes = Buffer.from(hex, 'hex')
  return bytes[0] === 0xfe ? bytes.subarray(2).swap16().toString('utf16le') : bytes.toString('latin1')
}

export { PdfDict, PdfName, PdfString }

/** A sheet of questions, a protected sheet, a sheet of named cells, and what programs that rewrite files lose. */
export async function writeWorkbookForm(path: string): Promise<string> {
  const workbook = new ExcelJs.Workbook()
  const asked = workbook.addWorksheet('Questions')
  asked.columns = [{ width: 6 }, { width: 60 }, { width: 30 }, { width: 30 }]
  asked.addRows([
    ['No.', 'Question', 'Your answer', 'Comments'],
    [1, 'Is MFA demanded everywhere?'],
    [2, 'How often are backups made?'],
    [3, 'How many people work there?'],
    [4, 'What is the revenue?'],
    [5, 'When was a restore last tested?'],
    [6, 'Explain what is missing'],
    [7, 'Computed by the insurer'],
  ])
  asked.getCell('C8').value = { formula: 'C4*2', result: 0 }
  asked.getCell('C2').dataValidation = {
    type: 'list',
    allowBlank: true,
    formulae: ['"Yes,No"'],
    showErrorMessage: true,
  }
  asked.getCell('C3').dataValidation = {
    type: 'list',
    allowBlank: true,
    formulae: ['lists!$A$1:$A$3'],
    showErrorMessage: true,
  }
  asked.getCell('C5').numFmt = '#,##0.00'
  asked.getCell('C5').fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF2CC' } }
  asked.getCell('C7').dataValidation = {
    type: 'textLength',
    operator: 'lessThanOrEqual',
    formulae: [20],
    showErrorMessage: true,
  }
  asked.addConditionalFormatting({
    ref: 'C2:C8',
    rules: [{ type: 'expression', priority: 1, formulae: ['$C$2="No"'], style: { font: { bold: true } } }],
  })
  asked.addRow([])
  asked.addRow(['', 'Website:', '', 'Telephone:'])
  asked.mergeCells('C10:C11')

  const locked = workbook.addWorksheet('Insured')
  locked.addRows([
    ['Name of applicant', ''],
    ['Reserved', ''],
  ])
  locked.getCell('B1').protection = { locked: false }
  await locked.protect('', {})

  const named = workbook.addWorksheet('Signing sheet')
  named.getCell('A1').value = 'Contact'
  workbook.definedNames.add("'Signing sheet'!$B$1", 'contact_person')

  const lists = workbook.addWorksheet('lists', { state: 'hidden' })
  lists.addRows([['Daily, or more often'], ['Weekly'], ['Other']])
  await workbook.xlsx.writeFile(path)
  return path
}
