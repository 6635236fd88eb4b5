/** Checks that a schema cannot express: every name in the catalogue leads somewhere and every sentence can be filled. */
import type { Catalogue, Control, ControlRule, EvidenceRule } from './controls.ts'

export interface CatalogueFault {
  path: (string | number)[]
  message: string
}

const RULE_WORDS = ['value', 'counts', 'numerator', 'denominator', 'observed', 'subject', 'note']
const EVIDENCE_WORDS = ['title', 'observed', 'ended']
const CHECK_WORDS = ['other']

/** An empty list means that the catalogue is whole. */
export function listCatalogueFaults(catalogue: Catalogue): CatalogueFault[] {
  const domains = new Set(catalogue.domains.map((domain) => domain.id))
  const kinds = new Set(catalogue.evidenceKinds.map((kind) => kind.id))
  const claims = new Map(catalogue.controls.map((control) => [control.id, Object.keys(control.claims)]))
  return [
    ...repeated('domains', catalogue.domains),
    ...repeated('evidenceKinds', catalogue.evidenceKinds),
    ...repeated('controls', catalogue.controls),
    ...repeated(
      'controls',
      catalogue.controls.flatMap((control) => control.rules),
    ),
    ...catalogue.controls.flatMap((control, index) =>
      controlFaults(control, ['controls', index], domains, kinds),
    ),
    ...(catalogue.evidenceRules ?? []).flatMap((rule, index) =>
      evidenceRuleFaults(rule, ['evidenceRules', index], kinds),
    ),
    ...(catalogue.crossChecks ?? []).flatMap((check, index) => {
      const path = ['crossChecks', index]
      const selectors = [check.first, check.second].flatMap((selector) => {
        if ('question' in selector) return []
        const known = claims.get(selector.control)
        if (!known) return [{ path, message: `Control "${selector.control}" does not exist.` }]
        return 'claims' in selector ? unknownNames(selector.claims, known, path, 'Claim') : []
      })
      return [...selectors, ...wordFaults([check.reason], CHECK_WORDS, path)]
    }),
  ]
}

function controlFaults(
  control: Control,
  path: CatalogueFault['path'],
  domains: Set<string>,
  kinds: Set<string>,
): CatalogueFault[] {
  const claims = Object.keys(control.claims)
  const named = [...control.evidence, ...(control.corroborating ?? []).map(({ kind }) => kind)]
  return [
    ...unknownNames([control.domain], [...domains], path, 'Domain'),
    ...unknownNames(named, [...kinds], path, 'Evidence kind'),
    ...control.rules.flatMap((rule, index) => ruleFaults(rule, [...path, 'rules', index], claims)),
    ...(control.evidenceRules ?? []).flatMap((rule, index) => [
      ...evidenceRuleFaults(rule, [...path, 'evidenceRules', index], kinds),
      ...unknownNames(rule.claims ?? [], claims, [...path, 'evidenceRules', index], 'Claim'),
    ]),
  ]
}

function ruleFaults(rule: ControlRule, path: CatalogueFault['path'], claims: string[]): CatalogueFault[] {
  const untested = !rule.contradicts && !rule.weakens && !rule.supports
  return [
    ...unknownNames(rule.claims, claims, path, 'Claim'),
    ...(untested ? [{ path, message: `Rule "${rule.id}" tests nothing.` }] : []),
    ...wordFaults([rule.reason, rule.supportsReason ?? ''], RULE_WORDS, path),
  ]
}

function evidenceRuleFaults(
  rule: EvidenceRule,
  path: CatalogueFault['path'],
  kinds: Set<string>,
): CatalogueFault[] {
  return [
    ...unknownNames([rule.kind], [...kinds], path, 'Evidence kind'),
    ...wordFaults([rule.reason], EVIDENCE_WORDS, path),
  ]
}

function repeated(where: string, entries: readonly { id: string }[]): CatalogueFault[] {
  const seen = new Set<string>()
  return entries
    .filter(({ id }) => seen.has(id) || !seen.add(id))
    .map(({ id }) => ({ path: [where], message: `"${id}" is there twice.` }))
}

function unknownNames(
  names: readonly string[],
  known: readonly string[],
  path: CatalogueFault['path'],
  what: string,
): CatalogueFault[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({ path, message: `${what} "${name}" does not exist.` }))
}

function wordFaults(
  sentences: readonly string[],
  known: readonly string[],
  path: CatalogueFault['path'],
): CatalogueFault[] {
  const words = sentences.flatMap((sentence) =>
    [...sentence.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? ''),
  )
  return unknownNames(words, known, path, 'Placeholder')
}
