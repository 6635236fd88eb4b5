/** What the rules of a cell accept: its list of choices, its longest text, whether it wants a number or a date. */
import { type Area, cellName } from './workbook-cell.ts'
import { fold } from './workbook-values.ts'
import type { CellRule } from './xlsx-layout.ts'
import type { FormSheet, FormWorkbook } from './xlsx-structure.server.ts'
import { parseReference } from './xlsx-structure.server.ts'

export type RuleBook = Pick<FormWorkbook, 'sheets' | 'hiddenSheets' | 'names'>

export function ruleFor({ rules }: FormSheet, column: number, row: number): CellRule | null {
  const covers = ({ from, to }: Area) =>
    column >= from.column && column <= to.column && row >= from.row && row <= to.row
  return rules.find(({ areas, type }) => type !== 'none' && areas.some(covers)) ?? null
}

// Lists of countries have 250 lines.
const MOST_LINES = 500

/** Empty where the list has to be computed, which nobody does here. */
export function optionsOfRule(
  book: RuleBook,
  sheet: FormSheet,
  { type, formulas: [formula] }: CellRule,
): string[] {
  if (type !== 'list') return []
  const literal = /^"(.*)"$/s.exec(formula.trim())?.[1]
  const texts =
    literal === undefined ? listedIn(book, sheet, formula) : literal.replaceAll('""', '"').split(',')
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== '' && text.length <= 300))]
}

function listedIn(book: RuleBook, sheet: FormSheet, formula: string): string[] {
  const plain = formula.trim().replace(/^=/, '')
  const named = book.names.find(({ name }) => fold(name) === fold(plain))
  const target = named ?? parseReference(plain)
  if (!target) return []
  const wanted = target.sheet
  const source =
    wanted === null
      ? sheet
      : [...book.sheets, ...book.hiddenSheets].find(({ name }) => fold(name) === fold(wanted))
  return source ? textsIn(source, target.area) : []
}

function textsIn({ cells }: FormSheet, { from, to }: Area): string[] {
  const texts: string[] = []
  for (let row = from.row; row <= to.row && row < from.row + MOST_LINES; row++) {
    for (let column = from.column; column <= Math.min(to.column, from.column + MOST_LINES); column++) {
      const cell = cells.get(cellName(column, row))
      if (cell?.kind === 'text') texts.push(cell.text)
      if (cell?.kind === 'number') texts.push(String(cell.number))
    }
  }
  return texts
}

export function longestText(rule: CellRule | null): number | undefined {
  if (rule?.type !== 'textLength') return undefined
  const [first, second] = rule.formulas.map(Number)
  const limit =
    rule.operator === 'between'
      ? second
      : rule.operator === 'lessThanOrEqual' || rule.operator === 'equal'
        ? first
        : rule.operator === 'lessThan' && first !== undefined
          ? first - 1
          : undefined
  return limit !== undefined && Number.isInteger(limit) && limit > 0 ? limit : undefined
}

export function wantedKind(rule: CellRule | null): 'number' | 'date' | null {
  if (rule?.type === 'whole' || rule?.type === 'decimal') return 'number'
  return rule?.type === 'date' ? 'date' : null
}
