/** Writes each change's ledger entry in the transaction of the change itself. */
import { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import * as ledgerRows from '#db/queries/ledger.server.ts'
import { findNewestStatement } from '#db/queries/reports.server.ts'
import { canonicalJson } from '#evidence/canonical.ts'
import { appendAfter, type ChainResult, type LedgerEntry, verifyChain } from '#evidence/ledger.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** What the ledger records; a kind never changes its meaning. */
export type LedgerKind =
  | 'organisation.created'
  | 'client.created'
  | 'client.changed'
  | 'client.archived'
  | 'client.restored'
  | 'application.created'
  | 'application.circumstances-changed'
  | 'application.discarded'
  | 'application.moved'
  | 'answer.recorded'
  | 'evidence.received'
  | 'evidence.refused'
  | 'evidence.linked'
  | 'evidence.withdrawn'
  | 'evidence.revised'
  | 'evidence.revision-withdrawn'
  | 'evidence.copied'
  | 'evidence.redacted'
  | 'evidence.requested'
  | 'evidence.request-cancelled'
  | 'evidence.exported'
  | 'columns.explained'
  | 'scan.imported'
  | 'scan.refused'
  | 'register.updated'
  | 'finding.judged'
  | 'finding.judgement-undone'
  | 'asset.merged'
  | 'asset.split'
  | 'asset.decision-undone'
  | 'catalogue.loaded'
  | 'catalogue.source-changed'
  | 'check.permitted'
  | 'check.permission-revoked'
  | 'check.selectors-named'
  | 'check.finished'
  | 'check.failed'
  | 'exception.recorded'
  | 'exception.revoked'
  | 'key.created'
  | 'report.prepared'
  | 'report.certified'
  | 'report.attested'
  | 'report.withdrawn'
  | 'report.failed'
  | 'questionnaire.published'
  | 'questionnaire.retired'
  | 'questionnaire.reinstated'
  | 'document.received'
  | 'document.removed'
  | 'document.mapped'
  | 'document.filled'
  | 'workbook.exported'
  | 'workbook.applied'

/**
 * Appends one entry and returns it. Call it last in a transaction: it holds the organisation's ledger
 * until the transaction ends.
 */
export async function recordInLedger(
  tx: Tx,
  organisationId: string,
  entry: { kind: LedgerKind; actor: string; at: Date; payload: Record<string, unknown> },
): Promise<LedgerEntry> {
  await ledgerRows.lockLedger(tx, organisationId)
  const last = await ledgerRows.findLastEntry(tx, organisationId)
  const next = appendAfter(last, {
    organisationId,
    kind: entry.kind,
    actor: entry.actor,
    at: entry.at.toISOString(),
    payload: canonicalJson(entry.payload),
  })
  await ledgerRows.insertEntry(tx, { ...next, at: entry.at })
  return next
}

/** Newest first, 50 a page. */
export async function listLedger(member: Member, before?: number) {
  const limit = 50
  const rows = await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    ledgerRows.listEntries(tx, member.organisationId, { before, limit }),
  )
  return { entries: rows, nextBefore: rows.length === limit ? (rows.at(-1)?.sequence ?? null) : null }
}

const ENTRIES_A_READ = 500

/**
 * Reads the whole chain from its first entry and computes every hash again. The entry that the newest report names
 * must be in its place, or else a chain that lost its end would still look whole.
 */
export async function checkLedger(
  member: Member,
): Promise<{ verdict: ChainResult; checkedAt: Date; anchor: number | null }> {
  const { organisationId } = member
  const { database, clock } = getRuntime()
  const checkedAt = clock()
  const statement = await database.inOrganisation(organisationId, (tx) =>
    findNewestStatement(tx, organisationId),
  )
  const knownHead = statement === null ? undefined : readLedgerHead(statement)
  const verdict = await verifyChain(readChain(organisationId), { knownHead })
  return { verdict, checkedAt, anchor: knownHead?.sequence ?? null }
}

function readLedgerHead(statement: string): { sequence: number; hash: string } | undefined {
  return Statement.pick({ ledgerHead: true }).safeParse(JSON.parse(statement)).data?.ledgerHead
}

/** A page in memory at a time and no long transaction: entries only ever follow those already read. */
async function* readChain(organisationId: string): AsyncGenerator<LedgerEntry> {
  const { database } = getRuntime()
  let after = 0
  while (true) {
    const rows = await database.inOrganisation(organisationId, (tx) =>
      ledgerRows.listEntriesAfter(tx, organisationId, { after, limit: ENTRIES_A_READ }),
    )
    for (const row of rows) yield { ...row, at: row.at.toISOString() }
    const last = rows.at(-1)
    if (!last || rows.length < ENTRIES_A_READ) return
    after = last.sequence
  }
}
