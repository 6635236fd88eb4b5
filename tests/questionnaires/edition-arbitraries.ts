/** Random conditions and editions with every feature and the texts that spreadsheets and YAML get wrong. */
import fc from 'fast-check'
import { type Condition, Edition } from '#questionnaires/definition.ts'

/** What formulas, XML, escapes, other scripts and Excel's own notations are made of. */
export const NASTY = [
  '=1+1',
  '+A1',
  '-2',
  '@SUM(A1)',
  "'quoted",
  '"',
  '""',
  '"x"',
  '_x0041_',
  '_x005F_x0041_',
  '<b>&amp;]]></b>',
  'two\nlines',
  'a\ttab',
  'مرحبا بالعالم',
  'שלום',
  '👩‍👩‍👧‍👦 café e\u0301',
  '漢字',
  "I don't know",
  'Yes',
  'TRUE',
  '1/2',
  '1e3',
  '00123',
  'Nothing to list',
  '#',
  '-',
  'a, b; c',
  'x'.repeat(199),
]

export function conditionArbitrary(questionIds: readonly string[]): fc.Arbitrary<Condition> {
  const question = fc.constantFrom(...questionIds)
  const token = fc.oneof(
    fc.constantFrom('yes', 'no', 'dont-know'),
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'binary' }),
  )
  const is = fc.oneof(token, fc.array(token, { minLength: 1, maxLength: 3 }))
  const atLeast = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  )
  const currency = fc.oneof(
    fc.constantFrom('USD', 'JPY', 'KWD', 'usd', 'AND'),
    fc.string({ minLength: 3, maxLength: 3 }),
  )
  const fact = fc.constantFrom('exposure.rdp_open_count', 'a.b', 'mfa.2')
  const id = fc.constantFrom('payment-fraud', ...questionIds)
  const leaf = fc.oneof<fc.Arbitrary<Condition>[]>(
    fc.record({ question, is }),
    fc.record({ question, includes: token }),
    fc.record({ question, atLeast }),
    fc.record({ circumstance: fc.constant('revenue' as const), atLeast, currency }),
    fc.record({ circumstance: fc.constant('headcount' as const), atLeast }),
    fc.record({ circumstance: fc.constantFrom('class' as const, 'renewal' as const), is }),
    fc.record({ circumstance: fc.constant('coverage' as const), includes: id }),
    fc.record({ fact, atLeast }),
    fc.record({ fact, is: fc.oneof(token, fc.boolean()) }),
  )
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
    const parts = fc.array(tie('condition'), { minLength: 1, maxLength: 3 })
    return {
      condition: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.record({ all: parts }),
        fc.record({ any: parts }),
        fc.record({ not: tie('condition') }),
      ),
    }
  })
  return condition
}

const IDS = ['alpha', 'beta-2', 'gamma', 'revenue', 'class', 'constructor-x', 'd1', 'e-f-g', 'in', 'not']
const id = fc.constantFrom(...IDS)
const flag = fc.boolean()

export function textArbitrary(maxLength: number, minLength = 0): fc.Arbitrary<string> {
  const text = fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'grapheme', maxLength: Math.min(maxLength, 60) }),
    fc.string({ unit: 'binary', maxLength: Math.min(maxLength, 60) }),
    fc.constantFrom('', ' ', ' spaced ', '\n', '\r\n'),
  )
  return text
    .map((value) => value.slice(0, maxLength).replace(/[\ud800-\udbff]$/, ''))
    .filter((value) => [...value].length >= minLength)
}

const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
)
const date = fc
  .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))
const currency = fc.constantFrom('USD', 'JPY', 'KWD', 'EUR', 'CLF')
const words = fc.uniqueArray(id, { minLength: 1, maxLength: 3 })

const option = fc.record(
  {
    id,
    label: textArbitrary(200, 1),
    claim: id,
    derivedFrom: words,
    exclusive: flag,
    describe: flag,
    atLeast: number,
    below: number,
  },
  { requiredKeys: ['id', 'label'] },
)
const options = fc.uniqueArray(option, { minLength: 2, maxLength: 4, selector: (one) => one.id })
const plainOptions = fc.uniqueArray(fc.record({ id, label: textArbitrary(200, 1) }), {
  minLength: 2,
  maxLength: 3,
  selector: (one) => one.id,
})

const columnBase = { label: textArbitrary(120, 1), required: flag }
const column = fc.oneof(
  fc.record({ ...columnBase, kind: fc.constant('text'), maxLength: fc.integer({ min: 1, max: 1000 }) }),
  fc.record(
    {
      ...columnBase,
      kind: fc.constant('number'),
      unit: textArbitrary(40),
      min: number,
      max: number,
      whole: flag,
    },
    { requiredKeys: ['label', 'required', 'kind', 'whole'] },
  ),
  fc.record({ ...columnBase, kind: fc.constant('currency'), currency }),
  fc.record({ ...columnBase, kind: fc.constant('date') }),
  fc.record({ ...columnBase, kind: fc.constant('yes-no') }),
  fc.record({ ...columnBase, kind: fc.constant('choice'), options: plainOptions }),
)

const claims = fc
  .record({ yes: id, no: id, sometimes: id, 'not-applicable': id }, { requiredKeys: [] })
  .filter((made) => Object.keys(made).length > 0)

const KINDS: Record<string, fc.Arbitrary<object>> = {
  'yes-no': fc.record(
    { notApplicable: flag, sometimes: flag, yesOnly: flag, claims },
    { requiredKeys: ['notApplicable', 'sometimes', 'yesOnly'] },
  ),
  'single-choice': fc.record({ options, ordered: flag }),
  'multiple-choice': fc.record({ options }),
  band: fc.record(
    { options, measure: fc.constantFrom('count', 'percent', 'amount') },
    { requiredKeys: ['options'] },
  ),
  number: fc.record(
    { unit: fc.oneof(fc.constant('%'), textArbitrary(40)), min: number, max: number, whole: flag },
    { requiredKeys: ['whole'] },
  ),
  percent: fc.record({ population: textArbitrary(120) }),
  currency: fc.record({ currency }),
  date: fc.record({ past: flag }),
  product: fc.record({ suggestions: fc.array(textArbitrary(100), { maxLength: 3 }) }),
  table: fc.record({
    columns: fc
      .array(column, { minLength: 1, maxLength: 5 })
      .map((columns) => columns.map((made, index) => ({ ...made, id: `c${index}` }))),
    minimumRows: fc.integer({ min: 0, max: 2 }),
    maximumRows: fc.integer({ min: 2, max: 6 }),
  }),
  text: fc.record({ maxLength: fc.integer({ min: 1, max: 4000 }) }),
  attachment: fc.record(
    { evidenceKinds: words, maximumFiles: fc.integer({ min: 1, max: 20 }) },
    { requiredKeys: ['maximumFiles'] },
  ),
}

const canonical = fc.record(
  {
    topic: id,
    scope: id,
    fact: fc.constantFrom('mail.dmarc', 'exposure.rdp_open_count'),
    yesFrom: words,
    yesFromPercent: fc.integer({ min: 1, max: 100 }),
  },
  { requiredKeys: ['scope'] },
)
const threshold = fc.record({
  is: fc.constantFrom('at-most', 'at-least', 'more-than'),
  value: number,
  unit: textArbitrary(20, 1),
})

/** Well-formed, every feature in it; its conditions and names need not make sense. */
export const anyEdition: fc.Arbitrary<Edition> = fc
  .array(
    fc.record(
      {
        prompt: textArbitrary(600, 1),
        help: textArbitrary(2000),
        terms: fc.uniqueArray(id, { maxLength: 3 }),
        required: flag,
        requiredFrom: date,
        when: conditionArbitrary(IDS),
        control: id,
        scope: textArbitrary(200),
        canonical,
        threshold,
        formerly: words,
        explain: fc.uniqueArray(id, { maxLength: 2 }),
        item: textArbitrary(10),
        form: textArbitrary(60),
        edition: textArbitrary(40),
        kind: fc.constantFrom(...Object.keys(KINDS)),
      },
      { requiredKeys: ['prompt', 'required', 'explain', 'item', 'kind'] },
    ),
    { minLength: 1, maxLength: 7 },
  )
  .chain((bases) =>
    fc.tuple(
      fc.tuple(
        ...bases.map(({ kind, item, form, edition, ...base }, index) =>
          (KINDS[kind] as fc.Arbitrary<object>).map((fields) => ({
            ...base,
            ...fields,
            kind,
            id: `${IDS[index % IDS.length]}-q${index}`,
            reference: {
              item: `${item}${index}`,
              ...(form === undefined ? {} : { form }),
              ...(edition === undefined ? {} : { edition }),
            },
          })),
        ),
      ),
      frame,
    ),
  )
  .map(([questions, { sectionTexts, ...around }]) => {
    const size = Math.ceil(questions.length / sectionTexts.length)
    const sections = sectionTexts
      .map((texts, index) => ({
        ...texts,
        id: `section-${index}`,
        questions: questions.slice(index * size, (index + 1) * size),
      }))
      .filter((section) => section.questions.length > 0)
    return Edition.parse({ ...around, sections })
  })

const labelled = (length: number) =>
  fc.uniqueArray(fc.record({ id, label: textArbitrary(length, 1) }), {
    maxLength: 3,
    selector: (one) => one.id,
  })

const frame = fc.record(
  {
    schema: fc.constant(1),
    form: fc.record({
      code: id,
      title: textArbitrary(120, 1),
      issuer: textArbitrary(120, 1),
      kind: fc.constantFrom('application', 'supplement', 'renewal', 'attestation'),
    }),
    edition: fc.constantFrom('1', '2.1', '2.10', '007'),
    follows: fc.constantFrom('1', '1.0'),
    publishedOn: date,
    effectiveOn: date,
    summary: textArbitrary(1000),
    eligibility: fc.record({ when: conditionArbitrary(IDS), otherwise: textArbitrary(400, 1) }),
    coverages: labelled(120),
    blankMeans: fc.constantFrom('unanswered', 'no'),
    terms: fc.uniqueArray(fc.record({ id, term: textArbitrary(80, 1), meaning: textArbitrary(1000, 1) }), {
      maxLength: 3,
      selector: (one) => one.id,
    }),
    declaration: fc.record({
      text: textArbitrary(4000, 1),
      signerRoles: fc.uniqueArray(fc.record({ id, label: textArbitrary(80) }), {
        minLength: 1,
        maxLength: 3,
        selector: (one) => one.id,
      }),
      maximumAgeDays: fc.integer({ min: 1, max: 400 }),
      minimumSigners: fc.integer({ min: 1, max: 5 }),
      basis: fc.constantFrom('best-knowledge', 'representation', 'warranty'),
      dutyToUpdate: flag,
      notices: fc.array(fc.record({ jurisdiction: textArbitrary(60, 2), text: textArbitrary(2000, 1) }), {
        maxLength: 2,
      }),
    }),
    sectionTexts: fc.array(
      fc.record({ title: textArbitrary(120, 1), intro: textArbitrary(1000) }, { requiredKeys: ['title'] }),
      { minLength: 1, maxLength: 3 },
    ),
  },
  {
    requiredKeys: [
      'schema',
      'form',
      'edition',
      'publishedOn',
      'summary',
      'coverages',
      'blankMeans',
      'terms',
      'declaration',
      'sectionTexts',
    ],
  },
)
