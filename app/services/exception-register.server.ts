/** The exception register of a client: the exceptions of all its applications, in one place. */
import { firstDayOf } from '#app/readiness/record.ts'
import * as exceptions from '#db/queries/exceptions.server.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { listApprovalStandings } from './approval-standing.server.ts'
import { getClientRow } from './clients.server.ts'
import { findEditionOf } from './editions.server.ts'
import { type ShownException, showExceptions } from './exception-register.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** @throws NotFoundError also when the client is another organisation's */
export async function listClientExceptions(member: Member, clientId: string): Promise<ShownException[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    const rows = await exceptions.listExceptionsOfClient(tx, organisationId, clientId)
    const editions = new Map<string, Edition | null>()
    for (const { application } of rows) {
      if (!editions.has(application.id)) editions.set(application.id, await findEditionOf(tx, application))
    }
    const exceptionIds = rows.map(({ exception }) => exception.id)
    const approvals = await listApprovalStandings(tx, organisationId, exceptionIds)
    const registered = rows.map(({ exception, application }) => {
      const edition = editions.get(application.id) ?? null
      const place = placeOf(edition, exception.questionId)
      const here = `/applications/${application.id}`
      return {
        ...exception,
        formTitle: edition?.form.title ?? application.formCode,
        edition: application.edition,
        item: place?.item ?? '',
        prompt: place?.prompt ?? exception.questionId,
        href: place ? `${here}/sections/${place.sectionId}#${exception.questionId}` : here,
        startsOn: firstDayOf(exception),
        isFrozen: application.state === 'frozen',
        approval: approvals.get(exception.id) ?? null,
      }
    })
    return showExceptions(registered, clock())
  })
}

function placeOf(edition: Edition | null, questionId: string) {
  for (const section of edition?.sections ?? []) {
    const question = section.questions.find(({ id }) => id === questionId)
    if (question) return { sectionId: section.id, item: question.reference.item, prompt: question.prompt }
  }
  return null
}
