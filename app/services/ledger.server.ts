/** Writes each change's ledger entry in the transaction of the change itself. */
import type { Tx } from '#db/client.server.ts'
import { findNewestCheckpoint } from '#db/queries/checkpoints.server.ts'
import * as ledgerRows from '#db/queries/ledger.server.ts'
import { canonicalJson } from '#evidence/canonical.ts'
import { CHECKPOINTED } from '#evidence/checkpoint.ts'
import { appendAfter, type LedgerEntry } from '#evidence/ledger.ts'
import { deriveHeadKey, type HeadKey, listHeadFaults, sealHead } from '#evidence/ledger-head.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** What the ledger records; a kind never changes its meaning. */
export type LedgerKind =
  | 'organisation.created'
  | 'organisation.second-factor-demanded'
  | 'organisation.second-factor-released'
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
  | 'request.file-received'
  | 'request.replied'
  | 'request.refused'
  | 'request.said'
  | 'request.returned'
  | 'request.reminded'
  | 'request.due-changed'
  | 'request.link-revoked'
  | 'request.accepted'
  | 'request.fulfilled'
  | 'review.invited'
  | 'review.sent-again'
  | 'review.extended'
  | 'review.revoked'
  | 'review.decided'
  | 'review.replied'
  | 'review.sampled'
  | 'review.signed-off'
  | 'engagement.offered'
  | 'engagement.withdrawn'
  | 'engagement.accepted'
  | 'engagement.ended'
  | 'engagement.handed-over'
  | 'engagement.report-signed'
  | 'room.link-sent'
  | 'room.link-revoked'
  | 'assignment.made'
  | 'assignment.answered'
  | 'assignment.not-mine'
  | 'assignment.accepted'
  | 'assignment.returned'
  | 'assignment.taken-back'
  | 'approval.asked'
  | 'approval.given'
  | 'approval.refused'
  | 'approval.taken-back'
  | 'evidence.exported'
  | 'columns.explained'
  | 'scan.imported'
  | 'scan.refused'
  | 'register.updated'
  | 'finding.judged'
  | 'finding.judgement-undone'
  | 'dispute.raised'
  | 'dispute.settled'
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
  | 'conversation.recorded'
  | 'conversation.withdrawn'
  | 'conversation.step-done'
  | 'quote.recorded'
  | 'binder.recorded'
  | 'binder.taken-back'
  | 'subjectivity.recorded'
  | 'subjectivity.answered'
  | 'subjectivity.decided'
  | 'subjectivity.extended'
  | 'subjectivity.withdrawn'
  | 'responsibility.recorded'
  | 'responsibility.filled'
  | 'responsibility-template.changed'
  | 'waiver-template.changed'
  | 'waiver.drafted'
  | 'waiver.offered'
  | 'waiver.signed'
  | 'waiver.refused'
  | 'waiver.withdrawn'
  | 'waiver.file-signed'
  | 'policy.recorded'
  | 'policy.changed'
  | 'policy.withdrawn'
  | 'renewal-plan.started'
  | 'renewal-step.added'
  | 'renewal-step.changed'
  | 'renewal-step.settled'
  | 'renewal-template.changed'
  | 'calendar-feed.created'
  | 'calendar-feed.renewed'
  | 'calendar-feed.revoked'
  | 'meeting.planned'
  | 'meeting.invitation-mailed'
  | 'meeting.changed'
  | 'meeting.cancelled'
  | 'schedule.changed'
  | 'schedule.date-changed'
  | 'schedule.date-change-removed'
  | 'schedule.date-settled'
  | 'schedule.date-reopened'
  | 'reminder.settings-changed'
  | 'reminder.snoozed'
  | 'reminder.stopped'
  | 'reminder.resumed'
  | 'incident.recorded'
  | 'incident.changed'
  | 'claim-pack.made'
  | 'key.created'
  | 'key.retired'
  | 'key.compromised'
  | 'certificate.revoked'
  | 'own-certificate.taken'
  | 'own-certificate.removed'
  | 'report.prepared'
  | 'report.certified'
  | 'report.countersigned'
  | 'report.attested'
  | 'report.withdrawn'
  | 'report.superseded'
  | 'report.failed'
  | 'reattestation.started'
  | 'reattestation.discarded'
  | 'reattestation.missed'
  | 'reattestation.handed-over'
  | 'reattestation.stated'
  | 'reattestation.promise-kept'
  | 'reattestation.promise-reopened'
  | 'report.shared'
  | 'report.share-revoked'
  | 'report.share-locked'
  | 'report.share-unlocked'
  | 'report.share-passcode-renewed'
  | 'report.share-expiry-changed'
  | 'attestation.link-sent'
  | 'attestation.link-revoked'
  | 'report-look.changed'
  | 'questionnaire.published'
  | 'questionnaire.retired'
  | 'questionnaire.reinstated'
  | 'document.received'
  | 'document.removed'
  | 'document.mapped'
  | 'document.filled'
  | 'workbook.exported'
  | 'workbook.applied'
  | 'mail.bounced'
  | 'mail.complained'
  | 'mail.unsubscribed'
  | 'mail.stop-lifted'
  | 'mail.resent'
  | 'webhook.added'
  | 'webhook.changed'
  | 'webhook.switched'
  | 'webhook.secret-renewed'
  | 'webhook.replayed'
  | 'webhook.gone'
  | 'webhook.removed'
  | 'ledger.checkpointed'
  | 'ledger.timestamped'

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
  const key = headKeyOf(organisationId)
  const holds = await doesHeadHold(tx, organisationId, last, key)
  await ledgerRows.insertEntry(tx, { ...next, at: entry.at })
  // A head that does not hold stays as it is: moving it on would heal a break before anybody saw it.
  if (holds) await ledgerRows.putHead(tx, { ...sealHead(next, key), at: entry.at })
  return next
}

/** Worker threads know the key of their one organisation, everybody else the secret. */
function headKeyOf(organisationId: string): HeadKey {
  const { secret, ledgerHeadKey } = getRuntime().settings
  return ledgerHeadKey ? Buffer.from(ledgerHeadKey, 'hex') : deriveHeadKey(secret, organisationId)
}

/** Whether the ledger still ends where it was sealed, so that the next entry may be sealed, too. */
async function doesHeadHold(
  tx: Tx,
  organisationId: string,
  last: Pick<LedgerEntry, 'organisationId' | 'sequence' | 'hash'> | null,
  key: HeadKey,
): Promise<boolean> {
  const row = await ledgerRows.findHead(tx, organisationId)
  if (row) return listHeadFaults({ ...row, at: row.at.toISOString() }, last, key).length === 0
  if (last === null) return true
  // A ledger from before heads existed gets its first one now; one that has lost it does not.
  return (
    (await findNewestCheckpoint(tx, organisationId)) === null &&
    !(await ledgerRows.hasEntryOfKind(tx, organisationId, CHECKPOINTED))
  )
}

/** Newest first, 50 a page. */
export async function listLedger(member: Member, before?: number) {
  const limit = 50
  const rows = await getRuntime().database.inOrganisation(member.organisationId, (tx) =>
    ledgerRows.listEntries(tx, member.organisationId, { before, limit }),
  )
  return { entries: rows, nextBefore: rows.length === limit ? (rows.at(-1)?.sequence ?? null) : null }
}
