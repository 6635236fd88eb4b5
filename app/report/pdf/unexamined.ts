/** What nobody looked at, in sentences; the pages and their accessible twin say the same. */
import type { Account } from './account.ts'

export function listUnexamined({
  statement,
  words,
  evidenceId,
}: Pick<Account, 'statement' | 'words' | 'evidenceId'>): string[] {
  const { say } = words
  const { scans, facts } = statement
  const seenFrom = new Set(scans.map(({ viewpoint }) => viewpoint))
  const blind = scans.flatMap(({ revisionId, assets, credentialedAssets }) => {
    const scan = evidenceId(revisionId) ?? say('unexamined.a-scan')
    if (credentialedAssets === null) return [say('unexamined.credentials-unsaid', { scan })]
    const without = assets - credentialedAssets
    return without <= 0 ? [] : [say('unexamined.credentials-missing', { scan, without, hosts: assets })]
  })
  const bare = controlsWithoutEvidence(statement)
  const partial = facts.filter(({ completeness }) => completeness === 'partial').length
  return [
    ...(seenFrom.has('external') ? [] : [say('unexamined.outside')]),
    ...(seenFrom.has('internal') ? [] : [say('unexamined.inside')]),
    ...blind,
    ...(partial > 0 ? [say('unexamined.partial', { count: partial })] : []),
    ...(bare.length > 0 ? [say('unexamined.bare', { count: bare.length, names: bare.join('; ') })] : []),
    say('unexamined.beyond'),
  ]
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
