/**
 * Findings whose severity stands at the end of the file (Qualys, Nexpose): kept small until then, and made one by one.
 * Memory is bounded by the number of records and by one budget for all their texts.
 */
import { type Finding, ImportError, type ImportEvent } from '../importer.ts'
import type { ScanHost, ScanReport } from './report.ts'
import type { Signals } from './signals.ts'
import { detach } from './text.ts'

const MAXIMUM_RECORDS = 2_000_000
/** Characters of all outputs and solutions together; mostly one byte each. */
const TEXT_BUDGET = 96 * 1024 * 1024
const BATCH = 500

export interface HeldFinding {
  host: ScanHost
  checkId: string
  port: number | null
  protocol: string | null
  service: string | null
  firstSeenOn: string | null
  output: string | null
  isSuppressed: boolean
  isFixed: boolean
  /** The tool lists it for information; whatever it is rated, it is no weakness. */
  isInformation: boolean
}

export interface CompletedFinding {
  parts: Omit<Finding, 'assetKey'>
  signals: Signals
}

export function createHeldFindings(report: ScanReport) {
  const held: HeldFinding[] = []
  const words = new Map<string, string>()
  let budget = TEXT_BUDGET
  let records = 0

  return {
    /** The same few names over and over share one string. */
    intern(text: string): string {
      const known = words.get(text)
      if (known !== undefined) return known
      const own = detach(text)
      if (words.size < 500_000) words.set(own, own)
      return own
    },
    /** The text, cut to what may still be kept. */
    keepText(text: string | null, characters: number): string | null {
      const trimmed = text?.trim()
      if (!trimmed) return null
      const kept = trimmed.slice(0, Math.min(characters, budget))
      if (kept.length < trimmed.length) report.countShortened()
      budget -= kept.length
      return kept === '' ? null : detach(kept)
    },
    add(finding: HeldFinding): void {
      if (held.length >= MAXIMUM_RECORDS) {
        throw new ImportError(
          'too-large',
          `The file holds more than ${MAXIMUM_RECORDS} findings. Export it in parts, for instance by asset group.`,
        )
      }
      held.push(finding)
      records += 1
    },
    count: () => records,
    /** Once, when the file is whole. */
    *release(complete: (finding: HeldFinding) => CompletedFinding): Generator<ImportEvent> {
      for (const [index, finding] of held.entries()) {
        const { parts, signals } = complete(finding)
        report.addFinding(finding.host, parts, signals)
        if (index % BATCH === BATCH - 1) yield* report.takeEvents()
      }
      held.length = 0
      yield* report.takeEvents()
    },
  }
}
