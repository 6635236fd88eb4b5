/** Tenable Nessus v2 exports (.nessus): hosts become assets, report items findings, the whole scan facts. */

import type { Importer } from './importer.ts'
import { createNessusHandlers, type NessusListener, ROOT } from './nessus/document.ts'
import { readFinding } from './nessus/finding.ts'
import { credentialedOf, describeHost, endOf } from './nessus/host.ts'
import { rangeHasPort, readScanInformation, SCAN_INFORMATION_PLUGIN } from './nessus/scan-information.ts'
import { nessusSignals } from './nessus/signals.ts'
import { pump } from './scan/pump.ts'
import { createScanReport, type ScanHost } from './scan/report.ts'
import { findRootElement } from './xml-encoding.ts'
import { createXmlReader } from './xml-reader.ts'

export const nessusImporter: Importer = {
  format: 'nessus',
  label: 'Nessus scan (.nessus)',
  evidenceKind: 'vuln-scan-summary',

  recognises(head) {
    return findRootElement(head)?.toLowerCase() === ROOT
  },

  read(bytes, options) {
    const { listener, report } = startReading()
    const reader = createXmlReader((collectText) => createNessusHandlers(listener, collectText))
    return pump(bytes, { ...reader, takeEvents: report.takeEvents, finish: () => report.finish(options) })
  },
}

/** Turns the document's elements into events and counts. */
function startReading() {
  const report = createScanReport({ format: 'nessus', tool: 'Nessus', undatedMeans: 'stopped' })
  let host: ScanHost | null = null
  let itemCredentials: boolean | null = null
  let hosts = 0
  let webHosts = 0

  const listener: NessusListener = {
    report: report.addName,
    item(nessusHost, item) {
      host ??= report.openHost({ name: nessusHost.name, ...describeHost(nessusHost) })
      const { parts, publishedOn, isRated } = readFinding(item)
      if (!isRated) report.countUnrated()
      if (item.wasShortened) report.countShortened()
      if (item.pluginId === SCAN_INFORMATION_PLUGIN) {
        const information = readScanInformation(item.fields.plugin_output)
        report.setVersion(information.version)
        itemCredentials ??= information.credentialed
        const range = information.portRange
        if (range !== null) host.tally.wasScanned ??= (port) => rangeHasPort(range, port)
      }
      report.addFinding(host, parts, nessusSignals(item, parts.port, publishedOn))
    },
    hostEnd(nessusHost) {
      host ??= report.openHost({ name: nessusHost.name, ...describeHost(nessusHost) })
      const isWeb = nessusHost.properties['system-type']?.trim() === 'web_application'
      hosts += 1
      if (isWeb) webHosts += 1
      report.setTool(webHosts === hosts ? 'Tenable Web App Scanning' : 'Nessus')
      report.closeHost(host, {
        end: endOf(nessusHost.properties),
        credentialed: credentialedOf(nessusHost.properties, itemCredentials),
        isWeb,
      })
      host = null
      itemCredentials = null
    },
  }
  return { listener, report }
}
