/** What the first page of a client shows. */
import type { Tx } from '#db/client.server.ts'
import { listEvidence } from '#db/queries/evidence.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { listApplicationsOfClient } from './applications.server.ts'
import { getClient } from './clients.server.ts'
import { listRequests } from './evidence-requests.server.ts'
import { getFixPlan } from './fix-plan.server.ts'
import type { Member } from './member.ts'
import { getClientStanding } from './portfolio.server.ts'
import { listReattestations } from './reattestation-list.server.ts'
import { getRuntime } from './runtime.server.ts'
import { countSubjectivities } from './subjectivity-portfolio.server.ts'

const RECENT = 5

/** @throws NotFoundError also when the client is another organisation's. */
export async function getClientOverview(member: Member, clientId: string) {
  const { organisationId } = member
  const [client, standing, applications, evidence, plan, requests, conditions, attested] = await Promise.all([
    getClient(member, clientId),
    getClientStanding(member, clientId),
    listApplicationsOfClient(member, clientId),
    getRuntime().database.inOrganisation(organisationId, (tx: Tx) =>
      listEvidence(tx, organisationId, clientId),
    ),
    getFixPlan(member, clientId),
    listRequests(member, { clientId, isUnsettled: true }),
    countSubjectivities(member, clientId),
    listReattestations(member, clientId),
  ])
  const kinds = new Map(loadCatalogue().evidenceKinds.map(({ id, label }) => [id, label]))
  return {
    client,
    /** Applications in force, and who said last that they are still true. */
    attested: attested.inForce,
    standing,
    plan,
    requests,
    applications: applications.map(({ application, formTitle, progress, score }) => ({
      id: application.id,
      formTitle,
      edition: application.edition,
      state: application.state,
      createdAt: application.createdAt,
      score,
      /** The insurer's conditions; null where none was recorded. */
      conditions: conditions.get(application.id) ?? null,
      answered: progress.reduce((sum, section) => sum + section.answered + section.dontKnow, 0),
      applicable: progress.reduce((sum, section) => sum + section.applicable, 0),
    })),
    recentEvidence: evidence.slice(0, RECENT).map(({ evidence: item, revision }) => ({
      id: item.id,
      title: item.title,
      kindLabel: kinds.get(item.kind) ?? item.kind,
      observedAt: revision.observedAt,
      receivedAt: revision.receivedAt,
    })),
  }
}
