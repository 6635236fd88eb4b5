import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AnswerDraft,
  describedOption,
  draftOf,
  isBlank,
  readDraft,
  tidyDraft,
} from '#app/components/questionnaire/answer-draft.ts'
import { parseTyped } from '#app/components/questionnaire/number-answer.tsx'
import { compareWords, type Piece } from '#app/components/questionnaire/word-difference.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { edition, NOW, questionOf } from './questionnaire-edition.ts'

const GAP = { owner: 'Wren Okafor', dueOn: '2026-12-08' }

function draft(questionId: string, value: Partial<AnswerDraft['value']>): AnswerDraft {
  const empty = draftOf(questionOf(questionId), null, GAP)
  return { ...empty, value: { ...empty.value, ...value } }
}

describe('a number as typed', () => {
  it.each([
    ['1250', 0, 1250],
    ['1,250', 0, 1250],
    ["1'250", 0, 1250],
    ['1 250.5', 0, 1250.5],
    ['12,500.00', 2, 1_250_000],
    ['0.1', 2, 10],
    ['19.99', 2, 1999],
    ['-3', 0, -3],
    ['25000', 0, 25_000],
  ])('%s with %i digits is %d', (text, digits, number) => {
    expect(parseTyped(text, digits)).toBe(number)
  })

  // "1,5" is one and a half to some and fifteen to nobody.
  it.each(['1,5', '1.234,56', '12,50', 'about 20', '1e5', '0x10', '--1'])('%s is no number', (text) => {
    expect(parseTyped(text, 2)).toBeNaN()
  })

  it('has no more decimals than its currency', () => {
    expect(parseTyped('12.345', 2)).toBeNaN()
    expect(parseTyped('12.345', 3)).toBe(12_345)
  })

  it('is nothing where nothing was typed', () => {
    expect(parseTyped('  ', 2)).toBeUndefined()
  })
})

describe('a draft', () => {
  it.each(listQuestions(edition).map(({ id }) => id))('of %s is blank and no answer as it starts', (id) => {
    expect(isBlank(questionOf(id), draft(id, {}))).toBe(true)
    expect(readDraft(questionOf(id), draft(id, {}), NOW)).toBeNull()
  })

  it('is not blank with a choice, with half a table, with an explanation or when nobody knows', () => {
    const question = questionOf('encryption')
    expect(isBlank(question, draft('encryption', { choice: 'no' }))).toBe(false)
    expect(isBlank(question, { ...draft('encryption', {}), explanation: 'Soon' })).toBe(false)
    expect(isBlank(question, { ...draft('encryption', {}), state: 'dont-know' })).toBe(false)
    expect(isBlank(questionOf('providers'), draft('providers', { rows: [{}, { service: 'Mail' }] }))).toBe(
      false,
    )
    // What is no number yet must not pass as nothing.
    expect(isBlank(questionOf('staff'), draft('staff', { number: Number.NaN }))).toBe(false)
  })

  it('leaves out blank cells and the last rows nobody filled in, but never a row between others', () => {
    const rows = [{ service: 'Mail', provider: ' ', spend: undefined }, {}, { service: 'Payroll' }, {}, {}]
    expect(tidyDraft(questionOf('providers'), draft('providers', { rows })).value.rows).toEqual([
      { service: 'Mail' },
      {},
      { service: 'Payroll' },
    ])
  })

  it('keeps the description only with the option that asks for it', () => {
    const question = questionOf('backup-frequency')
    const described = draft('backup-frequency', { choice: 'other', description: 'Every two hours' })
    expect(tidyDraft(question, described).value.description).toBe('Every two hours')
    const changed = { ...described, value: { ...described.value, choice: 'daily' } }
    expect(tidyDraft(question, changed).value).not.toHaveProperty('description')
    expect(describedOption(question, { choice: 'daily' })).toBeNull()
  })

  it('is read as the answer it shows', () => {
    const rows = [
      { service: 'Mail', provider: 'Tern Ltd', spend: 120_000, since: '2024-05-01', access: 'yes' },
      { service: 'Payroll', provider: 'Plover AG', spend: 9_900, since: '', access: 'no' },
      {},
    ]
    expect(readDraft(questionOf('providers'), draft('providers', { rows }), NOW)).toEqual({
      state: 'answered',
      value: {
        kind: 'table',
        rows: [rows[0], { service: 'Payroll', provider: 'Plover AG', spend: 9_900, access: 'no' }],
      },
    })
    const other = draft('backup-frequency', { choice: 'other', description: 'Every two hours' })
    expect(readDraft(questionOf('backup-frequency'), other, NOW)?.state).toBe('answered')
  })
})

describe('the difference of two wordings', () => {
  const text = (pieces: Piece[], changed?: boolean) =>
    pieces
      .filter((piece) => changed === undefined || piece.changed === changed)
      .map((piece) => piece.text)
      .join(' ')

  it('marks what was struck out and what was put in', () => {
    const { older, newer } = compareWords(
      'Is a second factor used for remote access?',
      'Is a second factor enforced for all remote access?',
    )
    expect(text(older, true)).toBe('used')
    expect(text(newer, true)).toBe('enforced all')
  })

  it('marks nothing in equal wordings, and everything in wordings without a common word', () => {
    expect(compareWords('one  two', 'one two')).toEqual({
      older: [{ text: 'one two', changed: false }],
      newer: [{ text: 'one two', changed: false }],
      shared: 1,
    })
    expect(compareWords('one', 'two').shared).toBe(0)
    expect(compareWords('', '').shared).toBe(1)
  })

  it('loses no word, and keeps the same words on both sides', () => {
    const words = fc.array(fc.constantFrom('is', 'the', 'mail', 'server', 'kept', 'apart'), { maxLength: 14 })
    fc.assert(
      fc.property(words, words, (before, after) => {
        const { older, newer } = compareWords(before.join(' '), after.join(' '))
        expect(text(older)).toBe(before.join(' '))
        expect(text(newer)).toBe(after.join(' '))
        const kept = (pieces: Piece[]) => text(pieces, false)
        expect(kept(older)).toBe(kept(newer))
      }),
    )
  })
})
