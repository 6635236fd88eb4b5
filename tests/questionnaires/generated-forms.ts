/** Random editions that could be published, with gates over answers, circumstances and facts, and what fits them. */
import fc from 'fast-check'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { type Condition, Edition, listQuestions } from '#questionnaires/definition.ts'
import { checkDefinition } from '#questionnaires/definition-checks.ts'
import { KINDS_OF_QUESTIONS, type QuestionSeed } from './generated-questions.ts'

/** What a gate looks at, as numbers that are read once the questions before it are known. */
interface GateSeed {
  shape: 'one' | 'not' | 'all' | 'any' | 'neither'
  leaves: { source: number; pick: number; isList: boolean }[]
  /** Whether it may look at questions that are gated themselves. */
  isDeep: boolean
}

const gateSeed: fc.Arbitrary<GateSeed> = fc.record({
  shape: fc.constantFrom('one', 'one', 'one', 'not', 'all', 'any', 'neither'),
  leaves: fc.array(fc.record({ source: fc.nat(997), pick: fc.nat(991), isList: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  isDeep: fc.boolean(),
})

const frame = fc.record({
  blankMeans: fc.constantFrom('unanswered', 'no'),
  eligibility: fc.option(gateSeed, { nil: undefined }),
  sectionCount: fc.integer({ min: 1, max: 3 }),
})

const COVERAGES = ['payment-fraud', 'interruption'].map((id) => ({ id, label: `Cover for ${id}` }))
const TERMS = ['remote', 'admin'].map((id) => ({ id, term: id, meaning: `What ${id} means.` }))
const CLASSES = ['healthcare', 'law-firm', 'managed-services', 'other']
const NUMBER_FACT = 'exposure.rdp_open_count'
const WORD_FACT = 'mail.dmarc'
const FLAG_FACT = 'backup.immutable'

/** `checkDefinition` has nothing to say about it; 1–25 questions of all kinds, some below what they depend on. */
export const generatedForm: fc.Arbitrary<Edition> = fc
  .tuple(
    fc.array(
      fc.record({
        fields: KINDS_OF_QUESTIONS,
        gate: fc.option(gateSeed, { nil: undefined, freq: 2 }),
        place: fc.nat(100),
      }),
      { minLength: 1, maxLength: 25, size: 'max' },
    ),
    frame,
  )
  .map(([seeds, around]) => {
    const made: { question: Record<string, unknown>; place: number }[] = []
    for (const [index, { fields, gate, place }] of seeds.entries()) {
      const earlier = made.map(({ question }) => question)
      const question = {
        id: `q${index + 1}`,
        prompt: `Is this question ${index + 1}?`,
        reference: { item: String(index + 1) },
        ...fieldsOf(fields, around.blankMeans, index),
        ...(gate && { when: conditionOf(gate, earlier) }),
      }
      made.push({ question, place })
    }
    const questions = made.sort((a, b) => a.place - b.place).map(({ question }) => question)
    return repaired(Edition.parse(formOf(questions, around)))
  })

function formOf(
  questions: Record<string, unknown>[],
  around: { blankMeans: string; eligibility: GateSeed | undefined; sectionCount: number },
) {
  const size = Math.ceil(questions.length / around.sectionCount)
  const sections = Array.from({ length: around.sectionCount }, (_, index) => ({
    id: `part-${index + 1}`,
    title: `Part ${index + 1}`,
    questions: questions.slice(index * size, (index + 1) * size),
  }))
  return {
    schema: 1,
    form: { code: 'generated', title: 'Generated', issuer: 'Nobody' },
    edition: '1',
    publishedOn: '2026-01-01',
    summary: 'Made by a test.',
    coverages: COVERAGES,
    terms: TERMS,
    blankMeans: around.blankMeans,
    eligibility: around.eligibility && {
      when: conditionOf({ ...around.eligibility, isDeep: false }, null),
      otherwise: 'Ask for another form.',
    },
    declaration: { text: 'True.', signerRoles: [{ id: 'owner', label: 'Owner' }], maximumAgeDays: 30 },
    sections: sections.filter((section) => section.questions.length > 0),
  }
}

/** Two questions about one topic would overwrite each other, and "yes only" needs blanks that say "no". */
function fieldsOf({ canonical, ...fields }: QuestionSeed, blankMeans: string, index: number) {
  const isOnly = fields.yesOnly && blankMeans === 'no'
  return {
    ...fields,
    ...(canonical && { canonical: { ...canonical, scope: `part-${index + 1}` } }),
    ...(fields.kind === 'yes-no' && { yesOnly: isOnly }),
  }
}

/** @param earlier questions that may be looked at; null for circumstances alone */
function conditionOf(seed: GateSeed, earlier: Record<string, unknown>[] | null): Condition {
  const asked = (earlier ?? []).filter(({ when }) => seed.isDeep || !when)
  const outside = earlier ? [...CIRCUMSTANCE_TESTS, ...FACT_TESTS] : CIRCUMSTANCE_TESTS
  // Answers are what most gates look at.
  const sources = [...outside, ...asked, ...asked, ...asked]
  const leaves = seed.leaves.map(({ source, pick, isList }): Condition => {
    const chosen = sources[source % sources.length]
    if (typeof chosen === 'function') return chosen(pick, isList)
    return answerTest(chosen ?? {}, pick, isList)
  })
  const [first = { not: { all: leaves } }] = leaves
  switch (seed.shape) {
    case 'one':
      return first
    case 'not':
      return { not: first }
    case 'all':
      return { all: leaves }
    case 'any':
      return { any: leaves }
    case 'neither':
      return { not: { any: leaves } }
  }
}

type Test = (pick: number, isList: boolean) => Condition

const CIRCUMSTANCE_TESTS: Test[] = [
  (pick) => ({ circumstance: 'revenue', atLeast: (pick % 4) * 1000, currency: pick % 5 ? 'USD' : 'EUR' }),
  (pick) => ({ circumstance: 'headcount', atLeast: pick % 30 }),
  (pick, isList) => ({ circumstance: 'class', is: oneOrMore(CLASSES, pick, isList) }),
  (pick) => ({ circumstance: 'coverage', includes: wordAt(['payment-fraud', 'interruption'], pick) }),
  (pick, isList) => ({ circumstance: 'renewal', is: oneOrMore(['yes', 'no'], pick, isList) }),
]

const FACT_TESTS: Test[] = [
  (pick) => ({ fact: NUMBER_FACT, atLeast: pick % 4 }),
  (pick) => ({ fact: WORD_FACT, is: wordAt(['none', 'reject'], pick) }),
  (pick) => ({ fact: FLAG_FACT, is: pick % 2 === 0 }),
]

function answerTest(
  { id, kind, options }: Record<string, unknown>,
  pick: number,
  isList: boolean,
): Condition {
  const question = String(id)
  const ids = ((options ?? []) as { id: string }[]).map((option) => option.id)
  switch (kind) {
    case 'yes-no':
      return { question, is: oneOrMore(['yes', 'no', 'dont-know'], pick, isList) }
    case 'single-choice':
    case 'band':
      return { question, is: oneOrMore([...ids, 'dont-know'], pick, isList) }
    case 'multiple-choice':
      return { question, includes: wordAt(ids, pick) }
    case 'number':
    case 'percent':
    case 'currency':
      return { question, atLeast: pick % 100 }
    default:
      return { question, is: 'dont-know' }
  }
}

function wordAt(words: readonly string[], pick: number): string {
  return words[pick % words.length] ?? ''
}

function oneOrMore(words: readonly string[], pick: number, isList: boolean): string | string[] {
  return isList ? [...new Set([wordAt(words, pick), wordAt(words, pick + 1)])] : wordAt(words, pick)
}

/** A gate that nothing opens is taken away; everything else is made to make sense. */
function repaired(edition: Edition): Edition {
  const problems = checkDefinition(edition)
  if (problems.length === 0) return edition
  const copy = structuredClone(edition)
  for (const { path, message } of problems) {
    const [, section, , question, field] = path
    const at = copy.sections[Number(section)]?.questions[Number(question)]
    if (field !== 'when' || !at?.when) throw new Error(`A generated form is wrong: ${message}`)
    delete at.when
  }
  return repaired(copy)
}

/** Anything may be known or not. */
export const someCircumstances: fc.Arbitrary<Circumstances> = fc.record(
  {
    revenue: fc.record({ amountMinor: fc.nat(4000), currency: fc.constantFrom('USD', 'USD', 'EUR') }),
    headcount: fc.nat(40),
    class: fc.constantFrom(...CLASSES),
    coverages: fc.subarray(COVERAGES.map(({ id }) => id)),
    renewal: fc.constantFrom('yes' as const, 'no' as const),
    today: fc.constantFrom('2026-11-24', '2027-06-01'),
    facts: fc.record(
      {
        [NUMBER_FACT]: fc.oneof(fc.nat(5), fc.constant('two')),
        [WORD_FACT]: fc.constantFrom('none', 'reject', 'quarantine', true),
        [FLAG_FACT]: fc.oneof(fc.boolean(), fc.constant(1)),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
)

export function isGated(edition: Edition): boolean {
  return listQuestions(edition).some(({ when }) => when)
}
