import { describe, expect, it } from 'vitest'
import type { Answer } from '#questionnaires/answers.ts'
import { deriveAnswer, statementOf } from '#questionnaires/canonical.ts'
import type { Question } from '#questionnaires/definition.ts'
import { chose, follows, said, share, ticked } from './canonical-samples.ts'
import { NOW, sampleQuestion } from './sample-questions.ts'

const yesNo = (fields: Record<string, unknown> = {}) => sampleQuestion('yes-no', fields)
const plain = yesNo()
const sometimes = yesNo({ sometimes: true })
const withNa = yesNo({ notApplicable: true })
const yesOnly = yesNo({ yesOnly: true })
const percent = sampleQuestion('percent', { population: 'laptops' })
const from = (percents: number) => yesNo({ canonical: { topic: 't', yesFromPercent: percents } })
const atLeast = (value: number) => yesNo({ threshold: { is: 'at-least', value, unit: 'percent' } })
const within = (days: number, fields: Record<string, unknown> = {}) =>
  yesNo({ control: 'patching', claims: { yes: `within-${days}-days` }, ...fields })
const looser = within(30, { canonical: { yesFrom: ['within-14-days', 'within-7-days'] } })

const OFTEN = [
  { id: 'daily', label: 'Daily' },
  { id: 'weekly', label: 'Weekly' },
  { id: 'never', label: 'Never' },
]
const often = sampleQuestion('single-choice', { options: OFTEN, ordered: true })
const unordered = sampleQuestion('single-choice', { options: OFTEN })
const boxes = sampleQuestion('multiple-choice', { options: OFTEN })
const atLeastWeekly = yesNo({ claims: { yes: 'weekly' }, canonical: { topic: 't', yesFrom: ['daily'] } })

type Case = [
  name: string,
  from: Question,
  answer: Answer,
  to: Question,
  derived: [string, ...string[]] | null,
]

const SHARES: Case[] = [
  ['all of them are a yes', percent, share(95, 95), plain, ['yes', '95 of 95 became no more than a "yes".']],
  [
    'nearly all of them are no yes',
    percent,
    share(94, 95),
    plain,
    ['no', '94 of 95 is no more than a "no" here.'],
  ],
  [
    'nearly all are sometimes',
    percent,
    share(94, 95),
    sometimes,
    ['sometimes', '94 of 95 became no more than a "sometimes".'],
  ],
  ['none is a no', percent, share(0, 95), sometimes, ['no', '0 of 95 is no more than a "no" here.']],
  [
    'a share that reaches the mark exactly',
    percent,
    share(95, 100),
    from(95),
    ['yes', '95 of 100 became no more than a "yes".'],
  ],
  [
    'a share that no division hits',
    percent,
    share(29, 100),
    from(29),
    ['yes', '29 of 100 became no more than a "yes".'],
  ],
  [
    'a share just below the mark',
    percent,
    share(949, 1000),
    from(95),
    ['no', '949 of 1000 is no more than a "no" here.'],
  ],
  [
    'a share that reaches the limit',
    percent,
    share(98, 100),
    atLeast(98),
    ['yes', '98 of 100 became no more than a "yes".'],
  ],
  [
    'a share below the limit',
    percent,
    share(97, 100),
    atLeast(98),
    ['no', '97 of 100 is no more than a "no" here.'],
  ],
  ['all of them say nothing about a limit in days', percent, share(5, 5), within(30), null],
  ['none of them says nothing about a limit in days', percent, share(0, 5), within(30), null],
  [
    'a share where the edition names the mark for the claim',
    percent,
    share(19, 20),
    within(30, { canonical: { topic: 't', yesFromPercent: 95 } }),
    ['yes', '19 of 20 became no more than a "yes".'],
  ],
  ['a share below where only yes can be chosen', percent, share(1, 2), yesOnly, null],
  [
    'all of them where only yes can be chosen',
    percent,
    share(2, 2),
    yesOnly,
    ['yes', '2 of 2 became no more than a "yes".'],
  ],
]

const NEVER_COUNTS: Case[] = [
  ['a yes is no percentage', plain, said('yes'), percent, null],
  ['a no is no percentage', plain, said('no', 'x'), percent, null],
  ['a yes from 95 % is no percentage', from(95), said('yes'), percent, null],
  ['counts stay counts', percent, share(3, 7), percent, ['3 of 7']],
]

const SOMETIMES: Case[] = [
  ['sometimes stays', sometimes, said('sometimes'), sometimes, ['sometimes']],
  [
    'sometimes is no where it is not offered',
    sometimes,
    said('sometimes'),
    plain,
    ['no', '“sometimes” is no more than a "no" here.'],
  ],
  ['sometimes where only yes can be chosen', sometimes, said('sometimes'), yesOnly, null],
  ['a yes where sometimes is offered', plain, said('yes'), sometimes, ['yes']],
  ['a no never becomes sometimes', plain, said('no', 'x'), sometimes, ['no']],
  ['a no where only yes can be chosen', plain, said('no', 'x'), yesOnly, null],
  ['not applicable where it is not offered', withNa, said('not-applicable'), plain, null],
  ['not applicable where it is', withNa, said('not-applicable'), withNa, ['not-applicable']],
  ['sometimes is not yes from a share on', sometimes, said('sometimes'), from(50), null],
]

const MARKS: Case[] = [
  ['at least 95 % is never all', from(95), said('yes'), plain, null],
  ['at least 95 %, asked as a limit, is never all', atLeast(95), said('yes'), plain, null],
  ['not even 95 % is not all', from(95), said('no', 'x'), plain, ['no']],
  [
    'at least 98 % is at least 95 %',
    from(98),
    said('yes'),
    from(95),
    ['yes', '“at least 98 percent” became no more than a "yes".'],
  ],
  ['at least 95 % is not 98 %', from(95), said('yes'), from(98), null],
  ['not even 95 % is not 98 % either', from(95), said('no', 'x'), from(98), ['no']],
  ['not 98 % may still be 95 %', from(98), said('no', 'x'), from(95), null],
  ['all is at least 95 %', plain, said('yes'), from(95), ['yes', '“yes” became no more than a "yes".']],
  ['not all may still be 95 %', plain, said('no', 'x'), from(95), null],
  ['the same limit, once as mark and once as limit', from(95), said('yes'), atLeast(95), ['yes']],
]

const CLAIMS: Case[] = [
  ['the same claim', within(30), said('yes'), within(30), ['yes']],
  [
    'a stricter claim that the edition lets count',
    within(14),
    said('yes'),
    looser,
    ['yes', '“within 14 days” became no more than a "yes".'],
  ],
  ['a looser claim', within(30), said('yes'), within(14), null],
  ['a no to a looser claim says nothing of the stricter one', within(30), said('no', 'x'), within(14), null],
  ['a no to a stricter claim says nothing of the looser one', within(14), said('no', 'x'), looser, null],
  ['a no to everything that would count', looser, said('no', 'x'), looser, ['no']],
  ['a bare yes says nothing of a limit', plain, said('yes'), within(30), null],
  ['a bare no says nothing of a limit', plain, said('no', 'x'), within(30), null],
  ['a claim is no bare yes', within(30), said('yes'), plain, null],
]

const CHOICES: Case[] = [
  [
    'the very choice that yes claims',
    often,
    chose('weekly'),
    atLeastWeekly,
    ['yes', '“weekly” became no more than a "yes".'],
  ],
  ['a better choice', often, chose('daily'), atLeastWeekly, ['yes', '“daily” became no more than a "yes".']],
  [
    'a worse choice of an order',
    often,
    chose('never'),
    atLeastWeekly,
    ['no', '“never” became no more than a "no".'],
  ],
  ['a worse choice where no order is known', unordered, chose('never'), atLeastWeekly, null],
  [
    'a box that is ticked',
    boxes,
    ticked('daily'),
    atLeastWeekly,
    ['yes', '“daily” became no more than a "yes".'],
  ],
  [
    'boxes that are all left empty',
    boxes,
    ticked('never'),
    atLeastWeekly,
    ['no', '“never” became no more than a "no".'],
  ],
]

describe('a yes/no answer follows, or not, from', () => {
  it.each([...SHARES, ...NEVER_COUNTS, ...SOMETIMES, ...MARKS, ...CLAIMS, ...CHOICES])(
    '%s',
    (_, question, answer, to, derived) => {
      expect(follows(question, answer, to)).toEqual(derived)
    },
  )
})

describe('an explanation', () => {
  const derive = (to: Question, question: Question, answer: Answer) => {
    const statement = statementOf(question, answer)
    return statement && deriveAnswer(to, statement, NOW)
  }

  it('goes along to the very same answer', () => {
    expect(derive(plain, plain, said('no', 'Two tablets'))).toEqual({
      answer: said('no', 'Two tablets'),
      lost: [],
    })
  })

  it('is left behind where anything got lost, and that is told', () => {
    expect(derive(plain, sometimes, said('sometimes', 'Laptops only'))).toEqual({
      answer: said('no'),
      lost: [
        '“sometimes” is no more than a "no" here.',
        'The explanation given with it is not carried over.',
      ],
    })
  })

  it('that is missing is for a person to add', () => {
    expect(derive(plain, sometimes, said('no'))).toEqual({ answer: said('no'), lost: [] })
  })
})
