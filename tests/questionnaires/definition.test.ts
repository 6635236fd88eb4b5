import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDefinition } from '#questionnaires/validate-definition.ts'
import { definitionText, FIRST_QUESTION_LINE, problemsOf } from './sample-questions.ts'

const GATES = [
  'id: gate, kind: yes-no',
  'id: pick, kind: single-choice, options: [{ id: a, label: A }, { id: b, label: B }]',
  'id: ticks, kind: multiple-choice, options: [{ id: a, label: A }, { id: b, label: B, exclusive: true }]',
  'id: count, kind: number, min: 0, max: 10, whole: true',
  'id: share, kind: percent, population: things',
  'id: money, kind: currency, currency: USD',
  'id: day, kind: date',
]

describe('a definition', () => {
  it('is accepted with every kind of condition', () => {
    const text = definitionText(
      ...GATES,
      "id: one, kind: text, when: { question: gate, is: 'yes' }",
      'id: two, kind: text, when: { question: pick, is: [a, dont-know] }',
      'id: three, kind: text, when: { all: [{ question: ticks, includes: b }, { question: count, atLeast: 10 }] }',
      'id: four, kind: text, when: { any: [{ question: share, atLeast: 100 }, { question: money, atLeast: 5 }] }',
      'id: five, kind: text, when: { not: { question: ticks, includes: a } }',
      'id: six, kind: text, when: { question: day, is: dont-know }',
    )
    expect(problemsOf(text)).toEqual([])
  })

  it.each<[string, string, RegExp]>([
    [
      'an unknown question',
      "id: x, kind: text, when: { question: nowhere, is: 'yes' }",
      /no question "nowhere"/,
    ],
    ['its own question', "id: x, kind: yes-no, when: { question: x, is: 'yes' }", /its own question/],
    [
      'an unknown option',
      'id: x, kind: text, when: { question: pick, is: c }',
      /"c" is not an answer to "pick"/,
    ],
    [
      'one unknown option of several',
      'id: x, kind: text, when: { question: pick, is: [a, c] }',
      /"c" is not an answer/,
    ],
    [
      'not applicable where it is not offered',
      'id: x, kind: text, when: { question: gate, is: not-applicable }',
      /not an answer to "gate"/,
    ],
    ['an unknown tick', 'id: x, kind: text, when: { question: ticks, includes: c }', /"c" is not an answer/],
    [
      'a tick of a single choice',
      'id: x, kind: text, when: { question: pick, includes: a }',
      /needs a multiple choice/,
    ],
    [
      'the choice of a multiple choice',
      'id: x, kind: text, when: { question: ticks, is: a }',
      /cannot be asked of "ticks"/,
    ],
    [
      'the choice of a number',
      'id: x, kind: text, when: { question: count, is: a }',
      /cannot be asked of "count"/,
    ],
    ['the size of a choice', 'id: x, kind: text, when: { question: pick, atLeast: 1 }', /needs a number/],
    [
      'a nested unknown question',
      'id: x, kind: text, when: { all: [{ not: { question: nowhere, is: a } }] }',
      /no question "nowhere"/,
    ],
  ])('cannot look at %s', (_, question, message) => {
    expectProblem(definitionText(...GATES, question), GATES.length, message)
  })

  it.each<[string, string, RegExp]>([
    [
      'two answers at once',
      'id: x, kind: text, when: { all: [{ question: pick, is: a }, { question: pick, is: b }] }',
      /No combination/,
    ],
    ['more than the maximum', 'id: x, kind: text, when: { question: count, atLeast: 11 }', /No combination/],
    [
      'more than a hundred percent',
      'id: x, kind: text, when: { question: share, atLeast: 101 }',
      /No combination/,
    ],
    [
      'an exclusive option with another',
      'id: x, kind: text, when: { all: [{ question: ticks, includes: a }, { question: ticks, includes: b }] }',
      /No combination/,
    ],
    [
      'known and not known',
      'id: x, kind: text, when: { all: [{ question: gate, is: dont-know }, { question: gate, is: yes }] }',
      /No combination/,
    ],
  ])('cannot wait for %s', (_, question, message) => {
    expectProblem(definitionText(...GATES, question), GATES.length, message)
  })

  it('cannot hold a question whose gate is hidden whenever it would open', () => {
    const text = definitionText(
      ...GATES,
      "id: inner, kind: yes-no, when: { question: gate, is: 'no' }",
      "id: outer, kind: text, when: { all: [{ question: gate, is: 'yes' }, { question: inner, is: 'yes' }] }",
    )
    expectProblem(text, GATES.length + 1, /No combination/)
  })

  it('cannot hold questions that wait for each other', () => {
    const text = definitionText(
      "id: a, kind: yes-no, when: { question: c, is: 'yes' }",
      "id: b, kind: yes-no, when: { question: a, is: 'yes' }",
      "id: c, kind: yes-no, when: { not: { question: b, is: 'yes' } }",
      "id: d, kind: yes-no, when: { question: c, is: 'yes' }",
    )
    expect(problemsOf(text)).toHaveLength(1)
    expectProblem(text, 0, /wait for each other: a, c, b/)
  })

  it.each<[string, string, RegExp]>([
    ['the name of another question', 'id: gate, kind: text', /already a question "gate"/],
    ['a reserved name', 'id: constructor, kind: text', /reserved/],
    [
      'two options of one name',
      'id: x, kind: band, options: [{ id: a, label: A }, { id: a, label: B }]',
      /already a option|already an option/,
    ],
    [
      'an option for not knowing',
      'id: x, kind: band, options: [{ id: a, label: A }, { id: dont-know, label: B }]',
      /already offers/,
    ],
    [
      'an exclusive single choice',
      'id: x, kind: band, options: [{ id: a, label: A }, { id: b, label: B, exclusive: true }]',
      /multiple choice/,
    ],
    [
      'a claim without a control',
      'id: x, kind: band, options: [{ id: a, label: A }, { id: b, label: B, claim: c }]',
      /needs a control/,
    ],
    [
      'an explanation of an answer that it lacks',
      'id: x, kind: yes-no, explain: [maybe]',
      /"maybe" is not an answer/,
    ],
    ['an explanation of a number', "id: x, kind: number, explain: ['5']", /"5" is not an answer/],
    ['bounds the wrong way round', 'id: x, kind: number, min: 5, max: 4', /Swap/],
    ['a currency that does not exist', 'id: x, kind: currency, currency: XQZ', /not a currency code/],
    [
      'a control that the catalogue lacks',
      'id: x, kind: text, control: mfa-everything',
      /no control "mfa-everything"/,
    ],
    ['no kind', 'id: x', /none of the known kinds/],
    ['an unknown kind', 'id: x, kind: essay', /none of the known kinds/],
    ['an unknown field', 'id: x, kind: text, colour: red', /"colour" is not known/],
    ['a malformed name', 'id: X y, kind: text', /lower-case/],
    ['one option', 'id: x, kind: band, options: [{ id: a, label: A }]', /options/],
    ['no options', 'id: x, kind: band', /"options" is missing/],
    ['something that is not a condition', 'id: x, kind: text, when: { question: gate }', /not a condition/],
    [
      'a condition with two tests',
      'id: x, kind: text, when: { question: gate, is: a, includes: b }',
      /not a condition/,
    ],
    [
      'a nested field that is wrong',
      'id: x, kind: text, when: { all: [{ not: { question: 5, is: a } }] }',
      /not a condition|question/,
    ],
  ])('cannot give a question %s', (_, question, message) => {
    expectProblem(definitionText(...GATES, question), GATES.length, message, new Set(['mfa-email']))
  })

  it('points at the value, not only at its line', () => {
    const text = definitionText('id: x, kind: yes-no, explain: [maybe]')
    const [problem] = problemsOf(text)
    const line = text.split('\n')[FIRST_QUESTION_LINE - 1] ?? ''
    expect(problem).toMatchObject({
      code: 'meaning',
      line: FIRST_QUESTION_LINE,
      column: line.indexOf('maybe') + 1,
    })
  })

  it('names missing fields at the question that lacks them', () => {
    const text = definitionText('id: x, kind: text').replace('prompt: Why?, ', '')
    expectProblem(text, 0, /"prompt" is missing/)
  })

  it('names duplicate sections, items and signer roles', () => {
    const twice = definitionText('id: x, kind: text')
    expect(
      problemsOf(twice.replace('label: Owner }', 'label: Owner }, { id: owner, label: Two }')),
    ).toMatchObject([{ line: 8, message: expect.stringContaining('signer role "owner"') }])
    const sections = `${twice}${twice.slice(twice.indexOf('  - id: only')).replace('id: x', 'id: y')}`
    expect(problemsOf(sections).map(({ message }) => message)).toEqual([
      expect.stringContaining('section "only"'),
      expect.stringContaining('item "0"'),
    ])
  })
})

describe('text that is no definition', () => {
  const bomb = `a: &a [x, x]\n${'bcdefghij'.replace(/./g, (name) => `${name}: &${name} [*a, *a]\n`)}`
  it.each<[string, string]>([
    ['nothing', ''],
    ['a comment', '# nothing here'],
    ['a word', 'hello'],
    ['a list', '- a\n- b'],
    ['null', 'null'],
    ['broken YAML', 'schema: [1, 2'],
    ['a tab as indentation', 'form:\n\tcode: x'],
    ['a key twice', 'schema: 1\nschema: 1'],
    ['two documents', 'schema: 1\n---\nschema: 1'],
    ['aliases', 'schema: &one 1\nsummary: *one'],
    ['an alias bomb', bomb],
    ['an unknown tag', 'schema: !!js/function "x"'],
    ['a map as a key', '? { a: b }\n: c'],
    ['a prototype', '__proto__: { schema: 1 }'],
    ['deep brackets', `schema: ${'['.repeat(50_000)}`],
    ['deep brackets over lines', `schema: ${'[\n'.repeat(50_000)}`],
    ['deep indentation', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['deep dashes', '- '.repeat(50_000)],
    ['an image', '\ufffdPNG\r\n\u001a\n\u0000\u0000'],
    ['NUL characters', '\u0000'.repeat(100)],
    ['a megabyte of blanks', ' '.repeat(2_000_000)],
  ])('%s is refused with a place', (_, text) => {
    expectPlaces(text)
    expect(parseDefinition(text, 'sample.yaml').ok).toBe(false)
  })

  it('random text never crashes and always names a place', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), expectPlaces), {
      seed: 3,
      numRuns: 300,
    })
  })
})

function expectProblem(
  text: string,
  questionIndex: number,
  message: RegExp,
  controlIds?: ReadonlySet<string>,
) {
  const problems = problemsOf(text, controlIds)
  expect(problems).toMatchObject([{ file: 'sample.yaml', line: FIRST_QUESTION_LINE + questionIndex }])
  expect(problems[0]?.message).toMatch(message)
}

function expectPlaces(text: string) {
  const lines = text.split('\n').length
  for (const problem of problemsOf(text)) {
    expect(problem.file).toBe('sample.yaml')
    expect(problem.line).toBeGreaterThanOrEqual(1)
    expect(problem.line).toBeLessThanOrEqual(lines)
    expect(problem.column).toBeGreaterThanOrEqual(1)
    expect(problem.message).toMatch(/\S.*[.!?]$/)
  }
}
