/** What the rows of one question say, before it is known whether that is a valid answer. */
import type { Question } from '#questionnaires/definition.ts'
import type { ApplicationIndex, FoundRow, FoundTable, Place } from './application-index.ts'
import { readValue } from './application-value.ts'
import { quoteCell, type SheetCell } from './workbook-cell.ts'
import { type FormRow, rowsOf } from './workbook-rows.ts'
import { fold, saysDontKnow, toDate, toText, toTick } from './workbook-values.ts'

export interface CellProblem {
  place: Place
  message: string
}

export type GivenAnswer =
  | { kind: 'missing' }
  | { kind: 'blank' }
  /** The tick that removes an answer is set. */
  | { kind: 'taken-back' }
  | { kind: 'problems'; problems: CellProblem[] }
  /** Yet to be validated. `placeOf` takes the dotted paths of validation. */
  | { kind: 'given'; answer: unknown; placeOf: (path: string) => Place }

/** The rows of one question by their keys, each found once. */
export interface QuestionRows {
  whole: FoundRow
  part(key: string): FoundRow | undefined
  table: FoundTable | null
}

export function readQuestion(question: Question, index: ApplicationIndex): GivenAnswer {
  const gathered = gatherRows(question, index)
  if (gathered === null) return { kind: 'missing' }
  if (Array.isArray(gathered)) return { kind: 'problems', problems: gathered }
  const { whole } = gathered
  const problems: CellProblem[] = []
  const read = <T>(role: 'explanation' | 'owner', take: (cell: SheetCell) => T) => {
    const cell = whole.cell(role)
    return cell ? take(cell) : undefined
  }
  const text = (role: 'explanation' | 'owner') =>
    read(role, (cell) => {
      const result = toText(cell, whole.epoch)
      if (!result.ok) problems.push({ place: whole.place(role), message: result.message })
      return result.ok ? result.value : undefined
    })

  const isTakenBack = toTick(whole.cell('remove'))
  if (!isTakenBack.ok) problems.push({ place: whole.place('remove'), message: isTakenBack.message })
  const explanation = text('explanation')
  const owner = text('owner')
  const due = dueOn(whole, problems)
  const value = readValue(question, gathered)
  const isOpen = owner !== undefined || due !== undefined
  // In a text the words "I don't know" may be the answer itself, unless somebody is named who will find out.
  const isFreeText = question.kind === 'text' || question.kind === 'product'
  const saysOpen = saysDontKnow(whole.cell('answer')) && (!isFreeText || isOpen) && value.kind !== 'chosen'
  if (value.kind === 'problems' && !saysOpen) problems.push(...value.problems)
  if (problems.length > 0) return { kind: 'problems', problems }
  if (isTakenBack.ok && isTakenBack.value) return { kind: 'taken-back' }

  const explained = explanation === undefined ? {} : { explanation }
  if (saysOpen || isOpen) {
    if (!saysOpen && value.kind !== 'blank') {
      const message = 'Here stand both an answer and who will find out. Keep one of them.'
      return { kind: 'problems', problems: [{ place: whole.place('owner'), message }] }
    }
    const answer = { state: 'dont-know', gap: { owner, dueOn: due }, ...explained }
    return { kind: 'given', answer, placeOf: (path) => whole.place(roleOfPath(path)) }
  }
  if (value.kind === 'blank') {
    // An attached file and its explanation are answered where the file is.
    if (explanation === undefined || question.kind === 'attachment') return { kind: 'blank' }
    const message = 'There is an explanation but no answer. Give the answer, or remove the explanation.'
    return { kind: 'problems', problems: [{ place: whole.place('answer'), message }] }
  }
  if (value.kind === 'problems') return { kind: 'problems', problems: value.problems }
  return {
    kind: 'given',
    answer: { state: 'answered', value: value.value, ...explained },
    placeOf: (path) => value.placeOf(path) ?? whole.place(roleOfPath(path)),
  }
}

function dueOn(whole: FoundRow, problems: CellProblem[]): string | undefined {
  const cell = whole.cell('due')
  if (!cell) return undefined
  const result = toDate(cell, whole.epoch)
  if (result.ok) return result.value
  problems.push({ place: whole.place('due'), message: result.message })
  return undefined
}

function roleOfPath(path: string): 'explanation' | 'owner' | 'due' | 'answer' {
  if (path === 'explanation') return 'explanation'
  if (path === 'gap.dueOn') return 'due'
  return path.startsWith('gap') ? 'owner' : 'answer'
}

/** @returns null where the question is not in the workbook; problems where its rows cannot be trusted */
function gatherRows(question: Question, index: ApplicationIndex): QuestionRows | CellProblem[] | null {
  const rows = new Map<string, FoundRow>()
  const problems: CellProblem[] = []
  for (const row of rowsOf(question)) {
    const found = index.rows.get(row.key) ?? []
    const [first, ...copies] = found
    if (!first) continue
    const other = copies.find((copy) => !saysTheSame(copy, first))
    if (other) {
      const message = 'This row stands in the workbook twice, with different answers. Delete one of them.'
      problems.push({ place: other.place('answer'), message })
    }
    if (!isIntact(question, row, first)) {
      const message = `The words of this row are no longer those of item ${quoteCell(question.reference.item)}, so its answer was left out. Restore them, or answer in a new copy of the workbook.`
      problems.push({ place: first.place('question'), message })
    }
    rows.set(row.key, first)
  }
  const whole = rows.get(question.id)
  if (!whole) return null
  if (rowsOf(question).some(({ key }) => !rows.has(key))) {
    const message = 'Rows of this question were deleted, so its answer was left out. Answer in a new copy.'
    problems.push({ place: whole.place('answer'), message })
  }
  const [table = null, ...copies] = index.tables.get(question.id) ?? []
  if (copies.length > 0 && table) {
    const message = 'The sheet of this table stands in the workbook twice. Delete the copy.'
    problems.push({ place: whole.place('answer'), message })
  }
  if (problems.length > 0) return problems
  return { whole, table, part: (key) => rows.get(key) }
}

/** Hidden names travel with their rows; when only the visible columns were sorted, these words give it away. */
function isIntact(question: Question, row: FormRow, found: FoundRow): boolean {
  const says = (role: 'item' | 'question', words: string) => {
    const cell = found.cell(role)
    const shown = cell ? toText(cell, found.epoch) : null
    return fold(shown?.ok ? shown.value : '') === fold(words)
  }
  return says('item', question.reference.item) && says('question', row.label)
}

function saysTheSame(a: FoundRow, b: FoundRow): boolean {
  const roles = ['answer', 'explanation', 'owner', 'due', 'remove'] as const
  return roles.every((role) => JSON.stringify(a.cell(role)) === JSON.stringify(b.cell(role)))
}
