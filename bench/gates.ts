/** Deciding which questions apply: a form of 300 questions with 200 gates beside one of 10, a question each. */
import type { Answers } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import { type Edition, listQuestions } from '#questionnaires/definition.ts'
import { generateForm, openingAnswers } from '#tests/support/generated-form.ts'
import type { Options, Outcome, Row } from './measurement.ts'
import { alternate, compare, median, type Sample } from './rounds.ts'

const LARGE = { questions: 300, gates: 200 }
const SMALL = { questions: 10, gates: 6 }
const MICROSECONDS = 1000

export async function measure({ quick, rounds, say }: Options): Promise<Outcome> {
  const budgetMs = quick ? 20 : 500
  const large = generateForm({ code: 'large', ...LARGE })
  const small = generateForm({ code: 'small', ...SMALL })
  say(`  ${rounds} rounds of ${budgetMs} ms for each form`)
  // Compiled before the first round, for both alike.
  for (const edition of [large, small]) evaluateFor(edition, budgetMs / 5)
  const taken = await alternate(rounds, {
    large: async () => evaluateFor(large, budgetMs),
    small: async () => evaluateFor(small, budgetMs),
  })
  const row = (what: string, quantity: string): Row => ({
    what,
    unit: 'µs',
    baseline: `a form of ${SMALL.questions} questions with ${SMALL.gates} gates`,
    ...compare(taken, quantity, 'large', 'small'),
  })
  const whole = median(taken.map((round) => (round.large.open ?? Number.NaN) * LARGE.questions))
  return {
    rows: [
      row('A question, every gate open', 'open'),
      row('A question, nothing answered', 'unanswered'),
      row('A question, every second answer given', 'half'),
    ],
    notes: [
      `${LARGE.questions} questions with ${LARGE.gates} gates, of one test, of several joined, negated or in chains. The whole form takes ${(whole / MICROSECONDS).toFixed(2)} ms with every gate open, once for each answer that is saved.`,
      `A ratio of 1 says that cost grows in line with size; medians of ${rounds} rounds.`,
    ],
  }
}

/** Microseconds a question, for three states of the same form. */
function evaluateFor(edition: Edition, budgetMs: number): Sample {
  const open: Answers = openingAnswers(edition)
  const half = Object.fromEntries(Object.entries(open).filter((_entry, index) => index % 2 === 0))
  return {
    open: timeQuestion(edition, open, budgetMs),
    unanswered: timeQuestion(edition, {}, budgetMs),
    half: timeQuestion(edition, half, budgetMs),
  }
}

function timeQuestion(edition: Edition, answers: Answers, budgetMs: number): number {
  const questions = listQuestions(edition).length
  let evaluations = 0
  let applicable = 0
  const start = performance.now()
  let spent = 0
  while (spent < budgetMs) {
    // The clock is looked at rarely: for ten questions it would cost as much as they do.
    for (let turn = 0; turn < 50; turn += 1) applicable += applicableQuestions(edition, answers).size
    evaluations += 50
    spent = performance.now() - start
  }
  if (applicable === 0) throw new Error('No question applied: the form was not evaluated')
  return (spent * MICROSECONDS) / (evaluations * questions)
}
