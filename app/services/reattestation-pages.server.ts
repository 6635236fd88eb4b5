/** What the preparer's pages show of a re-attestation, and of what changed since an application was signed. */
import { isWalked } from '#app/readiness/reattestation.ts'
import { reattestWords, whySentences } from '#app/report/language/reattestation/words.ts'
import { Statement } from '#app/report/statement.ts'
import type { Reattestation, ReattestedAnswer } from '#app/report/statement-reattestation.ts'
import type { Tx } from '#db/client.server.ts'
import * as rows from '#db/queries/reattestations.server.ts'
import { findReport, type ReportRow } from '#db/queries/reports.server.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError } from './errors.ts'
import { loadForce } from './force.server.ts'
import type { Member } from './member.ts'
import { type LoadedComparison, loadComparison, readSince } from './reattestation-comparison.server.ts'
import { findObstacle } from './reattestation-standing.server.ts'
import { closeMissedReattestations } from './reattestations.server.ts'
import { getRuntime } from './runtime.server.ts'

const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const statementOf = ({ statement }: ReportRow) => Statement.parse(JSON.parse(statement))

export interface ComparedRow extends Omit<ReattestedAnswer, 'changed' | 'against' | 'lapsed'> {
  section: string
  item: string
  prompt: string
  /** What the evidence says of it on the day that is compared with; null where it applies no more. */
  status: string | null
  why: string[]
}

/** What is shown of a comparison, whether it was made just now or is read from the statement that froze it. */
interface Compared {
  base: ReportRow
  signed: Statement
  reattestation: Reattestation
  today: readonly { questionId: string; status: string }[]
  /** The day that it compares with. */
  comparedOn: string
}

const madeNow = ({ base, signed, reattestation, readiness }: LoadedComparison, now: Date): Compared => ({
  ...{ base, signed, reattestation, today: readiness.answers, comparedOn: dayOf(now) },
})

async function readFrozen(
  tx: Tx,
  organisationId: string,
  row: rows.ReattestationRow,
  report: ReportRow,
): Promise<Compared> {
  const base = await findReport(tx, organisationId, row.baseReportId)
  const { reattestation, answers, createdAt } = statementOf(report)
  if (!base || !reattestation) throw new Error('A re-attestation without what it compares')
  return {
    base,
    signed: statementOf(base),
    reattestation,
    today: answers,
    comparedOn: createdAt.slice(0, 10),
  }
}

function rowsOf({ signed, today: told, reattestation }: Compared): ComparedRow[] {
  const words = reattestWords(signed.language)
  const byId = new Map(signed.answers.map((answer) => [answer.questionId, answer]))
  const today = new Map(told.map((answer) => [answer.questionId, answer]))
  return reattestation.answers.map(({ changed, against, lapsed, ...answer }) => {
    const stated = byId.get(answer.questionId)
    return {
      ...answer,
      section: stated?.section ?? '',
      item: stated?.item ?? '',
      prompt: stated?.prompt ?? answer.questionId,
      status: today.get(answer.questionId)?.status ?? null,
      why: whySentences({ changed, against, lapsed }, words),
    }
  })
}

function shown(compared: Compared) {
  const { signed, reattestation, base, comparedOn } = compared
  const { chain, newExceptions, openSubjectivities, changedFacts } = reattestation
  return {
    language: signed.language ?? ('en' as const),
    form: { title: signed.edition.formTitle, edition: signed.edition.edition },
    signedOn: base.attestedAt ?? base.createdAt,
    comparedOn,
    chain,
    answers: rowsOf(compared),
    newExceptions,
    openSubjectivities,
    changedFacts,
  }
}
export type ShownComparison = ReturnType<typeof shown>

/** Answers for which something happened, or about which something was said before; the others are confirmed as a list. */
export const isMarked = ({ mark, earlier }: Pick<ComparedRow, 'mark' | 'earlier'>): boolean =>
  isWalked(mark) || earlier !== null

const isOpen = ({ state }: rows.ReattestationRow) => state === 'draft' || state === 'with-officer'

/**
 * A draft against today; one that was handed over as it was frozen then.
 * @throws NotFoundError
 */
export async function getReattestationPage(member: Member, reattestationId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  await closeMissedReattestations(organisationId)
  const found = await database.inOrganisation(organisationId, (tx) =>
    rows.findReattestation(tx, organisationId, reattestationId),
  )
  if (!found) throw new NotFoundError('No such re-attestation')
  // Judging every day is spared where nothing is compared.
  const since = found.reportId ? new Map() : await readSince(member, found)
  return database.inOrganisation(organisationId, async (tx) => {
    const report = found.reportId ? await findReport(tx, organisationId, found.reportId) : null
    const compared = report
      ? await readFrozen(tx, organisationId, found, report)
      : madeNow(await loadComparison(tx, organisationId, found, { now, since }), now)
    const officer = compared.signed.signers.find(({ role }) => role === 'insured-officer')
    const contributor = compared.signed.signers.find(({ role }) => role === 'technical-contributor')
    return {
      row: found,
      obstacle: isOpen(found) ? await findObstacle(tx, organisationId, found, now) : null,
      client: await getClientRow(tx, organisationId, found.clientId),
      isFrozen: report !== null,
      report: report && { id: report.id, state: report.state, failure: report.failure },
      officer: {
        officerName: officer?.name ?? '',
        officerTitle: officer?.title ?? '',
        officerEmail: officer?.email ?? '',
        contributorTitle: contributor?.name === member.name ? contributor.title : '',
      },
      ...shown(compared),
    }
  })
}

/**
 * “Anything changed?”: what an application that both sides signed says, against today; nothing is begun or signed.
 * @throws NotFoundError also where nobody has signed it
 */
export async function getChanges(member: Member, applicationId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  const { clientId } = await database.inOrganisation(organisationId, (tx) =>
    getApplicationRow(tx, organisationId, applicationId),
  )
  const since = await readSince(member, { clientId, applicationId })
  return database.inOrganisation(organisationId, async (tx) => {
    const { signed } = await loadForce(tx, organisationId, { clientId })
    const base = signed.filter((one) => one.applicationId === applicationId).at(-1)
    if (!base) throw new NotFoundError('Nobody has signed this application yet')
    const today = dayOf(now)
    const compared = await loadComparison(
      tx,
      organisationId,
      {
        clientId,
        applicationId,
        baseReportId: base.reportId,
        number: 1,
        periodFirst: today,
        periodLast: today,
      },
      { now, since },
    )
    return { client: compared.loaded.client, applicationId, today, ...shown(madeNow(compared, now)) }
  })
}
