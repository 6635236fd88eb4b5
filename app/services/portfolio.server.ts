/** The overview of an organisation's clients: how far each application is and what stands in its way. */
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { groupsOf } from '#app/readiness/order.ts'
import type { ReadinessInput } from '#app/readiness/status.ts'
import { summarise } from '#app/readiness/summary.ts'
import type { Tx } from '#db/client.server.ts'
import type { ApplicationRow } from '#db/queries/applications.server.ts'
import * as clients from '#db/queries/clients.server.ts'
import { listExceptions } from '#db/queries/exceptions.server.ts'
import * as portfolio from '#db/queries/portfolio.server.ts'
import { listSignedWaivers } from '#db/queries/waivers.server.ts'
import { progressOf } from '#questionnaires/answers.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { answersOf } from './application-rows.server.ts'
import { getClientRow } from './clients.server.ts'
import { findEditionOf } from './editions.server.ts'
import type { Member } from './member.ts'
import { listOtherForms } from './other-forms.ts'
import { daysUntil, matches, type PortfolioQuery, type PortfolioRow, sortPortfolio } from './portfolio.ts'
import { buildReadinessInput } from './readiness-input.ts'
import { getRuntime } from './runtime.server.ts'

/** One row for each client that fits the query. */
export async function listPortfolio(member: Member, query: PortfolioQuery): Promise<PortfolioRow[]> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const build = await database.inOrganisation(organisationId, async (tx) => {
    const held = await clients.listClients(tx, organisationId, query.which)
    return loadRows(
      tx,
      organisationId,
      held.filter((client) => matches(client, query.text)),
    )
  })
  return sortPortfolio(build(clock()), query.sort)
}

/** The row of one client. @throws NotFoundError also when the client is another organisation's. */
export async function getClientStanding(member: Member, clientId: string): Promise<PortfolioRow> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const build = await database.inOrganisation(organisationId, async (tx) =>
    loadRows(tx, organisationId, [await getClientRow(tx, organisationId, clientId)]),
  )
  const [row] = build(clock())
  if (!row) throw new Error('A client without a row')
  return row
}

/**
 * What is known of each of these clients, with one query a table whatever their number.
 * @param formCode the form whose applications count first; any where absent
 */
export async function loadClientRows(
  tx: Tx,
  organisationId: string,
  held: readonly clients.ClientRow[],
  formCode?: string,
) {
  const clientIds = held.map(({ id }) => id)
  const rows = await portfolio.listApplicationsOfClients(tx, organisationId, clientIds)
  const wanted = formCode ? rows.filter((row) => row.formCode === formCode) : rows
  const current = pickCurrent(wanted)
  const applicationIds = [...current.values()].map(({ id }) => id)
  const applicationsOf = groupsOf(rows, (row) => row.clientId)
  const others = new Map(
    [...current.values()].map((own) => [own.clientId, listOtherForms(own, applicationsOf(own.clientId))]),
  )
  const compared = [...others.values()].flat().map(({ row }) => row)
  const editions = new Map<string, Edition | null>()
  for (const application of [...current.values(), ...compared])
    editions.set(application.id, await findEditionOf(tx, application))
  const answers = groupsOf(
    await portfolio.listAnswersOfApplications(tx, organisationId, [
      ...applicationIds,
      ...compared.map(({ id }) => id),
    ]),
    (row) => row.applicationId,
  )
  const exceptions = groupsOf(
    (await listExceptions(tx, organisationId, applicationIds)).filter(({ revokedAt }) => revokedAt === null),
    (row) => row.applicationId,
  )
  const evidence = groupsOf(
    await portfolio.listEvidenceOfClients(tx, organisationId, clientIds),
    (row) => row.evidence.clientId,
  )
  const facts = groupsOf(
    await portfolio.listFactsOfClients(tx, organisationId, clientIds),
    (row) => row.fact.clientId,
  )
  const only = clientIds.length === 1 ? { clientId: clientIds[0] } : {}
  const waivers = groupsOf(
    (await listSignedWaivers(tx, organisationId, only)).filter(({ withdrawnAt }) => withdrawnAt === null),
    (row) => row.clientId,
  )
  return (clientId: string) => {
    const application = current.get(clientId) ?? null
    return {
      application,
      edition: (application && editions.get(application.id)) ?? null,
      answers: application ? answersOf(answers(application.id)) : {},
      evidence: evidence(clientId),
      evidenceCount: evidence(clientId).length,
      facts: facts(clientId),
      exceptions: application ? exceptions(application.id) : [],
      waivers: waivers(clientId),
      otherForms: (others.get(clientId) ?? []).flatMap(({ row, relation }) => {
        const otherEdition = editions.get(row.id)
        if (!otherEdition) return []
        return [{ row, relation, edition: otherEdition, answers: answersOf(answers(row.id)) }]
      }),
    }
  }
}

/** What it returns judges afterwards, when the connection is free again. */
async function loadRows(tx: Tx, organisationId: string, held: clients.ClientRow[]) {
  const of = await loadClientRows(tx, organisationId, held)
  const reports = groupsOf(
    await portfolio.listNewestReports(
      tx,
      organisationId,
      held.map(({ id }) => id),
    ),
    (row) => row.clientId,
  )
  return (now: Date): PortfolioRow[] =>
    held.map(({ id, legalName, tradingName, industry, policyRenewalOn }) => {
      const { application, edition, evidenceCount, ...rows } = of(id)
      const row: PortfolioRow = {
        client: { id, legalName, tradingName, industry, policyRenewalOn },
        daysToRenewal: policyRenewalOn ? daysUntil(policyRenewalOn, now) : null,
        application: null,
        isEditionMissing: Boolean(application && !edition),
        evidenceCount,
        newestReport: reports(id)[0] ?? null,
      }
      if (!application || !edition) return row
      const input = buildReadinessInput({ ...rows, application, edition, catalogue: loadCatalogue() }, now)
      const progress = progressOf(edition, rows.answers, input.circumstances)
      row.application = {
        id: application.id,
        formTitle: edition.form.title,
        state: application.state,
        answered: progress.reduce((sum, section) => sum + section.answered + section.dontKnow, 0),
        applicable: progress.reduce((sum, section) => sum + section.applicable, 0),
        standing: application.state === 'draft' ? judge(input) : null,
      }
      return row
    })
}

function judge(input: ReadinessInput) {
  const { blocking, contradicted, excepted } = summarise(evaluateReadiness(input))
  return { blocking, contradicted: contradicted - excepted }
}

/** A client's newest draft, else its newest application. @param rows newest first */
function pickCurrent(rows: readonly ApplicationRow[]): Map<string, ApplicationRow> {
  const current = new Map<string, ApplicationRow>()
  for (const row of rows) {
    const picked = current.get(row.clientId)
    if (!picked || (picked.state === 'frozen' && row.state === 'draft')) current.set(row.clientId, row)
  }
  return current
}
