/** What is wrong with a mapping, before it is kept: every mistake as a sentence, none taken in silence. */
import { type Edition, findQuestion, type Question } from '#questionnaires/definition.ts'
import { columnOf, hasPart, isClientPart, tokensOf } from './answer-tokens.ts'
import type { DocumentField, DocumentMapping, DocumentReading, FieldMapping } from './carrier-document.ts'
import { quoteCell } from './workbook-cell.ts'

/** @returns sentences for people; none when the mapping can be used */
export function checkMapping(reading: DocumentReading, edition: Edition, mapping: DocumentMapping): string[] {
  const fields = new Map(reading.fields.map((field) => [field.name, field]))
  const seen = new Set<string>()
  return mapping.flatMap((item) => {
    const field = fields.get(item.field)
    if (!field) return [`The form has no field “${quoteCell(item.field)}”. Take it out of the mapping.`]
    const name = `“${quoteCell(field.label || field.name)}”`
    if (seen.has(item.field)) return [`${name} is mapped twice. Keep one of the two.`]
    seen.add(item.field)
    const closed = closedFor(field)
    if (closed) return [`${name} ${closed}`]
    const problem =
      item.questionId === '' ? clientProblem(field, item) : questionProblem(edition, field, item)
    return problem ? [`${name} ${problem}`] : []
  })
}

function closedFor(field: DocumentField): string | null {
  if (field.kind === 'signature') return 'is for a signature. A person signs there, so leave it unmapped.'
  if (field.kind === 'button') return 'is a button and holds no answer. Leave it unmapped.'
  if (field.readOnly) return 'was fixed by the insurer and cannot be filled. Leave it unmapped.'
  return null
}

function clientProblem(field: DocumentField, { part, values }: FieldMapping): string | null {
  if (!isClientPart(part)) return 'has no question to take its answer from. Choose one.'
  if (isTickBox(field)) return 'is a tick box and cannot hold the client’s particulars. Choose “ticked when”.'
  return values && Object.keys(values).length > 0
    ? 'has choices for answers, but no question. Map it again.'
    : null
}

function questionProblem(edition: Edition, field: DocumentField, item: FieldMapping): string | null {
  const question = findQuestion(edition, item.questionId)
  if (!question)
    return `is mapped to “${quoteCell(item.questionId)}”, which this edition does not ask. Choose another.`
  if (isClientPart(item.part))
    return 'has both a question and a particular of the client. Choose one of them.'
  if (!hasPart(question, item.part)) {
    return `asks for “${quoteCell(item.part)}”, which the answer to item ${question.reference.item} does not have. Choose another part.`
  }
  if (isTickBox(field) && !canTick(question, item.part)) {
    return 'is a tick box and can only be ticked for one choice. Choose “ticked when” with that choice.'
  }
  return valuesProblem(question, field, item)
}

const isTickBox = ({ kind, options }: DocumentField) => kind === 'checkbox' && options.length === 0

function canTick(question: Question, part: FieldMapping['part']): boolean {
  if (part.startsWith('choice:')) return true
  if (part === 'answer') return question.kind === 'yes-no'
  return columnOf(question, part)?.kind === 'yes-no'
}

function valuesProblem(
  question: Question,
  field: DocumentField,
  { values = {} }: FieldMapping,
): string | null {
  const tokens = tokensOf(question).map(({ id }) => id)
  const strange = Object.keys(values).find((token) => !tokens.includes(token))
  if (strange !== undefined) {
    return `has a choice for “${quoteCell(strange)}”, which is no answer to item ${question.reference.item}. Map it again.`
  }
  const unknown = Object.values(values).find((option) => !field.options.includes(option))
  return unknown === undefined
    ? null
    : `has no choice “${quoteCell(unknown)}”. Choose one that the form offers.`
}
