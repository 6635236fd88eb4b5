/** What outside clocks say about the signatures, where a timestamp authority was asked. */

import { CheckFailure, failOn } from './results.ts'
import { words } from './signature-fields.ts'
import type { SignedPart } from './signers.ts'
import { judgeToken, type Timestamp } from './timestamps.ts'

/** So far two clocks may disagree without one of them being called wrong. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

export type StampedPart = SignedPart & { timestamp: Timestamp | null }

/** @throws CheckFailure for a token that is altered, made for something else, or tells an impossible time */
export async function judgeTimestamps(
  parts: readonly SignedPart[],
  trustedPem?: string,
): Promise<StampedPart[]> {
  const faults: string[] = []
  const stamped: StampedPart[] = []
  for (const part of parts) {
    const { field, timestamp: token, signature } = part.container
    const whose = `The timestamp of the ${words(field.slot)}’s signature`
    const timestamp = token
      ? await judgeToken(token, [signature], whose, trustedPem).catch((error) => {
          if (error instanceof CheckFailure) faults.push(error.message)
          else faults.push(`${whose} cannot be read.`)
          return null
        })
      : null
    if (timestamp) faults.push(...listTimestampFaults(part, timestamp, stamped, whose))
    stamped.push({ ...part, timestamp })
  }
  failOn(faults)
  return stamped
}

function listTimestampFaults(
  { container, signer, issuers }: SignedPart,
  { at }: Timestamp,
  earlier: readonly StampedPart[],
  whose: string,
): string[] {
  const faults: string[] = []
  if (at.getTime() < container.field.at.getTime() - CLOCK_TOLERANCE_MS)
    faults.push(`${whose} is older than the signature says it is itself.`)
  if (earlier.some(({ timestamp }) => timestamp && timestamp.at > at))
    faults.push(`${whose} is older than that of the signature before it.`)
  if ([signer, ...issuers].some(({ notAfter }) => at > notAfter))
    faults.push(`${whose} was given when the signer’s certificate was no longer valid.`)
  return faults
}

/**
 * Whoever finds the key of an expired certificate can sign under any date. A timestamp inside its validity, which
 * `judgeTimestamps` demands, shows that the signature is older than that.
 */
export function listExpiredCertificates(parts: readonly StampedPart[], now: Date): string[] {
  return parts
    .filter(({ timestamp, signer }) => timestamp === null && now > signer.notAfter)
    .map(
      ({ container, signer }) =>
        `The certificate of the ${words(container.field.slot)} expired on ${signer.notAfter.toISOString()}, and no timestamp shows that it was used before.`,
    )
}

/** Says whose clock each time is; with `isPinned`, the authority is the one that the caller gave. */
export function describeTimestamps(parts: readonly StampedPart[], isPinned: boolean): string {
  if (parts.every(({ timestamp }) => timestamp === null))
    return 'There are none: when the report was signed, only the preparer’s own clock says.'
  return parts
    .map(({ container: { field }, timestamp }) => {
      const whose = `The ${words(field.slot)}’s signature`
      return timestamp
        ? `${whose} existed at ${timestamp.at.toISOString()}, by the clock of “${timestamp.authority}” (certificate SHA-256 ${timestamp.certificateSha256}).`
        : `${whose} has none: its time is by the preparer’s own clock.`
    })
    .join(' ')
    .concat(
      isPinned
        ? ' That is the timestamp authority that you gave.'
        : ' Compare that certificate, if the time matters: anybody can run a timestamp authority.',
    )
}
