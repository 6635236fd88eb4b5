/** Applications: pinned to one published edition, answered until the first signature freezes them. */
import type { Tx } from '#db/client.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import { type Answer, type Answers, progressOf } from '#questionnaires/answers.ts'
import { findEdition, listEditions } from '#questionnaires/library.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** @throws NotFoundError also when the application is another organisation's. */
export async function getApplicationRow(tx: Tx, organisationId: string, applicationId: string) {
  const row = await applications.findApplication(tx, organisationId, applicationId)
  if (!row) throw new NotFoundError('No such application')
  return row
}

/**
 * The edition an application is pinned to.
 * @throws RefusedError `edition-changed` when the published file no longer has the pinned content.
 */
export function editionOf(row: applications.ApplicationRow) {
  const published = findEdition(row.formCode, row.edition)
  if (published?.sha256 !== row.editionSha256) {
    throw new RefusedError(
      'edition-changed',
      `Edition ${row.edition} of ${row.formCode} is not the one this application was started on. Restore the published file from the release it came from.`,
    )
  }
  return published.edition
}

export function answersOf(rows: readonly applications.AnswerRow[]): Answers {
  const answers: Record<string, Answer> = {}
  for (const row of rows) if (row.answer) answers[row.questionId] = row.answer
  return answers
}

/** Editions that an application can be started on, newest of each form first. */
export function listStartableEditions() {
  return listEditions().map(({ edition, sha256 }) => ({
    formCode: edition.form.code,
    title: edition.form.title,
    issuer: edition.form.issuer,
    edition: edition.edition,
    publishedOn: edition.publishedOn,
    summary: edition.summary,
    sha256,
    questionCount: edition.sections.reduce((sum, section) => sum + section.questions.length, 0),
  }))
}

export async function startApplication(
  member: Member,
  clientId: string,
  pick: { formCode: string; edition: string },
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const published = findEdition(pick.formCode, pick.edition)
  if (!published) throw new NotFoundError('No such questionnaire edition')
  const id = newId()
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    if (client.archivedAt) {
      throw new RefusedError(
        'client-archived',
        'This client is archived. Restore it before starting an application.',
      )
    }
    const row = { ...pick, editionSha256: published.sha256, clientId, id }
    await applications.insertApplication(tx, {
      ...row,
      organisationId,
      createdBy: member.userId,
      createdAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'application.created',
      actor: actorOf(member),
      at,
      payload: { applicationId: id, ...row },
    })
  })
  return id
}

/** Everything that the answering pages show. */
export async function getApplication(member: Member, applicationId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const row = await getApplicationRow(tx, organisationId, applicationId)
    const client = await getClientRow(tx, organisationId, row.clientId)
    const answerRows = await applications.listAnswers(tx, organisationId, applicationId)
    const edition = editionOf(row)
    const answers = answersOf(answerRows)
    return { application: row, client, edition, answers, answerRows, progress: progressOf(edition, answers) }
  })
}

export async function listApplicationsOfClient(member: Member, clientId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    const rows = await applications.listApplications(tx, organisationId, clientId)
    return Promise.all(
      rows.map(async (row) => {
        const answers = answersOf(await applications.listAnswers(tx, organisationId, row.id))
        const edition = editionOf(row)
        return { application: row, formTitle: edition.form.title, progress: progressOf(edition, answers) }
      }),
    )
  })
}
