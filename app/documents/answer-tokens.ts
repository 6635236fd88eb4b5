/** The choices that an answer can consist of, and the parts that a question of its kind has. */
import { optionsOf, type Question } from '#questionnaires/definition.ts'
import { CLIENT_PARTS, type MappingPart } from './carrier-document.ts'
import { YES_NO } from './workbook-rows.ts'

export interface AnswerToken {
  id: string
  label: string
}

export function tokensOf(question: Question): AnswerToken[] {
  if (question.kind !== 'yes-no') return optionsOf(question).map(({ id, label }) => ({ id, label }))
  const { sometimes, notApplicable } = question
  return YES_NO.filter(
    ({ id }) => (id !== 'sometimes' || sometimes) && (id !== 'not-applicable' || notApplicable),
  )
}

export function isClientPart(part: MappingPart): boolean {
  return (CLIENT_PARTS as readonly string[]).includes(part)
}

export function hasPart(question: Question, part: MappingPart): boolean {
  switch (part) {
    case 'answer':
    case 'explanation':
      return true
    case 'covered':
    case 'total':
    case 'percent':
      return question.kind === 'percent'
    case 'date':
      return question.kind === 'date'
    case 'description':
      return optionsOf(question).some(({ describe }) => describe)
  }
  if (part.startsWith('choice:')) return tokensOf(question).some(({ id }) => `choice:${id}` === part)
  return columnOf(question, part) !== null
}

/** The column that `row:2:region` names, or null. */
export function columnOf(question: Question, part: MappingPart) {
  const match = /^row:([1-9]\d{0,3}):(.+)$/.exec(part)
  if (!match || question.kind !== 'table' || Number(match[1]) > question.maximumRows) return null
  return question.columns.find(({ id }) => id === match[2]) ?? null
}
