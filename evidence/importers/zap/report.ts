/** ZAP's sites and alerts, from XML or JSON, as assets and findings. */
import type { Finding, ImportSummary, ReadOptions, Severity } from '../importer.ts'
import { isAddress } from '../scan/asset.ts'
import type { Moment } from '../scan/dates.ts'
import { parsePort } from '../scan/ports.ts'
import { createScanReport, type ScanHost } from '../scan/report.ts'
import { signalsOf } from '../scan/signals.ts'
import { cut, cvesIn, withoutTags } from '../scan/text.ts'
import { parseZapTime } from './dates.ts'

export interface ZapSite {
  name: string
  host: string
  port: string
  isTls: boolean
}

export interface ZapInstance {
  method: string
  uri: string
  param: string
}

export interface ZapAlert {
  pluginId: string
  alertRef: string
  name: string
  riskCode: string
  confidence: string
  description: string
  solution: string
  otherInfo: string
  /** The first of them. */
  instances: ZapInstance[]
  instanceCount: number
  wasShortened: boolean
}

/** There is no critical. */
const SEVERITIES: Record<string, Severity> = { '3': 'high', '2': 'medium', '1': 'low', '0': 'info' }
/** Somebody marked it so in ZAP. */
const FALSE_POSITIVE = '0'
export const SHOWN_INSTANCES = 20

export function createZapReport() {
  const report = createScanReport({ format: 'zap', tool: 'OWASP ZAP', undatedMeans: 'not-told' })
  let date: Moment | null = null
  let writtenDate = ''
  let alerts = 0

  return {
    takeEvents: report.takeEvents,
    head(version: string, generated: string, created: string): void {
      report.setVersion(version.replace(/^D-/, ''))
      writtenDate ||= created || generated
      // The one with a zone first.
      date ??= parseZapTime(created) ?? parseZapTime(generated)
    },
    openSite({ name, host }: ZapSite): ScanHost {
      report.addName(name || host)
      return report.openHost({
        name: name || host,
        hostname: host === '' || isAddress(host) ? null : host,
        address: isAddress(host) ? host : null,
        externalId: null,
        operatingSystem: null,
      })
    },
    addAlert(target: ScanHost, site: ZapSite, alert: ZapAlert): void {
      alerts += 1
      const severity = SEVERITIES[alert.riskCode.trim()] ?? 'unknown'
      if (severity === 'unknown') report.countUnrated()
      if (alert.wasShortened) report.countShortened()
      report.count('instances', alert.instanceCount)
      const isFalsePositive = alert.confidence.trim() === FALSE_POSITIVE
      if (isFalsePositive) report.count('falsePositives')
      const checkId = cut(alert.alertRef, 64) ?? cut(alert.pluginId, 64) ?? cut(alert.name, 200) ?? 'unknown'
      const parts: Omit<Finding, 'assetKey'> = {
        checkId,
        title: withoutTags(alert.name).slice(0, 500) || `Alert ${checkId}`,
        severity,
        port: parsePort(site.port),
        protocol: 'tcp',
        service: site.isTls ? 'https' : 'http',
        // Alerts about outdated libraries name them in their texts only.
        cves: cvesIn(`${alert.name} ${alert.description} ${alert.otherInfo}`),
        solution: cut(withoutTags(alert.solution), 4000),
        fixAvailableOn: null,
        firstSeenOn: null,
        isSuppressed: isFalsePositive,
        output: outputOf(alert),
      }
      report.addFinding(target, parts, { ...signalsOf(parts, null, null), isFalsePositive })
    },
    finish(options: ReadOptions): { summary: ImportSummary; warnings: string[] } {
      if (date === null && writtenDate.trim() !== '')
        report.addWarning(`The date "${writtenDate.slice(0, 60)}" could not be read.`)
      report.setRecords(alerts)
      return report.finish(options, { end: date, credentialed: null, isWeb: true })
    },
  }
}

export type ZapReport = ReturnType<typeof createZapReport>

function outputOf({ instances, instanceCount, otherInfo }: ZapAlert): string | null {
  const lines = instances.map(({ method, uri, param }) =>
    [method, uri, param && `(${param})`].filter(Boolean).join(' '),
  )
  if (instanceCount > instances.length) lines.push(`and ${instanceCount - instances.length} more`)
  const more = withoutTags(otherInfo)
  return cut([...lines, ...(more ? [more] : [])].join('\n'), 8000)
}
