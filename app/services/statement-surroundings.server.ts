/** What a statement carries around its answers, read from the register and the record. */
import type { Strip } from '#app/readiness/timeline.ts'
import type { Coverage, FindingSummary } from '#app/report/statement-parts.ts'
import type { Tx } from '#db/client.server.ts'
import * as ages from '#db/queries/register-ages.server.ts'
import * as imports from '#db/queries/register-imports.server.ts'
import { SEVERITY_RANK } from '#evidence/severity.ts'
import type { Member } from './member.ts'
import { getTimeline } from './timeline.server.ts'

/** @returns undefined where no scan of the client was ever taken in */
export async function summariseFindings(
  tx: Tx,
  organisationId: string,
  clientId: string,
  day: string,
): Promise<FindingSummary | undefined> {
  const pending = await imports.listPendingImports(tx, organisationId, clientId)
  if (pending.length === 0 && !(await imports.isRegistered(tx, organisationId, clientId))) return undefined
  const open = await ages.countOpenByAge(tx, organisationId, clientId, day)
  const byStanding = await imports.countByStanding(tx, organisationId, clientId, day)
  const sumOf = (standing: string) =>
    byStanding.reduce((sum, row) => (row.standing === standing ? sum + row.count : sum), 0)
  const rated = open.filter(({ severity }) => severity !== 'info').map(({ oldest }) => oldest)
  return {
    countedOn: day,
    open: open
      .sort((a, b) => SEVERITY_RANK[b.severity] - SEVERITY_RANK[a.severity])
      .map(({ oldest: _oldest, ...counts }) => counts),
    oldestSeenOn: rated.sort()[0] ?? null,
    accepted: sumOf('accepted'),
    falsePositives: sumOf('false-positive'),
    fixed: sumOf('fixed'),
    exploited: await ages.countOpenExploited(tx, organisationId, clientId, day),
    scansNotCounted: pending.length,
  }
}

/**
 * Takes a second for each year of a record, so it stands outside the transaction that freezes the statement.
 * @throws NotFoundError also when the client is another organisation's
 */
export async function readCoverage(member: Member, clientId: string): Promise<Coverage> {
  const { days, since, domains } = await getTimeline(member, clientId, {})
  return {
    first: days.first,
    last: days.last,
    since,
    isCut: days.isCut,
    controls: domains.flatMap(({ controls }) => controls).map(segmentsOf),
  }
}

const segmentsOf = ({ id, segments }: Pick<Strip, 'id' | 'segments'>) => ({
  controlId: id,
  segments: segments.map(({ state, days }) => ({ state, days })),
})
