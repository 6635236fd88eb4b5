/** The answer bank's rules: under which key an answer is kept, what it states, and what follows from that elsewhere. */
import { type Aspect, aspectOf } from './canonical-statement.ts'
import { type Edition, findQuestion, listQuestions, type Question } from './definition.ts'

export interface CanonicalKey {
  /** A control's id or a topic of the edition's own. */
  topic: string
  /** Access path or population; forms meet only where topic, scope and aspect are equal. */
  scope: string
  aspect: Aspect
}

/**
 * Null where an answer has no place in the bank: attachments, questions about nothing, and questions that share
 * control and aspect with another one of the edition without saying which part they ask about.
 */
export function canonicalKeyOf(edition: Edition, questionId: string): CanonicalKey | null {
  const question = findQuestion(edition, questionId)
  const aspect = question && aspectOf(question)
  const topic = question?.canonical?.topic ?? question?.control
  if (!question || !aspect || !topic) return null
  if (question.canonical) return { topic, scope: question.canonical.scope, aspect }
  const rivals = listQuestions(edition).filter(
    (other) => other.control === question.control && aspectOf(other) === aspect,
  )
  return rivals.length === 1 ? { topic, scope: 'all', aspect } : null
}

/** Aspects from whose statements an answer can be derived, best first: a band of counts can be read off a number. */
export function readableAspects(question: Question): Aspect[] {
  const own = aspectOf(question)
  if (!own) return []
  return question.kind === 'band' && question.measure === 'count' ? [own, 'number'] : [own]
}

// One door for callers.
export { type Derived, deriveAnswer } from './canonical-derive.ts'
export { deriveFromFact, type ProposingFact } from './canonical-facts.ts'
export { type Aspect, CanonicalStatement, statementOf } from './canonical-statement.ts'
