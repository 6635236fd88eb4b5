/** Qualys XML: reports about assets (`ASSET_DATA_REPORT`) and the results of one scan (`SCAN`). */
import { ImportError, type Importer } from './importer.ts'
import { createReportListener, type QualysState } from './qualys/report-document.ts'
import { createScanListener } from './qualys/scan-document.ts'
import { provenDay } from './scan/age.ts'
import type { Moment } from './scan/dates.ts'
import { type CompletedFinding, createHeldFindings, type HeldFinding } from './scan/held-findings.ts'
import { pump } from './scan/pump.ts'
import { createScanReport } from './scan/report.ts'
import { oldestTlsIn, signalsOf } from './scan/signals.ts'
import { createElementHandlers, type ElementListener } from './xml-elements.ts'
import { decodeXmlHead, findRootElement } from './xml-encoding.ts'
import { createXmlReader } from './xml-reader.ts'

const DAY = 86_400_000
/** A report made within a week of its scan tells the scan's state; a later one is dated by the scan. */
const FRESH_DAYS = 7
/** Another tool's `SCAN` has none of them. */
const SCAN_MARKS = /qualys|scan-1\.dtd|<SCAN\s+value\s*=\s*["']scan\//i

export const qualysImporter: Importer = {
  format: 'qualys',
  label: 'Qualys report or scan (XML)',
  evidenceKind: 'vuln-scan-summary',

  recognises(head) {
    const root = findRootElement(head)?.toUpperCase()
    return root === 'ASSET_DATA_REPORT' || (root === 'SCAN' && SCAN_MARKS.test(decodeXmlHead(head) ?? ''))
  },

  read(bytes, options) {
    const report = createScanReport({
      format: 'qualys',
      tool: 'Qualys',
      undatedMeans: 'not-told',
      needsPortList: true,
    })
    const held = createHeldFindings(report)
    const state: QualysState = { report, held, checks: new Map(), hosts: new Map(), date: null }
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
      takeEvents: () => (isWhole ? held.release((finding) => complete(finding, state)) : report.takeEvents()),
      finish() {
        closeHosts(state)
        // A scan's own findings are not held; the report counts those itself.
        if (held.count() > 0) report.setRecords(held.count())
        return report.finish(options)
      },
    })
  },
}

/** Which of the two it is, is known from the root. */
function createRootListener(state: QualysState): ElementListener {
  let listener: ElementListener | null = null
  return {
    open(path, attributes) {
      listener ??= listenerOf(path, state)
      return listener.open(path, attributes)
    },
    close: (path, text, wasCut) => listener?.close(path, text, wasCut),
  }
}

function listenerOf(root: string, state: QualysState): ElementListener {
  if (root === 'asset_data_report') return createReportListener(state)
  if (root === 'scan') return createScanListener(state)
  throw new ImportError('unrecognised', 'The file is neither a Qualys report nor a Qualys scan.')
}

function complete(
  { host: _, isInformation, isFixed, ...kept }: HeldFinding,
  { report, checks, date }: QualysState,
): CompletedFinding {
  const check = checks.get(kept.checkId)
  const severity = check?.severity ?? 'unknown'
  if (severity === 'unknown') report.countUnrated()
  const parts = {
    ...kept,
    title: check?.title || `QID ${kept.checkId}`,
    severity,
    cves: check?.cves ?? [],
    solution: check?.solution ?? null,
    fixAvailableOn: null,
    ...(isFixed ? { isFixed } : {}),
  }
  const tls = kept.checkId === '38116' ? oldestTlsIn(parts.output?.split('\n', 1)[0] ?? '') : null
  // The file does not date the weakness; it is at least as old as its discovery.
  const signals = signalsOf(parts, provenDay(kept.firstSeenOn, date), null)
  return {
    parts,
    signals: {
      ...signals,
      oldestTls: tls,
      tlsListed: tls !== null,
      ...(isInformation ? { countedAs: 'info' as const } : {}),
    },
  }
}

function closeHosts({ report, hosts, date }: QualysState): void {
  let isStale = false
  for (const [host, { lastFound, credentialed }] of hosts) {
    const end = endOf(lastFound, date)
    if (date !== null && end !== null && end.time < date.time) isStale = true
    report.closeHost(host, { end, credentialed, isWeb: false })
  }
  if (isStale)
    report.addWarning(
      'The report was made more than a week after hosts were last scanned; those are dated by their last scan.',
    )
}

function endOf(lastFound: Moment | null, date: Moment | null): Moment | null {
  if (date === null || lastFound === null) return date ?? lastFound
  return date.time - lastFound.time > FRESH_DAYS * DAY ? lastFound : date
}
