/** The shape of a questionnaire edition as its authors write it: sections, questions, answer kinds and gates. */
import { z } from 'zod'
import { Condition } from './conditions.ts'
import { EditionNumber, FactKey, Id } from './names.ts'

export { Condition } from './conditions.ts'

const Option = z.strictObject({
  id: Id,
  label: z.string().min(1).max(200),
  /** The control's claim this option makes; its own id where absent. */
  claim: Id.optional(),
  /** Further claims in the answer bank from which this option follows: `daily` for "at least weekly". */
  derivedFrom: z.array(Id).min(1).optional(),
  /** In a multiple choice: cannot be combined with another option ("none of these"). */
  exclusive: z.boolean().optional(),
  /** "Other": whoever chooses this writes down what it is. */
  describe: z.boolean().optional(),
  /** In a band: from this number on … */
  atLeast: z.number().optional(),
  /** … and below this one. */
  below: z.number().optional(),
})
export type Option = z.infer<typeof Option>

/** A limit that the prompt states, as data, so that a stricter edition is seen to be stricter. */
const Threshold = z.strictObject({
  is: z.enum(['at-most', 'at-least', 'more-than']),
  value: z.number(),
  /** `days`, `hours`, `months`, `percent`, `people`, or a currency code (the value is then in major units). */
  unit: z.string().min(1).max(20),
})
export type Threshold = z.infer<typeof Threshold>

/**
 * How the answer and the client's answer bank speak to each other (canonical.ts). A question that has a control and
 * no `canonical` stands for its control in scope `all`, unless the edition asks about that control more than once.
 */
const Canonical = z.strictObject({
  /** What the answer is about: a control's id, or an own topic such as `applicant-headcount`. The question's control where absent. */
  topic: Id.optional(),
  /** The access path or population: `third-parties`, `servers`. Forms meet only where topic and scope are equal. */
  scope: Id.default('all'),
  /** The fact from which an answer can be proposed: a percentage with its counts, a number, a date, a true/false. */
  fact: FactKey.optional(),
  /** Yes/no only: claims about the topic from which "yes" follows, beside the one it makes itself. */
  yesFrom: z.array(Id).min(1).optional(),
  /** Yes/no only: the share in percent from which "yes" follows; all where absent. */
  yesFromPercent: z.number().positive().max(100).optional(),
})
export type Canonical = z.infer<typeof Canonical>

const base = {
  id: Id,
  prompt: z.string().min(1).max(600),
  /** What the words mean for this question, and what does not count. */
  help: z.string().max(2000).optional(),
  /** Terms of the edition's glossary on which the meaning rests. */
  terms: z.array(Id).optional(),
  required: z.boolean().default(true),
  /** A new topic may be left open before this day. */
  requiredFrom: z.iso.date().optional(),
  when: Condition.optional(),
  /** The control this answer speaks about, with the access path or population it covers. */
  control: Id.optional(),
  scope: z.string().max(200).optional(),
  canonical: Canonical.optional(),
  threshold: Threshold.optional(),
  /** Questions of the edition that this one `follows`, under whose ids this one was asked before: one old id in two
   * questions is a split, two old ids in one question a merge. Its own id where absent. */
  formerly: z.array(Id).min(1).optional(),
  /** Answers (option ids, or `yes`/`no`) that need an explanation. Yes/no questions always explain a `no`. */
  explain: z.array(z.string()).default([]),
  /** The form's own number, with the code and edition of a carrier's document where it is another than this form's. */
  reference: z.strictObject({
    item: z.string().max(40),
    form: z.string().max(60).optional(),
    edition: z.string().max(40).optional(),
  }),
}

const columnBase = { id: Id, label: z.string().min(1).max(120), required: z.boolean().default(true) }

/** A typed column of a table. */
export const Column = z.discriminatedUnion('kind', [
  z.strictObject({
    ...columnBase,
    kind: z.literal('text'),
    maxLength: z.number().int().positive().max(1000).default(200),
  }),
  z.strictObject({
    ...columnBase,
    kind: z.literal('number'),
    unit: z.string().max(40).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    whole: z.boolean().default(false),
  }),
  z.strictObject({ ...columnBase, kind: z.literal('currency'), currency: z.string().length(3) }),
  z.strictObject({ ...columnBase, kind: z.literal('date') }),
  z.strictObject({ ...columnBase, kind: z.literal('yes-no') }),
  z.strictObject({
    ...columnBase,
    kind: z.literal('choice'),
    options: z.array(z.strictObject({ id: Id, label: z.string().min(1).max(200) })).min(2),
  }),
])
export type Column = z.infer<typeof Column>

export const Question = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('yes-no'),
    notApplicable: z.boolean().default(false),
    /** Offers "sometimes" between yes and no. */
    sometimes: z.boolean().default(false),
    /** Only "yes" can be chosen; leaving it blank says "no". For editions whose blanks mean "no". */
    yesOnly: z.boolean().default(false),
    /** What each choice claims about the control, where "yes" says more than that it is in place: `yes: within-30-days`. */
    claims: z
      .strictObject({
        yes: Id.optional(),
        no: Id.optional(),
        sometimes: Id.optional(),
        'not-applicable': Id.optional(),
      })
      .optional(),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('single-choice'),
    options: z.array(Option).min(2),
    /** The options stand from best to worst, so that a new one in between changes what its neighbours mean. */
    ordered: z.boolean().default(false),
  }),
  z.strictObject({ ...base, kind: z.literal('multiple-choice'), options: z.array(Option).min(2) }),
  z.strictObject({
    ...base,
    kind: z.literal('band'),
    options: z.array(Option).min(2),
    /** What the options' `atLeast` and `below` count. */
    measure: z.enum(['count', 'percent', 'amount']).optional(),
  }),
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
    kind: z.literal('table'),
    columns: z.array(Column).min(1).max(12),
    minimumRows: z.number().int().nonnegative().default(1),
    maximumRows: z.number().int().positive().max(200).default(50),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('text'),
    maxLength: z.number().int().positive().max(4000).default(1000),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('attachment'),
    /** Evidence kinds that fit; any where absent. */
    evidenceKinds: z.array(Id).min(1).optional(),
    maximumFiles: z.number().int().positive().max(20).default(5),
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

/** A word of the form with a fixed meaning; a new meaning changes every question that rests on it. */
const Term = z.strictObject({ id: Id, term: z.string().min(1).max(80), meaning: z.string().min(1).max(1000) })
export type Term = z.infer<typeof Term>

const Declaration = z.strictObject({
  text: z.string().min(1).max(4000),
  /** Who may sign for the insured. */
  signerRoles: z.array(z.strictObject({ id: Id, label: z.string().max(80) })).min(1),
  /** Days that a signature may be old when cover begins. */
  maximumAgeDays: z.number().int().positive(),
  /** How many of the signer roles must sign: one form asks for the chief executive and for security. */
  minimumSigners: z.number().int().positive().max(5).default(1),
  /** How much the signer vouches for (domain/forms.md §4). */
  basis: z.enum(['best-knowledge', 'representation', 'warranty']).default('best-knowledge'),
  /** Changes between signature and the start of cover must be told. */
  dutyToUpdate: z.boolean().default(true),
  /** Fraud and other notices that a jurisdiction demands. */
  notices: z
    .array(z.strictObject({ jurisdiction: z.string().min(2).max(60), text: z.string().min(1).max(2000) }))
    .default([]),
})

export const Edition = z.strictObject({
  schema: z.literal(1),
  form: z.strictObject({
    code: Id,
    title: z.string().min(1).max(120),
    issuer: z.string().min(1).max(120),
    kind: z.enum(['application', 'supplement', 'renewal', 'attestation']).default('application'),
  }),
  edition: EditionNumber,
  /** The edition that this one replaces; `formerly` names its questions. */
  follows: EditionNumber.optional(),
  publishedOn: z.iso.date(),
  /** The first day on which the insurer takes it; its day of publication where absent. */
  effectiveOn: z.iso.date().optional(),
  summary: z.string().max(1000),
  /** Whom the form is for, by circumstances alone, and what to do when it does not fit. */
  eligibility: z.strictObject({ when: Condition, otherwise: z.string().min(1).max(400) }).optional(),
  /** Covers that can be asked for; gates test them with `circumstance: coverage`. */
  coverages: z.array(z.strictObject({ id: Id, label: z.string().min(1).max(120) })).default([]),
  /** What a yes/no question left blank says. */
  blankMeans: z.enum(['unanswered', 'no']).default('unanswered'),
  terms: z.array(Term).default([]),
  declaration: Declaration,
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
