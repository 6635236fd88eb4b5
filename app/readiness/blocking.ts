/** What keeps an application from being signed: each obstacle with the sentence that says how to clear it. */
import { type Answer, needsExplanation } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import { shorten } from './sentences.ts'
import type { AnswerReadiness, Readiness } from './status.ts'

type Obstacle = Readiness['blocking'][number]

export function obstaclesOf(
  question: Question,
  answer: Answer | undefined,
  readiness: AnswerReadiness,
): Obstacle[] {
  const questionId = question.id
  const name = `Question ${question.reference.item}, “${shorten(question.prompt)}”`
  const found: Obstacle[] = []
  if (readiness.status === 'contradicted' && !readiness.exceptionId) {
    const because = readiness.reasons.find((reason) => reason.outcome === 'contradicts')?.sentence ?? ''
    const sentence = `${name} is contradicted. ${because} Change the answer, correct the evidence or record an exception.`
    found.push({ questionId, why: 'contradicted', sentence })
  }
  if (question.required && isUnanswered(answer)) {
    found.push({
      questionId,
      why: 'unanswered',
      sentence: `${name} is not answered. Answer it, or choose “I don't know” and name who will find out.`,
    })
  }
  if (
    answer?.state === 'answered' &&
    !answer.explanation?.trim() &&
    needsExplanation(question, answer.value)
  ) {
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
