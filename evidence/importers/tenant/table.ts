/** Tables of a tenant's users or controls: the header after any preamble, then rows. */
import { type Columns, createCsvReader, readHeader } from '../csv-reader.ts'
import { ImportError } from '../importer.ts'

/** The cell under the first of these headers that the table has; empty where it has none. */
export type Cell = (...names: string[]) => string

const PREAMBLE_ROWS = 10

export function readTenantTable(table: {
  isHeader(columns: Columns): boolean
  /** What the header must name, for whoever exports again. */
  needs: string
  header?(columns: Columns): void
  row(cell: Cell, columns: Columns): void
}) {
  let columns: Columns | null = null
  let before = 0
  const noHeader = () =>
    new ImportError(
      'malformed',
      `The table has no header row with ${table.needs}. Export it again, with headers.`,
    )
  const reader = createCsvReader({
    row(cells) {
      if (columns) {
        const known = columns
        table.row((...names) => known.get(cells, ...names), known)
        return
      }
      const found = readHeader(cells)
      if (table.isHeader(found)) {
        columns = found
        table.header?.(found)
      } else if (++before > PREAMBLE_ROWS) throw noHeader()
    },
  })
  return {
    write: reader.write,
    end() {
      reader.end()
      if (!columns) throw noHeader()
    },
    warnings: () =>
      reader.encoding() === 'windows-1252'
        ? ['The file is not UTF-8; it was read as Windows-1252, so letters beyond English may be wrong.']
        : [],
  }
}
