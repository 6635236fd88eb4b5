/** Whether each fact stands in the entry that recorded what was read from its file. */
import type { FactsDocument } from './documents.ts'
import { entriesOf, isSame, type ProvedEntry } from './proved-entry.ts'

export interface FactVerdict {
  proved: number
  /** Keys of facts that were counted from the register of findings; the ledger has them for the whole organisation. */
  counted: string[]
  faults: string[]
}

/** Facts that follow from the register of findings and a list of exploited weaknesses, not from one file alone. */
const COUNTED = /^vuln\.kev_/

export function judgeFacts({ facts }: FactsDocument, entries: readonly ProvedEntry[]): FactVerdict {
  const verdict: FactVerdict = { proved: 0, counted: [], faults: [] }
  for (const { revisionId, fact, recordedAt } of facts) {
    const readings = entriesOf(entries, ['scan.imported', 'check.finished'], { revisionId })
    const isRecorded = readings.some(
      ({ at, payload }) => at === recordedAt && (payload.facts as unknown[]).some((one) => isSame(one, fact)),
    )
    if (isRecorded) verdict.proved += 1
    else if (COUNTED.test(fact.key)) verdict.counted.push(fact.key)
    else verdict.faults.push(`The ledger recorded no such fact ${fact.key} for revision ${revisionId}.`)
  }
  return verdict
}
