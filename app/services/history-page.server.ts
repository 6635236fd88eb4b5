/** A point of both times as pages, the API and the command line show it. */
import { describeAnswer } from '#questionnaires/answers.ts'
import { findQuestion } from '#questionnaires/definition.ts'
import { getReadinessAt, type judgeAt } from './history.server.ts'
import type { HistoryQuery } from './history-input.ts'
import type { Member } from './member.ts'

/** Everything in words and ISO 8601, so that it can leave as JSON. */
export async function getPoint(
  member: Pick<Member, 'organisationId'>,
  clientId: string,
  query: HistoryQuery,
) {
  return describePoint(await getReadinessAt(member, clientId, query))
}

/** As `getPoint`, of what was judged already. */
export function describePoint(judged: ReturnType<typeof judgeAt>) {
  const { client, point, application, inForce, edition, readiness, answers } = judged
  return {
    client: { id: client.id, legalName: client.legalName },
    trueOn: point.trueOn.toISOString(),
    knownOn: point.knownOn.toISOString(),
    application: application &&
      edition && {
        ...application,
        form: edition.form.code,
        title: edition.form.title,
        edition: edition.edition,
      },
    inForce,
    unanswered: readiness?.answers.filter(({ questionId }) => !answers[questionId]).length ?? 0,
    controls: readiness?.controls.map(({ controlId, status }) => ({ controlId, status })) ?? [],
    answers:
      readiness?.answers.flatMap((answer) => {
        const question = edition && findQuestion(edition, answer.questionId)
        // What nobody had answered yet is told as a number.
        if (!question || !answers[answer.questionId]) return []
        return [
          {
            questionId: answer.questionId,
            item: question.reference.item,
            prompt: question.prompt,
            controlId: answer.controlId,
            shown: describeAnswer(question, answers[answer.questionId]),
            status: answer.status,
            isExcepted: answer.exceptionId !== null,
            reasons: answer.reasons,
          },
        ]
      }) ?? [],
  }
}
export type HistoryPoint = ReturnType<typeof describePoint>
