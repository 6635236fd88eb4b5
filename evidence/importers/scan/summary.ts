/** What a whole scan file amounts to: its date, the warnings, and facts where the date can carry them. */
import type { ImportSummary, ReadOptions } from '../importer.ts'
import { factsOf, stoppedGap } from './facts.ts'
import type { ScanTally } from './tally.ts'
import { many } from './text.ts'

const HOUR = 3_600_000
/** A time without a zone may be as far ahead of UTC as the easternmost zone. */
const EASTERNMOST = 14 * HOUR
/** Two machines' clocks differ a little. */
const CLOCK_TOLERANCE = 5 * 60_000

export interface FileCounts {
  names: string[]
  assets: number
  unnamedHosts: number
  shortened: number
  unrated: number
}

export interface FileFrame {
  format: string
  tool: string
  version: string | null
  undatedMeans: 'stopped' | 'not-told'
  gaps: string[]
  counts: Record<string, number>
  records?: number
}

export function summarise(
  tally: ScanTally,
  { format, tool, version, undatedMeans, gaps, counts, records }: FileFrame,
  fileCounts: FileCounts,
  { viewpoint, now }: ReadOptions,
): { summary: ImportSummary; warnings: string[] } {
  const scanDate = Number.isFinite(tally.lastEnd) ? new Date(tally.lastEnd).toISOString() : null
  const hurdle = hurdleOf(tally, scanDate, undatedMeans, now)
  const names = fileCounts.names.join(' and ')
  // The number of hosts is no part of it: a rescan of one host more is of the same scope.
  const scope = (names || tool).slice(0, 500)
  const stopped = stoppedGap(tally)
  const frame = {
    viewpoint,
    subject: scope,
    assets: fileCounts.assets,
    collector: version ? `${tool} ${version}` : tool,
    // Read as UTC, a scan of this morning can seem to end tonight; it cannot have been observed later than now.
    observedAt: new Date(Math.min(tally.lastEnd, now.getTime())),
    gaps,
  }
  return {
    summary: {
      format,
      tool,
      toolVersion: version,
      scanDate,
      records: records ?? tally.items,
      // The register closes what a later scan of the same targets no longer sees.
      scope,
      gaps: [...gaps, ...(stopped && undatedMeans === 'stopped' ? [stopped] : [])],
      counts,
      facts: hurdle ? [] : factsOf(tally, frame),
    },
    warnings: [...qualityWarnings(tally, fileCounts), ...(hurdle ? [hurdle] : [])],
  }
}

/** Why no dated fact can follow from this file. */
function hurdleOf(
  { hosts, lastEnd, zoneMissing }: ScanTally,
  scanDate: string | null,
  undatedMeans: FileFrame['undatedMeans'],
  now: Date,
): string | null {
  if (hosts === 0)
    return 'The report names no host: nothing answered, or nothing was scanned. No facts follow from it.'
  if (scanDate === null) {
    return undatedMeans === 'stopped'
      ? 'No host has an end time: the scan was stopped or is not finished. No facts follow from it.'
      : 'The file tells no date, so no facts follow from it. Export the scan in a format that names its date, if the tool has one.'
  }
  if (lastEnd > now.getTime() + (zoneMissing ? EASTERNMOST : CLOCK_TOLERANCE)) {
    return `The scan ends in the future (${scanDate}): a clock or the file is wrong. No facts follow from it.`
  }
  return null
}

function qualityWarnings(tally: ScanTally, counts: FileCounts): string[] {
  const warnings: string[] = []
  if (tally.zoneMissing)
    warnings.push('The file writes its times without a time zone; they were read as UTC.')
  if (tally.unfinishedHosts > 0 && tally.unfinishedHosts < tally.hosts) {
    warnings.push(
      `The scan of ${tally.unfinishedHosts} of ${many(tally.hosts, 'host')} has no end time: it was stopped or is not finished.`,
    )
  }
  if (counts.unrated > 0) {
    warnings.push(`${many(counts.unrated, 'record')} without a usable severity.`)
  }
  if (counts.shortened > 0) {
    warnings.push(
      `Long texts of ${many(counts.shortened, 'finding')} were shortened; the file itself keeps them whole.`,
    )
  }
  if (counts.unnamedHosts > 0)
    warnings.push(`${many(counts.unnamedHosts, 'host')} without a name or an address.`)
  return warnings
}
