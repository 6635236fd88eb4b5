/** From an answer to what it claims about its question's control: the words that the catalogue's rules examine. */
import type { Answer } from './answers.ts'
import { optionsOf, type Question } from './definition.ts'

/**
 * Claims towards `question.control`; empty where nothing is asserted: no control, unanswered, "I don't know",
 * and the kinds that only give detail (product, date, number, currency, text, table, attachment).
 */
export function claimsOf(question: Question, answer: Answer | undefined): string[] {
  if (!question.control || answer?.state !== 'answered') return []
  const { value } = answer
  switch (value.kind) {
    case 'yes-no':
      return [(question.kind === 'yes-no' && question.claims?.[value.choice]) || value.choice]
    case 'single-choice':
    case 'band':
      return claimsOfOptions(question, [value.choice])
    case 'multiple-choice':
      return claimsOfOptions(question, value.choices)
    case 'percent':
      // "All" is said only of equal counts: 2,999 of 3,000 rounds to 100 % and is not all.
      return [value.covered === value.total ? 'all' : value.covered === 0 ? 'none' : 'partly']
    case 'number':
    case 'currency':
    case 'date':
    case 'product':
    case 'text':
    case 'table':
    case 'attachment':
      return []
  }
}

function claimsOfOptions(question: Question, choices: readonly string[]): string[] {
  const chosen = optionsOf(question).filter((option) => choices.includes(option.id))
  return [...new Set(chosen.map((option) => option.claim ?? option.id))]
}
