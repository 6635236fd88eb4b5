/** What can be put into a field of an insurer's form: parts of answers, and what is known of the client. */

import type { FieldMapping } from '#app/documents/carrier-document.ts'
import { cutText } from '#app/language/cut-text.ts'
import { type Edition, listQuestions, optionsOf, type Question } from '#questionnaires/definition.ts'

export interface Target {
  value: string
  label: string
  questionId: string
  part: FieldMapping['part']
  /** Answers that a field with choices has to tell apart. */
  tokens: { value: string; label: string }[]
}

const CLIENT: [part: FieldMapping['part'], label: string][] = [
  ['client:legalName', 'Client: legal name'],
  ['client:tradingName', 'Client: trading name'],
  ['client:headcount', 'Client: people'],
  ['client:annualRevenue', 'Client: annual revenue'],
  ['client:domains', 'Client: internet domains'],
  ['client:contactName', 'Client: contact’s name'],
  ['client:contactTitle', 'Client: contact’s title'],
  ['client:contactEmail', 'Client: contact’s e-mail'],
  ['today', 'Today’s date'],
]

export const sourceOf = ({ questionId, part }: Pick<FieldMapping, 'questionId' | 'part'>) =>
  `${questionId} ${part}`

export function listTargets(edition: Edition): Target[] {
  const client = CLIENT.map(([part, label]) => makeTarget('', part, label))
  return [...client, ...listQuestions(edition).flatMap(targetsOf)]
}

function makeTarget(
  questionId: string,
  part: FieldMapping['part'],
  label: string,
  tokens: Target['tokens'] = [],
): Target {
  return { value: sourceOf({ questionId, part }), label, questionId, part, tokens }
}

const LONGEST = 70

function targetsOf(question: Question): Target[] {
  const prompt = question.prompt.length > LONGEST ? `${cutText(question.prompt, LONGEST)}…` : question.prompt
  const name = `${question.reference.item} ${prompt}`
  const make = (part: FieldMapping['part'], what: string) =>
    makeTarget(question.id, part, `${name} — ${what}`)
  const tokens = tokensOf(question)
  return [
    makeTarget(question.id, 'answer', name, tokens),
    ...tokens.map(({ value, label }) => make(`choice:${value}`, `ticked when “${label}”`)),
    ...(question.kind === 'percent'
      ? [make('covered', 'covered'), make('total', 'total'), make('percent', 'percent')]
      : []),
    ...(question.kind === 'date' ? [make('date', 'date')] : []),
    ...(optionsOf(question).some(({ describe }) => describe) ? [make('description', 'what “other” is')] : []),
    ...rowsOf(question).map(({ part, what }) => make(part, what)),
    make('explanation', 'explanation'),
  ]
}

function tokensOf(question: Question): Target['tokens'] {
  if (question.kind !== 'yes-no') return optionsOf(question).map(({ id, label }) => ({ value: id, label }))
  return [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No' },
    ...(question.sometimes ? [{ value: 'sometimes', label: 'Sometimes' }] : []),
    ...(question.notApplicable ? [{ value: 'not-applicable', label: 'Not applicable' }] : []),
  ]
}

/** Paper forms have a few lines for a table. */
const ROWS = 5

function rowsOf(question: Question): { part: FieldMapping['part']; what: string }[] {
  if (question.kind !== 'table') return []
  return Array.from({ length: Math.min(ROWS, question.maximumRows) }, (_, index) => index + 1).flatMap(
    (row) =>
      question.columns.map(({ id, label }) => ({
        part: `row:${row}:${id}` as const,
        what: `row ${row}, ${label}`,
      })),
  )
}
