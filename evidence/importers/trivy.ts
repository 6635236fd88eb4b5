/** Trivy's JSON reports on images, file systems, repositories and clusters. */
import type { Importer } from './importer.ts'
import { asFlag, asObject, asText } from './json-reader.ts'
import { sniffShape } from './json-shape.ts'
import { type Moment, parseHostTime } from './scan/dates.ts'
import { limitFacts } from './scan/limit-facts.ts'
import { pump } from './scan/pump.ts'
import { createScanReport, type ScanHost } from './scan/report.ts'
import { cut } from './scan/text.ts'
import { createTrivyReader } from './trivy/document.ts'
import { readItem } from './trivy/finding.ts'

export const trivyImporter: Importer = {
  format: 'trivy',
  label: 'Trivy report (JSON)',
  evidenceKind: 'vuln-scan-summary',

  recognises(head) {
    const shape = sniffShape(head)
    if (shape === null) return false
    const isReport =
      shape.has('SchemaVersion') && shape.hasAny('ArtifactName', 'ArtifactType', 'Results[].Target', 'Trivy')
    const isUnversioned =
      shape.has('Results[].Target') &&
      shape.hasAny('Results[].Class', 'Results[].Type', 'Results[].Vulnerabilities')
    const isCluster =
      shape.has('ClusterName') && shape.hasAny('Resources', 'Vulnerabilities', 'Misconfigurations')
    const isLegacy =
      shape.has('[].Target') && shape.hasAny('[].Vulnerabilities', '[].Misconfigurations', '[].Type')
    const isList = shape.has('[].SchemaVersion', '[].ArtifactName')
    return isReport || isUnversioned || isCluster || isLegacy || isList
  },

  read(bytes, options) {
    const { reader, report, end } = startReading()
    return pump(bytes, {
      ...reader,
      takeEvents: report.takeEvents,
      finish() {
        const { summary, warnings } = report.finish(
          { ...options, viewpoint: 'internal' },
          { end: end(), credentialed: null },
        )
        return {
          summary: limitFacts(summary, {
            keys: ['vuln.critical_open_older_than_30d', 'vuln.high_open_older_than_30d', 'vuln.eol_os_count'],
            because: 'Only the images, files or resources named were looked at.',
          }),
          warnings,
        }
      },
    })
  },
}

function startReading() {
  const report = createScanReport({ format: 'trivy', tool: 'Trivy', undatedMeans: 'not-told' })
  let artifact: string | null = null
  let cluster: string | null = null
  let system: string | null = null
  let systemTarget: string | null = null
  let isEndOfLife = false
  let resource: Record<string, string> = {}
  let result: Record<string, string> = {}
  let host: ScanHost | null = null
  let records = 0
  let latest: Moment | null = null
  const ended = new Set<string>()

  const hostOf = (): ScanHost => {
    if (host) return host
    const { Namespace, Kind, Name } = resource
    const named = [Namespace, Kind, Name].filter(Boolean).join('/')
    if (artifact === null && named === '') {
      // The older list names its image in the first target only; the targets behind it are files inside.
      const image = /^(.{1,250}) \(([^()]{1,50})\)$/.exec(result.Target ?? '')
      artifact = image?.[1] ?? (result.Target || cluster || 'Trivy scan')
      system ??= cut(image?.[2], 300)
      if (image) systemTarget = image[0]
      report.addName(artifact)
    }
    const name = named || artifact || 'Trivy scan'
    host = report.openHost({
      name,
      hostname: null,
      address: null,
      externalId: named && cluster ? `${cluster} ${named}` : name,
      operatingSystem: system,
    })
    return host
  }

  const reader = createTrivyReader({
    heading(name, value) {
      const text = asText(value)
      if (name === 'ArtifactName') {
        artifact = cut(text, 300)
        host = null
        if (artifact) {
          report.addName(artifact)
          hostOf()
        }
      } else if (name === 'ClusterName') {
        cluster = cut(text, 300)
        if (cluster) report.addName(cluster)
      } else if (name === 'CreatedAt') {
        const created = parseHostTime(text ?? '')
        if (created && (!latest || created.time > latest.time)) latest = created
      } else if (name === 'Version') report.setVersion(text)
      else if (name === 'OS') {
        const os = asObject(value)
        system = cut([asText(os?.Family), asText(os?.Name)].filter(Boolean).join(' '), 300)
        isEndOfLife = asFlag(os?.EOSL) === true
        if (host) host.description.operatingSystem ??= system
      }
    },
    resource(name, value) {
      resource[name] = cut(asText(value), 150) ?? ''
      host = null
    },
    resourceEnd() {
      hostOf()
      resource = {}
      host = null
    },
    result(name, value) {
      result[name] = cut(asText(value), 300) ?? ''
    },
    resultEnd() {
      hostOf()
      result = {}
    },
    item(kind, fields) {
      if (kind === 'Licenses') return report.count('licenses')
      if (kind === 'Ignored') return report.count('ignored')
      records += 1
      const where = hostOf()
      const target = result.Target ?? ''
      const isSystem = result.Class === 'os-pkgs' || target === systemTarget
      const found = readItem(kind, fields, { target, isSystem })
      if (found === null) return
      const isFirst = isEndOfLife && !ended.has(where.key)
      if (isFirst) ended.add(where.key)
      report.addFinding(
        where,
        found.parts,
        isFirst ? { ...found.signals, endOfLife: 'system' } : found.signals,
      )
    },
  })
  return {
    reader,
    report,
    end(): Moment | null {
      report.setRecords(records)
      return latest
    },
  }
}
