import { describe, expect, it } from 'vitest'
import type { Answer } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import { answered, counted, follows, inBand, rows, said, share } from './canonical-samples.ts'
import { sampleQuestion } from './sample-questions.ts'

const option = (id: string, fields: object = {}) => ({ id, label: id.toUpperCase(), ...fields })
const single = (...options: object[]) => sampleQuestion('single-choice', { options })
const band = (...options: object[]) => sampleQuestion('band', { options })
const yesNo = sampleQuestion('yes-no')
const percent = sampleQuestion('percent', { population: 'laptops' })

type Case = [
  name: string,
  from: Question,
  answer: Answer,
  to: Question,
  derived: [unknown, ...string[]] | null,
]

const counts = sampleQuestion('band', {
  measure: 'count',
  options: [
    option('few', { below: 10 }),
    option('some', { atLeast: 10, below: 100 }),
    option('many', { atLeast: 100 }),
    option('unknown'),
  ],
})
const shares = sampleQuestion('band', {
  measure: 'percent',
  options: [
    option('low', { below: 29 }),
    option('mid', { atLeast: 29, below: 95 }),
    option('high', { atLeast: 95, below: 100 }),
    option('all', { atLeast: 100 }),
  ],
})
const gappy = sampleQuestion('band', {
  measure: 'count',
  options: [option('few', { below: 10 }), option('many', { atLeast: 20 })],
})
const amounts = sampleQuestion('band', {
  measure: 'amount',
  options: [option('few', { below: 10 }), option('many', { atLeast: 10 })],
})
const number = sampleQuestion('number')

const BANDS: Case[] = [
  ['below a boundary', number, counted(9), counts, ['few', '“9” became the band “FEW”.']],
  ['on a boundary', number, counted(10), counts, ['some', '“10” became the band “SOME”.']],
  ['between two boundaries', number, counted(99.5), counts, ['some', '“99.5” became the band “SOME”.']],
  ['above the last boundary', number, counted(100), counts, ['many', '“100” became the band “MANY”.']],
  ['below everything', number, counted(-1), counts, ['few', '“-1” became the band “FEW”.']],
  ['in a gap', number, counted(15), gappy, null],
  ['a number in a band of amounts', number, counted(5), amounts, null],
  ['a number in a band of percents', number, counted(5), shares, null],
  ['a number in a band without measure', number, counted(5), band(option('few'), option('many')), null],
  ['a share below a boundary', percent, share(28, 100), shares, ['low', '28 of 100 became the band “LOW”.']],
  [
    'a share on a boundary that no division hits',
    percent,
    share(29, 100),
    shares,
    ['mid', '29 of 100 became the band “MID”.'],
  ],
  [
    'a share just below a boundary',
    percent,
    share(949, 1000),
    shares,
    ['mid', '949 of 1000 became the band “MID”.'],
  ],
  [
    'a share that is nearly all',
    percent,
    share(2999, 3000),
    shares,
    ['high', '2999 of 3000 became the band “HIGH”.'],
  ],
  ['all', percent, share(3000, 3000), shares, ['all', '3000 of 3000 became the band “ALL”.']],
  ['a share in a band of counts', percent, share(5, 10), counts, null],
  ['a band in the same band', counts, inBand('some'), counts, ['some']],
  ['a band in a number', counts, inBand('some'), number, null],
  ['a band in a percentage', shares, inBand('all'), percent, null],
]

const column = (id: string, fields: object = { kind: 'text' }) => ({
  id,
  label: id,
  required: false,
  ...fields,
})
const table = (...columns: object[]) => sampleQuestion('table', { columns })
const usd = { kind: 'currency', currency: 'USD' }
const wide = table(column('name'), column('cost', usd), column('hours', { kind: 'number', unit: 'hours' }))
const ROW = { name: 'Acme', cost: 500, hours: 4 }

const DETAILS: Case[] = [
  ['the same table', wide, rows(ROW), wide, [[ROW]]],
  [
    'a table with fewer columns',
    wide,
    rows(ROW),
    table(column('name')),
    [[{ name: 'Acme' }], 'The column “cost” has no place here.', 'The column “hours” has no place here.'],
  ],
  ['a table with more columns', table(column('name')), rows({ name: 'Acme' }), wide, [[{ name: 'Acme' }]]],
  [
    'a table that demands another column',
    table(column('name')),
    rows({ name: 'Acme' }),
    table(column('name'), column('since', { kind: 'date', required: true })),
    null,
  ],
  [
    'a table with the column in another currency',
    wide,
    rows(ROW),
    table(column('name'), column('cost', { kind: 'currency', currency: 'EUR' })),
    [[{ name: 'Acme' }], 'The column “cost” has no place here.', 'The column “hours” has no place here.'],
  ],
  [
    'a table with the column in another unit',
    wide,
    rows(ROW),
    table(column('name'), column('hours', { kind: 'number', unit: 'days' })),
    [[{ name: 'Acme' }], 'The column “cost” has no place here.', 'The column “hours” has no place here.'],
  ],
  ['a table without a common column', wide, rows(ROW), table(column('title')), null],
  ['a table of which nothing is left in a row', wide, rows({ cost: 5 }), table(column('name')), null],
  [
    'the same number',
    sampleQuestion('number', { unit: 'hours' }),
    counted(5),
    sampleQuestion('number', { unit: ' Hours' }),
    [5],
  ],
  [
    'a number in another unit',
    sampleQuestion('number', { unit: 'hours' }),
    counted(5),
    sampleQuestion('number', { unit: 'days' }),
    null,
  ],
  ['a number without its unit', sampleQuestion('number', { unit: 'hours' }), counted(5), number, null],
  ['a number out of bounds', number, counted(5), sampleQuestion('number', { max: 4 }), null],
  [
    'half of what is counted in wholes',
    number,
    counted(1.5),
    sampleQuestion('number', { whole: true }),
    null,
  ],
  [
    'an amount in another currency',
    sampleQuestion('currency', { currency: 'USD' }),
    answered({ kind: 'currency', amountMinor: 5, currency: 'USD' }),
    sampleQuestion('currency', { currency: 'EUR' }),
    null,
  ],
  [
    'a day that has passed',
    sampleQuestion('date'),
    answered({ kind: 'date', date: '2026-01-01' }),
    sampleQuestion('date', { past: true }),
    ['2026-01-01'],
  ],
  [
    'a day that is to come',
    sampleQuestion('date'),
    answered({ kind: 'date', date: '2027-01-01' }),
    sampleQuestion('date', { past: true }),
    null,
  ],
  [
    'text that is too long',
    sampleQuestion('text'),
    answered({ kind: 'text', text: 'too long' }),
    sampleQuestion('text', { maxLength: 5 }),
    null,
  ],
  [
    'text as a product',
    sampleQuestion('text'),
    answered({ kind: 'text', text: 'EDR' }),
    sampleQuestion('product'),
    null,
  ],
  ['a number in a choice', number, counted(5), single(option('few'), option('many')), null],
  ['a yes in a number', yesNo, said('yes'), number, null],
]

describe('what follows, or not, in', () => {
  it.each([...BANDS, ...DETAILS])('%s', (_, from, answer, to, derived) => {
    expect(follows(from, answer, to)).toEqual(derived)
  })
})
