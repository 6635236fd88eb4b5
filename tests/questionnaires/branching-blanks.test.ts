import { describe, expect, it } from 'vitest'
import { type Answer, type Answers, answersAsRead, progressOf } from '#questionnaires/answers.ts'
import { applicableQuestions, isRequired, undecidedQuestions } from '#questionnaires/branching.ts'
import type { Edition, Question } from '#questionnaires/definition.ts'
import { checkDefinition } from '#questionnaires/definition-checks.ts'
import { edition, type Fields, question } from './compare-sample-editions.ts'

const said = (choice: 'yes' | 'no'): Answer => ({ state: 'answered', value: { kind: 'yes-no', choice } })
const yes = said('yes')
const no = said('no')
const dontKnow: Answer = { state: 'dont-know', gap: { owner: 'Ana Ruiz', dueOn: '2026-12-01' } }

const QUESTIONS: Fields[] = [
  { id: 'gate', yesOnly: true },
  { id: 'why', kind: 'text', when: { question: 'gate', is: 'no' } },
  { id: 'more', when: { question: 'gate', is: 'yes' } },
  { id: 'inner', kind: 'text', when: { question: 'more', is: 'no' } },
  { id: 'count', kind: 'number' },
  { id: 'after-count', kind: 'text', when: { question: 'count', atLeast: 1 } },
]

const readsNo = edition('1', QUESTIONS, { blankMeans: 'no' })
const readsNothing = edition('1', QUESTIONS)

const shown = (form: Edition, answers: Answers) => [...applicableQuestions(form, answers)]
const open = (form: Edition, answers: Answers) => [...undecidedQuestions(form, answers)]
const missing = (form: Edition, answers: Answers) => progressOf(form, answers)[0]?.requiredMissing

describe('a yes/no question left blank', () => {
  it('says "no" where the form reads it so, and opens what waits for a "no"', () => {
    expect(shown(readsNo, {})).toEqual(['gate', 'why', 'count'])
    expect(shown(readsNo, { gate: yes })).toEqual(['gate', 'more', 'inner', 'count'])
    expect(open(readsNo, {})).toEqual(['after-count'])
    expect(missing(readsNo, {})).toEqual(['why', 'count'])
  })

  it('says nothing elsewhere: what waits for it stays open, and it is missing', () => {
    expect(shown(readsNothing, {})).toEqual(['gate', 'count'])
    expect(open(readsNothing, {})).toEqual(['why', 'more', 'inner', 'after-count'])
    expect(missing(readsNothing, {})).toEqual(['gate', 'count'])
  })

  it('is read alike by everything that decides', () => {
    const given: Answers[] = [{}, { gate: yes }, { gate: no }, { gate: dontKnow }, { gate: yes, more: yes }]
    for (const answers of given) {
      const read = answersAsRead(readsNo, answers)
      expect(shown(readsNo, read)).toEqual(shown(readsNo, answers))
      expect(open(readsNo, read)).toEqual(open(readsNo, answers))
      expect(missing(readsNo, read)).toEqual(missing(readsNo, answers))
    }
  })

  it('is not a "no" where somebody said "I don\'t know"', () => {
    expect(shown(readsNo, { gate: dontKnow })).toEqual(['gate', 'count'])
    expect(answersAsRead(readsNo, { gate: dontKnow })).toMatchObject({ gate: dontKnow })
  })

  it('opens nothing while it is hidden itself', () => {
    expect(shown(readsNo, { gate: no })).not.toContain('inner')
    expect(shown(readsNo, { gate: no, more: no })).not.toContain('inner')
  })

  it('counts as answered for nobody: only what was given is counted', () => {
    expect(progressOf(readsNo, {})).toEqual([
      { sectionId: 'only', applicable: 3, answered: 0, dontKnow: 0, requiredMissing: ['why', 'count'] },
    ])
  })
})

describe('answers as the insurer reads them', () => {
  it('have a "no" for every blank yes/no question and nothing else', () => {
    const text: Answer = { state: 'answered', value: { kind: 'text', text: 'because' } }
    expect(answersAsRead(readsNo, { gate: yes, why: text })).toEqual({ gate: yes, why: text, more: no })
  })

  it('are the given ones where a blank says nothing', () => {
    const answers = { gate: yes }
    expect(answersAsRead(readsNothing, answers)).toBe(answers)
  })

  it('leave what was given untouched', () => {
    const answers = Object.freeze({ gate: yes })
    answersAsRead(readsNo, answers)
    expect(answers).toEqual({ gate: yes })
  })
})

describe('a question that is required from a day on', () => {
  const topic = question({ kind: 'text', requiredFrom: '2027-01-01' })

  it.each<[string, string | undefined, boolean]>([
    ['the day before', '2026-12-31', false],
    ['on the day', '2027-01-01', true],
    ['the day after', '2027-01-02', true],
    ['where nobody knows the day', undefined, true],
  ])('may be left open: %s', (_, today, required) => {
    expect(isRequired(topic, today)).toBe(required)
    const form = edition('1', [{ id: 'topic', kind: 'text', requiredFrom: '2027-01-01' }])
    expect(progressOf(form, {}, { today })[0]?.requiredMissing).toEqual(required ? ['topic'] : [])
  })

  it('is no different on any day where it is optional or has no day', () => {
    for (const today of ['2026-12-31', '2027-01-01', undefined]) {
      expect(isRequired(question({ kind: 'text', required: false }), today)).toBe(false)
      expect(isRequired(question({ kind: 'text' }), today)).toBe(true)
    }
  })

  it('is shown and can be answered before that day', () => {
    const form = edition('1', [{ id: 'topic', kind: 'text', requiredFrom: '2027-01-01' }])
    expect(shown(form, {})).toEqual(['topic'])
    const given: Answer = { state: 'answered', value: { kind: 'text', text: 'ready' } }
    expect(progressOf(form, { topic: given }, { today: '2026-12-31' })[0]).toMatchObject({ answered: 1 })
  })
})

describe('a chain of 20,000 questions', () => {
  const COUNT = 20_000
  const base = question({ id: 'q0' })
  /** Each waits for the next one, which the form asks below it. */
  const chain = Array.from(
    { length: COUNT },
    (_, index): Question => ({
      ...base,
      id: `q${index}`,
      ...(index < COUNT - 1 && { when: { question: `q${index + 1}`, is: 'yes' } }),
    }),
  )
  const sample = edition('1', [{ id: 'q0' }])
  const form: Edition = { ...sample, sections: sample.sections.map((one) => ({ ...one, questions: chain })) }
  const allYes = Object.fromEntries(chain.map(({ id }) => [id, yes]))

  it('is decided to its end', () => {
    expect(applicableQuestions(form, allYes).size).toBe(COUNT)
    expect(applicableQuestions(form, { ...allYes, q10000: no }).size).toBe(COUNT - 10_000)
    expect(progressOf(form, allYes)[0]).toMatchObject({ applicable: COUNT, answered: COUNT })
  })

  it('is open to its end where the first answer is missing', () => {
    expect(undecidedQuestions(form, {}).size).toBe(COUNT - 1)
    expect(undecidedQuestions(form, { [`q${COUNT - 1}`]: no }).size).toBe(0)
  })

  it('is hidden where it bites its tail', () => {
    const bitten = chain.map(
      (one): Question => (one.id === `q${COUNT - 1}` ? { ...one, when: { question: 'q0', is: 'yes' } } : one),
    )
    const circle = { ...form, sections: form.sections.map((one) => ({ ...one, questions: bitten })) }
    expect(applicableQuestions(circle, allYes).size).toBe(0)
    expect(undecidedQuestions(circle, allYes).size).toBe(0)
  })

  it('can be checked', () => {
    const items = chain.map((one, index) => ({ ...one, reference: { item: String(index) } }))
    const checked = { ...form, sections: form.sections.map((one) => ({ ...one, questions: items })) }
    expect(checkDefinition(checked)).toEqual([])
  })
})
