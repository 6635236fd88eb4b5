/** Reads the sheets of a form row by row and remembers for each value the cell it came from. */
import { type Field, SHEETS, type SheetKey } from './definition-fields.ts'
import { type DefinitionProblem, type DefinitionRow, type FieldPlace, readTable } from './definition-rows.ts'
import { quoteCell, type Sheet } from './workbook-cell.ts'
import { fold } from './workbook-values.ts'

export type Path = (string | number)[]
export type Raw = Record<string, unknown>

/** An object under way, and where it stands in the edition. */
export interface Placed {
  raw: Raw
  path: Path
}

export interface Assembler {
  problems: DefinitionProblem[]
  findSheet(key: SheetKey): Sheet | undefined
  /** No rows where the sheet is missing. */
  readRows(key: SheetKey, owners: readonly string[], fields: readonly Field[]): DefinitionRow[]
  /** Sets every value of the row in `raw`. @param has whether an object of this kind has the field; else it is refused */
  fill(placed: Placed, row: DefinitionRow, has?: (field: Field) => boolean): Raw
  /** Says that the row belongs to nothing that there is. */
  refuseOwner(row: DefinitionRow, heading: string, key: SheetKey): void
  /** Says that what the row belongs to has no such parts. */
  refusePart(row: DefinitionRow, heading: string, part: string): void
  placeOf(path: readonly PropertyKey[]): FieldPlace
}

export function createAssembler(sheets: readonly Sheet[]): Assembler {
  const problems: DefinitionProblem[] = []
  const places = new Map<string, FieldPlace>()
  const remember = (path: Path, place: FieldPlace) => places.set(JSON.stringify(path), place)
  const findSheet = (key: SheetKey) => sheets.find(({ name }) => fold(name) === fold(SHEETS[key]))
  const report = ({ sheet, cell }: FieldPlace, message: string) => problems.push({ sheet, cell, message })

  return {
    problems,
    findSheet,
    readRows(key, owners, fields) {
      const sheet = findSheet(key)
      return sheet ? readTable(sheet, owners, fields, problems) : []
    },
    fill({ raw, path }, row, has = () => true) {
      const first = row.fields[0]
      if (first && path.length > 0) remember(path, first.place)
      for (const { field, value, place } of row.fields) {
        if (has(field)) {
          remember([...path, ...field.path], place)
          if (value !== undefined) setAt(raw, field.path, value)
          continue
        }
        const kind = knownKindOf(row)
        // Without a kind nothing is known about its fields; that it is missing is said once.
        if (value === undefined || kind === null) continue
        const message = `“${field.heading}” does not belong to the kind ${kind}. Empty this cell, or change the kind.`
        report(place, message)
      }
      return raw
    },
    refuseOwner(row, heading, key) {
      const place = row.ownerPlaces[heading]
      const name = row.owners[heading] ?? ''
      const message =
        name === ''
          ? `Write here to what the row belongs: an id from the sheet ${SHEETS[key]}.`
          : `There is no “${quoteCell(name)}” on the sheet ${SHEETS[key]}. Check its spelling.`
      if (place) report(place, message)
    },
    refusePart(row, heading, part) {
      const place = row.ownerPlaces[heading]
      const name = quoteCell(row.owners[heading] ?? '')
      if (place)
        report(place, `“${name}” is of a kind that has no ${part}. Remove this row, or change the kind.`)
    },
    placeOf(path) {
      for (let length = path.length; length > 0; length--) {
        const place = places.get(JSON.stringify(path.slice(0, length)))
        if (place) return place
      }
      // A part that has no rows at all: its sheet is known by the path's beginning.
      const key = path[0] === 'sections' ? 'sections' : path[1] === 'signerRoles' ? 'signers' : 'form'
      return { sheet: findSheet(key)?.name ?? SHEETS[key], cell: 'A1', heading: SHEETS[key] }
    },
  }
}

/** The value in the row's column of that heading. */
export function cellOf(row: DefinitionRow, heading: string): unknown {
  return row.fields.find(({ field }) => field.heading === heading)?.value
}

function knownKindOf(row: DefinitionRow): string | null {
  const cell = row.fields.find(({ field }) => field.heading === 'Kind')
  return cell?.field.oneOf?.find((kind) => kind === cell.value) ?? null
}

function setAt(raw: Raw, path: readonly string[], value: unknown): void {
  let inner = raw
  for (const step of path.slice(0, -1)) {
    const next = (inner[step] ?? {}) as Raw
    inner[step] = next
    inner = next
  }
  inner[path.at(-1) ?? ''] = value
}
