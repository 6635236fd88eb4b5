/** Keeps what a live check came to: the file as evidence, its facts, and an entry in the ledger, in one transaction. */

import { Buffer } from 'node:buffer'
import { cutText } from '#app/language/cut-text.ts'
import type { Tx } from '#db/client.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as rows from '#db/queries/live-checks.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { type EvidenceFile, writeEvidenceFile } from '#evidence/checks/evidence-file.ts'
import { COLLECTOR } from '#evidence/checks/mail-facts.ts'
import type { CheckOutcome } from '#evidence/checks/outcome.ts'
import type { Fact } from '#evidence/facts.ts'
import { recordInLedger } from './ledger.server.ts'
import { getRuntime } from './runtime.server.ts'

const MAX_FILE_BYTES = 64 * 1024 * 1024
const KINDS = { mail: 'dns-record-lookup', exposure: 'external-scan-report' } as const

export interface CheckResult {
  file: Omit<EvidenceFile, 'kind' | 'subjects' | 'startedAt' | 'finishedAt'>
  facts: Fact[]
  outcome: CheckOutcome
}

/** Once: a second try of the same job leaves what the first one kept. */
export async function keepResult(
  check: rows.LiveCheckRow,
  startedAt: Date,
  { file, facts, outcome }: CheckResult,
): Promise<void> {
  const { database, store, clock, newId } = getRuntime()
  const { organisationId, id: checkId, clientId, kind, subjects, permissionId } = check
  const at = clock()
  const times = { startedAt: startedAt.toISOString(), finishedAt: at.toISOString() }
  const text = writeEvidenceFile({ ...file, kind, subjects, ...times })
  const stored = await store.put(organisationId, once(text), { maxBytes: MAX_FILE_BYTES })
  const evidenceId = newId()
  const revisionId = newId()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await rows.lockCheck(tx, organisationId, checkId)
    if (row?.state !== 'running') return
    const title = `${kind === 'mail' ? 'Mail records' : 'Ports and certificates'} of ${nameSome(subjects)}`
    await evidenceRows.insertEvidence(tx, {
      organisationId,
      id: evidenceId,
      clientId,
      kind: KINDS[kind],
      title,
      // Its facts speak for it; linked to a control, a lookup that failed would count as a document that supports.
      controlIds: [],
      questionRefs: [],
      createdBy: check.startedBy,
      createdAt: at,
    })
    await evidenceRows.insertRevision(tx, {
      organisationId,
      id: revisionId,
      evidenceId,
      sequence: 1,
      sha256: stored.sha256,
      sizeBytes: stored.sizeBytes,
      mediaType: stored.mediaType,
      fileName: `${kind === 'mail' ? 'mail-records' : 'ports-and-certificates'}-${times.startedAt.slice(0, 10)}.json`,
      observedAt: startedAt,
      receivedAt: at,
      validUntil: null,
      collector: COLLECTOR,
      receivedBy: check.startedBy,
    })
    await insertFacts(tx, check, revisionId, facts, at)
    const ended = { state: 'done' as const, outcome, revisionId, finishedAt: at, step: null }
    await rows.updateCheck(tx, organisationId, checkId, ended)
    await recordInLedger(tx, organisationId, {
      kind: 'check.finished',
      actor: COLLECTOR,
      at,
      payload: {
        checkId,
        clientId,
        kind,
        subjects,
        permissionId,
        startedBy: check.startedByName,
        startedAt: times.startedAt,
        evidenceId,
        evidenceKind: KINDS[kind],
        title,
        revisionId,
        sha256: stored.sha256,
        facts,
      },
    })
  })
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

function nameSome(subjects: readonly string[]): string {
  const shown = subjects.slice(0, 3).join(', ')
  return cutText(subjects.length > 3 ? `${shown} and ${subjects.length - 3} more` : shown, 160)
}

async function insertFacts(
  tx: Tx,
  check: rows.LiveCheckRow,
  revisionId: string,
  facts: Fact[],
  recordedAt: Date,
) {
  const { newId } = getRuntime()
  await scans.insertFacts(
    tx,
    facts.map((fact) => ({
      organisationId: check.organisationId,
      id: newId(),
      clientId: check.clientId,
      revisionId,
      key: fact.key,
      fact,
      numericValue: typeof fact.value === 'number' ? fact.value : null,
      observedAt: new Date(fact.observedAt),
      recordedAt,
    })),
  )
}

/** Nothing is kept of it but the reason. */
export async function failLiveCheck(organisationId: string, checkId: string, failure: string): Promise<void> {
  const { database, clock } = getRuntime()
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const check = await rows.lockCheck(tx, organisationId, checkId)
    if (!check || check.state === 'done' || check.state === 'failed') return
    await rows.updateCheck(tx, organisationId, checkId, {
      state: 'failed',
      failure,
      finishedAt: at,
      step: null,
    })
    const { clientId, kind, subjects, permissionId } = check
    await recordInLedger(tx, organisationId, {
      kind: 'check.failed',
      actor: COLLECTOR,
      at,
      payload: { checkId, clientId, kind, subjects, permissionId, failure },
    })
  })
}
