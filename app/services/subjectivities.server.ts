/** Conditions (subjectivities) that an insurer ties to a quote or a binder: recorded, shown, withdrawn. */
import { groupsOf } from '#app/readiness/order.ts'
import type { Tx } from '#db/client.server.ts'
import { lockApplication } from '#db/queries/applications.server.ts'
import { findBinding } from '#db/queries/bindings.server.ts'
import * as rows from '#db/queries/subjectivities.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { getApplicationRow } from './application-rows.server.ts'
import { listCitable } from './cited-evidence.server.ts'
import { getClientRow } from './clients.server.ts'
import { findEditionOf } from './editions.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'
import type { SubjectivityInput } from './subjectivity-input.ts'
import {
  binderStanding,
  byDue,
  type Said,
  type ShownSubjectivity,
  showSubjectivity,
} from './subjectivity-standing.ts'

export const controlLabel = (controlId: string | null): string | null =>
  loadCatalogue().controls.find(({ id }) => id === controlId)?.label ?? controlId

/** Everything that was said about these conditions, for each of them. */
export async function listSaid(tx: Tx, organisationId: string, ids: string[]): Promise<(id: string) => Said> {
  const of = ({ subjectivityId }: { subjectivityId: string }) => subjectivityId
  const responses = groupsOf(await rows.listResponses(tx, organisationId, ids), of)
  const decisions = groupsOf(await rows.listDecisions(tx, organisationId, ids), of)
  const extensions = groupsOf(await rows.listExtensions(tx, organisationId, ids), of)
  return (id) => ({ responses: responses(id), decisions: decisions(id), extensions: extensions(id) })
}

/** The conditions of an application with its quote and binder; the next due first, withdrawn ones last. */
export async function listSubjectivities(member: Member, applicationId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const application = await getApplicationRow(tx, organisationId, applicationId)
    const client = await getClientRow(tx, organisationId, application.clientId)
    const edition = await findEditionOf(tx, application)
    const binding = await findBinding(tx, organisationId, applicationId)
    const held = await rows.listSubjectivities(tx, organisationId, applicationId)
    const said = await listSaid(
      tx,
      organisationId,
      held.map(({ id }) => id),
    )
    const conditions: ShownSubjectivity[] = held.map((row) =>
      showSubjectivity(row, said(row.id), { binding, controlLabel: controlLabel(row.controlId), now }),
    )
    return {
      application,
      client,
      formTitle: edition?.form.title ?? application.formCode,
      issuer: edition?.form.issuer ?? null,
      binding,
      binder: binderStanding(binding, conditions, now),
      conditions: byDue(conditions),
      now,
    }
  })
}

/** One condition with its history, and what a response may cite. @throws NotFoundError */
export async function getSubjectivity(member: Member, subjectivityId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  return database.inOrganisation(organisationId, async (tx) => {
    const row = await rows.findSubjectivity(tx, organisationId, subjectivityId)
    if (!row) throw new NotFoundError('No such condition')
    const application = await getApplicationRow(tx, organisationId, row.applicationId)
    const binding = await findBinding(tx, organisationId, row.applicationId)
    const said = await listSaid(tx, organisationId, [row.id])
    const context = { binding, controlLabel: controlLabel(row.controlId), now: clock() }
    return {
      condition: showSubjectivity(row, said(row.id), context),
      client: await getClientRow(tx, organisationId, row.clientId),
      application,
      formTitle: (await findEditionOf(tx, application))?.form.title ?? application.formCode,
      binding,
      evidence: await listCitable(tx, organisationId, row.clientId),
    }
  })
}

/**
 * @returns its id
 * @throws NotFoundError also when the application is another organisation's; RefusedError `archived`, `control`,
 *   `bound` for a pre-bind condition once the binder is issued
 */
export async function recordSubjectivity(
  member: Member,
  applicationId: string,
  input: SubjectivityInput,
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const id = newId()
  await database.inOrganisation(organisationId, async (tx) => {
    // A bind that is recorded at this moment waits, and then counts this condition.
    const application = await lockApplication(tx, organisationId, applicationId, 'share')
    if (!application) throw new NotFoundError('No such application')
    const { clientId } = application
    if ((await getClientRow(tx, organisationId, clientId)).archivedAt)
      throw new RefusedError('archived', 'This client is archived. Restore it to record a condition.')
    const { controlId, timing } = input
    if (controlId !== null && !loadCatalogue().controls.some((control) => control.id === controlId))
      throw new RefusedError('control', 'There is no such control in the catalogue. Choose from its list.')
    const binding = await findBinding(tx, organisationId, applicationId)
    if (timing === 'pre-bind' && binding?.boundOn) throw boundAlready(binding.boundOn)
    await rows.insertSubjectivity(tx, {
      ...input,
      organisationId,
      id,
      clientId,
      applicationId,
      recordedByName: member.name,
      recordedAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'subjectivity.recorded',
      actor: actorOf(member),
      at,
      payload: { subjectivityId: id, clientId, applicationId, ...input },
    })
  })
  return id
}

/** Whatever the insurer asks for once the binder is out is a condition after the bind. */
export const boundAlready = (boundOn: string) =>
  new RefusedError(
    'bound',
    `The binder was issued on ${boundOn}, so nothing can be open before the bind. Record it as a condition after the bind.`,
  )

/** Application first, then the condition: who binds and who decides take their locks in one order. */
export async function lockStanding(tx: Tx, organisationId: string, subjectivityId: string) {
  const found = await rows.findSubjectivity(tx, organisationId, subjectivityId)
  const application = found && (await lockApplication(tx, organisationId, found.applicationId, 'share'))
  const row = application && (await rows.lockSubjectivity(tx, organisationId, subjectivityId))
  if (!row) throw new NotFoundError('No such condition')
  if (row.withdrawnAt)
    throw new RefusedError('withdrawn', 'This condition was withdrawn. Reload the page to see why.')
  return row
}

/**
 * For what was entered by mistake; it stays readable with the reason.
 * @returns `conflict` when something was recorded about it since `seenVersion`
 * @throws NotFoundError; RefusedError `withdrawn`
 */
export async function withdrawSubjectivity(
  member: Member,
  subjectivityId: string,
  seenVersion: number,
  reason: string,
): Promise<'saved' | 'conflict'> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const { version, clientId, applicationId } = await lockStanding(tx, organisationId, subjectivityId)
    if (version !== seenVersion) return 'conflict'
    await rows.updateSubjectivity(tx, organisationId, subjectivityId, {
      version: version + 1,
      withdrawnAt: at,
      withdrawnByName: member.name,
      withdrawnReason: reason,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'subjectivity.withdrawn',
      actor: actorOf(member),
      at,
      payload: { subjectivityId, clientId, applicationId, reason },
    })
    return 'saved'
  })
}
