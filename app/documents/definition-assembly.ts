/** Puts the rows of a form's sheets together into an edition. */
import { type Assembler, cellOf, createAssembler, type Placed, type Raw } from './definition-assembler.ts'
import {
  COLUMN_FIELD_KINDS,
  COLUMN_FIELDS,
  type Field,
  FORM_FIELDS,
  KINDS_WITH_OPTIONS,
  OPTION_FIELDS,
  OWNER_HEADINGS,
  PLAIN_FIELDS,
  QUESTION_FIELDS,
  SECTION_FIELDS,
} from './definition-fields.ts'
import { type DefinitionProblem, type DefinitionRow, type FieldPlace, readForm } from './definition-rows.ts'
import type { Sheet } from './workbook-cell.ts'

export interface Assembly {
  /** In the shape of an edition, yet to be checked. */
  edition: unknown
  problems: DefinitionProblem[]
  /** The cell of the value at a path, else of the nearest value around it. */
  placeOf(path: readonly PropertyKey[]): FieldPlace
}

const { section: SECTION, question: QUESTION, column: COLUMN } = OWNER_HEADINGS

/** Never throws; the sheet Form must be there. */
export function assembleEdition(sheets: readonly Sheet[]): Assembly {
  const assembler = createAssembler(sheets)
  const declaration: Raw = {}
  const edition: Raw = { schema: 1, declaration }
  const form = assembler.findSheet('form')
  if (form) assembler.fill({ raw: edition, path: [] }, readForm(form, FORM_FIELDS, assembler.problems))
  const list = (key: 'coverages' | 'terms' | 'signers' | 'notices', path: string[]) =>
    assembler
      .readRows(key, [], PLAIN_FIELDS[key])
      .map((row, index) => assembler.fill({ raw: {}, path: [...path, index] }, row))
  edition.coverages = list('coverages', ['coverages'])
  edition.terms = list('terms', ['terms'])
  declaration.signerRoles = list('signers', ['declaration', 'signerRoles'])
  declaration.notices = list('notices', ['declaration', 'notices'])
  const sections = assembler.readRows('sections', [], SECTION_FIELDS).map((row, index) => ({
    ...assembler.fill({ raw: {}, path: ['sections', index] }, row),
    questions: [],
  }))
  edition.sections = sections
  const questions = addQuestions(assembler, sections)
  addOptions(assembler, questions)
  addColumns(assembler, questions)
  addSuggestions(assembler, questions)
  return { edition, problems: assembler.problems, placeOf: assembler.placeOf }
}

/** @returns the questions by id; of two with one id the first, for the second is a problem anyway */
function addQuestions(assembler: Assembler, sections: (Raw & { questions: Raw[] })[]): Map<string, Placed> {
  const byId = new Map<string, Placed>()
  for (const row of assembler.readRows('questions', [SECTION], QUESTION_FIELDS)) {
    const index = sections.findIndex(({ id }) => id === row.owners[SECTION])
    const siblings = sections[index]?.questions
    if (!siblings) {
      assembler.refuseOwner(row, SECTION, 'sections')
      continue
    }
    const kind = cellOf(row, 'Kind')
    const start =
      kind === 'table' ? { columns: [] } : isOneOf(kind, KINDS_WITH_OPTIONS) ? { options: [] } : {}
    const placed: Placed = { raw: start, path: ['sections', index, 'questions', siblings.length] }
    assembler.fill(placed, row, ({ kinds }: Field) => !kinds || isOneOf(kind, kinds))
    siblings.push(placed.raw)
    const { id } = placed.raw
    if (typeof id === 'string' && !byId.has(id)) byId.set(id, placed)
  }
  return byId
}

function addOptions(assembler: Assembler, questions: ReadonlyMap<string, Placed>): void {
  for (const row of assembler.readRows('options', [QUESTION], OPTION_FIELDS)) {
    const question = questions.get(row.owners[QUESTION] ?? '')
    if (!question) assembler.refuseOwner(row, QUESTION, 'questions')
    else if (!isOneOf(question.raw.kind, KINDS_WITH_OPTIONS)) assembler.refusePart(row, QUESTION, 'options')
    else addPart(assembler, row, question, 'options')
  }
}

function addColumns(assembler: Assembler, questions: ReadonlyMap<string, Placed>): void {
  const columns = new Map<string, Placed>()
  const keyOf = (questionId: unknown, columnId: unknown) => JSON.stringify([questionId, columnId])
  for (const row of assembler.readRows('columns', [QUESTION], COLUMN_FIELDS)) {
    const question = questions.get(row.owners[QUESTION] ?? '')
    if (!question) assembler.refuseOwner(row, QUESTION, 'questions')
    else if (question.raw.kind !== 'table') assembler.refusePart(row, QUESTION, 'columns')
    else {
      const kind = cellOf(row, 'Kind')
      const column = addPart(assembler, row, question, 'columns', ({ heading }) => {
        const kinds = COLUMN_FIELD_KINDS[heading]
        return !kinds || isOneOf(kind, kinds)
      })
      if (kind === 'choice') column.raw.options = []
      const key = keyOf(row.owners[QUESTION], column.raw.id)
      if (!columns.has(key)) columns.set(key, column)
    }
  }
  for (const row of assembler.readRows('columnOptions', [QUESTION, COLUMN], PLAIN_FIELDS.columnOptions)) {
    const column = columns.get(keyOf(row.owners[QUESTION], row.owners[COLUMN]))
    if (!column) assembler.refuseOwner(row, COLUMN, 'columns')
    else if (column.raw.kind !== 'choice') assembler.refusePart(row, COLUMN, 'options')
    else addPart(assembler, row, column, 'options')
  }
}

function addSuggestions(assembler: Assembler, questions: ReadonlyMap<string, Placed>): void {
  for (const row of assembler.readRows('suggestions', [QUESTION], PLAIN_FIELDS.suggestions)) {
    const question = questions.get(row.owners[QUESTION] ?? '')
    if (!question) assembler.refuseOwner(row, QUESTION, 'questions')
    else if (question.raw.kind !== 'product') assembler.refusePart(row, QUESTION, 'suggestions')
    else {
      const suggestions = partsOf(question.raw, 'suggestions')
      const path = [...question.path, 'suggestions', suggestions.length]
      suggestions.push(assembler.fill({ raw: {}, path }, row).product)
    }
  }
}

/** Appends what the row describes to a list of its owner. */
function addPart(
  assembler: Assembler,
  row: DefinitionRow,
  owner: Placed,
  list: string,
  has?: (field: Field) => boolean,
): Placed {
  const parts = partsOf(owner.raw, list)
  const placed: Placed = { raw: {}, path: [...owner.path, list, parts.length] }
  assembler.fill(placed, row, has)
  parts.push(placed.raw)
  return placed
}

function partsOf(raw: Raw, list: string): unknown[] {
  const parts = (raw[list] ?? []) as unknown[]
  raw[list] = parts
  return parts
}

function isOneOf(value: unknown, known: readonly string[]): boolean {
  return typeof value === 'string' && known.includes(value)
}
