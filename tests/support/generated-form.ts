/** Forms of any size with any number of gates, for measuring what size costs; the same for the same numbers. */

import type { z } from 'zod'
import type { Answer } from '#questionnaires/answers.ts'
import {
  type Condition,
  Edition,
  listQuestions,
  type Question,
  type QuestionKind,
} from '#questionnaires/definition.ts'

type WrittenQuestion = z.input<typeof Question>

interface FormSize {
  code: string
  questions: number
  /** How many of them are asked only when other answers open them. */
  gates: number
}

/** Kinds on which gates rest; every second question is a plain yes or no, as on real forms. */
const OPENERS: QuestionKind[] = ['yes-no', 'number', 'yes-no', 'multiple-choice', 'yes-no', 'text']
const FOLLOWERS: QuestionKind[] = [
  'yes-no',
  'single-choice',
  'text',
  'percent',
  'yes-no',
  'currency',
  'multiple-choice',
  'date',
  'product',
  'table',
]

/** One section, so that everything stands on one page. */
export function generateForm({ code, questions, gates }: FormSize): Edition {
  const openers = Array.from({ length: questions - gates }, (_, index) =>
    writeQuestion(index, OPENERS[index % OPENERS.length] ?? 'yes-no'),
  )
  const canOpen = openers.filter(({ kind }) => kind !== 'text')
  const followers: WrittenQuestion[] = []
  for (let index = 0; index < gates; index += 1) {
    const question = writeQuestion(openers.length + index, FOLLOWERS[index % FOLLOWERS.length] ?? 'yes-no')
    followers.push({ ...question, when: writeGate(index, canOpen, followers) })
  }
  return Edition.parse({
    schema: 1,
    form: { code, title: `Generated form of ${questions} questions`, issuer: 'Attested tests' },
    edition: '1',
    publishedOn: '2026-01-01',
    summary: `${questions} questions, of which ${gates} have a gate.`,
    declaration: {
      text: 'The answers are true.',
      signerRoles: [{ id: 'owner', label: 'Owner' }],
      maximumAgeDays: 30,
    },
    sections: [{ id: 'all', title: 'All questions', questions: [...openers, ...followers] }],
  })
}

/** Answers that open every gate. */
export function openingAnswers(edition: Edition): Record<string, Answer> {
  const answers: Record<string, Answer> = {}
  for (const { id, kind } of listQuestions(edition)) {
    if (kind === 'yes-no') answers[id] = { state: 'answered', value: { kind, choice: 'yes' } }
    if (kind === 'number') answers[id] = { state: 'answered', value: { kind, number: 25 } }
    if (kind === 'multiple-choice') {
      answers[id] = { state: 'answered', value: { kind, choices: ['first', 'second'] } }
    }
  }
  return answers
}

/** In turn one test, all of two, any of two with a negation, and a test of an earlier gated question. */
function writeGate(index: number, openers: WrittenQuestion[], followers: WrittenQuestion[]): Condition {
  const opener = (offset: number) => testOf(openers[(index * 7 + offset) % openers.length])
  switch (index % 4) {
    case 0:
      return opener(0)
    case 1:
      return { all: [opener(0), opener(3)] }
    case 2:
      return { any: [opener(0), { not: opener(5) }] }
    default: {
      const chained = followers.filter(({ kind }) => kind === 'yes-no').at(-1)
      return chained ? { all: [testOf(chained), opener(1)] } : opener(1)
    }
  }
}

function testOf(question: WrittenQuestion | undefined): Condition {
  if (!question) throw new Error('A form with gates needs questions that open them')
  if (question.kind === 'number') return { question: question.id, atLeast: 10 }
  if (question.kind === 'multiple-choice') return { question: question.id, includes: 'first' }
  return { question: question.id, is: 'yes' }
}

function writeQuestion(index: number, kind: QuestionKind): WrittenQuestion {
  const base = {
    id: `question-${index + 1}`,
    prompt: `Is measure ${index + 1} in place for every office, server and person that the insured works with?`,
    help: `Measure ${index + 1} counts where it is switched on and was looked at within the last twelve months.`,
    reference: { item: String(index + 1) },
  }
  const options = ['first', 'second', 'third'].map((id) => ({ id, label: `The ${id} of the answers` }))
  switch (kind) {
    case 'yes-no':
      return { ...base, kind, notApplicable: index % 3 === 0 }
    case 'single-choice':
    case 'multiple-choice':
      return { ...base, kind, options }
    case 'percent':
      return { ...base, kind, population: 'devices' }
    case 'currency':
      return { ...base, kind, currency: 'USD' }
    case 'table':
      return {
        ...base,
        kind,
        columns: [
          { id: 'service', label: 'Service', kind: 'text' },
          { id: 'provider', label: 'Provider', kind: 'text' },
          { id: 'spend', label: 'Spend a year', kind: 'currency', currency: 'USD' },
        ],
      }
    case 'number':
    case 'date':
    case 'product':
    case 'text':
      return { ...base, kind }
    default:
      throw new Error(`No generated question of kind ${kind}`)
  }
}
