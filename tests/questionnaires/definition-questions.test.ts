import { describe, expect, it } from 'vitest'
import { parseDefinition } from '#questionnaires/validate-definition.ts'
import { MISTAKES, OPTIONS, TERMS } from './question-mistakes.ts'
import { definitionText } from './sample-questions.ts'

const CONTROLS = new Set(['mfa-email'])
const FACTS = new Set(['mfa.coverage'])

function form(questions: string[], ...lines: string[]) {
  return definitionText(...questions).replace(/^sections:$/m, [...lines, 'sections:'].join('\n'))
}

/** Every problem as the text that stands at its place, and its message. */
function problemsOf(text: string): [at: string, message: string][] {
  const parsed = parseDefinition(text, 'sample.yaml', CONTROLS, FACTS)
  if (parsed.ok) return []
  return parsed.problems.map(({ line, column, message }) => {
    const at = (text.split('\n')[line - 1] ?? '').slice(column - 1)
    return [/^("[^"]*"|'[^']*'|[^ ,}\]]+)/.exec(at)?.[0] ?? at, message]
  })
}

describe('a question cannot have', () => {
  it.each(MISTAKES)('%s', (_, fields, at, message, ...lines) => {
    expect(problemsOf(form([fields], ...lines))).toEqual([[at, message]])
  })

  it.each([
    [
      'a kind of column that does not exist',
      'id: x, kind: table, columns: [{ id: a, label: A, kind: essay }]',
      '"kind" is none of the known kinds: text, number, currency, date, yes-no, choice.',
    ],
    [
      'a kind that does not exist',
      'id: x, kind: essay',
      '"kind" is none of the known kinds: yes-no, single-choice, multiple-choice, band, number, percent, currency, date, product, table, text, attachment.',
    ],
    [
      'fields of another kind',
      'id: x, kind: text, whole: true',
      `"whole" is not known here. Remove it or check its spelling.`,
    ],
    [
      'more columns than a page has room for',
      `id: x, kind: table, columns: [${Array.from({ length: 13 }, (_, n) => `{ id: c${n}, label: A, kind: text }`).join(', ')}]`,
      '"columns": Too big: expected array to have <=12 items.',
    ],
  ])('%s', (_, fields, message) => {
    expect(problemsOf(form([fields])).map(([, told]) => told)).toEqual([message])
  })
})

describe('a question may have', () => {
  it.each([
    ['a limit in a currency', 'id: x, kind: yes-no, threshold: { is: more-than, value: 25000, unit: USD }'],
    [
      'a control, its part of it, and a fact',
      'id: x, kind: yes-no, control: mfa-email, canonical: { scope: servers, fact: mfa.coverage, yesFrom: [all], yesFromPercent: 95 }',
    ],
    [
      'claims about a topic of its own',
      'id: x, kind: yes-no, canonical: { topic: training }, claims: { yes: yearly }',
    ],
    [
      'bands that touch',
      'id: x, kind: band, measure: percent, options: [{ id: a, label: A, below: 95 }, { id: b, label: B, atLeast: 95, below: 100 }, { id: c, label: C, atLeast: 100 }, { id: d, label: D }]',
    ],
    ['terms of the form', 'id: x, kind: text, terms: [remote]'],
    ['a first day', 'id: x, kind: text, requiredFrom: 2027-01-01'],
    ['earlier names', 'id: x, kind: text, formerly: [y, z]'],
    [
      'one option to describe',
      `id: x, kind: multiple-choice, ${OPTIONS}, describe: true, exclusive: true }]`,
    ],
  ])('%s', (_, fields) => {
    expect(problemsOf(form([fields], TERMS, "follows: '0.9'"))).toEqual([])
  })
})

describe('two questions', () => {
  const part = (id: string, scope: string) =>
    `id: ${id}, kind: yes-no, control: mfa-email, canonical: { scope: ${scope} }`

  it('cannot answer for each other', () => {
    expect(problemsOf(form([part('x', 'staff'), part('y', 'staff')]))).toEqual([
      [
        'staff',
        '"x" has the same topic and scope, so that one answer would overwrite the other. Give this one another "scope".',
      ],
    ])
  })

  it('can be about two parts of one control, or about two sides of one part', () => {
    const product = 'id: z, kind: product, control: mfa-email, canonical: { scope: staff }'
    expect(problemsOf(form([part('x', 'staff'), part('y', 'servers'), product]))).toEqual([])
  })

  it('cannot have one name or one item', () => {
    const text = form(['id: x, kind: text', 'id: x, kind: date']).replace("item: '1'", "item: '0'")
    expect(problemsOf(text)).toEqual([
      ['x', 'There is already a question "x". Give this one another name.'],
      ["'0'", 'There is already an item "0". Give this one another name.'],
    ])
  })
})

describe('a form cannot have', () => {
  it.each([
    [
      'a cover twice',
      'coverages: [{ id: a, label: A }, { id: a, label: B }]',
      'a',
      'There is already a cover "a". Give this one another name.',
    ],
    [
      'a term twice',
      'terms: [{ id: a, term: A, meaning: A }, { id: a, term: B, meaning: B }]',
      'a',
      'There is already a term "a". Give this one another name.',
    ],
  ])('%s', (_, line, at, message) => {
    expect(problemsOf(form(['id: x, kind: text'], line))).toEqual([[at, message]])
  })

  it('fewer people who may sign than must', () => {
    const text = form(['id: x, kind: text']).replace(
      'maximumAgeDays: 30',
      'maximumAgeDays: 30\n  minimumSigners: 2',
    )
    expect(problemsOf(text)).toEqual([
      ['2', '2 people must sign, but only 1 may. Add signer roles or ask for fewer.'],
    ])
  })
})
