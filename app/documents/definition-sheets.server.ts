/** Writes an edition as sheets that its authors can change in a spreadsheet program. */
import type { Edition } from '#questionnaires/definition.ts'
import { toCellValue } from './definition-cells.ts'
import {
  COLUMN_FIELDS,
  type Field,
  FORM_FIELDS,
  OPTION_FIELDS,
  OWNER_HEADINGS,
  PLAIN_FIELDS,
  QUESTION_FIELDS,
  SECTION_FIELDS,
  SHEETS,
  type SheetKey,
} from './definition-fields.ts'
import { columnName } from './workbook-cell.ts'
import {
  addSheet,
  fitRow,
  setAnswer,
  setText,
  type Workbook,
  type Worksheet,
} from './workbook-look.server.ts'
import { addValidation, type ListSheet } from './workbook-validation.server.ts'

/** A row: the ids it belongs to, and the object its fields are taken from. */
interface Row {
  owners: readonly string[]
  values: object
}

interface Around {
  workbook: Workbook
  lists: ListSheet
  currencyOf: (questionId: string) => string | null
}

// Rows that get lists to choose from beyond those that are filled.
const SPARE_ROWS = 400
const HEADING_ROW = 2
const WIDTH = 16

export function addDefinitionSheets(workbook: Workbook, lists: ListSheet, edition: Edition): void {
  const questions = edition.sections.flatMap((section) => section.questions)
  const currencies = new Map(
    questions.flatMap((question) => (question.kind === 'currency' ? [[question.id, question.currency]] : [])),
  )
  const around: Around = { workbook, lists, currencyOf: (id) => currencies.get(id) ?? null }
  addFormSheet(around, edition)
  const { question: ofQuestion, column: ofColumn, section: ofSection } = OWNER_HEADINGS
  const plain = (values: readonly object[]): Row[] => values.map((value) => ({ owners: [], values: value }))

  addTable(around, 'sections', [], SECTION_FIELDS, plain(edition.sections))
  addTable(
    around,
    'questions',
    [ofSection],
    QUESTION_FIELDS,
    edition.sections.flatMap(({ id, questions }) => questions.map((values) => ({ owners: [id], values }))),
  )
  addTable(
    around,
    'options',
    [ofQuestion],
    OPTION_FIELDS,
    questions.flatMap((question) =>
      'options' in question ? question.options.map((values) => ({ owners: [question.id], values })) : [],
    ),
  )
  const columns = questions.flatMap((question) =>
    question.kind === 'table' ? question.columns.map((values) => ({ owners: [question.id], values })) : [],
  )
  addTable(around, 'columns', [ofQuestion], COLUMN_FIELDS, columns)
  addTable(
    around,
    'columnOptions',
    [ofQuestion, ofColumn],
    PLAIN_FIELDS.columnOptions,
    columns.flatMap(({ owners, values }) =>
      values.kind === 'choice'
        ? values.options.map((option) => ({ owners: [...owners, values.id], values: option }))
        : [],
    ),
  )
  addTable(
    around,
    'suggestions',
    [ofQuestion],
    PLAIN_FIELDS.suggestions,
    questions.flatMap((question) =>
      question.kind === 'product'
        ? question.suggestions.map((product) => ({ owners: [question.id], values: { product } }))
        : [],
    ),
  )
  addTable(around, 'terms', [], PLAIN_FIELDS.terms, plain(edition.terms))
  addTable(around, 'coverages', [], PLAIN_FIELDS.coverages, plain(edition.coverages))
  addTable(around, 'signers', [], PLAIN_FIELDS.signers, plain(edition.declaration.signerRoles))
  addTable(around, 'notices', [], PLAIN_FIELDS.notices, plain(edition.declaration.notices))
}

function addFormSheet(around: Around, edition: Edition): void {
  const sheet = addSheet(around.workbook, {
    name: SHEETS.form,
    frozen: { rows: HEADING_ROW, columns: 1 },
    headingRow: HEADING_ROW,
    widths: [24, 70, 60],
  })
  setText(sheet.getCell(1, 1), 'The form as a whole', 'title')
  for (const [index, heading] of ['Field', 'Value', 'What to write'].entries()) {
    setText(sheet.getCell(HEADING_ROW, index + 1), heading, 'heading')
  }
  FORM_FIELDS.forEach((field, index) => {
    const row = HEADING_ROW + 1 + index
    setText(sheet.getCell(row, 1), field.heading, 'strong')
    setField(around, sheet, { field, row, column: 2 }, edition)
    setText(sheet.getCell(row, 3), field.note, 'soft')
    const value = sheet.getCell(row, 2).value
    fitRow(sheet, row, [
      [typeof value === 'string' ? value : '', 70],
      [field.note, 60],
    ])
    limitField(around, sheet, field, `B${row}:B${row}`)
  })
}

function addTable(
  around: Around,
  key: SheetKey,
  owners: readonly string[],
  fields: readonly Field[],
  rows: readonly Row[],
): void {
  const sheet = addSheet(around.workbook, {
    name: SHEETS[key],
    frozen: { rows: HEADING_ROW, columns: owners.length + 1 },
    headingRow: HEADING_ROW,
    widths: [...owners.map(() => 24), ...fields.map(({ width }) => width ?? WIDTH)],
  })
  sheet.getRow(1).height = 54
  owners.forEach((heading, index) => {
    setText(sheet.getCell(1, index + 1), 'To what the row belongs.', 'soft')
    setText(sheet.getCell(HEADING_ROW, index + 1), heading, 'heading')
  })
  const lastRow = HEADING_ROW + rows.length + SPARE_ROWS
  fields.forEach((field, index) => {
    const column = owners.length + index + 1
    const kinds = field.kinds ? ` Only: ${field.kinds.join(', ')}.` : ''
    setText(sheet.getCell(1, column), field.note + kinds, 'soft')
    setText(sheet.getCell(HEADING_ROW, column), field.heading, 'heading')
    // Cells that are still empty take it from here: a typed 2.10 must not become 2.1.
    sheet.getColumn(column).numFmt =
      field.type === 'number' ? 'General' : field.type === 'date' ? 'yyyy-mm-dd' : '@'
    limitField(
      around,
      sheet,
      field,
      `${columnName(column)}${HEADING_ROW + 1}:${columnName(column)}${lastRow}`,
    )
  })
  rows.forEach(({ owners: ids, values }, index) => {
    const row = HEADING_ROW + 1 + index
    ids.forEach((id, place) => {
      setAnswer(sheet.getCell(row, place + 1), id, 'text')
    })
    fields.forEach((field, place) => {
      setField(around, sheet, { field, row, column: owners.length + place + 1 }, values)
    })
    fitRow(
      sheet,
      row,
      fields.map((field, place): [string, number] => {
        const { value } = sheet.getCell(row, owners.length + place + 1)
        return [typeof value === 'string' ? value : '', field.width ?? WIDTH]
      }),
    )
  })
}

function setField(
  around: Around,
  sheet: Worksheet,
  at: { field: Field; row: number; column: number },
  values: object,
): void {
  const { field } = at
  const value = field.path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    values,
  )
  const format = field.type === 'number' || field.type === 'date' ? field.type : 'text'
  setAnswer(sheet.getCell(at.row, at.column), toCellValue(field, value, around.currencyOf), format)
}

function limitField({ lists }: Around, sheet: Worksheet, field: Field, area: string): void {
  const labels = field.oneOf ?? (field.type === 'yes-no' ? ['yes', 'no'] : null)
  if (labels)
    addValidation(lists, { sheet, area, limit: { type: 'list', labels, strict: true }, hint: field.note })
}
