/**
 * Carries out a plan on an insurer's workbook. Only the cells that are filled change: charts, pictures, rules and
 * formats are the bytes they were, which no library that reads and writes whole workbooks can say.
 */
import { writeFile } from 'node:fs/promises'
import { type FilledDocument, isKeptFor } from './carrier-document.ts'
import { withWorkbook } from './open-workbook.server.ts'
import type { PlannedField } from './plan-filling.ts'
import { type CellEdit, patchSheet } from './sheet-patch.ts'
import { recalculateOnLoad } from './workbook-part-patch.ts'
import { type CellFill, cellFill, prefilledCell } from './xlsx-cell-value.ts'
import { type CellField, findCellFields } from './xlsx-fields.ts'
import { noticesOf, refuseSigned } from './xlsx-reading.server.ts'
import { type FormWorkbook, readStructure } from './xlsx-structure.server.ts'
import { addDateStyles } from './xlsx-styles-patch.ts'
import { decodePart } from './xml-patch.ts'
import { packZip } from './zip-writing.server.ts'

/** @throws WorkbookError not-a-workbook, encrypted, damaged, too-large, macros; DocumentError signed */
export async function fillXlsx(
  path: string,
  outPath: string,
  plan: readonly PlannedField[],
): Promise<FilledDocument> {
  const { parts, report } = await withWorkbook(path, async (workbook) => {
    const structure = await readStructure(workbook)
    refuseSigned(structure)
    const { fills, report } = decideFills(structure, plan)
    const read = async (name: string) => decodePart((await workbook.readPart(name)) ?? new Uint8Array())
    const changed = await patchParts(structure, fills, read)
    const parts: { name: string; bytes: Uint8Array }[] = []
    for (const name of workbook.partNames) {
      const xml = changed.get(name.toLowerCase())
      const bytes = xml === undefined ? await workbook.readPart(name) : Buffer.from(xml, 'utf8')
      parts.push({ name, bytes: bytes ?? new Uint8Array() })
    }
    return { parts, report }
  })
  await writeFile(outPath, packZip(parts))
  return report
}

interface Fill extends Omit<CellFill, 'text'> {
  field: CellField
}

function decideFills(
  structure: FormWorkbook,
  plan: readonly PlannedField[],
): { fills: Fill[]; report: FilledDocument } {
  const cells = new Map(findCellFields(structure).map((field) => [field.name, field]))
  const report: FilledDocument = { filled: [], leftEmpty: [], kept: [], notices: noticesOf(structure) }
  const fills: Fill[] = []
  for (const { field: planned, outcome } of plan) {
    const { name, label } = planned
    const field = cells.get(name)
    const style = field?.sheet.styles.get(field.cell) ?? 0
    const fill =
      field && !field.readOnly && 'put' in outcome
        ? cellFill(field, outcome.put, structure.formatOf(style), structure.epoch)
        : null
    if (field && fill) {
      const { text, ...rest } = fill
      fills.push({ ...rest, field })
      report.filled.push({ field: name, label, text })
      continue
    }
    const why = 'why' in outcome ? outcome.why : 'does-not-fit'
    const value = field ? prefilledCell(field, structure.epoch) : ''
    if (field && value !== '' && (isKeptFor(why) || field.readOnly)) {
      report.kept.push({ field: name, label, why: isKeptFor(why) ? why : 'read-only', value })
      continue
    }
    if (field && value !== '') fills.push({ field, value: { kind: 'empty' }, isDate: false })
    report.leftEmpty.push({ field: name, label, why, ...(value === '' ? {} : { removed: value }) })
  }
  return { fills, report }
}

/** @returns the changed parts by lower-case name */
async function patchParts(
  structure: FormWorkbook,
  fills: readonly Fill[],
  read: (name: string) => Promise<string>,
): Promise<Map<string, string>> {
  const changed = new Map<string, string>()
  const styleOf = ({ sheet, cell }: CellField) => sheet.styles.get(cell) ?? 0
  const undated = fills.filter(({ isDate, field }) => isDate && structure.formatOf(styleOf(field)) !== 'date')
  let dated: ReadonlyMap<number, number> = new Map()
  if (undated.length > 0 && structure.parts.styles !== null) {
    const added = addDateStyles(
      await read(structure.parts.styles),
      undated.map(({ field }) => styleOf(field)),
    )
    changed.set(structure.parts.styles.toLowerCase(), added.xml)
    dated = added.styles
  }
  for (const sheet of structure.sheets) {
    const edits = fills
      .filter(({ field }) => field.sheet === sheet)
      .map(({ field, value, isDate }): CellEdit => {
        const needsLook = isDate && structure.formatOf(styleOf(field)) !== 'date'
        const style = needsLook ? dated.get(styleOf(field)) : undefined
        return { column: field.column, row: field.row, value, ...(style === undefined ? {} : { style }) }
      })
    if (edits.length > 0)
      changed.set(sheet.partName.toLowerCase(), patchSheet(await read(sheet.partName), edits))
  }
  if (changed.size > 0) {
    const { main } = structure.parts
    changed.set(main.toLowerCase(), recalculateOnLoad(await read(main)))
  }
  return changed
}
