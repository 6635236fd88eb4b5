/** What is missing under an answer and would carry it, read off the catalogue: facts with what they must say, and documents. */
import { findFactEntry } from '#evidence/facts.ts'
import type { Catalogue, Control, FactTest } from '#questionnaires/controls.ts'
import { findEvidenceKind } from '#questionnaires/controls.ts'
import type { Question } from '#questionnaires/definition.ts'
import { SEEN_FROM, speaksAbout } from './apply-rules.ts'
import { assertedClaims } from './judge-answer.ts'
import { groupBy, unique } from './order.ts'
import { countOf, listInWords } from './sentences.ts'

export interface WouldSupport {
  /** Each of them, complete and current, supports the answer or one of its claims. */
  facts: { key: string; label: string; needs: string; seen: string }[]
  /** Kinds of documents; `keeps` says for how long one counts. */
  evidence: { kind: string; label: string; note: string | null; keeps: string }[]
}

/**
 * Empty lists where the answer claims nothing, or nothing in the catalogue could ever support it.
 * @param claims what the answer claims, as in `AnswerReadiness.claims`
 */
export function whatWouldSupport(
  question: Question,
  control: Control | null,
  claims: readonly string[],
  catalogue: Catalogue,
): WouldSupport {
  const asserted = assertedClaims(control, claims)
  if (!control || asserted.length === 0) return { facts: [], evidence: [] }
  const rules = control.rules.filter(
    (rule) =>
      rule.supports && rule.claims.some((claim) => asserted.includes(claim)) && speaksAbout(rule, question),
  )
  const facts = [...groupBy(rules, ({ fact }) => fact)].map(([key, group]) => ({
    key,
    label: findFactEntry(key)?.label ?? key,
    needs: listInWords(
      unique(group.flatMap(({ supports }) => (supports ? [testInWords(supports, unitOf(key))] : []))),
    ),
    seen: listInWords(unique(group.flatMap((rule) => rule.viewpoints.map((place) => SEEN_FROM[place])))),
  }))
  const evidence = control.evidence.map((kind) => {
    const known = findEvidenceKind(catalogue, kind)
    return {
      kind,
      label: known?.label ?? kind,
      note: known?.weakBecause ?? known?.note ?? null,
      keeps: known?.maximumDays ? `counts for ${countOf(known.maximumDays, 'day')}` : 'counts until it ends',
    }
  })
  return { facts, evidence }
}

function unitOf(key: string): string {
  switch (findFactEntry(key)?.kind) {
    case 'percent':
      return ' %'
    case 'age-days':
      return ' days'
    case 'age-hours':
      return ' hours'
    case 'money':
      return ' (minor units)'
    default:
      return ''
  }
}

/** `at least 100 %`, `yes`, `within the last 365 days`. */
function testInWords(test: FactTest, unit: string): string {
  if ('is' in test) return test.is === true ? 'yes' : test.is === false ? 'no' : `${test.is}${unit}`
  if ('isOneOf' in test) return listInWords(test.isOneOf)
  if ('isNoneOf' in test) return `anything but ${listInWords(test.isNoneOf)}`
  if ('below' in test) return `below ${test.below}${unit}`
  if ('above' in test) return `above ${test.above}${unit}`
  if ('atLeast' in test) return `at least ${test.atLeast}${unit}`
  if ('atMost' in test) return `at most ${test.atMost}${unit}`
  if ('between' in test) return `from ${test.between[0]} to below ${test.between[1]}${unit}`
  if ('olderThanDays' in test) return `any date more than ${test.olderThanDays} days ago`
  if ('withinDays' in test) return `a date within the last ${test.withinDays} days`
  if ('everyOne' in test) return 'every one'
  if ('overcounted' in test) return 'more than there are'
  if ('partial' in test) return 'part of them'
  if ('aboveAnswer' in test) return 'more than the answer states'
  if ('atMostAnswer' in test) return 'no more than the answer states'
  if ('belowAnswerBy' in test) return `more than ${test.belowAnswerBy}${unit} below what the answer states`
  return `more than ${test.differsFromAnswerByPercent} % away from what the answer states`
}
