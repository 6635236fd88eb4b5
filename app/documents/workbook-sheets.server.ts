/** All sheets of a foreign workbook with their cells: strings joined, dates told from numbers, formulas marked. */
import { posix } from 'node:path'
import { type OpenWorkbook, type WorkbookExtras, withWorkbook } from './open-workbook.server.ts'
import type { Sheet } from './workbook-cell.ts'
import { WorkbookError } from './workbook-error.ts'
import { readSheet } from './workbook-sheet.ts'
import { readNumberFormats } from './workbook-styles.ts'
import { attribute, decodeCellText, readXml } from './workbook-xml.ts'

export interface ReadWorkbook {
  sheets: Sheet[]
  extras: WorkbookExtras
}

// Far above 200 questions with full tables; a sheet of a million cells is no form.
export const MAXIMUM_CELLS = 300_000
const MAXIMUM_SHEETS = 500

/** @throws WorkbookError not-a-workbook, encrypted, damaged, too-large */
export async function readWorkbook(path: string): Promise<ReadWorkbook> {
  return withWorkbook(path, async (workbook) => {
    const main = await findMainPart(workbook)
    const listed = await readSheetList(workbook, main)
    const strings = await readSharedStrings(workbook, listed.stringsPart)
    const styles = await readPart(workbook, listed.stylesPart)
    const formats = styles ? readNumberFormats(styles) : []
    const sheets: Sheet[] = []
    let left = MAXIMUM_CELLS
    for (const { name, hidden, partName } of listed.sheets) {
      const bytes = await workbook.readPart(partName)
      if (!bytes)
        throw new WorkbookError('damaged', `The sheet “${name}” is missing. Ask for the file again.`)
      const { rows, merged, cells } = readSheet(bytes, { strings, formats, maximumCells: left })
      left -= cells
      sheets.push({ name, hidden, rows, merged, epoch: listed.epoch })
    }
    return { sheets, extras: workbook.extras }
  })
}

/** A part that must be there. @throws WorkbookError damaged */
export async function readPart(workbook: OpenWorkbook, name: string | null): Promise<Uint8Array | null> {
  if (name === null) return null
  const bytes = await workbook.readPart(name)
  if (!bytes) throw new WorkbookError('damaged', `Its part ${name} is missing. Ask for the file again.`)
  return bytes
}

interface Relation {
  id: string
  /** The last word of the type: `worksheet`, `sharedStrings`. Strict and transitional files differ before it. */
  type: string
  target: string
}

async function readRelations(workbook: OpenWorkbook, partName: string): Promise<Relation[]> {
  const { dir, base } = posix.parse(partName)
  const bytes = await workbook.readPart(posix.join(dir, '_rels', `${base}.rels`))
  const relations: Relation[] = []
  if (!bytes) return relations
  readXml(bytes, {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes.TargetMode === 'External') return
      const { Id: id = '', Type: type = '', Target: target = '' } = attributes
      const resolved = posix.resolve('/', dir, target.replaceAll('\\', '/')).slice(1)
      relations.push({ id, type: type.replace(/^.*\//, ''), target: resolved })
    },
  })
  return relations
}

export async function findMainPart(workbook: OpenWorkbook): Promise<string> {
  const main = (await readRelations(workbook, '')).find(({ type }) => type === 'officeDocument')
  if (!main || !/\.xml$/i.test(main.target)) {
    throw new WorkbookError('not-a-workbook', 'This file is no Excel workbook (.xlsx). Save it as one.')
  }
  return main.target
}

export async function readSheetList(workbook: OpenWorkbook, main: string) {
  const bytes = await workbook.readPart(main)
  const relations = await readRelations(workbook, main)
  const sheets: { name: string; hidden: boolean; partName: string }[] = []
  let isWorkbook = false
  let epoch: 1900 | 1904 = 1900
  const targetOf = (fits: (relation: Relation) => boolean) => relations.find(fits)?.target ?? null
  if (bytes) {
    readXml(bytes, {
      open(name, attributes) {
        if (name === 'workbook') isWorkbook = true
        if (name === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? '')) epoch = 1904
        if (name !== 'sheet' || attributes.name === undefined) return
        const id = attribute(attributes, 'id')
        const relation = relations.find((candidate) => candidate.id === id)
        // Charts and dialogs have tabs too, but no cells.
        if (relation?.type !== 'worksheet') return
        const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden'
        sheets.push({ name: decodeCellText(attributes.name), hidden, partName: relation.target })
      },
    })
  }
  if (!isWorkbook) {
    throw new WorkbookError('not-a-workbook', 'This file is no Excel workbook (.xlsx). Save it as one.')
  }
  if (sheets.length > MAXIMUM_SHEETS) {
    throw new WorkbookError(
      'too-large',
      'The workbook has more sheets than a form can have. Remove your own.',
    )
  }
  return {
    sheets,
    epoch: epoch as 1900 | 1904,
    stringsPart: targetOf(({ type }) => type === 'sharedStrings'),
    stylesPart: targetOf(({ type }) => type === 'styles'),
  }
}

export async function readSharedStrings(workbook: OpenWorkbook, partName: string | null): Promise<string[]> {
  const strings: string[] = []
  const bytes = await readPart(workbook, partName)
  if (!bytes) return strings
  let text = ''
  // Phonetic readings stand beside the text and are no part of it.
  let phonetic = 0
  readXml(bytes, {
    open(name) {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic += 1
    },
    close(name, content) {
      if (name === 'rPh') phonetic -= 1
      if (name === 't' && phonetic === 0) text += content
      if (name === 'si') strings.push(decodeCellText(text))
    },
  })
  return strings
}
