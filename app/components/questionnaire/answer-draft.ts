/** What the form holds while somebody types, between the stored answer and the next one. */
import type { UseFormReturn } from 'react-hook-form'
import { type Answer, type AnswerValue, answerSchemaFor } from '#questionnaires/answers.ts'
import { optionsOf, type Question } from '#questionnaires/definition.ts'

/** A cell whose text is no number yet is `NaN`; an empty one is absent. */
export type RowDraft = Record<string, string | number | undefined>

/** An answer that may still be incomplete. */
export interface AnswerDraft {
  state: 'answered' | 'dont-know'
  value: {
    kind: Question['kind']
    choice?: string
    choices?: string[]
    description?: string
    number?: number
    covered?: number
    total?: number
    amountMinor?: number
    currency?: string
    date?: string
    product?: string
    text?: string
    rows?: RowDraft[]
    files?: { revisionId: string; fileName: string; sha256: string }[]
  }
  gap: { owner: string; dueOn: string }
  explanation: string
}

export type AnswerForm = UseFormReturn<AnswerDraft, unknown, Answer>

/** What every field of an answer is given. */
export interface FieldsProps {
  question: Question
  form: AnswerForm
  fieldId: string
  disabled: boolean
}

export function draftOf(
  question: Question,
  answer: Answer | null,
  gapDefaults: AnswerDraft['gap'],
): AnswerDraft {
  const empty = emptyValue(question)
  return {
    state: answer?.state ?? 'answered',
    value: answer?.state === 'answered' ? { ...empty, ...answer.value } : empty,
    gap: answer?.state === 'dont-know' ? answer.gap : gapDefaults,
    explanation: answer?.explanation ?? '',
  }
}

function emptyValue(question: Question): AnswerDraft['value'] {
  const { kind } = question
  switch (kind) {
    case 'yes-no':
      return { kind, choice: '' }
    case 'single-choice':
    case 'band':
      return { kind, choice: '', description: '' }
    case 'multiple-choice':
      return { kind, choices: [], description: '' }
    case 'currency':
      return { kind, currency: question.currency }
    case 'table':
      return { kind, rows: Array.from({ length: Math.max(1, question.minimumRows) }, () => ({})) }
    case 'attachment':
      return { kind, files: [] }
    default:
      return { kind }
  }
}

/** The draft as an answer, if it is one; the same rules as the server's. */
export function readDraft(question: Question, draft: AnswerDraft, now: Date): Answer | null {
  const read = answerSchemaFor(question, now).safeParse(tidyDraft(question, draft))
  return read.success ? read.data : null
}

/** Nothing was filled in, which is no mistake: the question is unanswered. */
export function isBlank(question: Question, draft: AnswerDraft): boolean {
  const { kind: _kind, currency: _currency, rows = [], ...value } = tidyDraft(question, draft).value
  const isEmpty = (part: unknown) =>
    part === undefined || part === '' || (Array.isArray(part) && part.length === 0)
  return (
    draft.state === 'answered' &&
    draft.explanation.trim() === '' &&
    rows.every((row) => Object.keys(row).length === 0) &&
    Object.values(value).every((part) => isEmpty(typeof part === 'string' ? part.trim() : part))
  )
}

/** Without what the person sees as empty: a blank cell, a last row nobody filled in, the words of an unchosen "other". */
export function tidyDraft(question: Question, draft: AnswerDraft): AnswerDraft {
  const { description, rows, ...value } = draft.value
  return {
    ...draft,
    value: {
      ...value,
      ...(description?.trim() && describedOption(question, value) ? { description } : {}),
      ...(rows ? { rows: tidyRows(rows, question.kind === 'table' ? question.minimumRows : 0) } : {}),
    },
  }
}

function tidyRows(rows: readonly RowDraft[], minimumRows: number): RowDraft[] {
  const tidied = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(
        ([, cell]) => cell !== undefined && !(typeof cell === 'string' && !cell.trim()),
      ),
    ),
  )
  const isEmpty = (row: RowDraft | undefined) => row !== undefined && Object.keys(row).length === 0
  while (tidied.length > Math.max(1, minimumRows) && isEmpty(tidied.at(-1))) tidied.pop()
  return tidied
}

/** The chosen option that wants to be described: "other". */
export function describedOption(question: Question, value: { choice?: string; choices?: readonly string[] }) {
  const chosen = value.choices ?? [value.choice]
  return optionsOf(question).find(({ id, describe }) => describe && chosen.includes(id)) ?? null
}

/** Read as what is chosen so far; only for asking what the choice leads to. */
export function chosenSoFar(question: Question, value: AnswerDraft['value']): AnswerValue {
  return { ...value, kind: question.kind } as AnswerValue
}
