/** Prowler's checks of cloud accounts and clusters: what failed becomes findings, the rest is counted. */
import { readHeader, sniffRows } from './csv-reader.ts'
import type { Importer, ImportSummary } from './importer.ts'
import { readJsonOrTable, sniffShape } from './json-shape.ts'
import { PROVES, type ProwlerCheck, toFinding } from './prowler/check.ts'
import { createProwlerReader } from './prowler/json.ts'
import { isProwlerHeader, readProwlerRow } from './prowler/table.ts'
import { createLatest, readCsvScan } from './scan/csv-scan.ts'
import { limitFacts } from './scan/limit-facts.ts'
import { pump } from './scan/pump.ts'
import { createScanReport, type ScanEnd, type ScanHost } from './scan/report.ts'
import { NO_SIGNALS } from './scan/signals.ts'
import { cut } from './scan/text.ts'

const BECAUSE = 'Settings of cloud services were checked, not running systems.'
const MAXIMUM_WORDS = 20

export const prowlerImporter: Importer = {
  format: 'prowler',
  label: 'Prowler cloud checks (JSON or CSV)',
  evidenceKind: 'assessment-report',

  recognises(head) {
    const shape = sniffShape(head)
    if (shape === null) return sniffRows(head).some((cells) => isProwlerHeader(readHeader(cells)))
    return (
      /^prowler/i.test(shape.text('[].metadata.product.name') ?? '') ||
      shape.has('[].CheckID', '[].Status', '[].Severity', '[].Provider') ||
      shape.has('[].FindingUniqueId', '[].CheckID')
    )
  },

  read(bytes, options) {
    const { report, add, end, facts } = startReading()
    const finishFacts = (summary: ImportSummary): ImportSummary => {
      const frame = summary.facts[0]
      const own = frame ? facts(frame) : []
      return { ...limitFacts(summary, { keys: [], because: BECAUSE }), facts: own }
    }
    const limited = async function* (reading: ReturnType<Importer['read']>): ReturnType<Importer['read']> {
      return finishFacts(yield* reading)
    }
    return limited(
      readJsonOrTable(bytes, {
        json: (source) =>
          pump(source, {
            ...createProwlerReader(add),
            takeEvents: report.takeEvents,
            finish: () => report.finish(options, end()),
          }),
        table: (source) =>
          readCsvScan(source, options, report, {
            isHeader: isProwlerHeader,
            row: (cell, columns) => add(readProwlerRow(cell, columns)),
            end,
          }),
      }),
    )
  },
}

function startReading() {
  const report = createScanReport({ format: 'prowler', tool: 'Prowler', undatedMeans: 'not-told' })
  const hosts = new Map<string, ScanHost>()
  const latest = createLatest()
  const words = new Set<string>()
  /** Check id → whether it passed for every resource. */
  const proofs = new Map<string, boolean>()
  let records = 0

  const hostOf = ({ provider, account }: ProwlerCheck): ScanHost => {
    const name = [cut(provider, 40), cut(account, 200)].filter(Boolean).join(' ') || 'cloud account'
    const known = hosts.get(name)
    if (known) return known
    const host = report.openHost({
      name,
      hostname: null,
      address: null,
      externalId: cut(account, 300),
      operatingSystem: null,
    })
    report.addName(name)
    hosts.set(name, host)
    return host
  }

  return {
    report,
    add(check: ProwlerCheck): void {
      records += 1
      latest.add(check.time)
      report.setVersion(check.version)
      const host = hostOf(check)
      const word = cut(check.status, 30) ?? 'withoutStatus'
      if (words.has(word) || words.size < MAXIMUM_WORDS) {
        words.add(word)
        report.count(word)
      }
      if (Object.hasOwn(PROVES, check.id))
        proofs.set(check.id, word === 'PASS' && proofs.get(check.id) !== false)
      if (word !== 'FAIL') return
      const parts = toFinding(check)
      if (parts.severity === 'unknown') report.countUnrated()
      if (parts.isSuppressed) report.count('suppressed')
      report.addFinding(host, parts, NO_SIGNALS)
    },
    end(): ScanEnd {
      report.setRecords(records)
      return { end: latest.get(), credentialed: null }
    },
    /** @param frame any fact of the scan: it could carry a date */
    facts: (frame: ImportSummary['facts'][number]): ImportSummary['facts'] =>
      [...proofs].flatMap(([id, passed]) => {
        const proof = PROVES[id]
        if (!passed || !proof) return []
        return [
          {
            key: proof.key,
            scope: { viewpoint: 'tenant' as const, subject: frame.scope.subject },
            value: true,
            observedAt: frame.observedAt,
            completeness: 'complete' as const,
            note: `${id}: ${proof.note}`,
            collector: frame.collector,
          },
        ]
      }),
  }
}
