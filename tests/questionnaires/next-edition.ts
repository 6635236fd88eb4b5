/** What authors do to a form between two editions: random changes of its questions, with `follows` and `formerly`. */
import fc from 'fast-check'
import { type Column, type Edition, listQuestions, Question } from '#questionnaires/definition.ts'
import { FIELDS_BY_KIND } from './generated-questions.ts'

type Fields = Record<string, unknown>

interface Change {
  name: keyof typeof CHANGES
  /** Which question, and which of its parts. */
  at: number
  part: number
  /** Fields for a question that becomes one of another kind. */
  other: Fields & { kind: Question['kind'] }
}

const change: fc.Arbitrary<Change> = fc.record({
  name: fc.nat(1000).map((number) => {
    // Options can change in many ways, and few questions have any.
    const names = [...Object.keys(CHANGES), 'options', 'options', 'options'] as (keyof typeof CHANGES)[]
    return names[number % names.length] ?? 'reword'
  }),
  at: fc.nat(997),
  part: fc.nat(991),
  other: fc.oneof(
    ...Object.entries(FIELDS_BY_KIND).map(([kind, fields]) =>
      fields.map((own) => ({ ...definedOnly(own), kind: kind as Question['kind'] })),
    ),
  ),
})

/** The edition that follows this one, after none to a dozen changes. It need not make sense, only parse. */
export function nextEdition(older: Edition, most = 12): fc.Arbitrary<Edition> {
  return fc.array(change, { maxLength: most, size: 'max' }).map((changes) => {
    const next: Edition = { ...structuredClone(older), edition: `${older.edition}.1`, follows: older.edition }
    // Earlier names speak of the edition before this one's own.
    for (const question of listQuestions(next)) delete question.formerly
    for (const one of changes) applyChange(next, one)
    return next
  })
}

function applyChange(edition: Edition, { name, at, part, other }: Change): void {
  const all = listQuestions(edition)
  const question = all[at % all.length]
  if (!question) return
  // What no longer parses would never have been published.
  const parsed = CHANGES[name]({ edition, question, part, other }).map((one) => Question.safeParse(one))
  if (parsed.some(({ success }) => !success)) return
  const questions = edition.sections.find((section) => section.questions.includes(question))?.questions
  questions?.splice(questions.indexOf(question), 1, ...parsed.flatMap(({ data }) => data ?? []))
  edition.sections = edition.sections.filter((section) => section.questions.length > 0)
}

interface Given {
  edition: Edition
  question: Question
  part: number
  other: Change['other']
}

const before = (question: Question) => question.formerly ?? [question.id]

const CHANGES = {
  reword: ({ question }: Given): Fields[] => [{ ...question, prompt: `${question.prompt} Say so.` }],
  help: ({ question, part }: Given): Fields[] => [
    part % 3 === 0
      ? { ...question, help: undefined }
      : { ...question, help: part % 3 === 1 ? 'Count all.' : 'Count those in use.' },
  ],
  suggest: ({ question }: Given): Fields[] => [
    question.kind === 'product' ? { ...question, suggestions: ['Veeam'] } : question,
  ],
  meaning: ({ edition, question, part }: Given): Fields[] => {
    const term = edition.terms[part % edition.terms.length]
    if (term) term.meaning = `${term.meaning} And more.`
    return [question]
  },
  terms: ({ question, part }: Given): Fields[] => [
    { ...question, terms: part % 2 ? ['remote'] : ['admin', 'remote'] },
  ],
  threshold: ({ question, part }: Given): Fields[] => [
    {
      ...question,
      threshold:
        part % 4
          ? {
              is: part % 3 ? 'at-most' : 'at-least',
              value: (part % 90) + 1,
              unit: part % 2 ? 'days' : 'percent',
            }
          : undefined,
    },
  ],
  options: ({ question, part }: Given): Fields[] => [{ ...question, ...changedOptions(question, part) }],
  kind: ({ question, other }: Given): Fields[] => [
    { ...sharedFields(question), ...other, ...(other.kind === 'attachment' && { canonical: undefined }) },
  ],
  shape: ({ question, other }: Given): Fields[] => [
    other.kind === question.kind ? { ...question, ...other } : { ...question, ...toggled(question) },
  ],
  scope: ({ question, part }: Given): Fields[] => [
    { ...question, scope: part % 2 ? 'Everybody' : undefined },
  ],
  control: ({ question, part }: Given): Fields[] => [
    { ...question, control: part % 2 ? 'mfa-admin-accounts' : undefined },
  ],
  topic: ({ question, part }: Given): Fields[] => [
    {
      ...question,
      canonical: { topic: part % 2 ? 'staff' : 'payroll', scope: part % 3 ? 'all' : 'servers' },
    },
  ],
  mark: ({ question, part }: Given): Fields[] => [
    question.kind === 'yes-no'
      ? {
          ...question,
          canonical: {
            topic: 'staff',
            scope: 'all',
            ...question.canonical,
            yesFromPercent: (part % 100) + 1,
          },
        }
      : question,
  ],
  claims: ({ question, part }: Given): Fields[] => [
    question.kind === 'yes-no'
      ? {
          ...question,
          claims:
            part % 2
              ? { yes: `within-${(part % 30) + 1}-days` }
              : { [part % 4 ? 'no' : 'sometimes']: 'partly' },
        }
      : question,
  ],
  split: ({ question, part }: Given): Fields[] => [
    { ...question, ...(part % 2 && { id: `${question.id}-one` }), formerly: before(question) },
    {
      ...question,
      id: `${question.id}-two`,
      formerly: before(question),
      reference: { item: `${question.reference.item}b` },
    },
  ],
  merge: ({ edition, question, part }: Given): Fields[] => {
    const others = listQuestions(edition).filter(({ id }) => id !== question.id)
    const other = others[part % Math.max(1, others.length)]
    if (!other) return [question]
    for (const section of edition.sections) {
      section.questions = section.questions.filter(({ id }) => id !== other.id)
    }
    return [{ ...question, formerly: [...new Set([...before(question), ...before(other)])] }]
  },
  rename: ({ question }: Given): Fields[] => [
    { ...question, id: `${question.id}-new`, formerly: before(question) },
  ],
  /** The same id for something else: nobody is told, and only the words show it. */
  replace: ({ question, other }: Given): Fields[] => [
    { id: question.id, prompt: 'Something else?', reference: question.reference, ...other },
  ],
  remove: (): Fields[] => [],
  add: ({ question, other }: Given): Fields[] => [
    question,
    {
      id: `${question.id}-added`,
      prompt: 'What is new?',
      reference: { item: `${question.reference.item}+` },
      ...other,
    },
  ],
  move: ({ edition, question }: Given): Fields[] => {
    edition.sections.reverse()
    return [question]
  },
  renumber: ({ question }: Given): Fields[] => [
    { ...question, reference: { item: `9.${question.reference.item}` } },
  ],
  gate: ({ question, part }: Given): Fields[] => [
    {
      ...question,
      when: part % 2 ? { circumstance: 'renewal', is: 'yes' } : undefined,
      required: part % 3 > 0,
    },
  ],
  explain: ({ question, part }: Given): Fields[] => [
    { ...question, explain: part % 2 ? ['yes', 'a', 'b'] : [] },
  ],
} satisfies Record<string, (given: Given) => Fields[]>

function definedOnly(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** What questions of all kinds have. */
function sharedFields(question: Question): Fields {
  const { id, prompt, help, terms, required, when, control, scope, canonical, formerly, reference } = question
  return definedOnly({
    id,
    prompt,
    help,
    terms,
    required,
    when,
    control,
    scope,
    canonical,
    formerly,
    reference,
  })
}

/** One setting of the kind the other way round. */
function toggled(question: Question): Fields {
  switch (question.kind) {
    case 'yes-no':
      return { sometimes: !question.sometimes }
    case 'single-choice':
      return { ordered: !question.ordered }
    case 'number':
      return question.whole ? { unit: 'days' } : { max: 60 }
    case 'percent':
      return { population: `${question.population} in use` }
    case 'currency':
      return { currency: 'EUR' }
    case 'date':
      return { past: !question.past }
    case 'text':
      return { maxLength: question.maxLength + 1 }
    case 'attachment':
      return { maximumFiles: question.maximumFiles + 1 }
    case 'table':
      return { columns: question.columns.map(changedColumn) }
    default:
      return {}
  }
}

/** Another label, or two options that change places under their ids. */
function changedColumn(column: Column): Fields {
  if (column.kind !== 'choice') return { ...column, label: `${column.label}?` }
  const labels = column.options.map(({ label }) => label).reverse()
  return { ...column, options: column.options.map(({ id }, index) => ({ id, label: labels[index] })) }
}

function changedOptions(question: Question, part: number): Fields {
  if (!('options' in question)) return {}
  const { options } = question
  const at = part % options.length
  const replaced = (fields: Fields) =>
    options.map((one, index) => (index === at ? { ...one, ...fields } : one))
  switch (part % 8) {
    case 0:
      return { options: replaced({ label: `${options[at]?.label} or so` }) }
    case 1:
      return { options: replaced({ claim: 'partly' }) }
    case 2:
      return { options: options.filter((_, index) => index !== at) }
    case 3:
      return { options: [{ id: 'extra', label: 'Something else' }, ...options] }
    case 4:
      return { options: [...options].reverse() }
    case 5:
      return { options: replaced({ derivedFrom: ['all', 'daily'] }) }
    case 6:
      return { options: replaced({ describe: !options[at]?.describe }) }
    default:
      // Two options change places under their ids.
      return {
        options: options.map((one, index) => ({ ...one, label: options[options.length - 1 - index]?.label })),
      }
  }
}
