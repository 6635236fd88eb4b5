/** What one part of an answer, or of the client's particulars, puts into a field of an insurer's form. */
import type { Answer, Answers, AnswerValue } from '#questionnaires/answers.ts'
import { describeAnswer } from '#questionnaires/answers.ts'
import { applicableQuestions, findAnswer } from '#questionnaires/branching.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { type Edition, findQuestion, optionsOf, type Question } from '#questionnaires/definition.ts'
import type { DocumentClient, FieldMapping } from './carrier-document.ts'
import { type PartValue, textValue, valueOfAmount, valueOfNumber } from './part-value.ts'
import { cellValue } from './table-part.ts'
import { YES_NO } from './workbook-rows.ts'

export interface Answered {
  edition: Edition
  answers: Answers
  circumstances: Circumstances
  client: DocumentClient
  /** ISO date. */
  today: string
}

/**
 * Looks up one mapping after the other. A blank is never an answer here, also where the edition reads it as "no":
 * what the insured did not say is not said for them.
 */
export function answerReader(
  given: Answered,
): (mapping: FieldMapping) => PartValue | 'no-answer' | 'hidden-question' {
  const applicable = applicableQuestions(given.edition, given.answers, given.circumstances)
  return (mapping) => {
    if (mapping.questionId === '') return clientValue(given, mapping.part) ?? 'no-answer'
    const question = findQuestion(given.edition, mapping.questionId)
    if (!question) return 'no-answer'
    if (!applicable.has(question.id)) return 'hidden-question'
    const answer = findAnswer(given.answers, question.id)
    if (answer?.state !== 'answered') return 'no-answer'
    return partValue(question, answer, mapping.part) ?? 'no-answer'
  }
}

function clientValue({ client, today }: Answered, part: FieldMapping['part']): PartValue | null {
  switch (part) {
    case 'client:legalName':
      return textValue(client.legalName)
    case 'client:tradingName':
      return textValue(client.tradingName)
    case 'client:headcount':
      return client.headcount === null ? null : valueOfNumber(client.headcount)
    case 'client:annualRevenue':
      return client.annualRevenueMinor === null
        ? null
        : valueOfAmount(client.annualRevenueMinor, client.currency)
    case 'client:domains':
      return textValue(client.domains.join(', '))
    case 'client:contactName':
      return textValue(client.contactName)
    case 'client:contactTitle':
      return textValue(client.contactTitle)
    case 'client:contactEmail':
      return textValue(client.contactEmail)
    case 'today':
      return { kind: 'date', date: today }
    default:
      return null
  }
}

type GivenAnswer = Extract<Answer, { state: 'answered' }>

function partValue(
  question: Question,
  { value, explanation }: GivenAnswer,
  part: FieldMapping['part'],
): PartValue | null {
  if (part === 'answer') return wholeValue(question, value)
  if (part === 'explanation') return textValue(explanation)
  if (part === 'description') return 'description' in value ? textValue(value.description) : null
  if (part === 'date') return value.kind === 'date' ? { kind: 'date', date: value.date } : null
  if (part === 'covered' || part === 'total') {
    return value.kind === 'percent' ? valueOfNumber(value[part]) : null
  }
  if (part === 'percent') return value.kind === 'percent' ? shareOf(value) : null
  if (part.startsWith('choice:')) {
    const token = part.slice('choice:'.length)
    const chosen = chosenTokens(value)
    return (
      chosen && { kind: 'tick', isTicked: chosen.includes(token), token, label: labelOf(question, token) }
    )
  }
  const row = /^row:(\d+):(.+)$/.exec(part)
  if (!row || question.kind !== 'table' || value.kind !== 'table') return null
  const column = question.columns.find(({ id }) => id === row[2])
  const cell = value.rows[Number(row[1]) - 1]?.[row[2] ?? '']
  return column && cell !== undefined ? cellValue(column, cell) : null
}

function wholeValue(question: Question, value: AnswerValue): PartValue | null {
  // The words of the report, without the explanation, which has a part of its own.
  const words = describeAnswer(question, { state: 'answered', value })
  switch (value.kind) {
    case 'yes-no':
    case 'single-choice':
    case 'band':
    case 'multiple-choice': {
      const tokens = chosenTokens(value) ?? []
      const choices = tokens.map((token) => ({ token, label: labelOf(question, token) }))
      return choices.length === 0 ? null : { kind: 'choices', choices, text: words }
    }
    case 'number':
      return valueOfNumber(value.number)
    case 'percent':
      return textValue(words)
    case 'currency':
      return valueOfAmount(value.amountMinor, value.currency)
    case 'date':
      return { kind: 'date', date: value.date }
    default:
      return textValue(words)
  }
}

function chosenTokens(value: AnswerValue): string[] | null {
  if ('choice' in value) return [value.choice]
  return 'choices' in value ? value.choices : null
}

function labelOf(question: Question, token: string): string {
  const known = question.kind === 'yes-no' ? YES_NO : optionsOf(question)
  return known.find(({ id }) => id === token)?.label ?? token
}

/** Rounded to a tenth, but never up to all or down to none. */
function shareOf({ covered, total }: { covered: number; total: number }): PartValue {
  const exact = (covered / total) * 100
  const share = covered === total || covered === 0 ? exact : Math.min(99.9, Math.max(0.1, exact))
  const rounded = Number(share.toFixed(1))
  return { ...valueOfNumber(rounded), unit: 'percent' }
}
