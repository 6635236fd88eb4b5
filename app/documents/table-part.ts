/** One cell of an answered table, as a value for one field. */
import type { Column } from '#questionnaires/definition.ts'
import { type PartValue, textValue, valueOfAmount, valueOfNumber } from './part-value.ts'

export function cellValue(column: Column, cell: string | number): PartValue | null {
  switch (column.kind) {
    case 'text':
      return textValue(String(cell))
    case 'number':
      return valueOfNumber(Number(cell))
    case 'currency':
      return valueOfAmount(Number(cell), column.currency)
    case 'date':
      return { kind: 'date', date: String(cell) }
    case 'yes-no':
      return chosen(cell === 'yes' ? 'yes' : 'no', cell === 'yes' ? 'Yes' : 'No')
    case 'choice':
      return chosen(String(cell), column.options.find(({ id }) => id === cell)?.label ?? String(cell))
  }
}

function chosen(token: string, label: string): PartValue {
  return { kind: 'choices', choices: [{ token, label }], text: label }
}
