/** What stands in the answer cell of each row, and what it lets somebody type. */
import type { Answer, AnswerValue } from '#questionnaires/answers.ts'
import { currencyExponent } from '#questionnaires/currency.ts'
import type { Question } from '#questionnaires/definition.ts'
import { serialOfDate } from './workbook-cell.ts'
import type { AnswerFormat } from './workbook-look.server.ts'
import {
  DONT_KNOW,
  NOTHING_TO_LIST,
  offeredYesNo,
  type RowPart,
  shownOptions,
  YES_NO,
} from './workbook-rows.ts'
import type { Limit } from './workbook-validation.server.ts'

export interface OpenCell {
  open: true
  value: string | number | null
  format: AnswerFormat
  limit: Limit | null
}

/** A locked cell says no answer. */
export type AnswerCell = OpenCell | { open: false; text: string }

const open = (value: string | number | null, format: AnswerFormat, limit: Limit | null): OpenCell => ({
  open: true,
  value,
  format,
  limit,
})
const listed = (value: string | null, labels: readonly string[], strict = true): AnswerCell =>
  open(value, 'text', labels.length > 0 ? { type: 'list', labels, strict } : null)

type ValueOf<Kind extends AnswerValue['kind']> = Extract<AnswerValue, { kind: Kind }>

/** @param answer one of another kind than the question's is not written */
export function answerCellOf(question: Question, part: RowPart, answer: Answer | undefined): AnswerCell {
  const value = answer?.state === 'answered' && answer.value.kind === question.kind ? answer.value : null
  switch (part.kind) {
    case 'whole':
      return wholeCell(question, value, answer?.state === 'dont-know')
    case 'option': {
      const isTicked = value?.kind === 'multiple-choice' && value.choices.includes(part.optionId)
      return listed(isTicked ? 'Yes' : null, ['Yes'])
    }
    case 'description': {
      const text = value && 'description' in value ? (value.description ?? null) : null
      return open(text, 'text', { type: 'length', max: 400 })
    }
    case 'covered':
    case 'total':
      return open(value?.kind === 'percent' ? value[part.kind] : null, 'whole', {
        type: 'number',
        whole: true,
        min: part.kind === 'total' ? 1 : 0,
      })
  }
}

function wholeCell(question: Question, value: AnswerValue | null, isDontKnow: boolean): AnswerCell {
  const given = <Kind extends AnswerValue['kind']>(kind: Kind) =>
    value?.kind === kind ? (value as ValueOf<Kind>) : null
  const unknown = isDontKnow ? DONT_KNOW : null
  switch (question.kind) {
    case 'yes-no': {
      const choice = YES_NO.find(({ id }) => id === given('yes-no')?.choice)
      return listed(choice?.label ?? unknown, [
        ...offeredYesNo(question).map(({ label }) => label),
        DONT_KNOW,
      ])
    }
    case 'single-choice':
    case 'band': {
      const chosen = value && 'choice' in value ? value.choice : null
      const shown = shownOptions(question)
      const label = shown.find(({ id }) => id === chosen)?.label ?? chosen
      return listed(label ?? unknown, [...shown.map((option) => option.label), DONT_KNOW])
    }
    case 'multiple-choice':
      return { open: false, text: 'Tick below' }
    case 'percent':
      return { open: false, text: 'Answer below' }
    case 'number':
      return open(given('number')?.number ?? null, question.whole ? 'whole' : 'number', {
        type: 'number',
        whole: question.whole,
        min: question.min,
        max: question.max,
      })
    case 'currency':
      return amountCell(given('currency')?.amountMinor ?? null, question.currency)
    case 'date':
      return dateCell(given('date')?.date ?? null)
    case 'product':
      return listed(given('product')?.product ?? null, question.suggestions, false)
    case 'text':
      return open(given('text')?.text ?? null, 'text', { type: 'length', max: question.maxLength })
    case 'table': {
      if (question.minimumRows > 0) return { open: false, text: 'Answer on the sheet named beside' }
      return listed(given('table')?.rows.length === 0 ? NOTHING_TO_LIST : null, [NOTHING_TO_LIST])
    }
    case 'attachment': {
      const names = given('attachment')?.files.map(({ fileName }) => fileName) ?? []
      return { open: false, text: names.length > 0 ? `Attached: ${names.join('; ')}` : 'No file attached' }
    }
  }
}

export function amountCell(amountMinor: number | null, currency: string): OpenCell {
  const decimals = currencyExponent(currency)
  return open(
    amountMinor === null ? null : amountMinor / 10 ** decimals,
    { decimals },
    {
      type: 'number',
      whole: decimals === 0,
      min: 0,
    },
  )
}

/** Days that Excel cannot hold are written as text. */
export function dateCell(date: string | null): OpenCell {
  return open(date === null ? null : (serialOfDate(date) ?? date), 'date', { type: 'date' })
}
