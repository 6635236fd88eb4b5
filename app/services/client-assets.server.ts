/** The machines of a client: listed, looked at, and told apart or joined by people. */
import type { Tx } from '#db/client.server.ts'
import { lockRegister } from '#db/queries/register.server.ts'
import { listClientAssets } from '#db/queries/register-asset-list.server.ts'
import * as assets from '#db/queries/register-assets.server.ts'
import { listNewestImports } from '#db/queries/register-imports.server.ts'
import { getClientRow } from './clients.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { recordInLedger } from './ledger.server.ts'
import { actorOf, type Member } from './member.ts'
import { countExploitedFacts } from './register-facts.server.ts'
import { rebuildAssets } from './register-intake.server.ts'
import { countRegister, readRegisterSummary } from './register-summary.server.ts'
import { getRuntime } from './runtime.server.ts'

export const ASSETS_A_PAGE = 50
const SHOWN_SIGHTINGS = 100

export async function listAssets(member: Member, clientId: string, { q, page }: { q: string; page: number }) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    // A new day may have ended acceptances.
    await readRegisterSummary(tx, organisationId, clientId)
    return listClientAssets(tx, organisationId, clientId, {
      text: q || undefined,
      offset: (page - 1) * ASSETS_A_PAGE,
      limit: ASSETS_A_PAGE,
    })
  })
}

async function getAssetRow(tx: Tx, organisationId: string, clientId: string, assetId: string) {
  const row = await assets.findClientAsset(tx, organisationId, clientId, assetId)
  if (!row) throw new NotFoundError('No such asset')
  return row
}

export async function getAsset(member: Member, clientId: string, assetId: string) {
  const { organisationId } = member
  return getRuntime().database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    const asset = await getAssetRow(tx, organisationId, clientId, assetId)
    const into = asset.mergedInto ? await getAssetRow(tx, organisationId, clientId, asset.mergedInto) : null
    const sightings = await assets.listSightingsOfAsset(tx, organisationId, assetId, SHOWN_SIGHTINGS)
    const decided = await assets.listAssetDecisions(tx, organisationId, clientId, assetId)
    const others = await listClientAssets(tx, organisationId, clientId, { offset: 0, limit: 500 })
    return {
      asset,
      into,
      sightings,
      decisions: decided,
      others: others.rows.filter(({ id }) => id !== assetId),
    }
  })
}

/** Everything seen of `otherId` is from now on seen of `assetId`. @returns the decision's id */
export async function mergeAssets(
  member: Member,
  clientId: string,
  assetId: string,
  { otherId, reason }: { otherId: string; reason: string },
): Promise<string> {
  return decide(member, clientId, async (tx, id, at) => {
    const { organisationId } = member
    const [kept, other] = [
      await getAssetRow(tx, organisationId, clientId, assetId),
      await getAssetRow(tx, organisationId, clientId, otherId),
    ]
    if (assetId === otherId || kept.mergedInto || other.mergedInto) {
      throw new RefusedError(
        'already-merged',
        'One of the two is already part of another asset. Reload the page and choose again.',
      )
    }
    const assetIds = await assets.leadAssetTo(tx, organisationId, otherId, assetId)
    await assets.insertAssetDecision(tx, {
      organisationId,
      id,
      clientId,
      kind: 'merge',
      assetId,
      otherId,
      moved: { sightings: [], assetIds },
      reason,
      decidedByName: member.name,
      decidedAt: at,
    })
    await rebuildAssets(tx, organisationId, clientId, [assetId, otherId], { from: otherId, to: assetId })
    return {
      kind: 'asset.merged',
      payload: { assetId, assetName: kept.name, otherId, otherName: other.name, reason },
    }
  })
}

/** Makes a machine of its own out of some sightings. @throws RefusedError when nothing would be left */
export async function splitAsset(
  member: Member,
  clientId: string,
  assetId: string,
  { sightings, reason }: { sightings: { importId: string; key: string }[]; reason: string },
): Promise<string> {
  return decide(member, clientId, async (tx, id, at) => {
    const { organisationId } = member
    const asset = await getAssetRow(tx, organisationId, clientId, assetId)
    const all = await assets.listSightingsOfAsset(tx, organisationId, assetId, 10_000)
    const chosen = all.filter(({ importId, key }) =>
      sightings.some((one) => one.importId === importId && one.key === key),
    )
    if (chosen.length !== sightings.length)
      throw new NotFoundError('Some of these sightings are not of this asset')
    if (chosen.length === all.length) {
      throw new RefusedError('nothing-left', 'Leave at least one sighting with this asset.')
    }
    const otherId = getRuntime().newId()
    const [model] = chosen
    await assets.insertClientAssets(tx, [
      {
        organisationId,
        id: otherId,
        clientId,
        name: model?.hostname ?? model?.address ?? asset.name,
        firstSeenAt: asset.firstSeenAt,
        lastSeenAt: asset.lastSeenAt,
      },
    ])
    const origins = [...new Set(chosen.map((sighting) => sighting.assetId))]
    await assets.moveSightings(tx, organisationId, sightings, {
      from: origins,
      to: otherId,
      reason: `Set apart by ${member.name}: ${reason}`,
    })
    await assets.insertAssetDecision(tx, {
      organisationId,
      id,
      clientId,
      kind: 'split',
      assetId,
      otherId,
      moved: { sightings, assetIds: [] },
      reason,
      decidedByName: member.name,
      decidedAt: at,
    })
    await rebuildAssets(tx, organisationId, clientId, [assetId, otherId], { from: assetId, to: otherId })
    return { kind: 'asset.split', payload: { assetId, assetName: asset.name, otherId, sightings, reason } }
  })
}

/** Puts back what a merge or a split moved. What was imported since stays where it was found. */
export async function undoAssetDecision(member: Member, clientId: string, decisionId: string): Promise<void> {
  await decide(member, clientId, async (tx, _id, at) => {
    const { organisationId } = member
    const list = await assets.listAssetDecisions(tx, organisationId, clientId)
    const row = list.find(({ id }) => id === decisionId)
    if (!row) throw new NotFoundError('No such decision')
    if (row.undoneAt) throw new RefusedError('already-undone', 'This was undone before. Reload the page.')
    const later = list.find(
      (other) =>
        other.undoneAt === null &&
        other.decidedAt > row.decidedAt &&
        [other.assetId, other.otherId].some((id) => id === row.assetId || id === row.otherId),
    )
    if (later) {
      throw new RefusedError(
        'later-decision',
        'One of these assets was merged or split again since. Undo that first.',
      )
    }
    if (row.kind === 'merge') {
      await assets.setMergedInto(tx, organisationId, [row.otherId], null)
      await assets.setMergedInto(tx, organisationId, row.moved.assetIds, row.otherId)
    } else {
      await assets.moveSightings(tx, organisationId, row.moved.sightings, {
        from: [row.otherId],
        to: row.assetId,
        reason: `Put back by ${member.name}.`,
      })
      // What later scans found of the other half goes back with it.
      await assets.leadAssetTo(tx, organisationId, row.otherId, row.assetId)
    }
    await assets.undoAssetDecision(tx, organisationId, decisionId, {
      undoneByName: member.name,
      undoneAt: at,
    })
    await rebuildAssets(tx, organisationId, clientId, [row.assetId, row.otherId])
    return {
      kind: 'asset.decision-undone',
      payload: { decisionId, undone: row.kind, assetId: row.assetId, otherId: row.otherId },
    }
  })
}

type Decided = {
  kind: 'asset.merged' | 'asset.split' | 'asset.decision-undone'
  payload: Record<string, unknown>
}

/** One transaction: what was decided, the register after it, the facts and counts that follow, the ledger. */
async function decide(
  member: Member,
  clientId: string,
  work: (tx: Tx, id: string, at: Date) => Promise<Decided>,
): Promise<string> {
  const { database, clock, newId } = getRuntime()
  const { organisationId } = member
  const id = newId()
  const at = clock()
  await database.inOrganisation(organisationId, async (tx) => {
    await getClientRow(tx, organisationId, clientId)
    await lockRegister(tx, organisationId, clientId)
    const { kind, payload } = await work(tx, id, at)
    const newest = await listNewestImports(tx, organisationId, clientId)
    const facts = await countExploitedFacts(tx, organisationId, newest)
    await countRegister(tx, organisationId, clientId)
    await recordInLedger(tx, organisationId, {
      kind,
      actor: actorOf(member),
      at,
      payload: { clientId, decisionId: id, ...payload, facts },
    })
  })
  return id
}
