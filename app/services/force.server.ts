/** Which applications of a client are in force, without the record of everything that readiness rests on. */
import type { Tx } from '#db/client.server.ts'
import { listApplications } from '#db/queries/applications.server.ts'
import { listReportsOfClient } from '#db/queries/reports.server.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { getClientRow } from './clients.server.ts'
import { findEditionOf } from './editions.server.ts'
import { applicationsInForce, type InForce, type SignedApplication } from './in-force.ts'

/** @param of an application, whose client is meant, or the client @throws NotFoundError */
export async function loadForce(tx: Tx, organisationId: string, of: string | { clientId: string }) {
  const clientId =
    typeof of === 'string' ? (await getApplicationRow(tx, organisationId, of)).clientId : of.clientId
  const client = await getClientRow(tx, organisationId, clientId)
  const applications = await listApplications(tx, organisationId, clientId)
  const editions = new Map<string, Edition>()
  for (const application of applications) {
    const edition = await findEditionOf(tx, application)
    if (edition) editions.set(application.id, edition)
  }
  const signed = (await listReportsOfClient(tx, organisationId, clientId))
    .flatMap(({ id, kind, applicationId, attestedAt, endedAt, coversFrom }): SignedApplication[] =>
      kind === 'application' && attestedAt
        ? [{ applicationId, reportId: id, attestedAt, endedAt, coversFrom }]
        : [],
    )
    .sort((a, b) => a.attestedAt.getTime() - b.attestedAt.getTime())
  return { clientId, policyInceptionOn: client.policyInceptionOn, applications, editions, signed }
}

/** On this day, as known now. */
export function applicationsInForceOf(force: Awaited<ReturnType<typeof loadForce>>, now: Date): InForce[] {
  const { policyInceptionOn, applications, editions, signed } = force
  const record = { applications: applications.map((row) => ({ ...row, versions: [], answers: [] })) }
  return applicationsInForce({ policyInceptionOn, record, editions, signed }, { trueOn: now, knownOn: now })
}
