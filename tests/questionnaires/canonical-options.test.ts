import { describe, expect, it } from 'vitest'
import type { Answer } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import { answered, chose, follows, said, share, ticked } from './canonical-samples.ts'
import { sampleQuestion } from './sample-questions.ts'

const option = (id: string, fields: object = {}) => ({ id, label: id.toUpperCase(), ...fields })
const single = (...options: object[]) => sampleQuestion('single-choice', { options })
const ordered = (...options: object[]) => sampleQuestion('single-choice', { options, ordered: true })
const multiple = (...options: object[]) => sampleQuestion('multiple-choice', { options })
const _band = (...options: object[]) => sampleQuestion('band', { options })
const yesNo = sampleQuestion('yes-no')
const percent = sampleQuestion('percent', { population: 'laptops' })

const DAILY = [option('daily'), option('weekly'), option('never')]
const offline = option('offline')
const none = option('none', { exclusive: true })
const other = option('other', { describe: true })

type Case = [
  name: string,
  from: Question,
  answer: Answer,
  to: Question,
  derived: [unknown, ...string[]] | null,
]

const SINGLE: Case[] = [
  [
    'the same option under another id',
    single(...DAILY),
    chose('weekly'),
    single(option('w', { claim: 'weekly' }), option('n')),
    ['w'],
  ],
  ['no option for it', single(...DAILY), chose('never'), single(option('daily'), option('weekly')), null],
  [
    'an option that it leads to',
    single(...DAILY),
    chose('daily'),
    single(option('often', { derivedFrom: ['daily', 'weekly'] }), option('never')),
    ['often', '“daily” became “OFTEN”.'],
  ],
  [
    'the very option before one that it leads to',
    single(...DAILY),
    chose('weekly'),
    single(option('often', { derivedFrom: ['weekly'] }), option('weekly')),
    ['weekly'],
  ],
  [
    'two options that it leads to, where nobody ranks them',
    single(...DAILY),
    chose('daily'),
    single(option('often', { derivedFrom: ['daily'] }), option('ever', { derivedFrom: ['daily'] })),
    null,
  ],
  [
    'two options that it leads to, best first',
    single(...DAILY),
    chose('daily'),
    ordered(option('often', { derivedFrom: ['daily'] }), option('ever', { derivedFrom: ['daily'] })),
    ['often', '“daily” became “OFTEN”.'],
  ],
  [
    'two options of one claim',
    single(...DAILY),
    chose('daily'),
    single(option('a', { claim: 'daily' }), option('b', { claim: 'daily' })),
    null,
  ],
  [
    'two options of one claim in an order',
    single(...DAILY),
    chose('daily'),
    ordered(option('a', { claim: 'daily' }), option('b', { claim: 'daily' })),
    null,
  ],
  [
    'an order with a better option that nobody spoke of',
    single(...DAILY),
    chose('weekly'),
    ordered(option('hourly'), option('weekly')),
    ['weekly', 'Nothing was stated about “HOURLY”; it is left out.'],
  ],
  [
    'an order whose better options were denied',
    ordered(...DAILY),
    chose('never'),
    ordered(...DAILY),
    ['never'],
  ],
  [
    'what "other" is',
    single(...DAILY, other),
    answered({ kind: 'single-choice', choice: 'other', description: 'Hourly' }),
    single(other, option('x')),
    ['other'],
  ],
]

const MULTIPLE: Case[] = [
  [
    'the same boxes',
    multiple(offline, option('tested'), none),
    ticked('offline'),
    multiple(offline, option('tested'), none),
    [['offline']],
  ],
  [
    'fewer boxes',
    multiple(offline, option('tested')),
    ticked('offline', 'tested'),
    multiple(offline, option('cloud')),
    [
      ['offline'],
      '“tested” was stated too and has no place here.',
      'Nothing was stated about “CLOUD”; it is left out.',
    ],
  ],
  [
    'a box that a choice leads to',
    single(...DAILY),
    chose('daily'),
    multiple(option('often', { derivedFrom: ['daily'] }), option('tested')),
    [['often'], '“daily” became “OFTEN”.', 'Nothing was stated about “TESTED”; it is left out.'],
  ],
  [
    'none of the boxes',
    multiple(offline, none),
    ticked('none'),
    multiple(option('tested'), none),
    [['none'], 'Nothing was stated about “TESTED”; it is left out.'],
  ],
  [
    'an exclusive box beside another',
    multiple(offline, option('none')),
    ticked('offline', 'none'),
    multiple(offline, none),
    null,
  ],
  ['no box', multiple(offline, none), ticked('offline'), multiple(option('tested'), none), null],
  [
    'one of several ticks in a choice',
    multiple(offline, option('tested')),
    ticked('offline', 'tested'),
    single(offline, option('x')),
    ['offline', '“tested” was stated too and has no place here.'],
  ],
  [
    'several ticks in a choice that offers them all',
    multiple(offline, option('tested')),
    ticked('offline', 'tested'),
    single(offline, option('tested')),
    null,
  ],
]

const FROM_YES: Case[] = [
  [
    'a yes in a choice that says yes',
    yesNo,
    said('yes'),
    single(option('yes'), option('no')),
    ['yes', '“yes” became “YES”.'],
  ],
  [
    'a yes in a choice that says all',
    yesNo,
    said('yes'),
    single(option('all'), option('partly'), option('none')),
    ['all', '“yes” was stated too and has no place here.'],
  ],
  ['a no in a choice that says none', yesNo, said('no', 'x'), single(option('all'), option('none')), null],
  [
    'all of them in a choice',
    percent,
    share(5, 5),
    single(option('all'), option('partly'), option('none')),
    ['all', '5 of 5 became “ALL”.'],
  ],
  [
    'some of them in a choice',
    percent,
    share(4, 5),
    single(option('all'), option('partly'), option('none')),
    ['partly', '4 of 5 became “PARTLY”.'],
  ],
  [
    'some of them where only all and none are offered',
    percent,
    share(4, 5),
    single(option('all'), option('none')),
    null,
  ],
]

describe('what follows, or not, in', () => {
  it.each([...SINGLE, ...MULTIPLE, ...FROM_YES])('%s', (_, from, answer, to, derived) => {
    expect(follows(from, answer, to)).toEqual(derived)
  })
})
