/** What pages show of a whole register: counts and the fixes that clear most, made when it changes and once a day. */
import { requestPlaces, withPlaces } from '#app/readiness/fix-places.ts'
import { type Fix, type FixPlan, planFixes } from '#app/readiness/fixes.ts'
import type { Tx } from '#db/client.server.ts'
import { countAssetFindings } from '#db/queries/register-assets.server.ts'
import * as fixes from '#db/queries/register-fixes.server.ts'
import { countByStanding } from '#db/queries/register-imports.server.ts'
import { getRuntime } from './runtime.server.ts'

export type CountedFix = Fix & { assets: number }
export interface RegisterSummary {
  /** Standing → severity → how many. */
  counts: Record<string, Record<string, number>>
  plan: Omit<FixPlan, 'chosen' | 'further'> & { chosen: CountedFix[]; further: CountedFix[] }
}

/** Fixes beyond the chosen ones that are kept: more than anybody reads. */
const FURTHER = 15
/** More checks than one list can hold still make one fix. */
const KEPT_CHECKS = 500

export const today = () => getRuntime().clock().toISOString().slice(0, 10)

/** Counts everything anew; whoever changed findings calls it in the same transaction. */
export async function countRegister(
  tx: Tx,
  organisationId: string,
  clientId: string,
): Promise<RegisterSummary> {
  const { clock } = getRuntime()
  const day = today()
  await countAssetFindings(tx, organisationId, clientId, day)
  const counts: RegisterSummary['counts'] = {}
  for (const { standing, severity, count } of await countByStanding(tx, organisationId, clientId, day)) {
    counts[standing] = { ...counts[standing], [severity]: count }
  }
  const open = await fixes.groupOpenFindings(tx, organisationId, clientId, day)
  const byFinding = planFixes(open, FURTHER)
  const places = requestPlaces(open, byFinding)
  const plan = withPlaces(
    byFinding,
    places,
    await fixes.countPlaces(tx, organisationId, clientId, places, day),
  )
  const all = [...plan.chosen, ...plan.further]
  const assets = await fixes.countAffectedAssets(
    tx,
    organisationId,
    clientId,
    all.map(({ checkRefs }) => checkRefs),
    day,
  )
  const counted = all.map(
    (fix, index): CountedFix => ({
      ...fix,
      checkRefs: fix.checkRefs.slice(0, KEPT_CHECKS),
      assets: assets[index] ?? 0,
    }),
  )
  const chosen = plan.chosen.length
  const summary = {
    counts,
    plan: { ...plan, chosen: counted.slice(0, chosen), further: counted.slice(chosen) },
  }
  await fixes.saveRegister(tx, organisationId, {
    clientId,
    countedOn: day,
    counts,
    fixes: summary.plan,
    updatedAt: clock(),
  })
  return summary
}

/** As counted last; a new day makes findings older and ends acceptances, so its first reader counts again. */
export async function readRegisterSummary(
  tx: Tx,
  organisationId: string,
  clientId: string,
): Promise<RegisterSummary | null> {
  const row = await fixes.findRegister(tx, organisationId, clientId)
  if (!row) return null
  if (row.countedOn !== today()) return countRegister(tx, organisationId, clientId)
  return { counts: row.counts, plan: row.fixes as RegisterSummary['plan'] }
}
