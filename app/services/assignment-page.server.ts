/** The page of an application on which a member sees who answers what, assigns questions and looks at what came. */
import * as assignments from '#db/queries/assignments.server.ts'
import { answersAsRead, describeAnswer } from '#questionnaires/answers.ts'
import { applicableQuestions, findAnswer, undecidedQuestions } from '#questionnaires/branching.ts'
import type { Question, Section } from '#questionnaires/definition.ts'
import { ANSWER_AREAS, type AnswerArea, areaOf } from './answer-areas.ts'
import { QUESTION_VIEWS, type QuestionFilter, type QuestionView } from './assignment-input.ts'
import { isOverdue } from './evidence-requests.server.ts'
import type { Member } from './member.ts'
import { loadReadiness } from './readiness.server.ts'
import { listKnownPeople } from './room-people.server.ts'
import { getRuntime } from './runtime.server.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** A week: an answer takes less than a file. */
const DUE_IN_DAYS = 7

export interface AssignableQuestion {
  id: string
  item: string
  prompt: string
  sectionId: string
  sectionTitle: string
  area: AnswerArea
  /** On file, in words. */
  answered: string | null
  /** It applies only if another answer says so. */
  isUndecided: boolean
  /** Files are asked for by requests. */
  isFile: boolean
  holder: {
    name: string
    email: string
    dueOn: string
    isOverdue: boolean
    state: assignments.AssignmentRow['state']
  } | null
}

export interface WaitingAnswer {
  assignmentId: string
  version: number
  state: 'answered' | 'not-mine'
  item: string
  prompt: string
  sectionId: string
  questionId: string
  recipientName: string
  recipientEmail: string
  answeredAt: Date | null
  /** What they gave, in words; null where they passed it on. */
  proposed: string | null
  explanation: string | null
  reason: string | null
  /** The answer on file, in words, with the version that a confirmation names. */
  onFile: string | null
  answerVersion: number
  trail: Pick<assignments.AssignmentEntryRow, 'kind' | 'authorName' | 'text' | 'at'>[]
}

/** @throws NotFoundError */
export async function getAssignmentPage(member: Member, applicationId: string, filter: QuestionFilter) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const loaded = await loadReadiness(tx, organisationId, applicationId, now)
    const { edition, application, client, input, catalogue, answerRows } = loaded
    const rows = await assignments.listAssignments(tx, organisationId, { applicationId })
    const live = rows.filter(assignments.isLive)
    const answers = answersAsRead(edition, input.answers)
    const applicable = applicableQuestions(edition, answers, input.circumstances)
    const undecided = undecidedQuestions(edition, answers, input.circumstances)

    const toAssignable = (question: Question, section: Section): AssignableQuestion => {
      const answer = findAnswer(input.answers, question.id)
      const held = live.find(({ questionId }) => questionId === question.id)
      return {
        id: question.id,
        item: question.reference.item,
        prompt: question.prompt,
        sectionId: section.id,
        sectionTitle: section.title,
        area: areaOf(question, section.id, catalogue),
        answered: answer ? describeAnswer(question, answer) : null,
        isUndecided: undecided.has(question.id),
        isFile: question.kind === 'attachment',
        holder: held
          ? {
              name: held.recipientName,
              email: held.recipientEmail,
              dueOn: held.dueOn,
              isOverdue: held.state === 'open' && isOverdue(held.dueOn, now),
              state: held.state,
            }
          : null,
      }
    }
    const places = edition.sections.flatMap((section) =>
      section.questions.map((question) => ({ question, section })),
    )
    const questions = places
      .map(({ question, section }) => toAssignable(question, section))
      .filter(({ id, holder, isUndecided }) => applicable.has(id) || isUndecided || holder)
    const views: Record<QuestionView, AssignableQuestion[]> = {
      open: questions.filter(({ answered, holder, isFile }) => !answered && !holder && !isFile),
      assigned: questions.filter(({ holder }) => holder),
      all: questions,
    }
    const entries = await assignments.listAssignmentEntries(
      tx,
      organisationId,
      live.map(({ id }) => id),
    )
    const waiting = places.flatMap(({ question, section }): WaitingAnswer[] => {
      const row = live.find(({ questionId }) => questionId === question.id)
      if (row?.state !== 'answered' && row?.state !== 'not-mine') return []
      const { id, version, state, recipientName, recipientEmail, answeredAt, reason, answer } = row
      const onFile = findAnswer(input.answers, question.id)
      return [
        {
          ...{ assignmentId: id, version, state, recipientName, recipientEmail, answeredAt, reason },
          ...{ item: question.reference.item, prompt: question.prompt },
          ...{ sectionId: section.id, questionId: question.id },
          proposed: answer ? describeAnswer(question, answer) : null,
          explanation: answer?.explanation ?? null,
          onFile: onFile ? describeAnswer(question, onFile) : null,
          answerVersion: answerRows.find(({ questionId }) => questionId === question.id)?.version ?? 0,
          trail: entries
            .filter(({ assignmentId }) => assignmentId === id)
            .map(({ kind, authorName, text, at }) => ({ kind, authorName, text, at })),
        },
      ]
    })
    return {
      isFrozen: application.state === 'frozen',
      isArchived: client.archivedAt !== null,
      clientId: client.id,
      waiting,
      questions: views[filter.view].filter(
        ({ sectionId, area }) =>
          (!filter.section || sectionId === filter.section) && (!filter.area || area === filter.area),
      ),
      counts: Object.fromEntries(QUESTION_VIEWS.map((view) => [view, views[view].length])) as Record<
        QuestionView,
        number
      >,
      hasAny: rows.length > 0,
      sections: edition.sections.map(({ id, title }) => ({ id, title })),
      areas: ANSWER_AREAS.map(({ id, label }) => ({ id, label })),
      people: await listKnownPeople(tx, client),
      dueOn: new Date(now.getTime() + DUE_IN_DAYS * DAY_MS).toISOString().slice(0, 10),
    }
  })
}
