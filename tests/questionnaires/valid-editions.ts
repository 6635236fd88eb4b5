/** Random editions that could be published: like any edition, but every name and condition in them makes sense. */
import fc from 'fast-check'
import { BUSINESS_CLASSES } from '#questionnaires/circumstances.ts'
import {
  type Condition,
  Edition,
  listQuestions,
  optionsOf,
  type Question,
} from '#questionnaires/definition.ts'
import { checkDefinition } from '#questionnaires/definition-checks.ts'
import { anyEdition, textArbitrary } from './edition-arbitraries.ts'

/** Every feature in it; parseDefinition accepts it. */
export const validEdition: fc.Arbitrary<Edition> = anyEdition.chain((edition) => {
  const questions = listQuestions(edition)
  const gates = questions.map((_, index) =>
    fc.option(sensibleCondition(edition, questions.slice(0, index)), { nil: undefined }),
  )
  return fc
    .tuple(fc.tuple(...gates), fc.option(sensibleCondition(edition, []), { nil: undefined }))
    .map(([whens, eligible]) => repaired(gated(edition, whens, eligible)))
})

function gated(edition: Edition, whens: (Condition | undefined)[], eligible: Condition | undefined): Edition {
  const places = new Map(listQuestions(edition).map(({ id }, index) => [id, index]))
  const terms = edition.terms.map(({ id }) => id)
  return Edition.parse({
    ...edition,
    eligibility: eligible && { when: eligible, otherwise: 'Ask for another form.' },
    sections: edition.sections.map((section) => ({
      ...section,
      questions: section.questions.map((question) => ({
        ...question,
        when: whens[places.get(question.id) ?? 0],
        terms: question.terms?.filter((term) => terms.includes(term)),
        threshold: question.threshold && { ...question.threshold, unit: 'days' },
      })),
    })),
  })
}

/** @param earlier questions that may be named; with none, circumstances are all there is, as in an eligibility */
function sensibleCondition({ coverages }: Edition, earlier: readonly Question[]): fc.Arbitrary<Condition> {
  const someOf = (words: readonly string[]) =>
    fc.oneof(fc.constantFrom(...words), fc.uniqueArray(fc.constantFrom(...words), { minLength: 1 }))
  const atLeast = fc.integer({ min: 1, max: 10_000_000 })
  const circumstances: fc.Arbitrary<Condition>[] = [
    fc.record({ circumstance: fc.constant('revenue' as const), atLeast, currency: fc.constant('USD') }),
    fc.record({ circumstance: fc.constant('headcount' as const), atLeast }),
    fc.record({
      circumstance: fc.constant('class' as const),
      is: someOf(BUSINESS_CLASSES.map(({ id }) => id)),
    }),
    fc.record({ circumstance: fc.constant('renewal' as const), is: someOf(['yes', 'no']) }),
    ...coverages.map(({ id }) => fc.constant({ circumstance: 'coverage' as const, includes: id })),
  ]
  const fact = fc.constantFrom('exposure.rdp_open_count', 'mail.dmarc')
  const facts: fc.Arbitrary<Condition>[] = [
    fc.record({ fact, atLeast }),
    fc.record({ fact, is: fc.oneof(textArbitrary(30), fc.boolean()) }),
  ]
  const leaf = fc.oneof(
    ...circumstances,
    ...(earlier.length > 0 ? facts : []),
    ...earlier.map((question) => questionTest(question, someOf)),
  )
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: fc.record({ not: leaf }) },
    { weight: 1, arbitrary: fc.record({ all: fc.array(leaf, { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ any: fc.array(leaf, { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ not: fc.record({ any: fc.array(leaf, { minLength: 1 }) }) }) },
  )
}

function questionTest(
  question: Question,
  someOf: (words: readonly string[]) => fc.Arbitrary<string | string[]>,
): fc.Arbitrary<Condition> {
  const id = fc.constant(question.id)
  switch (question.kind) {
    case 'yes-no':
      return fc.record({ question: id, is: someOf(['yes', 'no', 'dont-know']) })
    case 'single-choice':
    case 'band':
      return fc.record({ question: id, is: someOf(optionsOf(question).map((option) => option.id)) })
    case 'multiple-choice':
      return fc.record({
        question: id,
        includes: fc.constantFrom(...question.options.map((option) => option.id)),
      })
    case 'number':
    case 'percent':
    case 'currency':
      return fc.record({ question: id, atLeast: fc.integer({ min: 1, max: 100 }) })
    default:
      return fc.record({ question: id, is: fc.constant('dont-know') })
  }
}

/** Takes out whatever the checks name, until nothing is left to name. */
function repaired(edition: Edition): Edition {
  const copy = structuredClone(edition)
  const problems = checkDefinition(copy)
  if (problems.length === 0) return edition
  for (const { path } of problems) takeOut(copy, path)
  if (JSON.stringify(copy) === JSON.stringify(edition)) {
    throw new Error(`These problems stay: ${JSON.stringify(problems)}`)
  }
  return repaired(Edition.parse(copy))
}

function takeOut(edition: Edition, path: readonly (string | number)[]): void {
  if (path[0] === 'eligibility') {
    delete edition.eligibility
    return
  }
  const owner = path.slice(0, path[0] === 'sections' ? 4 : -1)
  const at = valueAt(edition, owner)
  const [field = '', index, name = ''] = path.slice(owner.length)
  if (field === 'currency') {
    Reflect.set(at, field, 'USD')
  } else if (field === 'columns' && name === 'currency') {
    Reflect.set(valueAt(at, ['columns', index ?? 0]), name, 'USD')
  } else if (field === 'options' || field === 'columns') {
    const part = valueAt(at, [field, index ?? 0])
    for (const limit of OPTIONAL) Reflect.deleteProperty(part, limit)
  } else {
    Reflect.deleteProperty(at, field)
  }
}

const OPTIONAL = ['claim', 'derivedFrom', 'exclusive', 'describe', 'atLeast', 'below', 'min', 'max']

function valueAt(value: object, path: readonly (string | number)[]): object {
  return path.reduce<object>((part, step) => Reflect.get(part, step), value)
}
