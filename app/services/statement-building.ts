/** Turns what was loaded and judged into the frozen statement that people sign. */
import type { Language } from '#app/language/languages.ts'
import { reasonWords } from '#app/readiness/language/reason-words.ts'
import { firstDayOf } from '#app/readiness/record.ts'
import type { Readiness, ReadinessInput } from '#app/readiness/status.ts'
import { wordsIn } from '#app/report/language/words.ts'
import type { Signer, Statement } from '#app/report/statement.ts'
import type { Brand, Coverage, FindingSummary, Reviewer } from '#app/report/statement-parts.ts'
import type { ToldReview } from '#app/report/statement-reviews.ts'
import type { AnswerRow, ApplicationRow } from '#db/queries/applications.server.ts'
import type { ClientRow } from '#db/queries/clients.server.ts'
import type { EvidenceRow, RevisionRow } from '#db/queries/evidence.server.ts'
import type { ExceptionRow } from '#db/queries/exceptions.server.ts'
import type { ScanImportRow } from '#db/queries/scans.server.ts'
import { answersAsRead, describeAnswer } from '#questionnaires/answers.ts'
import type { ApprovalStanding } from './approval-standing.server.ts'

export interface StatementSurroundings {
  findings?: FindingSummary
  coverage?: Coverage
  reviewer?: Reviewer
  reviews?: ToldReview[]
  verifyAt?: string
  brand?: Brand
}

export interface StatementSources {
  reportId: string
  at: Date
  /** What the report is written in. */
  language: Language
  /** First day of the cover, YYYY-MM-DD; null where nobody said. */
  coversFrom: string | null
  organisation: { id: string; name: string }
  client: ClientRow
  application: ApplicationRow
  /** In the report's language, like the readiness that follows from it. */
  input: ReadinessInput
  readiness: Readiness
  answerRows: readonly AnswerRow[]
  exceptionRows: readonly ExceptionRow[]
  /** By exception: what the client's decision-makers said of them. */
  approvals?: ReadonlyMap<string, ApprovalStanding>
  evidence: readonly { evidence: EvidenceRow; revision: RevisionRow }[]
  scans: readonly ScanImportRow[]
  ledgerHead: { sequence: number; hash: string }
  signers: Signer[]
  /** What there is of these goes in. */
  around?: StatementSurroundings
}

/** Without members that are undefined, which canonical JSON refuses. */
const present = (around: StatementSurroundings): StatementSurroundings =>
  Object.fromEntries(Object.entries(around).filter(([, part]) => part !== undefined))

/** Pure: the same sources give the same statement. */
export function buildStatement(sources: StatementSources): Statement {
  const { input, readiness, client, application } = sources
  const { answers } = reasonWords(sources.language)
  const read = answersAsRead(input.edition, input.answers)
  const rowByQuestion = new Map(sources.answerRows.map((row) => [row.questionId, row]))
  const judged = new Map(readiness.answers.map((answer) => [answer.questionId, answer]))
  const cited = new Set([...input.facts, ...sources.scans].map(({ revisionId }) => revisionId))
  const evidence = sources.evidence.filter(
    ({ evidence: item, revision }) =>
      cited.has(revision.id) || item.controlIds.length > 0 || item.questionRefs.length > 0,
  )
  return {
    type: 'https://attested.example/statement/v1',
    reportId: sources.reportId,
    createdAt: sources.at.toISOString(),
    language: sources.language,
    preparedBy: { organisationId: sources.organisation.id, name: sources.organisation.name },
    client: {
      id: client.id,
      legalName: client.legalName,
      industry: client.industry,
      headcount: client.headcount,
      domains: client.domains,
    },
    application: {
      id: application.id,
      createdAt: application.createdAt.toISOString(),
      circumstances: input.circumstances,
      ...(sources.coversFrom === null ? {} : { coversFrom: sources.coversFrom }),
    },
    edition: {
      formCode: input.edition.form.code,
      formTitle: input.edition.form.title,
      edition: input.edition.edition,
      issuer: input.edition.form.issuer,
      sha256: application.editionSha256,
      catalogueVersion: input.catalogue.version,
    },
    answers: input.edition.sections.flatMap((section) =>
      section.questions.flatMap((question) => {
        const result = judged.get(question.id)
        if (!result) return []
        const row = rowByQuestion.get(question.id)
        const answer = read[question.id] ?? null
        return [
          {
            questionId: question.id,
            section: section.title,
            item: question.reference.item,
            prompt: question.prompt,
            controlId: question.control ?? null,
            answer,
            shown: describeAnswer(question, answer ?? undefined, answers),
            answeredBy: answer ? (row?.answeredByName ?? null) : null,
            answeredAt: answer ? (row?.answeredAt.toISOString() ?? null) : null,
            status: result.status,
            weakened: result.weakened,
            exceptionId: result.exceptionId,
            reasons: result.reasons,
          },
        ]
      }),
    ),
    controls: readiness.controls.flatMap((result) => {
      const control = input.catalogue.controls.find(({ id }) => id === result.controlId)
      if (!control) return []
      const domain = input.catalogue.domains.find(({ id }) => id === control.domain)
      return [
        {
          id: control.id,
          label: control.label,
          domain: domain?.label ?? control.domain,
          frameworks: control.frameworks,
          status: result.status,
          reasons: result.reasons,
        },
      ]
    }),
    facts: input.facts.map((fact) => ({ ...fact })),
    evidence: evidence.map(({ evidence: item, revision }) => ({
      revisionId: revision.id,
      kind: item.kind,
      title: item.title,
      fileName: revision.fileName,
      sha256: revision.sha256,
      sizeBytes: revision.sizeBytes,
      observedAt: revision.observedAt.toISOString(),
      receivedAt: revision.receivedAt.toISOString(),
      validUntil: revision.validUntil?.toISOString() ?? null,
      collector: revision.collector,
      controlIds: item.controlIds,
    })),
    scans: sources.scans.flatMap((scan) =>
      scan.state === 'done' && scan.severityCounts
        ? [
            {
              revisionId: scan.revisionId,
              tool: scan.tool ?? wordsIn(sources.language).say('scan.unknown-tool'),
              toolVersion: scan.toolVersion,
              scanDate: scan.scanDate?.toISOString() ?? null,
              viewpoint: scan.viewpoint,
              assets: scan.assetCount,
              credentialedAssets: scan.credentialedCount,
              findings: scan.severityCounts,
            },
          ]
        : [],
    ),
    exceptions: sources.exceptionRows.map((row) => ({
      id: row.id,
      questionId: row.questionId,
      scope: row.scope,
      reason: row.reason,
      compensatingControl: row.compensatingControl,
      owner: row.owner,
      approvedBy: row.approvedBy,
      ...approvalOf(sources.approvals?.get(row.id)),
      startsOn: firstDayOf(row),
      expiresOn: row.expiresOn,
    })),
    gaps: Object.entries(input.answers).flatMap(([questionId, answer]) =>
      answer.state === 'dont-know' && judged.has(questionId) ? [{ questionId, ...answer.gap }] : [],
    ),
    ...present(sources.around ?? {}),
    ledgerHead: sources.ledgerHead,
    signers: sources.signers,
  }
}

function approvalOf(approval: ApprovalStanding | undefined) {
  if (approval?.state !== 'approved') return {}
  return { approval: { name: approval.name, on: approval.at.toISOString().slice(0, 10) } }
}
