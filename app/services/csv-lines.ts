/** Lines of a CSV file that a spreadsheet opens without executing anything in it. */

/** Without it spreadsheets take UTF-8 for something else. */
export const BYTE_ORDER_MARK = '\ufeff'

export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(cell).join(',')}\r\n`
}

/** A whole table with its headers; for tables that fit into memory. */
export function csvTable<Row>(
  columns: readonly [header: string, value: (row: Row) => string | number | null][],
  rows: readonly Row[],
): string {
  const lines = rows.map((row) => csvLine(columns.map(([, value]) => value(row))))
  return BYTE_ORDER_MARK + csvLine(columns.map(([header]) => header)) + lines.join('')
}

/** What a spreadsheet would take for a formula is marked as text; the words come from other people. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}
