/** Random questions of every kind that no check has anything to say about, and random answers that they take. */
import fc from 'fast-check'
import { type Answer, type Answers, needsExplanation, validateAnswer } from '#questionnaires/answers.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import {
  type Column,
  type Edition,
  listQuestions,
  optionsOf,
  type Question,
} from '#questionnaires/definition.ts'
import { NOW } from './sample-questions.ts'

export interface QuestionSeed extends Record<string, unknown> {
  kind: Question['kind']
  canonical?: Record<string, unknown>
  yesOnly?: boolean
}

const flag = fc.boolean()
const sometimesSet = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const CONTROLS = loadCatalogue().controls.map(({ id }) => id)
const BOUNDS: Record<string, object> = {
  a: { below: 10 },
  b: { atLeast: 10, below: 60 },
  c: { atLeast: 60, below: 100 },
  d: { atLeast: 100 },
}

const base = {
  help: sometimesSet(fc.constantFrom('Count all.', 'Count some.')),
  terms: sometimesSet(fc.subarray(['remote', 'admin'])),
  required: fc.constantFrom(true, true, false),
  control: sometimesSet(fc.constantFrom(...CONTROLS.slice(0, 12))),
  scope: sometimesSet(fc.constantFrom('All staff', 'Suppliers too')),
  canonical: sometimesSet(fc.record({ topic: fc.constantFrom('staff', 'backups') })),
}

const limit = fc.record({
  is: fc.constantFrom('at-most', 'at-least'),
  value: fc.integer({ min: 1, max: 90 }),
  unit: fc.constantFrom('days', 'percent', 'people'),
})

const options = fc
  .tuple(
    fc.subarray(['a', 'b', 'c', 'd'], { minLength: 2 }),
    fc.constantFrom('', 'a', 'b', 'c'),
    fc.array(sometimesSet(fc.constantFrom('all', 'partly', 'none')), { minLength: 4, maxLength: 4 }),
  )
  .map(([ids, described, derived]) =>
    ids.map((id, index) => ({
      id,
      label: `Option ${id}`,
      ...(id === described && { describe: true }),
      ...(derived[index] && { derivedFrom: [derived[index]] }),
    })),
  )

const column = fc.oneof(
  fc.record({ kind: fc.constant('text'), maxLength: fc.constantFrom(20, 200) }),
  fc.record({ kind: fc.constant('number'), unit: sometimesSet(fc.constant('hours')), whole: flag }),
  fc.record({ kind: fc.constant('currency'), currency: fc.constantFrom('USD', 'JPY') }),
  fc.record({ kind: fc.constant('date') }),
  fc.record({ kind: fc.constant('yes-no') }),
  fc.record({
    kind: fc.constant('choice'),
    options: fc.constant([
      { id: 'here', label: 'Here' },
      { id: 'there', label: 'There' },
    ]),
  }),
)

/** The fields that the kinds add, one arbitrary a kind. */
export const FIELDS_BY_KIND: Record<Question['kind'], fc.Arbitrary<Record<string, unknown>>> = {
  'yes-no': fc
    .record({
      notApplicable: flag,
      sometimes: flag,
      yesOnly: flag,
      threshold: sometimesSet(limit),
      explain: fc.constantFrom([], ['yes']),
    })
    .map((fields) => (fields.yesOnly ? { ...fields, notApplicable: false, sometimes: false } : fields)),
  'single-choice': fc.record({ options, ordered: flag }),
  'multiple-choice': fc.record({ options, isLastAlone: flag }).map(({ options: given, isLastAlone }) => ({
    options: given.map((one, index) =>
      isLastAlone && index === given.length - 1 ? { ...one, exclusive: true } : one,
    ),
  })),
  band: fc
    .record({ options, measure: sometimesSet(fc.constantFrom('count', 'percent', 'amount')) })
    .map(({ options: given, measure }) => ({
      measure,
      options: given.map((one) => (measure ? { ...one, ...BOUNDS[one.id] } : one)),
    })),
  number: fc.record({
    unit: sometimesSet(fc.constant('hours')),
    min: sometimesSet(fc.constant(0)),
    whole: flag,
  }),
  percent: fc.record({ population: fc.constantFrom('laptops', 'servers') }),
  currency: fc.record({ currency: fc.constantFrom('USD', 'JPY') }),
  date: fc.record({ past: flag }),
  product: fc.constant({}),
  table: fc.array(column, { minLength: 1, maxLength: 3 }).map((columns) => ({
    columns: columns.map((one, index) => ({
      id: `c${index}`,
      label: `Column ${index}`,
      required: index === 0,
      ...one,
    })),
    minimumRows: 0,
    maximumRows: 3,
  })),
  text: fc.record({ maxLength: fc.constantFrom(50, 1000) }),
  attachment: fc.constant({}),
}

export const KINDS_OF_QUESTIONS: fc.Arbitrary<QuestionSeed> = fc.oneof(
  ...Object.entries(FIELDS_BY_KIND).map(([kind, fields]) =>
    fc.tuple(fc.record(base), fields).map(([shared, own]) => withoutUndefined(kind, { ...shared, ...own })),
  ),
)

function withoutUndefined(kind: string, fields: Record<string, unknown>): QuestionSeed {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  // Files have no place in the answer bank.
  if (kind === 'attachment') delete given.canonical
  return { ...given, kind } as QuestionSeed
}

/** Any mixture of answers that their questions take as they are, "I don't know" and blanks. */
export function fittingAnswers(edition: Edition): fc.Arbitrary<Answers> {
  const entries = listQuestions(edition).map((question) =>
    fc
      .option(answerTo(question), { nil: undefined, freq: 5 })
      .map((answer) => [question.id, answer] as const),
  )
  return fc
    .tuple(...entries)
    .map((pairs) =>
      Object.fromEntries(pairs.flatMap(([id, answer]): [string, Answer][] => (answer ? [[id, answer]] : []))),
    )
}

export function answerTo(question: Question): fc.Arbitrary<Answer> {
  const explanation = fc.option(fc.constantFrom('Planned.', 'As ever.'), { nil: undefined })
  const answered = fc.tuple(valueFor(question), explanation).map(([value, words]): Answer => {
    const answer = { state: 'answered', value, explanation: words } as Answer & { state: 'answered' }
    const needed = needsExplanation(question, answer.value)
      ? { ...answer, explanation: words ?? 'Planned.' }
      : answer
    const checked = validateAnswer(question, needed, NOW)
    if (!checked.ok)
      throw new Error(`A generated answer does not fit: ${JSON.stringify([question, needed, checked])}`)
    return checked.answer
  })
  const dontKnow: Answer = { state: 'dont-know', gap: { owner: 'Ana Ruiz', dueOn: '2026-12-01' } }
  return fc.oneof({ weight: 7, arbitrary: answered }, fc.constant(dontKnow))
}

const word = fc.constantFrom('Acme', '=1+1', 'Łódź', '2.1 or so', 'no')
const small = fc.nat(120)
const amount = fc.oneof(small, fc.nat(1e9))
const date = fc.constantFrom('2024-02-29', '2026-01-01', '2026-11-23')

function valueFor(question: Question): fc.Arbitrary<unknown> {
  const kind = fc.constant(question.kind)
  const described = (choices: readonly string[]) =>
    optionsOf(question).some(({ id, describe }) => describe && choices.includes(id))
      ? { description: 'A third' }
      : {}
  const ids = optionsOf(question).map(({ id }) => id)
  switch (question.kind) {
    case 'yes-no': {
      const choices = [
        'yes',
        ...(question.yesOnly ? [] : ['no']),
        ...(question.sometimes ? ['sometimes'] : []),
        ...(question.notApplicable ? ['not-applicable'] : []),
      ]
      return fc.record({ kind, choice: fc.constantFrom(...choices) })
    }
    case 'single-choice':
    case 'band':
      return fc
        .constantFrom(...ids)
        .map((choice) => ({ kind: question.kind, choice, ...described([choice]) }))
    case 'multiple-choice': {
      const alone = question.options.filter(({ exclusive }) => exclusive).map(({ id }) => [id])
      const others = question.options.filter(({ exclusive }) => !exclusive).map(({ id }) => id)
      const several = fc.subarray(others, { minLength: 1 })
      return fc
        .oneof({ weight: 3, arbitrary: several }, ...alone.map((one) => fc.constant(one)))
        .map((choices) => ({ kind: question.kind, choices, ...described(choices) }))
    }
    case 'number':
      return fc.record({
        kind,
        number: small.map((number) => Math.max(question.min ?? 0, Math.min(question.max ?? 1e9, number))),
      })
    case 'percent':
      return fc
        .tuple(small, small)
        .map(([a, b]) => ({ kind: question.kind, covered: Math.min(a, b), total: Math.max(a, b, 1) }))
    case 'currency':
      return fc.record({ kind, amountMinor: amount, currency: fc.constant(question.currency) })
    case 'date':
      return fc.record({ kind, date })
    case 'product':
      return fc.record({ kind, product: word })
    case 'text':
      return fc.record({ kind, text: word })
    case 'table':
      return fc.record({
        kind,
        rows: fc.array(rowOf(question.columns), {
          minLength: question.minimumRows,
          maxLength: Math.min(question.maximumRows, question.minimumRows + 3),
        }),
      })
    case 'attachment':
      return fc
        .subarray([1, 2], { minLength: 1, maxLength: Math.min(2, question.maximumFiles) })
        .map((numbers) => ({
          kind: question.kind,
          files: numbers.map((number) => ({
            revisionId: `00000000-0000-4000-8000-00000000000${number}`,
            fileName: `file-${number}.pdf`,
            sha256: String(number).repeat(64),
          })),
        }))
  }
}

function rowOf(columns: readonly Column[]): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .tuple(...columns.map((one) => fc.option(cellOf(one), { nil: undefined })), ...columns.map(cellOf))
    .map((cells) => {
      const given = columns.map(({ id, required }, index) => [
        id,
        cells[index] ?? (required || index === 0 ? cells[index + columns.length] : undefined),
      ])
      return Object.fromEntries(given.filter(([, cell]) => cell !== undefined))
    })
}

function cellOf(column: Column): fc.Arbitrary<unknown> {
  switch (column.kind) {
    case 'text':
      return word
    case 'number':
      return fc.integer({ min: column.min ?? 0, max: Math.min(column.max ?? 120, (column.min ?? 0) + 120) })
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
