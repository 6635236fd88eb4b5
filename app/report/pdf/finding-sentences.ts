/** What a register of findings says in sentences. */
import type { Words } from '../language/words.ts'
import type { FindingSummary } from '../statement-parts.ts'

export function sentencesOfFindings(
  { say, date }: Words,
  { open, exploited, oldestSeenOn, accepted, falsePositives, fixed, scansNotCounted }: FindingSummary,
): string[] {
  const urgent = open.filter(({ severity }) => severity === 'critical' || severity === 'high')
  const late = urgent.reduce((sum, row) => sum + row.upTo90Days + row.upTo180Days + row.older, 0)
  return [
    exploited.open === 0
      ? say('findings.not-exploited')
      : say('findings.exploited', { count: exploited.open, due: exploited.pastDue }),
    late === 0 ? say('findings.none-late') : say('findings.late', { count: late }),
    ...(oldestSeenOn ? [say('findings.oldest', { date: date(oldestSeenOn) })] : []),
    say('findings.others', { accepted, false: falsePositives, fixed }),
    ...(scansNotCounted > 0 ? [say('findings.not-counted', { count: scansNotCounted })] : []),
  ]
}
