/** How exceptions stand with the client's decision-makers. */
import type { Tx } from '#db/client.server.ts'
import { listApprovals } from '#db/queries/exception-approvals.server.ts'

/** How an exception stands with the client's decision-maker; null where nobody was asked. */
export interface ApprovalStanding {
  state: 'asked' | 'approved' | 'refused'
  name: string
  /** When it was asked or decided. */
  at: Date
  words: string
}

/** By exception: the newest that was not taken back. */
export async function listApprovalStandings(
  tx: Tx,
  organisationId: string,
  exceptionIds: readonly string[],
): Promise<ReadonlyMap<string, ApprovalStanding>> {
  const rows = await listApprovals(tx, organisationId, exceptionIds)
  return new Map(
    rows.flatMap(({ exceptionId, state, recipientName, decidedAt, askedAt, words }) =>
      state === 'taken-back'
        ? []
        : [[exceptionId, { state, name: recipientName, at: decidedAt ?? askedAt, words: words ?? '' }]],
    ),
  )
}
