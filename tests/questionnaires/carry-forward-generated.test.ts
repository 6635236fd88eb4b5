import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answers, validateAnswer } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import { carryForward } from '#questionnaires/carry-forward.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { type Edition, findQuestion, listQuestions } from '#questionnaires/definition.ts'
import { findLibraryFolder, readEditions } from '#questionnaires/library.server.ts'
import { generatedForm, someCircumstances } from './generated-forms.ts'
import { fittingAnswers } from './generated-questions.ts'
import { nextEdition } from './next-edition.ts'
import { NOW } from './sample-questions.ts'

interface Step {
  older: Edition
  newer: Edition
  answers: Answers
  circumstances: Circumstances
}

/**
 * Everything on which the meaning of an answer rests, and nothing else: not the id, the number, the gate, how insistently
 * it is asked, what is suggested, nor from which fact a proposal would come.
 */
function meaningOf(edition: Edition, questionId: string): unknown {
  const question = findQuestion(edition, questionId)
  if (!question) throw new Error(`There is no question "${questionId}".`)
  const {
    id: _id,
    reference: _reference,
    when: _when,
    required: _required,
    requiredFrom: _from,
    formerly: _formerly,
    explain: _explain,
    terms = [],
    canonical,
    control,
    ...rest
  } = question
  const { fact: _fact, topic = control, scope = 'all', ...bank } = canonical ?? {}
  const meaning: Record<string, unknown> = {
    ...rest,
    about: { ...bank, topic, scope },
    terms: edition.terms.filter((term) => terms.includes(term.id)),
  }
  delete meaning.suggestions
  // Where nobody ranks the options, their order says nothing.
  if (question.kind !== 'single-choice' || !question.ordered) {
    meaning.options = 'options' in question && question.options.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }
  return meaning
}

/** What holds for every move of answers from one edition into another. */
function expectHonest({ older, newer, answers, circumstances }: Step, purpose: 'draft' | 'renewal') {
  const inputs = structuredClone({ older, newer, answers, circumstances })
  const carried = carryForward({ older, newer, answers, circumstances, purpose })
  expect({ older, newer, answers, circumstances }).toEqual(inputs)

  for (const [id, { answer, questionId }] of Object.entries(carried.kept)) {
    expect(answer).toEqual(answers[questionId])
    expect(meaningOf(newer, id)).toEqual(meaningOf(older, questionId))
    const question = findQuestion(newer, id)
    expect(question && validateAnswer(question, answer, NOW)).toMatchObject({ ok: true })
  }

  const applicable = applicableQuestions(older, answers, circumstances)
  const counted = Object.keys(answers).filter((id) => applicable.has(id))
  const kept = Object.values(carried.kept).map(({ questionId }) => questionId)
  const proposed = new Set(Object.values(carried.proposed).flatMap(({ questionIds }) => questionIds))
  const dropped = carried.dropped.map(({ questionId }) => questionId)
  expect([...kept, ...proposed, ...dropped].sort()).toEqual(counted.sort())
  const places = [...Object.keys(carried.kept), ...Object.keys(carried.proposed), ...carried.open]
  expect(places.sort()).toEqual(
    listQuestions(newer)
      .map(({ id }) => id)
      .sort(),
  )
  if (purpose === 'renewal') expect(kept).toEqual([])
  return { kept: kept.length, proposed: proposed.size, dropped: dropped.length }
}

/** Runs a property over steps and counts where answers went, so that it is seen to speak of all three. */
function expectAllHonest(steps: fc.Arbitrary<Step>, parameters: fc.Parameters<[Step, 'draft' | 'renewal']>) {
  const total = { kept: 0, proposed: 0, dropped: 0 }
  const purpose = fc.constantFrom('draft' as const, 'draft' as const, 'renewal' as const)
  fc.assert(
    fc.property(steps, purpose, (step, why) => {
      const moved = expectHonest(step, why)
      for (const way of ['kept', 'proposed', 'dropped'] as const) total[way] += moved[way]
    }),
    parameters,
  )
  return total
}

const filled = (older: Edition, newer: fc.Arbitrary<Edition>): fc.Arbitrary<Step> =>
  fc.record({
    older: fc.constant(older),
    newer,
    answers: fittingAnswers(older),
    circumstances: someCircumstances.map((given) => ({ ...given, today: '2026-11-24' })),
  })

describe('answers that move into the next edition', () => {
  it('are kept only where the question means the same, and each has exactly one place', () => {
    const steps = generatedForm.chain((older) => filled(older, nextEdition(older)))
    const total = expectAllHonest(steps, { seed: 1, numRuns: 150 })
    expect(Math.min(total.kept, total.proposed, total.dropped)).toBeGreaterThan(40)
  })

  it('are kept only where the question means the same, whatever a single change does', () => {
    const steps = generatedForm.chain((older) => filled(older, nextEdition(older, 1)))
    expect(expectAllHonest(steps, { seed: 2, numRuns: 150 }).kept).toBeGreaterThan(250)
  })

  it('are all kept where nothing changed', () => {
    const steps = generatedForm.chain((older) => filled(older, nextEdition(older, 0)))
    fc.assert(
      fc.property(steps, (step) => {
        const { proposed, dropped } = carryForward({ ...step, purpose: 'draft' })
        expect([proposed, dropped]).toEqual([{}, []])
      }),
      { seed: 3, numRuns: 40 },
    )
  })
})

describe('answers to a built-in edition', () => {
  const editions = readEditions(findLibraryFolder()).map(({ edition }) => edition)
  const pairs = editions.flatMap((newer) => {
    const older = editions.find(
      ({ form, edition }) => form.code === newer.form.code && edition === newer.follows,
    )
    return older ? [{ older, newer, name: `${older.form.code} ${older.edition} to ${newer.edition}` }] : []
  })

  it('have at least one next edition for every form', () => {
    const codes = new Set(editions.map(({ form }) => form.code))
    expect(new Set(pairs.map(({ older }) => older.form.code))).toEqual(codes)
  })

  it.each(pairs)('move honestly: $name', ({ older, newer }) => {
    const total = expectAllHonest(filled(older, fc.constant(newer)), { seed: 4, numRuns: 15 })
    expect(total.proposed + total.kept).toBeGreaterThan(0)
  })
})
