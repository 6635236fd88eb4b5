/** What keeps an application from being signed: each obstacle with the sentence that says how to clear it. */
import { type Answer, needsExplanation } from '#questionnaires/answers.ts'
import { isRequired } from '#questionnaires/branching.ts'
import type { Question } from '#questionnaires/definition.ts'
import { shorten } from './sentences.ts'
import type { AnswerReadiness, Readiness } from './status.ts'

type Obstacle = Readiness['blocking'][number]

export interface ObstacleSources {
  question: Question
  /** What was answered. */
  given: Answer | undefined
  /** What the form reads, blanks included: a blank that says "no" leaves nothing open and explains nothing. */
  read: Answer | undefined
  readiness: AnswerReadiness
  now: Date
}

export function obstaclesOf({ question, given, read, readiness, now }: ObstacleSources): Obstacle[] {
  const questionId = question.id
  const name = `Question ${question.reference.item}, “${shorten(question.prompt)}”`
  const found: Obstacle[] = []
  if (readiness.status === 'contradicted' && !readiness.exceptionId) {
    const because = readiness.reasons.find((reason) => reason.outcome === 'contradicts')?.sentence ?? ''
    const sentence = `${name} is contradicted. ${because} Change the answer, correct the evidence or record an exception.`
    found.push({ questionId, why: 'contradicted', sentence })
  }
  if (isRequired(question, now.toISOString().slice(0, 10)) && isUnanswered(read)) {
    found.push({
      questionId,
      why: 'unanswered',
      sentence: `${name} is not answered. Answer it, or choose “I don't know” and name who will find out.`,
    })
  }
  if (given?.state === 'answered' && !given.explanation?.trim() && needsExplanation(question, given.value)) {
    found.push({
      questionId,
      why: 'unexplained',
      sentence: `${name} needs an explanation with this answer. Write what is not covered, why, and what is planned.`,
    })
  }
  return found
}

/** Empty text and no ticks are no answer. */
export function isUnanswered(answer: Answer | undefined): boolean {
  if (!answer) return true
  if (answer.state === 'dont-know') return false
  const { value } = answer
  if (value.kind === 'text') return value.text.trim() === ''
  if (value.kind === 'product') return value.product.trim() === ''
  return value.kind === 'multiple-choice' && value.choices.length === 0
}
