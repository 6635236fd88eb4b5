import { describe, expect, it } from 'vitest'
import { parseDefinition } from '#questionnaires/validate-definition.ts'
import { definitionText } from './sample-questions.ts'

const FACTS = new Set(['exposure.rdp_open_count', 'mail.dmarc', 'backup.immutable'])
const GATES = [
  'id: gate, kind: yes-no',
  'id: some, kind: yes-no, sometimes: true',
  'id: share, kind: percent, population: things',
]
const COVERS = 'coverages: [{ id: breach-costs, label: Breach costs }]'
const LATER = 'the gate is below'

/** A form with one more question, gated like this. */
function gated(when: string, ...formLines: string[]) {
  return form([`id: x, kind: text, help: ${LATER}, when: ${when}`], COVERS, ...formLines)
}

function form(questions: string[], ...lines: string[]) {
  return definitionText(...GATES, ...questions).replace(/^sections:$/m, [...lines, 'sections:'].join('\n'))
}

/** Every problem with the text that stands at its place. */
function problemsOf(text: string) {
  const parsed = parseDefinition(text, 'sample.yaml', undefined, FACTS)
  if (parsed.ok) return []
  return parsed.problems.map(({ line, column, message }) => ({
    at: (text.split('\n')[line - 1] ?? '').slice(column - 1),
    message,
  }))
}

describe('a gate', () => {
  it.each([
    '{ circumstance: revenue, atLeast: 3500000001, currency: USD }',
    '{ circumstance: headcount, atLeast: 300 }',
    '{ circumstance: class, is: [healthcare, managed-services] }',
    '{ circumstance: coverage, includes: breach-costs }',
    "{ circumstance: renewal, is: 'yes' }",
    "{ circumstance: renewal, is: ['yes', 'no'] }",
    '{ fact: exposure.rdp_open_count, atLeast: 1 }',
    '{ fact: mail.dmarc, is: reject }',
    '{ fact: backup.immutable, is: false }',
    '{ question: some, is: sometimes }',
    '{ question: share, atLeast: 29 }',
    "{ not: { circumstance: renewal, is: 'yes' } }",
    '{ all: [{ circumstance: coverage, includes: breach-costs }, { not: { fact: mail.dmarc, is: reject } }] }',
  ])('can be %s', (when) => {
    expect(problemsOf(gated(when))).toEqual([])
  })

  it.each<[string, string, string, string]>([
    [
      'a currency that does not exist',
      '{ circumstance: revenue, atLeast: 1, currency: XQZ }',
      'XQZ',
      '"XQZ" is not a currency code. Use one such as USD.',
    ],
    [
      'a class that does not exist',
      '{ circumstance: class, is: [healthcare, zoo] }',
      '[healthcare, zoo]',
      '"zoo" is not a known class of business. Use one of: professional-services, law-firm, healthcare, financial-services, manufacturing, construction-property, retail-hospitality, education, public-nonprofit, technology, managed-services, other.',
    ],
    [
      'a renewal that is neither yes nor no',
      '{ circumstance: renewal, is: maybe }',
      'maybe',
      '"maybe" is not what renewal can be. Use one of: yes, no.',
    ],
    [
      'a cover that the form does not offer',
      '{ circumstance: coverage, includes: space-travel }',
      'space-travel',
      'The form offers no cover "space-travel". Add it to "coverages" or check its spelling.',
    ],
    [
      'a fact that nobody collects',
      '{ fact: mail.dmark, is: reject }',
      'mail.dmark',
      'The fact dictionary has no "mail.dmark". Check its spelling.',
    ],
    [
      'a fact that nobody collects, below "not"',
      '{ any: [{ not: { fact: a.b, atLeast: 1 } }] }',
      'a.b',
      'The fact dictionary has no "a.b". Check its spelling.',
    ],
    [
      '"sometimes" where it is not offered',
      '{ question: gate, is: sometimes }',
      'sometimes',
      '"sometimes" is not an answer to "gate". Use one of: yes, no.',
    ],
    [
      'a misspelt answer where more is offered',
      '{ question: some, is: never }',
      'never',
      '"never" is not an answer to "some". Use one of: yes, no, sometimes.',
    ],
    [
      'the size of a yes',
      '{ question: gate, atLeast: 1 }',
      '1',
      '"atLeast" needs a number; "gate" is a yes-no question.',
    ],
    [
      'a tick of a yes',
      "{ question: gate, includes: 'yes' }",
      "'yes'",
      '"includes" needs a multiple choice; "gate" is a yes-no question. Use "is".',
    ],
    [
      'the word for a share',
      '{ question: share, is: all }',
      'all',
      '"is" cannot be asked of "share", a percent question.',
    ],
    [
      'its own question',
      "{ question: x, is: 'yes' }",
      'x',
      'A condition cannot look at its own question. Name another one.',
    ],
    [
      'a question that is not there',
      '{ question: nowhere, is: a }',
      'nowhere',
      'There is no question "nowhere". Check its spelling.',
    ],
  ])('cannot look at %s', (_, when, at, message) => {
    const problems = problemsOf(gated(when))
    expect(problems).toEqual([{ at: expect.any(String), message }])
    expect(problems[0]?.at.startsWith(at)).toBe(true)
  })

  it.each([
    '{ circumstance: headcount }',
    '{ circumstance: headcount, atLeast: many }',
    '{ circumstance: revenue, atLeast: 5 }',
    '{ circumstance: weather, is: fine }',
    '{ circumstance: coverage, is: breach-costs }',
    '{ circumstance: class, is: [] }',
    '{ fact: mail.dmarc }',
    '{ fact: Mail DMARC, is: reject }',
    '{ fact: mail.dmarc, is: reject, question: gate }',
    '{ all: [] }',
    '{ not: [] }',
    'always',
  ])('cannot be %s', (when) => {
    const [problem, ...others] = problemsOf(gated(when))
    expect(others).toEqual([])
    expect(problem?.message).toMatch(/condition|headcount|atLeast|currency|"fact"|"is"|all/)
    expect(when).toContain(problem?.at.split(/[ ,}]/)[0] ?? 'a place in the gate')
  })

  it('is not held against facts where nobody says which there are', () => {
    expect(parseDefinition(gated('{ fact: a.b, atLeast: 1 }'), 'sample.yaml')).toMatchObject({ ok: true })
  })
})

describe('a gate that nothing opens', () => {
  const never = 'No combination of answers makes this question apply. Correct its condition.'

  it.each([
    [
      'a renewal and none',
      "{ all: [{ circumstance: renewal, is: 'yes' }, { circumstance: renewal, is: 'no' }] }",
    ],
    ['neither a renewal nor none', "{ not: { circumstance: renewal, is: ['yes', 'no'] } }"],
    [
      'two classes',
      '{ all: [{ circumstance: class, is: healthcare }, { circumstance: class, is: law-firm }] }',
    ],
    [
      'many people but not a few',
      '{ all: [{ circumstance: headcount, atLeast: 50 }, { not: { circumstance: headcount, atLeast: 10 } }] }',
    ],
    [
      'revenue in two currencies',
      '{ all: [{ circumstance: revenue, atLeast: 1, currency: USD }, { circumstance: revenue, atLeast: 1, currency: EUR }] }',
    ],
    [
      'a cover and not that cover',
      '{ all: [{ circumstance: coverage, includes: breach-costs }, { not: { circumstance: coverage, includes: breach-costs } }] }',
    ],
    ['a fact of two words', '{ all: [{ fact: mail.dmarc, is: reject }, { fact: mail.dmarc, is: none }] }'],
    [
      'a flag that is set and not',
      '{ all: [{ fact: backup.immutable, is: true }, { fact: backup.immutable, is: false }] }',
    ],
    [
      'a fact that is a word and a number',
      '{ all: [{ fact: mail.dmarc, is: reject }, { fact: mail.dmarc, atLeast: 1 }] }',
    ],
    [
      'a count that is high and low',
      '{ all: [{ fact: exposure.rdp_open_count, atLeast: 5 }, { not: { fact: exposure.rdp_open_count, atLeast: 2 } }] }',
    ],
    ['sometimes and yes', "{ all: [{ question: some, is: sometimes }, { question: some, is: 'yes' }] }"],
  ])('is found: %s', (_, when) => {
    expect(problemsOf(gated(when))).toEqual([{ at: `${when} }`, message: never }])
  })

  it.each([
    [
      'a headcount between two numbers',
      '{ all: [{ circumstance: headcount, atLeast: 10 }, { not: { circumstance: headcount, atLeast: 11 } }] }',
    ],
    [
      'a count between two numbers',
      '{ all: [{ fact: exposure.rdp_open_count, atLeast: 1 }, { not: { fact: exposure.rdp_open_count, atLeast: 2 } }] }',
    ],
    ['a class that nobody names', '{ not: { circumstance: class, is: [healthcare, law-firm] } }'],
    [
      'a word that nobody names',
      '{ not: { any: [{ fact: mail.dmarc, is: reject }, { fact: mail.dmarc, is: none }] } }',
    ],
    [
      'everything at once',
      "{ all: [{ circumstance: renewal, is: 'yes' }, { circumstance: class, is: other }, { fact: backup.immutable, is: false }, { question: gate, is: 'no' }] }",
    ],
  ])('is not what waits for %s', (_, when) => {
    expect(problemsOf(gated(when))).toEqual([])
  })

  it('is found behind another gate', () => {
    const text = form([
      "id: inner, kind: yes-no, when: { circumstance: renewal, is: 'yes' }",
      "id: outer, kind: text, when: { all: [{ question: inner, is: 'yes' }, { not: { circumstance: renewal, is: 'yes' } }] }",
    ])
    expect(problemsOf(text)).toMatchObject([{ message: never }])
    expect(problemsOf(text)[0]?.at).toContain('question: inner')
  })

  it('is not looked for among fifteen boxes, of which the last must be ticked with none before it', () => {
    const boxes = Array.from({ length: 15 }, (_, index) => `b${index}`)
    const options = boxes.map((id) => `{ id: ${id}, label: ${id} }`).join(', ')
    const tests = boxes.map((id, index) => {
      const ticked = `{ question: boxes, includes: ${id} }`
      return index < 14 ? `{ not: ${ticked} }` : ticked
    })
    const text = form([
      `id: boxes, kind: multiple-choice, options: [${options}]`,
      `id: x, kind: text, when: { all: [${tests.join(', ')}] }`,
    ])
    expect(problemsOf(text)).toEqual([])
  })

  it('is not what waits for the "no" that a blank says', () => {
    const why = "id: why, kind: text, when: { question: only, is: 'no' }"
    expect(problemsOf(form(['id: only, kind: yes-no, yesOnly: true', why], 'blankMeans: no'))).toEqual([])
  })
})

describe('eligibility', () => {
  const forWhom = (when: string) =>
    form(['id: x, kind: text'], COVERS, `eligibility: { when: ${when}, otherwise: Ask for another form. }`)

  it('can look at every circumstance', () => {
    const when =
      "{ all: [{ not: { circumstance: revenue, atLeast: 5000000000, currency: USD } }, { circumstance: coverage, includes: breach-costs }, { circumstance: renewal, is: 'no' }] }"
    expect(problemsOf(forWhom(when))).toEqual([])
  })

  const outside = 'Eligibility can look at circumstances only: revenue, headcount, class, coverage, renewal.'
  it.each([
    ['answers', "{ question: gate, is: 'yes' }", 'gate', outside],
    ['facts', '{ not: { fact: mail.dmarc, is: reject } }', 'mail.dmarc', outside],
    [
      'a cover that the form does not offer',
      '{ circumstance: coverage, includes: space-travel }',
      'space-travel',
      'The form offers no cover "space-travel". Add it to "coverages" or check its spelling.',
    ],
    [
      'a currency that does not exist',
      '{ circumstance: revenue, atLeast: 1, currency: XQZ }',
      'XQZ',
      '"XQZ" is not a currency code. Use one such as USD.',
    ],
  ])('cannot look at %s', (_, when, at, message) => {
    const problems = problemsOf(forWhom(when))
    expect(problems).toEqual([{ at: expect.any(String), message }])
    expect(problems[0]?.at.startsWith(at)).toBe(true)
  })

  it('says what to do for those whom the form does not fit', () => {
    const text = forWhom("{ circumstance: renewal, is: 'no' }").replace(
      ', otherwise: Ask for another form.',
      '',
    )
    expect(problemsOf(text)).toMatchObject([{ message: '"otherwise" is missing. Add it.' }])
  })
})
