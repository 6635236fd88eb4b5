/** Has the signatures of reports timestamped by an outside authority, where one is configured. */
import { requestReportToken, TimestampError } from '#app/report/timestamp.server.ts'
import { CLOCK_TOLERANCE_MS } from '#app/report/verify/signing-times.ts'
import { listCountersignatures } from '#db/queries/countersignatures.server.ts'
import type { KeptTimestamp, ReportRow } from '#db/queries/reports.server.ts'
import { digestToken } from '#evidence/checkpoint.ts'
import { getRuntime } from './runtime.server.ts'

export interface Stamping {
  /** Never throws for what the authority does: a report is signed without a timestamp rather than not at all. */
  ask: (signature: Uint8Array) => Promise<Uint8Array | null>
  /** What came of it; null before it was asked. */
  said: () => KeptTimestamp | null
  /** What the authority gave, with the certificates that came with it; null where it gave nothing. */
  given: () => GivenToken | null
}

export type GivenToken = Pick<Awaited<ReturnType<typeof requestReportToken>>, 'at' | 'token' | 'certificates'>

/**
 * @param at when the signature is made, by the installation's clock
 * @param after the timestamp of the signature before this one
 * @returns null where no authority is configured
 */
export function stampingOf(at: Date, after: KeptTimestamp | null): Stamping | null {
  const { timestampUrl } = getRuntime().settings
  if (!timestampUrl) return null
  const times = [at.getTime() - CLOCK_TOLERANCE_MS, after && 'at' in after ? Date.parse(after.at) : 0]
  const notBefore = new Date(Math.max(...times))
  let kept: KeptTimestamp | null = null
  let given: GivenToken | null = null
  return {
    async ask(signature) {
      try {
        const stamped = await requestReportToken(timestampUrl, signature, notBefore)
        kept = keptOf(stamped)
        given = stamped
        return stamped.token
      } catch (error) {
        if (!(error instanceof TimestampError)) throw error
        kept = { failure: error.message }
        return null
      }
    },
    said: () => kept,
    given: () => given,
  }
}

/** As the record keeps it. */
export function keptOf(stamped: { at: Date; authority: string; token: Uint8Array }): KeptTimestamp {
  const tokenSha256 = digestToken(Buffer.from(stamped.token).toString('base64'))
  return { at: stamped.at.toISOString(), authority: stamped.authority, tokenSha256 }
}

/** Of the signature made last: each token must be later than the one before. */
export async function newestTimestamp(row: ReportRow): Promise<KeptTimestamp | null> {
  const between = await getRuntime().database.inOrganisation(row.organisationId, (tx) =>
    listCountersignatures(tx, row.organisationId, row.id),
  )
  const given = [row.certifiedTimestamp, ...between.map(({ timestamp }) => timestamp)]
  const at = (kept: KeptTimestamp | null) => (kept && 'at' in kept ? Date.parse(kept.at) : 0)
  return given.reduce((newest, kept) => (at(kept) > at(newest) ? kept : newest), null)
}
