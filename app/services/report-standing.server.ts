/** How far each person is with signing a report, and whose turn it is. */
import { type SignatureSlot, slotsOf } from '#app/report/signing-order.ts'
import type { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import { listCountersignatures } from '#db/queries/countersignatures.server.ts'
import type { KeptTimestamp, ReportRow } from '#db/queries/reports.server.ts'

export interface SlotStanding extends SignatureSlot {
  /** `signing`: they agreed, and the signature is being made. */
  state: 'waiting' | 'signing' | 'signed'
  signedAt: Date | null
  timestamp: KeptTimestamp | null
  /** Why the last attempt came to nothing. */
  failure: string | null
}

/** Everybody who signs the report, in the statement's order. */
export async function listStandings(
  tx: Tx,
  report: ReportRow,
  statement: Statement,
): Promise<SlotStanding[]> {
  const between = await listCountersignatures(tx, report.organisationId, report.id)
  return slotsOf(statement.signers).map((slot) => {
    if (slot.signer.role === 'technical-contributor') return { ...slot, ...certifiedIn(report) }
    if (slot.signer.role === 'insured-officer') return { ...slot, ...attestedIn(report) }
    const given = between.find((row) => row.slot === slot.id)
    if (!given || given.failure !== null) return { ...slot, ...WAITING, failure: given?.failure ?? null }
    const state = given.signedAt ? 'signed' : 'signing'
    return { ...slot, state, signedAt: given.signedAt, timestamp: given.timestamp, failure: null }
  })
}

const WAITING = { state: 'waiting', signedAt: null, timestamp: null, failure: null } as const

function certifiedIn({ certifiedAt, certifiedTimestamp, state }: ReportRow) {
  if (!certifiedAt) return { ...WAITING, state: state === 'rendering' ? ('signing' as const) : WAITING.state }
  return { state: 'signed' as const, signedAt: certifiedAt, timestamp: certifiedTimestamp, failure: null }
}

function attestedIn({ attestedAt, attestedTimestamp, state, failure }: ReportRow) {
  if (!attestedAt)
    return { ...WAITING, state: state === 'attesting' ? ('signing' as const) : WAITING.state, failure }
  return { state: 'signed' as const, signedAt: attestedAt, timestamp: attestedTimestamp, failure: null }
}

/** Those who sign before the officer and have not yet; the officer attests when nobody is left. */
export function missingBeforeOfficer(standings: readonly SlotStanding[]): SlotStanding[] {
  return standings.filter(({ state, signer }) => state !== 'signed' && signer.role !== 'insured-officer')
}
