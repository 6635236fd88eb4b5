/** The rows of a workbook's first sheet, as the texts that a person sees; its list of parts is judged before it is opened. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type ExcelJS from 'exceljs'
import { openPromise } from 'yauzl'
import { ImportError, type Importer } from './importer.ts'
import { type Rows, readMapped, tableImporter } from './table.ts'

const MAXIMUM_FILE = 50 * 1024 * 1024
const MAXIMUM_UNPACKED = 400 * 1024 * 1024
/** The texts of all cells are held in memory by the reader. */
const MAXIMUM_TEXTS = 64 * 1024 * 1024
const MAXIMUM_PARTS = 5000
const MAXIMUM_CELLS = 2000

/** Reads a table whose columns were explained, whether it is text or a workbook. */
export function mappedImporter(head: Uint8Array): Importer {
  if (!isWorkbook(head)) return tableImporter
  return {
    ...tableImporter,
    async *read(bytes, options) {
      if (!options.mapping) return yield* tableImporter.read(bytes, options)
      const folder = await mkdtemp(join(tmpdir(), 'attested-sheet-'))
      try {
        const path = join(folder, 'table.xlsx')
        await pipeline(Readable.from(bytes), createWriteStream(path))
        return yield* readMapped(readWorkbookRows(path), options.mapping, options)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

/** Whether a head is a workbook's: a ZIP whose first part is one of Office's. */
export function isWorkbook(head: Uint8Array): boolean {
  if (head[0] !== 0x50 || head[1] !== 0x4b || head[2] !== 3 || head[3] !== 4) return false
  const name = new TextDecoder('latin1').decode(head.subarray(30, 90))
  return /^(\[Content_Types\]\.xml|_rels\/|xl\/|docProps\/)/.test(name)
}

/** @throws ImportError malformed, too-large, hostile */
export async function* readWorkbookRows(path: string): Rows {
  await checkParts(path)
  // Loaded when needed: the library is large, and most files are no workbooks.
  const { default: excel } = await import('exceljs')
  const reader = new excel.stream.xlsx.WorkbookReader(createReadStream(path), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
  })
  try {
    for await (const sheet of reader) {
      for await (const row of sheet) {
        if (row.cellCount > MAXIMUM_CELLS)
          throw new ImportError('hostile', `A row has more than ${MAXIMUM_CELLS} cells.`)
        const cells: string[] = []
        for (let at = 1; at <= row.cellCount; at += 1) cells.push(textOf(row.getCell(at).value))
        if (cells.some((cell) => cell.trim() !== '')) yield cells
      }
      return
    }
  } catch (error) {
    if (error instanceof ImportError) throw error
    throw damaged()
  }
  throw new ImportError(
    'empty',
    'The workbook has no sheet with rows. Save it again, with the table on its first sheet.',
  )
}

/** A formula counts for the value that was last worked out; it is never worked out here. */
function textOf(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date)
    return Number.isNaN(value.getTime())
      ? ''
      : value
          .toISOString()
          .replace(/\.000Z$/, '')
          .replace('T', ' ')
  if (typeof value !== 'object') return String(value)
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('result' in value) return textOf(value.result as ExcelJS.CellValue)
  if ('text' in value) return textOf(value.text as ExcelJS.CellValue)
  return ''
}

async function checkParts(path: string): Promise<void> {
  if ((await stat(path)).size > MAXIMUM_FILE)
    throw new ImportError(
      'too-large',
      'The workbook is larger than 50 MB. Save its sheet as CSV and upload that.',
    )
  let parts = 0
  let total = 0
  try {
    const zip = await openPromise(path, { autoClose: true, lazyEntries: true, strictFileNames: true })
    for await (const { fileName, uncompressedSize } of zip.eachEntry()) {
      parts += 1
      total += uncompressedSize
      if (
        parts > MAXIMUM_PARTS ||
        total > MAXIMUM_UNPACKED ||
        (/sharedStrings/i.test(fileName) && uncompressedSize > MAXIMUM_TEXTS)
      ) {
        throw new ImportError(
          'too-large',
          'The workbook unpacks to more than can be read. Save its sheet as CSV and upload that.',
        )
      }
    }
  } catch (error) {
    throw error instanceof ImportError ? error : damaged()
  }
}

function damaged(): ImportError {
  return new ImportError(
    'malformed',
    'The workbook is damaged, has a password, or is no .xlsx file. Save it again, or save its sheet as CSV.',
  )
}
