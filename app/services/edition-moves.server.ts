/** Moves an application to another edition as a new draft: previewed first, the old one untouched, undone by discarding. */
import type { Tx } from '#db/client.server.ts'
import * as bank from '#db/queries/answer-bank.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import { type Answers, describeAnswer } from '#questionnaires/answers.ts'
import { type CarriedAnswers, carryForward } from '#questionnaires/carry-forward.ts'
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

interface Move {
  loaded: LoadedReadiness
  newer: Edition
  between: Edition[]
  purpose: MovePurpose
  carried: CarriedAnswers
}

async function planMove(tx: Tx, member: Member, applicationId: string, pick: EditionPick): Promise<Move> {
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

/** What a move would do, question by question; nothing is written. */
export async function previewMove(member: Member, applicationId: string, pick: EditionPick) {
  const { database } = getRuntime()
  return database.inOrganisation(member.organisationId, async (tx) => {
    const { loaded, newer, between, purpose, carried } = await planMove(tx, member, applicationId, pick)
    const { edition: older, input, application, client } = loaded
    const difference = compareEditions(older, newer, between)
    return {
      application: { id: application.id, state: application.state },
      client: { id: client.id, legalName: client.legalName },
      older: { title: older.form.title, edition: older.edition },
      newer: { title: newer.form.title, edition: newer.edition, formCode: newer.form.code },
      purpose,
      difference,
      sections: newer.sections.map((section) => ({
        title: section.title,
        questions: section.questions.map((question) => ({
          id: question.id,
          item: question.reference.item,
          prompt: question.prompt,
          rule: difference.rules[question.id]?.rule ?? 'new',
          outcome: outcomeOf(question.id, carried),
          changes: difference.changes.filter(({ newer: ids }) => ids.includes(question.id)),
          lost: carried.proposed[question.id]?.lost ?? [],
          proposed: describeProposed(newer, question.id, carried),
          before: describeBefore(older, question.id, carried, input.answers),
        })),
      })),
      removed: difference.changes.filter(({ kind }) => kind === 'removed'),
      dropped: carried.dropped,
      exceptionCount: loaded.exceptionRows.length,
    }
  })
}

export type MovePreview = Awaited<ReturnType<typeof previewMove>>

/** `kept`: stays answered; `proposed`: to be confirmed; `ask-again`: the old answer is shown only; `open`: unanswered. */
export type MoveOutcome = 'kept' | 'proposed' | 'ask-again' | 'open'

function outcomeOf(questionId: string, { kept, proposed }: CarriedAnswers): MoveOutcome {
  if (Object.hasOwn(kept, questionId)) return 'kept'
  if (!Object.hasOwn(proposed, questionId)) return 'open'
  return proposed[questionId]?.answer ? 'proposed' : 'ask-again'
}

function describeProposed(newer: Edition, questionId: string, carried: CarriedAnswers): string | null {
  const question = findQuestion(newer, questionId)
  const answer = (carried.kept[questionId] ?? carried.proposed[questionId])?.answer
  return question && answer ? describeAnswer(question, answer) : null
}

/** The old wording and answer behind each question that has any. */
function describeBefore(older: Edition, questionId: string, carried: CarriedAnswers, answers: Answers) {
  const kept = carried.kept[questionId]
  const ids = kept ? [kept.questionId] : (carried.proposed[questionId]?.questionIds ?? [])
  return ids.flatMap((id) => {
    const question = findQuestion(older, id)
    if (!question) return []
    const { prompt, reference } = question
    return [{ item: reference.item, prompt, shown: describeAnswer(question, answers[id]) }]
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
    const { facts: _facts, today: _today, ...circumstances } = application.circumstances
    const id = await insertDraft(tx, member, {
      clientId: application.clientId,
      pick,
      circumstances: purpose === 'renewal' ? { ...circumstances, renewal: 'yes' } : circumstances,
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
    await carryLinks(tx, organisationId, { from: applicationId, to: id, older, newer, between })
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
  move: { from: string; to: string; older: Edition; newer: Edition; between: readonly Edition[] },
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
    await evidenceRows.updateEvidence(tx, organisationId, evidence.id, {
      questionRefs: [...evidence.questionRefs, ...added],
    })
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
