/** From which day on an answer holds: said once it is known that it did not begin with its being written down. */
import * as applications from '#db/queries/applications.server.ts'
import { findQuestion, listQuestions } from '#questionnaires/definition.ts'
import { recordAnswerIn } from './answers.server.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { editionOf } from './editions.server.ts'
import { frozen, NotFoundError, RefusedError } from './errors.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** The answers of a draft with the day since when each holds; empty for what is signed. */
export async function listAnswerDates(member: Member, applicationId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const row = await getApplicationRow(tx, organisationId, applicationId)
    if (row.state === 'frozen') return []
    const answers = new Map(
      (await applications.listAnswers(tx, organisationId, applicationId)).map((answer) => [
        answer.questionId,
        answer,
      ]),
    )
    return listQuestions(await editionOf(tx, row)).flatMap(({ id, reference, prompt }) => {
      const given = answers.get(id)
      if (!given?.answer) return []
      const since = (given.trueFrom ?? given.answeredAt).toISOString().slice(0, 10)
      return [{ questionId: id, item: reference.item, prompt, since }]
    })
  })
}

/**
 * Records the answer as it stands once more, with the day since when it holds: what was known before stays known.
 * @throws RefusedError `day` for a day still to come; `later-day` for one that would take back what was recorded; `frozen`; NotFoundError where there is no such answer
 */
export async function dateAnswer(
  member: Member,
  clientId: string,
  { applicationId, questionId, trueFrom }: { applicationId: string; questionId: string; trueFrom: string },
): Promise<void> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const row = await getApplicationRow(tx, organisationId, applicationId)
    if (row.clientId !== clientId) throw new NotFoundError('No such application of this client')
    if (row.state === 'frozen') throw frozen()
    const held = await applications.lockAnswer(tx, organisationId, applicationId, questionId)
    if (!held?.answer || !findQuestion(await editionOf(tx, row), questionId))
      throw new NotFoundError('There is no such answer.')
    const since = (held.trueFrom ?? held.answeredAt).toISOString().slice(0, 10)
    if (trueFrom > since && trueFrom <= at.toISOString().slice(0, 10)) {
      throw new RefusedError(
        'later-day',
        `It is recorded as true since ${since}, and what was recorded stays. Choose that day or an earlier one; if it was not true before, change the answer itself.`,
      )
    }
    const { answer, version: seenVersion } = held
    const saved = await recordAnswerIn(
      tx,
      member,
      { applicationId, questionId, answer, seenVersion, trueFrom },
      at,
    )
    if (saved.outcome === 'invalid')
      throw new RefusedError('day', saved.fieldErrors[0]?.message ?? 'Choose today or an earlier day.')
    if (saved.outcome !== 'saved') throw frozen()
  })
}
