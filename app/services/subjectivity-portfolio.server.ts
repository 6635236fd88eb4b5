/** The conditions of all clients, the next due first; and how many stand at each application of one. */
import type { Tx } from '#db/client.server.ts'
import { listStandingSubjectivities } from '#db/queries/subjectivities.server.ts'
import { findEditionOf } from './editions.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import { controlLabel, listSaid } from './subjectivities.server.ts'
import { byDue, isToBeMet, showSubjectivity } from './subjectivity-standing.ts'
import type { ListedSubjectivity } from './subjectivity-table.ts'

/** Of clients that are not archived; withdrawn conditions are left out. */
export async function listPortfolioSubjectivities(member: Member): Promise<ListedSubjectivity[]> {
  const { database } = getRuntime()
  return database.inOrganisation(member.organisationId, (tx) =>
    listOrganisationSubjectivities(tx, member.organisationId),
  )
}

/** What is still to be met at each application of a client, for its overview. */
export async function countSubjectivities(member: Member, clientId: string) {
  const { organisationId } = member
  const listed = await getRuntime().database.inOrganisation(organisationId, (tx) =>
    listOrganisationSubjectivities(tx, organisationId, clientId),
  )
  const counts = new Map<string, { toBeMet: number; lapsed: number }>()
  for (const { condition } of listed) {
    const count = counts.get(condition.applicationId) ?? { toBeMet: 0, lapsed: 0 }
    if (isToBeMet(condition.standing)) count.toBeMet += 1
    if (condition.standing === 'lapsed') count.lapsed += 1
    counts.set(condition.applicationId, count)
  }
  return counts
}

/**
 * As `listPortfolioSubjectivities`, in somebody else's transaction; of one client where it is named.
 * @param due as `listStandingSubjectivities`
 */
export async function listOrganisationSubjectivities(
  tx: Tx,
  organisationId: string,
  clientId?: string,
  due?: { from: string; until: string },
): Promise<ListedSubjectivity[]> {
  const now = getRuntime().clock()
  const held = await listStandingSubjectivities(tx, organisationId, clientId, due)
  const said = await listSaid(
    tx,
    organisationId,
    held.map(({ subjectivity }) => subjectivity.id),
  )
  const titles = new Map<string, string>()
  for (const { application } of held) {
    if (titles.has(application.id)) continue
    const edition = await findEditionOf(tx, application)
    titles.set(application.id, edition?.form.title ?? application.formCode)
  }
  const listed = held.map(({ subjectivity, binding, client, application }) => {
    const context = { binding, controlLabel: controlLabel(subjectivity.controlId), now }
    const condition = showSubjectivity(subjectivity, said(subjectivity.id), context)
    const form = { title: titles.get(application.id) ?? '', edition: application.edition }
    return { ...condition, listed: { client, form, insurer: binding?.insurer ?? null, condition } }
  })
  return byDue(listed).map((row) => row.listed)
}
