/** Loads what is known of an application and lets the engine judge it. */
import type { Language } from '#app/language/languages.ts'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { ReadinessInput } from '#app/readiness/status.ts'
import type { Tx } from '#db/client.server.ts'
import * as applications from '#db/queries/applications.server.ts'
import * as counting from '#db/queries/counting-evidence.server.ts'
import { listExceptions } from '#db/queries/exceptions.server.ts'
import { listAnswersOfApplications } from '#db/queries/portfolio.server.ts'
import { listSignedWaivers } from '#db/queries/waivers.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { answersOf, getApplicationRow } from './application-rows.server.ts'
import { listApprovalStandings } from './approval-standing.server.ts'
import { getClientRow } from './clients.server.ts'
import { editionOf, findEditionOf } from './editions.server.ts'
import type { Member } from './member.ts'
import { listOtherForms } from './other-forms.ts'
import { buildReadinessInput } from './readiness-input.ts'
import { getRuntime } from './runtime.server.ts'

/** Everything readiness rests on, as rows and as the engine's input; in one transaction, so of one moment. */
export async function loadReadiness(tx: Tx, organisationId: string, applicationId: string, now: Date) {
  const application = await getApplicationRow(tx, organisationId, applicationId)
  const client = await getClientRow(tx, organisationId, application.clientId)
  const answerRows = await applications.listAnswers(tx, organisationId, applicationId)
  const evidence = await counting.listCountingEvidence(tx, organisationId, application.clientId)
  const factRows = await counting.listCountingFacts(tx, organisationId, application.clientId)
  const exceptionRows = (await listExceptions(tx, organisationId, [applicationId])).filter(
    ({ revokedAt }) => revokedAt === null,
  )
  const exceptionIds = exceptionRows.map(({ id }) => id)
  const approvals = await listApprovalStandings(tx, organisationId, exceptionIds)
  const signed = await listSignedWaivers(tx, organisationId, { clientId: application.clientId, until: now })
  const edition = await editionOf(tx, application)
  const otherForms = await loadOtherForms(tx, organisationId, application)
  const catalogue = loadCatalogue()
  const input = buildReadinessInput(
    {
      application,
      edition,
      catalogue,
      answers: answersOf(answerRows),
      evidence,
      facts: factRows,
      exceptions: exceptionRows,
      waivers: signed.filter(({ withdrawnAt }) => withdrawnAt === null),
      otherForms,
    },
    now,
  )
  const rows = { application, client, edition, catalogue, answerRows, evidence, factRows, exceptionRows }
  return { ...rows, approvals, input }
}

/** Other applications of the client whose answers count here; one query for the rows, one for their answers. */
async function loadOtherForms(tx: Tx, organisationId: string, own: applications.ApplicationRow) {
  if (own.state === 'frozen') return []
  const all = await applications.listApplications(tx, organisationId, own.clientId)
  const others = listOtherForms(own, all)
  const answers = await listAnswersOfApplications(
    tx,
    organisationId,
    others.map(({ row }) => row.id),
  )
  const forms = []
  for (const { row, relation } of others) {
    const edition = await findEditionOf(tx, row)
    if (!edition) continue
    const given = answersOf(answers.filter(({ applicationId }) => applicationId === row.id))
    forms.push({ row, relation, edition, answers: given })
  }
  return forms
}

/** The same in another language: outcomes, ids and order stay what they are, sentences and labels follow. */
export function toldIn<Input extends ReadinessInput>(language: Language, input: Input): Input {
  return { ...input, language, catalogue: loadCatalogue(language) }
}

export type LoadedReadiness = Awaited<ReturnType<typeof loadReadiness>>

/** The readiness of one application now, with the rows its pages show. */
export async function getReadiness(member: Member, applicationId: string) {
  const { database, clock } = getRuntime()
  const loaded = await database.inOrganisation(member.organisationId, (tx) =>
    loadReadiness(tx, member.organisationId, applicationId, clock()),
  )
  return { ...loaded, readiness: evaluateReadiness(loaded.input) }
}
