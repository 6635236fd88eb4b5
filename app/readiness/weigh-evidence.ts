/** What attached documents say by themselves, where no fact was read out of them. */
import type { Catalogue, EvidenceRule } from '#questionnaires/controls.ts'
import { findEvidenceKind } from '#questionnaires/controls.ts'
import { type Finding, finding, type Subject } from './findings.ts'
import type { ReasonWords } from './language/reason-words.ts'
import { groupBy, sortedBy } from './order.ts'
import { fillSentence, shorten } from './sentences.ts'
import { type Standing, standingOf } from './standing.ts'
import type { EvidenceSource } from './status.ts'

interface Attached {
  source: EvidenceSource
  standing: Standing
}

/** The newest revision of each item counts. */
export function currentEvidence(
  evidence: readonly EvidenceSource[],
  catalogue: Catalogue,
  now: Date,
  words: ReasonWords,
): Attached[] {
  const standing = sortedBy(
    evidence,
    (source) => source.evidenceId,
    (source) => source.revisionId,
  ).map((source) => ({
    source,
    standing: standingOf(source, catalogue, now, words),
  }))
  return [...groupBy(standing, ({ source }) => source.evidenceId).values()].flatMap((revisions) => {
    const placed = revisions.filter((item) => item.standing.state !== 'ignored')
    return sortedBy(
      placed.length > 0 ? placed : revisions,
      (item) => -(item.source.observedAt.getTime() || 0),
      (item) => item.source.revisionId,
    ).slice(0, 1)
  })
}

export function weighEvidence(
  subject: Subject,
  attached: readonly Attached[],
  catalogue: Catalogue,
  speaking: ReadonlySet<string>,
): Finding[] {
  const { question, control, asserted, words } = subject
  if (!control || asserted.length === 0) return []
  const linked = attached.filter(
    ({ source }) => source.questionIds.includes(question.id) || source.controlIds.includes(control.id),
  )
  const rules = [...(catalogue.evidenceRules ?? []), ...(control.evidenceRules ?? [])]
  const ruled = new Set((catalogue.evidenceRules ?? []).map((rule) => rule.kind))
  return [
    ...rules.flatMap((rule) => applyEvidenceRule(rule, linked, asserted, words)),
    ...linked
      .filter(({ source }) => !ruled.has(source.kind) && !speaking.has(source.revisionId))
      .flatMap((item) => weigh(item, subject, catalogue)),
  ]
}

function weigh(
  { source, standing }: Attached,
  { control, asserted, words: { say, day } }: Subject,
  catalogue: Catalogue,
): Finding[] {
  const about = { about: source.title, claims: asserted, revisionIds: [source.revisionId] }
  const name = say('named', { kind: standing.kindLabel, title: shorten(source.title) })
  const { why: because } = standing
  if (standing.state === 'ignored') {
    const remedy = say('file-ignored.remedy')
    return [
      finding({
        ...about,
        outcome: 'not-comparable',
        sentence: say('file-ignored', { name, why: because }),
        remedy,
      }),
    ]
  }
  if (!control?.evidence.includes(source.kind)) {
    const why = control?.corroborating?.find(({ kind }) => kind === source.kind)?.why ?? say('file-alone.why')
    return [
      finding({
        ...about,
        outcome: 'not-comparable',
        sentence: say('file-alone', { name, why }),
      }),
    ]
  }
  if (standing.state === 'stale') {
    const remedy = say('collect-again', { kind: standing.kindLabel })
    return [
      finding({
        ...about,
        outcome: 'stale',
        sentence: say('file-stale', { name, why: because }),
        remedy,
      }),
    ]
  }
  const note = standing.why ? ` ${standing.why}` : ''
  const sentence = say('file-supports', { name, day: day(source.observedAt) }) + note
  const weak = findEvidenceKind(catalogue, source.kind)?.weakBecause
  return [
    finding({ ...about, outcome: 'supports', sentence, ofWeakKind: Boolean(weak) }),
    ...(weak
      ? [
          finding({
            ...about,
            outcome: 'weakens',
            sentence: say('file-weak', { name, why: weak }),
            remedy: say('file-weak.remedy'),
            ofWeakKind: true,
          }),
        ]
      : []),
  ]
}

function applyEvidenceRule(
  rule: EvidenceRule,
  linked: readonly Attached[],
  asserted: readonly string[],
  { say, day }: ReasonWords,
): Finding[] {
  const claims = asserted.filter((claim) => !rule.claims || rule.claims.includes(claim))
  const ofKind = linked.filter(({ source }) => source.kind === rule.kind)
  const isInForce = ({ standing }: Attached) => standing.state === 'fresh' || standing.state === 'expiring'
  const inForce = ofKind.filter(isInForce)
  if (linked.some((item) => item.source.kind === rule.unlessKind && isInForce(item))) return []
  const hits =
    rule.when === 'in-force'
      ? inForce
      : inForce.length === 0
        ? ofKind.filter(({ standing }) => standing.ended)
        : []
  if (claims.length === 0) return []
  return hits.map(({ source }) => {
    const { validUntil } = source
    const sentence = fillSentence(rule.reason, {
      title: shorten(source.title),
      observed: say('dated-on', { day: day(source.observedAt) }),
      ended: validUntil ? day(validUntil) : say('unknown-date'),
    })
    return finding({
      outcome: rule.outcome,
      sentence,
      remedy: rule.remedy,
      ruleId: rule.id,
      about: source.title,
      revisionIds: [source.revisionId],
      claims,
    })
  })
}
