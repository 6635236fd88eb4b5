/** Random answers that their questions accept, in the shape in which they are stored. */
import fc from 'fast-check'
import { type Answer, type Answers, validateAnswer } from '#questionnaires/answers.ts'
import {
  type Column,
  type Edition,
  listQuestions,
  optionsOf,
  type Question,
} from '#questionnaires/definition.ts'
import { textArbitrary } from '#tests/questionnaires/edition-arbitraries.ts'
import { NOW } from './workbook-forms.ts'

const longText = fc.oneof(
  { weight: 8, arbitrary: textArbitrary(4000, 1) },
  fc.constantFrom('=', '-', '\t').map((start) => start + 'word '.repeat(790)),
)
const double = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
const date = fc
  .date({ min: new Date('1800-01-01'), max: new Date('2300-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))

/** Where empty text and no text are the same. */
const wording = (maxLength: number) =>
  textArbitrary(maxLength, 1).filter((text) => text.trim() !== '' && [...text].length <= maxLength)

export function storedAnswers(edition: Edition): fc.Arbitrary<Answers> {
  const entries = listQuestions(edition).map((question) =>
    fc.option(answerTo(question), { freq: 6 }).map((given): [string, Answer][] => {
      const checked = given ? validateAnswer(question, given, NOW) : null
      return checked?.ok ? [[question.id, checked.answer]] : []
    }),
  )
  return fc.tuple(...entries).map((pairs) => Object.fromEntries(pairs.flat()))
}

function answerTo(question: Question): fc.Arbitrary<unknown> {
  const explanation = fc.option(longText, { nil: undefined, freq: 3 })
  const gap = fc.record({ owner: textArbitrary(120, 1), dueOn: date })
  const dontKnow = fc.record({ state: fc.constant('dont-know'), gap, explanation })
  // Files do not travel in a workbook.
  if (question.kind === 'attachment') return dontKnow
  const answered = fc.record({
    state: fc.constant('answered'),
    value: valueFor(question),
    explanation: longText,
  })
  return fc.oneof({ weight: 4, arbitrary: answered }, dontKnow)
}

function valueFor(question: Question): fc.Arbitrary<unknown> {
  const kind = fc.constant(question.kind)
  const asksWhich = optionsOf(question).some(({ describe }) => describe)
  const description = asksWhich ? fc.option(wording(400), { nil: undefined }) : fc.constant(undefined)
  switch (question.kind) {
    case 'yes-no':
      return fc.record({ kind, choice: fc.constantFrom('yes', 'no', 'sometimes', 'not-applicable') })
    case 'single-choice':
    case 'band':
      return fc.record({
        kind,
        choice: fc.constantFrom(...question.options.map(({ id }) => id)),
        description,
      })
    case 'multiple-choice':
      return fc.record({ kind, choices: fc.subarray(question.options.map(({ id }) => id)), description })
    case 'number':
      return fc.record({ kind, number: numberIn(question) })
    case 'percent':
      return fc
        .tuple(fc.nat(1e9), fc.integer({ min: 1, max: 1e9 }))
        .map(([a, b]) => ({ kind: question.kind, covered: Math.min(a, b), total: b }))
    case 'currency':
      return fc.record({ kind, amountMinor: amount, currency: fc.constant(question.currency) })
    case 'date':
      return fc.record({ kind, date })
    case 'product':
      return fc.record({ kind, product: textArbitrary(200, 1) })
    case 'text':
      return fc.record({ kind, text: longText.map((text) => text.slice(0, question.maxLength)) })
    case 'table':
      return fc.record({
        kind,
        rows: fc.array(rowOf(question.columns), { maxLength: question.maximumRows }),
      })
    case 'attachment':
      return fc.record({ kind, files: fc.constant([]) })
  }
}

const amount = fc.oneof(fc.nat(1e9), fc.integer({ min: 0, max: 1e14 }))

function rowOf(columns: readonly Column[]): fc.Arbitrary<Record<string, unknown>> {
  const cells = Object.fromEntries(columns.map((column) => [column.id, cellOf(column)]))
  const requiredKeys = columns.filter(({ required }) => required).map(({ id }) => id)
  // A row without a cell says nothing, on paper too.
  return fc.record(cells, { requiredKeys }).filter((row) => Object.keys(row).length > 0)
}

function cellOf(column: Column): fc.Arbitrary<unknown> {
  switch (column.kind) {
    case 'text':
      return wording(column.maxLength)
    case 'number':
      return numberIn(column)
    case 'currency':
      return amount
    case 'date':
      return date
    case 'yes-no':
      return fc.constantFrom('yes', 'no')
    case 'choice':
      return fc.constantFrom(...column.options.map(({ id }) => id))
  }
}

function numberIn({ min = -1e15, max = 1e15, whole }: { min?: number; max?: number; whole: boolean }) {
  const fitting = fc.oneof(double, fc.integer()).map((number) => Math.max(min, Math.min(max, number)))
  // Minus zero is a zero to everybody, spreadsheets included.
  return fitting.map((number) => (whole ? Math.round(number) : number) || 0)
}
