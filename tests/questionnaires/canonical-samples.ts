/** Answers and what follows from them at another question, short enough for tables. */
import type { Answer, AnswerValue } from '#questionnaires/answers.ts'
import { deriveAnswer, statementOf } from '#questionnaires/canonical.ts'
import type { Question } from '#questionnaires/definition.ts'
import { NOW } from './sample-questions.ts'

export function answered(value: AnswerValue, explanation?: string): Answer {
  return { state: 'answered', value, ...(explanation && { explanation }) }
}

type Choice = Extract<AnswerValue, { kind: 'yes-no' }>['choice']
export const said = (choice: Choice, explanation?: string) =>
  answered({ kind: 'yes-no', choice }, explanation)
export const share = (covered: number, total: number) => answered({ kind: 'percent', covered, total })
export const chose = (choice: string) => answered({ kind: 'single-choice', choice })
export const inBand = (choice: string) => answered({ kind: 'band', choice })
export const ticked = (...choices: string[]) => answered({ kind: 'multiple-choice', choices })
export const counted = (number: number) => answered({ kind: 'number', number })
export const rows = (...given: Record<string, string | number>[]) => answered({ kind: 'table', rows: given })

/** The derived value in one word and what was lost; null where nothing follows. */
export function follows(from: Question, answer: Answer, to: Question): [unknown, ...string[]] | null {
  const statement = statementOf(from, answer)
  const derived = statement && deriveAnswer(to, statement, NOW)
  if (derived?.answer.state !== 'answered') return null
  return [wordOf(derived.answer.value), ...derived.lost]
}

export function wordOf(value: AnswerValue): unknown {
  switch (value.kind) {
    case 'yes-no':
    case 'single-choice':
    case 'band':
      return value.choice
    case 'multiple-choice':
      return value.choices
    case 'percent':
      return `${value.covered} of ${value.total}`
    case 'table':
      return value.rows
    default: {
      const { kind: _, ...rest } = value
      return Object.values(rest)[0]
    }
  }
}
