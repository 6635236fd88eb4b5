import { describe, expect, it } from 'vitest'
import { deriveFromFact, type ProposingFact } from '#questionnaires/canonical.ts'
import type { Question } from '#questionnaires/definition.ts'
import { wordOf } from './canonical-samples.ts'
import { NOW, sampleQuestion } from './sample-questions.ts'

const option = (id: string, fields: object = {}) => ({ id, label: id.toUpperCase(), ...fields })
const yesNo = sampleQuestion('yes-no')
const sometimes = sampleQuestion('yes-no', { sometimes: true })
const yesOnly = sampleQuestion('yes-no', { yesOnly: true })
const from95 = sampleQuestion('yes-no', { canonical: { topic: 't', yesFromPercent: 95 } })
const percent = sampleQuestion('percent', { population: 'laptops' })
const shares = sampleQuestion('band', {
  measure: 'percent',
  options: [option('low', { below: 95 }), option('high', { atLeast: 95 })],
})
const counts = sampleQuestion('band', {
  measure: 'count',
  options: [option('few', { below: 10 }), option('many', { atLeast: 10 })],
})
const amounts = sampleQuestion('band', { ...counts, measure: 'amount' })
const options = [option('a'), option('b')]

const fact = (value: ProposingFact['value'], shown = String(value)): ProposingFact => ({
  key: 'mfa.coverage',
  value,
  shown,
})
const share = (numerator: number, denominator: number): ProposingFact => ({
  ...fact((numerator / denominator) * 100, `${numerator} of ${denominator}`),
  numerator,
  denominator,
})

const CASES: [name: string, to: Question, given: ProposingFact, derived: [unknown, ...string[]] | null][] = [
  ['counts in a percentage', percent, share(48, 52), ['48 of 52']],
  ['a percentage without counts in a percentage', percent, fact(92.3), null],
  ['a share of nothing', percent, { ...share(0, 1), denominator: 0 }, null],
  ['more than there are', percent, share(53, 52), null],
  ['fewer than none', percent, share(-1, 52), null],
  ['counts of which one is missing', percent, { ...share(1, 2), numerator: undefined }, null],
  ['half a laptop', percent, share(0.5, 2), null],
  ['all of them as a yes', yesNo, share(52, 52), ['yes', '52 of 52: this became no more than a "yes".']],
  [
    'nearly all of them as a yes',
    yesNo,
    share(51, 52),
    ['no', '51 of 52: this is no more than a "no" here.'],
  ],
  [
    'nearly all of them as sometimes',
    sometimes,
    share(51, 52),
    ['sometimes', '51 of 52: this is no more than a "sometimes" here.'],
  ],
  [
    'none of them as sometimes',
    sometimes,
    share(0, 52),
    ['no', '0 of 52: this is no more than a "no" here.'],
  ],
  ['a share on the mark', from95, share(95, 100), ['yes', '95 of 100: this became no more than a "yes".']],
  [
    'a share just below the mark',
    from95,
    share(949, 1000),
    ['no', '949 of 1000: this is no more than a "no" here.'],
  ],
  ['a share below the mark where only yes can be chosen', yesOnly, share(1, 52), null],
  [
    'all of them where only yes can be chosen',
    yesOnly,
    share(52, 52),
    ['yes', '52 of 52: this became no more than a "yes".'],
  ],
  ['a flag that is set', yesNo, fact(true), ['yes']],
  ['a flag that is not', yesNo, fact(false), ['no']],
  ['a flag that is not, where only yes can be chosen', yesOnly, fact(false), null],
  ['the word "yes"', yesNo, fact('yes'), null],
  ['a number as a yes', yesNo, fact(1), null],
  ['a number', sampleQuestion('number'), fact(7.5), ['7.5']],
  ['a number out of bounds', sampleQuestion('number', { max: 7 }), fact(7.5), null],
  ['text as a number', sampleQuestion('number'), fact('7'), null],
  ['a number in a band', counts, fact(10), ['many', '10 became the band “MANY”.']],
  ['a number in a band of amounts', amounts, fact(10), null],
  ['a flag in a band', counts, fact(true), null],
  ['a share in a band', shares, share(95, 100), ['high', '95 of 100 became the band “HIGH”.']],
  ['a percentage without counts in a band of percents', shares, fact(95), null],
  ['a day', sampleQuestion('date', { past: true }), fact('2026-11-01'), ['2026-11-01']],
  ['a day that is to come', sampleQuestion('date', { past: true }), fact('2027-01-01'), null],
  ['a word that is no day', sampleQuestion('date'), fact('recently'), null],
  ['a number as a day', sampleQuestion('date'), fact(20261101), null],
  ['anything in text', sampleQuestion('text'), fact('a'), null],
  ['anything in a choice', sampleQuestion('single-choice', { options }), fact('a'), null],
  ['anything in a product', sampleQuestion('product'), fact('a'), null],
]

describe('a fact proposes, or not,', () => {
  it.each(CASES)('%s', (_, to, given, expected) => {
    const derived = deriveFromFact(to, given, NOW)
    const value = derived?.answer.state === 'answered' ? derived.answer.value : null
    const word = value?.kind === 'number' ? String(value.number) : value && wordOf(value)
    expect(derived && [word, ...derived.lost]).toEqual(expected)
  })

  it('never an explanation, nor a confirmed answer to "no"', () => {
    expect(deriveFromFact(yesNo, fact(false), NOW)).toEqual({
      answer: { state: 'answered', value: { kind: 'yes-no', choice: 'no' } },
      lost: [],
    })
  })
})
