/** What the client declined in writing against what its answers claim: the two cannot both be right. */
import type { Control } from '#questionnaires/controls.ts'
import { type Finding, finding } from './findings.ts'
import { bestMeaning } from './judge-control.ts'
import type { ReasonWords } from './language/reason-words.ts'
import type { Point } from './record.ts'
import { shorten } from './sentences.ts'
import type { WaiverSource } from './status.ts'

/**
 * Only an answer that claims the control in place is contradicted: "partly" and "no" are what a waiver leaves to say.
 * The review day ends nothing: what was declined stays declined until the waiver is withdrawn.
 * @param waivers signed and not withdrawn
 */
export function declinedServices(
  { control, claims }: { control: Control | null; claims: readonly string[] },
  waivers: readonly WaiverSource[],
  { say, day }: ReasonWords,
): Finding[] {
  if (!control || claims.length === 0 || bestMeaning(control, claims) !== 'met') return []
  return waivers
    .filter(({ controlIds }) => controlIds.includes(control.id))
    .map(({ id, service, signedAt }) =>
      finding({
        outcome: 'contradicts',
        ruleId: 'declined-service',
        about: id,
        claims: [...claims],
        sentence: say('waiver.declined', { day: day(signedAt), service: shorten(service, 80) }),
        remedy: say('waiver.declined.remedy'),
      }),
    )
}

/** A waiver holds from its signature; from its withdrawal on it no longer does. */
export interface RecordedWaiver extends WaiverSource {
  withdrawnAt: Date | null
  /** Signed by mistake: once that is known, it never held. */
  isMistake: boolean
}

/** A service taken up later was declined until then; a waiver signed by mistake says nothing of any day. */
export function waiversAt(waivers: readonly RecordedWaiver[], { trueOn, knownOn }: Point): WaiverSource[] {
  return waivers
    .filter(({ signedAt }) => signedAt <= trueOn && signedAt <= knownOn)
    .filter(({ withdrawnAt, isMistake }) => {
      if (withdrawnAt === null || withdrawnAt > knownOn) return true
      return !isMistake && withdrawnAt > trueOn
    })
    .map(({ id, service, controlIds, signedAt }) => ({ id, service, controlIds, signedAt }))
}
