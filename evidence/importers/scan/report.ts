/** What every importer of a scan builds on: hosts and findings in, events and counts out, the whole scan as facts. */
import type { Asset, Finding, ImportEvent, ImportSummary, ReadOptions } from '../importer.ts'
import { createAssetKeys } from './asset.ts'
import type { Moment } from './dates.ts'
import type { PortUse, Signals } from './signals.ts'
import { type FileCounts, summarise } from './summary.ts'
import {
  countFinding,
  countHost,
  countOpenPort,
  type HostEnd,
  type HostTally,
  newHostTally,
  newTally,
} from './tally.ts'
import { cut } from './text.ts'

export interface ScanHost {
  key: string
  tally: HostTally
  description: Omit<Asset, 'key' | 'credentialed'>
  isClosed: boolean
}

export interface HostIdentity extends Omit<Asset, 'key' | 'credentialed'> {
  /** As the file names it; the key shows it. Empty: the address. */
  name: string
}

export interface ScanTool {
  format: string
  tool: string
  /** A file without any date is a stopped scan, or a format that tells none. */
  undatedMeans: 'stopped' | 'not-told'
  /** The format tells findings; which ports answer is told, if at all, by a list of its own. */
  needsPortList?: boolean
}

export interface ScanEnd {
  end: Moment | null
  credentialed: boolean | null
  isWeb?: boolean
}

export type ScanReport = ReturnType<typeof createScanReport>

/** Subjects named in one file; a merged file can have many. */
const MAXIMUM_NAMES = 3

export function createScanReport(scanTool: ScanTool) {
  const tally = newTally()
  const assetKeys = createAssetKeys()
  const hosts = new Map<string, ScanHost>()
  const names: string[] = []
  const gaps = new Set<string>()
  const warnings = new Set<string>()
  const counts: Record<string, number> = {}
  let version: string | null = null
  let tool = scanTool.tool
  let shortened = 0
  let unrated = 0
  let records: number | null = null
  let events: ImportEvent[] = []

  const closeHost = (host: ScanHost, { end, credentialed, isWeb }: HostEnd) => {
    countHost(tally, host.tally, { end, credentialed, isWeb }, scanTool.needsPortList ?? false)
    host.tally = newHostTally()
    if (host.isClosed) return
    host.isClosed = true
    events.push({ type: 'asset', asset: { key: host.key, ...host.description, credentialed } })
  }

  return {
    /** The same machine again, within the file, is the same host. */
    openHost({ name, ...description }: HostIdentity): ScanHost {
      const { key } = assetKeys.keyOf({ name, ...description })
      const known = hosts.get(key)
      if (known) return known
      const host: ScanHost = {
        key,
        tally: newHostTally(),
        description: {
          hostname: cut(description.hostname, 500),
          address: cut(description.address, 100),
          externalId: cut(description.externalId, 300),
          // Several guesses stand on a line each.
          operatingSystem: cut(description.operatingSystem?.replace(/\s*\n\s*/g, ' or '), 300),
        },
        isClosed: false,
      }
      hosts.set(key, host)
      return host
    },
    addFinding(host: ScanHost, parts: Omit<Finding, 'assetKey'>, signals: Signals): void {
      const finding: Finding = { assetKey: host.key, ...parts }
      // What the tool was told to pass over is as open as before (decision 0010); what people judged false is not there.
      if (signals.isFalsePositive) tally.dismissed += 1
      else if (!finding.isFixed) countFinding(tally, host.tally, finding, signals)
      events.push({ type: 'finding', finding })
    },
    /** A port that answers, where the format lists them beside its findings. */
    addOpenPort(host: ScanHost, use: PortUse): void {
      countOpenPort(tally, host, use)
    },
    /** The check that lists the ports of a host was among its findings. */
    notePortList(host: ScanHost): void {
      host.tally.sawPortList = true
    },
    /** Where a format closes its hosts one by one; all others are closed by `finish`. */
    closeHost,
    /** What was looked at: a report's name, a target, a tenant. */
    addName(name: string): void {
      const kept = cut(name, 150)
      if (kept && names.length < MAXIMUM_NAMES && !names.includes(kept)) names.push(kept)
    },
    setVersion(text: string | null | undefined): void {
      version ??= cut(text, 40)
    },
    setTool(name: string): void {
      tool = name
    },
    /** Why the file is not the whole of its scope. */
    addGap: (gap: string) => void gaps.add(gap),
    addWarning(warning: string): void {
      if (warnings.size < 100) warnings.add(warning)
    },
    count(name: string, by = 1): void {
      counts[name] = (counts[name] ?? 0) + by
    },
    countShortened(): void {
      shortened += 1
    },
    countUnrated(): void {
      unrated += 1
    },
    /** Where source records are not findings one to one. */
    setRecords(count: number): void {
      records = count
    },
    takeEvents(): ImportEvent[] {
      const taken = events
      events = []
      return taken
    },
    /** @param last how the hosts end that were not closed before; the file's own date */
    finish(
      options: ReadOptions,
      last: ScanEnd = { end: null, credentialed: null },
    ): { summary: ImportSummary; warnings: string[] } {
      for (const host of hosts.values()) if (!host.isClosed) closeHost(host, { isWeb: false, ...last })
      const fileCounts: FileCounts = {
        names,
        assets: assetKeys.count(),
        unnamedHosts: assetKeys.countUnnamed(),
        shortened,
        unrated,
      }
      const { summary, warnings: found } = summarise(
        tally,
        { ...scanTool, tool, version, gaps: [...gaps], counts, records: records ?? undefined },
        fileCounts,
        options,
      )
      return { summary, warnings: [...warnings, ...found] }
    },
  }
}
