import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer, Answers, AnswerValue } from '#questionnaires/answers.ts'
import { applicableQuestions, undecidedQuestions } from '#questionnaires/branching.ts'
import { type Edition, listQuestions } from '#questionnaires/definition.ts'
import { loadLibrary } from '#questionnaires/library.server.ts'
import { answersTo } from './answer-arbitraries.ts'
import { sampleEdition } from './sample-questions.ts'

const dontKnow: Answer = { state: 'dont-know', gap: { owner: 'Ana Ruiz', dueOn: '2026-12-01' } }
const answered = (value: AnswerValue): Answer => ({ state: 'answered', value })
const yes = answered({ kind: 'yes-no', choice: 'yes' })
const no = answered({ kind: 'yes-no', choice: 'no' })

function shown(edition: Edition, answers: Answers) {
  return [...applicableQuestions(edition, answers)]
}

/** Whether a question with this condition applies beside one gate of each kind. */
function holds(when: unknown, answers: Answers): boolean {
  const options = ['a', 'b', 'c'].map((id) => ({ id, label: id }))
  const edition = sampleEdition([
    {
      id: 'only',
      questions: [
        { id: 'asked', kind: 'text', when },
        { id: 'gate', kind: 'yes-no' },
        { id: 'pick', kind: 'single-choice', options },
        { id: 'ticks', kind: 'multiple-choice', options },
        { id: 'size', kind: 'band', options },
        { id: 'count', kind: 'number' },
        { id: 'share', kind: 'percent', population: 'things' },
        { id: 'money', kind: 'currency', currency: 'USD' },
        { id: 'hidden', kind: 'yes-no', when: { question: 'gate', is: 'not-applicable' } },
      ],
    },
  ])
  return applicableQuestions(edition, answers).has('asked')
}

const pick = (choice: string) => ({ pick: answered({ kind: 'single-choice', choice }) })
const ticks = (...choices: string[]) => ({ ticks: answered({ kind: 'multiple-choice', choices }) })
const count = (number: number) => ({ count: answered({ kind: 'number', number }) })
const share = (covered: number, total: number) => ({ share: answered({ kind: 'percent', covered, total }) })
const money = (amountMinor: number) => ({
  money: answered({ kind: 'currency', amountMinor, currency: 'USD' }),
})

describe('a condition', () => {
  it.each([
    ['is, the same answer', { question: 'gate', is: 'yes' }, { gate: yes }, true],
    ['is, another answer', { question: 'gate', is: 'yes' }, { gate: no }, false],
    ['is, one of several', { question: 'pick', is: ['a', 'b'] }, pick('b'), true],
    ['is, none of several', { question: 'pick', is: ['a', 'b'] }, pick('c'), false],
    ['is, of a band', { question: 'size', is: 'c' }, { size: answered({ kind: 'band', choice: 'c' }) }, true],
    ['is, unanswered', { question: 'gate', is: 'yes' }, {}, false],
    ['is not, unanswered', { not: { question: 'gate', is: 'yes' } }, {}, false],
    ['is not, another answer', { not: { question: 'gate', is: 'yes' } }, { gate: no }, true],
    ['is, not known', { question: 'gate', is: ['yes', 'no'] }, { gate: dontKnow }, false],
    ['is not, not known', { not: { question: 'gate', is: 'yes' } }, { gate: dontKnow }, true],
    ['is dont-know, not known', { question: 'count', is: 'dont-know' }, { count: dontKnow }, true],
    ['is dont-know, known', { question: 'count', is: 'dont-know' }, count(1), false],
    ['is dont-know, forged as a choice', { question: 'pick', is: 'dont-know' }, pick('dont-know'), false],
    ['includes, ticked', { question: 'ticks', includes: 'b' }, ticks('a', 'b'), true],
    ['includes, not ticked', { question: 'ticks', includes: 'c' }, ticks('a', 'b'), false],
    ['includes, not known', { question: 'ticks', includes: 'c' }, { ticks: dontKnow }, false],
    ['at least, equal', { question: 'count', atLeast: 5 }, count(5), true],
    ['at least, below', { question: 'count', atLeast: 5 }, count(4.9), false],
    ['at least, not known', { question: 'count', atLeast: 0 }, { count: dontKnow }, false],
    ['at least, a percentage', { question: 'share', atLeast: 95 }, share(95, 100), true],
    [
      'at least, a percentage that no division hits',
      { question: 'share', atLeast: 29 },
      share(29, 100),
      true,
    ],
    ['at least, a lower percentage', { question: 'share', atLeast: 95 }, share(949, 1000), false],
    ['at least, minor units', { question: 'money', atLeast: 2_500_000 }, money(2_500_000), true],
    ['at least, one cent below', { question: 'money', atLeast: 2_500_000 }, money(2_499_999), false],
    [
      'all, one missing',
      {
        all: [
          { question: 'gate', is: 'yes' },
          { question: 'pick', is: 'a' },
        ],
      },
      { gate: yes },
      false,
    ],
    [
      'any, one missing',
      {
        any: [
          { question: 'gate', is: 'yes' },
          { question: 'pick', is: 'a' },
        ],
      },
      { gate: yes },
      true,
    ],
    ['on a hidden question', { question: 'hidden', is: 'yes' }, { gate: yes, hidden: yes }, false],
    [
      'not, on a hidden question',
      { not: { question: 'hidden', is: 'no' } },
      { gate: yes, hidden: yes },
      false,
    ],
    [
      'not all, decided by the known part',
      {
        not: {
          all: [
            { question: 'gate', is: 'no' },
            { question: 'pick', is: 'a' },
          ],
        },
      },
      { gate: yes },
      true,
    ],
  ])('%s', (_, when, answers, expected) => {
    expect(holds(when, answers as Answers)).toBe(expected)
  })

  it('is not fooled by a question named like something that every object has', () => {
    const edition = sampleEdition([
      {
        id: 'only',
        questions: [
          { id: 'constructor', kind: 'yes-no' },
          { id: 'asked', kind: 'text', when: { not: { question: 'constructor', is: 'no' } } },
        ],
      },
    ])
    expect(shown(edition, {})).toEqual(['constructor'])
  })

  it('hides questions that wait for each other instead of running forever', () => {
    const edition = sampleEdition([
      {
        id: 'only',
        questions: [
          { id: 'one', kind: 'yes-no', when: { question: 'two', is: 'yes' } },
          { id: 'two', kind: 'yes-no', when: { question: 'one', is: 'yes' } },
        ],
      },
    ])
    expect(shown(edition, { one: yes, two: yes })).toEqual([])
  })

  it('may look ahead, and questions stay in form order', () => {
    const edition = sampleEdition([
      { id: 'early', questions: [{ id: 'follow-up', kind: 'text', when: { question: 'gate', is: 'yes' } }] },
      { id: 'late', questions: [{ id: 'gate', kind: 'yes-no' }] },
    ])
    expect(shown(edition, { gate: yes })).toEqual(['follow-up', 'gate'])
  })
})

describe('the published editions', () => {
  const editions = loadLibrary().map((published) => published.edition)
  const edition = fc.constantFrom(...editions)
  const cases = edition.chain((chosen) => fc.tuple(fc.constant(chosen), answersTo(chosen)))

  it('decide alike every time, in form order, whatever the order of the answers', () => {
    fc.assert(
      fc.property(cases, ([chosen, answers]) => {
        const reversed = Object.fromEntries(Object.entries(answers).reverse())
        const inOrder = listQuestions(chosen).map((question) => question.id)
        const result = shown(chosen, answers)
        expect(shown(chosen, reversed)).toEqual(result)
        expect(result).toEqual(inOrder.filter((id) => result.includes(id)))
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('are not influenced by answers left behind on hidden questions', () => {
    fc.assert(
      fc.property(cases, ([chosen, answers]) => {
        const applicable = applicableQuestions(chosen, answers)
        const visible = Object.fromEntries(Object.entries(answers).filter(([id]) => applicable.has(id)))
        expect(shown(chosen, visible)).toEqual([...applicable])
      }),
      { seed: 2, numRuns: 300 },
    )
  })
})

describe('a question whose gate has no answer yet', () => {
  const edition = sampleEdition([
    {
      id: 'only',
      questions: [
        { id: 'gate', kind: 'yes-no' },
        { id: 'middle', kind: 'yes-no', when: { question: 'gate', is: 'yes' } },
        { id: 'end', kind: 'text', when: { question: 'middle', is: 'yes' } },
      ],
    },
  ])
  const undecided = (answers: Answers) => [...undecidedQuestions(edition, answers)]

  it('is undecided, and so is whatever hangs on it', () => {
    expect(undecided({})).toEqual(['middle', 'end'])
    expect(undecided({ gate: yes })).toEqual(['end'])
  })

  it('is decided once the gate is, also against it', () => {
    expect(undecided({ gate: no })).toEqual([])
    expect(undecided({ gate: dontKnow })).toEqual([])
    expect(undecided({ gate: yes, middle: yes })).toEqual([])
  })
})
