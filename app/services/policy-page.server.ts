/** What the pages of a policy show: its terms, what threatens them, the plan of its renewal and its versions. */
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { Readiness } from '#app/readiness/status.ts'
import type { Tx } from '#db/client.server.ts'
import { type ApplicationRow, listApplications } from '#db/queries/applications.server.ts'
import { listBoundOfClient } from '#db/queries/bindings.server.ts'
import type { ClientRow } from '#db/queries/clients.server.ts'
import { listEvidence } from '#db/queries/evidence.server.ts'
import { listMembers } from '#db/queries/members.server.ts'
import { type HeldPolicy, listPolicies, listPolicyVersions } from '#db/queries/policies.server.ts'
import { listRenewalSteps } from '#db/queries/renewals.server.ts'
import { listReportsOfApplication } from '#db/queries/reports.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { getClientRow } from './clients.server.ts'
import { findEditionOf } from './editions.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import type { Member } from './member.ts'
import {
  applicationConcerns,
  holdOf,
  isConcern,
  newestReattestation,
  reportOfPolicy,
} from './policy-concerns.ts'
import { comparePolicies, type PolicyNames, policyFacts } from './policy-facts.ts'
import { pickPolicy, policyStanding } from './policy-standing.ts'
import { loadClientRows } from './portfolio.server.ts'
import { daysUntil } from './portfolio.ts'
import { loadReadiness } from './readiness.server.ts'
import { buildReadinessInput } from './readiness-input.ts'
import { sortAccount } from './renewal-sorting.ts'
import { isEarly } from './renewal-steps.ts'
import { getRuntime } from './runtime.server.ts'
import { controlLabel } from './subjectivities.server.ts'
import { labelControls } from './waiver-controls.server.ts'

export type PolicyPage = Awaited<ReturnType<typeof loadPolicy>>

/** @throws NotFoundError also when the policy is another organisation's */
export async function getPolicyPage(member: Member, policyId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const [held] = await listPolicies(tx, organisationId, { id: policyId })
    if (!held) throw new NotFoundError('No such policy')
    return loadPolicy(tx, member, held)
  })
}

/** The policy that counts, and all policies of the client; the latest to begin first. */
export async function getClientPolicies(member: Member, clientId: string) {
  const { organisationId } = member
  const { database, clock } = getRuntime()
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const held = await listPolicies(tx, organisationId, { clientId })
    const now = clock()
    const counting = pickPolicy(held, ({ current }) => current, now)
    const written = new Set(held.map(({ current }) => current.terms.applicationId))
    return {
      client,
      counting: counting && (await loadPolicy(tx, member, counting)),
      policies: held.map(({ policy, current }) => ({
        id: policy.id,
        insurer: current.insurer,
        policyNumber: current.policyNumber,
        inceptionOn: current.inceptionOn,
        expiresOn: current.expiresOn,
        standing: policyStanding(current, now),
      })),
      /** Bound quotes that no policy was recorded of. */
      bound: (await listBoundOfClient(tx, organisationId, clientId))
        .filter(({ applicationId }) => !written.has(applicationId))
        .map(({ applicationId, insurer, quoteReference, boundOn }) => ({
          ...{ applicationId, insurer, quoteReference, boundOn },
        })),
    }
  })
}

async function loadPolicy(tx: Tx, member: Member, { policy, current, client }: HeldPolicy) {
  const { organisationId } = member
  const now = getRuntime().clock()
  const { terms } = current
  const row = await getClientRow(tx, organisationId, policy.clientId)
  const applications = await listApplications(tx, organisationId, policy.clientId)
  const titles = await titlesOf(tx, applications)
  const named = applications.find(({ id }) => id === terms.applicationId) ?? null
  const application = named && (await loadApplication(tx, named, titles.get(named.id) ?? ''))
  const newest = await readNewest(tx, row, now)
  // What was promised is what the policy rests on; without an application of its own, what the client says now.
  const readiness = named ? await readOne(tx, named, now) : newest
  const files = await listEvidence(tx, organisationId, policy.clientId, true)
  const fileTitles = new Map(files.map(({ evidence }) => [evidence.id, evidence.title]))
  const endorsements = terms.endorsements.map(({ title, wording, controlIds }) => ({
    ...{ title, wording },
    controls: labelControls(controlIds).map((control) => holdOf(control, readiness)),
  }))
  const names: PolicyNames = {
    control: (id) => controlLabel(id) ?? id,
    application: (id) => titles.get(id) ?? 'An application that was thrown away',
    evidence: (id) => fileTitles.get(id) ?? 'A file that is no longer held',
  }
  const versions = await listPolicyVersions(tx, organisationId, policy.id)
  const others = await listPolicies(tx, organisationId, { clientId: policy.clientId })
  return {
    policy,
    current,
    client: { ...client, contactName: row.contactName },
    clientDates: { inceptionOn: row.policyInceptionOn, renewalOn: row.policyRenewalOn },
    standing: policyStanding(current, now),
    isFollowed: others.some((other) => other.current.inceptionOn >= current.expiresOn),
    endorsements,
    threatened: endorsements.filter(({ controls }) => controls.some(isConcern)),
    readinessOf: named?.id ?? null,
    application,
    applicationConcerns: applicationConcerns(terms.applicationId !== null, application, current.inceptionOn),
    documents: terms.documents.map(({ evidenceId, role }) => ({
      ...{ evidenceId, role, title: names.evidence(evidenceId) },
    })),
    steps: (await listRenewalSteps(tx, organisationId, [policy.id])).map((step) => ({
      ...step,
      daysLeft: daysUntil(step.dueOn, now),
      isEarly: isEarly(step),
    })),
    sorted: sortAccount(newest),
    people: (await listMembers(tx, organisationId)).map(({ name }) => name),
    versions: versions.map((version, index) => {
      const earlier = versions[index + 1]
      const { reason, recordedByName, recordedAt } = version
      return {
        ...{ version: version.version, reason, recordedByName, recordedAt },
        changes: earlier ? comparePolicies(policyFacts(earlier, names), policyFacts(version, names)) : [],
      }
    }),
  }
}

export async function titlesOf(tx: Tx, applications: readonly ApplicationRow[]) {
  const titles = new Map<string, string>()
  for (const row of applications) {
    const edition = await findEditionOf(tx, row)
    titles.set(row.id, `${edition?.form.title ?? row.formCode}, edition ${row.edition}`)
  }
  return titles
}

async function loadApplication(tx: Tx, row: ApplicationRow, title: string) {
  const edition = await findEditionOf(tx, row)
  const reports = await listReportsOfApplication(tx, row.organisationId, row.id)
  const report = reportOfPolicy(reports)
  const again = newestReattestation(reports)
  return {
    id: row.id,
    title,
    maximumAgeDays: edition?.declaration.maximumAgeDays ?? null,
    report: report && {
      ...{ id: report.id, kind: report.kind, state: report.state },
      ...{ attestedAt: report.attestedAt, coversFrom: report.coversFrom },
    },
    reattestation: again && { id: again.id, attestedAt: again.attestedAt },
  }
}

async function readOne(tx: Tx, row: ApplicationRow, now: Date): Promise<Readiness | null> {
  try {
    return evaluateReadiness((await loadReadiness(tx, row.organisationId, row.id, now)).input)
  } catch (error) {
    // Its edition cannot be read, which its own pages say.
    if (error instanceof RefusedError) return null
    throw error
  }
}

async function readNewest(tx: Tx, client: ClientRow, now: Date): Promise<Readiness | null> {
  const of = await loadClientRows(tx, client.organisationId, [client])
  return readRows(of(client.id), now)
}

/** @param rows of one client, as `loadClientRows` gives them */
export function readRows(
  { application, edition, ...rows }: ReturnType<Awaited<ReturnType<typeof loadClientRows>>>,
  now: Date,
): Readiness | null {
  if (!application || !edition) return null
  return evaluateReadiness(
    buildReadinessInput({ ...rows, application, edition, catalogue: loadCatalogue() }, now),
  )
}
