import { describe, expect, it } from 'vitest'
import type { Answer } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import type { Proposal } from '#questionnaires/proposal.ts'
import { waitingBySection } from '#questionnaires/waiting-proposals.ts'
import { editionOf } from './compare-sample-editions.ts'

const yes: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }
const proposal = (answer: Answer | null): Proposal => ({
  answer,
  sources: [
    { kind: 'fact', key: 'k', shown: 'Shown', observedAt: '2026-11-01T00:00:00.000Z', revisionId: 'r' },
  ],
  lost: [],
})
const form = editionOf('1', [
  { id: 'first', questions: [{ id: 'gate' }, { id: 'behind', when: { question: 'gate', is: 'yes' } }] },
  { id: 'second', questions: [{ id: 'anew' }, { id: 'plain' }] },
  { id: 'third', questions: [{ id: 'none' }] },
])
const proposals = {
  gate: proposal(yes),
  behind: proposal(yes),
  anew: proposal(null),
  plain: proposal(yes),
}
const waiting = (answers: Record<string, Answer>) =>
  waitingBySection(form, { applicable: applicableQuestions(form, answers), answers, proposals })

describe('proposed answers that wait to be confirmed', () => {
  it('are counted where their question is asked and open; an old answer that is only shown is none', () => {
    expect(waiting({})).toEqual({ first: 1, second: 1 })
  })

  it('grow when a confirmed gate brings up more, and go with each answer', () => {
    expect(waiting({ gate: yes })).toEqual({ first: 1, second: 1 })
    expect(waiting({ gate: yes, behind: yes, plain: yes })).toEqual({})
  })
})
