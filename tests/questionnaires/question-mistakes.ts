/** What a single question can get wrong: its fields, the text at the place of the problem, and the message. */

export const OPTIONS = 'options: [{ id: a, label: A }, { id: b, label: B'
export const TERMS = 'terms: [{ id: remote, term: Remote access, meaning: From outside. }]'

/** @param lines further lines of the form */
export type Case = [name: string, fields: string, at: string, message: string, ...lines: string[]]

const ABOUT = 'A claim needs a control that it speaks about. Add "control" to the question.'

const QUESTION_CASES: Case[] = [
  [
    'a reserved name',
    'id: constructor, kind: text',
    'constructor',
    '"constructor" is a reserved word. Give the question another name.',
  ],
  [
    'a control that the catalogue lacks',
    'id: x, kind: text, control: mfa-mail',
    'mfa-mail',
    'The catalogue has no control "mfa-mail". Check its spelling.',
  ],
  [
    'a term that the form does not define',
    'id: x, kind: text, terms: [remote, near]',
    'near',
    `The form's "terms" have no "near". Add it there or check its spelling.`,
    TERMS,
  ],
  [
    'a first day although it is optional',
    'id: x, kind: text, required: false, requiredFrom: 2027-01-01',
    '2027-01-01',
    'The question is optional on every day. Remove "requiredFrom" or "required: false".',
  ],
  [
    'earlier names in a first edition',
    'id: x, kind: text, formerly: [y]',
    '[y',
    'Say which edition the form "follows", or remove "formerly".',
  ],
  [
    'a limit without a unit',
    'id: x, kind: yes-no, threshold: { is: at-most, value: 5, unit: moons }',
    'moons',
    '"moons" is not a unit. Use one of days, hours, months, percent, people, or a currency code such as USD.',
  ],
  [
    'a limit above everything',
    'id: x, kind: yes-no, threshold: { is: at-least, value: 101, unit: percent }',
    '101',
    'A percentage lies between 0 and 100.',
  ],
  [
    'a limit below nothing',
    'id: x, kind: yes-no, threshold: { is: at-least, value: -1, unit: percent }',
    '-1',
    'A percentage lies between 0 and 100.',
  ],
  [
    'an explained answer that it does not offer',
    'id: x, kind: yes-no, explain: [yes, sometimes]',
    'sometimes',
    '"sometimes" is not an answer to this question.',
  ],
  [
    'an explained answer where there are none',
    "id: x, kind: date, explain: ['2026-01-01']",
    "'2026-01-01'",
    '"2026-01-01" is not an answer to this question.',
  ],
]

const CANONICAL_CASES: Case[] = [
  [
    'a place in the bank without a topic',
    'id: x, kind: text, canonical: { scope: all }',
    '{',
    'Nobody can tell what this answer is about. Add "topic" here or "control" to the question.',
  ],
  [
    'a place in the bank for files',
    'id: x, kind: attachment, control: mfa-email, canonical: { scope: all }',
    '{',
    'Files do not travel between forms. Remove "canonical".',
  ],
  [
    'other claims that amount to no number',
    'id: x, kind: number, canonical: { topic: t, yesFrom: [all] }',
    '[all',
    '"yesFrom" belongs to yes-no questions only. Remove it.',
  ],
  [
    'a mark without a yes',
    'id: x, kind: percent, population: p, canonical: { topic: t, yesFromPercent: 95 }',
    '95',
    '"yesFromPercent" belongs to yes-no questions only. Remove it.',
  ],
  [
    'a fact that fills no text',
    'id: x, kind: text, canonical: { topic: t, fact: mfa.coverage }',
    'mfa.coverage',
    'No fact answers a text question. Remove "fact".',
  ],
  [
    'a fact that nobody collects',
    'id: x, kind: percent, population: p, canonical: { topic: t, fact: mfa.cover }',
    'mfa.cover',
    'The fact dictionary has no "mfa.cover". Check its spelling.',
  ],
]

const OPTION_CASES: Case[] = [
  [
    'an option for not knowing',
    'id: x, kind: band, options: [{ id: a, label: A }, { id: dont-know, label: B }]',
    'dont-know',
    'Every question already offers "I don\'t know". Remove this option.',
  ],
  [
    'an exclusive option where one is chosen anyway',
    `id: x, kind: single-choice, ${OPTIONS}, exclusive: true }]`,
    'true',
    'Only options of a multiple choice can be exclusive. Remove this line.',
  ],
  ['a claim about nothing', `id: x, kind: single-choice, ${OPTIONS}, claim: c }]`, 'c', ABOUT],
  [
    'two options to describe',
    'id: x, kind: band, options: [{ id: a, label: A, describe: true }, { id: b, label: B, describe: true }]',
    'true',
    'Only one option of a question can be the one to describe. Remove this line.',
  ],
  [
    'bounds without a measure',
    `id: x, kind: band, ${OPTIONS}, atLeast: 5 }]`,
    '5',
    '"atLeast" needs a band with a "measure". Add it, or remove this line.',
  ],
  [
    'bounds in a choice',
    `id: x, kind: single-choice, ${OPTIONS}, below: 6 }]`,
    '6',
    '"below" needs a band with a "measure". Add it, or remove this line.',
  ],
  [
    'a band without room',
    `id: x, kind: band, measure: count, ${OPTIONS}, atLeast: 5, below: 5 }]`,
    '5',
    '"below" must be greater than "atLeast".',
  ],
  [
    'bands that overlap',
    'id: x, kind: band, measure: count, options: [{ id: a, label: Up to ten, below: 11 }, { id: b, label: B, atLeast: 10 }]',
    '{',
    'This band overlaps with "Up to ten". Change their bounds.',
  ],
]

const KIND_CASES: Case[] = [
  [
    'only yes where a blank says nothing',
    'id: x, kind: yes-no, yesOnly: true',
    'true',
    'Where only "yes" can be chosen, a blank must say "no". Add "blankMeans: no" to the form.',
  ],
  [
    'only yes beside sometimes',
    'id: x, kind: yes-no, yesOnly: true, sometimes: true',
    'true',
    'Only "yes" can be chosen here. Remove this line or "yesOnly".',
    'blankMeans: no',
  ],
  [
    'only yes beside not applicable',
    'id: x, kind: yes-no, yesOnly: true, notApplicable: true',
    'true',
    'Only "yes" can be chosen here. Remove this line or "yesOnly".',
    'blankMeans: no',
  ],
  ['claims about nothing', 'id: x, kind: yes-no, claims: { yes: within-30-days }', '{', ABOUT],
  [
    'claims of an answer that it does not offer',
    'id: x, kind: yes-no, control: mfa-email, claims: { sometimes: partly }',
    'partly',
    '"sometimes" is not an answer to this question.',
  ],
  [
    'bounds the wrong way round',
    'id: x, kind: number, min: 5, max: 4',
    '5',
    '"min" is greater than "max". Swap them.',
  ],
  [
    'a currency that does not exist',
    'id: x, kind: currency, currency: XQZ',
    'XQZ',
    '"XQZ" is not a currency code. Use one such as USD.',
  ],
  [
    'a table that must be longer than it may be',
    'id: x, kind: table, minimumRows: 3, maximumRows: 2, columns: [{ id: a, label: A, kind: text }]',
    '3',
    '"minimumRows" is greater than "maximumRows". Swap them.',
  ],
  [
    'a column with a reserved name',
    'id: x, kind: table, columns: [{ id: constructor, label: A, kind: text }]',
    'constructor',
    '"constructor" is a reserved word. Give the column another name.',
  ],
  [
    'a column with its bounds the wrong way round',
    'id: x, kind: table, columns: [{ id: a, label: A, kind: number, min: 5, max: 4 }]',
    '5',
    '"min" is greater than "max". Swap them.',
  ],
  [
    'a column in a currency that does not exist',
    'id: x, kind: table, columns: [{ id: a, label: A, kind: currency, currency: XQZ }]',
    'XQZ',
    '"XQZ" is not a currency code. Use one such as USD.',
  ],
]

const TWICE_CASES: Case[] = [
  [
    'an option twice',
    'id: x, kind: band, options: [{ id: a, label: A }, { id: a, label: B }]',
    'a',
    'There is already an option "a". Give this one another name.',
  ],
  [
    'a column twice',
    'id: x, kind: table, columns: [{ id: a, label: A, kind: text }, { id: a, label: B, kind: date }]',
    'a',
    'There is already a column "a". Give this one another name.',
  ],
  [
    'an option of a column twice',
    'id: x, kind: table, columns: [{ id: c, label: A, kind: choice, options: [{ id: a, label: A }, { id: a, label: B }] }]',
    'a',
    'There is already an option "a". Give this one another name.',
  ],
]

/** Every mistake that the checks of single questions know. */
export const MISTAKES: readonly Case[] = [
  ...QUESTION_CASES,
  ...CANONICAL_CASES,
  ...OPTION_CASES,
  ...KIND_CASES,
  ...TWICE_CASES,
]
