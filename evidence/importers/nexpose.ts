/** Rapid7 Nexpose / InsightVM: XML exports 1.0 and 2.0, and the older simple XML. */
import { ImportError, type Importer } from './importer.ts'
import { completeFinding, createReportListener, type NexposeState } from './nexpose/report-document.ts'
import { createSimpleListener } from './nexpose/simple-document.ts'
import { createHeldFindings } from './scan/held-findings.ts'
import { pump } from './scan/pump.ts'
import { createScanReport } from './scan/report.ts'
import { createElementHandlers, type ElementListener } from './xml-elements.ts'
import { findRootElement } from './xml-encoding.ts'
import { createXmlReader } from './xml-reader.ts'

const ROOTS = new Set(['nexposereport', 'nexposesimplexml'])

export const nexposeImporter: Importer = {
  format: 'nexpose',
  label: 'Rapid7 Nexpose / InsightVM (XML)',
  evidenceKind: 'vuln-scan-summary',

  recognises: (head) => ROOTS.has(findRootElement(head)?.toLowerCase() ?? ''),

  read(bytes, options) {
    const report = createScanReport({ format: 'nexpose', tool: 'Rapid7 Nexpose', undatedMeans: 'stopped' })
    const held = createHeldFindings(report)
    const state: NexposeState = {
      report,
      held,
      definitions: new Map(),
      scans: new Map(),
      hosts: new Map(),
      lastEnd: null,
      names: [],
    }
    const reader = createXmlReader((collectText) =>
      createElementHandlers(createRootListener(state), collectText),
    )
    let isWhole = false
    return pump(bytes, {
      write: reader.write,
      end() {
        reader.end()
        isWhole = true
      },
      takeEvents: () =>
        isWhole ? held.release((finding) => completeFinding(finding, state)) : report.takeEvents(),
      finish() {
        const { hosts, scans, lastEnd, names } = state
        for (const name of names) report.addName(name)
        for (const [host, scan] of hosts) {
          const end = scan === null ? lastEnd : (scans.get(scan) ?? null)
          report.closeHost(host, { end, credentialed: null, isWeb: false })
        }
        if (held.count() > 0) report.setRecords(held.count())
        return report.finish(options, { end: lastEnd, credentialed: null })
      },
    })
  },
}

/** Which of the two it is, is known from the root. */
function createRootListener(state: NexposeState): ElementListener {
  let listener: ElementListener | null = null
  return {
    open(path, attributes) {
      listener ??= listenerOf(path, state)
      return listener.open(path, attributes)
    },
    close: (path, text, wasCut) => listener?.close(path, text, wasCut),
  }
}

function listenerOf(root: string, state: NexposeState): ElementListener {
  if (root === 'nexposereport') return createReportListener(state)
  if (root === 'nexposesimplexml') return createSimpleListener(state)
  throw new ImportError('unrecognised', 'The file is no Nexpose export.')
}
