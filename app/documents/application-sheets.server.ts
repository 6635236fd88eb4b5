/** Writes the sections of an application: one sheet each, a row for every question and for each part of its answer. */
import { type Answers, describeAnswer } from '#questionnaires/answers.ts'
import { findAnswer } from '#questionnaires/branching.ts'
import type { Edition, Question, Section } from '#questionnaires/definition.ts'
import { answerCellOf } from './application-cells.ts'
import { addTableSheet } from './application-table-sheet.server.ts'
import { cellName, columnName, serialOfDate } from './workbook-cell.ts'
import { howToAnswer, whatCounts, whenAsked } from './workbook-hints.ts'
import {
  addSheet,
  fitRow,
  lockSheet,
  setAnswer,
  setText,
  sheetNameFor,
  type Workbook,
  type Worksheet,
} from './workbook-look.server.ts'
import { ANSWERS_MARK, DECORATION_KEY, ROLES, type Role, rowsOf } from './workbook-rows.ts'
import { addValidation, type ListSheet } from './workbook-validation.server.ts'

export interface ApplicationContent {
  edition: Edition
  answers: Answers
  /** Ids of the questions that apply as things stand. */
  applicable: ReadonlySet<string>
}

const HEADINGS: Record<Role, { heading: string; width: number }> = {
  item: { heading: 'Item', width: 7 },
  question: { heading: 'Question', width: 40 },
  help: { heading: 'What counts and how to answer', width: 38 },
  when: { heading: 'When it is asked', width: 22 },
  answer: { heading: 'Answer', width: 28 },
  explanation: { heading: 'Explanation', width: 32 },
  owner: { heading: "I don't know: who will find out", width: 16 },
  due: { heading: "I don't know: by which day", width: 13 },
  notes: { heading: 'Notes (not part of the answer)', width: 24 },
  remove: { heading: 'Take the answer back', width: 10 },
}

const HEADING_ROW = 3
const INTRO_WIDTH = 130
const COLUMN = Object.fromEntries(ROLES.map((role, index) => [role, index + 2])) as Record<Role, number>

/** The tables of a section follow it on sheets of their own. @returns the section's sheet name */
export async function addSectionSheet(
  workbook: Workbook,
  lists: ListSheet,
  content: ApplicationContent,
  { section, number }: { section: Section; number: number },
): Promise<string> {
  const name = sheetNameFor(workbook, `${number} ${section.title}`)
  const sheet = addSheet(workbook, {
    name,
    frozen: { rows: HEADING_ROW, columns: COLUMN.question },
    headingRow: HEADING_ROW,
    widths: [4, ...ROLES.map((role) => HEADINGS[role].width)],
  })
  writeHead(sheet, section)
  let row = HEADING_ROW + 1
  if (section.intro) {
    setText(sheet.getCell(row, 1), DECORATION_KEY, 'plain')
    sheet.mergeCells(row, COLUMN.item, row, COLUMN.answer)
    setText(sheet.getCell(row, COLUMN.item), section.intro, 'plain')
    fitRow(sheet, row, [[section.intro, INTRO_WIDTH]])
    row += 1
  }
  for (const question of section.questions) {
    const answer = findAnswer(content.answers, question.id)
    const tableSheet =
      question.kind === 'table' ? await addTableSheet(workbook, lists, question, answer) : undefined
    row = writeQuestion(sheet, lists, content, { question, row, tableSheet })
  }
  sheet.getColumn(1).hidden = true
  // Notes are for whoever types, not for paper, where they would make everything else too small.
  // The library puts a dollar sign before each column, and leaves the rows to us.
  sheet.pageSetup.printArea = `A$2:${columnName(COLUMN.due)}$${row - 1}`
  await lockSheet(sheet)
  return name
}

function writeHead(sheet: Worksheet, section: Section): void {
  setText(sheet.getCell(1, 1), ANSWERS_MARK, 'plain')
  for (const role of ROLES) setText(sheet.getCell(1, COLUMN[role]), role, 'plain')
  sheet.getRow(1).hidden = true
  setText(sheet.getCell(2, 1), DECORATION_KEY, 'plain')
  setText(sheet.getCell(2, COLUMN.item), section.title, 'title')
  sheet.getRow(2).height = 28
  setText(sheet.getCell(HEADING_ROW, 1), DECORATION_KEY, 'plain')
  sheet.getRow(HEADING_ROW).height = 30
  for (const role of ROLES)
    setText(sheet.getCell(HEADING_ROW, COLUMN[role]), HEADINGS[role].heading, 'heading')
}

function fitted(role: Role, text: string): [text: string, width: number] {
  return [text, HEADINGS[role].width]
}

/** @returns the next free row */
function writeQuestion(
  sheet: Worksheet,
  lists: ListSheet,
  { edition, answers, applicable }: ApplicationContent,
  at: { question: Question; row: number; tableSheet: string | undefined },
): number {
  const { question, tableSheet } = at
  const answer = findAnswer(answers, question.id)
  const how = howToAnswer(edition, question, tableSheet)
  const setLimit = (
    row: number,
    role: Role,
    limit: Parameters<typeof addValidation>[1]['limit'],
    hint: string,
  ) => {
    const cell = cellName(COLUMN[role], row)
    addValidation(lists, { sheet, area: `${cell}:${cell}`, limit, hint })
  }
  let row = at.row
  for (const { key, part, label } of rowsOf(question)) {
    const cell = (role: Role) => sheet.getCell(row, COLUMN[role])
    const isWhole = part.kind === 'whole'
    setText(sheet.getCell(row, 1), key, 'plain')
    setText(cell('item'), question.reference.item, isWhole ? 'strong' : 'soft')
    setText(cell('question'), label, isWhole ? 'strong' : 'part')
    const spec = answerCellOf(question, part, answer)
    if (spec.open) {
      setAnswer(cell('answer'), spec.value, spec.format)
      if (spec.limit) setLimit(row, 'answer', spec.limit, isWhole ? how : label)
    } else {
      setText(cell('answer'), spec.text, 'soft')
    }
    if (!isWhole) {
      const answered = spec.open && typeof spec.value === 'string' ? spec.value : ''
      fitRow(sheet, row, [fitted('question', label), fitted('answer', answered)])
      for (const role of ['help', 'when', 'explanation', 'owner', 'due', 'notes', 'remove'] as const) {
        setText(cell(role), '', 'none')
      }
      row += 1
      continue
    }
    const help = [whatCounts(edition, question), how].filter(Boolean).join('\n')
    setText(cell('help'), help, 'soft')
    const applies = applicable.has(question.id) ? '' : '\nAs things stand it is not asked; it may be skipped.'
    const when = whenAsked(edition, question) + applies
    setText(cell('when'), when, 'soft')
    const gap = answer?.state === 'dont-know' ? answer.gap : null
    setAnswer(cell('explanation'), answer?.explanation ?? null, 'text')
    setAnswer(cell('owner'), gap?.owner ?? null, 'text')
    setAnswer(cell('due'), gap ? (serialOfDate(gap.dueOn) ?? gap.dueOn) : null, 'date')
    setLimit(row, 'due', { type: 'date' }, 'The day by which this will be known.')
    setAnswer(cell('notes'), null, 'text')
    if (answer) {
      setAnswer(cell('remove'), null, 'text')
      const hint = `Choose “Yes” to take this answer back: ${describeAnswer(question, answer)}`
      setLimit(row, 'remove', { type: 'list', labels: ['Yes'], strict: true }, hint)
    } else {
      setText(cell('remove'), '', 'none')
    }
    const texts: [Role, string][] = [
      ['question', question.prompt],
      ['help', help],
      ['when', when],
      ['answer', spec.open ? String(spec.value ?? '') : spec.text],
      ['explanation', answer?.explanation ?? ''],
    ]
    const sized = texts.map(([role, text]) => fitted(role, text))
    fitRow(sheet, row, sized, question.kind === 'text' ? 5 : 2)
    row += 1
  }
  return row
}
