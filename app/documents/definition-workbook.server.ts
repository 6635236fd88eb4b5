/** Forms written in a spreadsheet: a template that explains itself, and the edition that its rows describe. */
import { Edition } from '#questionnaires/definition.ts'
import { checkDefinition } from '#questionnaires/definition-checks.ts'
import type { KnownWords } from '#questionnaires/question-checks.ts'
import { assembleEdition } from './definition-assembly.ts'
import { EXAMPLE_EDITION } from './definition-example.ts'
import { SHEETS } from './definition-fields.ts'
import { describeIssue } from './definition-problems.ts'
import type { DefinitionProblem } from './definition-rows.ts'
import { addDefinitionSheets } from './definition-sheets.server.ts'
import { addSheet, createWorkbook, fitRow, setText, type Workbook } from './workbook-look.server.ts'
import { LISTS_SHEET } from './workbook-rows.ts'
import { readWorkbook } from './workbook-sheets.server.ts'
import { addListSheet } from './workbook-validation.server.ts'
import { fold } from './workbook-values.ts'

export type DefinitionReading = { ok: true; edition: Edition } | { ok: false; problems: DefinitionProblem[] }

// A sheet of nonsense has thousands; nobody reads beyond the first screens.
const MOST_PROBLEMS = 200

/** @param edition what the sheets are filled with; an example that shows each of them where absent */
export async function writeDefinitionTemplate({
  path,
  edition,
}: {
  path: string
  edition?: Edition
}): Promise<void> {
  const shown = edition ?? EXAMPLE_EDITION
  const workbook = createWorkbook(new Date(`${shown.publishedOn}T00:00:00Z`), shown.form.title)
  addInstructions(workbook)
  const lists = addListSheet(workbook, LISTS_SHEET)
  addDefinitionSheets(workbook, lists, shown)
  await workbook.xlsx.writeFile(path)
}

/**
 * Reads the sheets by their names and the columns by their headings, in whatever order they stand.
 * @param words controls and facts that the form may name; what is left out is not checked
 * @throws WorkbookError not-a-workbook, encrypted, damaged, too-large
 */
export async function readDefinitionWorkbook({
  path,
  words,
}: {
  path: string
  words?: KnownWords
}): Promise<DefinitionReading> {
  const { sheets } = await readWorkbook(path)
  const required = [SHEETS.form, SHEETS.sections, SHEETS.questions]
  const missing = required.filter((wanted) => !sheets.some(({ name }) => fold(name) === fold(wanted)))
  if (missing.length > 0) {
    return refuse(
      missing.map((sheet) => ({
        sheet,
        cell: 'A1',
        message: `The sheet “${sheet}” is missing. Start from the template and keep its names.`,
      })),
    )
  }
  const assembly = assembleEdition(sheets)
  if (assembly.problems.length > 0) return refuse(assembly.problems)
  const parsed = Edition.safeParse(assembly.edition)
  if (!parsed.success) return refuse(parsed.error.issues.map((issue) => describeIssue(issue, assembly)))
  const problems = checkDefinition(parsed.data, words).map(({ path: at, message }) => {
    const { sheet, cell } = assembly.placeOf(at)
    return { sheet, cell, message }
  })
  return problems.length > 0 ? refuse(problems) : { ok: true, edition: parsed.data }
}

function refuse(problems: DefinitionProblem[]): DefinitionReading {
  return { ok: false, problems: problems.slice(0, MOST_PROBLEMS) }
}

function addInstructions(workbook: Workbook): void {
  const sheet = addSheet(workbook, {
    name: 'Read me first',
    frozen: { rows: 1, columns: 0 },
    headingRow: 1,
    widths: [30, 110],
  })
  setText(sheet.getCell(1, 1), 'Writing a form in a spreadsheet', 'title')
  INSTRUCTIONS.forEach(([label, text], index) => {
    setText(sheet.getCell(index + 2, 1), label, 'strong')
    setText(sheet.getCell(index + 2, 2), text, 'text')
    fitRow(sheet, index + 2, [[text, 110]])
  })
}

const INSTRUCTIONS: [label: string, text: string][] = [
  [
    'How it works',
    'Replace the example rows by your own, save as .xlsx and upload it. Mistakes are shown with sheet and cell; nothing is published by uploading.',
  ],
  [
    'What may change',
    'Sheets and columns are found by their names, so they may be moved. A column whose heading begins with “Note” is yours.',
  ],
  [
    'Ids',
    'Lower-case words joined by hyphens, such as mfa-mail. Conditions, options and later editions refer to them, so an id stays when the words change.',
  ],
  [
    'Order',
    'Questions, options, columns and terms stand in the order of their rows. Sections follow the sheet Sections.',
  ],
  ['Lists', 'Where several ids can stand, put commas between them: mfa, remote-access.'],
  [
    'Conditions',
    'mfa-mail = yes · backup-interval in (weekly, less-often) · backups includes immutable · people >= 50 · largest-transfer >= 25000 USD',
  ],
  [
    '… on the applicant',
    'revenue >= 35000000 USD · headcount >= 50 · class in (law-firm, healthcare) · renewal = yes · coverage includes payment-fraud',
  ],
  ['… on the evidence', 'exposure.rdp_open_count >= 1 · mfa.enforced = true'],
  [
    '… joined',
    'Use and, or, not and parentheses: mfa-mail = no and not (renewal = yes or headcount >= 50). “and” binds before “or”.',
  ],
  ['… names', 'A name that is also one of these words stands in quotation marks: "headcount" >= 5.'],
  [
    'Amounts',
    'With a currency behind it an amount counts whole dollars, euros or yen; without one it counts the smallest coin.',
  ],
  ['Text', 'A text of nothing but spaces or quotation marks stands in quotation marks once more.'],
]
