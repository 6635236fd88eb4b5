/** How a dispute stands on a day: pure, so that pages, export and tests share it. */
import type { DisputeRow } from '#db/queries/finding-disputes.server.ts'
import { daysUntil } from './portfolio.ts'

export type ShownDispute = Omit<DisputeRow, 'organisationId' | 'clientId'> & {
  /** Whole days until the answer is expected, in UTC; null once it is settled. */
  daysLeft: number | null
  isLate: boolean
}

export function showDispute(row: DisputeRow, now: Date): ShownDispute {
  const { organisationId: _, clientId: __, ...shown } = row
  const daysLeft = row.state === 'open' ? daysUntil(row.answerBy, now) : null
  return { ...shown, daysLeft, isLate: daysLeft !== null && daysLeft < 0 }
}

/**
 * The insurer found that its scan was wrong on a ground that may make the register wrong, too: only a person can tell,
 * and the register waits for them.
 */
export const suggestsJudgement = ({ state, ground }: Pick<DisputeRow, 'state' | 'ground'>): boolean =>
  state === 'corrected' && (ground === 'wrong-asset' || ground === 'not-exploitable')
