/** An answer in words, as the form's summary and the signed report print it. */
import type { Answer, AnswerValue, TableRow } from './answers.ts'
import { formatAmount } from './currency.ts'
import { type Column, optionsOf, type Question } from './definition.ts'

/** Always English and UTC: the words are part of what is signed and must not depend on the machine that prints them. */
export function describeAnswer(question: Question, answer: Answer | undefined): string {
  if (!answer) return 'Not answered'
  const explanation = answer.explanation ? `: ${answer.explanation}` : ''
  if (answer.state === 'dont-know') {
    return `I don't know (owner ${answer.gap.owner}, due ${describeDate(answer.gap.dueOn)})${explanation}`
  }
  return `${describeValue(question, answer.value)}${explanation}`
}

function describeValue(question: Question, value: AnswerValue): string {
  switch (value.kind) {
    case 'yes-no':
      return YES_NO[value.choice]
    case 'single-choice':
    case 'band':
      return labelOf(question, value.choice, value.description)
    case 'multiple-choice':
      return value.choices.map((choice) => labelOf(question, choice, value.description)).join('; ')
    case 'number':
      return [formatNumber(value.number), question.kind === 'number' && question.unit]
        .filter(Boolean)
        .join(' ')
    case 'percent':
      return `${formatNumber(value.covered)} of ${formatNumber(value.total)} (${describeShare(value.covered, value.total)})`
    case 'currency':
      return formatAmount(value.amountMinor, value.currency)
    case 'date':
      return describeDate(value.date)
    case 'product':
      return value.product
    case 'text':
      return value.text
    case 'table':
      return describeRows(question, value.rows)
    case 'attachment':
      return value.files.map(({ fileName }) => fileName).join('; ')
  }
}

const YES_NO = { yes: 'Yes', no: 'No', sometimes: 'Sometimes', 'not-applicable': 'Not applicable' }

function labelOf(question: Question, choice: string, description?: string): string {
  const option = optionsOf(question).find(({ id }) => id === choice)
  const label = option?.label ?? choice
  return option?.describe && description ? `${label} (${description})` : label
}

/** One row a line, its cells under the names of their columns. */
function describeRows(question: Question, rows: readonly TableRow[]): string {
  if (rows.length === 0) return 'Nothing to list'
  const columns = question.kind === 'table' ? question.columns : []
  return rows
    .map((row, index) => {
      const cells = columns.flatMap((column) => {
        const cell = row[column.id]
        return cell === undefined ? [] : [`${column.label}: ${describeCell(column, cell)}`]
      })
      return `${index + 1}. ${cells.join('; ')}`
    })
    .join('\n')
}

function describeCell(column: Column, cell: string | number): string {
  switch (column.kind) {
    case 'text':
      return String(cell)
    case 'number':
      return [formatNumber(Number(cell)), column.unit].filter(Boolean).join(' ')
    case 'currency':
      return formatAmount(Number(cell), column.currency)
    case 'date':
      return describeDate(String(cell))
    case 'yes-no':
      return cell === 'yes' ? 'Yes' : 'No'
    case 'choice':
      return column.options.find(({ id }) => id === cell)?.label ?? String(cell)
  }
}

/** Rounded to a tenth, but never up to "all" or down to "none". */
function describeShare(covered: number, total: number): string {
  if (covered === total) return '100 %'
  if (covered === 0) return '0 %'
  const percent = (covered / total) * 100
  if (percent > 99.9) return 'over 99.9 %'
  if (percent < 0.1) return 'under 0.1 %'
  return `${percent.toFixed(1)} %`
}

function formatNumber(number: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 }).format(number)
}

function describeDate(date: string): string {
  const instant = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(instant.getTime())) return date
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(instant)
}
