/** What an answer says about its topic in words that no form owns: the statements that a client's answer bank keeps. */
import { z } from 'zod'
import { type Answer, AnswerValue } from './answers.ts'
import { type Column, type Option, optionsOf, type Question } from './definition.ts'

export const ASPECTS = ['standing', 'product', 'date', 'number', 'amount', 'text', 'table'] as const
/** Which side of a topic: how far it is in place (`standing`), or a detail of it. */
export type Aspect = (typeof ASPECTS)[number]

const Explanation = z.string().max(4000).optional()

/** How far something is in place. What is absent was not said; nothing may be read into it. */
const Standing = z.object({
  aspect: z.literal('standing'),
  /** `not-all`: at least one is missing, perhaps all are. `some`: neither all nor none. */
  share: z.enum(['all', 'some', 'none', 'not-all', 'not-applicable']).optional(),
  /** Counts, both or neither. */
  covered: z.number().int().nonnegative().optional(),
  total: z.number().int().positive().optional(),
  /** In the words of the control catalogue. */
  claims: z.array(z.string()),
  /** Claims that the answer rules out: what a "no" was said to, boxes left without a tick. */
  denies: z.array(z.string()).optional(),
  /** What "other" is. */
  description: z.string().max(400).optional(),
  explanation: Explanation,
})

const Detail = z.object({
  aspect: z.enum(['product', 'date', 'number', 'amount', 'text', 'table']),
  value: AnswerValue,
  /** Of a number, as the form prints it. */
  unit: z.string().max(40).optional(),
  /** What the cells of each column are: `date`, `currency USD`, `number days`. */
  columns: z.record(z.string(), z.string()).optional(),
  explanation: Explanation,
})

export const CanonicalStatement = z.discriminatedUnion('aspect', [Standing, Detail])
export type CanonicalStatement = z.infer<typeof CanonicalStatement>
export type StandingStatement = z.infer<typeof Standing>
export type DetailStatement = z.infer<typeof Detail>

type YesNoQuestion = Extract<Question, { kind: 'yes-no' }>

const ASPECT_OF_KIND: Record<Question['kind'], Aspect | null> = {
  'yes-no': 'standing',
  percent: 'standing',
  'single-choice': 'standing',
  'multiple-choice': 'standing',
  band: 'standing',
  product: 'product',
  date: 'date',
  number: 'number',
  currency: 'amount',
  text: 'text',
  table: 'table',
  // A file is evidence of a moment; it is attached again, never carried from form to form.
  attachment: null,
}

export function aspectOf(question: Question): Aspect | null {
  return ASPECT_OF_KIND[question.kind]
}

/** Null where nothing is stated: "I don't know", attachments, an answer of another kind than its question. */
export function statementOf(question: Question, answer: Answer): CanonicalStatement | null {
  if (answer.state !== 'answered' || answer.value.kind !== question.kind) return null
  const statement = withoutExplanation(question, answer.value)
  return statement && answer.explanation ? { ...statement, explanation: answer.explanation } : statement
}

function withoutExplanation(question: Question, value: AnswerValue): CanonicalStatement | null {
  switch (value.kind) {
    case 'yes-no':
      return question.kind === 'yes-no' ? standingOfChoice(question, value.choice) : null
    case 'percent': {
      const { covered, total } = value
      if (covered === total) return { aspect: 'standing', share: 'all', covered, total, claims: ['all'] }
      const share = covered === 0 ? 'none' : 'some'
      const claims = [covered === 0 ? 'none' : 'partly']
      return { aspect: 'standing', share, covered, total, claims, denies: ['yes', 'all'] }
    }
    case 'single-choice':
    case 'band':
      return standingOfOptions(question, [value.choice], value.description)
    case 'multiple-choice':
      return standingOfOptions(question, value.choices, value.description)
    case 'number':
      return { aspect: 'number', value, ...unitOf(question) }
    case 'currency':
      return { aspect: 'amount', value }
    case 'table':
      return { aspect: 'table', value, columns: question.kind === 'table' ? columnsOf(question.columns) : {} }
    case 'product':
    case 'date':
    case 'text':
      return { aspect: value.kind, value }
    case 'attachment':
      return null
  }
}

function standingOfChoice(
  question: YesNoQuestion,
  choice: Extract<AnswerValue, { kind: 'yes-no' }>['choice'],
): StandingStatement {
  const made = claimsOfYes(question)
  const mapped = question.claims?.[choice]
  const denies = [...made, ...(question.canonical?.yesFrom ?? [])]
  switch (choice) {
    case 'yes':
      return { aspect: 'standing', ...(markOf(question) === 100 && { share: 'all' }), claims: made }
    case 'no':
      return { aspect: 'standing', share: 'not-all', claims: mapped ? [mapped] : [], denies }
    case 'sometimes':
      return { aspect: 'standing', share: 'some', claims: [mapped ?? 'sometimes'], denies }
    case 'not-applicable':
      return { aspect: 'standing', share: 'not-applicable', claims: [mapped ?? 'not-applicable'] }
  }
}

/** The share in percent from which "yes" is true: the edition's rule, or the limit that the prompt states. */
export function markOf({ canonical, threshold }: YesNoQuestion): number {
  if (canonical?.yesFromPercent !== undefined) return canonical.yesFromPercent
  const isShare = threshold?.is === 'at-least' && threshold.unit === 'percent'
  return isShare && threshold.value > 0 && threshold.value <= 100 ? threshold.value : 100
}

/** "Yes" to "at least 95 %" must never be read as "all of them", so it makes a claim of its own. */
export function claimsOfYes(question: YesNoQuestion): string[] {
  const mark = markOf(question)
  if (mark === 100) return [question.claims?.yes ?? 'yes']
  return [...(question.claims?.yes ? [question.claims.yes] : []), `at-least-${mark}-percent`]
}

/** The mark of a claim that `claimsOfYes` made, or null. */
export function markInClaim(claim: string): number | null {
  const [, mark] = /^at-least-([0-9.]+)-percent$/.exec(claim) ?? []
  return mark === undefined ? null : Number(mark)
}

export function claimOfOption(option: Option): string {
  return option.claim ?? option.id
}

function standingOfOptions(
  question: Question,
  choices: readonly string[],
  description: string | undefined,
): StandingStatement | null {
  const chosen = optionsOf(question).filter(({ id }) => choices.includes(id))
  if (chosen.length === 0) return null
  const claims = [...new Set(chosen.map(claimOfOption))]
  const denies = deniedOptions(question, chosen).filter((claim) => !claims.includes(claim))
  return {
    aspect: 'standing',
    claims,
    ...(denies.length > 0 && { denies: [...new Set(denies)] }),
    ...(description && { description }),
  }
}

/** Boxes without a tick, and in an ordered choice what is better: who chooses "weekly" says that it is not "daily". */
function deniedOptions(question: Question, chosen: readonly Option[]): string[] {
  const options = optionsOf(question)
  if (question.kind === 'multiple-choice') {
    return options.filter((option) => !chosen.includes(option)).map(claimOfOption)
  }
  if (question.kind !== 'single-choice' || !question.ordered) return []
  return options
    .slice(
      0,
      options.findIndex((option) => chosen.includes(option)),
    )
    .map(claimOfOption)
}

function unitOf(question: Question): { unit?: string } {
  return question.kind === 'number' && question.unit ? { unit: question.unit } : {}
}

/** What the cells of each column are, by column id. */
export function columnsOf(columns: readonly Column[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column.id, contentOf(column)]))
}

function contentOf(column: Column): string {
  if (column.kind === 'currency') return `currency ${column.currency}`
  if (column.kind === 'number' && column.unit) return `number ${column.unit}`
  return column.kind
}
