/** Has the signatures of reports timestamped by an outside authority, where one is configured. */
import { requestReportToken, TimestampError } from '#app/report/timestamp.server.ts'
import { CLOCK_TOLERANCE_MS } from '#app/report/verify/signing-times.ts'
import type { KeptTimestamp } from '#db/queries/reports.server.ts'
import { digestToken } from '#evidence/checkpoint.ts'
import { getRuntime } from './runtime.server.ts'

export interface Stamping {
  /** Never throws for what the authority does: a report is signed without a timestamp rather than not at all. */
  ask: (signature: Uint8Array) => Promise<Uint8Array | null>
  /** What came of it; null before it was asked. */
  said: () => KeptTimestamp | null
}

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
  return {
    async ask(signature) {
      try {
        const { token, at, authority } = await requestReportToken(timestampUrl, signature, notBefore)
        const tokenSha256 = digestToken(Buffer.from(token).toString('base64'))
        kept = { at: at.toISOString(), authority, tokenSha256 }
        return token
      } catch (error) {
        if (!(error instanceof TimestampError)) throw error
        kept = { failure: error.message }
        return null
      }
    },
    said: () => kept,
  }
}
