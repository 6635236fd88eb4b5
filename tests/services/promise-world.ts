/** Re-attestations that were signed, as rows: how one comes to be is tested elsewhere. */
import { canonicalStatement } from '#app/report/statement.ts'
import type { OfficerResult } from '#app/report/statement-reattestation.ts'
import type { Member } from '#app/services/member.ts'
import { keepReattested } from '#app/services/reattestation-reports.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/reattestations.server.ts'
import { findReport, insertReport } from '#db/queries/reports.server.ts'
import { exampleStatement } from '../report/example-statement.ts'
import { digestOf } from './report-rows.ts'

/** The only one of which the officer may say something else than “still true”. */
export const QUESTION = exampleStatement().answers[0]?.questionId ?? ''

interface Reattested {
  clientId: string
  base: { reportId: string; applicationId: string }
  number: number
  said: OfficerResult
  at: Date
}

/** As the officer leaves it behind: their words, the report, and both signatures. @returns the re-attestation's id */
export async function signReattestation(
  { organisationId, userId, name }: Member,
  { clientId, base, number, said, at }: Reattested,
): Promise<string> {
  const inTx = (work: (tx: Tx) => Promise<unknown>) =>
    getRuntime().database.inOrganisation(organisationId, work)
  const [id, reportId] = [crypto.randomUUID(), crypto.randomUUID()]
  const example = exampleStatement()
  const period = [
    { first: '2026-04-12', last: '2026-07-11' },
    { first: '2026-07-12', last: '2026-10-11' },
  ][number - 1] as { first: string; last: string }
  const statement = canonicalStatement({
    ...example,
    reattestation: {
      period: { number, ...period },
      chain: [
        {
          ...{ reportId: base.reportId, number: 0, attestedAt: '2026-01-12T09:00:00.000Z' },
          ...{ statementSha256: digestOf('0'), pdfSha256: digestOf('1') },
        },
      ],
      answers: example.answers.map(({ questionId, shown, status, weakened }) => ({
        ...{ questionId, mark: 'unchanged', marks: ['unchanged'], signed: { shown, status, weakened } },
        ...{ since: null, changed: null, against: [], lapsed: [], earlier: null },
        result: questionId === QUESTION ? said : { result: 'still-true', confirmed: 'in-list' },
      })),
      ...{ newExceptions: [], openSubjectivities: [], changedFacts: [] },
    },
  })
  await inTx(async (tx) => {
    await insertReport(tx, {
      ...{ organisationId, id: reportId, kind: 'reattestation', applicationId: base.applicationId, clientId },
      ...{ state: 'signed', statement, statementSha256: digestOf('2'), pdfSha256: digestOf('3') },
      ...{ createdBy: userId, createdAt: at, attestedAt: at },
    })
    await rows.insertReattestation(tx, {
      ...{ organisationId, id, clientId, applicationId: base.applicationId, baseReportId: base.reportId },
      ...{ number, periodFirst: period.first, periodLast: period.last },
      ...{ state: 'with-officer', reportId, createdBy: userId, createdByName: name, createdAt: at },
    })
    const ended = said.result === 'no-longer-true' ? said : null
    await rows.saveResult(tx, organisationId, {
      ...{ reportId, questionId: QUESTION, result: said.result, givenAt: at },
      exceptions: said.result === 'with-exceptions' ? said.exceptions : null,
      ...{ since: ended?.since ?? null, cause: ended?.cause ?? null, plan: ended?.plan.what ?? null },
      ...{ planOwner: ended?.plan.owner ?? null, planDue: ended?.plan.due ?? null },
      ...{ broker: said.result === 'still-true' ? null : said.broker.tell, brokerOn: null },
    })
    const report = await findReport(tx, organisationId, reportId)
    if (report) await keepReattested(tx, report, at)
  })
  return id
}
