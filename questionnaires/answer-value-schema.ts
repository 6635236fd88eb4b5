/** What an answer of each kind may hold, with the sentence that each refused field gets. */
import { z } from 'zod'
import { amountSchema, countSchema, day, numberSchema, pastDay, wording } from './answer-wording.ts'
import type { AnswerValue } from './answers.ts'
import { type Column, type Option, optionsOf, type Question } from './definition.ts'

export function valueSchemaFor(question: Question, now: Date): z.ZodType<AnswerValue> {
  const kind = z.literal(question.kind, 'This answer is of another kind than the question. Reload the page.')
  const fields: Record<string, z.ZodType> = { kind, ...fieldsFor(question, now) }
  const schema = z
    .object(fields, { error: 'Answer the question or choose "I don\'t know".' })
    .superRefine((value, context) => {
      if (Number(value.covered) <= Number(value.total) || question.kind !== 'percent') return
      context.addIssue({ code: 'custom', path: ['covered'], message: 'More are covered than there are.' })
    })
    .superRefine((value, context) => {
      const option = toDescribe(question, value)
      if (!option || value.description) return
      const message = `Write what is meant by "${option.label}".`
      context.addIssue({ code: 'custom', path: ['description'], message })
    })
    // What describes an option that is not chosen describes nothing.
    .transform(({ description, ...value }) =>
      description && toDescribe(question, value) ? { ...value, description } : value,
    )
  // The fields are written per kind below, which TypeScript cannot tie to the union's member.
  return schema as unknown as z.ZodType<AnswerValue>
}

function toDescribe(question: Question, value: Record<string, unknown>): Option | undefined {
  const chosen = [value.choice ?? value.choices].flat()
  return optionsOf(question).find(({ id, describe }) => describe && chosen.includes(id))
}

function fieldsFor(question: Question, now: Date): Record<string, z.ZodType> {
  switch (question.kind) {
    case 'yes-no':
      return { choice: yesNoSchema(question) }
    case 'single-choice':
    case 'band':
      return {
        choice: z.enum(
          question.options.map((option) => option.id),
          'Choose one of the answers.',
        ),
        ...describing(question),
      }
    case 'multiple-choice':
      return { choices: choicesSchema(question), ...describing(question) }
    case 'number':
      return { number: numberSchema(question) }
    case 'percent':
      return {
        covered: countSchema('Enter how many are covered.').min(0, 'Enter zero or more.'),
        total: countSchema(`Enter the number of ${question.population}.`).min(1, 'Enter at least 1.'),
      }
    case 'currency':
      return {
        amountMinor: amountSchema(),
        currency: z.literal(question.currency, `The amount must be in ${question.currency}.`),
      }
    case 'date':
      return { date: question.past ? pastDay(now) : day('Enter a date.', '1800-01-01') }
    case 'product':
      return { product: wording(200, 'Name the product.') }
    case 'text':
      return { text: wording(question.maxLength, 'Write an answer.', true) }
    case 'table':
      return { rows: rowsSchema(question) }
    case 'attachment':
      return { files: filesSchema(question) }
  }
}

function describing(question: Question): Record<string, z.ZodType> {
  return optionsOf(question).some(({ describe }) => describe)
    ? { description: wording(400, '').optional() }
    : {}
}

function yesNoSchema({ notApplicable, sometimes, yesOnly }: Extract<Question, { kind: 'yes-no' }>) {
  const offered = [
    ['yes', 'yes'],
    ...(yesOnly ? [] : [['no', 'no']]),
    ...(sometimes ? [['sometimes', 'sometimes']] : []),
    ...(notApplicable ? [['not-applicable', 'not applicable']] : []),
  ]
  const words = offered.map(([, word]) => word)
  const message = yesOnly
    ? 'Only "yes" can be chosen here. Where it does not hold, leave the question blank.'
    : `Choose ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.`
  return z.enum(
    offered.map(([choice = '']) => choice),
    message,
  )
}

function choicesSchema(question: Question) {
  const order = optionsOf(question).map((option) => option.id)
  const exclusive = optionsOf(question).filter((option) => option.exclusive)
  return z
    .array(
      z.enum(order, 'One of the ticked answers does not exist. Reload the page.'),
      'Tick at least one answer.',
    )
    .min(1, 'Tick at least one answer.')
    .superRefine((choices, context) => {
      if (new Set(choices).size < choices.length) {
        context.addIssue({ code: 'custom', message: 'An answer is ticked twice.' })
      }
      const alone = exclusive.find((option) => choices.includes(option.id))
      if (alone && choices.some((choice) => choice !== alone.id)) {
        context.addIssue({
          code: 'custom',
          message: `"${alone.label}" cannot be combined with another answer.`,
        })
      }
    })
    .overwrite((choices) => [...choices].sort((a, b) => order.indexOf(a) - order.indexOf(b)))
}

function rowsSchema({ columns, minimumRows, maximumRows }: Extract<Question, { kind: 'table' }>) {
  const cells = columns.map((column): [string, z.ZodType] => {
    const cell = cellSchema(column)
    return [column.id, column.required ? cell : cell.optional()]
  })
  const row = z
    .object(Object.fromEntries(cells), 'This row cannot be read. Reload the page.')
    .transform(withoutEmptyCells)
    // A row that says nothing would be counted as one that says something.
    .refine((filled) => Object.keys(filled).length > 0, 'Fill in this row or remove it.')
  const rows = (count: number) => `${count} ${count === 1 ? 'row' : 'rows'}`
  return z
    .array(row, 'Fill in the table.')
    .min(minimumRows, `Fill in at least ${rows(minimumRows)}.`)
    .max(maximumRows, `There is room for ${rows(maximumRows)}.`)
}

function withoutEmptyCells(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== undefined && cell !== ''))
}

function cellSchema(column: Column): z.ZodType {
  switch (column.kind) {
    case 'text':
      return wording(column.maxLength, column.required ? `Enter ${quoted(column)}.` : '')
    case 'number':
      return numberSchema(column)
    case 'currency':
      return amountSchema()
    case 'date':
      return day('Enter a date.', '1800-01-01')
    case 'yes-no':
      return z.enum(['yes', 'no'], 'Choose yes or no.')
    case 'choice':
      return z.enum(
        column.options.map(({ id }) => id),
        `Choose ${quoted(column)}.`,
      )
  }
}

const quoted = ({ label }: Column) => `"${label}"`

function filesSchema({ maximumFiles }: Extract<Question, { kind: 'attachment' }>) {
  const file = z.object(
    {
      revisionId: z.uuid('This file is not known. Choose it from the evidence.'),
      fileName: wording(400, 'This file has no name. Choose it again.'),
      sha256: z.string().regex(/^[0-9a-f]{64}$/, 'This file is not known. Choose it from the evidence.'),
    },
    'This file is not known. Choose it from the evidence.',
  )
  return z
    .array(file, 'Attach at least one file.')
    .min(1, 'Attach at least one file.')
    .max(maximumFiles, `Attach at most ${maximumFiles} ${maximumFiles === 1 ? 'file' : 'files'}.`)
    .refine(
      (files) => new Set(files.map(({ revisionId }) => revisionId)).size === files.length,
      'A file is attached twice.',
    )
}
