/** The layout that the writer and the reader of an application's workbook share: rows, columns, hidden names. */
import { type Column, optionsOf, type Question } from '#questionnaires/definition.ts'
import { type Choice, fold } from './workbook-values.ts'

/** Raised when an older reader could no longer understand the layout. */
export const LAYOUT_VERSION = 1

/** Hidden from everybody: what the workbook belongs to. */
export const IDENTITY_SHEET = 'attested'
/** Names the row that holds the layout's version, and by it the sheet, whatever that is called by now. */
export const IDENTITY_MARK = 'attested:workbook'
export const LISTS_SHEET = 'lists'

/** The first row of each sheet with answers is hidden and names its columns, so that they may be moved. */
export const ANSWERS_MARK = 'attested:answers'
export const TABLE_MARK = 'attested:table:'
/** In a table's sheet, before the id of each of its columns. */
export const COLUMN_MARK = 'column:'

export const ROLES = [
  'item',
  'question',
  'help',
  'when',
  'answer',
  'explanation',
  'owner',
  'due',
  'notes',
  'remove',
] as const
export type Role = (typeof ROLES)[number]

/** Rows of ours that hold no answer: title, intro, headings. */
export const DECORATION_KEY = '#'

export type RowPart =
  | { kind: 'whole' }
  | { kind: 'option'; optionId: string }
  | { kind: 'description' }
  | { kind: 'covered' }
  | { kind: 'total' }

export interface FormRow {
  /** In the hidden column; it and not the place says what a row answers. */
  key: string
  part: RowPart
  label: string
}

/** The rows of one question; the first stands for the question as a whole. */
export function rowsOf(question: Question): FormRow[] {
  const rows: FormRow[] = [{ key: question.id, part: { kind: 'whole' }, label: question.prompt }]
  if (question.kind === 'multiple-choice') {
    for (const { id, label } of shownOptions(question)) {
      rows.push({ key: `${question.id}/option/${id}`, part: { kind: 'option', optionId: id }, label })
    }
  }
  if (optionsOf(question).some(({ describe }) => describe)) {
    const label = 'If it is another: what is it?'
    rows.push({ key: `${question.id}/description`, part: { kind: 'description' }, label })
  }
  if (question.kind === 'percent') {
    rows.push(
      { key: `${question.id}/covered`, part: { kind: 'covered' }, label: 'How many of them are covered' },
      {
        key: `${question.id}/total`,
        part: { kind: 'total' },
        label: `How many ${question.population} there are`,
      },
    )
  }
  return rows
}

export const YES_NO: Choice[] = [
  { id: 'yes', label: 'Yes' },
  { id: 'no', label: 'No' },
  { id: 'sometimes', label: 'Sometimes' },
  { id: 'not-applicable', label: 'Not applicable' },
]

export const DONT_KNOW = "I don't know"
/** The explicit answer to a table that may be empty. */
export const NOTHING_TO_LIST = 'Nothing to list'

/** What a yes/no question offers; all four are understood when they come back. */
export function offeredYesNo(question: Extract<Question, { kind: 'yes-no' }>): Choice[] {
  const offered = new Set(['yes'])
  if (!question.yesOnly) offered.add('no')
  if (question.sometimes) offered.add('sometimes')
  if (question.notApplicable) offered.add('not-applicable')
  return YES_NO.filter(({ id }) => offered.has(id))
}

/** The options as the workbook shows them: two that read alike are told apart by their ids. */
export function shownOptions(question: Question): Choice[] {
  return tellApart(optionsOf(question))
}

export function shownChoices(column: Extract<Column, { kind: 'choice' }>): Choice[] {
  return tellApart(column.options)
}

function tellApart(options: readonly Choice[]): Choice[] {
  const labels = options.map(({ label }) => fold(label))
  const isClear = (label: string) =>
    label !== '' && label !== fold(DONT_KNOW) && labels.indexOf(label) === labels.lastIndexOf(label)
  const named = (option: Choice) => `${option.label} (${option.id})`
  const shown = options.map((option) => (isClear(fold(option.label)) ? option.label : named(option)))
  const areApart = new Set(shown.map(fold)).size === shown.length
  return options.map((option, index) => ({
    id: option.id,
    label: areApart ? (shown[index] ?? option.label) : named(option),
  }))
}
