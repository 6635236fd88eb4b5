/** What differs between two editions, question by question, and what that means for answers given to the older one. */

export type ChangeKind =
  | 'added'
  | 'removed'
  /** Another section, place or item number; the meaning stays. */
  | 'moved'
  /** The prompt or its help says it in other words. */
  | 'reworded'
  /** A term of the glossary, the scope, the population or the control behind the question changed. */
  | 'definition-changed'
  | 'type-changed'
  | 'threshold-changed'
  | 'options-changed'
  | 'split'
  | 'merged'
  | 'gate-changed'

/**
 * What becomes of an answer to the older edition (domain/forms.md §5).
 * - `keep`: the question means the same; in a draft the person's answer stays theirs
 * - `propose`: shown with the old wording, to be confirmed
 * - `ask-again`: the old answer is shown, nothing is proposed
 * - `new`: there is no old answer
 */
export type MigrationRule = 'keep' | 'propose' | 'ask-again' | 'new'

/** As pages and the command line say it of a question of the newer edition. */
export const RULE_WORDS: Record<MigrationRule, string> = {
  keep: 'a draft’s answer stays',
  propose: 'the old answer is proposed, to be confirmed',
  'ask-again': 'asked again; the old answer is only shown',
  new: 'new, without an old answer',
}

export interface EditionChange {
  kind: ChangeKind
  /** One id each but for splits and merges; `older` is empty for what was added, `newer` for what was removed. */
  older: string[]
  newer: string[]
  /** The part that changed, in words; null where there is none on that side. */
  before: string | null
  after: string | null
  /** What changed, for somebody who knows neither edition. */
  sentence: string
}

/** A change of the form as a whole: who signs, how long a signature holds, what a blank means, from when it counts. */
export interface FormChange {
  kind:
    | 'title'
    | 'declaration'
    | 'signers'
    | 'signature-age'
    | 'blank-rule'
    | 'eligibility'
    | 'coverages'
    | 'effective'
    | 'notices'
  before: string | null
  after: string | null
  sentence: string
}

export interface EditionDifference {
  older: { formCode: string; edition: string }
  newer: { formCode: string; edition: string }
  /** In the newer form's order; what was removed stands where it stood. */
  changes: EditionChange[]
  formChanges: FormChange[]
  /** For every question of the newer edition. */
  rules: Record<string, { rule: MigrationRule; from: string[]; because: ChangeKind[] }>
}
