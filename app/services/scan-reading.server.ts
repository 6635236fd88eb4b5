/** Reads one stored scan file into assets, findings and facts, in one transaction. Runs in a worker thread. */
import type { Tx } from '#db/client.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { detectImporter } from '#evidence/importers/detect.server.ts'
import type { Asset, Finding, ImportSummary } from '#evidence/importers/importer.ts'
import { ImportError } from '#evidence/importers/importer.ts'
import { mappedImporter } from '#evidence/importers/xlsx-rows.server.ts'
import { noSeverities, SEVERITY_RANK } from '#evidence/severity.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { bringRegisterUpToDate } from './register-intake.server.ts'
import { getRuntime } from './runtime.server.ts'
import { settleByScan } from './schedule-settling.server.ts'
import { readStoredHead } from './stored-head.server.ts'

// 19 columns × 1,000 rows stay well below PostgreSQL's 65,535 parameters of one statement.
const BATCH = 1000
/** What schedules of scans are for; lists of users or trainings are read by importers, too. */
const SCAN_KINDS = new Set(['vuln-scan-summary', 'external-scan-report'])
const IMPORTER = 'Attested importer'

/**
 * Imports the file of `importId`. Does nothing when that was done before.
 * @throws ImportError when the file cannot be read whole; the transaction is then undone.
 */
export async function readScan(
  organisationId: string,
  importId: string,
  onProgress: (bytesRead: number) => void,
): Promise<void> {
  const { database, store } = getRuntime()
  const written = await database.inOrganisation(organisationId, async (tx) => {
    // Not locked: the progress notes of the main thread change this row in the meantime.
    const scan = await scans.findImport(tx, organisationId, importId)
    if (!scan) throw new NotFoundError('No such scan')
    if (scan.state === 'done' || scan.state === 'failed') return 0
    const found = await evidenceRows.findRevision(tx, organisationId, scan.revisionId)
    if (!found) throw new NotFoundError('No such scan file')
    const head = await readStoredHead(organisationId, found.revision.sha256)
    const importer = scan.mapping ? mappedImporter(head) : detectImporter(head)
    if (!importer) throw new ImportError('unrecognised', 'No importer recognises this file.')
    const batches = new Batches(tx, scan)
    const reading = importer.read(store.open(organisationId, found.revision.sha256), {
      viewpoint: scan.viewpoint,
      now: getRuntime().clock(),
      statedOn: found.revision.observedAt,
      ...(scan.mapping ? { mapping: scan.mapping } : {}),
    })
    let step = await reading.next()
    for (; !step.done; step = await reading.next()) {
      if (step.value.type === 'progress') onProgress(step.value.bytesRead)
      else await batches.add(step.value)
    }
    await batches.flush()
    const isScan = [importer.evidenceKind, found.evidence.kind].some((kind) => SCAN_KINDS.has(kind))
    const statedAt = isScan ? found.revision.observedAt : null
    await finish(tx, scan, { summary: step.value, batches, statedAt })
    return batches.written
  })
  await database.noteGrowth(written)
}

class Batches {
  assets: Asset[] = []
  findings: Finding[] = []
  warnings: string[] = []
  assetCount = 0
  credentialedCount = 0
  credentialsKnown = false
  severityCounts = noSeverities()
  written = 0

  constructor(
    private readonly tx: Tx,
    private readonly scan: scans.ScanImportRow,
  ) {}

  async add(
    event:
      | { type: 'asset'; asset: Asset }
      | { type: 'finding'; finding: Finding }
      | { type: 'warning'; message: string },
  ) {
    if (event.type === 'warning') this.warnings.push(event.message)
    else if (event.type === 'asset') {
      this.assetCount += 1
      if (event.asset.credentialed !== null) this.credentialsKnown = true
      if (event.asset.credentialed) this.credentialedCount += 1
      this.assets.push(event.asset)
    } else {
      this.severityCounts[event.finding.severity] += 1
      // What the tool calls repaired is counted as reported, and is open nowhere.
      if (!event.finding.isFixed) this.findings.push(event.finding)
    }
    if (this.findings.length >= BATCH || this.assets.length >= BATCH) await this.flush()
  }

  async flush() {
    const { organisationId, id: importId, clientId } = this.scan
    await scans.insertAssets(
      this.tx,
      this.assets.map((asset) => ({ ...asset, organisationId, importId, clientId })),
    )
    await scans.insertFindings(
      this.tx,
      this.findings.map((finding, index) => ({
        ...finding,
        organisationId,
        importId,
        clientId,
        number: this.written + index + 1,
        severityRank: SEVERITY_RANK[finding.severity],
      })),
    )
    this.written += this.findings.length
    this.assets = []
    this.findings = []
  }
}

async function finish(
  tx: Tx,
  scan: scans.ScanImportRow,
  // When it was scanned by whoever sent it; null where it is no scan.
  { summary, batches, statedAt }: { summary: ImportSummary; batches: Batches; statedAt: Date | null },
): Promise<void> {
  const { clock, newId } = getRuntime()
  const { organisationId, id: importId, clientId, revisionId } = scan
  const at = clock()
  const credentialedCount = batches.credentialsKnown ? batches.credentialedCount : null
  await scans.insertFacts(
    tx,
    summary.facts.map((fact) => ({
      organisationId,
      id: newId(),
      clientId,
      revisionId,
      importId,
      key: fact.key,
      fact,
      numericValue: typeof fact.value === 'number' ? fact.value : null,
      observedAt: new Date(fact.observedAt),
      recordedAt: at,
    })),
  )
  const outcome = {
    format: summary.format,
    tool: summary.tool,
    toolVersion: summary.toolVersion,
    assetCount: batches.assetCount,
    credentialedCount,
    severityCounts: batches.severityCounts,
    recordCount: summary.records,
    scope: summary.scope,
    gaps: summary.gaps,
    counts: summary.counts,
    isWhole: isWhole(summary, at),
    warnings: batches.warnings.slice(0, 100),
  }
  await scans.updateImport(tx, organisationId, importId, {
    ...outcome,
    state: 'done',
    scanDate: summary.scanDate ? new Date(summary.scanDate) : null,
    bytesRead: scan.bytesTotal,
    finishedAt: at,
  })
  const observedAt = summary.scanDate && new Date(summary.scanDate) <= at ? new Date(summary.scanDate) : null
  if (observedAt) await evidenceRows.setObservedAt(tx, organisationId, revisionId, { observedAt, at })
  await bringRegisterUpToDate(tx, organisationId, clientId)
  if (statedAt) await settleByScan(tx, scan, observedAt ?? statedAt, { actor: IMPORTER, name: IMPORTER, at })
  await recordInLedger(tx, organisationId, {
    kind: 'scan.imported',
    actor: IMPORTER,
    at,
    payload: {
      importId,
      revisionId,
      viewpoint: scan.viewpoint,
      scanDate: summary.scanDate,
      ...outcome,
      facts: summary.facts,
    },
  })
}

/** Whether what the file does not report is no longer there. A scan without a date may be older than what it would close. */
function isWhole({ gaps, scanDate }: ImportSummary, now: Date): boolean {
  return gaps.length === 0 && scanDate !== null && new Date(scanDate) <= now
}
