/** Turns rows into what the readiness engine reads; the same for one application and for the whole portfolio. */
import type { OtherForm } from '#app/readiness/across-forms.ts'
import type {
  EvidenceSource,
  ExceptionSource,
  FactSource,
  ReadinessInput,
  WaiverSource,
} from '#app/readiness/status.ts'
import type { ApplicationRow } from '#db/queries/applications.server.ts'
import type { EvidenceRow, RevisionRow } from '#db/queries/evidence.server.ts'
import type { FactRow } from '#db/queries/scans.server.ts'
import type { Answers } from '#questionnaires/answers.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import type { Catalogue } from '#questionnaires/controls.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { circumstancesOf } from './circumstances.ts'

export interface ReadinessRows {
  application: Pick<ApplicationRow, 'id' | 'state' | 'circumstances'>
  edition: Edition
  catalogue: Catalogue
  answers: Answers
  /** Of the client, without what was withdrawn. */
  evidence: readonly {
    evidence: Pick<EvidenceRow, 'id' | 'kind' | 'title' | 'controlIds' | 'questionRefs'>
    revision: Pick<RevisionRow, 'id' | 'observedAt' | 'validUntil'>
  }[]
  facts: readonly { fact: Pick<FactRow, 'id' | 'revisionId' | 'fact'>; evidenceKind: string }[]
  /** Other applications of the client, as `listOtherForms` names them, each with its edition and answers. */
  otherForms?: readonly {
    row: Pick<ApplicationRow, 'id' | 'state' | 'circumstances'>
    relation: OtherForm['relation']
    edition: Edition
    answers: Answers
  }[]
  /** Of the application, without what was revoked. */
  exceptions: readonly ExceptionSource[]
  /** Of the client: signed, and not withdrawn. */
  waivers?: readonly WaiverSource[]
}

/** Pure: `now` decides what is stale and which exceptions have ended. */
export function buildReadinessInput(
  rows: ReadinessRows,
  now: Date,
): ReadinessInput & { circumstances: Circumstances } {
  const { application, edition, catalogue, answers } = rows
  const prefix = `${application.id}/`
  const sources = {
    edition,
    catalogue,
    answers,
    facts: rows.facts.map(
      ({ fact: row, evidenceKind }): FactSource => ({
        ...row.fact,
        id: row.id,
        revisionId: row.revisionId,
        evidenceKind,
      }),
    ),
    evidence: rows.evidence.map(
      ({ evidence: item, revision }): EvidenceSource => ({
        revisionId: revision.id,
        evidenceId: item.id,
        kind: item.kind,
        title: item.title,
        observedAt: revision.observedAt,
        validUntil: revision.validUntil,
        controlIds: item.controlIds,
        questionIds: item.questionRefs
          .filter((ref) => ref.startsWith(prefix))
          .map((ref) => ref.slice(prefix.length)),
      }),
    ),
    // Named one by one: the rows carry more than a statement should.
    exceptions: rows.exceptions.map(
      ({ id, questionId, reason, compensatingControl, owner, approvedBy, expiresOn }): ExceptionSource => ({
        id,
        questionId,
        reason,
        compensatingControl,
        owner,
        approvedBy,
        expiresOn,
      }),
    ),
    waivers: (rows.waivers ?? []).map(
      ({ id, service, controlIds, signedAt }): WaiverSource => ({ id, service, controlIds, signedAt }),
    ),
    now,
  }
  const otherForms = (rows.otherForms ?? []).map(
    ({ row, relation, edition, answers }): OtherForm => ({
      applicationId: row.id,
      relation,
      edition,
      answers,
      circumstances: circumstancesOf(row, sources),
    }),
  )
  return { ...sources, otherForms, circumstances: circumstancesOf(application, sources) }
}
