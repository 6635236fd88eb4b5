/** What a move to another edition would do with each answer, and how the new draft would stand; nothing is written. */
import { selectFactsInForce } from '#app/readiness/facts-in-force.ts'
import * as bank from '#db/queries/answer-bank.server.ts'
import { type Answer, type Answers, describeAnswer } from '#questionnaires/answers.ts'
import { applicableQuestions } from '#questionnaires/branching.ts'
import type { Circumstances } from '#questionnaires/circumstances.ts'
import { compareEditions } from '#questionnaires/compare-editions.ts'
import { type Edition, findQuestion, listQuestions, type Question } from '#questionnaires/definition.ts'
import type { Proposal, ProposalSource } from '#questionnaires/proposal.ts'
import { deriveFromBank } from './answer-bank.server.ts'
import { circumstancesOf } from './circumstances.ts'
import { circumstancesAfter, type Move, planMove } from './edition-moves.server.ts'
import type { EditionPick } from './editions.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** `kept`: stays answered; `proposed`: to be confirmed; `ask-again`: the old answer is shown only; `open`: unanswered. */
export type MoveOutcome = 'kept' | 'proposed' | 'ask-again' | 'open'

/** `at-once` in the new draft; `later`, when the proposed answers are confirmed; `not`, or only after other answers. */
export type MoveAsking = 'at-once' | 'later' | 'not'

export async function previewMove(member: Member, applicationId: string, pick: EditionPick) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const move = await planMove(tx, member, applicationId, pick)
    const { loaded, newer, between, purpose, carried } = move
    const { edition: older, input, application, client } = loaded
    const sources = {
      statements: await bank.listNewestStatements(tx, organisationId, client.id),
      facts: selectFactsInForce(input),
    }
    const found = (question: Question) => deriveFromBank(newer, question, sources, clock())
    const difference = compareEditions(older, newer, between)
    const outlooks = new Map(
      listQuestions(newer).map((question) => [question.id, outlookOf(question, move, found)]),
    )
    const circumstances = circumstancesOf(
      { state: 'draft', circumstances: circumstancesAfter(application, purpose) },
      input,
    )
    const asking = askingOf(newer, outlooks, circumstances)
    const sections = newer.sections.map((section) => ({
      title: section.title,
      questions: section.questions.flatMap((question) => {
        const outlook = outlooks.get(question.id)
        if (!outlook) return []
        return [
          {
            id: question.id,
            item: question.reference.item,
            prompt: question.prompt,
            outcome: outlook.outcome,
            asking: asking(question.id),
            changes: difference.changes.filter(({ newer: ids }) => ids.includes(question.id)),
            lost: outlook.lost,
            proposed:
              outlook.outcome === 'proposed' && outlook.answer
                ? describeAnswer(question, outlook.answer)
                : null,
            before: outlook.before,
          },
        ]
      }),
    }))
    return {
      application: { id: application.id, state: application.state },
      client: { id: client.id, legalName: client.legalName },
      older: { title: older.form.title, edition: older.edition },
      newer: { title: newer.form.title, edition: newer.edition, formCode: newer.form.code },
      purpose,
      sections,
      counts: countOutcomes(sections.flatMap(({ questions }) => questions)),
      dropped: carried.dropped,
      exceptionCount: loaded.exceptionRows.length,
    }
  })
}

export type MovePreview = Awaited<ReturnType<typeof previewMove>>

interface MoveOutlook {
  outcome: MoveOutcome
  answer: Answer | null
  lost: string[]
  /** The old wordings and answers behind it. */
  before: { label: string; shown: string }[]
}

function outlookOf(
  question: Question,
  { loaded, carried }: Move,
  found: (question: Question) => Proposal | null,
): MoveOutlook {
  const { edition: older, input } = loaded
  const kept = carried.kept[question.id]
  if (kept) {
    const before = describeBefore(older, [kept.questionId], input.answers)
    return { outcome: 'kept', answer: kept.answer, lost: [], before }
  }
  const proposed = carried.proposed[question.id]
  if (proposed) {
    const { answer, lost, questionIds } = proposed
    const before = describeBefore(older, questionIds, input.answers)
    return { outcome: answer ? 'proposed' : 'ask-again', answer, lost, before }
  }
  // Beginning the draft asks the answer bank and the evidence as well.
  const other = found(question)
  if (!other) return { outcome: 'open', answer: null, lost: [], before: [] }
  return {
    outcome: other.answer ? 'proposed' : 'ask-again',
    answer: other.answer,
    lost: other.lost,
    before: other.sources.map(describeSource),
  }
}

function describeBefore(older: Edition, questionIds: readonly string[], answers: Answers) {
  return questionIds.flatMap((id) => {
    const question = findQuestion(older, id)
    if (!question) return []
    const { prompt, reference } = question
    return [
      { label: `Item ${reference.item} before: ${prompt}`, shown: describeAnswer(question, answers[id]) },
    ]
  })
}

function describeSource(source: ProposalSource): MoveOutlook['before'][number] {
  if (source.kind === 'fact') return { label: 'From the evidence', shown: source.shown }
  const { formTitle, edition, item, prompt, shown } = source
  return { label: `From ${formTitle}, edition ${edition}, item ${item}: ${prompt}`, shown }
}

/** Proposals open no gate before they are confirmed, so a draft begins with fewer questions than it ends with. */
function askingOf(
  newer: Edition,
  outlooks: ReadonlyMap<string, MoveOutlook>,
  circumstances: Circumstances,
): (questionId: string) => MoveAsking {
  const answersThat = (...outcomes: MoveOutcome[]): Answers =>
    Object.fromEntries(
      [...outlooks].flatMap(([id, { outcome, answer }]) =>
        answer && outcomes.includes(outcome) ? [[id, answer]] : [],
      ),
    )
  const atOnce = applicableQuestions(newer, answersThat('kept'), circumstances)
  const later = applicableQuestions(newer, answersThat('kept', 'proposed'), circumstances)
  return (id) => (atOnce.has(id) ? 'at-once' : later.has(id) ? 'later' : 'not')
}

/** The outcomes of the questions asked at once or later; the parts of it that the draft's own menu counts. */
function countOutcomes(questions: readonly { outcome: MoveOutcome; asking: MoveAsking }[]) {
  const count = (asking: MoveAsking[], outcome?: MoveOutcome) =>
    questions.filter((one) => asking.includes(one.asking) && (!outcome || one.outcome === outcome)).length
  const asked: MoveAsking[] = ['at-once', 'later']
  return {
    kept: count(asked, 'kept'),
    proposed: count(asked, 'proposed'),
    askAgain: count(asked, 'ask-again'),
    open: count(asked, 'open'),
    atOnce: count(['at-once']),
    answeredAtOnce: count(['at-once'], 'kept'),
    proposedAtOnce: count(['at-once'], 'proposed'),
    later: count(['later']),
    notAsked: count(['not']),
  }
}
