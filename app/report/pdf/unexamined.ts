/** What nobody looked at, in sentences; the pages and their accessible twin say the same. */
import type { Account } from './account.ts'
import { count, groupDigits } from './wording.ts'

export function listUnexamined({
  statement,
  evidenceId,
}: Pick<Account, 'statement' | 'evidenceId'>): string[] {
  const { scans, facts } = statement
  const seenFrom = new Set(scans.map(({ viewpoint }) => viewpoint))
  const blind = scans.flatMap(({ revisionId, assets, credentialedAssets }) => {
    const label = evidenceId(revisionId) ?? 'A scan'
    if (credentialedAssets === null) {
      return [
        `${label} does not say on which hosts the scanner could sign in; without signing in, missing updates stay unseen.`,
      ]
    }
    const without = assets - credentialedAssets
    if (without <= 0) return []
    return [
      `${label}: the scanner could not sign in on ${groupDigits(without)} of ${count(assets, 'host')}; missing updates there stay unseen.`,
    ]
  })
  const bare = controlsWithoutEvidence(statement)
  const partial = facts.filter(({ completeness }) => completeness === 'partial').length
  const sentences = [
    ...(seenFrom.has('external') ? [] : ['Nothing was scanned from the internet.']),
    ...(seenFrom.has('internal') ? [] : ['Nothing was scanned from inside the network.']),
    ...blind,
    ...(partial > 0
      ? [
          `${partial === 1 ? '1 fact covers' : `${groupDigits(partial)} facts cover`} only a part of what is spoken about. Such a fact can show a lack, never that there is none.`,
        ]
      : []),
    ...(bare.length > 0
      ? [`Without any evidence ${bare.length === 1 ? 'is' : 'are'}: ${bare.join('; ')}.`]
      : []),
    'Whatever lies outside the evidence listed in appendix B.',
  ]
  return sentences
}

/** Applicable controls that no file and no fact speaks of, whatever was answered. */
function controlsWithoutEvidence({ controls, answers, evidence }: Account['statement']): string[] {
  const shown = new Set(evidence.flatMap(({ controlIds }) => controlIds))
  const isCited = (reasons: Account['statement']['answers'][number]['reasons']) =>
    reasons.some(({ factIds, revisionIds }) => factIds.length + revisionIds.length > 0)
  for (const { controlId, reasons } of answers) if (controlId && isCited(reasons)) shown.add(controlId)
  return controls
    .filter(({ id, status, reasons }) => status !== 'not-applicable' && !shown.has(id) && !isCited(reasons))
    .map(({ label }) => label)
}
