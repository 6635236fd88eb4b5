/** The sheets around the answers: what to do and whom to send it to, the form's words, and what the workbook belongs to. */
import type { Edition } from '#questionnaires/definition.ts'
import {
  addSheet,
  fitRow,
  lockSheet,
  setText,
  type Workbook,
  type Worksheet,
} from './workbook-look.server.ts'
import { DECORATION_KEY, IDENTITY_MARK, IDENTITY_SHEET, LAYOUT_VERSION } from './workbook-rows.ts'

export interface ApplicationOfWorkbook {
  id: string
  clientName: string
  /** Who made the workbook and gets it back. */
  preparedBy: string
}

export interface WorkbookOrigin {
  application: ApplicationOfWorkbook
  edition: Edition
  editionSha256: string
  now: Date
}

export const COVER_SHEET = 'Read me first'
const WORDS_SHEET = 'Words'

/** First, so that the workbook opens with it; filled when the sheets are known. */
export function addCoverSheet(workbook: Workbook): Worksheet {
  return addSheet(workbook, {
    name: COVER_SHEET,
    frozen: { rows: 0, columns: 0 },
    headingRow: 2,
    widths: [4, 26, 90],
  })
}

export async function fillCoverSheet(
  sheet: Worksheet,
  { application, edition, now }: WorkbookOrigin,
  sections: { title: string; sheetName: string; questions: number }[],
): Promise<void> {
  let row = 2
  const line = (label: string, text: string) => {
    setText(sheet.getCell(row, 2), label, 'strong')
    setText(sheet.getCell(row, 3), text, 'text')
    fitRow(sheet, row, [[text, 90]])
    row += 1
  }
  setText(sheet.getCell(1, 1), DECORATION_KEY, 'plain')
  setText(sheet.getCell(row, 2), `${edition.form.title}, edition ${edition.edition}`, 'title')
  sheet.getRow(row).height = 28
  row += 1
  line('Applicant', application.clientName)
  line(
    'Form',
    `${edition.form.title} (${edition.form.code}), edition ${edition.edition}, ${edition.form.issuer}`,
  )
  line('Prepared by', application.preparedBy)
  line('Prepared on', now.toISOString().slice(0, 10))
  row += 1
  setText(sheet.getCell(row, 2), 'What to do', 'heading')
  setText(sheet.getCell(row, 3), '', 'heading')
  row += 1
  steps(application, edition).forEach((step, index) => {
    line(`Step ${index + 1}`, step)
  })
  row += 1
  setText(sheet.getCell(row, 2), 'Sheet', 'heading')
  setText(sheet.getCell(row, 3), 'Section', 'heading')
  row += 1
  for (const { title, sheetName, questions } of sections) {
    const cell = sheet.getCell(row, 2)
    setText(cell, sheetName, 'link')
    cell.value = { text: String(cell.value), hyperlink: `#'${sheetName.replaceAll("'", "''")}'!A1` }
    setText(
      sheet.getCell(row, 3),
      `${title} (${questions} ${questions === 1 ? 'question' : 'questions'})`,
      'text',
    )
    row += 1
  }
  sheet.getColumn(1).hidden = true
  await lockSheet(sheet)
}

function steps(application: ApplicationOfWorkbook, edition: Edition): string[] {
  return [
    'Fill in the green cells of each sheet. All other cells are locked, and what is written beside them is not read.',
    'Look at “When it is asked” first: a question that is not asked may be skipped.',
    'Answer for what is so today, everywhere the question covers. If it is so only in part, that is no “Yes”.',
    'If you do not know, write who will find out and by which day instead of an answer.',
    ...(edition.blankMeans === 'no'
      ? ['Where this form offers yes or no, a cell left empty says no to the insurer.']
      : []),
    'An empty cell deletes nothing. To take an answer back, choose “Yes” in the last column.',
    'Type results, not formulas: a formula is not computed and its answer is left out.',
    `Save it as .xlsx and send it back to ${application.preparedBy}. They see every change before they take it over, and you sign nothing with this workbook.`,
  ]
}

export async function addWordsSheet(workbook: Workbook, edition: Edition): Promise<void> {
  if (edition.terms.length === 0) return
  const sheet = addSheet(workbook, {
    name: WORDS_SHEET,
    frozen: { rows: 2, columns: 0 },
    headingRow: 2,
    widths: [4, 36, 90],
  })
  setText(sheet.getCell(1, 1), DECORATION_KEY, 'plain')
  setText(sheet.getCell(1, 2), 'What the words of this form mean', 'title')
  setText(sheet.getCell(2, 2), 'Word', 'heading')
  setText(sheet.getCell(2, 3), 'Meaning', 'heading')
  edition.terms.forEach(({ term, meaning }, index) => {
    setText(sheet.getCell(3 + index, 2), term, 'strong')
    setText(sheet.getCell(3 + index, 3), meaning, 'text')
    fitRow(sheet, 3 + index, [
      [term, 36],
      [meaning, 90],
    ])
  })
  sheet.getColumn(1).hidden = true
  await lockSheet(sheet)
}

/** Read back by application-identity.ts. */
export function addIdentitySheet(workbook: Workbook, origin: WorkbookOrigin): void {
  const sheet = workbook.addWorksheet(IDENTITY_SHEET, { state: 'veryHidden' })
  const rows: [string, string][] = [
    [IDENTITY_MARK, String(LAYOUT_VERSION)],
    ['application', origin.application.id],
    ['form', origin.edition.form.code],
    ['edition', origin.edition.edition],
    ['sha256', origin.editionSha256],
    ['exportedAt', origin.now.toISOString()],
  ]
  rows.forEach(([name, value], index) => {
    setText(sheet.getCell(index + 1, 1), name, 'plain')
    setText(sheet.getCell(index + 1, 2), value, 'plain')
  })
}
