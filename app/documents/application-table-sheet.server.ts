/** Writes a table question: a sheet of its own with typed columns and a row for each entry it may hold. */
import type { Answer, TableRow } from '#questionnaires/answers.ts'
import type { Column, Question } from '#questionnaires/definition.ts'
import { amountCell, dateCell, type OpenCell } from './application-cells.ts'
import { columnName } from './workbook-cell.ts'
import {
  addSheet,
  lockSheet,
  setAnswer,
  setText,
  sheetNameFor,
  type Workbook,
} from './workbook-look.server.ts'
import { COLUMN_MARK, DECORATION_KEY, shownChoices, TABLE_MARK, YES_NO } from './workbook-rows.ts'
import { addValidation, type ListSheet } from './workbook-validation.server.ts'

const HEADING_ROW = 3
const FIRST_COLUMN = 3

type TableQuestion = Extract<Question, { kind: 'table' }>

/** @returns the sheet's name */
export async function addTableSheet(
  workbook: Workbook,
  lists: ListSheet,
  question: TableQuestion,
  answer: Answer | undefined,
): Promise<string> {
  const name = sheetNameFor(workbook, `Table ${question.reference.item}`)
  const sheet = addSheet(workbook, {
    name,
    frozen: { rows: HEADING_ROW, columns: 2 },
    headingRow: HEADING_ROW,
    widths: [4, 6, ...question.columns.map(widthOf)],
  })
  setText(sheet.getCell(1, 1), TABLE_MARK + question.id, 'plain')
  sheet.getRow(1).hidden = true
  setText(sheet.getCell(2, 1), DECORATION_KEY, 'plain')
  setText(sheet.getCell(2, 2), `${question.reference.item} ${question.prompt}`, 'title')
  sheet.getRow(2).height = 28
  setText(sheet.getCell(HEADING_ROW, 1), DECORATION_KEY, 'plain')
  setText(sheet.getCell(HEADING_ROW, 2), 'Row', 'heading')

  sheet.getRow(HEADING_ROW).height = 30
  const last = HEADING_ROW + question.maximumRows
  question.columns.forEach((column, index) => {
    const at = FIRST_COLUMN + index
    setText(sheet.getCell(1, at), COLUMN_MARK + column.id, 'plain')
    setText(sheet.getCell(HEADING_ROW, at), column.label, 'heading')
    const { limit } = cellOf(column, null)
    const area = `${columnName(at)}${HEADING_ROW + 1}:${columnName(at)}${last}`
    if (limit) addValidation(lists, { sheet, area, limit, hint: hintOf(column) })
  })
  const rows = answer?.state === 'answered' && answer.value.kind === 'table' ? answer.value.rows : []
  for (let index = 0; index < question.maximumRows; index++) {
    const row = HEADING_ROW + 1 + index
    setText(sheet.getCell(row, 1), `${question.id}/row/${index + 1}`, 'plain')
    setText(sheet.getCell(row, 2), String(index + 1), 'soft')
    question.columns.forEach((column, place) => {
      const { value, format } = cellOf(column, rows[index] ?? null)
      setAnswer(sheet.getCell(row, FIRST_COLUMN + place), value, format)
    })
  }
  sheet.getColumn(1).hidden = true
  await lockSheet(sheet)
  return name
}

function cellOf(column: Column, row: TableRow | null): OpenCell {
  const given = row && Object.hasOwn(row, column.id) ? row[column.id] : undefined
  const number = typeof given === 'number' ? given : null
  const text = typeof given === 'string' ? given : null
  const open = (
    value: string | number | null,
    format: 'text' | 'number' | 'whole',
    limit: OpenCell['limit'],
  ) => ({ open: true as const, value, format, limit })
  switch (column.kind) {
    case 'text':
      return open(text, 'text', { type: 'length', max: column.maxLength })
    case 'number':
      return open(number, column.whole ? 'whole' : 'number', {
        type: 'number',
        whole: column.whole,
        min: column.min,
        max: column.max,
      })
    case 'currency':
      return amountCell(number, column.currency)
    case 'date':
      return dateCell(text)
    case 'yes-no': {
      const offered = YES_NO.filter(({ id }) => id === 'yes' || id === 'no')
      const label = offered.find(({ id }) => id === text)?.label ?? text
      return open(label, 'text', {
        type: 'list',
        labels: offered.map((choice) => choice.label),
        strict: true,
      })
    }
    case 'choice': {
      const shown = shownChoices(column)
      const label = shown.find(({ id }) => id === text)?.label ?? text
      return open(label, 'text', { type: 'list', labels: shown.map((choice) => choice.label), strict: true })
    }
  }
}

function hintOf(column: Column): string {
  const may = column.required ? '' : ' May be left open.'
  switch (column.kind) {
    case 'text':
      return `At most ${column.maxLength} characters.${may}`
    case 'number':
      return `A ${column.whole ? 'whole ' : ''}number${column.unit ? ` (${column.unit})` : ''}.${may}`
    case 'currency':
      return `An amount in ${column.currency}.${may}`
    case 'date':
      return `A date as year-month-day.${may}`
    case 'yes-no':
    case 'choice':
      return `Choose from the list.${may}`
  }
}

function widthOf(column: Column): number {
  return { text: 30, number: 14, currency: 18, date: 14, 'yes-no': 10, choice: 26 }[column.kind]
}
