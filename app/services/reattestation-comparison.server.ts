/** Compares a signed application with the facts and answers of today, for a draft, its list of changes and its report. */
import { DEFAULT_LANGUAGE } from '#app/language/languages.ts'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { compareFacts, compareWithSigned, findLapses } from '#app/readiness/reattestation.ts'
import type { EvidenceSource, FactSource } from '#app/readiness/status.ts'
import { Statement } from '#app/report/statement.ts'
import type { Reattestation, ReportCitation } from '#app/report/statement-reattestation.ts'
import type { Tx } from '#db/client.server.ts'
import { listNewestStatements } from '#db/queries/answer-bank.server.ts'
import { findBinding } from '#db/queries/bindings.server.ts'
import { listExceptionsOfClient } from '#db/queries/exceptions.server.ts'
import { listReattestationReports, type ReattestationRow } from '#db/queries/reattestations.server.ts'
import { findReport, type ReportRow } from '#db/queries/reports.server.ts'
import { listSubjectivities } from '#db/queries/subjectivities.server.ts'
import { describeFact, findFactEntry } from '#evidence/facts.ts'
import { answersSince } from './answers-since.ts'
import { NotFoundError } from './errors.ts'
import type { Member } from './member.ts'
import { loadReadiness, toldIn } from './readiness.server.ts'
import { getRuntime } from './runtime.server.ts'
import { listSaid } from './subjectivities.server.ts'
import { isToBeMet, showSubjectivity } from './subjectivity-standing.ts'
import { getTimeline } from './timeline.server.ts'

const dayOf = (at: Date | string) => (typeof at === 'string' ? at : at.toISOString()).slice(0, 10)
const statementOf = (row: Pick<ReportRow, 'statement'>) => Statement.parse(JSON.parse(row.statement))

/**
 * Since when each answer of an application in force is as the evidence shows it today. It judges every day, so it
 * stands outside the transactions.
 */
export async function readSince(
  member: Member,
  { clientId, applicationId }: Pick<ReattestationRow, 'clientId' | 'applicationId'>,
): Promise<Map<string, string>> {
  const { drift } = await getTimeline(member, clientId, {})
  const own = drift?.find((form) => form.applicationId === applicationId)
  return new Map(own?.answers.map(({ questionId, since }) => [questionId, since]))
}

/** The signed application, then each signed re-attestation of it that counts, the previous one last. */
export async function readChain(
  tx: Tx,
  organisationId: string,
  row: Pick<ReattestationRow, 'baseReportId' | 'applicationId'>,
): Promise<{ base: ReportRow; previous: ReportRow; chain: ReportCitation[] }> {
  const base = await findReport(tx, organisationId, row.baseReportId)
  if (!base) throw new NotFoundError('No such report')
  const now = getRuntime().clock()
  const later = await listReattestationReports(tx, organisationId, row.applicationId, now)
  const counting = later.filter(({ endedAt }) => endedAt === null)
  const cited = [base, ...counting]
  return {
    base,
    previous: cited.at(-1) ?? base,
    chain: cited.flatMap((report) => {
      const { id, attestedAt, statementSha256, pdfSha256 } = report
      if (!attestedAt || !pdfSha256) return []
      const number = statementOf(report).reattestation?.period.number ?? 0
      return [{ reportId: id, number, attestedAt: attestedAt.toISOString(), statementSha256, pdfSha256 }]
    }),
  }
}

/** Which signed application, for which period. */
type Compared = Pick<
  ReattestationRow,
  'clientId' | 'applicationId' | 'baseReportId' | 'number' | 'periodFirst' | 'periodLast'
>

/** Everything of one moment; the sentences are told in the language of the report. */
export async function loadComparison(
  tx: Tx,
  organisationId: string,
  row: Compared,
  { now, since }: { now: Date; since: ReadonlyMap<string, string> },
) {
  const { base, previous, chain } = await readChain(tx, organisationId, row)
  const signed = statementOf(base)
  const last = statementOf(previous)
  const loaded = await loadReadiness(tx, organisationId, row.applicationId, now)
  const told = toldIn(signed.language ?? DEFAULT_LANGUAGE, loaded.input)
  const readiness = evaluateReadiness(told)
  const facts = new Map([...signed.facts, ...told.facts].map((fact) => [fact.id, fact]))
  const changed = answersSince({
    edition: loaded.edition,
    signed: signed.answers,
    statements: await listNewestStatements(tx, organisationId, row.clientId),
    since: new Date(signed.createdAt),
    applicationId: row.applicationId,
    now,
  })
  const compared = compareWithSigned({
    signed: signed.answers,
    today: readiness.answers,
    changed: new Set(changed.keys()),
    lapses: findLapses(
      evidenceIn(signed),
      new Set(loaded.evidence.map(({ revision }) => revision.id)),
      told.catalogue,
      now,
    ),
    revisionOf: (id) => facts.get(id)?.revisionId,
    factValue: (id) => facts.get(id)?.value ?? null,
    observedOn: (id) => facts.get(id)?.observedAt.slice(0, 10),
    since,
  })
  const byQuestion = new Map(signed.answers.map((answer) => [answer.questionId, answer]))
  const earlier = new Map(
    last.reattestation?.answers.map(({ questionId, result }) => [questionId, result?.result ?? null]),
  )
  const reattestation: Reattestation = {
    period: { number: row.number, first: row.periodFirst, last: row.periodLast },
    chain,
    answers: compared.map(({ questionId, mark, marks, since: from, against, lapsed }) => {
      const answer = byQuestion.get(questionId)
      const said = earlier.get(questionId) ?? null
      return {
        questionId,
        mark,
        marks,
        signed: {
          shown: answer?.shown ?? '',
          status: answer?.status ?? 'not-claimed',
          weakened: answer?.weakened ?? false,
        },
        since: from,
        changed: changed.get(questionId) ?? null,
        against: against.map(({ sentence }) => sentence),
        lapsed,
        earlier: said === 'still-true' ? null : said,
      }
    }),
    // What came after the previous statement was frozen stands in none, however long its signature took.
    newExceptions: await listNewExceptions(tx, organisationId, row.clientId, new Date(last.createdAt)),
    openSubjectivities: await listOpen(tx, organisationId, row.applicationId, now),
    changedFacts: compareFacts(
      {
        facts: last.facts,
        evidence: evidenceIn(last),
        catalogue: told.catalogue,
        now: new Date(last.createdAt),
      },
      told,
    ).map(({ before, now: today }) => describeChange(before, today, now)),
  }
  return { loaded, told, readiness, base, signed, previous, reattestation }
}
export type LoadedComparison = Awaited<ReturnType<typeof loadComparison>>

const evidenceIn = ({ evidence }: Statement): EvidenceSource[] =>
  evidence.map(({ revisionId, kind, title, observedAt, validUntil, controlIds }) => ({
    revisionId,
    evidenceId: revisionId,
    kind,
    title,
    observedAt: new Date(observedAt),
    validUntil: validUntil === null ? null : new Date(validUntil),
    controlIds,
    questionIds: [],
  }))

/** Words of the dictionary's label stay out of the values: `2`, not `Remote Desktop services that answer: 2`. */
function describeChange(before: FactSource | null, today: FactSource | null, now: Date) {
  const any = today ?? before
  const label = findFactEntry(any?.key ?? '')?.label ?? any?.key ?? ''
  const said = (fact: FactSource | null) => fact && describeFact(fact).slice(label.length + 2)
  return {
    label,
    subject: any?.scope.subject ?? '',
    before: said(before),
    now: said(today),
    observedOn: dayOf(today?.observedAt ?? now),
  }
}

async function listNewExceptions(tx: Tx, organisationId: string, clientId: string, after: Date) {
  const held = await listExceptionsOfClient(tx, organisationId, clientId)
  return held
    .filter(({ exception }) => exception.recordedAt > after && exception.revokedAt === null)
    .map(({ exception: { scope, reason, approvedBy, expiresOn }, application }) => ({
      form: application.formCode,
      scope,
      reason,
      approvedBy,
      expiresOn,
    }))
}

async function listOpen(tx: Tx, organisationId: string, applicationId: string, now: Date) {
  const held = await listSubjectivities(tx, organisationId, applicationId)
  const binding = await findBinding(tx, organisationId, applicationId)
  const said = await listSaid(
    tx,
    organisationId,
    held.map(({ id }) => id),
  )
  return held
    .map((row) => showSubjectivity(row, said(row.id), { binding, controlLabel: null, now }))
    .filter(({ standing }) => isToBeMet(standing))
    .map(({ reference, condition, dueNow }) => ({ reference, condition, due: dueNow }))
}
