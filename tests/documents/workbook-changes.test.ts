import { describe, expect, it } from 'vitest'
import { compareAnswers } from '#app/documents/answer-changes.ts'
import type { Answer, Answers } from '#questionnaires/answers.ts'
import { ANSWERS, FORM } from './workbook-forms.ts'

const people = (number: number): Answer => ({ state: 'answered', value: { kind: 'number', number } })

describe('what a workbook would change', () => {
  it('is nothing where it says the same in another order', () => {
    const turned = Object.fromEntries(
      Object.entries(ANSWERS)
        .toReversed()
        .map(([id, answer]) => [id, Object.fromEntries(Object.entries(answer).toReversed())]),
    ) as unknown as Record<string, Answer>
    expect(compareAnswers(FORM, ANSWERS, turned)).toEqual([])
    expect(compareAnswers(FORM, ANSWERS, {})).toEqual([])
  })

  it('is told in words and in form order', () => {
    const before: Answers = { people: people(5), revenue: ANSWERS.revenue as Answer }
    const changes = compareAnswers(FORM, before, {
      revenue: null,
      people: people(6),
      mfa: { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } },
      plan: null,
      unknown: people(1),
    })
    expect(changes).toEqual([
      {
        questionId: 'mfa',
        item: '1',
        prompt: 'Is MFA demanded everywhere?',
        kind: 'added',
        before: 'Not answered',
        after: 'Yes',
      },
      {
        questionId: 'people',
        item: '5',
        prompt: 'How many people work there?',
        kind: 'changed',
        before: '5 people',
        after: '6 people',
      },
      {
        questionId: 'revenue',
        item: '8',
        prompt: 'What is the revenue?',
        kind: 'cleared',
        before: '$1,234,567.89',
        after: 'Not answered',
      },
    ])
  })

  it('includes another explanation, and another order of choices', () => {
    const mfa = ANSWERS.mfa as Answer
    expect(compareAnswers(FORM, ANSWERS, { mfa: { ...mfa, explanation: 'Another.' } })).toMatchObject([
      { questionId: 'mfa', kind: 'changed' },
    ])
  })
})
