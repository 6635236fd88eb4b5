/** From the cells of a workbook to answers, each held against its question; what does not fit is named at its cell. */
import { type Answer, validateAnswer } from '#questionnaires/answers.ts'
import { type Edition, listQuestions, type Question } from '#questionnaires/definition.ts'
import { type ApplicationIndex, indexApplication, type Place } from './application-index.ts'
import { readQuestion } from './application-question.ts'
import { printable, type Sheet } from './workbook-cell.ts'
import { rowsOf } from './workbook-rows.ts'
import { toText } from './workbook-values.ts'

export interface WorkbookProblem {
  sheet: string
  cell: string
  questionId: string | null
  /** A sentence that says what to type instead. */
  message: string
}

export interface WorkbookReading {
  /** By question id. `null`: the workbook takes the answer back, explicitly. Absent: left blank, or not readable. */
  answers: Record<string, Answer | null>
  problems: WorkbookProblem[]
  /** What was left alone. */
  notices: string[]
  /** Remarks beside the answers, by question id; no part of any answer. */
  notes: Record<string, string>
}

const LONGEST_NOTE = 4000

export function readAnswers(input: {
  sheets: readonly Sheet[]
  edition: Edition
  now: Date
}): WorkbookReading {
  const index = indexApplication(input.sheets)
  const questions = listQuestions(input.edition)
  const answers: [string, Answer | null][] = []
  const problems: WorkbookProblem[] = []
  const missing: Question[] = []
  for (const question of questions) {
    const given = readQuestion(question, index)
    const report = (found: { place: Place; message: string }[]) => {
      problems.push(...found.map(({ place, message }) => ({ ...place, questionId: question.id, message })))
    }
    switch (given.kind) {
      case 'missing':
        missing.push(question)
        break
      case 'blank':
        break
      case 'taken-back':
        answers.push([question.id, null])
        break
      case 'problems':
        report(given.problems)
        break
      case 'given': {
        const checked = validateAnswer(question, given.answer, input.now)
        if (checked.ok) answers.push([question.id, checked.answer])
        else report(checked.fieldErrors.map(({ path, message }) => ({ place: given.placeOf(path), message })))
      }
    }
  }
  return {
    // Question ids are no names that objects inherit (definition-checks.ts), but nothing here depends on it.
    answers: Object.fromEntries(answers),
    problems,
    notices: [...index.notices, ...unknownRows(index, questions), ...missingQuestions(missing)],
    notes: readNotes(index, questions),
  }
}

function readNotes(index: ApplicationIndex, questions: readonly Question[]): Record<string, string> {
  const notes = questions.flatMap((question): [string, string][] => {
    const row = index.rows.get(question.id)?.[0]
    const cell = row?.cell('notes')
    const text = row && cell ? toText(cell, row.epoch) : null
    if (!text?.ok) return []
    const note = printable(text.value).trim().slice(0, LONGEST_NOTE)
    return note === '' ? [] : [[question.id, note.replace(/[\ud800-\udbff]$/, '')]]
  })
  return Object.fromEntries(notes)
}

function unknownRows(index: ApplicationIndex, questions: readonly Question[]): string[] {
  const known = new Set(questions.flatMap((question) => rowsOf(question).map(({ key }) => key)))
  const tables = new Set(questions.map(({ id }) => id))
  const strange =
    [...index.rows.keys()].filter((key) => !known.has(key)).length +
    [...index.tables.keys()].filter((id) => !tables.has(id)).length
  return strange === 0 ? [] : ['Rows for questions that this form does not ask were not read.']
}

function missingQuestions(missing: readonly Question[]): string[] {
  if (missing.length === 0) return []
  const items = missing.slice(0, 20).map(({ reference }) => reference.item)
  const more = missing.length > items.length ? ` and ${missing.length - items.length} more` : ''
  return [`These items are no longer in the workbook and stay as they are: ${items.join(', ')}${more}.`]
}
