/** The cells of an insurer's workbook that are there to be filled in. */
import { DocumentError, type DocumentReading, MOST_FIELDS } from './carrier-document.ts'
import { type CellField, findCellFields } from './xlsx-fields.ts'
import { longestText } from './xlsx-rules.ts'
import { type FormWorkbook, readFormWorkbook } from './xlsx-structure.server.ts'

/**
 * @throws WorkbookError not-a-workbook, encrypted, damaged, too-large, macros
 * @throws DocumentError flat, signed, too-large
 */
export async function readXlsx(path: string): Promise<DocumentReading> {
  const workbook = await readFormWorkbook(path)
  refuseSigned(workbook)
  const fields = findCellFields(workbook)
  if (fields.length === 0) {
    throw new DocumentError(
      'flat',
      'No cells to fill in were found in this workbook: none has a list, a name or a question beside it. Ask the insurer for the form with its answer cells.',
    )
  }
  if (fields.length > MOST_FIELDS) {
    throw new DocumentError(
      'too-large',
      `The workbook has more than ${MOST_FIELDS} cells to fill in. Upload its sheets one by one.`,
    )
  }
  return {
    kind: 'xlsx',
    pages: workbook.sheets.length,
    notices: noticesOf(workbook),
    fields: fields.map((field) => ({
      name: field.name,
      label: field.label,
      kind: field.options.length > 0 ? 'dropdown' : 'cell',
      readOnly: field.readOnly,
      options: field.options,
      ...maxLengthOf(field),
      place: { sheet: field.sheet.name, cell: field.cell },
    })),
  }
}

/** @throws DocumentError signed */
export function refuseSigned({ isSigned }: FormWorkbook): void {
  if (!isSigned) return
  throw new DocumentError(
    'signed',
    'This workbook is digitally signed, and filling it in would break the signature. Ask the insurer for the form before it was signed.',
  )
}

export function noticesOf({ extras, hiddenSheets }: FormWorkbook): string[] {
  return [
    ...(extras.externalLinks ? ['The workbook links to other files. No link is followed.'] : []),
    ...(extras.embeddedFiles ? ['The workbook carries other files inside. They stay in filled copies.'] : []),
    ...(hiddenSheets.length > 0 ? ['The workbook has hidden sheets. Their cells are left alone.'] : []),
  ]
}

function maxLengthOf({ rule }: CellField): { maxLength?: number } {
  const maxLength = longestText(rule)
  return maxLength === undefined ? {} : { maxLength }
}
