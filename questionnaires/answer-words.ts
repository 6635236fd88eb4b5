/** An answer in words, as the form's summary and the signed report print it. */
import type { Answer, AnswerValue, TableRow } from './answers.ts'
import { formatAmount } from './currency.ts'
import { type Column, optionsOf, type Question } from './definition.ts'

/** What is said around an answer in one language. Choices, units and columns keep the words of the edition. */
export interface AnswerWords {
  notAnswered: string
  nothingListed: string
  choices: Readonly<Record<Extract<AnswerValue, { kind: 'yes-no' }>['choice'], string>>
  dontKnow(owner: string, due: string): string
  /** `36 of 38 (94.7 %)`. */
  counted(covered: string, total: string, share: string): string
  over(share: string): string
  under(share: string): string
  /** With at most six digits behind the decimal sign. */
  number(number: number): string
  /** With so many digits behind the decimal sign. */
  fixed(number: number, digits: number): string
  /** A day given as YYYY-MM-DD; what is none is printed as it is. */
  day(date: string): string
  amount(amountMinor: number, currency: string): string
}

export const ANSWER_WORDS: AnswerWords = {
  notAnswered: 'Not answered',
  nothingListed: 'Nothing to list',
  choices: { yes: 'Yes', no: 'No', sometimes: 'Sometimes', 'not-applicable': 'Not applicable' },
  dontKnow: (owner, due) => `I don't know (owner ${owner}, due ${due})`,
  counted: (covered, total, share) => `${covered} of ${total} (${share})`,
  over: (share) => `over ${share}`,
  under: (share) => `under ${share}`,
  number: (number) => new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 }).format(number),
  fixed: (number, digits) => number.toFixed(digits),
  day: (date) => {
    const instant = new Date(`${date}T00:00:00Z`)
    if (Number.isNaN(instant.getTime())) return date
    return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(instant)
  },
  amount: formatAmount,
}

/** Days are UTC: the words are part of what is signed and must not depend on the machine that prints them. */
export function describeAnswer(
  question: Question,
  answer: Answer | undefined,
  words: AnswerWords = ANSWER_WORDS,
): string {
  if (!answer) return words.notAnswered
  const explanation = answer.explanation ? `: ${answer.explanation}` : ''
  if (answer.state === 'dont-know') {
    return `${words.dontKnow(answer.gap.owner, words.day(answer.gap.dueOn))}${explanation}`
  }
  return `${describeValue(question, answer.value, words)}${explanation}`
}

function describeValue(question: Question, value: AnswerValue, words: AnswerWords): string {
  switch (value.kind) {
    case 'yes-no':
      return words.choices[value.choice]
    case 'single-choice':
    case 'band':
      return labelOf(question, value.choice, value.description)
    case 'multiple-choice':
      return value.choices.map((choice) => labelOf(question, choice, value.description)).join('; ')
    case 'number':
      return [words.number(value.number), question.kind === 'number' && question.unit]
        .filter(Boolean)
        .join(' ')
    case 'percent':
      return words.counted(
        words.number(value.covered),
        words.number(value.total),
        describeShare(value.covered, value.total, words),
      )
    case 'currency':
      return words.amount(value.amountMinor, value.currency)
    case 'date':
      return words.day(value.date)
    case 'product':
      return value.product
    case 'text':
      return value.text
    case 'table':
      return describeRows(question, value.rows, words)
    case 'attachment':
      return value.files.map(({ fileName }) => fileName).join('; ')
  }
}

function labelOf(question: Question, choice: string, description?: string): string {
  const option = optionsOf(question).find(({ id }) => id === choice)
  const label = option?.label ?? choice
  return option?.describe && description ? `${label} (${description})` : label
}

/** One row a line, its cells under the names of their columns. */
function describeRows(question: Question, rows: readonly TableRow[], words: AnswerWords): string {
  if (rows.length === 0) return words.nothingListed
  const columns = question.kind === 'table' ? question.columns : []
  return rows
    .map((row, index) => {
      const cells = columns.flatMap((column) => {
        const cell = row[column.id]
        return cell === undefined ? [] : [`${column.label}: ${describeCell(column, cell, words)}`]
      })
      return `${index + 1}. ${cells.join('; ')}`
    })
    .join('\n')
}

function describeCell(column: Column, cell: string | number, words: AnswerWords): string {
  switch (column.kind) {
    case 'text':
      return String(cell)
    case 'number':
      return [words.number(Number(cell)), column.unit].filter(Boolean).join(' ')
    case 'currency':
      return words.amount(Number(cell), column.currency)
    case 'date':
      return words.day(String(cell))
    case 'yes-no':
      return words.choices[cell === 'yes' ? 'yes' : 'no']
    case 'choice':
      return column.options.find(({ id }) => id === cell)?.label ?? String(cell)
  }
}

/** Rounded to a tenth, but never up to "all" or down to "none". */
function describeShare(covered: number, total: number, { fixed, over, under }: AnswerWords): string {
  if (covered === total) return '100 %'
  if (covered === 0) return '0 %'
  const percent = (covered / total) * 100
  if (percent > 99.9) return over(`${fixed(99.9, 1)} %`)
  if (percent < 0.1) return under(`${fixed(0.1, 1)} %`)
  return `${fixed(percent, 1)} %`
}
