import { describe, expect, it } from 'vitest'
import type { Answer } from '#questionnaires/answers.ts'
import { listBlankNoes } from '#questionnaires/blank-noes.ts'
import { edition, type Fields } from './compare-sample-editions.ts'
import { editionOf } from './library-editions.ts'

const yes: Answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } }
const dontKnow: Answer = { state: 'dont-know', gap: { owner: 'Ana Ruiz', dueOn: '2026-12-01' } }
const QUESTIONS: Fields[] = [
  { id: 'gate', yesOnly: true },
  { id: 'behind', when: { question: 'gate', is: 'yes' } },
  { id: 'how-many', kind: 'number' },
  { id: 'last' },
]
const form = edition('1', QUESTIONS, { blankMeans: 'no' })
const ids = (...given: Parameters<typeof listBlankNoes>) => listBlankNoes(...given).map(({ id }) => id)

describe('the questions that would be signed as "no" because they are blank', () => {
  it('are the yes/no questions that are asked and not answered, in form order', () => {
    expect(ids(form, {})).toEqual(['gate', 'last'])
    expect(ids(form, { gate: yes })).toEqual(['behind', 'last'])
  })

  it('leave out what somebody said, an "I don\'t know" included', () => {
    expect(ids(form, { gate: yes, behind: dontKnow, last: yes })).toEqual([])
  })

  it('do not exist on a form that reads a blank as nothing', () => {
    expect(ids(edition('1', QUESTIONS), {})).toEqual([])
  })

  it('are listed for the ransomware supplement', () => {
    expect(ids(editionOf('ransomware-supplement', '2'), {}).length).toBeGreaterThan(10)
  })
})
