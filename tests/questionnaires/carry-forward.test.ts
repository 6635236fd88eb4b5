import { describe, expect, it } from 'vitest'
import type { Answer } from '#questionnaires/answers.ts'
import { answered, chose, counted, said, share } from './canonical-samples.ts'
import { carry, carryOne, days, dontKnow } from './carried-answers.ts'
import type { Fields } from './compare-sample-editions.ts'

const OPTIONS = [
  { id: 'daily', label: 'Daily' },
  { id: 'weekly', label: 'Weekly' },
  { id: 'never', label: 'Never' },
]
const choice = (options: Fields[], fields: Fields = {}) => ({ kind: 'single-choice', options, ...fields })
const share95 = (value: number) => ({ threshold: { is: 'at-least', value, unit: 'percent' } })
const term = (meaning: string): Fields => ({ terms: [{ id: 'remote', term: 'Remote', meaning }] })
const yes = said('yes')

type Case = [change: string, older: Fields, newer: Fields, answer: Answer, outcome: unknown[]]

const KEPT: Case[] = [
  ['nothing', {}, {}, yes, ['kept', yes]],
  ['another item number', {}, { reference: { item: '99' } }, yes, ['kept', yes]],
  ['a gate', {}, { when: { circumstance: 'renewal', is: 'yes' } }, yes, ['kept', yes]],
  ['that it may be left open', {}, { required: false }, yes, ['kept', yes]],
  [
    'products that are suggested',
    { kind: 'product' },
    { kind: 'product', suggestions: ['Veeam'] },
    answered({ kind: 'product', product: 'EDR' }),
    ['kept', answered({ kind: 'product', product: 'EDR' })],
  ],
  [
    'the order of options that nobody ranks',
    choice(OPTIONS),
    choice(OPTIONS.toReversed()),
    chose('weekly'),
    ['kept', chose('weekly')],
  ],
  ['nothing, and nobody knows', {}, {}, dontKnow, ['kept', dontKnow]],
]

const places = (...labels: string[]): Fields => ({
  kind: 'table',
  columns: [
    {
      id: 'place',
      label: 'Place',
      kind: 'choice',
      options: [
        { id: 'here', label: labels[0] },
        { id: 'there', label: labels[1] },
      ],
    },
  ],
})
const here = answered({ kind: 'table', rows: [{ place: 'here' }] })

const PROPOSED: Case[] = [
  [
    'the labels of a column, which changed places',
    places('Here', 'There'),
    places('There', 'Here'),
    here,
    ['proposed', here],
  ],
  ['the prompt', { prompt: 'Is it?' }, { prompt: 'Is it so?' }, yes, ['proposed', yes]],
  ['the help', {}, { help: 'Count suppliers too.' }, yes, ['proposed', yes]],
  ['its scope', { scope: 'Staff' }, { scope: 'Staff and suppliers' }, yes, ['proposed', yes]],
  ['a limit that became looser', days(14), days(30), yes, ['proposed', yes]],
  ['a share that became smaller', share95(98), share95(95), yes, ['proposed', yes]],
  [
    'what another answer says',
    { claims: { no: 'partly' }, control: 'mfa-email' },
    { claims: { sometimes: 'partly' }, control: 'mfa-email' },
    said('no', 'x'),
    ['proposed', said('no', 'x')],
  ],
  [
    'an option that went, another being chosen',
    choice(OPTIONS),
    choice(OPTIONS.slice(0, 2)),
    chose('weekly'),
    ['proposed', chose('weekly')],
  ],
  [
    'a better option that came',
    choice(OPTIONS, { ordered: true }),
    choice([{ id: 'hourly', label: 'Hourly' }, ...OPTIONS], { ordered: true }),
    chose('weekly'),
    ['proposed', chose('weekly'), 'Nothing was stated about “Hourly”; it is left out.'],
  ],
  [
    '"sometimes" that went',
    { sometimes: true },
    {},
    said('sometimes'),
    ['proposed', said('no'), '“sometimes” is no more than a "no" here.'],
  ],
  [
    'a percentage that became a yes',
    { kind: 'percent', population: 'p' },
    {},
    share(5, 5),
    ['proposed', yes, '5 of 5 became no more than a "yes".'],
  ],
  [
    'a percentage that became a no',
    { kind: 'percent', population: 'p' },
    {},
    share(4, 5),
    ['proposed', said('no'), '4 of 5 is no more than a "no" here.'],
  ],
  [
    'what an option claims',
    choice(OPTIONS),
    choice(OPTIONS.map((option) => ({ ...option, claim: `at-least-${option.id}` }))),
    chose('weekly'),
    ['shown', null],
  ],
  ['an explanation that it asks for now', {}, { explain: ['yes'] }, yes, ['proposed', yes]],
]

const SHOWN: Case[] = [
  ['a limit that became stricter', days(30), days(14), yes, ['shown', null]],
  ['a share that became larger', share95(95), share95(98), yes, ['shown', null]],
  ['a limit where there was none', {}, days(14), yes, ['shown', null]],
  [
    'a limit of which nobody can tell',
    days(30),
    { threshold: { is: 'at-most', value: 2, unit: 'months' } },
    yes,
    ['shown', null],
  ],
  ['the control behind it', { control: 'mfa-email' }, { control: 'ir-plan' }, yes, ['shown', null]],
  [
    'its unit',
    { kind: 'number', unit: 'hours' },
    { kind: 'number', unit: 'days' },
    counted(5),
    ['shown', null],
  ],
  ['a yes that became a percentage', {}, { kind: 'percent', population: 'p' }, yes, ['shown', null]],
  [
    'a text that became a number',
    { kind: 'text' },
    { kind: 'number' },
    answered({ kind: 'text', text: '5' }),
    ['shown', null],
  ],
  [
    'the option that was chosen',
    choice(OPTIONS),
    choice(OPTIONS.slice(0, 2)),
    chose('never'),
    ['shown', null],
  ],
]

const LEFT: Case[] = [
  [
    'the prompt, and nobody knows',
    { prompt: 'Is it?' },
    { prompt: 'Is it so?' },
    dontKnow,
    ['dropped', null],
  ],
  ['a limit that became stricter, and nobody knows', days(30), days(14), dontKnow, ['dropped', null]],
]

describe('where an edition changes', () => {
  it.each([...KEPT, ...PROPOSED, ...SHOWN, ...LEFT])('%s', (_, older, newer, answer, outcome) => {
    expect(carryOne(older, newer, answer)).toEqual(outcome)
  })

  it('the meaning of a term, every answer that rests on it is confirmed anew, and no other', () => {
    const forms: [Fields, Fields] = [term('Staff only.'), term('Suppliers too.')]
    expect(carryOne({ terms: ['remote'] }, { terms: ['remote'] }, yes, { forms })).toEqual(['proposed', yes])
    expect(carryOne({}, {}, yes, { forms })).toEqual(['kept', yes])
  })

  it('several things, the strictest rule counts, and every reason is told', () => {
    const older = { id: 'q', prompt: 'Is it?', ...days(30) }
    const newer = { id: 'q', prompt: 'Is it so?', ...days(14) }
    expect(carry([older], [newer], { q: yes }).proposed.q).toEqual({
      answer: null,
      questionIds: ['q'],
      because: ['reworded', 'threshold-changed'],
      lost: [],
    })
  })

  it('an id alone, the answer stays with its question', () => {
    const { kept } = carry(
      [{ id: 'old', prompt: 'Is it?' }],
      [{ id: 'new', prompt: 'Is it?', formerly: ['old'] }],
      { old: yes },
    )
    expect(kept).toEqual({ new: { answer: yes, questionId: 'old' } })
  })

  it('all words under an id, nothing is kept', () => {
    expect(carryOne({ prompt: 'Is MFA on?' }, { prompt: 'Was there an incident?' }, yes)[0]).toBe('proposed')
  })
})

describe('a renewal', () => {
  it('keeps nothing: what means the same is proposed without a reason', () => {
    const carried = carry([{ id: 'q' }], [{ id: 'q' }], { q: yes }, { purpose: 'renewal' })
    expect(carried).toEqual({
      kept: {},
      proposed: { q: { answer: yes, questionIds: ['q'], because: [], lost: [] } },
      open: [],
      dropped: [],
    })
  })

  it('asks again for what nobody knew a year ago', () => {
    expect(carryOne({}, {}, dontKnow, { purpose: 'renewal' })).toEqual(['dropped', null])
  })

  it('is as strict as a draft where the meaning changed', () => {
    expect(carryOne(days(30), days(14), yes, { purpose: 'renewal' })).toEqual(['shown', null])
  })
})

describe('answers that have no place', () => {
  it('are dropped with the words that were asked and answered', () => {
    const carried = carry(
      [{ id: 'gone', prompt: 'Is there a fax?', reference: { item: '7' } }, { id: 'q' }],
      [{ id: 'q' }],
      { gone: said('no', 'Sold it') },
    )
    expect(carried.dropped).toEqual([
      { questionId: 'gone', prompt: 'Is there a fax?', item: '7', shown: 'No: Sold it' },
    ])
    expect(carried.open).toEqual(['q'])
  })

  it('go nowhere at all where their question was hidden', () => {
    const older = [
      { id: 'gate' },
      { id: 'q', when: { question: 'gate', is: 'yes' } },
      { id: 'gone', when: { circumstance: 'renewal', is: 'yes' } },
    ]
    const answers = { gate: said('no', 'x'), q: yes, gone: yes }
    const carried = carry(older, [{ id: 'gate' }, { id: 'q' }], answers, { circumstances: { renewal: 'no' } })
    expect(carried).toEqual({
      kept: { gate: { answer: answers.gate, questionId: 'gate' } },
      proposed: {},
      open: ['q'],
      dropped: [],
    })
  })

  it('count where their gate is open', () => {
    const older = [{ id: 'q', when: { circumstance: 'renewal', is: 'yes' } }]
    const carried = carry(older, [{ id: 'q' }], { q: yes }, { circumstances: { renewal: 'yes' } })
    expect(Object.keys(carried.kept)).toEqual(['q'])
  })
})

describe('another form', () => {
  const forms: [Fields, Fields] = [{ code: 'one' }, { code: 'two', follows: undefined }]

  it('keeps nothing and never goes by equal ids', () => {
    expect(carryOne({}, {}, yes, { forms })).toEqual(['dropped', null])
  })

  it('is proposed what its questions are about too', () => {
    const carried = carry(
      [{ id: 'a', control: 'mfa-email' }],
      [{ id: 'b', control: 'mfa-email', prompt: 'a?' }],
      { a: yes },
      { forms },
    )
    expect(carried.kept).toEqual({})
    expect(carried.proposed.b).toMatchObject({ answer: yes, questionIds: ['a'] })
  })

  it('is proposed no limit that it states more strictly', () => {
    const [older, newer] = [days(30), days(14)].map((limit, index) => ({
      id: `q${index}`,
      control: 'patching',
      ...limit,
    }))
    expect(carry([older ?? {}], [newer ?? {}], { q0: yes }, { forms }).proposed.q1).toMatchObject({
      answer: null,
    })
  })
})

describe('a day', () => {
  it('in the future is not kept by a question that asks for the past', () => {
    const date = { kind: 'date', past: true }
    const later = answered({ kind: 'date', date: '2026-12-24' })
    expect(carryOne(date, date, later, { circumstances: { today: '2026-11-24' } })).toEqual(['shown', null])
    expect(carryOne(date, date, later, { circumstances: { today: '2027-01-01' } })).toEqual(['kept', later])
  })
})
