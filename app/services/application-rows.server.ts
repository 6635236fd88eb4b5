/** One application and its answers as rows, for every service that works on them. */
import type { Tx } from '#db/client.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import type { Answer, Answers } from '#questionnaires/answers.ts'
import { NotFoundError } from './errors.ts'

/** @throws NotFoundError also when the application is another organisation's. */
export async function getApplicationRow(tx: Tx, organisationId: string, applicationId: string) {
  const row = await applications.findApplication(tx, organisationId, applicationId)
  if (!row) throw new NotFoundError('No such application')
  return row
}

export function answersOf(rows: readonly applications.AnswerRow[]): Answers {
  const answers: Record<string, Answer> = {}
  for (const row of rows) if (row.answer) answers[row.questionId] = row.answer
  return answers
}
