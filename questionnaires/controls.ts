/** The control catalogue: what insurers mean by each control, what proves it and what disproves it, as data. */
import { z } from 'zod'
import { listCatalogueFaults } from './catalogue-faults.ts'

/**
 * A test of one fact's value. Exactly one key.
 * - `between`: at least the first number, below the second
 * - `olderThanDays`, `withinDays`: of a date, counted to today; the word `never` is older than any number of days
 * - `everyOne`: the numerator equals a denominator above zero; `overcounted`: it exceeds the denominator
 * - `partial`: the fact covers only part of its population
 * - `aboveAnswer`, `atMostAnswer`, `belowAnswerBy` (so much below, and more): against the number, amount or percentage
 *   that the answer states; `differsFromAnswerByPercent`: further away from it, upwards or downwards, than this share of it
 */
export const FactTest = z.union([
  z.strictObject({ below: z.number() }),
  z.strictObject({ above: z.number() }),
  z.strictObject({ atLeast: z.number() }),
  z.strictObject({ atMost: z.number() }),
  z.strictObject({ between: z.tuple([z.number(), z.number()]) }),
  z.strictObject({ is: z.union([z.boolean(), z.string(), z.number()]) }),
  z.strictObject({ isOneOf: z.array(z.string()).min(1) }),
  z.strictObject({ isNoneOf: z.array(z.string()).min(1) }),
  z.strictObject({ olderThanDays: z.number() }),
  z.strictObject({ withinDays: z.number() }),
  z.strictObject({ everyOne: z.literal(true) }),
  z.strictObject({ overcounted: z.literal(true) }),
  z.strictObject({ partial: z.literal(true) }),
  z.strictObject({ aboveAnswer: z.literal(true) }),
  z.strictObject({ atMostAnswer: z.literal(true) }),
  z.strictObject({ belowAnswerBy: z.number().nonnegative() }),
  z.strictObject({ differsFromAnswerByPercent: z.number().nonnegative() }),
])
export type FactTest = z.infer<typeof FactTest>

const Viewpoint = z.enum(['external', 'internal', 'tenant', 'statement'])
const Sentence = z.string().min(1).max(400)

/** Another fact that has a say in whether a rule applies; without `test`, any value of it. */
export const FactCondition = z.strictObject({
  fact: z.string(),
  viewpoints: z.array(Viewpoint).min(1),
  test: FactTest.optional(),
  /** Only a fact about the same subject counts: the same platform, the same tenant. */
  sameSubject: z.boolean().optional(),
  /** Only a later observation counts. */
  later: z.boolean().optional(),
})
export type FactCondition = z.infer<typeof FactCondition>

/**
 * How one fact bears on certain claims about a control (domain/controls.md, X = contradicts, W = weakens).
 * Tests are tried in the order contradicts, weakens, supports.
 */
export const ControlRule = z.strictObject({
  id: z.string(),
  fact: z.string(),
  /** Claims (see `claims`) that this rule examines. */
  claims: z.array(z.string()).min(1),
  /** Viewpoints in which the fact is comparable; elsewhere the outcome is `not-comparable`. */
  viewpoints: z.array(Viewpoint).min(1),
  /** Viewpoints good enough for a counter-example, but not for proof. */
  againstOnly: z.array(Viewpoint).optional(),
  contradicts: FactTest.optional(),
  weakens: FactTest.optional(),
  supports: FactTest.optional(),
  /** Words of the question's population or scope: one of `any` and none of `none`. A question without either is about all. */
  population: z
    .strictObject({ any: z.array(z.string()).optional(), none: z.array(z.string()).optional() })
    .optional(),
  /** The rule applies only beside such a fact … */
  when: FactCondition.optional(),
  /** … and not beside such a one. */
  unless: FactCondition.optional(),
  /** Ages count at the observation instead of growing until today: the report's own freshness decides. */
  ageAtObservation: z.boolean().optional(),
  /** A contradiction this small leaves the control partly in place once an exception is in force. */
  excusable: FactTest.optional(),
  /** Weakening means that "all" is not all: without an exception the control is only partly in place. */
  counterExample: z.boolean().optional(),
  /** Sentence for a technician; {value}, {counts}, {numerator}, {denominator}, {observed}, {subject}, {note}; [one|several] by the value. */
  reason: Sentence,
  /** The sentence where the fact supports; `reason` where absent. */
  supportsReason: Sentence.optional(),
  /** What would change the outcome. */
  remedy: Sentence,
})
export type ControlRule = z.infer<typeof ControlRule>

/** What the presence of a document says by itself: an expired contract, a service declined in writing. */
export const EvidenceRule = z.strictObject({
  id: z.string(),
  kind: z.string(),
  when: z.enum(['in-force', 'expired']),
  /** Claims it bears on; every claim that asserts something where absent. */
  claims: z.array(z.string()).min(1).optional(),
  /** A kind that, attached and in force, makes the rule say nothing. */
  unlessKind: z.string().optional(),
  outcome: z.enum(['contradicts', 'weakens']),
  /** {title}, {observed} and {ended} are filled in. */
  reason: Sentence,
  remedy: Sentence,
})
export type EvidenceRule = z.infer<typeof EvidenceRule>

const Meaning = z.enum(['met', 'partly', 'unmet', 'not-applicable'])
export type ClaimMeaning = z.infer<typeof Meaning>

export const Control = z.strictObject({
  id: z.string(),
  label: z.string().max(120),
  domain: z.string(),
  meaning: z.string().max(600),
  frameworks: z.strictObject({ cis: z.array(z.string()), csf: z.array(z.string()) }),
  /**
   * What each claim amounts to, before evidence: `yes: met`, `within-30-days: met`, `sometimes: partly`; the words that
   * all controls share (`Catalogue.claims`) included. `stated` is the claim of an answer that is a number or an amount.
   */
  claims: z.record(z.string(), Meaning),
  /** Evidence kinds that, attached and fresh, support a claim that no fact speaks about. */
  evidence: z.array(z.string()),
  /** Kinds worth attaching that prove nothing alone, and why. */
  corroborating: z.array(z.strictObject({ kind: z.string(), why: Sentence })).optional(),
  evidenceRules: z.array(EvidenceRule).optional(),
  rules: z.array(ControlRule),
})
export type Control = z.infer<typeof Control>

export const EvidenceKind = z.strictObject({
  id: z.string(),
  label: z.string().max(120),
  /** Days; null where only the expiry date of the document counts. */
  freshDays: z.number().int().positive().nullable(),
  maximumDays: z.number().int().positive().nullable(),
  note: z.string().max(300).optional(),
  /** Set where this kind supports an answer only weakly: the reason why. */
  weakBecause: Sentence.optional(),
})
export type EvidenceKind = z.infer<typeof EvidenceKind>

/**
 * Answers picked by what they claim, by the product they name (compared without case), by the date they state,
 * or by the options chosen in the question of that id in any edition.
 */
export const AnswerSelector = z.union([
  z.strictObject({ control: z.string(), claims: z.array(z.string()).min(1) }),
  z.strictObject({ control: z.string(), products: z.array(z.string()).min(1) }),
  z.strictObject({ control: z.string(), olderThanDays: z.number() }),
  z.strictObject({ question: z.string(), chosen: z.array(z.string()).min(1) }),
])
export type AnswerSelector = z.infer<typeof AnswerSelector>

/** Two answers that cannot both be right, or that cast doubt on each other (domain/controls.md §15). */
export const CrossCheck = z.strictObject({
  id: z.string(),
  first: AnswerSelector,
  second: AnswerSelector,
  outcome: z.enum(['contradicts', 'weakens']),
  /** {other} is the other question. */
  reason: Sentence,
  remedy: Sentence,
})
export type CrossCheck = z.infer<typeof CrossCheck>

export const Catalogue = z
  .strictObject({
    version: z.string(),
    frameworks: z.strictObject({ cis: z.string(), csf: z.string() }),
    domains: z.array(z.strictObject({ id: z.string(), label: z.string() })),
    evidenceKinds: z.array(EvidenceKind),
    /** Claims that every control knows, unless it gives one of them another meaning. */
    claims: z.record(z.string(), Meaning).optional(),
    controls: z.array(Control),
    /** Evidence rules that hold for every control. */
    evidenceRules: z.array(EvidenceRule).optional(),
    crossChecks: z.array(CrossCheck).optional(),
  })
  .superRefine((catalogue, context) => {
    for (const { path, message } of listCatalogueFaults(catalogue)) {
      context.addIssue({ code: 'custom', path, message })
    }
  })
export type Catalogue = z.infer<typeof Catalogue>

/** A lookup by an id that the catalogue does not hold. */
export class CatalogueError extends Error {
  override name = 'CatalogueError'
  constructor(
    readonly code: 'control-unknown' | 'evidence-kind-unknown' | 'catalogue-missing' | 'catalogue-invalid',
    message: string,
  ) {
    super(message)
  }
}

export function findControl(catalogue: Catalogue, id: string): Control | null {
  return catalogue.controls.find((control) => control.id === id) ?? null
}

/** @throws CatalogueError `control-unknown` */
export function getControl(catalogue: Catalogue, id: string): Control {
  const control = findControl(catalogue, id)
  if (control) return control
  throw new CatalogueError(
    'control-unknown',
    `The control catalogue ${catalogue.version} has no control "${id}". Choose one that it lists.`,
  )
}

export function findEvidenceKind(catalogue: Catalogue, id: string): EvidenceKind | null {
  return catalogue.evidenceKinds.find((kind) => kind.id === id) ?? null
}

/** @throws CatalogueError `evidence-kind-unknown` */
export function getEvidenceKind(catalogue: Catalogue, id: string): EvidenceKind {
  const kind = findEvidenceKind(catalogue, id)
  if (kind) return kind
  throw new CatalogueError(
    'evidence-kind-unknown',
    `The control catalogue ${catalogue.version} has no evidence kind "${id}". Choose one that it lists.`,
  )
}
