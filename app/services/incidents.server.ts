/** Incidents of a client: recorded, changed, closed; and the readiness of the day on which one occurred. */
import type { Tx } from '#db/client.server.ts'
import * as packs from '#db/queries/claim-packs.server.ts'
import * as rows from '#db/queries/incidents.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { judgeAt, loadHistory } from './history.server.ts'
import { momentOf } from './history-input.ts'
import { describePoint } from './history-page.server.ts'
import type { IncidentInput } from './incident-input.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

/** Larger registers are searched on their own page; what was chosen before stays chosen. */
const MOST_ASSETS = 300

/** @throws NotFoundError also when the incident is another organisation's */
export async function getIncidentRow(tx: Tx, organisationId: string, incidentId: string) {
  const row = await rows.findIncident(tx, organisationId, incidentId)
  if (!row) throw new NotFoundError('No such incident')
  return row
}

/** As `getIncidentRow`, and nobody else changes or uses it to the end of the transaction. */
export async function lockIncidentRow(tx: Tx, organisationId: string, incidentId: string) {
  const row = await rows.lockIncident(tx, organisationId, incidentId)
  if (!row) throw new NotFoundError('No such incident')
  return row
}

export async function listIncidents(member: Member, clientId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    return rows.listIncidents(tx, organisationId, clientId)
  })
}

/** Assets to choose from, those chosen already among them. */
export async function listAssetChoices(member: Member, clientId: string, chosen: readonly string[] = []) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const own = await rows.listAssetsById(tx, organisationId, clientId, chosen)
    const others = await rows.listAssetNames(tx, organisationId, clientId, MOST_ASSETS)
    const known = new Set(own.map(({ id }) => id))
    return {
      client,
      assets: [...own, ...others.filter(({ id }) => !known.has(id))],
      isCut: others.length === MOST_ASSETS,
    }
  })
}

function refuseFuture({ discoveredAt, reportedOn }: IncidentInput, now: Date): void {
  if (Date.parse(discoveredAt) > now.getTime() || (reportedOn ?? '') > now.toISOString().slice(0, 10))
    throw new RefusedError('future', 'An incident is recorded after it was discovered. Check the dates.')
}

async function refuseForeignAssets(tx: Tx, organisationId: string, clientId: string, ids: readonly string[]) {
  const known = await rows.listAssetsById(tx, organisationId, clientId, ids)
  if (known.length < new Set(ids).size)
    throw new RefusedError('asset', 'One of the assets is not in this client’s register. Choose again.')
}

const valuesOf = ({ discoveredAt, affectedAssetIds, ...words }: IncidentInput) => ({
  ...words,
  discoveredAt: new Date(discoveredAt),
  affectedAssetIds: [...new Set(affectedAssetIds)].sort(),
})

/** @throws RefusedError `future`, `asset`; NotFoundError also when the client is another organisation's */
export async function recordIncident(
  member: Member,
  clientId: string,
  input: IncidentInput,
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const at = clock()
  const id = newId()
  refuseFuture(input, at)
  await database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    await refuseForeignAssets(tx, organisationId, clientId, input.affectedAssetIds)
    await rows.insertIncident(tx, {
      ...valuesOf(input),
      organisationId,
      id,
      clientId,
      recordedBy: member.userId,
      recordedByName: member.name,
      recordedAt: at,
      changedAt: at,
    })
    await recordInLedger(tx, organisationId, {
      kind: 'incident.recorded',
      actor: actorOf(member),
      at,
      payload: { incidentId: id, clientId, ...input },
    })
  })
  return id
}

/**
 * @returns `conflict` when somebody saved another version since `seenVersion`
 * @throws as `recordIncident`
 */
export async function editIncident(
  member: Member,
  incidentId: string,
  seenVersion: number,
  input: IncidentInput,
): Promise<'saved' | 'conflict'> {
  refuseFuture(input, getRuntime().clock())
  return change(member, incidentId, seenVersion, valuesOf(input), { ...input }, input.affectedAssetIds)
}

/** @returns `conflict` when somebody saved another version since `seenVersion` */
export async function setIncidentClosed(
  member: Member,
  incidentId: string,
  seenVersion: number,
  isClosed: boolean,
): Promise<'saved' | 'conflict'> {
  const closedAt = isClosed ? getRuntime().clock() : null
  const said = { closedAt: closedAt?.toISOString() ?? null }
  return change(member, incidentId, seenVersion, { closedAt }, said, [])
}

async function change(
  member: Member,
  incidentId: string,
  seenVersion: number,
  values: Partial<rows.IncidentRow>,
  said: Record<string, unknown>,
  assetIds: readonly string[],
): Promise<'saved' | 'conflict'> {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const at = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const { clientId } = await getIncidentRow(tx, organisationId, incidentId)
    await refuseForeignAssets(tx, organisationId, clientId, assetIds)
    const changed = { ...values, changedAt: at }
    if (!(await rows.updateIncident(tx, organisationId, incidentId, seenVersion, changed))) return 'conflict'
    await recordInLedger(tx, organisationId, {
      kind: 'incident.changed',
      actor: actorOf(member),
      at,
      payload: { incidentId, clientId, ...said },
    })
    return 'saved'
  })
}

export async function getIncident(member: Member, incidentId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    const incident = await getIncidentRow(tx, organisationId, incidentId)
    return { incident, client: await getClientRow(tx, organisationId, incident.clientId) }
  })
}

/**
 * An incident with the readiness of the day on which it can first have begun: as is known now, and as could have been
 * known on that day.
 */
export async function getIncidentPage(member: Member, incidentId: string) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const incident = await getIncidentRow(tx, organisationId, incidentId)
    const { clientId, occurredFrom, affectedAssetIds } = incident
    const trueOn = momentOf(occurredFrom, now)
    const history = await loadHistory(tx, organisationId, clientId, now)
    return {
      incident,
      client: history.client,
      assets: await rows.listAssetsById(tx, organisationId, clientId, affectedAssetIds),
      packs: await packs.listClaimPacks(tx, organisationId, incidentId),
      asIs: describePoint(judgeAt(history, { trueOn, knownOn: now })),
      asKnown: describePoint(judgeAt(history, { trueOn, knownOn: trueOn })),
      now,
    }
  })
}
