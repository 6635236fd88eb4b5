/** Brings a client's register to what its imports say: new ones in, withdrawn ones out, facts and counts after them. */
import { createHash } from 'node:crypto'
import type { Tx } from '#db/client.server.ts'
import * as evidenceRows from '#db/queries/evidence.server.ts'
import * as register from '#db/queries/register.server.ts'
import * as assets from '#db/queries/register-assets.server.ts'
import * as imports from '#db/queries/register-imports.server.ts'
import * as scans from '#db/queries/scans.server.ts'
import { foldTraits, identifyAssets, type Match, type Traits } from '#evidence/asset-identity.ts'
import type { Fact } from '#evidence/facts.ts'
import { catalogueLoadsInForce } from './catalogue-state.server.ts'
import { recordInLedger } from './ledger.server.ts'
import { countExploitedFacts } from './register-facts.server.ts'
import { countRegister } from './register-summary.server.ts'
import { getRuntime } from './runtime.server.ts'
import { reopenDates } from './schedule-settling.server.ts'

const BATCH = 1000
const REGISTER = 'Attested register'

/**
 * Does nothing where nothing changed. Whoever changes evidence may call it in the same transaction; pages call it for
 * what was changed elsewhere.
 * @returns the facts that were counted, one list for all imports
 */
export async function bringRegisterUpToDate(
  tx: Tx,
  organisationId: string,
  clientId: string,
): Promise<Fact[]> {
  await register.lockRegister(tx, organisationId, clientId)
  const pending = await imports.listPendingImports(tx, organisationId, clientId)
  if (pending.length === 0) return []
  const touched = new Set<string>()
  for (const { id, isNew } of pending) {
    if (isNew) await takeIn(tx, organisationId, id)
    else for (const assetId of await takeBack(tx, organisationId, id)) touched.add(assetId)
  }
  if (touched.size > 0) await rebuildAssets(tx, organisationId, clientId, [...touched])
  const newest = await imports.listNewestImports(tx, organisationId, clientId)
  const facts = await countExploitedFacts(tx, organisationId, newest)
  await countRegister(tx, organisationId, clientId)
  const by = { actor: REGISTER, name: REGISTER, at: getRuntime().clock() }
  for (const { id, isNew } of pending) if (!isNew) await reopenDates(tx, { organisationId, clientId, id }, by)
  return facts
}

/** The same as a job, for what was withdrawn, or imported before there was a register. */
export async function updateRegister(organisationId: string, clientId: string): Promise<void> {
  const { database, clock } = getRuntime()
  await database.inOrganisation(organisationId, async (tx) => {
    const pending = await imports.listPendingImports(tx, organisationId, clientId)
    const facts = await bringRegisterUpToDate(tx, organisationId, clientId)
    if (pending.length === 0) return
    await recordInLedger(tx, organisationId, {
      kind: 'register.updated',
      actor: REGISTER,
      at: clock(),
      payload: {
        clientId,
        imports: pending.map(({ id, isNew }) => ({ importId: id, counts: isNew })),
        facts,
      },
    })
  })
}

/** What was derived about some assets, derived again from every import that counts. */
export async function rebuildAssets(
  tx: Tx,
  organisationId: string,
  clientId: string,
  assetIds: string[],
  /** What people decided that moves with the findings. */
  carried?: { from: string; to: string },
) {
  const source = { assetIds, importIds: await assets.listImportsShowing(tx, organisationId, assetIds) }
  await register.resetFindings(tx, organisationId, clientId, assetIds)
  await register.takeInFindings(tx, organisationId, clientId, source)
  if (carried) await register.carryDecisions(tx, organisationId, carried.from, carried.to)
  await settle(tx, organisationId, clientId, source)
}

async function settle(
  tx: Tx,
  organisationId: string,
  clientId: string,
  source: { assetIds: string[]; importIds: string[] } | { importId: string },
) {
  await imports.markExploited(
    tx,
    organisationId,
    clientId,
    await catalogueLoadsInForce(tx, organisationId),
    'importId' in source ? source.importId : undefined,
  )
  await register.settleFindings(tx, organisationId, clientId, source)
  await assets.refreshAssets(tx, organisationId, clientId, source)
}

async function takeIn(tx: Tx, organisationId: string, importId: string): Promise<void> {
  const { clock } = getRuntime()
  const scan = await scans.findImport(tx, organisationId, importId)
  const found = scan && (await evidenceRows.findRevision(tx, organisationId, scan.revisionId))
  if (!scan || !found) return
  const { clientId, viewpoint } = scan
  const tool = scan.tool ?? scan.format ?? 'unknown tool'
  // A clock that is ahead must not make this scan the newest one for ever.
  const told = scan.scanDate ?? found.revision.observedAt
  const seenAt = new Date(Math.min(told.getTime(), clock().getTime()))
  const lane = laneOf(tool, scan.scope ?? '', viewpoint)
  await scans.updateImport(tx, organisationId, importId, { lane, registeredAt: clock() })
  await identify(tx, organisationId, { scan, tool, lane, seenAt })
  await register.takeInChecks(tx, organisationId, { importId, clientId, tool, seenAt })
  await register.takeInFindings(tx, organisationId, clientId, { importId })
  await settle(tx, organisationId, clientId, { importId })
}

/** @returns the assets it had shown */
async function takeBack(tx: Tx, organisationId: string, importId: string): Promise<string[]> {
  await assets.setImportCounted(tx, organisationId, importId, false)
  await scans.updateImport(tx, organisationId, importId, { registeredAt: null })
  return assets.listAssetIdsOfImport(tx, organisationId, importId)
}

/** The same targets in other capitals are the same targets. */
export function laneOf(tool: string, scope: string, viewpoint: string): string {
  const folded = [tool, scope, viewpoint].map((part) => part.trim().replace(/\s+/g, ' ').toLowerCase())
  return createHash('sha256').update(folded.join('\n')).digest('hex').slice(0, 32)
}

interface Intake {
  scan: scans.ScanImportRow
  tool: string
  lane: string
  seenAt: Date
}

/** Says which machine each host is, once: an import that comes back keeps what was found, and what people changed. */
async function identify(tx: Tx, organisationId: string, intake: Intake): Promise<void> {
  const { scan, tool, lane, seenAt } = intake
  const returned = await assets.setImportCounted(tx, organisationId, scan.id, true)
  if (returned > 0) return
  const hosts = await assets.listImportHosts(tx, organisationId, scan.id)
  const traits = hosts.map(({ key, hostname, address, externalId }) =>
    foldTraits({ key, hostname, address, externalId: externalId || null, tool, seenAt }),
  )
  const known = await assets.listKnownSightings(tx, organisationId, scan.clientId, seenAt)
  const matches = identifyAssets(known, traits)
  const idOf = assignIds(matches)
  const fresh = traits.filter((_host, index) => isNewMachine(matches[index]))
  for (let from = 0; from < fresh.length; from += BATCH) {
    await assets.insertClientAssets(
      tx,
      fresh.slice(from, from + BATCH).map((host) => ({
        organisationId,
        id: idOf(host.key),
        clientId: scan.clientId,
        name: nameOf(host),
        hostname: host.hostname,
        address: host.address,
        firstSeenAt: seenAt,
        lastSeenAt: seenAt,
      })),
    )
  }
  const rows = traits.flatMap((host, index) => {
    const match = matches[index]
    if (!match) return []
    return [
      {
        organisationId,
        importId: scan.id,
        clientId: scan.clientId,
        ...host,
        assetId: idOf(host.key),
        rule: match.rule,
        reason: match.reason,
        lane,
        viewpoint: scan.viewpoint,
        isCredentialed: hosts[index]?.credentialed ?? null,
        // The day that somebody stated may be later than the look itself: it closes nothing.
        isWhole: (scan.isWhole ?? false) && scan.scanDate !== null,
      },
    ]
  })
  for (let from = 0; from < rows.length; from += BATCH) {
    await assets.insertAssetSightings(tx, rows.slice(from, from + BATCH))
  }
}

const isNewMachine = (match?: Match) => match !== undefined && match.assetId === null && match.sameAs === null
const nameOf = ({ hostname, address, key }: Traits) => hostname ?? address ?? key

function assignIds(matches: readonly Match[]): (key: string) => string {
  const { newId } = getRuntime()
  const byKey = new Map(matches.map((match) => [match.key, match]))
  const made = new Map<string, string>()
  return function idOf(key: string): string {
    const match = byKey.get(key)
    if (match?.assetId) return match.assetId
    if (match?.sameAs) return idOf(match.sameAs)
    const id = made.get(key) ?? newId()
    made.set(key, id)
    return id
  }
}
