import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Edition, Question } from '#questionnaires/definition.ts'
import { checkDefinition } from '#questionnaires/definition-checks.ts'
import { readDefinitionSource } from '#questionnaires/definition-source.ts'
import { parseDefinition } from '#questionnaires/validate-definition.ts'
import { writeDefinition } from '#questionnaires/write-definition.ts'

import { EDITIONS, editionOf } from './library-editions.ts'
import { sampleEdition } from './sample-questions.ts'
import { validEdition } from './valid-editions.ts'

function parse(text: string): Edition | string[] {
  const parsed = parseDefinition(text, 'written.yaml')
  return parsed.ok ? parsed.edition : parsed.problems.map(({ line, message }) => `${line}: ${message}`)
}

describe('a written definition', () => {
  it.each(EDITIONS)('gives edition %s %s of the library again', (form, number) => {
    const edition = editionOf(form, number)
    expect(parse(writeDefinition(edition))).toEqual(edition)
  })

  it('gives any valid edition again', () => {
    fc.assert(
      fc.property(validEdition, (edition) => {
        expect(parse(writeDefinition(edition))).toEqual(edition)
      }),
      { numRuns: 150 },
    )
  })

  it.each([
    'yes',
    'null',
    '~',
    '1e3',
    '0x1F',
    '012',
    '2026-01-01',
    '12:30',
    '.inf',
    '=',
    '<<',
    '- a',
    'a: b',
    'a #b',
    '# a',
    '%a',
    '---',
    '--- a\n...',
    '...',
    '&a',
    '*a',
    '!a',
    '!!int 5',
    '|',
    '>-',
    '@a',
    '`a`',
    '{ a }',
    "it's",
    '"quoted"',
    `'"both"'`,
    ' leading',
    'trailing ',
    '\ttab\t',
    'two\nlines',
    '\nfirst line empty',
    'last line empty\n',
    'blank\n\n\nlines\n\n',
    ' a\n  b\n c',
    'a \nb',
    'carriage\r\nreturn\r',
    '\u0000\u0007\u001b[2J\u0085\u00a0',
    '\u2028\u2029\ufeff\ufffd\ud800 \u202e',
    '👩‍👩‍👧‍👦 مرحبا 漢字 e\u0301',
    '\\n \\u0041 \\',
    'word '.repeat(60),
    `${'long word '.repeat(25).trim()}\n\n${'another  one '.repeat(25)}.`,
    `${'a'.repeat(300)} ${'b'.repeat(150)}`,
    `${'long '.repeat(25)}\n  indented ${'long '.repeat(25)}\nand back`,
    `${'# '.repeat(100)}`,
    `- ${'item: '.repeat(60)}x`,
  ])('keeps the text %j', (text) => {
    const edition = sampleEdition([
      { id: 'only', questions: [{ id: 'first', kind: 'text', prompt: text, help: text }] },
    ])
    edition.summary = text
    edition.form.title = text.slice(0, 120)
    edition.declaration.signerRoles = [{ id: 'owner', label: text.slice(0, 80) }]
    expect(parse(writeDefinition(edition))).toEqual(edition)
  })

  it('looks as an author would write it', () => {
    const edition = sampleEdition([
      {
        id: 'only',
        questions: [
          {
            // In another order than the schema's.
            kind: 'single-choice',
            options: [
              { id: 'yes', label: 'Yes' },
              { id: 'other', label: 'Something else, in words', describe: true },
            ],
            id: 'pick',
            explain: [],
            required: true,
            reference: { item: '1.10' },
          },
          {
            id: 'next',
            kind: 'number',
            help: 'Count everybody who has an account, full-time or part-time, and everybody who works for a supplier and signs in here.',
            when: {
              all: [
                { question: 'pick', is: 'yes' },
                { circumstance: 'headcount', atLeast: 50 },
              ],
            },
            reference: { item: '2' },
          },
        ],
      },
    ])
    expect(writeDefinition(edition)).toBe(`# yaml-language-server: $schema=questionnaire-1.json
schema: 1
form:
  code: sample
  title: Sample
  issuer: Nobody
edition: '1'
publishedOn: '2026-01-01'
summary: A sample.

declaration:
  text: True.
  signerRoles:
    - { id: owner, label: Owner }
  maximumAgeDays: 30

sections:
  - id: only
    title: only
    questions:
      - id: pick
        kind: single-choice
        prompt: pick?
        reference: { item: '1.10' }
        options:
          - { id: 'yes', label: 'Yes' }
          - { id: other, label: 'Something else, in words', describe: true }

      - id: next
        kind: number
        prompt: next?
        help: >-
          Count everybody who has an account, full-time or part-time, and everybody who works for a supplier
          and signs in here.
        when: { all: [ { question: pick, is: 'yes' }, { circumstance: headcount, atLeast: 50 } ] }
        reference: { item: '2' }
`)
  })
})

describe('the editions that this is tried with', () => {
  it('are valid and use every kind of question and condition', () => {
    const editions = fc.sample(validEdition, { seed: 7, numRuns: 300 })
    const texts = editions.map((edition) => JSON.stringify(edition)).join('\n')
    const kinds = Question.options.map((option) => `"kind":"${option.shape.kind.value}"`)
    const features = [
      ...['revenue', 'headcount', 'class', 'renewal', 'coverage'].map((name) => `"circumstance":"${name}"`),
      ...['question', 'fact', 'all', 'any', 'not', 'includes', 'atLeast', 'is'].map((name) => `"${name}":`),
      ...['threshold', 'formerly', 'follows', 'eligibility', 'claims', 'yesFromPercent'],
      ...['derivedFrom', 'exclusive', 'describe', 'below', 'requiredFrom', 'notices', 'terms', 'coverages'],
    ]
    expect([...kinds, ...features].filter((feature) => !texts.includes(feature))).toEqual([])
    expect(editions.flatMap((edition) => checkDefinition(edition))).toEqual([])
    expect(readDefinitionSource(writeDefinition(editions[0] as Edition)).ok).toBe(true)
  })
})
