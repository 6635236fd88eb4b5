/** An answer's own words in German; what the edition says of choices, units and columns stays as it says it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reasonWords } from '#app/readiness/language/reason-words.ts'
import { type Answer, type AnswerValue, describeAnswer } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import { OPTIONS, sampleQuestion } from '../questionnaires/sample-questions.ts'
import { campaign } from '../support/campaign.ts'

const { answers: german } = reasonWords('de')
const { answers: english } = reasonWords('en')
const control = 'some-control'
const yesNo = sampleQuestion('yes-no', { control })
const answered = (value: AnswerValue, explanation?: string): Answer => ({
  state: 'answered',
  value,
  explanation,
})
const table = sampleQuestion('table', {
  control,
  columns: [
    { id: 'hours', label: 'Restored in', kind: 'number', unit: 'hours' },
    { id: 'income', label: 'Income', kind: 'currency', currency: 'JPY' },
    { id: 'since', label: 'Since', kind: 'date' },
    { id: 'mfa', label: 'MFA', kind: 'yes-no' },
  ],
})
const share = (covered: number, total: number) => answered({ kind: 'percent', covered, total })
const percent = sampleQuestion('percent', { control, population: 'laptops' })

describe('an answer in German', () => {
  test.each<[string, Question, Answer | undefined]>([
    ['Nicht beantwortet', yesNo, undefined],
    [
      'Weiß ich nicht (verantwortlich: Ana Ruiz, fällig: 1. Dezember 2026): asked',
      yesNo,
      { state: 'dont-know', gap: { owner: 'Ana Ruiz', dueOn: '2026-12-01' }, explanation: 'asked' },
    ],
    ['Ja', yesNo, answered({ kind: 'yes-no', choice: 'yes' })],
    ['Nein: two old tablets', yesNo, answered({ kind: 'yes-no', choice: 'no' }, 'two old tablets')],
    ['Manchmal', yesNo, answered({ kind: 'yes-no', choice: 'sometimes' })],
    ['Nicht anwendbar', yesNo, answered({ kind: 'yes-no', choice: 'not-applicable' })],
    [
      OPTIONS[0]!.label,
      sampleQuestion('single-choice', { control, options: OPTIONS }),
      answered({ kind: 'single-choice', choice: OPTIONS[0]!.id }),
    ],
    ['1.310 von 1.383 (94,7 %)', percent, share(1310, 1383)],
    ['2.999 von 3.000 (über 99,9 %)', percent, share(2999, 3000)],
    ['1 von 3.000 (unter 0,1 %)', percent, share(1, 3000)],
    ['3 von 3 (100 %)', percent, share(3, 3)],
    [
      '25.000,50 USD',
      sampleQuestion('currency', { control, currency: 'USD' }),
      answered({ kind: 'currency', amountMinor: 2500050, currency: 'USD' }),
    ],
    [
      '1.234,5 hours',
      sampleQuestion('number', { control, unit: 'hours' }),
      answered({ kind: 'number', number: 1234.5 }),
    ],
    ['1. März 2026', sampleQuestion('date', { control }), answered({ kind: 'date', date: '2026-03-01' })],
    [
      '1. Restored in: 1.000 hours; Income: 25.000 JPY; Since: 1. März 2026; MFA: Ja',
      table,
      answered({ kind: 'table', rows: [{ hours: 1000, income: 25000, since: '2026-03-01', mfa: 'yes' }] }),
    ],
    ['Nichts aufzuführen', table, answered({ kind: 'table', rows: [] })],
  ])('%s', (words, question, answer) => {
    expect(describeAnswer(question, answer, german)).toBe(words)
  })
})

test('numbers have the same digits in both languages', () => {
  const digits = (text: string) => text.replaceAll(/[.,]/g, '')
  const number = fc
    .double({ min: -1e12, max: 1e12, noNaN: true })
    .map((value) => Number(value.toFixed(6)) + 0)
  fc.assert(
    fc.property(number, fc.integer({ min: 0, max: 1e9 }), (value, minor) => {
      expect(digits(german.number(value))).toBe(digits(english.number(value)))
      expect(digits(german.amount(minor, 'EUR'))).toBe(
        `${digits(english.amount(minor, 'EUR')).replace('€', '')} EUR`,
      )
    }),
    { numRuns: campaign(400, 2000), seed: 28112026 },
  )
})

test('a day that is none is printed as it is', () => {
  expect(german.day('soon')).toBe('soon')
})
