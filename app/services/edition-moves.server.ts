/** Moves an application to another edition as a new draft: the old one untouched, undone by discarding the new one. */
import type { Tx } from '#db/client.server.ts'
import * as bank from '#db/queries/answer-bank.server.ts'
import type { ApplicationRow } from '#db/queries/applications.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import { describeAnswer } from '#questionnaires/answers.ts'
import { type CarriedAnswers, carryForward } from '#questionnaires/carry-forward.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { compareEditions } from '#questionnaires/compare-editions.ts'
import { type Edition, findQuestion } from '#questionnaires/definition.ts'
import type { EditionChange } from '#questionnaires/edition-change.ts'
import { chainBetween, compareEditionNumbers } from '#questionnaires/editions.ts'
import type { ProposalSource } from '#questionnaires/proposal.ts'
import { proposeFor } from './answer-bank.server.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { insertDraft } from './applications.server.ts'
import { type EditionPick, getEditionFor, listEditionsFor } from './editions.server.ts'
import { RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { type LoadedReadiness, loadReadiness } from './readiness.server.ts'
import { getRuntime } from './runtime.server.ts'

/** A draft keeps what it may; what was signed is answered anew, with the old answers beside. */
export type MovePurpose = 'draft' | 'renewal'

export interface Move {
  loaded: LoadedReadiness
  newer: Edition
  between: Edition[]
  purpose: MovePurpose
  carried: CarriedAnswers
}

/** @throws RefusedError `another-form`, `same-edition` */
export async function planMove(
  tx: Tx,
  member: Member,
  applicationId: string,
  pick: EditionPick,
): Promise<Move> {
  const { organisationId } = member
  const loaded = await loadReadiness(tx, organisationId, applicationId, getRuntime().clock())
  const { application, edition: older, input } = loaded
  const { edition: newer } = await getEditionFor(tx, organisationId, pick)
  const listed = await listEditionsFor(tx, organisationId)
  if (newer.form.code !== older.form.code) {
    throw new RefusedError(
      'another-form',
      'Answers move within one form. Start the other form instead: the answer bank proposes what it can.',
    )
  }
  const purpose: MovePurpose = application.state === 'frozen' ? 'renewal' : 'draft'
  if (purpose === 'draft' && newer.edition === older.edition) {
    throw new RefusedError('same-edition', 'This draft is on that edition already.')
  }
  const all = listed.map(({ edition }) => edition)
  const between = chainBetween(all, older, newer)
  const carried = carryForward({
    older,
    newer,
    between,
    answers: input.answers,
    circumstances: input.circumstances,
    purpose,
  })
  return { loaded, newer, between, purpose, carried }
}

/** Editions that an application can be moved to, newest first; its own for the renewal of what was signed. */
export async function listMoveTargets(member: Member, applicationId: string) {
  const { database } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const application = await getApplicationRow(tx, organisationId, applicationId)
    const isTarget = (edition: string) =>
      application.state === 'frozen'
        ? compareEditionNumbers(edition, application.edition) >= 0
        : compareEditionNumbers(edition, application.edition) > 0
    const listed = await listEditionsFor(tx, organisationId)
    return listed
      .filter(({ edition, state }) => edition.form.code === application.formCode && state !== 'retired')
      .filter(({ edition }) => isTarget(edition.edition))
      .map(({ edition: { form, edition, effectiveOn }, state }) => ({
        formCode: form.code,
        edition,
        countsFrom: state === 'upcoming' ? (effectiveOn ?? null) : null,
      }))
  })
}

/**
 * Makes the new draft. The old application is not touched; discarding the draft undoes the move.
 * @returns the new draft's id
 * @throws RefusedError `another-form`, `same-edition`, `edition-retired`, `client-archived`
 */
export async function moveApplication(
  member: Member,
  applicationId: string,
  pick: EditionPick,
): Promise<string> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const { loaded, newer, between, purpose, carried } = await planMove(tx, member, applicationId, pick)
    const { application, edition: older, answerRows, input } = loaded
    const at = clock()
    const id = await insertDraft(tx, member, {
      clientId: application.clientId,
      pick,
      circumstances: circumstancesAfter(application, purpose),
      movedFrom: { applicationId, purpose },
    })
    const { changes } = compareEditions(older, newer, between)
    const rowOf = (questionId: string) => answerRows.find((row) => row.questionId === questionId)
    for (const [questionId, { answer, questionId: from }] of Object.entries(carried.kept)) {
      const row = rowOf(from)
      if (!row) continue
      // The words of the person who gave it, with their name and day: nobody answers it a second time.
      await applications.insertFirstAnswer(tx, {
        organisationId,
        applicationId: id,
        questionId,
        answer,
        version: 1,
        answeredBy: row.answeredBy,
        answeredByName: row.answeredByName,
        answeredAt: row.answeredAt,
        trueFrom: row.trueFrom,
      })
    }
    for (const [questionId, { answer, questionIds, lost }] of Object.entries(carried.proposed)) {
      const sources = questionIds.flatMap((from): ProposalSource[] => {
        const question = findQuestion(older, from)
        const row = rowOf(from)
        if (!question || !row) return []
        return [
          {
            kind: 'earlier-edition',
            applicationId,
            questionId: from,
            formTitle: older.form.title,
            edition: older.edition,
            item: question.reference.item,
            prompt: question.prompt,
            shown: describeAnswer(question, input.answers[from]),
            answeredBy: row.answeredByName,
            answeredAt: row.answeredAt.toISOString(),
          },
        ]
      })
      if (sources.length === 0) continue
      const proposal = { answer, sources, lost, changed: meaningChanges(changes, questionId) }
      await bank.saveProposal(tx, organisationId, { applicationId: id, questionId, proposal, createdAt: at })
    }
    await carryLinks(tx, organisationId, { from: applicationId, to: id, older, newer, between, at })
    await proposeFor(tx, organisationId, id, at)
    await recordInLedger(tx, organisationId, {
      kind: 'application.moved',
      actor: actorOf(member),
      at,
      payload: {
        applicationId: id,
        movedFrom: applicationId,
        purpose,
        kept: Object.fromEntries(Object.entries(carried.kept).map(([key, { answer }]) => [key, answer])),
        proposed: Object.keys(carried.proposed),
      },
    })
    return id
  })
}

/** What the new draft begins with: without what the evidence and the clock say anew. */
export function circumstancesAfter(
  { circumstances }: Pick<ApplicationRow, 'circumstances'>,
  purpose: MovePurpose,
): Circumstances {
  const { facts: _facts, today: _today, ...given } = circumstances
  return purpose === 'renewal' ? { ...given, renewal: 'yes' } : given
}

/** For whoever confirms the old answer: what it was given to is not quite what is asked now. */
function meaningChanges(changes: readonly EditionChange[], questionId: string): string[] {
  return changes
    .filter(({ kind, newer }) => newer.includes(questionId) && kind !== 'moved' && kind !== 'gate-changed')
    .map(({ sentence }) => sentence)
}

/** Evidence attached to a question stays attached where the question still means the same, and only there. */
async function carryLinks(
  tx: Tx,
  organisationId: string,
  move: { from: string; to: string; older: Edition; newer: Edition; between: readonly Edition[]; at: Date },
): Promise<void> {
  const application = await applications.findApplication(tx, organisationId, move.to)
  if (!application) return
  const { rules } = compareEditions(move.older, move.newer, move.between)
  for (const { evidence } of await evidenceRows.listEvidence(tx, organisationId, application.clientId)) {
    const added = evidence.questionRefs.flatMap((ref) => {
      if (!ref.startsWith(`${move.from}/`)) return []
      const from = ref.slice(move.from.length + 1)
      return Object.entries(rules)
        .filter(([, rule]) => rule.rule === 'keep' && rule.from.includes(from))
        .map(([questionId]) => `${move.to}/${questionId}`)
    })
    if (added.length === 0) continue
    const questionRefs = [...evidence.questionRefs, ...added]
    await evidenceRows.updateEvidence(tx, organisationId, evidence.id, { questionRefs }, move.at)
  }
}

/** The application that this one was begun with, and what was begun with this one since. */
export async function getMoveOf(member: Member, applicationId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const application = await getApplicationRow(tx, organisationId, applicationId)
    const successors = await applications.listSuccessors(tx, organisationId, applicationId)
    const from =
      application.movedFrom && (await applications.findApplication(tx, organisationId, application.movedFrom))
    return {
      movedFrom: from ? { id: from.id, edition: from.edition } : null,
      purpose: application.movePurpose,
      successors: successors.map(({ id, edition }) => ({ id, edition })),
    }
  })
}
