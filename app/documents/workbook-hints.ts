/** What somebody without an account must know to fill in a row: how to answer it, and when it is asked at all. */
import { conditionInWords, listOf } from '#questionnaires/compare-conditions.ts'
import type { Edition, Question } from '#questionnaires/definition.ts'
import { NOTHING_TO_LIST, shownOptions, YES_NO } from './workbook-rows.ts'

/** @param tableSheet where a table question's rows stand */
export function howToAnswer(edition: Edition, question: Question, tableSheet = ''): string {
  const sentences = [
    ...kindHint(edition, question, tableSheet),
    ...explainHint(question),
    ...(question.required ? [] : ['May be left open.']),
    ...(question.requiredFrom ? [`May be left open before ${question.requiredFrom}.`] : []),
  ]
  return sentences.join(' ')
}

export function whenAsked(edition: Edition, question: Question): string {
  return question.when ? `Only when ${conditionInWords(question.when, edition)}.` : 'Always.'
}

/** The help of the question with the meaning of the words it rests on. */
export function whatCounts(edition: Edition, question: Question): string {
  const terms = edition.terms.filter(({ id }) => question.terms?.includes(id)).map(({ term }) => term)
  const scope = question.scope ? `It covers: ${question.scope}.` : ''
  const words = terms.length > 0 ? `See the sheet “Words” for ${listOf(terms)}.` : ''
  return [question.help, scope, words].filter(Boolean).join('\n')
}

function kindHint(edition: Edition, question: Question, tableSheet: string): string[] {
  switch (question.kind) {
    case 'yes-no': {
      const blank = edition.blankMeans === 'no' ? ['Left empty, it says no.'] : []
      return [
        question.yesOnly ? 'Choose “Yes” only if it is so, else leave it empty.' : 'Choose from the list.',
        ...blank,
      ]
    }
    case 'single-choice':
    case 'band':
      return ['Choose one from the list.']
    case 'multiple-choice': {
      const alone = question.options.filter(({ exclusive }) => exclusive).map(({ label }) => label)
      return [
        'Choose “Yes” beside every line that is true and leave the others empty.',
        ...(alone.length > 0 ? [`${listOf(alone, 'or')} cannot stand with another.`] : []),
      ]
    }
    case 'number':
      return [
        `Type a ${question.whole ? 'whole ' : ''}number${question.unit ? ` (${question.unit})` : ''}${range(question)}.`,
      ]
    case 'percent':
      return ['Type both numbers below; the percentage follows from them.']
    case 'currency':
      return [`Type an amount in ${question.currency}.`]
    case 'date':
      return [`Type a date as year-month-day${question.past ? ', not in the future' : ''}.`]
    case 'product':
      return ['Type the name of the product, or choose one.']
    case 'text':
      return [`Type at most ${question.maxLength} characters.`]
    case 'table': {
      const rows = `Fill in the sheet “${tableSheet}”, ${question.minimumRows} to ${question.maximumRows} rows.`
      return question.minimumRows > 0 ? [rows] : [rows, `If there is none, choose “${NOTHING_TO_LIST}” here.`]
    }
    case 'attachment':
      return ['Files cannot travel in a workbook: send them along, and they are attached for you.']
  }
}

function explainHint(question: Question): string[] {
  const tokens = question.kind === 'yes-no' ? ['no', ...question.explain] : question.explain
  const known = question.kind === 'yes-no' ? YES_NO : shownOptions(question)
  const labels = known.filter(({ id }) => tokens.includes(id)).map(({ label }) => label)
  if (labels.length === 0) return []
  return [`Explain ${labels.length === 1 ? 'the answer' : 'the answers'} ${listOf(labels, 'or')}.`]
}

function range({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return `, ${min} or more`
  return max === undefined ? '' : `, ${max} or less`
}
