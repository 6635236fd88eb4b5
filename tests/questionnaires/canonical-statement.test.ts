import { describe, expect, it } from 'vitest'
import type { Answer } from '#questionnaires/answers.ts'
import {
  CanonicalStatement,
  canonicalKeyOf,
  readableAspects,
  statementOf,
} from '#questionnaires/canonical.ts'
import type { Question } from '#questionnaires/definition.ts'
import { answered, chose, counted, inBand, rows, said, share, ticked } from './canonical-samples.ts'
import { edition, type Fields, question } from './compare-sample-editions.ts'
import { sampleQuestion } from './sample-questions.ts'

const OPTIONS = [
  { id: 'daily', label: 'Daily' },
  { id: 'weekly', label: 'Weekly', claim: 'at-least-weekly' },
  { id: 'never', label: 'Never' },
]
const dontKnow: Answer = { state: 'dont-know', gap: { owner: 'Ana', dueOn: '2026-12-01' } }
const yesNo = sampleQuestion('yes-no', { sometimes: true, notApplicable: true })
const mapped = sampleQuestion('yes-no', {
  control: 'patching',
  sometimes: true,
  notApplicable: true,
  claims: { yes: 'within-30-days', no: 'later', sometimes: 'partly', 'not-applicable': 'no-systems' },
  canonical: { yesFrom: ['within-14-days'] },
})
const marked = sampleQuestion('yes-no', { canonical: { topic: 'edr', yesFromPercent: 95 } })
const limited = sampleQuestion('yes-no', { threshold: { is: 'at-least', value: 98, unit: 'percent' } })
const inDays = sampleQuestion('yes-no', { threshold: { is: 'at-most', value: 30, unit: 'days' } })
const single = sampleQuestion('single-choice', { options: OPTIONS })
const ordered = sampleQuestion('single-choice', { options: OPTIONS, ordered: true })
const multiple = sampleQuestion('multiple-choice', { options: OPTIONS })
const band = sampleQuestion('band', { options: OPTIONS })
const table = sampleQuestion('table', {
  columns: [
    { id: 'name', label: 'Name', kind: 'text' },
    { id: 'hours', label: 'Hours', kind: 'number', unit: 'hours' },
    { id: 'count', label: 'Count', kind: 'number' },
    { id: 'cost', label: 'Cost', kind: 'currency', currency: 'USD' },
  ],
})

describe('what an answer states', () => {
  it.each<[string, Question, Answer, unknown]>([
    ['a yes is all of it', yesNo, said('yes'), { share: 'all', claims: ['yes'] }],
    ['a no is at least one missing', yesNo, said('no'), { share: 'not-all', claims: [], denies: ['yes'] }],
    [
      'sometimes is neither',
      yesNo,
      said('sometimes'),
      { share: 'some', claims: ['sometimes'], denies: ['yes'] },
    ],
    [
      'not applicable',
      yesNo,
      said('not-applicable'),
      { share: 'not-applicable', claims: ['not-applicable'] },
    ],
    ['a yes in the words of the control', mapped, said('yes'), { share: 'all', claims: ['within-30-days'] }],
    [
      'a no rules out everything that amounts to yes',
      mapped,
      said('no'),
      { share: 'not-all', claims: ['later'], denies: ['within-30-days', 'within-14-days'] },
    ],
    [
      'sometimes in the words of the control',
      mapped,
      said('sometimes'),
      { share: 'some', claims: ['partly'], denies: ['within-30-days', 'within-14-days'] },
    ],
    [
      'not applicable in the words of the control',
      mapped,
      said('not-applicable'),
      { share: 'not-applicable', claims: ['no-systems'] },
    ],
    ['a yes from a mark on is never all', marked, said('yes'), { claims: ['at-least-95-percent'] }],
    [
      'a no below a mark',
      marked,
      said('no'),
      { share: 'not-all', claims: [], denies: ['at-least-95-percent'] },
    ],
    ['a yes to a limit in percent is never all', limited, said('yes'), { claims: ['at-least-98-percent'] }],
    ['a yes to another limit', inDays, said('yes'), { share: 'all', claims: ['yes'] }],
    [
      'a mark beside a claim',
      { ...marked, claims: { yes: 'blocking' } },
      said('yes'),
      { claims: ['blocking', 'at-least-95-percent'] },
    ],
    [
      'all of them',
      sampleQuestion('percent', { population: 'p' }),
      share(3, 3),
      { share: 'all', covered: 3, total: 3, claims: ['all'] },
    ],
    [
      'nearly all of them',
      sampleQuestion('percent', { population: 'p' }),
      share(2999, 3000),
      { share: 'some', covered: 2999, total: 3000, claims: ['partly'], denies: ['yes', 'all'] },
    ],
    [
      'none of them',
      sampleQuestion('percent', { population: 'p' }),
      share(0, 3),
      { share: 'none', covered: 0, total: 3, claims: ['none'], denies: ['yes', 'all'] },
    ],
    ['a choice denies nothing', single, chose('weekly'), { claims: ['at-least-weekly'] }],
    [
      'a choice of an order denies what is better',
      ordered,
      chose('never'),
      { claims: ['never'], denies: ['daily', 'at-least-weekly'] },
    ],
    ['the best of an order', ordered, chose('daily'), { claims: ['daily'] }],
    [
      'ticks deny the boxes left empty',
      multiple,
      ticked('daily', 'weekly'),
      { claims: ['daily', 'at-least-weekly'], denies: ['never'] },
    ],
    ['a band', band, inBand('weekly'), { claims: ['at-least-weekly'] }],
    [
      'a choice with what "other" is',
      { ...single, options: [...single.options, { id: 'other', label: 'O', describe: true }] },
      answered({ kind: 'single-choice', choice: 'other', description: 'Hourly' }),
      { claims: ['other'], description: 'Hourly' },
    ],
  ])('%s', (_, from, answer, standing) => {
    expect(statementOf(from, answer)).toEqual({ aspect: 'standing', ...(standing as object) })
  })

  it.each<[string, Question, Answer, unknown]>([
    [
      'a number with its unit',
      sampleQuestion('number', { unit: 'hours' }),
      counted(5),
      { aspect: 'number', value: { kind: 'number', number: 5 }, unit: 'hours' },
    ],
    [
      'a number without a unit',
      sampleQuestion('number'),
      counted(5),
      { aspect: 'number', value: { kind: 'number', number: 5 } },
    ],
    [
      'an amount',
      sampleQuestion('currency', { currency: 'USD' }),
      answered({ kind: 'currency', amountMinor: 5, currency: 'USD' }),
      { aspect: 'amount', value: { kind: 'currency', amountMinor: 5, currency: 'USD' } },
    ],
    [
      'a date',
      sampleQuestion('date'),
      answered({ kind: 'date', date: '2026-01-01' }),
      { aspect: 'date', value: { kind: 'date', date: '2026-01-01' } },
    ],
    [
      'a product',
      sampleQuestion('product'),
      answered({ kind: 'product', product: 'EDR' }),
      { aspect: 'product', value: { kind: 'product', product: 'EDR' } },
    ],
    [
      'text',
      sampleQuestion('text'),
      answered({ kind: 'text', text: 'Ours' }),
      { aspect: 'text', value: { kind: 'text', text: 'Ours' } },
    ],
    [
      'a table with what its columns are',
      table,
      rows({ name: 'A' }),
      {
        aspect: 'table',
        value: { kind: 'table', rows: [{ name: 'A' }] },
        columns: { name: 'text', hours: 'number hours', count: 'number', cost: 'currency USD' },
      },
    ],
  ])('%s', (_, from, answer, statement) => {
    expect(statementOf(from, answer)).toEqual(statement)
  })

  it('keeps the explanation beside it', () => {
    expect(statementOf(yesNo, said('no', 'Two tablets'))).toMatchObject({ explanation: 'Two tablets' })
    expect(statementOf(table, { ...rows(), explanation: 'None yet' })).toMatchObject({
      explanation: 'None yet',
    })
  })

  it('can be stored and read again', () => {
    for (const answer of [said('yes'), said('no', 'x'), said('sometimes')]) {
      const statement = statementOf(mapped, answer)
      expect(CanonicalStatement.parse(JSON.parse(JSON.stringify(statement)))).toEqual(statement)
    }
  })

  it.each<[string, Question, Answer]>([
    ["I don't know", yesNo, dontKnow],
    ['an answer of another kind', yesNo, share(3, 3)],
    ['an option that the edition lacks', single, chose('hourly')],
    ['no tick', multiple, ticked()],
    ['files', sampleQuestion('attachment'), answered({ kind: 'attachment', files: [] })],
  ])('is nothing for %s', (_, from, answer) => {
    expect(statementOf(from, answer)).toBeNull()
  })
})

describe('the place of an answer in the bank', () => {
  const keyOf = (id: string, ...questions: Fields[]) => canonicalKeyOf(edition('1', questions), id)

  it.each<[string, Fields, unknown]>([
    [
      'the control, in scope all',
      { control: 'mfa-email' },
      { topic: 'mfa-email', scope: 'all', aspect: 'standing' },
    ],
    [
      'the part that the edition names',
      { control: 'mfa-email', canonical: { scope: 'servers' } },
      { topic: 'mfa-email', scope: 'servers', aspect: 'standing' },
    ],
    [
      'a topic of its own before the control',
      { control: 'mfa-email', canonical: { topic: 'staff' } },
      { topic: 'staff', scope: 'all', aspect: 'standing' },
    ],
    [
      'another side of the control',
      { control: 'mfa-email', kind: 'product' },
      { topic: 'mfa-email', scope: 'all', aspect: 'product' },
    ],
    [
      'an amount',
      { canonical: { topic: 'revenue' }, kind: 'currency', currency: 'USD' },
      { topic: 'revenue', scope: 'all', aspect: 'amount' },
    ],
    ['nowhere without a topic', {}, null],
    ['nowhere for files', { control: 'mfa-email', kind: 'attachment' }, null],
  ])('is %s', (_, fields, key) => {
    expect(keyOf('q', { id: 'q', ...fields })).toEqual(key)
  })

  it('is not known for a question that the edition lacks', () => {
    expect(keyOf('elsewhere', { id: 'q', control: 'mfa-email' })).toBeNull()
  })

  it('is nowhere for two questions that ask the same of one control without saying which part', () => {
    const control = 'mfa-email'
    const two = [
      { id: 'a', control },
      { id: 'b', control, kind: 'percent', population: 'p' },
    ]
    expect(keyOf('a', ...two)).toBeNull()
    expect(keyOf('b', ...two)).toBeNull()
    expect(keyOf('p', ...two, { id: 'p', control, kind: 'product' })).toMatchObject({ aspect: 'product' })
    const said = { id: 'c', control, canonical: { scope: 'servers' } }
    expect(keyOf('c', ...two, said)).toMatchObject({ scope: 'servers' })
  })
})

describe('where an answer can be read off', () => {
  const options = [
    { id: 'few', label: 'Few', below: 10 },
    { id: 'many', label: 'Many', atLeast: 10 },
  ]
  it.each<[string, Fields, unknown[]]>([
    ['a yes/no', {}, ['standing']],
    ['a band of counts, a number too', { kind: 'band', measure: 'count', options }, ['standing', 'number']],
    ['a band of percents', { kind: 'band', measure: 'percent', options }, ['standing']],
    ['a band of amounts', { kind: 'band', measure: 'amount', options }, ['standing']],
    ['a number', { kind: 'number' }, ['number']],
    ['files, nothing', { kind: 'attachment' }, []],
  ])('%s', (_, fields, aspects) => {
    expect(readableAspects(question(fields))).toEqual(aspects)
  })
})
