/** What evaluation passes around inside: a reason with the marks that decide a control's status. */
import type { Control } from '#questionnaires/controls.ts'
import type { Question } from '#questionnaires/definition.ts'
import type { ReasonWords } from './language/reason-words.ts'
import { groupBy, sortedBy, unique } from './order.ts'
import type { Outcome, Reason } from './status.ts'

export interface Finding extends Reason {
  /**
   * What it is about, in nobody's language: a fact's subject, a file's title, the question on the other side. Findings
   * of one rule are ordered by it, so that they stand alike in every language.
   */
  about: string
  /** The claims that it speaks about; empty where it speaks about the answer as a whole. */
  claims: string[]
  /** A contradiction that an exception turns into "partly in place". */
  excusable: boolean
  /** A weakening that shows that "all" is not all. */
  counterExample: boolean
  /** Rests on a kind of evidence that supports only weakly, such as a screenshot. */
  ofWeakKind: boolean
}

/** An answer under examination. */
export interface Subject {
  question: Question
  control: Control | null
  /** Claims that assert something: their meaning is met or partly. */
  asserted: string[]
  answerNumber: number | null
  words: ReasonWords
}

/** Worst first; also the order in which reasons are told. */
export const OUTCOME_ORDER: readonly Outcome[] = [
  'contradicts',
  'weakens',
  'stale',
  'supports',
  'not-comparable',
]

export function finding(parts: Pick<Finding, 'outcome' | 'sentence'> & Partial<Finding>): Finding {
  return {
    remedy: null,
    ruleId: null,
    factIds: [],
    revisionIds: [],
    about: '',
    claims: [],
    excusable: false,
    counterExample: false,
    ofWeakKind: false,
    ...parts,
  }
}

/** Without repetition and in one order, whatever order the facts came in. */
export function tidyFindings(findings: readonly Finding[]): Finding[] {
  const groups = groupBy(findings, (item) => {
    // Several rules look at one fact; that it is too old or seen from elsewhere is told once.
    const rule = item.outcome === 'stale' || item.outcome === 'not-comparable' ? null : item.ruleId
    return JSON.stringify([item.outcome, rule, item.factIds, item.revisionIds, item.sentence])
  })
  const merged = [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [{ ...first, claims: unique(group.flatMap((item) => item.claims)) }] : []
  })
  return sortedBy(
    merged,
    (item) => OUTCOME_ORDER.indexOf(item.outcome),
    (item) => item.ruleId ?? '~',
    // What is missing or open is about nothing in particular and comes last.
    (item) => (item.about === '' ? 1 : 0),
    (item) => item.about,
    (item) => item.factIds.join(),
    (item) => item.revisionIds.join(),
  )
}

/**
 * A weak kind beside a strong one takes nothing away: what it was too weak to show alone is shown by the other.
 * Otherwise attaching a screenshot to an answer that an export proves would weaken it.
 */
export function withoutNeedlessWeakness(findings: readonly Finding[]): Finding[] {
  const strong = new Set(
    findings.flatMap((item) => (item.outcome === 'supports' && !item.ofWeakKind ? item.claims : [])),
  )
  return findings.filter(
    (item) =>
      !(item.ofWeakKind && item.outcome === 'weakens' && item.claims.every((claim) => strong.has(claim))),
  )
}

export function toReason({ outcome, sentence, remedy, ruleId, factIds, revisionIds }: Finding): Reason {
  return { outcome, sentence, remedy, ruleId, factIds, revisionIds }
}
