/** What each kind of ledger entry says, in words. */
import type { LedgerKind } from '#app/services/ledger.server.ts'

const words: Record<LedgerKind, string> = {
  'organisation.created': 'Organisation created',
  'client.created': 'Client created',
  'client.changed': 'Client changed',
  'client.archived': 'Client archived',
  'client.restored': 'Client restored',
  'application.created': 'Application started',
  'application.circumstances-changed': 'Circumstances changed',
  'application.discarded': 'Draft discarded',
  'application.moved': 'Answers moved to another edition',
  'answer.recorded': 'Answer recorded',
  'evidence.received': 'Evidence received',
  'evidence.refused': 'File refused by the malware scanner',
  'evidence.linked': 'Evidence linked',
  'evidence.withdrawn': 'Evidence withdrawn',
  'evidence.revised': 'Newer evidence received',
  'evidence.revision-withdrawn': 'Evidence revision withdrawn',
  'evidence.copied': 'Evidence used for another client',
  'evidence.redacted': 'Redacted copy made',
  'evidence.requested': 'Newer evidence asked for',
  'evidence.request-cancelled': 'Request for evidence cancelled',
  'evidence.exported': 'Evidence downloaded as one archive',
  'columns.explained': 'Columns of a table explained',
  'scan.imported': 'Scan imported',
  'scan.refused': 'Scan refused',
  'register.updated': 'Findings brought up to date',
  'finding.judged': 'Findings judged',
  'finding.judgement-undone': 'Judgement of findings undone',
  'asset.merged': 'Assets merged',
  'asset.split': 'Asset split',
  'asset.decision-undone': 'Merge or split undone',
  'catalogue.loaded': 'List of weaknesses loaded',
  'catalogue.source-changed': 'Address of a list changed',
  'check.permitted': 'Permission to check recorded',
  'check.permission-revoked': 'Permission to check revoked',
  'check.selectors-named': 'DKIM selectors named',
  'check.finished': 'Live check finished',
  'check.failed': 'Live check failed',
  'exception.recorded': 'Exception recorded',
  'exception.revoked': 'Exception revoked',
  'incident.recorded': 'Incident recorded',
  'incident.changed': 'Incident changed',
  'claim-pack.made': 'Claim pack made',
  'key.created': 'Signing authority created',
  'key.retired': 'Signing authority replaced',
  'key.compromised': 'Signing authority given up',
  'certificate.revoked': 'Signature revoked',
  'report.prepared': 'Report prepared',
  'report.certified': 'Report certified',
  'report.attested': 'Report attested',
  'report.withdrawn': 'Report withdrawn',
  'report.superseded': 'Report superseded',
  'report.failed': 'Report failed',
  'report.shared': 'Report shared',
  'report.share-revoked': 'Share of a report revoked',
  'report.share-locked': 'Share of a report locked after wrong passcodes',
  'report.share-unlocked': 'Share of a report unlocked',
  'report.share-passcode-renewed': 'New passcode for a share of a report',
  'report.share-expiry-changed': 'Last day of a share of a report changed',
  'attestation.link-sent': 'Attestation link sent',
  'attestation.link-revoked': 'Attestation link taken back',
  'report-look.changed': 'Look of reports changed',
  'questionnaire.published': 'Questionnaire published',
  'questionnaire.retired': 'Questionnaire retired',
  'questionnaire.reinstated': 'Questionnaire reinstated',
  'document.received': 'Insurer’s form received',
  'document.removed': 'Insurer’s form removed',
  'document.mapped': 'Insurer’s form mapped',
  'document.filled': 'Insurer’s form filled',
  'workbook.exported': 'Workbook exported',
  'workbook.applied': 'Workbook taken over',
  'ledger.checkpointed': 'Checkpoint of the ledger signed',
  'ledger.timestamped': 'Checkpoint of the ledger timestamped',
}

/** A kind that this release does not know keeps its own name. */
export function wordsOfKind(kind: string): string {
  return Object.hasOwn(words, kind) ? words[kind as LedgerKind] : kind
}

/** The payload on several lines for reading; what is hashed is its canonical text on one. */
export function layOutPayload(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2)
  } catch {
    return payload
  }
}
