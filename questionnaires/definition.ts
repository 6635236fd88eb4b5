/** The shape of a questionnaire edition as its authors write it: sections, questions, answer kinds and gates. */
import { z } from 'zod'

const Id = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'Use lower-case words joined by hyphens')

/**
 * When a question applies. Conditions are data so that the browser, the server and a verifier decide alike.
 * - `is`: a yes/no, single choice or band; `dont-know` may be named for every kind and is matched by nothing else
 * - `includes`: a multiple choice that has this option ticked
 * - `atLeast`: a number, a percentage (0–100) or a currency amount in minor units
 *
 * A question that is hidden or unanswered decides nothing: neither a test of it nor the test's `not` holds.
 */
export type Condition =
  | { question: string; is: string | string[] }
  | { question: string; includes: string }
  | { question: string; atLeast: number }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ question: Id, is: z.union([z.string(), z.array(z.string()).min(1)]) }),
    z.strictObject({ question: Id, includes: z.string() }),
    z.strictObject({ question: Id, atLeast: z.number() }),
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
  ]),
)

const Option = z.strictObject({
  id: Id,
  label: z.string().min(1).max(200),
  /** The control's claim this option makes; its own id where absent. */
  claim: Id.optional(),
  /** In a multiple choice: cannot be combined with another option ("none of these"). */
  exclusive: z.boolean().optional(),
})
export type Option = z.infer<typeof Option>

const base = {
  id: Id,
  prompt: z.string().min(1).max(600),
  /** What the words mean for this question, and what does not count. */
  help: z.string().max(2000).optional(),
  required: z.boolean().default(true),
  when: Condition.optional(),
  /** The control this answer speaks about, with the access path or population it covers. */
  control: Id.optional(),
  scope: z.string().max(200).optional(),
  /** Answers (option ids, or `yes`/`no`) that need an explanation. Yes/no questions always explain a `no`. */
  explain: z.array(z.string()).default([]),
  reference: z.strictObject({ item: z.string().max(40) }),
}

export const Question = z.discriminatedUnion('kind', [
  z.strictObject({ ...base, kind: z.literal('yes-no'), notApplicable: z.boolean().default(false) }),
  z.strictObject({ ...base, kind: z.literal('single-choice'), options: z.array(Option).min(2) }),
  z.strictObject({ ...base, kind: z.literal('multiple-choice'), options: z.array(Option).min(2) }),
  z.strictObject({ ...base, kind: z.literal('band'), options: z.array(Option).min(2) }),
  z.strictObject({
    ...base,
    kind: z.literal('number'),
    unit: z.string().max(40).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    /** Only whole numbers: people, devices, transactions. */
    whole: z.boolean().default(false),
  }),
  /** Covered and total counts; the percentage is derived, never typed. */
  z.strictObject({ ...base, kind: z.literal('percent'), population: z.string().max(120) }),
  z.strictObject({ ...base, kind: z.literal('currency'), currency: z.string().length(3) }),
  z.strictObject({ ...base, kind: z.literal('date'), past: z.boolean().default(false) }),
  z.strictObject({ ...base, kind: z.literal('product'), suggestions: z.array(z.string()).default([]) }),
  z.strictObject({
    ...base,
    kind: z.literal('text'),
    maxLength: z.number().int().positive().max(4000).default(1000),
  }),
])
export type Question = z.infer<typeof Question>
export type QuestionKind = Question['kind']

export const Section = z.strictObject({
  id: Id,
  title: z.string().min(1).max(120),
  intro: z.string().max(1000).optional(),
  questions: z.array(Question).min(1),
})
export type Section = z.infer<typeof Section>

export const Edition = z.strictObject({
  schema: z.literal(1),
  form: z.strictObject({ code: Id, title: z.string().min(1).max(120), issuer: z.string().min(1).max(120) }),
  edition: z.string().regex(/^[0-9]+(\.[0-9]+)*$/),
  publishedOn: z.iso.date(),
  summary: z.string().max(1000),
  /** Who may sign for the insured, and how old the signature may be when cover begins. */
  declaration: z.strictObject({
    text: z.string().min(1).max(4000),
    signerRoles: z.array(z.strictObject({ id: Id, label: z.string().max(80) })).min(1),
    maximumAgeDays: z.number().int().positive(),
  }),
  sections: z.array(Section).min(1),
})
export type Edition = z.infer<typeof Edition>

/** All questions in form order, applicable or not. */
export function listQuestions(edition: Edition): Question[] {
  return edition.sections.flatMap((section) => section.questions)
}

export function findQuestion(edition: Edition, questionId: string): Question | null {
  return listQuestions(edition).find((question) => question.id === questionId) ?? null
}

/** The options of a question that offers any. */
export function optionsOf(question: Question): readonly Option[] {
  return 'options' in question ? question.options : []
}
