/** Records one answer at a time; the later of two saves is told, never silently lost. */
import * as applications from '#db/queries/applications.server.ts'
import { type Answer, describeAnswer, validateAnswer } from '#questionnaires/answers.ts'
import { findQuestion } from '#questionnaires/definition.ts'
import { editionOf, getApplicationRow } from './applications.server.ts'
import { NotFoundError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

export type RecordAnswerOutcome =
  | { outcome: 'saved'; version: number; answeredAt: string }
  | { outcome: 'invalid'; fieldErrors: { path: string; message: string }[] }
  | { outcome: 'frozen' }
  | {
      outcome: 'conflict'
      /** What the other person saved. */
      current: { answer: Answer | null; shown: string; version: number; by: string; at: string }
    }

export interface RecordAnswerInput {
  applicationId: string
  questionId: string
  /** null clears the answer. */
  answer: Answer | null
  /** The version this save was made on; 0 when none was there. */
  seenVersion: number
}

/**
 * Saves one answer and its ledger entry, if nobody saved another version since `seenVersion`.
 * @throws NotFoundError for an application of another organisation or a question that the edition lacks.
 */
export async function recordAnswer(member: Member, input: RecordAnswerInput): Promise<RecordAnswerOutcome> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const { applicationId, questionId } = input
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    await getApplicationRow(tx, organisationId, applicationId)
    const row = await applications.lockApplication(tx, organisationId, applicationId, 'share')
    if (!row) throw new NotFoundError('No such application')
    const edition = editionOf(row)
    const question = findQuestion(edition, questionId)
    if (!question) throw new NotFoundError('No such question in this edition')
    if (row.state === 'frozen') return { outcome: 'frozen' }
    const checked = input.answer ? validateAnswer(question, input.answer, at) : null
    if (checked && !checked.ok) return { outcome: 'invalid', fieldErrors: checked.fieldErrors }
    const answer = checked?.answer ?? null
    const held = await applications.lockAnswer(tx, organisationId, applicationId, questionId)
    const next = {
      organisationId,
      applicationId,
      questionId,
      answer,
      version: (held?.version ?? 0) + 1,
      answeredBy: member.userId,
      answeredByName: member.name,
      answeredAt: at,
    }
    const wasSeen = (held?.version ?? 0) === input.seenVersion
    const stored = wasSeen && (held ? await update() : await applications.insertFirstAnswer(tx, next))
    if (!stored) {
      const current = held ?? (await applications.lockAnswer(tx, organisationId, applicationId, questionId))
      if (!current) return { outcome: 'saved', version: 0, answeredAt: at.toISOString() }
      return {
        outcome: 'conflict',
        current: {
          answer: current.answer,
          shown: describeAnswer(question, current.answer ?? undefined),
          version: current.version,
          by: current.answeredByName,
          at: current.answeredAt.toISOString(),
        },
      }
    }
    await recordInLedger(tx, organisationId, {
      kind: 'answer.recorded',
      actor: actorOf(member),
      at,
      payload: { applicationId, questionId, version: next.version, answer },
    })
    return { outcome: 'saved', version: next.version, answeredAt: at.toISOString() }

    async function update() {
      await applications.updateAnswer(tx, next)
      return true
    }
  })
}
