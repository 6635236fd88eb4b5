/** Microsoft Defender's export of weaknesses by device: API answers, the two kinds of files of a ZIP, and tables. */
import { type Columns, readHeader, sniffRows } from './csv-reader.ts'
import {
  type DefenderDevice,
  deviceOf,
  type Get,
  getFrom,
  isDevice,
  readDevice,
  readWeakness,
} from './defender/record.ts'
import type { Importer, ImportSummary, ReadOptions } from './importer.ts'
import { readJsonOrTable, sniffShape } from './json-shape.ts'
import { readCsvScan } from './scan/csv-scan.ts'
import type { Moment } from './scan/dates.ts'
import { limitFacts } from './scan/limit-facts.ts'
import { pump } from './scan/pump.ts'
import { createScanReport, type ScanHost } from './scan/report.ts'
import { detach } from './scan/text.ts'
import { createGraphPages, looksLikeGraph } from './tenant/graph-pages.ts'

/** Names that mark one kind of record each. */
const KINDS = [
  ['machineId', 'cveId'],
  ['deviceId', 'cveId', 'softwareName'],
  ['computerDnsName', 'onboardingStatus'],
  ['computerDnsName', 'healthStatus'],
]

function isHeader(columns: Columns): boolean {
  const has = (name: string) => columns.has(name)
  return (has('deviceId') || has('machineId')) && has('cveId') && (has('softwareName') || has('productName'))
}

export const defenderImporter: Importer = {
  format: 'defender',
  label: 'Microsoft Defender vulnerabilities (JSON or CSV)',
  evidenceKind: 'vuln-scan-summary',

  recognises(head) {
    const shape = sniffShape(head)
    if (shape === null) return sniffRows(head).some((cells) => isHeader(readHeader(cells)))
    return KINDS.some((names) => looksLikeGraph(shape, names))
  },

  read(bytes, given) {
    // Defender's sensor sits inside, wherever the export was made.
    const options: ReadOptions = { ...given, viewpoint: 'internal' }
    const { report, add, end, limit } = startReading()
    const limited = async function* (reading: ReturnType<Importer['read']>): ReturnType<Importer['read']> {
      return limit(yield* reading)
    }
    return limited(
      readJsonOrTable(bytes, {
        json(source) {
          const reader = createGraphPages({ record: (record) => add(getFrom(record)) })
          return pump(source, {
            ...reader,
            takeEvents: report.takeEvents,
            finish() {
              for (const gap of reader.gaps()) {
                report.addGap(gap)
                report.addWarning(gap)
              }
              end()
              return report.finish(options)
            },
          })
        },
        table: (source) =>
          readCsvScan(source, options, report, {
            isHeader,
            row: add,
            end() {
              end()
              return { end: null, credentialed: null }
            },
          }),
      }),
    )
  },
}

interface SeenDevice {
  host: ScanHost
  seen: Moment | null
  isOnboarded: boolean | null
}

function startReading() {
  const report = createScanReport({
    format: 'defender',
    tool: 'Microsoft Defender',
    undatedMeans: 'not-told',
  })
  const devices = new Map<string, SeenDevice>()
  let records = 0
  let software = 0

  const deviceFor = (found: DefenderDevice): SeenDevice => {
    const known = devices.get(found.id)
    if (!known) {
      const host = report.openHost({
        // Files of one export meet by the id.
        name: found.id,
        hostname: found.name,
        address: found.address,
        externalId: found.id || null,
        operatingSystem: found.system,
      })
      const device = { host, seen: found.seen, isOnboarded: found.isOnboarded }
      devices.set(detach(found.id), device)
      return device
    }
    const { description } = known.host
    description.hostname ??= found.name?.slice(0, 500) ?? null
    description.operatingSystem ??= found.system?.slice(0, 300) ?? null
    if (found.seen && (!known.seen || found.seen.time > known.seen.time)) known.seen = found.seen
    return known
  }

  return {
    report,
    add(get: Get): void {
      records += 1
      if (isDevice(get)) {
        deviceFor(readDevice(get))
        report.count('machines')
        return
      }
      software += 1
      const { host } = deviceFor(deviceOf(get))
      const weakness = readWeakness(get)
      if (weakness === null) {
        report.count('withoutWeakness')
        return
      }
      if (weakness.parts.severity === 'unknown') report.countUnrated()
      report.addFinding(host, weakness.parts, weakness.signals)
    },
    end(): void {
      report.setRecords(records)
      report.addName('Devices known to Microsoft Defender')
      for (const { host, seen, isOnboarded } of devices.values())
        report.closeHost(host, { end: seen, credentialed: isOnboarded, isWeb: false })
    },
    /** A list of devices alone says nothing about weaknesses. */
    limit: (summary: ImportSummary): ImportSummary =>
      limitFacts(summary, {
        keys:
          software === 0
            ? ['asset.device_count']
            : [
                'vuln.internal_scan_age_days',
                'vuln.critical_open_older_than_30d',
                'vuln.high_open_older_than_30d',
              ],
        because:
          software === 0
            ? 'Defender sees the devices that it was told of.'
            : 'Defender sees the devices that run its sensor, and counts ages from its own first sight of a weakness.',
      }),
  }
}
