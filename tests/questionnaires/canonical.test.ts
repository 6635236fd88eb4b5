import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answer, validateAnswer } from '#questionnaires/answers.ts'
import { CanonicalStatement, deriveAnswer, statementOf } from '#questionnaires/canonical.ts'
import { listQuestions, optionsOf, Question } from '#questionnaires/definition.ts'
import { findLibraryFolder, readEditions } from '#questionnaires/library.server.ts'
import { campaign } from '../support/campaign.ts'
import { share } from './canonical-samples.ts'
import { answerTo, KINDS_OF_QUESTIONS } from './generated-questions.ts'
import { NOW, sampleQuestion } from './sample-questions.ts'

const anyQuestion = KINDS_OF_QUESTIONS.map((fields) =>
  Question.parse({ id: 'q', prompt: 'Is it?', reference: { item: '1' }, ...fields }),
)
const library = readEditions(findLibraryFolder()).flatMap(({ edition }) => listQuestions(edition))

/** A question with an answer that it takes, other than "I don't know". */
function answeredOnce(questions: fc.Arbitrary<Question>) {
  return questions
    .chain((question) => fc.record({ question: fc.constant(question), answer: answerTo(question) }))
    .filter(({ answer }) => answer.state === 'answered')
}

/** Two options that claim the same cannot be told apart afterwards. */
function areTold(question: Question): boolean {
  const claims = optionsOf(question).map(({ id, claim }) => claim ?? id)
  return new Set(claims).size === claims.length
}

interface Given {
  question: Question
  answer: Answer
}

function expectSame({ question, answer }: Given): void {
  const statement = statementOf(question, answer)
  if (question.kind === 'attachment') {
    expect(statement).toBeNull()
    return
  }
  const derived = statement && deriveAnswer(question, statement, NOW)
  // Where they cannot be told apart, a box may be left out, but then that is told.
  if (areTold(question) || derived?.lost.length === 0) expect(derived).toEqual({ answer, lost: [] })
}

describe('an answer derived for the very question that it was given to', () => {
  it('is the same answer, with nothing lost', () => {
    fc.assert(fc.property(answeredOnce(anyQuestion), expectSame), { seed: 1, numRuns: campaign(100, 500) })
  })

  it('is the same answer for every question of the built-in editions', () => {
    const kinds = new Set(library.filter(areTold).map(({ kind }) => kind))
    expect(kinds.size).toBeGreaterThan(8)
    fc.assert(fc.property(answeredOnce(fc.constantFrom(...library)), expectSame), {
      seed: 2,
      numRuns: campaign(200, 600),
    })
  })
})

describe('an answer derived for any other question', () => {
  const questions = fc.oneof(anyQuestion, fc.constantFrom(...library))

  it('fits it, but for words that a person still has to add', () => {
    let derivedCount = 0
    fc.assert(
      fc.property(answeredOnce(questions), questions, ({ question, answer }, other) => {
        const statement = statementOf(question, answer)
        const derived = statement && deriveAnswer(other, statement, NOW)
        if (!derived) return
        derivedCount++
        const checked = validateAnswer(other, derived.answer, NOW)
        const wrong = checked.ok ? [] : checked.fieldErrors.map(({ path }) => path)
        expect(wrong.filter((path) => !['explanation', 'value.description'].includes(path))).toEqual([])
        // Whatever got lost is told in sentences.
        for (const sentence of derived.lost) expect(sentence).toMatch(/^[^a-z].*\.$/)
      }),
      { seed: 3, numRuns: campaign(400, 2000) },
    )
    expect(derivedCount).toBeGreaterThan(campaign(10, 60))
  })

  it('does not change what was stated, and can come from what was stored', () => {
    fc.assert(
      fc.property(answeredOnce(questions), questions, ({ question, answer }, other) => {
        const statement = statementOf(question, answer)
        if (!statement) return
        const stored = CanonicalStatement.parse(JSON.parse(JSON.stringify(statement)))
        const derived = deriveAnswer(other, statement, NOW)
        expect(statement).toEqual(stored)
        expect(deriveAnswer(other, stored, NOW)).toEqual(derived)
      }),
      { seed: 4, numRuns: campaign(100, 400) },
    )
  })
})

describe('a share of fewer than all', () => {
  const percent = sampleQuestion('percent', { population: 'laptops' })
  const claim = fc.constantFrom('all', 'partly', 'none', 'yes', 'sometimes', 'within-30-days')
  const optional = <T>(given: fc.Arbitrary<T>) => fc.option(given, { nil: undefined })
  const yesNo = fc
    .record({
      sometimes: fc.boolean(),
      notApplicable: fc.boolean(),
      yesOnly: fc.boolean(),
      claims: optional(fc.record({ yes: claim, no: claim }, { requiredKeys: [] })),
      yesFrom: optional(fc.uniqueArray(claim, { minLength: 1 })),
      mark: optional(fc.integer({ min: 1, max: 100 })),
      limit: optional(fc.integer({ min: 1, max: 100 })),
    })
    .map(({ yesFrom, mark, limit, ...fields }) =>
      sampleQuestion('yes-no', {
        ...fields,
        canonical: { topic: 't', yesFrom, yesFromPercent: mark },
        ...(limit && { threshold: { is: 'at-least', value: limit, unit: 'percent' } }),
      }),
    )
  const counts = fc
    .tuple(fc.nat(3000), fc.integer({ min: 1, max: 3000 }))
    .map(([covered, total]) => ({ covered: Math.min(covered, total), total }))

  it('never becomes a "yes" of all, and a "yes" from a mark on only where it is reached', () => {
    let yeses = 0
    fc.assert(
      fc.property(yesNo, counts, (question, { covered, total }) => {
        const statement = statementOf(percent, share(covered, total))
        const derived = statement && deriveAnswer(question, statement, NOW)
        const answer = derived?.answer
        if (answer?.state !== 'answered' || !('choice' in answer.value) || answer.value.choice !== 'yes')
          return
        yeses++
        const { canonical, threshold } = question
        const mark = canonical?.yesFromPercent ?? threshold?.value ?? 100
        expect(covered * 100).toBeGreaterThanOrEqual(mark * total)
        if (mark === 100) expect(covered).toBe(total)
        expect(derived?.lost).toHaveLength(1)
      }),
      { seed: 5, numRuns: campaign(300, 1500) },
    )
    expect(yeses).toBeGreaterThan(100)
  })

  it('never comes back from a "yes" or a "no"', () => {
    fc.assert(
      fc.property(answeredOnce(yesNo), ({ question, answer }) => {
        const statement = statementOf(question, answer)
        expect(statement).not.toHaveProperty('total')
        expect(statement && deriveAnswer(percent, statement, NOW)).toBeNull()
      }),
      { seed: 6, numRuns: campaign(100, 300) },
    )
  })
})
