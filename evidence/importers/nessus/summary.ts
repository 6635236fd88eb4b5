/** What a whole Nessus file amounts to: its date, the warnings, and facts where the date can carry them. */
import type { ImportSummary, ReadOptions } from '../importer.ts'
import { factsOf, many } from './facts.ts'
import type { NessusTally } from './tally.ts'

const HOUR = 3_600_000
/** A time without a zone may be as far ahead of UTC as the easternmost zone. */
const EASTERNMOST = 14 * HOUR
/** Two machines' clocks differ a little. */
const CLOCK_TOLERANCE = 5 * 60_000

export interface FileCounts {
  reportNames: string[]
  assets: number
  unnamedHosts: number
  shortenedItems: number
  unratedItems: number
}

export function summarise(
  tally: NessusTally,
  counts: FileCounts,
  { viewpoint, now }: ReadOptions,
): { summary: ImportSummary; warnings: string[] } {
  const isWebOnly = tally.hosts > 0 && tally.webHosts === tally.hosts
  const tool = isWebOnly ? 'Tenable Web App Scanning' : 'Nessus'
  const scanDate = Number.isFinite(tally.lastEnd) ? new Date(tally.lastEnd).toISOString() : null
  const hurdle = hurdleOf(tally, scanDate, now)
  const subject = `${counts.reportNames.filter(Boolean).join(' and ') || 'Scan'}, ${many(counts.assets, 'host')}`
  const frame = {
    viewpoint,
    subject: subject.slice(0, 500),
    assets: counts.assets,
    collector: tally.version ? `${tool} ${tally.version}` : tool,
    // Read as UTC, a scan of this morning can seem to end tonight; it cannot have been observed later than now.
    observedAt: new Date(Math.min(tally.lastEnd, now.getTime())),
  }
  return {
    summary: {
      format: 'nessus',
      tool,
      toolVersion: tally.version,
      scanDate,
      records: tally.items,
      facts: hurdle ? [] : factsOf(tally, frame),
    },
    warnings: [...qualityWarnings(tally, counts), ...(hurdle ? [hurdle] : [])],
  }
}

/** Why no dated fact can follow from this file. */
function hurdleOf(
  { hosts, lastEnd, zoneMissing }: NessusTally,
  scanDate: string | null,
  now: Date,
): string | null {
  if (hosts === 0)
    return 'The report names no host: nothing answered, or nothing was scanned. No facts follow from it.'
  if (scanDate === null) {
    return 'No host has an end time: the scan was stopped or is not finished. No facts follow from it.'
  }
  if (lastEnd > now.getTime() + (zoneMissing ? EASTERNMOST : CLOCK_TOLERANCE)) {
    return `The scan ends in the future (${scanDate}): a clock or the file is wrong. No facts follow from it.`
  }
  return null
}

function qualityWarnings(tally: NessusTally, counts: FileCounts): string[] {
  const warnings: string[] = []
  if (tally.zoneMissing)
    warnings.push('The file writes its times without a time zone; they were read as UTC.')
  if (tally.unfinishedHosts > 0 && tally.unfinishedHosts < tally.hosts) {
    warnings.push(
      `The scan of ${tally.unfinishedHosts} of ${many(tally.hosts, 'host')} has no end time: it was stopped or is not finished.`,
    )
  }
  if (counts.unratedItems > 0) {
    warnings.push(
      `${many(counts.unratedItems, 'report item')} without a usable severity: the risk factor was used, or none.`,
    )
  }
  if (counts.shortenedItems > 0) {
    warnings.push(
      `Long texts of ${many(counts.shortenedItems, 'finding')} were shortened; the file itself keeps them whole.`,
    )
  }
  if (counts.unnamedHosts > 0)
    warnings.push(`${many(counts.unnamedHosts, 'host')} without a name or an address.`)
  return warnings
}
