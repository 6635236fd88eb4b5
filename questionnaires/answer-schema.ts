/** The rules one question sets for its answer, as a Zod schema that the form's resolver and the server both run. */
import { z } from 'zod'
import type { Answer, AnswerValue } from './answers.ts'
import { optionsOf, type Question } from './definition.ts'

export type AnswerValidation =
  | { ok: true; answer: Answer }
  | { ok: false; fieldErrors: { path: string; message: string }[] }

/** Amounts stay exact as numbers and printable: 10^14 minor units is a trillion dollars. */
const LARGEST_AMOUNT = 1e14
const LARGEST_COUNT = 1e9
const LARGEST_NUMBER = 1e15

/**
 * Schema of the answer to one question; its output is trimmed, in option order and without empty explanations.
 * @param now clock for dates that may not lie in the future
 */
export function answerSchemaFor(question: Question, now: Date): z.ZodType<Answer, Answer> {
  const explanation = wording(4000, '', true).optional()
  const answered = z
    .object({ state: z.literal('answered'), value: valueSchemaFor(question, now), explanation })
    .superRefine((answer, context) => {
      if (answer.explanation || !needsExplanation(question, answer.value)) return
      context.addIssue({ code: 'custom', path: ['explanation'], message: explanationDemand(answer.value) })
    })
  const dontKnow = z.object({
    state: z.literal('dont-know'),
    gap: z.object(
      {
        owner: wording(120, 'Name the person who will find out.'),
        dueOn: day('Give the date by which this will be known.', '2000-01-01'),
      },
      { error: 'Name the person who will find out, and by when.' },
    ),
    explanation,
  })
  const schema = z
    .discriminatedUnion('state', [answered, dontKnow], {
      error: 'Answer the question or choose "I don\'t know".',
    })
    .transform(({ explanation, ...answer }): Answer => (explanation ? { ...answer, explanation } : answer))
  // The form starts from the stored shape, and Zod's inferred input is wider than that.
  return schema as unknown as z.ZodType<Answer, Answer>
}

/** @returns the answer as it should be stored, or every field that is wrong; paths are dotted, such as `value.choice`. */
export function validateAnswer(question: Question, answer: unknown, now: Date): AnswerValidation {
  const result = answerSchemaFor(question, now).safeParse(answer)
  if (result.success) return { ok: true, answer: result.data }
  return {
    ok: false,
    fieldErrors: result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  }
}

/** A "no" to a yes/no question always, other answers where the edition asks for it. */
export function needsExplanation(question: Question, value: AnswerValue): boolean {
  if (value.kind === 'yes-no' && value.choice === 'no') return true
  const chosen = 'choice' in value ? [value.choice] : 'choices' in value ? value.choices : []
  return chosen.some((choice) => question.explain.includes(choice))
}

function explanationDemand(value: AnswerValue): string {
  return value.kind === 'yes-no' && value.choice === 'no'
    ? 'Explain the "no": what is not covered, why, and what is planned.'
    : 'This answer needs an explanation.'
}

function valueSchemaFor(question: Question, now: Date): z.ZodType<AnswerValue> {
  const kind = z.literal(question.kind, 'This answer is of another kind than the question. Reload the page.')
  const fields: Record<string, z.ZodType> = { kind, ...fieldsFor(question, now) }
  const schema = z
    .object(fields, { error: 'Answer the question or choose "I don\'t know".' })
    .superRefine((value, context) => {
      if (Number(value.covered) <= Number(value.total) || question.kind !== 'percent') return
      context.addIssue({ code: 'custom', path: ['covered'], message: 'More are covered than there are.' })
    })
  // The fields are written per kind below, which TypeScript cannot tie to the union's member.
  return schema as unknown as z.ZodType<AnswerValue>
}

function fieldsFor(question: Question, now: Date): Record<string, z.ZodType> {
  switch (question.kind) {
    case 'yes-no':
      return {
        choice: question.notApplicable
          ? z.enum(['yes', 'no', 'not-applicable'], 'Choose yes, no or not applicable.')
          : z.enum(['yes', 'no'], 'Choose yes or no.'),
      }
    case 'single-choice':
    case 'band':
      return {
        choice: z.enum(
          question.options.map((option) => option.id),
          'Choose one of the answers.',
        ),
      }
    case 'multiple-choice':
      return { choices: choicesSchema(question) }
    case 'number':
      return { number: numberSchema(question) }
    case 'percent':
      return {
        covered: countSchema('Enter how many are covered.').min(0, 'Enter zero or more.'),
        total: countSchema(`Enter the number of ${question.population}.`).min(1, 'Enter at least 1.'),
      }
    case 'currency':
      return {
        amountMinor: z
          .int('Enter an amount.')
          .min(0, 'Enter an amount of zero or more.')
          .max(LARGEST_AMOUNT, 'This amount is too large. Check the digits.'),
        currency: z.literal(question.currency, `The amount must be in ${question.currency}.`),
      }
    case 'date':
      return { date: question.past ? pastDay(now) : day('Enter a date.', '1800-01-01') }
    case 'product':
      return { product: wording(200, 'Name the product.') }
    case 'text':
      return { text: wording(question.maxLength, 'Write an answer.', true) }
  }
}

function choicesSchema(question: Question) {
  const order = optionsOf(question).map((option) => option.id)
  const exclusive = optionsOf(question).filter((option) => option.exclusive)
  return z
    .array(
      z.enum(order, 'One of the ticked answers does not exist. Reload the page.'),
      'Tick at least one answer.',
    )
    .min(1, 'Tick at least one answer.')
    .superRefine((choices, context) => {
      if (new Set(choices).size < choices.length) {
        context.addIssue({ code: 'custom', message: 'An answer is ticked twice.' })
      }
      const alone = exclusive.find((option) => choices.includes(option.id))
      if (alone && choices.some((choice) => choice !== alone.id)) {
        context.addIssue({
          code: 'custom',
          message: `"${alone.label}" cannot be combined with another answer.`,
        })
      }
    })
    .overwrite((choices) => [...choices].sort((a, b) => order.indexOf(a) - order.indexOf(b)))
}

function numberSchema(question: Extract<Question, { kind: 'number' }>) {
  const { min = -LARGEST_NUMBER, max = LARGEST_NUMBER } = question
  const number = question.whole ? z.int('Enter a whole number.') : z.number('Enter a number.')
  return number.min(min, `Enter ${min} or more.`).max(max, `Enter ${max} or less.`)
}

function countSchema(message: string) {
  return z.int(message).max(LARGEST_COUNT, 'This number is too large. Check the digits.')
}

/** Date fields hand over half-typed years such as 0002-05-01, hence a first plausible day. */
function day(message: string, first: string) {
  return z.iso.date({ error: message, abort: true }).refine((date) => date >= first, 'Check the year.')
}

/** "Today" reaches UTC+14 before it does elsewhere; nobody is told that their own today lies in the future. */
function pastDay(now: Date) {
  const today = new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10)
  return day('Enter a date.', '1800-01-01').refine((date) => date <= today, 'This date lies in the future.')
}

/**
 * Trimmed text. Control characters and lone surrogates cannot be stored or canonicalised, and direction
 * overrides make a printed report read differently from the text that was signed.
 * @param emptyMessage what to say when nothing is left; '' allows empty text
 */
function wording(maxLength: number, emptyMessage: string, multiline = false) {
  const schema = z
    .string(emptyMessage || 'Write text.')
    .overwrite((text) => tidy(text, multiline))
    .max(maxLength, `Use at most ${maxLength} characters.`)
    .refine((text) => !UNPRINTABLE.test(text), 'Remove characters that cannot be printed.')
  return emptyMessage ? schema.min(1, emptyMessage) : schema
}

const UNPRINTABLE = /(?![\n\t])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u

function tidy(text: string, multiline: boolean): string {
  return (multiline ? text.replace(/\r\n?/g, '\n') : text.replace(/\s+/g, ' ')).trim()
}
