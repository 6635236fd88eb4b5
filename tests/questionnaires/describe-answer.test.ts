import { describe, expect, it } from 'vitest'
import {
  type Answer,
  type AnswerValue,
  claimsOf,
  describeAnswer,
  progressOf,
} from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import { OPTIONS, sampleEdition, sampleQuestion } from './sample-questions.ts'

const answered = (value: AnswerValue, explanation?: string): Answer => ({
  state: 'answered',
  value,
  explanation,
})
const dontKnow: Answer = { state: 'dont-know', gap: { owner: 'Ana Ruiz', dueOn: '2026-12-01' } }
const control = 'some-control'
const yesNo = sampleQuestion('yes-no', { control })
const single = sampleQuestion('single-choice', { control, options: OPTIONS })
const multiple = sampleQuestion('multiple-choice', { control, options: OPTIONS })
const band = sampleQuestion('band', { control, options: OPTIONS })
const percent = sampleQuestion('percent', { control, population: 'laptops' })
const WITH_OTHER = [...OPTIONS, { id: 'other', label: 'Another one', describe: true }]
const table = sampleQuestion('table', {
  control,
  columns: [
    { id: 'name', label: 'Name', kind: 'text' },
    { id: 'hours', label: 'Restored in', kind: 'number', unit: 'hours' },
    { id: 'income', label: 'Income', kind: 'currency', currency: 'JPY' },
    { id: 'since', label: 'Since', kind: 'date' },
    { id: 'mfa', label: 'MFA', kind: 'yes-no' },
    { id: 'place', label: 'Place', kind: 'choice', options: OPTIONS.map(({ id, label }) => ({ id, label })) },
  ],
})
const rows = (...given: Record<string, string | number>[]) => answered({ kind: 'table', rows: given })
const file = (fileName: string) => ({
  revisionId: '00000000-0000-4000-8000-000000000001',
  fileName,
  sha256: 'a'.repeat(64),
})
const share = (covered: number, total: number) => answered({ kind: 'percent', covered, total })
const money = (amountMinor: number, currency: string) => answered({ kind: 'currency', amountMinor, currency })

describe('an answer in words', () => {
  it.each<[string, Question, Answer | undefined]>([
    ['Not answered', yesNo, undefined],
    ["I don't know (owner Ana Ruiz, due 1 December 2026)", yesNo, dontKnow],
    [
      "I don't know (owner Ana Ruiz, due 1 December 2026): asked",
      yesNo,
      { ...dontKnow, explanation: 'asked' },
    ],
    ['Yes', yesNo, answered({ kind: 'yes-no', choice: 'yes' })],
    ['No: two old tablets', yesNo, answered({ kind: 'yes-no', choice: 'no' }, 'two old tablets')],
    ['Not applicable', yesNo, answered({ kind: 'yes-no', choice: 'not-applicable' })],
    ['Sometimes', yesNo, answered({ kind: 'yes-no', choice: 'sometimes' })],
    ['Sometimes: laptops only', yesNo, answered({ kind: 'yes-no', choice: 'sometimes' }, 'laptops only')],
    [
      'Another one (A third)',
      sampleQuestion('single-choice', { options: WITH_OTHER }),
      answered({ kind: 'single-choice', choice: 'other', description: 'A third' }),
    ],
    [
      'Another one',
      sampleQuestion('band', { options: WITH_OTHER }),
      answered({ kind: 'band', choice: 'other' }),
    ],
    [
      'The first; Another one (A third): why',
      sampleQuestion('multiple-choice', { options: WITH_OTHER }),
      answered({ kind: 'multiple-choice', choices: ['first', 'other'], description: 'A third' }, 'why'),
    ],
    ['The first', single, answered({ kind: 'single-choice', choice: 'first', description: 'left behind' })],
    ['Nothing to list', table, rows()],
    [
      '1. Name: Acme; Restored in: 1,204.5 hours; Income: ¥25,000; Since: 29 February 2024; MFA: Yes; Place: The second\n2. MFA: No',
      table,
      rows(
        { place: 'second', mfa: 'yes', since: '2024-02-29', income: 25_000, hours: 1204.5, name: 'Acme' },
        { mfa: 'no' },
      ),
    ],
    ['1. Place: gone: and so on', table, { ...rows({ place: 'gone', lost: 'x' }), explanation: 'and so on' }],
    ['1. Since: soon', table, rows({ since: 'soon' })],
    ['1. Name: 2. Name: Mallory', table, rows({ name: '2. Name: Mallory' })],
    [
      'loss runs.pdf; policy.pdf',
      sampleQuestion('attachment'),
      answered({ kind: 'attachment', files: [file('loss runs.pdf'), file('policy.pdf')] }),
    ],
    ['The second', single, answered({ kind: 'single-choice', choice: 'second' })],
    ['gone', single, answered({ kind: 'single-choice', choice: 'gone' })],
    ['Neither', band, answered({ kind: 'band', choice: 'neither' })],
    ['The first; The second', multiple, answered({ kind: 'multiple-choice', choices: ['first', 'second'] })],
    ['1,204', sampleQuestion('number'), answered({ kind: 'number', number: 1204 })],
    ['12.5 hours', sampleQuestion('number', { unit: 'hours' }), answered({ kind: 'number', number: 12.5 })],
    ['48 of 52 (92.3 %)', percent, share(48, 52)],
    ['1,250 of 1,250 (100 %)', percent, share(1250, 1250)],
    ['2,999 of 3,000 (over 99.9 %)', percent, share(2999, 3000)],
    ['999 of 1,000 (99.9 %)', percent, share(999, 1000)],
    ['1 of 3,000 (under 0.1 %)', percent, share(1, 3000)],
    ['0 of 52 (0 %)', percent, share(0, 52)],
    ['$25,000.00', sampleQuestion('currency', { currency: 'USD' }), money(2_500_000, 'USD')],
    ['¥25,000', sampleQuestion('currency', { currency: 'JPY' }), money(25_000, 'JPY')],
    ['KWD 25.001', sampleQuestion('currency', { currency: 'KWD' }), money(25_001, 'KWD')],
    ['IQD 1.500', sampleQuestion('currency', { currency: 'IQD' }), money(1500, 'IQD')],
    ['$1,000,000,000,000.00', sampleQuestion('currency', { currency: 'USD' }), money(1e14, 'USD')],
    ['29 February 2024', sampleQuestion('date'), answered({ kind: 'date', date: '2024-02-29' })],
    ['Veeam', sampleQuestion('product'), answered({ kind: 'product', product: 'Veeam' })],
    ['a\nb', sampleQuestion('text'), answered({ kind: 'text', text: 'a\nb' })],
  ])('%s', (words, question, answer) => {
    expect(describeAnswer(question, answer)).toBe(words)
  })
})

describe('claims towards the control', () => {
  it.each<[string, Question, Answer | undefined, string[]]>([
    ['a yes', yesNo, answered({ kind: 'yes-no', choice: 'yes' }), ['yes']],
    ['a no', yesNo, answered({ kind: 'yes-no', choice: 'no' }, 'x'), ['no']],
    ['an option', single, answered({ kind: 'single-choice', choice: 'first' }), ['first']],
    [
      'an option with a claim of its own',
      single,
      answered({ kind: 'single-choice', choice: 'second' }),
      ['two'],
    ],
    ['an option that the edition lacks', single, answered({ kind: 'single-choice', choice: 'gone' }), []],
    ['a band', band, answered({ kind: 'band', choice: 'neither' }), ['neither']],
    [
      'ticks',
      multiple,
      answered({ kind: 'multiple-choice', choices: ['second', 'first'] }),
      ['first', 'two'],
    ],
    ['all', percent, share(3000, 3000), ['all']],
    ['nearly all', percent, share(2999, 3000), ['partly']],
    ['none', percent, share(0, 3000), ['none']],
    ['sometimes', yesNo, answered({ kind: 'yes-no', choice: 'sometimes' }), ['sometimes']],
    [
      'a yes that says more than yes',
      sampleQuestion('yes-no', { control, claims: { yes: 'within-30-days', no: 'later' } }),
      answered({ kind: 'yes-no', choice: 'yes' }),
      ['within-30-days'],
    ],
    [
      'a no that says what there is instead',
      sampleQuestion('yes-no', { control, claims: { yes: 'within-30-days', no: 'later' } }),
      answered({ kind: 'yes-no', choice: 'no' }, 'x'),
      ['later'],
    ],
    [
      'two ticks with one claim',
      sampleQuestion('multiple-choice', {
        control,
        options: OPTIONS.map((option) => ({ ...option, claim: 'same' })),
      }),
      answered({ kind: 'multiple-choice', choices: ['first', 'second'] }),
      ['same'],
    ],
    ['a table', table, rows({ mfa: 'yes' }), []],
    [
      'files',
      sampleQuestion('attachment', { control }),
      answered({ kind: 'attachment', files: [file('a.pdf')] }),
      [],
    ],
    ["I don't know", yesNo, dontKnow, []],
    ['nothing', yesNo, undefined, []],
    [
      'an answer without a control',
      sampleQuestion('yes-no'),
      answered({ kind: 'yes-no', choice: 'yes' }),
      [],
    ],
    ['a product', sampleQuestion('product', { control }), answered({ kind: 'product', product: 'EDR' }), []],
    ['a date', sampleQuestion('date', { control }), answered({ kind: 'date', date: '2026-01-01' }), []],
    ['a number', sampleQuestion('number', { control }), answered({ kind: 'number', number: 1 }), []],
    ['an amount', sampleQuestion('currency', { control, currency: 'USD' }), money(1, 'USD'), []],
    ['text', sampleQuestion('text', { control }), answered({ kind: 'text', text: 'yes' }), []],
  ])('%s', (_, question, answer, claims) => {
    expect(claimsOf(question, answer)).toEqual(claims)
  })
})

describe('progress', () => {
  const edition = sampleEdition([
    {
      id: 'gates',
      questions: [
        { id: 'gate', kind: 'yes-no' },
        { id: 'detail', kind: 'text', when: { question: 'gate', is: 'yes' } },
        { id: 'extra', kind: 'text', required: false },
      ],
    },
    { id: 'hidden', questions: [{ id: 'rest', kind: 'text', when: { question: 'gate', is: 'yes' } }] },
  ])
  const yes = answered({ kind: 'yes-no', choice: 'yes' })

  it('counts only what applies', () => {
    expect(progressOf(edition, {})).toEqual([
      { sectionId: 'gates', applicable: 2, answered: 0, dontKnow: 0, requiredMissing: ['gate'] },
      { sectionId: 'hidden', applicable: 0, answered: 0, dontKnow: 0, requiredMissing: [] },
    ])
  })

  it('never counts an answer left behind on a hidden question, and keeps "I don\'t know" apart', () => {
    const rest = answered({ kind: 'text', text: 'left behind' })
    expect(progressOf(edition, { gate: dontKnow, rest })).toEqual([
      { sectionId: 'gates', applicable: 2, answered: 0, dontKnow: 1, requiredMissing: [] },
      { sectionId: 'hidden', applicable: 0, answered: 0, dontKnow: 0, requiredMissing: [] },
    ])
  })

  it('grows when a gate opens', () => {
    expect(progressOf(edition, { gate: yes, extra: dontKnow })).toEqual([
      { sectionId: 'gates', applicable: 3, answered: 1, dontKnow: 1, requiredMissing: ['detail'] },
      { sectionId: 'hidden', applicable: 1, answered: 0, dontKnow: 0, requiredMissing: ['rest'] },
    ])
  })
})
