/** Whether an open re-attestation can go on: its period runs where the client is, and what it is about is in force. */
import { reattestWords } from '#app/report/language/reattestation/words.ts'
import type { Tx } from '#db/client.server.ts'
import type { ReattestationRow } from '#db/queries/reattestations.server.ts'
import { findReport } from '#db/queries/reports.server.ts'
import type { Door } from './attestation-door.server.ts'
import { RefusedError } from './errors.ts'
import { applicationsInForceOf, loadForce } from './force.server.ts'
import { todayOf } from './reattestation-rhythm.server.ts'

/** `replaced`: its report stands, and another application of the client answers instead. */
export type Obstacle = 'over' | 'withdrawn' | 'superseded' | 'replaced'

export async function findObstacle(
  tx: Tx,
  organisationId: string,
  row: Pick<ReattestationRow, 'clientId' | 'applicationId' | 'baseReportId' | 'periodLast'>,
  now: Date,
): Promise<Obstacle | null> {
  if (row.periodLast < (await todayOf(tx, organisationId, row, now))) return 'over'
  const base = await findReport(tx, organisationId, row.baseReportId)
  if (base?.state === 'withdrawn' || base?.state === 'superseded') return base.state
  const force = await loadForce(tx, organisationId, { clientId: row.clientId })
  const isInForce = applicationsInForceOf(force, now).some(
    ({ reportId, basis }) => basis === 'signed' && reportId === row.baseReportId,
  )
  return isInForce ? null : 'replaced'
}

/** For the officer, in the language of the report. @throws RefusedError `over`, `not-in-force` */
export async function requireGoingOn(
  tx: Tx,
  { organisationId, statement }: Door,
  row: ReattestationRow,
  now: Date,
): Promise<void> {
  const obstacle = await findObstacle(tx, organisationId, row, now)
  if (obstacle === null) return
  const code = obstacle === 'over' ? 'over' : 'not-in-force'
  const { say } = reattestWords(statement.language)
  throw new RefusedError(code, say(`refused.${code}`, { organisation: statement.preparedBy.name }))
}
