/** The value that the answer cells of one question hold, in the shape of its kind. */
import type { AnswerValue, TableRow } from '#questionnaires/answers.ts'
import type { Column, Question } from '#questionnaires/definition.ts'
import type { FoundRow, FoundTable, Place } from './application-index.ts'
import type { CellProblem, QuestionRows } from './application-question.ts'
import type { SheetCell } from './workbook-cell.ts'
import { NOTHING_TO_LIST, rowsOf, shownChoices, shownOptions, YES_NO } from './workbook-rows.ts'
import {
  type Coerced,
  fold,
  toAmount,
  toChoice,
  toDate,
  toNumber,
  toText,
  toTick,
} from './workbook-values.ts'

export type ReadValue =
  | { kind: 'blank' }
  | { kind: 'problems'; problems: CellProblem[] }
  /** `chosen` out of a list, so that its words are no free text; else `typed`. */
  | { kind: 'chosen' | 'typed'; value: Partial<AnswerValue>; placeOf: (path: string) => Place | null }

export function readValue(question: Question, rows: QuestionRows): ReadValue {
  switch (question.kind) {
    case 'yes-no':
    case 'single-choice':
    case 'band':
      return readChoice(question, rows)
    case 'multiple-choice':
      return readTicks(question, rows)
    case 'number':
      return readCell(rows.whole, (cell) => {
        const number = toNumber(cell, question.unit)
        return number.ok ? { ok: true, value: { kind: 'number', number: number.value } } : number
      })
    case 'currency':
      return readCell(rows.whole, (cell) => {
        const { currency } = question
        const amount = toAmount(cell, currency)
        return amount.ok
          ? { ok: true, value: { kind: 'currency', amountMinor: amount.value, currency } }
          : amount
      })
    case 'date':
      return readCell(rows.whole, (cell) => {
        const date = toDate(cell, rows.whole.epoch)
        return date.ok ? { ok: true, value: { kind: 'date', date: date.value } } : date
      })
    case 'product':
      return readCell(rows.whole, (cell) => {
        const text = toText(cell, rows.whole.epoch)
        return text.ok ? { ok: true, value: { kind: 'product', product: text.value } } : text
      })
    case 'text':
      return readCell(rows.whole, (cell) => {
        const text = toText(cell, rows.whole.epoch)
        return text.ok ? { ok: true, value: { kind: 'text', text: text.value } } : text
      })
    case 'percent':
      return readCounts(question, rows)
    case 'table':
      return readTable(question, rows)
    case 'attachment':
      return { kind: 'blank' }
  }
}

function readCell(row: FoundRow, take: (cell: SheetCell) => Coerced<AnswerValue>): ReadValue {
  const cell = row.cell('answer')
  if (!cell) return { kind: 'blank' }
  const result = take(cell)
  if (result.ok) return { kind: 'typed', value: result.value, placeOf: () => null }
  return { kind: 'problems', problems: [{ place: row.place('answer'), message: result.message }] }
}

function readChoice(
  question: Extract<Question, { kind: 'yes-no' | 'single-choice' | 'band' }>,
  rows: QuestionRows,
): ReadValue {
  const cell = rows.whole.cell('answer')
  const description = readDescription(question, rows)
  if (!description.ok) return description
  if (!cell && description.text !== undefined) return lonelyDescription(rows)
  if (!cell) return { kind: 'blank' }
  const choices = question.kind === 'yes-no' ? [...YES_NO, ...YES_NO_SHORT] : shownOptions(question)
  const chosen = toChoice(cell, choices)
  if (!chosen.ok)
    return { kind: 'problems', problems: [{ place: rows.whole.place('answer'), message: chosen.message }] }
  return {
    kind: 'chosen',
    value: { kind: question.kind, choice: chosen.value, ...description.given } as Partial<AnswerValue>,
    placeOf: (path) => (path === 'value.description' ? description.place : null),
  }
}

const YES_NO_SHORT = [
  { id: 'yes', label: 'y' },
  { id: 'no', label: 'n' },
  { id: 'not-applicable', label: 'n/a' },
  { id: 'not-applicable', label: 'na' },
]

function readTicks(question: Extract<Question, { kind: 'multiple-choice' }>, rows: QuestionRows): ReadValue {
  const problems: CellProblem[] = []
  const choices: string[] = []
  for (const { key, part } of rowsOf(question)) {
    const row = rows.part(key)
    if (part.kind !== 'option' || !row) continue
    const tick = toTick(row.cell('answer'))
    if (!tick.ok) problems.push({ place: row.place('answer'), message: tick.message })
    else if (tick.value) choices.push(part.optionId)
  }
  const description = readDescription(question, rows)
  if (!description.ok) problems.push(...description.problems)
  if (problems.length > 0) return { kind: 'problems', problems }
  if (choices.length === 0 && description.ok && description.text !== undefined) return lonelyDescription(rows)
  if (choices.length === 0 || !description.ok) return { kind: 'blank' }
  return {
    kind: 'chosen',
    value: { kind: 'multiple-choice', choices, ...description.given },
    placeOf: (path) => (path === 'value.description' ? description.place : null),
  }
}

function readDescription(question: Question, rows: QuestionRows) {
  const row = rows.part(`${question.id}/description`)
  const cell = row?.cell('answer')
  const place = row?.place('answer') ?? null
  if (!row || !cell || !place) return { ok: true as const, text: undefined, given: {}, place }
  const text = toText(cell, row.epoch)
  if (!text.ok) {
    return { ok: false as const, kind: 'problems' as const, problems: [{ place, message: text.message }] }
  }
  return { ok: true as const, text: text.value, given: { description: text.value }, place }
}

function lonelyDescription(rows: QuestionRows): ReadValue {
  const message = 'It says what another answer is, but none is chosen. Choose one.'
  return { kind: 'problems', problems: [{ place: rows.whole.place('answer'), message }] }
}

function readCounts(question: Extract<Question, { kind: 'percent' }>, rows: QuestionRows): ReadValue {
  const value: { kind: 'percent'; covered?: number; total?: number } = { kind: 'percent' }
  const problems: CellProblem[] = []
  for (const part of ['covered', 'total'] as const) {
    const row = rows.part(`${question.id}/${part}`)
    const cell = row?.cell('answer')
    if (!row || !cell) continue
    const count = toNumber(cell)
    if (count.ok) value[part] = count.value
    else problems.push({ place: row.place('answer'), message: count.message })
  }
  if (problems.length > 0) return { kind: 'problems', problems }
  if (value.covered === undefined && value.total === undefined) return { kind: 'blank' }
  return {
    kind: 'typed',
    value,
    placeOf: (path) => rows.part(`${question.id}/${path.replace('value.', '')}`)?.place('answer') ?? null,
  }
}

function readTable(
  question: Extract<Question, { kind: 'table' }>,
  { whole, table }: QuestionRows,
): ReadValue {
  const cell = whole.cell('answer')
  const saysNone =
    question.minimumRows === 0 && cell?.kind === 'text' && fold(cell.text) === fold(NOTHING_TO_LIST)
  const filled = table?.rows ?? []
  const problems = table ? strayRows(table) : []
  if (question.minimumRows === 0 && cell && !saysNone) {
    const message = `Choose “${NOTHING_TO_LIST}” here, or leave it empty and fill in the sheet of this table.`
    problems.push({ place: whole.place('answer'), message })
  }
  if (saysNone && filled.length > 0) {
    const message = `“${NOTHING_TO_LIST}” is chosen, but the sheet of this table has entries. Keep one of them.`
    problems.push({ place: whole.place('answer'), message })
  }
  if (!table || (filled.length === 0 && problems.length === 0)) {
    if (problems.length > 0) return { kind: 'problems', problems }
    return saysNone
      ? { kind: 'typed', value: { kind: 'table', rows: [] }, placeOf: () => null }
      : { kind: 'blank' }
  }
  const rows = filled.map((row) => readRow(question.columns, table, row, problems))
  if (problems.length > 0) return { kind: 'problems', problems }
  return {
    kind: 'typed',
    value: { kind: 'table', rows },
    placeOf(path) {
      const [, , index, columnId] = path.split('.')
      const row = filled[Number(index)]
      if (!row) return null
      return table.place(table.columns.get(columnId ?? '') ?? [...table.columns.values()][0] ?? 1, row.number)
    },
  }
}

function strayRows(table: FoundTable): CellProblem[] {
  return table.added.map((row) => ({
    place: table.place([...table.columns.values()][0] ?? 1, row),
    message:
      'This row was added to the form and cannot be read. Copy its cells into a free row of the table.',
  }))
}

function readRow(
  columns: readonly Column[],
  table: FoundTable,
  row: FoundTable['rows'][number],
  problems: CellProblem[],
): TableRow {
  const entries = columns.flatMap((column): [string, string | number][] => {
    const at = table.columns.get(column.id)
    const cell = at === undefined ? undefined : row.cells.get(at)
    if (at === undefined || !cell) return []
    const result = readColumn(column, cell, table.epoch)
    if (result.ok) return [[column.id, result.value]]
    problems.push({ place: table.place(at, row.number), message: result.message })
    return []
  })
  return Object.fromEntries(entries)
}

function readColumn(column: Column, cell: SheetCell, epoch: 1900 | 1904): Coerced<string | number> {
  switch (column.kind) {
    case 'text':
      return toText(cell, epoch)
    case 'number':
      return toNumber(cell, column.unit)
    case 'currency':
      return toAmount(cell, column.currency)
    case 'date':
      return toDate(cell, epoch)
    case 'yes-no':
      return toChoice(cell, [...YES_NO.slice(0, 2), ...YES_NO_SHORT.slice(0, 2)])
    case 'choice':
      return toChoice(cell, shownChoices(column))
  }
}
