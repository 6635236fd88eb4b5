import { describe, expect, it } from 'vitest'
import type { Answers } from '#questionnaires/answers.ts'
import { said } from './canonical-samples.ts'
import { carry, days, dontKnow } from './carried-answers.ts'
import type { Fields } from './compare-sample-editions.ts'

const yes = said('yes')

describe('a question that was split', () => {
  const older = [{ id: 'mfa', control: 'mfa-email' }]
  const parts = ['mail', 'remote'].map((id) => ({
    id,
    formerly: ['mfa'],
    control: 'mfa-email',
    canonical: { scope: id },
  }))

  it.each([
    ['yes', yes],
    ['no', said('no', 'Two tablets')],
  ])('never hands its %s to the parts; the old answer is shown at each', (_, answer) => {
    const carried = carry(older, parts, { mfa: answer })
    expect(carried.kept).toEqual({})
    expect(carried.proposed).toEqual({
      mail: { answer: null, questionIds: ['mfa'], because: ['split'], lost: [] },
      remote: { answer: null, questionIds: ['mfa'], because: ['split'], lost: [] },
    })
    expect([carried.open, carried.dropped]).toEqual([[], []])
  })

  it('hands nothing to the part that kept its id either', () => {
    const kept = [
      { id: 'mfa', control: 'mfa-email' },
      { id: 'remote', formerly: ['mfa'], control: 'mfa-email' },
    ]
    expect(carry(older, kept, { mfa: yes }).proposed.mfa?.answer).toBeNull()
  })

  it('is found by its control alone where the edition does not say it', () => {
    const silent = parts.map(({ formerly: _, ...part }) => part)
    const carried = carry(older, silent, { mfa: yes })
    expect(Object.values(carried.proposed).map(({ answer }) => answer)).toEqual([null, null])
  })

  it('leaves its parts open where nobody knew', () => {
    const carried = carry(older, parts, { mfa: dontKnow })
    expect(carried).toMatchObject({
      kept: {},
      proposed: {},
      open: ['mail', 'remote'],
      dropped: [{ questionId: 'mfa' }],
    })
  })
})

describe('questions that were merged', () => {
  const older = [{ id: 'a' }, { id: 'b' }]
  const merged = (answers: Answers, newer: Fields = {}, before: Fields[] = older) =>
    carry(before, [{ id: 'both', formerly: ['a', 'b'], ...newer }], answers).proposed.both

  it('propose what all of them say', () => {
    expect(merged({ a: yes, b: yes })).toEqual({
      answer: yes,
      questionIds: ['a', 'b'],
      because: ['merged'],
      lost: ['2 answers became one.'],
    })
  })

  it('bring all their explanations along, each once', () => {
    expect(merged({ a: said('no', 'Mail'), b: said('no', 'Remote') })?.answer).toEqual(
      said('no', 'Mail\nRemote'),
    )
    expect(merged({ a: said('no', 'Later'), b: said('no', 'Later') })?.answer).toEqual(said('no', 'Later'))
  })

  it.each<[string, Answers]>([
    ['they say different things', { a: yes, b: said('no', 'x') }],
    ['one of them was not answered', { a: yes }],
    ['nobody knew one of them', { a: yes, b: dontKnow }],
  ])('propose nothing where %s', (_, answers) => {
    expect(merged(answers)).toMatchObject({ answer: null, questionIds: Object.keys(answers) })
  })

  it('propose nothing where the one asks for more than one of them did', () => {
    const before = [
      { id: 'a', ...days(14) },
      { id: 'b', ...days(30) },
    ]
    expect(merged({ a: yes, b: yes }, days(14), before)?.answer).toBeNull()
    expect(merged({ a: yes, b: yes }, days(30), before)?.answer).toEqual(yes)
  })

  it('propose nothing where the one is answered with what none of them says', () => {
    expect(merged({ a: yes, b: yes }, { kind: 'percent', population: 'p' })?.answer).toBeNull()
  })

  it('are left behind where nobody knew any of them', () => {
    const carried = carry(older, [{ id: 'both', formerly: ['a', 'b'] }], { a: dontKnow, b: dontKnow })
    expect(carried).toMatchObject({
      proposed: {},
      open: ['both'],
      dropped: [{ questionId: 'a' }, { questionId: 'b' }],
    })
  })
})
