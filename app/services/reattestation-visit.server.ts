/** The officer's side of a re-attestation, before there is a report: saying of each answer how it is today. */
import { isWalked } from '#app/readiness/reattestation.ts'
import { reattestWords, whySentences } from '#app/report/language/reattestation/words.ts'
import { canonicalStatement, type Statement } from '#app/report/statement.ts'
import type { ReattestedAnswer } from '#app/report/statement-reattestation.ts'
import type { Tx } from '#db/client.server.ts'
import * as links from '#db/queries/attestation.server.ts'
import * as rows from '#db/queries/reattestations.server.ts'
import * as reports from '#db/queries/reports.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { atTheDoor, type Door, type Key, refuseDead, requireOpen } from './attestation-door.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { type ResultInput, resultOf } from './reattestation-input.ts'
import { todayOf } from './reattestation-rhythm.server.ts'
import { requireGoingOn } from './reattestation-standing.server.ts'
import { getRuntime } from './runtime.server.ts'

type Reattestation = NonNullable<Statement['reattestation']>

/** Gone through by itself: something happened, or it was not simply true the last time. */
const isStep = ({ mark, earlier }: ReattestedAnswer) => isWalked(mark) || earlier !== null

/** Contradicted by the evidence of today, and no exception covers it. */
function isUncovered({ answers }: Statement, questionId: string): boolean {
  const today = answers.find((answer) => answer.questionId === questionId)
  return today?.status === 'contradicted' && today.exceptionId === null
}

function reattestationIn({ statement }: Door): Reattestation {
  if (!statement.reattestation) throw new NotFoundError('This link leads to no re-attestation')
  return statement.reattestation
}

/** @throws NotFoundError; RefusedError `code-needed`; null once the officer has answered */
export async function getOfficerSheet(key: Key) {
  return atTheDoor(key, async (tx, door, now) => {
    requireOpen(door)
    const { report, statement, organisationId } = door
    if (report.state !== 'answering') return null
    const reattestation = reattestationIn(door)
    const given = await listGiven(tx, door)
    const row = await rows.lockReattestationOfReport(tx, organisationId, report.id)
    const words = reattestWords(statement.language)
    const prompts = new Map(statement.answers.map((answer) => [answer.questionId, answer]))
    const shown = reattestation.answers.map((answer) => {
      const today = prompts.get(answer.questionId)
      const result = given.get(answer.questionId)
      return {
        questionId: answer.questionId,
        section: today?.section ?? '',
        item: today?.item ?? '',
        prompt: today?.prompt ?? answer.questionId,
        shown: answer.signed.shown,
        mark: answer.mark,
        marks: answer.marks,
        since: answer.since,
        why: whySentences(answer, words),
        status: today?.status ?? null,
        isExcepted: today?.status === 'contradicted' && today.exceptionId !== null,
        mustNotStand: isUncovered(statement, answer.questionId),
        earlier: answer.earlier,
        isStep: isStep(answer),
        given: result ? said(result) : null,
      }
    })
    const contributor = statement.signers.find(({ role }) => role === 'technical-contributor')
    return {
      language: words.language,
      clientName: statement.client.legalName,
      formTitle: statement.edition.formTitle,
      organisationName: statement.preparedBy.name,
      officerName: door.invited.signer.name,
      contributorName: contributor?.name ?? statement.preparedBy.name,
      signedOn: reattestation.chain[0]?.attestedAt ?? statement.createdAt,
      period: reattestation.period,
      steps: shown.filter((answer) => answer.isStep),
      unchanged: shown.filter((answer) => !answer.isStep),
      isListConfirmed: (row?.unchangedConfirmedAt ?? null) !== null,
      failure: report.failure,
      today: await todayOf(tx, organisationId, report, now),
    }
  })
}
export type OfficerSheet = NonNullable<Awaited<ReturnType<typeof getOfficerSheet>>>

/** Without what a page has no use for. */
function said({ organisationId: _, reportId: __, questionId: ___, givenAt: ____, ...words }: rows.ResultRow) {
  return words
}

async function listGiven(tx: Tx, { organisationId, report }: Door) {
  const given = await rows.listResults(tx, organisationId, report.id)
  return new Map(given.map((row) => [row.questionId, row]))
}

async function requireAnswering(tx: Tx, door: Door, now: Date) {
  refuseDead(door)
  requireOpen(door)
  const { report, statement, organisationId } = door
  const { say } = reattestWords(statement.language)
  const reattestation = reattestationIn(door)
  const row = await rows.lockReattestationOfReport(tx, organisationId, report.id)
  if (report.state !== 'answering' || !row)
    throw new RefusedError('state', 'This re-attestation was answered already. Reload the page.')
  await requireGoingOn(tx, door, row, now)
  return { row, reattestation, say }
}

/** What the officer says of one answer; said again, the later word counts. @throws RefusedError `contradicted` */
export async function giveResult(key: Key, input: ResultInput): Promise<void> {
  await atTheDoor(key, async (tx, door, now) => {
    const { reattestation, say } = await requireAnswering(tx, door, now)
    const { organisationId, link, report, statement } = door
    const { questionId, result } = input
    if (!reattestation.answers.some((answer) => answer.questionId === questionId))
      throw new RefusedError('question', say('refused.question'))
    if (result === 'still-true' && isUncovered(statement, questionId))
      throw new RefusedError('contradicted', say('refused.contradicted'))
    const ended = result === 'no-longer-true' ? input : null
    const broker = result === 'still-true' ? null : input
    await rows.saveResult(tx, organisationId, {
      reportId: report.id,
      questionId,
      result,
      exceptions: result === 'with-exceptions' ? input.exceptions : null,
      since: ended?.since ?? null,
      cause: ended?.cause ?? null,
      plan: ended?.plan ?? null,
      planOwner: ended?.planOwner ?? null,
      planDue: ended?.planDue ?? null,
      broker: broker?.broker ?? null,
      brokerOn: broker?.broker === 'told' ? broker.brokerOn || null : null,
      givenAt: now,
    })
    await links.insertStep(tx, { organisationId, linkId: link.id, questionId, confirmedAt: now })
  })
}

/** One deliberate act for all unchanged answers of which nothing else was said. Again is the same as once. */
export async function confirmUnchanged(key: Key): Promise<void> {
  await atTheDoor(key, async (tx, door, now) => {
    const { row, reattestation } = await requireAnswering(tx, door, now)
    const { organisationId, link } = door
    const given = await listGiven(tx, door)
    for (const answer of reattestation.answers) {
      const { questionId } = answer
      if (isStep(answer) || given.has(questionId)) continue
      await links.insertStep(tx, { organisationId, linkId: link.id, questionId, confirmedAt: now })
    }
    if (row.unchangedConfirmedAt) return
    await rows.updateReattestation(tx, organisationId, row.id, { unchangedConfirmedAt: now })
  })
}

/**
 * Makes the report of what was said: the preparer signs for the comparison that they certified, the officer reads and
 * signs it next.
 * @throws RefusedError `unanswered`, `list`, and as everything here `over`, `not-in-force`
 */
export async function finishAnswering(key: Key): Promise<void> {
  const { jobs } = getRuntime()
  await atTheDoor(key, async (tx, door, now) => {
    const { row, reattestation, say } = await requireAnswering(tx, door, now)
    const { organisationId, report, statement, invited } = door
    const given = await listGiven(tx, door)
    const missing = reattestation.answers.filter((answer) => isStep(answer) && !given.has(answer.questionId))
    if (missing.length > 0)
      throw new RefusedError('unanswered', say('refused.unanswered', { count: missing.length }))
    const listed = reattestation.answers.filter((answer) => !given.has(answer.questionId))
    if (listed.length > 0 && !row.unchangedConfirmedAt) throw new RefusedError('list', say('refused.list'))
    const made = canonicalStatement({
      ...statement,
      reattestation: {
        ...reattestation,
        answers: reattestation.answers.map((answer) => {
          const said = given.get(answer.questionId)
          return {
            ...answer,
            result: said ? resultOf(said) : { result: 'still-true' as const, confirmed: 'in-list' as const },
          }
        }),
        certified: { at: statement.createdAt, sha256: report.statementSha256 },
        statedAt: now.toISOString(),
      },
    })
    await reports.updateReport(tx, organisationId, report.id, {
      state: 'rendering',
      failure: null,
      statement: made,
      statementSha256: sha256Hex(made),
    })
    await recordInLedger(tx, organisationId, {
      kind: 'reattestation.stated',
      actor: `${invited.signer.name} <${invited.signer.email}>`,
      at: now,
      payload: {
        reattestationId: row.id,
        reportId: report.id,
        applicationId: report.applicationId,
        certifiedSha256: report.statementSha256,
        statementSha256: sha256Hex(made),
      },
    })
    await jobs.enqueue({ name: 'render-report', organisationId, reportId: report.id })
  })
}
