/** The questions of one form that a person has in their room: theirs, and nothing else of the form. */
import type { Tx } from '#db/client.server.ts'
import * as assignments from '#db/queries/assignments.server.ts'
import { getOrganisationName } from '#db/queries/members.server.ts'
import { type Answer, answersAsRead, describeAnswer } from '#questionnaires/answers.ts'
import { applicableQuestions, findAnswer } from '#questionnaires/branching.ts'
import type { Question, Term } from '#questionnaires/definition.ts'
import type { Key } from './attestation-door.server.ts'
import { NotFoundError } from './errors.ts'
import { isOverdue } from './evidence-requests.server.ts'
import { atGuestDoor, requireOpenGuest } from './guest-door.server.ts'
import { loadReadiness } from './readiness.server.ts'

export interface RoomQuestion {
  assignmentId: string
  /** Without the conditions and controls behind it, which are none of the person's business. */
  question: Question
  sectionTitle: string
  state: 'open' | 'answered' | 'not-mine' | 'accepted'
  answer: Answer | null
  version: number
  answeredAt: Date | null
  dueOn: string
  note: string
  /** Why it is not theirs, in their words. */
  reason: string | null
  returnedReason: string | null
  assignedByName: string
  /** The answer that the organisation has on file by now, in words. */
  onFile: string | null
}

export interface RoomForm {
  applicationId: string
  formTitle: string
  clientName: string
  /** No answer is taken any more. */
  isClosed: boolean
  questions: RoomQuestion[]
  terms: Term[]
  /** Of what is still to be answered, else of the last one. */
  dueOn: string
  isOverdue: boolean
  now: Date
}

/** @returns null where nothing of this form was put to them, or nothing that applies by now */
export async function loadRoomForm(
  tx: Tx,
  organisationId: string,
  { applicationId, clientId, email }: { applicationId: string; clientId: string; email: string },
  now: Date,
): Promise<RoomForm | null> {
  const all = await assignments.listAssignments(tx, organisationId, { applicationId })
  const own = all.filter((row) => row.recipientEmail === email && row.clientId === clientId)
  if (own.every(({ state }) => state === 'taken-back')) return null
  const loaded = await loadReadiness(tx, organisationId, applicationId, now)
  const { edition, application, client, input } = loaded
  // What was given in the room opens the questions that depend on it, though it counts for nothing yet.
  const given: Record<string, Answer> = { ...input.answers }
  for (const row of all) if (assignments.isLive(row) && row.answer) given[row.questionId] = row.answer
  const applicable = applicableQuestions(edition, answersAsRead(edition, given), input.circumstances)
  const questions: RoomQuestion[] = []
  for (const section of edition.sections) {
    for (const question of section.questions) {
      const row = currentOf(own, question.id)
      if (!row || row.state === 'taken-back' || !applicable.has(question.id)) continue
      const { state, answer, version, answeredAt, dueOn, note, reason, returnedReason, assignedByName } = row
      const onFile = findAnswer(input.answers, question.id)
      questions.push({
        ...{ assignmentId: row.id, question: plainQuestion(question), sectionTitle: section.title },
        ...{ state, answer, version, answeredAt, dueOn, note, reason, returnedReason, assignedByName },
        onFile: onFile ? describeAnswer(question, onFile) : null,
      })
    }
  }
  if (questions.length === 0) return null
  const isClosed = application.state === 'frozen' || client.archivedAt !== null
  const waiting = questions.filter(({ state }) => state === 'open')
  const days = (waiting.length > 0 ? waiting : questions).map(({ dueOn }) => dueOn).sort()
  const dueOn = (waiting.length > 0 ? days[0] : days.at(-1)) ?? ''
  const used = new Set(questions.flatMap(({ question }) => question.terms ?? []))
  return {
    ...{ applicationId, formTitle: edition.form.title, clientName: client.legalName, isClosed, questions },
    terms: edition.terms.filter(({ id }) => used.has(id)),
    dueOn,
    isOverdue: !isClosed && waiting.length > 0 && isOverdue(dueOn, now),
    now,
  }
}

/** The one that is not over, else the newest. */
function currentOf(rows: readonly assignments.AssignmentRow[], questionId: string) {
  const of = rows.filter((row) => row.questionId === questionId)
  const newest = of.reduce<assignments.AssignmentRow | null>(
    (best, row) => (!best || row.assignedAt >= best.assignedAt ? row : best),
    null,
  )
  return of.find(assignments.isLive) ?? newest
}

function plainQuestion({
  when: _when,
  canonical: _canonical,
  control: _control,
  ...question
}: Question): Question {
  return question as Question
}

/** @throws NotFoundError where nothing of this form was put to them; RefusedError `code-needed`, `link` */
export async function visitRoomForm(key: Key, applicationId: string) {
  return atGuestDoor('room', key, async (tx, door, now) => {
    requireOpenGuest(door)
    const { organisationId, link } = door
    const which = { applicationId, clientId: link.subjectId, email: link.recipientEmail }
    const form = await loadRoomForm(tx, organisationId, which, now)
    if (!form) throw new NotFoundError('No questions of this form wait for you')
    return {
      ...form,
      recipientName: link.recipientName,
      organisationName: await getOrganisationName(tx, organisationId),
    }
  })
}
