/** What a register of findings says in sentences. */
import type { FindingSummary } from '../statement-parts.ts'
import { count, groupDigits, wordDate } from './wording.ts'

export function sentencesOfFindings({
  open,
  exploited,
  oldestSeenOn,
  accepted,
  falsePositives,
  fixed,
  scansNotCounted,
}: FindingSummary) {
  const urgent = open.filter(({ severity }) => severity === 'critical' || severity === 'high')
  const late = urgent.reduce((sum, row) => sum + row.upTo90Days + row.upTo180Days + row.older, 0)
  return [
    exploited.open === 0
      ? 'No open finding is in CISA’s list of exploited weaknesses, as the preparer last loaded it.'
      : `${count(exploited.open, 'open finding')} ${exploited.open === 1 ? 'is' : 'are'} in CISA’s list of exploited weaknesses; ${count(exploited.pastDue, 'is', 'are')} past that list’s date.`,
    late === 0
      ? 'No critical or high finding has been open for more than 30 days.'
      : `${count(late, 'critical or high finding')} ${late === 1 ? 'has' : 'have'} been open for more than 30 days.`,
    ...(oldestSeenOn ? [`The oldest open finding was first seen on ${wordDate(oldestSeenOn)}.`] : []),
    `${count(accepted, 'finding')} ${accepted === 1 ? 'is' : 'are'} accepted for a time, ${groupDigits(falsePositives)} judged false, ${groupDigits(fixed)} found fixed by a later scan.`,
    ...(scansNotCounted > 0
      ? [
          `${count(scansNotCounted, 'scan')} that had just come in or been withdrawn ${scansNotCounted === 1 ? 'is' : 'are'} not counted here yet.`,
        ]
      : []),
  ]
}
